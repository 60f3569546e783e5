"""A page as a PDF, read back: for whom, filled or blank, tagged, whole, the same bytes twice, with a password."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbook.content import load
from workbook.content.model import Step
from workbook.errors import PrintProblem
from workbook.forms import head
from workbook.record import moments
from workbook.report.pdf import page_pdf
from workbook.rules import gates

HOSTILE = '#eval("1+1") #import "x" $x^2$ \\ *b* _i_ `c` <label> @ref //c /*d*/ ~ -- --- [x] {y} = title\n= h\n- i\n#{'


def test_answers_print_with_their_questions(printed, case):
    """Each answer stands under its question; an open question shows a dash, an open further one is left out."""
    case.save(
        "plan", {"why": "To sleep.\nTo breathe.", "calm": 0, "who": "friend", "helps": ["walk"], "from": "2026-11-02"}
    )
    words = printed("# Pause", 'page.form("plan")').words
    assert "Why I pause To sleep. To breathe." in words
    assert "How calm 0 0 = not at all, 10 = very" in words
    assert "Who knows A friend" in words
    assert "Begins on 2 Nov 2026" in words
    assert "Further words" not in words


def test_missing_is_not_zero(printed, case):
    """An answer that was not given is a dash, never a number."""
    case.save("plan", {"why": "x"})
    assert "How calm – Who knows –" in printed('page.form("plan")').words


def test_an_untouched_form_says_so(printed):
    """A form without answers is one line, not a page of dashes."""
    words = printed('page.form("plan")').words
    assert "Nothing written here yet." in words
    assert "How calm" not in words


def test_current_answers_only(printed, case):
    """Earlier versions do not print."""
    saved = case.save("plan", {"why": "EARLIER"})
    case.close_version(saved.response.id)
    case.save("plan", {"why": "CURRENT"})
    words = printed('page.form("plan")').words
    assert "CURRENT" in words
    assert "EARLIER" not in words


def test_the_pages_own_order(printed, cleared):
    """Prose, forms and charts print as the notebook has them, also on a page of the counselor's own."""
    cleared.save("other", {"a": "ANSWER"})
    words = printed("# Mine", 'page.chart("mood-calm")', "Middle words.", 'page.form("other")', page="my-own").words
    assert [words.index(one) for one in ("Mine", "Axis words", "Middle words.", "ANSWER")] == sorted(
        words.index(one) for one in ("Mine", "Axis words", "Middle words.", "ANSWER")
    )


def test_one_exercise_prints_alone(printed, case):
    """Under the page's own heading, filled or blank; an exercise that the page does not hold is refused in words."""
    case.save("plan", {"why": "MINE"})
    case.save("other", {"a": "ANOTHER"})
    page = ("# Pause\n\nProse of the page.", 'page.form("plan")', 'page.more("other")')
    words = printed(*page, only="plan").words
    assert "Pause" in words
    assert "MINE" in words
    assert "ANOTHER" not in words
    assert "Prose of the page" not in words
    assert "MINE" not in printed(*page, only="plan", blank=True).words
    with pytest.raises(PrintProblem, match="no part called ‘nothing’"):
        printed(*page, only="nothing")


def test_names_are_filled_in(printed, case):
    """The words that the client wants stand in the text."""
    case.save("about-case", {"partner_alias": "Kim", "client_alias": "Bo"}, respondent="counselor")
    case.save("plan", {"why": "x"})
    read = printed('page.form("plan")')
    assert "A little room for Kim" in read.words
    assert "Bo · 21 Nov 2026" in read.words


def test_rows_print_without_deleted_ones(printed, case):
    """Rows stand in the order in which they were made."""
    rows = {
        "b": {"_created": "2026-11-02T10:00", "thought": "SECOND", "strong": 3},
        "a": {"_created": "2026-11-01T10:00", "thought": "FIRST"},
        "c": {"_created": "2026-11-03T10:00", "thought": "GONE", "_deleted": True},
    }
    case.save("thoughts", {"list": rows})
    words = printed('page.form("thoughts")').words
    assert words.index("FIRST") < words.index("SECOND")
    assert "GONE" not in words


def test_more_forms_without_answers_are_named_in_one_line(printed, case):
    """What was not begun is said, and takes one line."""
    case.save("other", {"a": "begun"})
    words = printed('page.more("other", "thoughts")').words
    assert "begun" in words
    assert "Not begun yet: Thoughts." in words


