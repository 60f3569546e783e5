"""Charts and the import as a person meets them, in a real browser: words, table, period, theme; file, preview, undo."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare import Bare
from playwright.sync_api import Page, expect

from workbook.charts.panel import ChartPanel
from workbook.exchange.panel import ImportPanel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent / "shots"
REAL = Path(__file__).parents[3] / "shared" / "real" / "esm-one-person-239-days.csv"
TRACKER = """date,time,mood_1to5,tense_1to5,who,went,phase
03/04/2025,09:00,4,2,partner,6,1
04/04/2025,09:00,5,1,nobody,,1
05/05/2025,09:00,so-so,3,partner,5,2
05/05/2025,late,3,3,nobody,,2
"""


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice."""
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    made, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case of it."""
    return practice.add_case("Robin")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """Both themes."""
    return str(request.param)


def fill(case: Case, days: int) -> None:
    """A mood for each of some days, and a session."""
    for day in range(days):
        at = datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
        case.save("daily", {"mood": day % 11, "calm": 5}, at=at, zone="UTC")
    case.save(
        "event", {"label": "First meeting", "kind": "session"}, at=datetime(2026, 1, 2, 9, tzinfo=UTC), zone="UTC"
    )


def found_by_axe(page: Page) -> list[str]:
    """What axe-core finds in the panels, one line each."""
    results = Axe().run(page, context=".wb-panel")
    return [f"{one['id']}: {node['html'][:120]}" for one in results.response["violations"] for node in one["nodes"]]


def drawings(bare: Bare) -> int:
    """How often a drawing was asked for."""
    return sum(message["do"] == "draw" for message in bare.heard)


def test_a_chart_is_drawn_for_the_width_that_it_has(bare: Bare, case: Case) -> None:
    """Turned narrow, it asks for the small drawing, and back; another width of the same kind asks for nothing."""
    fill(case, 30)
    bare.show(ChartPanel("mood-calm", case))
    wide, narrow = (bare.page.locator(f"img.wb-chart{one}") for one in (":not([data-narrow])", "[data-narrow]"))
    expect(wide).to_be_visible()
    for width, drawn in ((860, wide), (420, narrow), (900, wide)):
        bare.page.set_viewport_size({"width": width, "height": 1000})
        expect(drawn).to_be_visible()
    assert [message["narrow"] for message in bare.heard if message["do"] == "draw"] == [False, True, False]


def test_a_chart_with_its_words_and_table(bare: Bare, case: Case, theme: str) -> None:
    """Image with alternative text, what it cannot show, the table on request; axe finds nothing, in both themes."""
    bare.page.emulate_media(color_scheme=theme)
    fill(case, 120)
    bare.show(ChartPanel("mood-calm", case))
    image = bare.page.get_by_role("img")
    expect(image).to_be_visible()
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") > 500
    assert "Mood: 120 entries, from 0 to 10" in (image.get_attribute("alt") or "")
    assert bare.heard[-1]["theme"] == theme
    expect(bare.page.get_by_text("cannot tell what caused what")).to_be_visible()
    bare.page.get_by_role("button", name="Show the table").click()
    expect(bare.page.get_by_role("row")).to_have_count(121)
    expect(bare.page.get_by_text("1: 2 January 2026, First meeting (session)")).to_be_visible()
    SHOTS.mkdir(exist_ok=True)
    bare.page.screenshot(path=SHOTS / f"chart-{theme}.png", full_page=True)
    assert found_by_axe(bare.page) == []
    bare.page.get_by_role("radio", name="Last 4 weeks").check()
    expect(bare.page.get_by_role("row")).to_have_count(29)


def test_a_chart_waits_until_it_is_seen(bare: Bare, case: Case) -> None:
    """A chart far below the window is not drawn before somebody scrolls to it: forms come first."""
    fill(case, 9)
    bare.page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('div'), {style: 'height: 4000px'}))"
    )
    bare.show(ChartPanel("mood-calm", case))
    expect(bare.page.get_by_role("heading", name="Mood and calm")).to_be_attached()
    assert drawings(bare) == 0
    bare.page.locator("#one").scroll_into_view_if_needed()
    expect(bare.page.get_by_role("img")).to_be_visible()


def test_a_chart_follows_the_log(bare: Bare, case: Case) -> None:
    """After an entry was saved on the page, its chart is drawn again; an empty one speaks."""
    bare.show(ChartPanel("mood-calm", case))
    expect(bare.page.get_by_role("status")).to_contain_text("Nothing to show here yet")
    expect(bare.page.get_by_role("button", name="Show the table")).to_be_hidden()
    fill(case, 9)
    bare.page.evaluate("window.dispatchEvent(new CustomEvent('workbook:saved', {detail: {}}))")
    expect(bare.page.get_by_role("img")).to_be_visible()


def test_a_chart_on_a_small_screen(bare: Bare, case: Case) -> None:
    """At 420 pixels the drawing for small screens is taken, and nothing runs out of the page."""
    bare.page.set_viewport_size({"width": 420, "height": 900})
    fill(case, 30)
    bare.show(ChartPanel("mood-calm", case))
    expect(bare.page.get_by_role("img")).to_be_visible()
    assert bare.heard[-1]["narrow"] is True
    assert bare.page.evaluate("document.documentElement.scrollWidth") <= 420
    bare.page.screenshot(path=SHOTS / "chart-narrow.png", full_page=True)


def choose(page: Page, name: str, text: str) -> None:
    """Open the fold and choose a file."""
    page.get_by_text("Bring in a log from a file").click()
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_role("button", name="Preview")).to_be_visible()


def map_tracker(page: Page) -> None:
    """Say what the tracker's columns mean."""
    page.get_by_role("radio", name="day, month, year").check()
    first = page.locator(".wb-asked").filter(has=page.get_by_label("Question")).first
    first.get_by_label("Column", exact=True).select_option("mood_1to5")
    first.get_by_label("Lowest possible").fill("1")
    first.get_by_label("Highest possible").fill("5")
    page.get_by_label("Column that says who was there").select_option("who")
    page.get_by_label("has the value").select_option("partner")
    went = page.locator(".wb-asked").filter(has=page.get_by_label("Question")).last
    went.get_by_label("Column", exact=True).select_option("went")
    went.get_by_label("Lowest possible").fill("1")
    went.get_by_label("Highest possible").fill("7")
    page.get_by_label("Column whose changes become dated events").select_option("phase")


