"""The forms as a person meets them: in a real browser, by keyboard, with a silent kernel, beside another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare import Bare
from playwright.sync_api import Page, expect

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.forms.form import FormPanel
from workbook.forms.log import LogPanel
from workbook.forms.week import WeekPanel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.rules.gates import Gate
from workbook.rules.text import MAX_LENGTH

pytestmark = pytest.mark.browser

YES_NO = (("yes", "Yes"), ("no", "No"))
MANY = tuple((str(number), f"Option {number}") for number in range(1, 8))
ALL_KINDS = Form(
    "all-kinds",
    "All kinds",
    purpose="Because **this** helps.",
    example="An example.",
    fields=(
        Field("read", "read", text="Read this.\n\n- one\n- two"),
        Field("text", "text", "A line", help="A short one."),
        Field("area", "area", "A story"),
        Field("scale", "scale", "Calm", low="low", high="high"),
        Field("number", "number", "Hours", max=24, unit="hours"),
        Field("choice", "choice", "Kept?", options=YES_NO),
        Field("choices", "choices", "Which?", options=MANY),
        Field("tick", "tick", "Told someone"),
        Field("date", "date", "On", past=True),
        Field("moment", "datetime", "At"),
        Field("rest", "wait", "Let it rest"),
        Field("breath", "breath", "Breathe", core=False, max=1),
        Field("lines", "rows", "Lines", core=False, add="Add a line", fields=(Field("line", "area", "Words"),)),
    ),
)
PLAIN = Form("plain", "Plain", fields=(Field("area", "area", "A story"), Field("scale", "scale", "Calm")))
LINES = Field("lines", "rows", "Lines", fields=(Field("line", "area", "Words"),))
ENDLESS = Form("endless", "Endless", fields=(Field("steps", "number", "Steps"), LINES))
FORMS = {one.id: one for one in (ALL_KINDS, PLAIN, ENDLESS)}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case of an empty practice; the forms above stand beside those in data/."""
    shipped = load.form
    monkeypatch.setattr(load, "form", lambda name: FORMS.get(name) or shipped(name))
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    yield practice.add_case("Robin")
    practice.close()


def press(page: Page, *names: str) -> int:
    for name in names:
        page.keyboard.press(name)
    return len(names)


def daily(case: Case) -> list[dict[str, Any]]:
    return [entry.answers for entry in case.entries("daily")]


