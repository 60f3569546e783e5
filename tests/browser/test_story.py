"""The story of one case, from an empty workspace to the printed page and the next day.

Each test goes on from the one before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pikepdf
import pypdf
import pytest
from driver import PASSPHRASE, PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, Locator, expect

from workbook.content import load
from workbook.record.case import Case
from workbook.record.standing import screen_questions, standing
from workbook.rules.gates import NEUTRAL, partner_gate

ALIAS = "Heron"
REVIEW = date.today() + timedelta(days=30)
UNSENT = "I miss the quiet mornings"
THOUGHT = "Nobody will ever stay with me"
PRIVATE_NOTE = "Ask about the cousin next time"
IDLE = 40.0  # seconds; half of it is left when the warning comes


@pytest.fixture(scope="module")
def walk(workbook: Workbook, context: BrowserContext) -> Iterator[Tab]:
    """One tab for the whole story: what a page is left with is what the next one meets."""
    opened = new_tab(context)
    yield opened
    opened.page.close()


@pytest.fixture
def tab(walk: Tab) -> Iterator[Tab]:
    """The story's tab; the test fails if the page reported an error."""
    walk.trouble.clear()
    yield walk
    assert not walk.trouble, walk.trouble


class Keys:
    """A keyboard that counts."""

    def __init__(self, tab: Tab) -> None:
        self._keyboard, self.count = tab.page.keyboard, 0

    def press(self, *names: str) -> None:
        """Press one key after the other."""
        for name in names:
            self._keyboard.press(name)
            self.count += 1


def focused(field: Locator) -> None:
    """Wait until the focus is inside a field."""
    expect(field.locator("input:focus, textarea:focus, button:focus")).to_have_count(1, timeout=PATIENCE)


def pdf_text(content: bytes, password: str | None = None) -> str:
    """All text of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content), password=password).pages)


# --- the practice


def test_create_a_practice(tab: Tab, workbook: Workbook) -> None:
    """A new practice shows its recovery key once, has two groups typed back, and says what to do first."""
    recovery = tab.create(workbook.address)
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", recovery)
    expect(tab.page.get_by_text("This practice is ready, and still empty.")).to_be_visible(timeout=PATIENCE)


def test_a_case_under_an_alias(tab: Tab) -> None:
    """The counselor adds a case under an alias; the bar shows it and the rail shows what comes first."""
    tab.add_case(ALIAS)
    expect(tab.page.get_by_text(f"Welcome, {ALIAS}.")).to_be_visible(timeout=PATIENCE)
    expect(tab.page.get_by_role("link", name="Begin with: Beginning")).to_be_visible()


def test_wrong_passphrase_is_said_in_words(tab: Tab) -> None:
    """After a lock a wrong passphrase is refused in a sentence, and the right one opens the same page."""
    tab.bar("Close and lock").click()
    tab.button("Only lock").click()
    tab.unlock("orbit lantern velvet canoo")
    wrong = tab.page.locator(".wb-gate .wb-wrong")
    expect(wrong).to_have_text(re.compile("passphrase"), timeout=PATIENCE)
    assert not re.search(r"Error|Traceback|40\d", wrong.inner_text())
    tab.forgive("403 .*/workbook/unlock")
    tab.unlock()
    tab.page.locator(".wb-gate").wait_for(state="detached")
    expect(tab.page.get_by_text(f"Welcome, {ALIAS}.")).to_be_visible(timeout=PATIENCE)
    tab.ready()


def test_the_counselor_writes_down_the_facts(tab: Tab, workbook: Workbook) -> None:
    """Contact status, consent and review date are written in Counselor view, dated, and stored."""
    tab.counselor_view()
    tab.answer("about-case", "client_alias", ALIAS)
    tab.answer("about-case", "partner_alias", "Finch")
    tab.answer("about-case", "review_date", REVIEW.isoformat())
    tab.answer("contact-status", "status", "welcome")
    tab.answer("contact-status", "note", "Both said so in the room")
    tab.answer("consent", "what", "work")
    tab.answer("consent", "given", "yes")
    tab.answer("consent", "version", "2026-11")
    tab.saved()
    tab.says_saved()
    with workbook.case(ALIAS) as case:
        assert case.read("about-case").answers["review_date"] == REVIEW.isoformat()  # type: ignore[union-attr]
        assert [entry.answers["status"] for entry in case.entries("contact-status")] == ["welcome"]
        assert [entry.day for entry in case.entries("consent")] == [date.today().isoformat()]


def test_counselor_view_folds_itself(tab: Tab) -> None:
    """Leaving the page folds Counselor view: the next page shows nothing that is the counselor's."""
    tab.go("01-begin")
    assert "wb-counselor" not in (tab.page.locator("body").get_attribute("class") or "")
    assert not tab.page.get_by_text(load.form("screen").title, exact=True).count()
    tab.go("00-start")
    assert not tab.page.locator('[data-form="about-case"]').count()


