"""What holds for every page, form and log of the programme: short, complete, safe, plain and free of blame.

Everything is found from the steps, the forms and the notebooks; a new page joins without being named here.
"""

import re
from collections.abc import Iterator
from typing import get_args

import nbformat
import pytest
import textstat

from workbook.content import coverage, load
from workbook.content.model import Field, Form, Step
from workbook.rules import gates

CORE_FORMS, CORE_MINUTES, MOST_AT_ONCE, GRADE = 8, range(20, 51), 5, 7
LOGS = ("daily", "contact", "no-contact", "weekly")
NAMES = {"{partner}", "{client}", "{calm}", "{pause_days}", "{wait_hours}", "{them}", "{their}", "{next_talk}",
         "{talk_topics}"}  # fmt: skip
SAYS_TOO_MUCH = re.compile(
    r"\b(husband|wife|wine|beer|alcohol|guarantee[ds]?|win (them|him|her) back|streak|score|well done|you failed"
    r"|plays the victim)\b|\b(he|she|him|his|hers|her|herself|himself)\b",
    re.IGNORECASE,
)
NO_EXAMPLE = {
    "confidentiality": "read and signed, not worked on",
    "safer-at-home": "whatever it named could be taken for advice that fits",
}
HARDER_TO_READ: dict[str, str] = {}  # page or form above the grade, and why it must be
# The 45 logs: what switches each on, and the theme whose page introduces it.
CATALOGUE = """
    mood quick start-safe; calm quick start-safe; urges quick start-safe; space-respected quick start-safe;
    positive-negative quick start-safe; appreciation-noticed quick start-safe; appreciation-given quick start-safe;
    body quick start-safe; self-care-and-joy quick start-safe; hope core start-safe; safety-check core start-safe;
    contact core pause-and-calm; pause-kept core pause-and-calm; fear-thoughts optional pause-and-calm;
    journal optional pause-and-calm; faith-practice optional pause-and-calm; alone-time optional care-for-yourself;
    energy-balance optional care-for-yourself; self-respect-confidence core care-for-yourself;
    assumptions optional understand-what-happened; blame-balance core share-the-responsibility;
    own-boundaries-kept core boundaries-and-support; supportive-people core boundaries-and-support;
    outside-voices optional boundaries-and-support; children optional boundaries-and-support;
    help-used core boundaries-and-support; interaction-quality core listen-to-understand;
    listening core listen-to-understand; speaking core speak-with-care; requests optional speak-with-care;
    old-fights optional speak-with-care; genuineness optional notice-and-appreciate;
    tone optional bring-back-warmth-and-fun; laughter optional bring-back-warmth-and-fun;
    simple-pleasures optional bring-back-warmth-and-fun; chore-free-time optional bring-back-warmth-and-fun;
    fun-and-outings gated bring-back-warmth-and-fun; affection gated bring-back-warmth-and-fun;
    consistency core rebuild-trust; weekly-step core rebuild-trust; comparison gated rebuild-trust;
    setbacks core patience-and-review; reciprocity core patience-and-review; patience optional patience-and-review;
    signs-of-change optional patience-and-review
"""
PRIORITY = {log: (how, theme) for log, how, theme in (one.split() for one in CATALOGUE.split(";"))}

STEPS = load.steps()
FORMS = tuple(load.forms().values())
CLIENT = tuple(form for form in FORMS if form.audience == "client" and form.kind != "note")
EXERCISES = tuple(form for form in CLIENT if form.kind == "exercise")
PAGES = sorted(load.notebooks_dir().glob("*.ipynb"))
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.page)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
every_client_form = pytest.mark.parametrize("form", CLIENT, ids=lambda form: form.id)
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def pairs(form: Form) -> Iterator[tuple[Field, Field]]:
    """Every field with the field it lies in (itself, or its rows)."""
    for outer in form.fields:
        for inner in (outer, *outer.fields):
            yield outer, inner


def sentences(form: Form) -> list[str]:
    """What a reader of the form reads as prose."""
    said = [form.title, form.purpose, form.example]
    for _, one in pairs(form):
        said += [one.label, one.help, one.text]
    return [text for text in said if text]


def words(form: Form) -> str:
    """Everything that a reader of the form sees."""
    small = [(one.low, one.high, one.add, one.unit, *(label for _, label in one.options)) for _, one in pairs(form)]
    return "\n".join([*sentences(form), *(text for texts in small for text in texts if text)])


def prose(path) -> str:
    """The Markdown of a page."""
    notebook = nbformat.read(path, as_version=4)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def weight(one: Field) -> int:
    """Questions in sight: those of one open card for rows, none for a text."""
    return sum(weight(inner) for inner in one.fields if inner.core) if one.fields else int(one.answers)


def grades(text: str) -> tuple[float, float]:
    """School grade by the Automated Readability Index and by Coleman and Liau; each line ends a sentence."""
    plain = re.sub(r"\{\w+\}", "Robin", re.sub(r"[*_#>]|\]\([^)]*\)|\[", "", text))
    lines = [line.strip(" -") for line in plain.splitlines() if line.strip(" -")]
    told = " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines)
    return textstat.automated_readability_index(told), textstat.coleman_liau_index(told)


