"""The step 'Pause' and the logs: short, complete, safe, and worded without blame or promises."""

import re
from collections.abc import Iterator

import nbformat
import pytest

from workbook.content import coverage, load
from workbook.content.model import Field, Form
from workbook.rules import gates

THEME = "pause-and-calm"
MOST_AT_ONCE = 5
LOGS = ("daily", "contact", "no-contact")
QUICK = (
    "mood", "calm", "feelings", "urge", "urge_type", "urge_acted", "space_kept", "positive", "negative", "noticed",
    "thanks", "sleep_hours", "sleep_quality", "for_me", "enjoyment",
)  # fmt: skip
OPEN_TO_ALL = (
    "breathing-space", "racing-thoughts", "thought-urge-action", "before-i-act", "unsent-messages", "contact-rules",
    "control-circles", "steady-and-exit", "journal", "daily", "no-contact",
)  # fmt: skip
CONTACT_STATES = {"unknown", "welcome", "limited", "none", "order"}
SAYS_TOO_MUCH = re.compile(
    r"\b(husband|wife|wine|beer|alcohol|guarantee[ds]?|win (them|him|her) back|streak|score|well done|you failed)\b"
    r"|\b(he|she|him|his|hers|herself|himself)\b",
    re.IGNORECASE,
)

STEP = load.step(THEME)
assert STEP
PAUSE = tuple(load.form(form_id) for form_id in STEP.forms)
MINE = (*PAUSE, *(load.form(form_id) for form_id in LOGS))


def fields(form: Form) -> Iterator[tuple[Field, Field]]:
    """Every field with the field it lies in (itself, or its rows)."""
    for outer in form.fields:
        for inner in (outer, *outer.fields):
            yield outer, inner


def points() -> tuple[str, ...]:
    """The theme's points."""
    return next(theme.points for theme in load.points().themes if theme.id == THEME)


def words(form: Form) -> str:
    """Everything that a reader of the form sees."""
    said = [form.title, form.purpose, form.example]
    for _, one in fields(form):
        said += [one.label, one.help, one.text, one.low, one.high, one.add, *(label for _, label in one.options)]
    return "\n".join(said)


def weight(one: Field) -> int:
    """Questions in sight: those of one open card for rows, none for a text."""
    return sum(weight(inner) for inner in one.fields if inner.core) if one.fields else int(one.answers)


def test_core_path_is_at_most_eight_exercises_in_one_sitting():
    """The short path fits a session: eight exercises, 20 to 50 minutes."""
    assert STEP
    assert 1 <= len(STEP.core) <= 8
    assert 20 <= sum(load.form(form_id).minutes for form_id in STEP.core) <= 50


@pytest.mark.parametrize("form", MINE, ids=lambda form: form.id)
class TestForm:
    """Each form of the step and each log."""

    def test_shows_at_most_five_questions_at_once(self, form: Form):
        """More than five questions never meet a client at once; the daily log's quick set is the one exception."""
        core = [one for one in form.fields if one.core and not one.quick]
        assert sum(weight(one) for one in core if one.kind != "rows") <= MOST_AT_ONCE
        assert all(weight(one) <= MOST_AT_ONCE for one in form.fields if one.kind == "rows")

    def test_says_what_it_is_for(self, form: Form):
        """A title, a purpose, a time, and for an exercise an example."""
        assert form.title
        assert form.purpose
        assert form.minutes > 0
        assert form.example or form.id in LOGS

    def test_is_worded_for_anyone(self, form: Form):
        """No gendered pronoun, no promise, no score, no alcohol."""
        found = SAYS_TOO_MUCH.search(words(form))
        assert found is None, found

    def test_fills_in_no_name_but_those_it_knows(self, form: Form):
        """The partner's alias and the calm threshold are the only placeholders."""
        assert set(re.findall(r"\{[^}]*\}", words(form))) <= {"{partner}", "{calm}"}

    def test_shows_under_contact_states_that_exist(self, form: Form):
        """A misspelt state would hide a question for ever."""
        for _, one in fields(form):
            assert set(one.show_if.get("contact", ())) <= CONTACT_STATES, one.id

    def test_names_what_rows_are_called(self, form: Form):
        """A list of cards can be added to, and each card has a name."""
        for outer in form.fields:
            if outer.kind == "rows":
                assert outer.add, outer.id
                assert outer.summary in {inner.id for inner in outer.fields}, outer.id

    def test_flags_only_where_support_or_the_counselor_can_answer(self, form: Form):
        """What closes pages opens the help page at once."""
        for _, one in fields(form):
            if one.flag and one.flag.kind in gates.CLOSING_FLAGS:
                assert one.flag.opens == "support", one.id


def test_every_point_of_the_theme_is_usable_on_the_page_or_in_a_log():
    """All 69, not one promised for later."""
    covered = {point for form in MINE for point in form.covers}
    assert len(points()) == 69
    assert set(points()) - covered == set()
    assert coverage.report()["themes"][THEME] == {"covered": 69, "of": 69}