# --- the private screen and its gates


def test_partner_facing_forms_wait_for_the_screen(tab: Tab) -> None:
    """Before the screen is asked a partner-facing form says the one neutral sentence and shows no field."""
    tab.go("02-pause")
    closed = partner_facing(tab)
    expect(closed).to_contain_text(NEUTRAL)
    expect(closed.locator("input, textarea")).to_have_count(0)


def partner_facing(tab: Tab) -> Locator:
    """The partner-facing form of the page, opened from what waits."""
    form = next(form for form in map(load.form, load.step("02-pause").more) if form.reaches_partner)  # type: ignore[union-attr]
    tab.unfold(tab.page.locator("details.wb-further", has_text=form.title))
    tab.page.get_by_role("button", name=form.title, exact=True).click()
    return tab.page.locator(".wb-form", has_text=form.title)


def test_the_screen_stands_behind_its_attestation(tab: Tab) -> None:
    """No question is on the page before both ticks; one tick alone is refused in words."""
    tab.go("01-begin")
    first = load.form("screen").fields[2].label
    tab.counselor_view()
    box = tab.page.locator(".wb-counselor-box", has_text=load.form("screen").title).first
    ticks = box.locator("input[type=checkbox]")
    expect(ticks).to_have_count(2, timeout=PATIENCE)
    assert first not in tab.page.content()
    ticks.first.check()
    tab.button("Open the questions").click()
    expect(box.locator(".wb-trouble")).to_contain_text("both", timeout=PATIENCE)
    assert first not in tab.page.content()
    ticks.last.check()
    tab.button("Open the questions").click()
    expect(tab.page.get_by_text(first)).to_be_visible(timeout=PATIENCE)


def test_a_yes_raises_a_flag_when_the_screen_is_finished(tab: Tab, workbook: Workbook) -> None:
    """A yes raises nothing on the key press, and a flag with a way to the support page when the screen is finished."""
    questions = screen_questions(load.form("screen"))
    for question in questions:
        tab.answer("screen", question, "yes" if question == "afraid" else "no")
    tab.saved()
    with workbook.case(ALIAS) as case:
        assert not case.flags()
    tab.button("Finish for today").click()
    expect(tab.page.get_by_text("Finished for today")).to_be_visible(timeout=PATIENCE)
    expect(tab.page.get_by_role("link", name="Open the support page")).to_be_visible()
    with workbook.case(ALIAS) as case:
        assert [(flag.kind, flag.form_id) for flag in case.flags()] == [("danger", "screen")]


def test_the_client_sees_one_neutral_sentence(tab: Tab, workbook: Workbook) -> None:
    """After a yes what is closed, a page or one part of it, says only that; the reasons are in Counselor view alone."""
    tab.go("07-listen")
    expect(tab.page.locator(".wb-closed")).to_contain_text(NEUTRAL)
    tab.go("02-pause")
    expect(partner_facing(tab)).to_contain_text(NEUTRAL)
    with workbook.case(ALIAS) as case:
        reasons = partner_gate(standing(case)).reasons
    assert reasons
    assert not any(reason in tab.page.content() for reason in reasons)
    tab.go("00-start")
    tab.counselor_view()
    for reason in reasons:
        expect(tab.page.get_by_text(reason).first).to_be_visible(timeout=PATIENCE)