def test_bring_in_a_file_and_take_it_out(bare: Bare, practice: Practice, case: Case, theme: str) -> None:
    """Choose, answer what is asked, look at the preview, bring in, again without doubles, undo."""
    page = bare.page
    page.emulate_media(color_scheme=theme)
    bare.show(ImportPanel(case))
    choose(page, "tracker.csv", TRACKER)
    expect(page.get_by_text("These dates can be read in several ways")).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("order")
    map_tracker(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("4 rows read: 3 taken, 1 rejected.")).to_be_visible()
    expect(page.get_by_text("Becomes: (answer − 1) ÷ 4 × 10")).to_be_visible()
    expect(page.get_by_role("cell", name="4 → 8")).to_be_visible()
    expect(page.get_by_role("row", name="5 time this is no time of day late")).to_be_visible()
    expect(page.get_by_role("row", name="4 mood_1to5 this is no number so-so")).to_be_visible()
    assert case.entries("daily") == []
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"import-{theme}.png", full_page=True)
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Bring in 5 entries").click()
    expect(page.get_by_text("Done: 5 new entries from 4 rows.")).to_be_visible()
    assert [entry.answers for entry in case.entries("daily")] == [{"mood": 8}, {"mood": 10}]
    page.get_by_role("button", name="Bring in 5 entries").click()
    expect(page.get_by_text("0 new entries")).to_contain_text("nothing was doubled")
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("button", name="Take them out").click()
    expect(page.get_by_text("5 entries were taken out.")).to_be_visible()
    assert case.entries("daily") == case.entries("event") == []


def test_the_mapping_comes_back(bare: Bare, practice: Practice, case: Case) -> None:
    """The second file of the same app needs no answers; nothing runs out of a small screen."""
    page = bare.page
    page.set_viewport_size({"width": 420, "height": 900})
    bare.show(ImportPanel(case))
    choose(page, "tracker.csv", TRACKER)
    map_tracker(page)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_text("Done: 5 new entries")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    bare.end()
    bare.show(ImportPanel(case), "two")
    choose(page, "tracker-2.csv", TRACKER + "06/05/2025,09:00,1,3,partner,7,2\n")
    expect(page.get_by_text("The choices that such a file had last are filled in.")).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_text("Done: 2 new entries from 5 rows.")).to_be_visible()


def test_mistakes_are_said_in_words(bare: Bare, practice: Practice, case: Case) -> None:
    """An empty file, a picture: one sentence, and the way stays open."""
    page = bare.page
    bare.show(ImportPanel(case))
    page.get_by_text("Bring in a log from a file").click()
    for data in (b"", b"\x81\x8d\xff\x00"):
        page.get_by_label("The file").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": data})
        expect(page.get_by_role("alert")).to_contain_text("Please")
    choose_again = {"name": "t.csv", "mimeType": "text/csv", "buffer": TRACKER.encode()}
    page.get_by_label("The file").set_input_files(choose_again)
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.skipif(not REAL.exists() and os.environ.get("CI") != "true", reason="the file is not shipped")
def test_the_real_file(bare: Bare, practice: Practice, case: Case) -> None:
    """1,476 rows through the page: 442 contacts, three rejected rows named, then charts of them."""
    page = bare.page
    bare.show(ImportPanel(case))
    choose(page, REAL.name, REAL.read_text())
    expect(page.get_by_label("Column with the date")).to_have_value("date")
    page.get_by_label("Column with the time").select_option("resptime_s")
    page.get_by_label("Time zone").fill("Europe/Amsterdam")
    asked = page.locator(".wb-asked").filter(has=page.get_by_label("Question"))
    for row, column in ((asked.first, "mood_cheerf"), (asked.last, "soc_pleasant")):
        row.get_by_label("Column", exact=True).select_option(column)
        row.get_by_label("Lowest possible").fill("1")
        row.get_by_label("Highest possible").fill("7")
    page.get_by_label("Column that says who was there").select_option("soc_who1")
    page.get_by_label("has the value").select_option("10")
    page.get_by_label("Column whose changes become dated events").select_option("phase")
    page.get_by_role("button", name="Preview").click()
    expect(
        page.get_by_text("1,476 rows read: 1,473 taken, 3 rejected. 442 rows are contacts; 442 of them")
    ).to_be_visible()
    page.screenshot(path=SHOTS / "import-real.png", full_page=True)
    page.get_by_role("button", name="Bring in 1,919 entries").click()
    expect(page.get_by_text("Done: 1,919 new entries from 1,476 rows.")).to_be_visible()
    bare.show(ChartPanel("interactions", case), "chart")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("442 interactions, quality from 3 to 10"))