def test_a_tool_met_again_prints_short(printed, case, cleared):
    """Its sheet is at home on one page; another page names that one, and filled it prints what was answered last."""
    again = 'page.more("plan")'
    blank = printed("# Care", again, page="03-care", blank=True).words
    assert "My plan – Pause" in blank and "How calm" not in blank
    assert "How calm" in printed("# Care", 'page.form("plan")', page="03-care", blank=True).words
    assert "How calm" in printed("# Pause", again, page="02-pause", blank=True).words
    case.save("plan", {"why": "To sleep.", "further": "FURTHER"})
    words = printed("# Care", again, page="03-care").words
    assert "To sleep." in words and "the whole sheet prints with ‘Pause’" in words
    assert "FURTHER" in words and "A pause has an end" not in words
    assert "A pause has an end" in printed("# Care", again, page="03-care", whole=True).words


def test_a_page_that_is_closed_is_not_named_as_a_home(printed, monkeypatch):
    """What is open here though its home is a page that the client may not see prints whole where it is met."""
    monkeypatch.setattr(load, "shipped_steps", lambda: (Step("care-for-yourself", "03-care", "", "", ("other",)),))
    words = printed("# Care", 'page.more("other")', page="03-care", blank=True).words
    assert "A word" in words and "Trust" not in words


def test_paper_has_no_button_to_press(printed, case):
    """It says what can be done with paper, and each sheet for a client has the number; their own words stay."""
    case.save("plan", {"why": "To press Help."})
    made = printed("If you are afraid, press Help now. Press\n‘Help’ on any page.", 'page.form("plan")')
    assert "If you are afraid, call a helpline now. Call a helpline." in made.words
    assert "To press Help." in made.words
    assert all("findahelpline.com" in page for page in made.pages)


def test_the_foot_of_a_sheet_names_no_line(printed, case):
    """A sheet that lies at home tells nobody which help is sought; the page for support has the lines."""
    case.practice.set_setting("country", "US")
    case.practice.set_setting("emergency_number", "911")
    plain, support = printed("# A", "Words."), printed("# Support", "page.support()")
    assert "911" in plain.words
    assert "Violence" not in plain.words
    assert "National Domestic Violence Hotline" in support.words


def test_a_heading_over_nothing_does_not_print(printed):
    """What waits for the client's own wish is not on paper, nor is what leads to it."""
    words = printed("# Mine", "## If you like", "A few words.", 'page.more("wish")', "## After it").words
    assert "If you like" not in words
    assert "After it" in words


# --- logs


def test_entries_print_with_date_time_and_zone(printed, case):
    """Oldest first, each in the time of its own place."""
    case.save(
        "daily", {"mood": 3, "note": "later"}, at=datetime(2026, 11, 12, 17, 30, tzinfo=UTC), zone="Europe/Berlin"
    )
    case.save("daily", {"mood": 0, "hours": 6.5}, at=datetime(2026, 11, 11, 8, tzinfo=UTC), zone="+05:30")
    words = printed("page.daily()").words
    assert "11 Nov 2026 13:30 UTC+05:30 0 6.5 h 12 Nov 2026 18:30 CET 3 – In a sentence: later" in words


def test_private_entries_never_print(printed, case):
    """An entry marked private is in no PDF, the counselor's among them."""
    saved = case.save("daily", {"mood": 3, "note": "PRIVATEWORD"})
    case.set_private(saved.response.id, True)
    case.save("daily", {"mood": 4, "note": "OPENWORD"})
    for audience in ("client", "counselor"):
        words = printed("page.daily()", "page.week()", audience=audience).words
        assert "OPENWORD" in words
        assert "PRIVATEWORD" not in words


def test_under_no_contact_the_contact_log_is_one_line(printed, case):
    """The page and its paper ask the same."""
    case.save("contact-status", {"status": "order"}, respondent="counselor")
    words = printed("page.contacts()").words
    assert "No contact kept today" in words
    assert "A contact" not in words


def test_a_week_shows_the_last_seven_days(printed, case, now):
    """Several entries of a day stand side by side; a day without one is a dash."""
    for mood in (3, 5):
        case.save("daily", {"mood": mood}, at=now.replace(hour=mood), zone="UTC")
    words = printed("page.week()").words
    assert "Sat 21 Nov" in words
    assert "Mood – – – – – – 3, 5" in words


# --- who may see what