def test_a_dated_entry_settles_it(tab: Tab, workbook: Workbook) -> None:
    """Only a written entry settles a flag; then the partner-facing form opens, in a calm moment."""
    tab.button("Settle, open pages again").click()
    expect(tab.page.locator(".wb-entry .wb-trouble")).to_be_visible(timeout=PATIENCE)
    tab.page.get_by_label("Your entry (dated today)").fill("Talked it through; a plan is with the service")
    tab.button("Settle, open pages again").click()
    expect(tab.page.get_by_text("Settled (1)")).to_be_visible(timeout=PATIENCE)
    with workbook.case(ALIAS) as case:
        assert not case.flags(open_only=True)
        case.save("daily", {"calm": 8}, response_id="calm-now")
    tab.go("02-pause")
    opened = partner_facing(tab)
    expect(opened.locator("input, textarea").first).to_be_visible(timeout=PATIENCE)
    expect(opened).not_to_contain_text(NEUTRAL)
    with workbook.case(ALIAS) as case:
        case.delete("calm-now")


# --- the step 'Pause'


def test_the_pause_page_is_filled(tab: Tab, workbook: Workbook) -> None:
    """A plan with dates, a line of the thought table and an unsent message with its wait are stored while one types."""
    today = date.today()
    tab.answer("pause-plan", "why", "Every talk this month ended in tears")
    tab.answer("pause-plan", "start", today.isoformat())
    tab.answer("pause-plan", "end", (today + timedelta(days=7)).isoformat())
    add_row(tab, "thought-urge-action", "table", {"thought": THOUGHT, "urge": "Ring again", "instead": "Walk"})
    card = add_row(tab, "unsent-messages", "messages", {"message": UNSENT, "pressure": "4"})
    card.get_by_role("button", name="Begin the wait").click()
    expect(card.get_by_text("Let it rest until")).to_be_visible()
    tab.saved()
    tab.says_saved()
    with workbook.case(ALIAS) as case:
        plan, table, unsent = (answers(case, name) for name in ("pause-plan", "thought-urge-action", "unsent-messages"))
    assert (plan["start"], plan["end"]) == (today.isoformat(), (today + timedelta(days=7)).isoformat())
    assert [row["thought"] for row in table["table"].values()] == [THOUGHT]
    (message,) = unsent["messages"].values()
    assert message["message"] == UNSENT
    assert message["pressure"] == 4
    assert next(value for value in message.values() if isinstance(value, dict))["until"] > today.isoformat()


def answers(case: Case, form_id: str) -> dict[str, Any]:
    """What is stored of a form with one living answer."""
    stored = case.read(form_id)
    assert stored
    return stored.answers


def add_row(tab: Tab, form: str, field: str, row: dict[str, str]) -> Locator:
    """Add a row to a list of a form and fill it; returns its card."""
    rows = tab.field(form, field)
    rows.locator("> .wb-buttons button").click()
    card = rows.locator(".wb-card", has=tab.page.locator(".wb-field")).last
    for name, value in row.items():
        tab.put(card.locator(f'[data-field="{name}"]'), value)
    return card


def test_saved_is_said_only_when_it_is_stored(tab: Tab, workbook: Workbook) -> None:
    """While the store takes nothing the page says that it is not saved yet; once it is stored it says ‘Saved’."""
    note = tab.field("pause-plan", "gain").locator("input")
    bar = tab.page.locator(".wb-bar .wb-saved")
    with workbook.practice() as writer, workbook.case(ALIAS) as case:
        with writer.writing():  # another page writes, for long
            note.fill("Sleep")
            expect(bar).to_have_text("Saving…", timeout=PATIENCE)
            expect(bar).to_have_text("Not saved yet – trying again", timeout=PATIENCE)
            assert "gain" not in answers(case, "pause-plan")
        tab.says_saved()
        assert answers(case, "pause-plan")["gain"] == "Sleep"