# ---- pages and steps


def test_the_programme_is_there():
    """The loops below must not pass for want of pages: twelve steps in the catalogue's order, and their notebooks."""
    themes = [theme.id for theme in load.points().themes]
    assert [step.id for step in STEPS if step.id in themes] == themes
    assert len(themes) == 12
    assert {step.page for step in STEPS} < {path.stem for path in PAGES}


@every_step
class TestStep:
    """Each step, the two pages beside the twelve among them."""

    def test_core_path_fits_a_session(self, step: Step):
        """At most eight exercises, 20 to 50 minutes."""
        assert 1 <= len(step.core) <= CORE_FORMS
        assert sum(load.form(form_id).minutes for form_id in step.core) in CORE_MINUTES

    def test_core_exercises_can_be_answered(self, step: Step):
        """A step is finished when each core form has an answer, so each asks for one at once."""
        for form_id in step.core:
            assert any(one.core and one.answers for one in load.form(form_id).fields), form_id

    def test_holds_each_form_once(self, step: Step):
        """No form is on the core path and in a fold as well."""
        assert len(set(step.forms)) == len(step.forms)

    def test_tells_why_and_what_the_counselor_should_know(self, step: Step):
        """A sentence for the client, a good paragraph for the counselor."""
        assert step.why
        assert SAYS_TOO_MUCH.search(step.why) is None
        assert len(step.counselor_note) >= 200

    def test_has_a_gate(self, step: Step):
        """A page that the table of gates does not know would stay closed for ever."""
        assert step.id in gates.ALWAYS_OPEN | gates.NEEDS_START

    def test_ends_with_the_note_and_the_way_on(self, step: Step):
        """The counselor's note and where to go from here stand last."""
        notebook = nbformat.read(load.notebooks_dir() / f"{step.page}.ipynb", as_version=4)
        assert [cell.source for cell in notebook.cells[-2:]] == ["page.note()", "page.next()"]


@every_page
class TestPage:
    """The words of each notebook."""

    def test_is_worded_for_anyone(self, path):
        """No gendered pronoun, no promise, no score, no alcohol."""
        assert SAYS_TOO_MUCH.search(prose(path)) is None

    def test_reads_easily(self, path):
        """Grade 7 or below, by both measures."""
        if path.stem not in HARDER_TO_READ:
            assert max(grades(prose(path))) <= GRADE


def test_hard_words_would_be_found():
    """The measure can fail: a learned sentence is far above the grade."""
    learned = (
        "The simultaneous reconsideration of irreconcilable interpersonal expectations necessitates "
        "extraordinary deliberation, notwithstanding considerable institutional encouragement."
    )
    assert min(grades(learned)) > 2 * GRADE


# ---- forms


@every_form
class TestForm:
    """Each form, the counselor's too."""

    def test_fills_in_no_name_but_those_it_knows(self, form: Form):
        """A placeholder that nobody fills would stand on the page as a brace."""
        assert set(re.findall(r"\{[^}]*\}", words(form))) <= NAMES

    def test_shows_under_contact_states_that_exist(self, form: Form):
        """A misspelt state would hide a question for ever."""
        states = set(get_args(gates.Contact))
        assert set(form.show_if.get("contact", ())) <= states
        for _, one in pairs(form):
            assert set(one.show_if.get("contact", ())) <= states, one.id

    def test_names_what_rows_are_called(self, form: Form):
        """A list of cards can be added to, and each card has a name."""
        for outer in form.fields:
            if outer.kind == "rows":
                assert outer.add, outer.id
                assert outer.summary in {inner.id for inner in outer.fields}, outer.id

    def test_closing_flags_open_support(self, form: Form):
        """What closes pages opens the help page at once."""
        for _, one in pairs(form):
            if one.flag and one.flag.kind in gates.CLOSING_FLAGS:
                assert one.flag.opens == "support", one.id

    def test_flags_can_rise(self, form: Form):
        """A flag on an answer stands where answers are chosen, one on a number where numbers are given."""
        for _, one in pairs(form):
            if one.flag and one.flag.when:
                assert set(one.flag.when) <= {value for value, _ in one.options} | {"yes", "no"}, one.id
                assert one.kind in ("choice", "choices", "tick"), one.id
            elif one.flag:
                assert one.kind in ("scale", "number", "shares"), one.id

    def test_what_reaches_the_partner_is_marked(self, form: Form):
        """A point that reaches the partner is served only where the partner gate closes it."""
        for outer, one in pairs(form):
            if form.audience == "client" and set(one.covers) & load.points().reaches_partner:
                assert form.reaches_partner or outer.reaches_partner or one.reaches_partner, one.id

    def test_names_no_point_that_is_made_up(self, form: Form):
        """Every id stands in the catalogue."""
        assert form.covers <= load.points().points