def test_a_clients_print_holds_nothing_of_the_counselor(printed, case):
    """No screen, flag, note, reason or counselor form, whatever the page calls."""
    screen = case.save("screen", {"fear": "yes"}, respondent="counselor")
    case.raise_flag("danger", "screen", screen.response.id, "FLAGREASON")
    case.save("counselor-notes", {"general": "NOTEWORD", "pause-and-calm": "NOTEWORD"}, respondent="counselor")
    case.save("about-case", {"client_alias": "Robin"}, respondent="counselor")
    calls = ("page.screen()", 'page.form("screen")', 'page.form("counselor-notes")', 'page.more("about-case")',
             "page.note()", "page.start()", ">>> secret_code()")  # fmt: skip
    for blank in (False, True):
        words = printed("# Pause", *calls, blank=blank).words
        for hidden in ("Private", "Afraid", "FLAGREASON", "NOTEWORD", "STEPNOTE", "About this case", "safety",
                       "danger", "secret_code", "For the counselor"):  # fmt: skip
            assert hidden not in words
        assert "Parts of this page are not printed." in words


def test_the_counselors_print_holds_screen_flags_notes_and_what_is_missing(printed, case):
    """What the client's print leaves out stands here, with its reasons."""
    screen = case.save("screen", {"fear": "yes"}, respondent="counselor")
    flag = case.raise_flag("danger", "screen", screen.response.id, "Afraid at home")
    case.raise_flag("self-harm", "screen", screen.response.id, "Asked today")
    case.settle_flag(flag.id, "SETTLED WORDS", "keep-closed")
    case.save("counselor-notes", {"general": "GENERALNOTE", "pause-and-calm": "PAUSENOTE"}, respondent="counselor")
    words = printed("page.screen()", ">>> draw()", audience="counselor").words
    for shown in ("Private questions", "Afraid at home", "kept closed. SETTLED WORDS", "Waits for your dated entry.",
                  "STEPNOTE for you", "GENERALNOTE", "PAUSENOTE", "Closed now, and why",
                  "Cell 3: 1 line of code, beginning ‘draw()’"):  # fmt: skip
        assert shown in words


@pytest.mark.usefixtures("in_the_west")
def test_a_flag_has_the_days_of_this_computer(printed, case, monkeypatch):
    """Raised and settled in the evening: not the next day, as it is in UTC."""
    monkeypatch.setattr(moments, "now", lambda: datetime(2026, 3, 11, 3, tzinfo=UTC))
    screen = case.save("screen", {"fear": "yes"}, respondent="counselor")
    case.settle_flag(case.raise_flag("danger", "screen", screen.response.id, "Afraid").id, "SETTLED", "open")
    words = printed("page.screen()", audience="counselor").words
    assert "danger, 10 Mar 2026" in words and "10 Mar 2026: opened again. SETTLED" in words


def test_a_closed_form_says_the_neutral_sentence(printed, case):
    """Its answers and the reason stay out of the client's print."""
    case.save("letter", {"words": "LETTERWORD"})
    words = printed('page.form("letter")').words
    assert f"One clear statement {gates.NEUTRAL}" in words
    assert "LETTERWORD" not in words
    assert "LETTERWORD" in printed('page.form("letter")', audience="counselor").words


def test_a_copied_page_prints_nothing_of_a_closed_theme(printed, case):
    """A page of another name is no way around the theme; the counselor's print and the client's export have it."""
    case.save("other", {"a": "ANSWER"})
    words = printed("# Copied", 'page.form("other")', page="my-copy").words
    assert gates.NEUTRAL in words and "ANSWER" not in words
    assert "ANSWER" in printed("# Copied", 'page.form("other")', page="my-copy", audience="counselor").words
    assert "ANSWER" in printed("# Copied", 'page.form("other")', page="my-copy", whole=True).words


def test_a_copied_page_waits_for_a_calm_moment_too(printed, cleared, monkeypatch):
    """As the page does that it was copied from."""
    speaking = Step("speak-with-care", "08-speak", "Speaking", "Because.", ("other",))
    monkeypatch.setattr(load, "shipped_steps", lambda: (speaking,))
    cleared.save("other", {"a": "ANSWER"})
    words = printed("# Copied", 'page.form("other")', page="my-copy").words
    assert gates.CALM_FIRST in words and "ANSWER" not in words


def test_an_open_form_prints(printed, cleared):
    """Once the start is finished and contact is welcome, the same form prints."""
    cleared.save("letter", {"words": "LETTERWORD"})
    assert "LETTERWORD" in printed('page.form("letter")').words


def test_a_closed_question_says_the_neutral_sentence(printed, case):
    """A single question that reaches the partner is closed like a form."""
    case.save("plan", {"why": "x", "gift": "GIFTWORD"})
    words = printed('page.form("plan")').words
    assert "GIFTWORD" not in words
    assert gates.NEUTRAL in words


def test_a_page_for_a_calm_moment_says_so_on_paper_too(printed, cleared):
    """What a calm moment opens is not said to wait for the counselor."""
    words = printed("# Speaking", "PROSE", page="08-speak").words
    assert words.startswith(f"Speaking {gates.CALM_FIRST}") and gates.NEUTRAL not in words and "PROSE" not in words