def test_what_was_written_is_there_again(tab: Tab) -> None:
    """A page that is opened again shows what was written on it."""
    tab.go("00-start")
    tab.go("02-pause")
    expect(tab.field("pause-plan", "why").locator("textarea")).to_have_value("Every talk this month ended in tears")
    expect(tab.field("thought-urge-action", "table")).to_contain_text(THOUGHT)
    expect(tab.field("unsent-messages", "messages")).to_contain_text(UNSENT)


def test_the_counselors_note_of_the_step(tab: Tab, workbook: Workbook) -> None:
    """The counselor's own note of the step is there in Counselor view alone, and is stored."""
    assert not tab.page.get_by_text(load.step("02-pause").counselor_note[:30]).count()  # type: ignore[union-attr]
    tab.counselor_view()
    box = tab.page.locator('[data-kind="note"]')
    expect(box).to_contain_text(load.step("02-pause").counselor_note[:30], timeout=PATIENCE)  # type: ignore[union-attr]
    box.locator("textarea").fill(PRIVATE_NOTE)
    tab.saved()
    with workbook.case(ALIAS) as case:
        assert PRIVATE_NOTE in answers(case, "counselor-notes").values()


# --- log and progress

QUICK = {
    "mood": "7", "calm": "5", "feelings": "2", "urge": "6", "urge_type": "2", "urge_acted": "2", "space_kept": "1",
    "positive": "3", "negative": "1", "noticed": "1", "thanks": "1", "sleep_hours": "7", "sleep_quality": "6",
    "for_me": "1", "enjoyment": "4",
}  # fmt: skip
STORED = {
    "mood": 7, "calm": 5, "feelings": ["sad"], "urge": 6, "urge_type": "text", "urge_acted": "no", "space_kept": "kept",
    "positive": 3, "negative": 1, "noticed": "yes", "thanks": "yes", "sleep_hours": 7, "sleep_quality": 6,
    "for_me": "yes", "enjoyment": 4,
}  # fmt: skip


def test_mood_and_calm_take_six_keys_and_the_quick_set_thirty(tab: Tab, workbook: Workbook) -> None:
    """From opening the log: mood and calm are stored within 6 key presses, the whole quick set within 30."""
    tab.go("log")
    keys = Keys(tab)
    log = tab.page.locator('[data-form="daily"]').first
    for name, key in QUICK.items():
        focused(log.locator(f'[data-field="{name}"]').first)
        keys.press(key)
        if name == "calm":
            assert keys.count <= 6
            tab.saved()
            assert newest(workbook, "daily") == {"mood": 7, "calm": 5}
        if name != "enjoyment":
            keys.press("Tab")
    assert keys.count <= 30
    tab.saved()
    tab.says_saved()
    assert newest(workbook, "daily") == STORED


def newest(workbook: Workbook, form_id: str) -> dict[str, Any]:
    """The answers of the newest entry of a log, as stored."""
    with workbook.case(ALIAS) as case:
        entry = case.latest(form_id)
        assert entry
        return entry.answers