def test_mood_and_calm_within_six_keys(bare: Bare, case: Case) -> None:
    """The log opens on the mood scale; mood and calm are stored within six key presses, even with two digits each."""
    bare.show(LogPanel(load.form("daily"), case, page="log"))
    expect(bare.page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    pressed = press(bare.page, "1", "0", "Tab", "1", "0")
    bare.stored()
    assert daily(case) == [{"mood": 10, "calm": 10}]
    assert pressed <= 6


def test_whole_quick_set_within_thirty_keys(bare: Bare, case: Case) -> None:
    """Every quick item without text is answered within thirty key presses: one digit and one Tab each."""
    case.save("contact-status", {"status": "welcome"}, respondent="counselor")
    panel = LogPanel(load.form("daily"), case, page="log")
    bare.show(panel)
    expect(bare.page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    quick = [field for field in panel.spec["quick"] if field["kind"] not in ("text", "area")]
    pressed = -1
    for _ in quick:
        pressed += press(bare.page, "1", "Tab")
    bare.stored()
    assert set(daily(case)[0]) == {field["id"] for field in quick}
    assert pressed <= 30


def test_every_kind_by_keyboard(bare: Bare, case: Case) -> None:
    """Each kind of field is answered by keyboard alone and stored as the form understands it."""
    bare.show(FormPanel(ALL_KINDS, case, page="02-pause"))
    page = bare.page
    page.get_by_label("A line").focus()
    page.keyboard.type("שלום 😀")
    press(page, "Tab")
    page.keyboard.type("long")
    press(page, "Tab", "7", "Tab")
    page.keyboard.type("7,5")
    press(page, "Tab", "2")
    page.get_by_text("Next: Which?").click()
    page.get_by_role("checkbox", name="Option 1").focus()
    press(page, "3", "ArrowRight", "Space", "Tab", "Space")
    page.get_by_label("On", exact=True).fill("2026-01-31")
    page.get_by_label("At", exact=True).fill("2026-01-31T18:30")
    page.get_by_role("button", name="Begin the wait").focus()
    press(page, "Enter")
    bare.stored()
    stored = dict(case.read("all-kinds").answers)
    assert set(stored.pop("rest")) == {"until"}
    assert stored == {
        "text": "שלום 😀", "area": "long", "scale": 7, "number": 7.5, "choice": "no", "choices": ["3", "4"],
        "tick": True, "date": "2026-01-31", "moment": "2026-01-31T18:30",
    }  # fmt: skip


def test_at_most_five_fields_in_sight(bare: Bare, case: Case) -> None:
    """Of a page's exercises one is open, and of a long form one part: opening the next closes the one before."""
    bare.show(FormPanel(ALL_KINDS, case, page="02-pause"), "one")
    bare.show(FormPanel(PLAIN, case, page="02-pause"), "two")
    asked = ".wb-field:not(.wb-read):visible"
    assert 0 < bare.page.locator(asked).count() <= 5
    bare.page.get_by_text("Next: Which?").click()
    expect(bare.page.get_by_label("A line")).to_be_hidden()
    assert 0 < bare.page.locator(asked).count() <= 5
    bare.page.get_by_role("heading", name="Plain").click()
    expect(bare.page.get_by_role("checkbox", name="Option 1")).to_be_hidden()
    assert bare.page.locator(asked).count() == 2


def test_answer_is_taken_back_by_delete(bare: Bare, case: Case) -> None:
    """Delete takes a rating back: not answered is stored as not answered, and shown so."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"))
    group = bare.page.get_by_role("group", name="Calm")
    group.get_by_role("radio").first.focus()
    press(bare.page, "0")
    bare.stored()
    assert case.read("plain").answers == {"scale": 0}
    press(bare.page, "Delete")
    bare.stored()
    assert case.read("plain").answers == {}
    expect(group.locator("input:checked")).to_have_count(0)


def test_wrong_number_keeps_its_words_and_says_so(bare: Bare, case: Case) -> None:
    """A text in a number is not stored, not lost, and the field says what it expects; nor are the digits before."""
    bare.show(FormPanel(ALL_KINDS, case, page="02-pause"))
    hours = bare.page.get_by_label("Hours")
    hours.fill("a few")
    expect(bare.page.get_by_text("Please write this as a number")).to_be_visible()
    expect(hours).to_have_value("a few")
    hours.fill("3")
    expect(bare.page.get_by_text("Please write this as a number")).to_be_hidden()
    bare.stored()
    assert case.read("all-kinds").answers == {"number": 3}
    hours.press("0")
    expect(bare.page.get_by_text("Please choose a number")).to_be_visible()
    bare.stored()
    expect(hours).to_have_value("30")
    assert case.read("all-kinds").answers == {}


def test_a_number_without_end_is_said_to_be_wrong(bare: Bare, case: Case) -> None:
    """Digits that no computer counts would arrive as nothing, and be said to be saved."""
    bare.show(FormPanel(ENDLESS, case, gate=Gate(True)))
    bare.page.get_by_label("Steps").fill("9" * 400)
    expect(bare.page.get_by_text("Please write this as a number")).to_be_visible()


def test_what_was_wrong_in_a_list_is_no_longer_said_once_it_is_right(bare: Bare, case: Case) -> None:
    """A text that was too long for a card, and then is not."""
    bare.show(FormPanel(ENDLESS, case, gate=Gate(True)))
    bare.page.get_by_role("button", name="Add one").click()
    words = bare.page.get_by_label("Words")
    words.fill("x" * (MAX_LENGTH + 1))
    expect(bare.page.get_by_text("longer than 1,000,000")).to_be_visible()
    words.fill("short")
    expect(bare.page.get_by_text("longer than 1,000,000")).to_be_hidden()
    expect(bare.page.get_by_text("Saved")).to_be_visible()
    [row] = case.read("endless").answers["lines"].values()
    assert row["line"] == "short"


def test_long_text_is_stored_whole(bare: Bare, case: Case) -> None:
    """100,000 characters arrive unchanged."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"))
    words = "Wörter “und” \u202e mehr 🙂 " * 5000
    bare.page.get_by_label("A story").fill(words[:100_000])
    bare.stored()
    assert case.read("plain").answers["area"] == words[:100_000]