def test_a_closed_page_prints_its_title_and_the_neutral_sentence(printed, case):
    """Neither prose nor forms of a closed page reach paper."""
    case.save("other", {"a": "ANSWER"})
    words = printed("# Trust", "PROSE", "## Part", 'page.form("other")', page="12-trust").words
    assert words.startswith(f"Trust {gates.NEUTRAL}")
    for hidden in ("PROSE", "Part", "ANSWER"):
        assert hidden not in words


@pytest.mark.parametrize("blank", [False, True])
def test_a_closed_page_names_what_is_open_on_paper_too(printed, case, cleared, blank):
    """The same pages as on the screen, behind either sentence; an open page and the counselor's paper need no list."""
    said = "These pages are open for you now:"
    speaking = printed("# Speaking", page="08-speak", blank=blank).words
    listed = [one["title"] for one in head.links(case)]
    assert {"Pause", "Trust", "Support"} < set(listed) and "Speaking" not in listed
    assert f"{gates.CALM_FIRST} {said} • {' • '.join(listed)}" in speaking
    case.save("screen", {"fear": "yes"}, respondent="counselor")
    trust = printed("# Trust", page="12-trust", blank=blank).words
    assert "Care" in trust.partition(said)[2] and "Speaking" not in trust
    assert said not in printed("# Pause", page="02-pause", blank=blank).words
    assert said not in printed("# Trust", page="12-trust", blank=blank, audience="counselor").words


# --- blank


def test_a_blank_page_holds_no_answer(printed, case):
    """A worksheet shows questions and room to write, and nothing that was written."""
    case.save("plan", {"why": "WRITTEN", "calm": 7})
    case.save("daily", {"mood": 9, "note": "WRITTEN"})
    words = printed('page.form("plan")', "page.daily()", "page.contacts()", 'page.chart("urges")', blank=True).words
    assert "WRITTEN" not in words
    assert "Why I pause" in words
    assert "not at all 0 1 2 3 4 5 6 7 8 9 10 very" in words
    assert "A friend" in words
    assert "Mon Tue Wed Thu Fri Sat Sun" in words


def test_a_worksheet_names_the_unit_and_no_wide_range(printed):
    """A range that only guards what is typed says nothing to a person with a pen."""
    words = printed("page.weekly()", blank=True).words
    assert "Hours of sleep h" in words
    assert "0–24" not in words
    assert "99999" not in words


def test_blank_without_a_case(cells, now, read_pdf):
    """Nobody's worksheet needs no practice; what is asked only where there is no contact is not on it."""
    page = cells("# Pause", 'page.form("plan")', 'page.form("thoughts")')
    words = read_pdf(page_pdf(None, None, "02-pause.ipynb", notebook=page, now=now)).words
    assert "A little room for your partner and for me." in words
    assert "How strong" in words
    assert "Kept where nobody asks" not in words


@pytest.mark.parametrize("blank", [False, True])
def test_a_text_to_read_prints_under_its_heading(printed, case, blank):
    """Filled or blank, as on the screen."""
    case.save("plan", {"why": "To sleep."})
    assert "What a pause is A pause has an end." in printed('page.form("plan")', blank=blank).words


# --- figures


def test_a_chart_prints_with_its_words(printed):
    """Title, what it cannot show, and its text as text; it is no picture of pixels."""
    read = printed('page.chart("mood-calm")')
    for words in ("Mood and calm", "Axis words", "Few points.", "It cannot show why."):
        assert words in read.words
    assert not any(page.images for page in read.reader.pages)


def test_own_figures_print_by_their_number(printed, svg):
    """page.show prints the figure that the page drew; one that was not drawn yet is said."""
    words = printed("page.show(a)", "page.show(b)", figures={1: (svg, "Mine, in words")}).words
    assert "Axis words" in words
    assert "Mine, in words" in words
    assert "This figure is not drawn on paper yet." in words


@pytest.mark.parametrize("broken", ["", "no svg", "<svg", "<!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>"])
def test_a_broken_figure_does_not_stop_the_print(printed, broken):
    """Its words stand in for it."""
    assert "this is what it shows: Mine" in printed("page.show(a)", figures={1: (broken, "Mine")}).words


def test_a_figure_reads_no_file(printed, tmp_path):
    """A figure that names a file of this computer prints without it."""
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{tmp_path}/secret.png"/></svg>'
    assert not any(page.images for page in printed("page.show(a)", figures={1: (svg, "x")}).reader.pages)