def test_a_second_entry_a_correction_and_a_private_one(tab: Tab, workbook: Workbook) -> None:
    """A second entry is its own; a correction keeps the earlier version; private and delete do what they say."""
    log = tab.page.locator('[data-form="daily"]').first
    log.get_by_role("button", name="Finish this entry").click()
    expect(log.get_by_role("heading", name="A new entry")).to_be_focused(timeout=PATIENCE)
    tab.answer("daily", "mood", "4")
    tab.saved()
    log.get_by_role("button", name="Finish this entry").click()
    tab.unfold(log.locator("details.wb-entries"))
    cards = log.locator(".wb-entries .wb-card")
    expect(cards).to_have_count(2, timeout=PATIENCE)
    cards.first.get_by_role("button", name=re.compile("^Edit")).click()
    expect(log.get_by_text("Correcting an entry")).to_be_visible(timeout=PATIENCE)
    tab.answer("daily", "mood", "6")
    tab.saved()
    log.get_by_role("button", name="Done correcting").click()
    expect(log.get_by_role("heading", name="A new entry")).to_be_focused(timeout=PATIENCE)
    with workbook.case(ALIAS) as case:
        corrected = case.latest("daily")
        assert corrected
        assert corrected.answers["mood"] == 6
        assert case.versions(corrected.id)[0].answers["mood"] == 4
    cards.first.get_by_role("button", name=re.compile("^Private")).click()
    expect(cards.first).to_contain_text("(private)", timeout=PATIENCE)
    expect(log.get_by_text("This is no lock")).to_be_visible()
    with workbook.case(ALIAS) as case:
        assert len(case.entries("daily", include_private=False)) == 1
    cards.first.get_by_role("button", name=re.compile("^Delete")).click()
    tab.button("Delete for good").click()
    expect(cards).to_have_count(1, timeout=PATIENCE)
    with workbook.case(ALIAS) as case:
        assert [entry.answers["mood"] for entry in case.entries("daily")] == [7]


def test_the_contact_log(tab: Tab, workbook: Workbook) -> None:
    """One contact: who began it, how, how it felt, a note."""
    tab.answer("contact", "initiator", "partner")
    tab.answer("contact", "channel", "message")
    tab.answer("contact", "quality", "8")
    tab.answer("contact", "note", "A short hello")
    tab.saved()
    assert newest(workbook, "contact") == {
        "initiator": "partner", "channel": "message", "quality": 8, "note": "A short hello"
    }  # fmt: skip


def test_a_week_in_the_grid(tab: Tab, workbook: Workbook) -> None:
    """The grid takes earlier days from the keyboard: digits answer, arrow keys move."""
    grid = tab.page.locator("table.wb-week")
    mood, calm = grid.locator("tbody tr").nth(0).locator("input"), grid.locator("tbody tr").nth(1).locator("input")
    mood.nth(4).focus()
    keys = tab.page.keyboard
    keys.press("3")
    keys.press("ArrowDown")
    expect(calm.nth(4)).to_be_focused()
    keys.press("4")
    keys.press("ArrowUp")
    keys.press("ArrowRight")
    expect(mood.nth(5)).to_be_focused()
    keys.press("5")
    tab.saved()
    days = [(date.today() - timedelta(days=back)).isoformat() for back in (2, 1)]
    with workbook.case(ALIAS) as case:
        whole = {entry.day: entry.answers for entry in case.entries("daily") if entry.whole_day}
    assert whole == {days[0]: {"mood": 3, "calm": 4}, days[1]: {"mood": 5}}


