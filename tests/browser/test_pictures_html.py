"""The picture of a form beside the form, as a person meets it in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare import Bare
from filled import open_everything
from playwright.sync_api import Browser, expect

from workbook.charts.panel import PicturePanel
from workbook.content import load
from workbook.content.pictures import pictures
from workbook.forms.form import FormPanel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent / "shots"
NARROW = {"width": 420, "height": 900}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case in which everything is open."""
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    made = practice.add_case("Robin")
    open_everything(made)
    yield made
    practice.close()


@pytest.mark.parametrize("look", ["light", "dark-420"])
def test_a_picture_appears_beside_its_form(browser: Browser, case: Case, look: str) -> None:
    """Nothing is seen of it before a plank is named; then it is drawn, with its words and its table."""
    scheme = look.partition("-")[0]
    context = browser.new_context(
        viewport=NARROW if "420" in look else {"width": 900, "height": 1000}, locale="en-GB",
        timezone_id="Europe/Berlin", color_scheme=scheme,
    )  # fmt: skip
    bare = Bare(context.new_page())
    bare.show(FormPanel(load.form("bridge"), case, page="11-trust"), "form")
    bare.show(PicturePanel(pictures()["bridge-planks"], case, "11-trust"), "picture")
    picture = bare.page.locator("#picture")
    expect(picture.get_by_text("Your half of the bridge")).to_be_hidden()
    bare.page.get_by_role("button", name="Lay a plank").first.click()
    bare.page.get_by_label("A small steady thing that I do").first.fill("Home by six on Tuesdays")
    bare.stored()
    bare.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # it is drawn once its place is shown
    expect(picture.get_by_role("img")).to_be_visible()
    expect(picture.get_by_role("heading", name="Your half of the bridge")).to_be_visible()
    assert "Home by six on Tuesdays" in (picture.get_by_role("img").get_attribute("alt") or "")
    picture.get_by_role("button", name="Show the table").click()
    expect(picture.get_by_role("rowheader", name="Home by six on Tuesdays")).to_be_visible()
    found = Axe().run(bare.page, context="#picture").response["violations"]
    assert [one["id"] for one in found] == []
    assert bare.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    SHOTS.mkdir(exist_ok=True)
    bare.page.screenshot(path=SHOTS / f"picture-{look}.png", full_page=True)
    assert bare.errors == []
    context.close()


def test_a_year_of_pictures_is_one_panel(browser: Browser, case: Case) -> None:
    """Months of entries are drawn in the width of a small screen."""
    for month in range(1, 13):
        at = datetime(2025, month, 5, 12, tzinfo=UTC)
        scales = {one.id: month % 11 for one in load.form("monthly-look").fields if one.kind == "scale"}
        case.save("monthly-look", scales, at=at, zone="UTC")
    context = browser.new_context(viewport=NARROW, locale="en-GB", timezone_id="Europe/Berlin")
    bare = Bare(context.new_page())
    bare.show(PicturePanel(pictures()["monthly-line"], case, "12-review"))
    expect(bare.page.get_by_role("img")).to_be_visible()
    assert bare.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bare.page.screenshot(path=SHOTS / "picture-months.png", full_page=True)
    assert bare.errors == []
    context.close()