def test_no_point_is_made_up():
    """Every id that a form names stands in the catalogue."""
    assert {point for form in MINE for point in form.covers} <= load.points().points


@pytest.mark.parametrize("form", MINE, ids=lambda form: form.id)
def test_what_reaches_the_partner_is_marked(form: Form):
    """A point that reaches the partner is served only where the partner gate closes it."""
    for outer, one in fields(form):
        if set(one.covers) & load.points().reaches_partner:
            assert form.reaches_partner or outer.reaches_partner or one.reaches_partner, one.id


@pytest.mark.parametrize("form_id", OPEN_TO_ALL)
def test_calming_and_restraint_stay_open(form_id: str):
    """What calms or holds back is there under every contact status and before the start is finished."""
    form = load.form(form_id)
    assert not form.reaches_partner
    assert not form.show_if
    assert {one.id for _, one in fields(form) if one.reaches_partner} <= {"thanks"}


def test_every_pause_begins_with_the_question_of_safety():
    """The first question asks for safety at home; 'no' and 'not sure' open help and are flagged."""
    first = load.form("pause-plan").fields[0]
    assert first.id == "safe_home"
    assert first.flag
    assert set(first.flag.when) == {"no", "unsure"}
    assert (first.flag.kind, first.flag.opens) == ("unsafe-home", "support")
    assert "not-now" in dict(first.options)


def test_an_unsent_message_can_become_nothing_but_unsent_under_no_contact():
    """Under none, an order or an unknown status the draft is kept or deleted, never shortened for use."""
    inner = {one.id: one for one in load.form("unsent-messages").field("messages").fields}
    assert inner["rest"].kind == "wait"
    assert inner["rest"].hours == 24
    for state in ("none", "order", "unknown"):
        shown = [one for one in inner.values() if "contact" not in one.show_if or state in one.show_if["contact"]]
        assert not any("shorten" in dict(one.options) for one in shown)
        assert "two_sentences" not in {one.id for one in shown}
        assert {"archive", "delete"} <= {value for one in shown for value, _ in one.options}


def test_thoughts_of_not_living_open_help():
    """A racing thought of that kind is never only a thought to breathe through."""
    flag = load.form("racing-thoughts").field("thoughts").flag
    assert flag
    assert (flag.when, flag.kind, flag.opens) == (("not-live",), "self-harm", "support")


def test_quick_set_is_the_catalogues_in_its_order():
    """Fifteen items without a text, at most thirty keys: one for each, and Tab between them."""
    quick = [one for one in load.form("daily").fields if one.quick]
    assert tuple(one.id for one in quick) == QUICK
    assert load.form("daily").fields[: len(quick)] == tuple(quick)
    assert len(quick) * 2 <= 30
    for one in quick:
        assert one.kind in ("scale", "number", "choice", "choices"), one.id
        assert len(one.options) <= 9, one.id  # one digit picks each
        assert one.introduced_by is None, one.id
        assert len(one.label) <= 28, one.id  # the week's grid and its paper have narrow rows


def test_thanks_are_asked_only_where_contact_is_welcome():
    """No one is asked to thank somebody who wants no contact."""
    assert load.form("daily").field("thanks").show_if == {"contact": ("welcome",)}


def test_items_switched_on_here_are_named_by_the_step():
    """The logs that the step lists each have an item, and every other item of the page names the step."""
    assert STEP
    daily = [one for one in load.form("daily").fields if not one.quick]
    assert all(one.introduced_by in ("start-safe", THEME) for one in daily)
    asked = {one.log for form_id in LOGS for one in load.form(form_id).fields if one.introduced_by == THEME}
    assert set(STEP.logs) <= asked


def test_practice_and_children_wait_until_switched_on():
    """Faith is never suggested, and nobody is asked about children who has none."""
    daily = load.form("daily")
    for field_id in ("practice", "house_tension", "children_heard"):
        assert daily.field(field_id).opt_in, field_id


def test_no_contact_is_one_line():
    """Under no contact the contact log asks one yes or no."""
    [only] = load.form("no-contact").fields
    assert (only.kind, tuple(dict(only.options))) == ("choice", ("yes", "no"))


def test_contact_asks_what_the_charts_read():
    """Who began it, how, how it felt, a note: at once; the rest folded."""
    core = [one.id for one in load.form("contact").fields if one.core]
    assert core == ["initiator", "channel", "quality", "note"]


def test_journal_is_not_shared_unless_it_is_ticked():
    """The switch is a tick, so off is what an untouched entry says."""
    assert load.form("journal").field("share").kind == "tick"


def test_pages_are_worded_like_the_forms():
    """Prose of both pages stays neutral, too, and each leads on."""
    for name in ("02-pause", "log"):
        notebook = nbformat.read(load.notebooks_dir() / f"{name}.ipynb", as_version=4)
        prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert SAYS_TOO_MUCH.search(prose) is None
        assert notebook.cells[-1].source == "page.next()"