def test_a_log_kept_elsewhere(tab: Tab, workbook: Workbook) -> None:
    """A CSV log comes in by its columns: range converted, a bad row named, nothing doubled the second time."""
    days = [date.today() - timedelta(days=back) for back in range(40, 35, -1)]
    rows = ["day,feeling", *(f"{day.isoformat()},{20 * at}" for at, day in enumerate(days)), "some day,50"]
    fold = tab.page.locator("details.wb-import")
    tab.unfold(fold)
    sheet = {"name": "mine.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    fold.locator("input[type=file]").set_input_files(files=[sheet])  # type: ignore[list-item]
    asked = fold.get_by_role("group", name="The day").locator(".wb-asked").first
    asked.get_by_label("Column", exact=True).select_option("feeling")
    asked.get_by_label("Lowest possible number in the column").fill("0")
    asked.get_by_label("Highest possible number").fill("100")
    fold.get_by_role("button", name="Preview").click()
    expect(fold.get_by_text("6 rows read: 5 taken, 1 rejected.")).to_be_visible(timeout=PATIENCE)
    expect(fold.locator("table", has_text="some day").last).to_contain_text("7")
    bring = fold.get_by_role("button", name="Bring in 5 entries")
    bring.click()
    expect(fold.get_by_text("Done: 5 new entries from 6 rows.")).to_be_visible(timeout=PATIENCE)
    bring.click()
    expect(fold.get_by_text("nothing was doubled")).to_be_visible(timeout=PATIENCE)
    with workbook.case(ALIAS) as case:
        brought = [entry.answers["mood"] for entry in case.entries("daily", until=days[-1])]
    assert brought == [0, 2, 4, 6, 8]


def test_progress_in_pictures_words_and_tables(tab: Tab) -> None:
    """Each chart has words made from the data, its table on request, and a line that says what it cannot show."""
    tab.go("progress")
    charts = tab.page.locator('.wb-panel[data-kind="chart"]')
    expect(charts).to_have_count(5)
    for at in range(5):
        chart = charts.nth(at)
        chart.scroll_into_view_if_needed()
        picture = chart.locator("img.wb-chart")
        picture.wait_for()
        assert len(picture.get_attribute("alt") or "") > 30
        assert re.search(r"\d", picture.get_attribute("alt") or "")
        assert chart.locator("figcaption").inner_text().strip()
        chart.get_by_role("button", name="Show the table").click()
        expect(chart.locator("tbody tr").first).to_be_visible()


# --- on paper


def printed(tab: Tab, *, counselor: bool = False, blank: bool = False, password: str = "") -> bytes:
    """The page as a PDF, through the bar's window."""
    tab.bar("PDF").click()
    box = tab.page.locator("dialog.wb-dialog")
    if counselor:
        box.get_by_label("For the counselor").check()
    if blank:
        box.get_by_label("Blank, a worksheet").check()
    if password:
        box.get_by_label("Password for the file, if you want one", exact=True).fill(password)
        box.get_by_label("Password, once more", exact=True).fill(password)
    with tab.page.expect_download() as coming:
        box.get_by_role("button", name="Save the PDF").click()
    expect(box).to_have_count(0, timeout=PATIENCE)
    assert ALIAS not in coming.value.suggested_filename
    return coming.value.path().read_bytes()


def test_the_page_for_the_client(tab: Tab) -> None:
    """Filled: tagged as PDF/UA, with the words, alias and date, and nothing that is the counselor's."""
    tab.go("02-pause")
    made = printed(tab)
    text = pdf_text(made)
    for words in (THOUGHT, UNSENT, "Every talk this month ended in tears", ALIAS, str(date.today().year)):
        assert words in text
    assert PRIVATE_NOTE not in text
    assert load.step("02-pause").counselor_note[:40] not in text  # type: ignore[union-attr]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata().get("pdfuaid:part") == "1"


def test_the_page_blank(tab: Tab) -> None:
    """Blank: the same questions, none of the answers."""
    text = pdf_text(printed(tab, blank=True))
    assert load.form("pause-plan").title in text
    assert not any(words in text for words in (THOUGHT, UNSENT, "Every talk this month"))


def test_the_page_for_the_counselor_with_a_password(tab: Tab) -> None:
    """For the counselor: the notes of the step as well; without the password the file does not open."""
    tab.counselor_view()
    made = printed(tab, counselor=True, password="paper boat")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(made))
    text = pdf_text(made, "paper boat")
    assert PRIVATE_NOTE in text
    assert UNSENT in text


def test_charts_print_as_vectors(tab: Tab) -> None:
    """The progress page prints its charts without a single bitmap."""
    tab.go("progress")
    made = printed(tab)
    assert "Mood and calm" in pdf_text(made)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not [image for page in pdf.pages for image in page.get_images()]


def test_the_export_menu(tab: Tab) -> None:
    """JupyterLab's own export gives the filled page for the client as well; those that fail or leak are not offered."""
    answer = tab.fetch("nbconvert/WorkbookPDF/02-pause.ipynb")
    assert answer.ok
    text = pdf_text(answer.body())
    assert THOUGHT in text
    assert PRIVATE_NOTE not in text
    offered = tab.fetch("api/nbconvert").json()
    assert "WorkbookPDF" in offered
    assert not {"pdf", "webpdf", "latex", "qtpdf"} & set(offered)


# --- the end of the day, and the next one