@every_client_form
class TestClientForm:
    """Each form that a client sees."""

    def test_shows_at_most_five_questions_at_once(self, form: Form):
        """More than five never meet a client at once; the daily log's quick set is the one exception."""
        core = [one for one in form.fields if one.core and not one.quick]
        assert sum(weight(one) for one in core if one.kind != "rows") <= MOST_AT_ONCE
        assert all(weight(one) <= MOST_AT_ONCE for one in form.fields if one.kind == "rows")

    def test_says_what_it_is_for(self, form: Form):
        """A title, a purpose and an honest time."""
        assert form.title
        assert form.purpose
        assert 0 < form.minutes <= 30

    def test_is_worded_for_anyone(self, form: Form):
        """No gendered pronoun, no promise, no score, no alcohol."""
        found = SAYS_TOO_MUCH.search(words(form))
        assert found is None, found

    def test_reads_easily(self, form: Form):
        """Grade 7 or below, by both measures."""
        if form.id not in HARDER_TO_READ:
            assert max(grades("\n".join(sentences(form)))) <= GRADE


@pytest.mark.parametrize("form", EXERCISES, ids=lambda form: form.id)
def test_an_exercise_has_an_example(form: Form):
    """In our own words, so that nobody starts from an empty page."""
    assert bool(form.example) != (form.id in NO_EXAMPLE)


def test_exceptions_are_of_use():
    """What is excepted above is there, and would fail."""
    assert set(NO_EXAMPLE) <= set(load.forms())
    assert set(HARDER_TO_READ) <= set(load.forms()) | {path.stem for path in PAGES}


# ---- points


def test_every_point_is_covered():
    """497 of 497, by theme and by guide."""
    report = coverage.report()
    assert {name: one["covered"] for name, one in report["themes"].items()} == {
        theme.id: len(theme.points) for theme in load.points().themes
    }
    assert all(one["covered"] == one["of"] for one in report["guides"].values())
    assert sum(one["of"] for one in report["guides"].values()) == len(load.points().points) == 497
    assert coverage.unknown() == frozenset()


def test_every_point_stands_where_it_belongs():
    """On the page of one of its themes, in a log, or where the counselor asks; not somewhere by chance."""
    everywhere = {point for form in FORMS if form.kind != "exercise" for point in form.covers}
    homes: dict[str, set[str]] = {}
    for theme in load.points().themes:
        for point in theme.points:
            homes.setdefault(point, set()).add(theme.id)
    placed = {point: set[str]() for point in homes}
    for step in STEPS:
        for form_id in step.forms:
            for point in load.form(form_id).covers:
                placed[point].add(step.id)
    assert sorted(point for point in homes if not homes[point] & placed[point] and point not in everywhere) == []


# ---- logs


def logged(log: str) -> list[tuple[Form, Field]]:
    """The items of a log, with the form that asks for each."""
    return [(form, one) for form in FORMS for _, one in pairs(form) if one.log == log]


def test_the_logs_are_those_of_the_catalogue():
    """45 of them, none made up, none missing."""
    assert len(PRIORITY) == 45
    assert {one.log for form in FORMS for _, one in pairs(form) if one.log} == set(PRIORITY)


@pytest.mark.parametrize("log", PRIORITY)
class TestLog:
    """Each of the 45 logs."""

    def test_is_switched_on_as_the_catalogue_says(self, log: str):
        """The quick set at once; optional items by the client or the counselor; gated ones by the counselor alone."""
        how, _ = PRIORITY[log]
        items = [one for form, one in logged(log) if form.id in LOGS]
        if how == "optional":
            assert [one.id for one in items if not one.opt_in or one.gated] == []
        if how == "gated":
            assert [one.id for one in items if not one.gated or one.opt_in] == []
        if how in ("core", "quick"):
            assert [one.id for one in items if one.gated] == []
            assert any(not one.opt_in for _, one in logged(log))
        assert (how == "quick") == any(one.quick for one in items)

    def test_is_named_by_the_step_that_introduces_it(self, log: str):
        """The step lists the log, and an item of it is asked from that step on, or from the start."""
        how, theme = PRIORITY[log]
        step = load.step(theme)
        assert step
        assert how == "quick" or log in step.logs
        here = {step.id, None}
        on_page = [form.id in step.forms for form, _ in logged(log)]
        assert any(on_page) or any(one.introduced_by in here for form, one in logged(log) if form.id in LOGS)


@every_step
def test_a_step_switches_on_what_it_lists(step: Step):
    """Each listed log has an item that this step introduces, or that is asked on its page or from the start."""
    assert set(step.logs) <= set(PRIORITY)
    for log in step.logs:
        asked = [form.id in step.forms or one.introduced_by in (step.id, None) for form, one in logged(log)]
        assert any(asked), log


@pytest.mark.parametrize("form_id", LOGS)
def test_items_are_introduced_by_steps_that_exist(form_id: str):
    """An item of a misspelt step would never be asked; beyond the quick set each names its step or stands open."""
    known = {step.id for step in STEPS}
    for one in load.form(form_id).fields:
        assert one.introduced_by is None or one.introduced_by in known, one.id
        assert not (one.quick and one.introduced_by), one.id
