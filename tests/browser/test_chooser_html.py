"""Choosing charts, and switching what a log asks, as a person meets them in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare import Bare
from playwright.sync_api import Page, expect

from workbook.charts.panel import ChartsPanel
from workbook.content import load
from workbook.forms.log import LogPanel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent / "shots"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case of an empty practice, with a start that is finished."""
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    made = practice.add_case("Robin")
    made.save("contact-status", {"status": "welcome"}, respondent="counselor")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    asked = {one.id: "no" for one in load.form("screen").fields if "not-now" in dict(one.options)}
    made.save("screen", asked, respondent="counselor")
    yield made
    practice.close()


def found_by_axe(page: Page) -> list[str]:
    """What axe-core finds in the panels, one line each."""
    results = Axe().run(page, context=".wb-panel")
    return [f"{one['id']}: {node['html'][:120]}" for one in results.response["violations"] for node in one["nodes"]]


def test_a_chart_is_chosen_drawn_and_remembered(bare: Bare, case: Case) -> None:
    """An empty state, a list under its themes, a tick that draws, and the same picture at the next opening."""
    bare.show(ChartsPanel(case))
    expect(bare.page.get_by_text("There is nothing more to choose yet")).to_be_visible()
    bare.end()
    for day in range(20):
        at = datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
        case.save("daily", {"mood": day % 11, "space_kept": "kept", "pleasure": "Warm socks"}, at=at, zone="UTC")
    bare.show(ChartsPanel(case))
    bare.page.get_by_text("Choose more pictures").click()
    expect(bare.page.get_by_role("group", name="Beginning")).to_be_visible()
    bare.page.get_by_label("Mood, with its seven-day average").check()
    expect(bare.page.get_by_role("img")).to_be_visible()
    bare.page.get_by_label("Small pleasures").check()
    expect(bare.page.get_by_role("cell", name="Warm socks").first).to_be_visible()
    assert found_by_axe(bare.page) == []
    SHOTS.mkdir(exist_ok=True)
    bare.page.screenshot(path=SHOTS / "chooser.png", full_page=True)
    bare.end()
    bare.show(ChartsPanel(case))
    expect(bare.page.get_by_role("img")).to_be_visible()
    expect(bare.page.get_by_role("heading", name="Small pleasures")).to_be_visible()
    bare.page.get_by_text("Choose more pictures").click()
    bare.page.get_by_role("checkbox", name="Small pleasures").uncheck()
    expect(bare.page.get_by_role("heading", name="Small pleasures")).to_be_hidden()


def test_the_counselor_opens_a_part_of_a_log(bare: Bare, case: Case) -> None:
    """Nothing of it is there before Counselor view; without a note nothing opens; then the client is asked."""
    bare.page.set_viewport_size({"width": 420, "height": 900})
    bare.show(LogPanel(load.form("daily"), case, page="log"))
    expect(bare.page.get_by_role("heading", name="A new entry")).to_be_visible()
    assert bare.page.get_by_text("What this log asks").count() == 0
    bare.page.evaluate("import('/bare/counselorview.js').then(view => view.setCounselor(true))")
    part = bare.page.locator('[data-log="comparison"]')
    part.get_by_role("button", name="Open this part").click()
    expect(bare.page.get_by_role("alert").filter(has_text="Why now")).to_be_visible()
    part.get_by_label("Why now").fill("Asked for in the session.")
    part.get_by_role("button", name="Open this part").click()
    expect(part.get_by_role("button", name="Close this part")).to_be_focused()
    SHOTS.mkdir(exist_ok=True)
    bare.page.screenshot(path=SHOTS / "log-counselor.png", full_page=True)
    assert found_by_axe(bare.page) == []
    assert bare.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    [entry] = case.entries("opening")
    assert entry.answers == {"form": "log:comparison", "open": "yes", "note": "Asked for in the session."}
    bare.page.evaluate("import('/bare/counselorview.js').then(view => view.setCounselor(false))")
    expect(part).to_be_hidden()