def test_close_and_lock(tab: Tab, workbook: Workbook) -> None:
    """The last words are stored, the server ends, an encrypted backup stays."""
    tab.go("02-pause")
    tab.field("pause-plan", "gain").locator("input").fill("Sleep, and a clear head")
    tab.bar("Close and lock").click()
    tab.page.locator("dialog.wb-dialog").get_by_role("button", name="Close and lock", exact=True).click()
    expect(tab.page.get_by_role("heading", name="The workbook is closed")).to_be_visible(timeout=PATIENCE)
    workbook.wait_ended()
    with workbook.case(ALIAS) as case:
        assert answers(case, "pause-plan")["gain"] == "Sleep, and a clear head"
    (backup,) = [file for file in (workbook.workspace / "backups").iterdir() if file.is_file()]
    assert ALIAS.encode() not in backup.read_bytes()
    tab.page.goto("about:blank")
    tab.overlook("ERR_CONNECTION_REFUSED")  # JupyterLab, behind the last page, asks for the server that has ended


def tab_to(tab: Tab, goal: Locator) -> None:
    """Press Tab until the focus is where it should be."""
    goal.first.wait_for()
    for _ in range(120):
        if goal.first.evaluate("node => node === document.activeElement"):
            return
        tab.page.keyboard.press("Tab")
    pytest.fail("Tab never came there")


def test_the_next_day_by_keyboard_alone(tab: Tab, workbook: Workbook) -> None:
    """The same passphrase unlocks the next start; unlocking, choosing the case and filling a form need no mouse."""
    workbook.idle_seconds = IDLE
    workbook.start()
    tab.page.goto(workbook.address)
    keyboard, page = tab.page.keyboard, tab.page
    expect(page.get_by_label("Passphrase", exact=True)).to_be_focused(timeout=PATIENCE)
    keyboard.type(PASSPHRASE)
    keyboard.press("Enter")
    tab_to(tab, tab.button("Open Counselor view"))
    keyboard.press("Enter")
    tab_to(tab, tab.button(f"Open {ALIAS}"))
    keyboard.press("Enter")
    tab_to(tab, page.get_by_role("link", name="Pause", exact=True))
    keyboard.press("Enter")
    page.wait_for_url(re.compile("02-pause"))
    tab.ready()
    tab_to(tab, page.locator('[data-form="contact-rules"] > summary'))
    keyboard.press("Enter")
    box = page.locator('[data-form="contact-rules"] [data-field="rules"] input').first
    tab_to(tab, box)
    keyboard.press("Space")
    words = page.locator('[data-form="contact-rules"] [data-field="hard_moment"] textarea')
    tab_to(tab, words)
    keyboard.type("Once round the block")
    tab.says_saved()
    with workbook.case(ALIAS) as case:
        assert answers(case, "contact-rules") == {"rules": ["no-stream"], "hard_moment": "Once round the block"}


def test_the_idle_lock(tab: Tab, workbook: Workbook) -> None:
    """Nobody types: a warning, ‘Stay’ takes it back; then the lock, nothing to read behind it; then the same spot."""
    warning = tab.page.locator("dialog.wb-idle")
    warning.wait_for()
    expect(warning).to_contain_text("locks in")
    warning.get_by_role("button", name="Stay").click()
    expect(warning).to_have_count(0)
    words = tab.page.locator('[data-form="contact-rules"] [data-field="hard_moment"] textarea')
    words.fill("Once round the block, says the rule")
    scroller = "document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer').scrollTop"
    spot = tab.page.evaluate(scroller)
    assert spot > 200
    warning.wait_for()
    expect(tab.page.get_by_role("heading", name="The workbook is locked")).to_be_visible(timeout=PATIENCE)
    assert "says the rule" not in tab.page.content()
    expect(tab.page.locator(".wb-panel")).to_have_count(0)
    tab.unlock()
    expect(words).to_have_value("Once round the block, says the rule", timeout=PATIENCE)
    assert "02-pause" in tab.page.url
    tab.page.wait_for_function(f"Math.abs({scroller} - {spot}) < 40")