def test_saved_is_said_only_after_the_store_said_so(bare: Bare, case: Case) -> None:
    """While the kernel is silent nothing says ‘Saved’; after five seconds the form says so and goes on trying."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"))
    status = bare.page.locator(".wb-form .wb-status")
    bare.silence()
    bare.page.get_by_label("A story").fill("not lost")
    expect(status).to_have_text("Saving…")
    expect(status).to_have_text("Not saved yet – trying again", timeout=20_000)
    assert case.read("plain") is None
    bare.silence(False)
    expect(status).to_contain_text("Saved ", timeout=20_000)
    assert case.read("plain").answers == {"area": "not lost"}


def test_words_outlive_their_kernel(bare: Bare, case: Case) -> None:
    """A page that runs again after its kernel died shows what was typed, and stores it through the new kernel."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"), "old")
    bare.silence()
    bare.page.get_by_label("A story").fill("typed into the silence")
    bare.end("old")
    bare.silence(False)
    bare.show(FormPanel(PLAIN, case, page="02-pause"), "new")
    expect(bare.page.get_by_label("A story")).to_have_value("typed into the silence")
    bare.stored()
    assert case.read("plain").answers == {"area": "typed into the silence"}


def test_log_entry_outlives_its_kernel(bare: Bare, case: Case) -> None:
    """A half-stored log entry goes on in the same entry after its kernel died."""
    bare.show(LogPanel(load.form("daily"), case, page="log"), "old")
    expect(bare.page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    press(bare.page, "4")
    bare.stored()
    bare.silence()
    press(bare.page, "Tab", "6")
    bare.end("old")
    bare.silence(False)
    bare.show(LogPanel(load.form("daily"), case, page="log"), "new")
    bare.stored()
    assert daily(case) == [{"mood": 4, "calm": 6}]


def test_the_time_of_an_entry_is_that_of_the_clock_here(bare: Bare, case: Case) -> None:
    """Shown again after its kernel died, an entry of this minute is not dated by the clock of Greenwich."""
    bare.show(LogPanel(load.form("daily"), case, page="log"), "old")
    expect(bare.page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    bare.silence()
    press(bare.page, "4")
    bare.end("old")
    bare.show(LogPanel(load.form("daily"), case, page="log"), "new")
    shown = bare.page.get_by_label("Date and time")
    expect(shown).to_be_visible()
    assert abs(shown.evaluate("box => new Date(box.value) - Date.now()")) < 10 * 60_000
    bare.silence(False)


def test_other_pages_words_are_offered_beside(bare: Bare, case: Case) -> None:
    """A text that another page stored meanwhile is shown beside; ‘Keep both’ keeps both."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"))
    case.save("plain", {"area": "written elsewhere"}, sitting="another page")
    bare.page.get_by_label("A story").fill("written here")
    beside = bare.page.get_by_role("group", name="An earlier answer")
    expect(beside).to_contain_text("written elsewhere")
    beside.get_by_role("button", name="Keep both").click()
    expect(bare.page.get_by_label("A story")).to_have_value("written elsewhere\n\nwritten here")
    assert case.read("plain").answers["area"] == "written elsewhere\n\nwritten here"


def test_rows_add_edit_delete_undo(bare: Bare, case: Case) -> None:
    """A card is added, written, deleted and brought back by keyboard; the focus is never lost."""
    bare.show(FormPanel(ALL_KINDS, case, page="02-pause"))
    page = bare.page
    page.locator("summary", has_text="More when you want it").click()
    page.get_by_role("button", name="Add a line").press("Enter")
    expect(page.get_by_label("Words")).to_be_focused()
    page.keyboard.type("one line")
    page.get_by_role("button", name="Done", exact=True).press("Enter")
    page.get_by_role("button", name="Delete: one line").press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    bare.stored()
    assert [row["_deleted"] for row in case.read("all-kinds").answers["lines"].values()] == [True]
    press(page, "Enter")
    expect(page.get_by_text("one line")).to_be_visible()
    bare.stored()
    (row,) = case.read("all-kinds").answers["lines"].values()
    assert (row["line"], row["_deleted"]) == ("one line", False)


def test_a_long_list_shows_its_newest_cards(bare: Bare, case: Case) -> None:
    """Of twenty-five cards the newest twenty are drawn; the others come when they are wanted."""
    days = [f"2026-03-{day:02}" for day in range(1, 26)]
    case.save("all-kinds", {"lines": {day: {"line": f"of {day}", "_created": f"{day}T10:00"} for day in days}})
    bare.show(FormPanel(ALL_KINDS, case, page="02-pause"))
    page = bare.page
    page.locator("summary", has_text="More when you want it").click()
    expect(page.get_by_text(f"of {days[5]}")).to_be_visible()
    expect(page.get_by_text(f"of {days[4]}")).to_have_count(0)
    page.get_by_role("button", name="Show 5 earlier").press("Enter")
    expect(page.get_by_role("button", name=f"Edit: of {days[0]}")).to_be_focused()
    expect(page.locator(".wb-card")).to_have_count(25)


def test_entry_is_corrected_hidden_and_deleted(bare: Bare, case: Case) -> None:
    """In the list of entries one can correct (the earlier version stays), mark private, and delete after a warning."""
    bare.show(LogPanel(load.form("daily"), case, page="log"))
    page = bare.page
    expect(page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    press(page, "4")
    page.get_by_role("button", name="Finish this entry").click()
    page.get_by_text("Earlier entries").click()
    page.get_by_role("button", name="Edit:").click()
    page.get_by_role("group", name="Mood").get_by_role("radio", name="5").check(force=True)
    bare.stored()
    (entry,) = case.entries("daily")
    assert [version.answers for version in case.versions(entry.id)] == [{"mood": 4}]
    page.get_by_role("button", name="Private:").click()
    expect(page.get_by_role("button", name="Private:")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("This is no lock")).to_be_visible()
    page.get_by_role("button", name="Delete:").click()
    asked = page.get_by_text("It cannot be brought back")
    expect(asked).to_be_visible()
    page.get_by_role("group", name="Mood").get_by_role("radio", name="6").check(force=True)
    expect(page.locator(".wb-entries .wb-card")).to_contain_text("6")
    expect(asked).to_be_visible()  # the card was drawn anew, and the question still stands
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No entry yet")).to_be_visible()
    assert case.entries("daily") == []


def test_yesterday_is_one_entry_for_the_day(bare: Bare, case: Case) -> None:
    """‘Yesterday’ turns the new entry into yesterday's, and the focus stays where it was."""
    bare.show(LogPanel(load.form("daily"), case, page="log"))
    page = bare.page
    expect(page.get_by_role("group", name="Mood").get_by_role("radio").first).to_be_focused()
    page.get_by_role("radio", name="Yesterday").focus()
    press(page, "Space")
    expect(page.get_by_role("radio", name="Yesterday")).to_be_focused()
    press(page, "Tab", "4")
    bare.stored()
    (entry,) = case.entries("daily")
    assert (entry.whole_day, entry.answers) == (True, {"mood": 4})
    assert entry.day < max(week_days(case))


def test_yesterday_chosen_while_the_first_answer_is_on_its_way_is_the_same_entry(bare: Bare, case: Case) -> None:
    """The answer that was typed first and those after it are one entry."""
    bare.show(LogPanel(load.form("daily"), case, page="log"))
    page = bare.page
    page.evaluate("""() => {
        const kernel = window.kernel;
        window.kernel = (...given) => new Promise(resume => setTimeout(resume, 300)).then(() => kernel(...given));
    }""")
    press(page, "4")
    page.get_by_role("radio", name="Yesterday").check()
    expect(page.locator(".wb-entries .wb-card")).to_contain_text("whole day")
    page.get_by_role("group", name="Calm").get_by_role("radio", name="6", exact=True).check(force=True)
    bare.stored()
    (entry,) = case.entries("daily")
    assert (entry.whole_day, entry.answers) == (True, {"mood": 4, "calm": 6})


def week_days(case: Case) -> list[str]:
    return list(WeekPanel(load.form("daily"), case).spec["days"])


def test_no_contact_is_one_line_a_day(bare: Bare, case: Case) -> None:
    """Under no contact the log is one line; opening it again shows today's answer, and there is one entry."""
    bare.show(LogPanel(load.form("no-contact"), case, page="log"), "one")
    group = bare.page.get_by_role("group", name="No contact kept today")
    group.get_by_role("radio", name="Yes").check()
    bare.stored()
    bare.end("one")
    bare.show(LogPanel(load.form("no-contact"), case, page="log"), "two")
    expect(group.get_by_role("radio", name="Yes")).to_be_checked()
    group.get_by_role("radio", name="No", exact=True).check()
    bare.stored()
    assert [entry.answers for entry in case.entries("no-contact")] == [{"kept": "no"}]


def test_no_contact_keeps_today_when_yesterday_is_answered(bare: Bare, case: Case) -> None:
    """‘Yesterday’ shows the line of yesterday; today's stays where it is."""
    bare.show(LogPanel(load.form("no-contact"), case, page="log"))
    group = bare.page.get_by_role("group", name="No contact kept today")
    group.get_by_role("radio", name="Yes").check()
    bare.stored()
    bare.page.get_by_role("radio", name="Yesterday").check()
    expect(group.get_by_role("radio", name="Yes")).not_to_be_checked()
    group.get_by_role("radio", name="No", exact=True).check()
    bare.stored()
    before, today = case.entries("no-contact")
    assert (before.answers, today.answers) == ({"kept": "no"}, {"kept": "yes"})
    assert before.day < today.day


def test_week_by_arrow_keys(bare: Bare, case: Case) -> None:
    """The grid is one Tab stop; arrow keys move between days and items, digits answer, each day is one entry."""
    panel = WeekPanel(load.form("daily"), case, page="log")
    bare.show(panel)
    page, days = bare.page, panel.spec["days"]
    page.locator("table input[tabindex='0']").focus()
    press(page, "ArrowLeft", "4", "ArrowDown", "6", "ArrowUp", "ArrowLeft", "1", "0")
    bare.stored()
    stored = {entry.day: entry.answers for entry in case.entries("daily")}
    assert stored == {days[5]: {"mood": 4, "calm": 6}, days[4]: {"mood": 10}}
    assert all(entry.whole_day for entry in case.entries("daily"))
    assert page.locator("table [tabindex='0']").count() == 1


def test_nothing_is_kept_in_browser_storage(bare: Bare, case: Case) -> None:
    """What is typed never reaches the browser's own storage."""
    bare.show(FormPanel(PLAIN, case, page="02-pause"))
    bare.page.get_by_label("A story").fill("only in memory")
    bare.stored()
    kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    assert bare.page.evaluate(kept) == '[{},{},""]'
    assert bare.page.evaluate("indexedDB.databases()") == []
    assert bare.page.locator("form").count() == 0
    assert bare.page.locator(":is(input, textarea, select):not([autocomplete=off])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 420])
def test_no_accessibility_violation(bare: Bare, case: Case, scheme: Any, width: int) -> None:
    """axe finds nothing in any of our panels, light and dark, wide and narrow; nothing runs out of the page."""
    bare.page.set_viewport_size({"width": width, "height": 900})
    bare.page.emulate_media(color_scheme=scheme)
    case.save("plain", {"area": "elsewhere"}, sitting="another page")
    bare.show(FormPanel(ALL_KINDS, case, page="a", opened=True), "one")
    bare.show(FormPanel(PLAIN, case, page="b", opened=True), "two")
    bare.show(FormPanel(PLAIN, case, page="c", gate=Gate(open=False)), "three")
    bare.show(LogPanel(load.form("daily"), case, page="log"), "four")
    bare.show(WeekPanel(load.form("daily"), case, page="log"), "five")
    press(bare.page, "2")
    bare.page.get_by_label("Hours").fill("many")
    bare.stored()
    found = Axe().run(bare.page)
    assert found.violations_count == 0, found.generate_report()
    assert bare.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
