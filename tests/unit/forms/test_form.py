"""A form: what the browser gets, what a save stores, and how two pages meet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.forms.form import FormPanel
from workbook.record.case import Case
from workbook.rules.gates import NEUTRAL, Gate

from .samples import PLAN, Tell


def fields_of(panel: FormPanel) -> list[str]:
    return [field["id"] for part in panel.spec["parts"] for field in part["fields"]]


def labels_of(panel: FormPanel) -> str:
    return json.dumps([panel.spec["form"], panel.spec["parts"]], ensure_ascii=False)


def test_names_fill_the_labels(case: Case) -> None:
    """Labels name partner and client as the client wants; without a name they stay plain words."""
    before = labels_of(FormPanel(PLAN, case))
    assert "What do you want from your partner?" in before
    assert "Read this, Robin." in before
    case.save("about-case", {"partner_alias": "Sam"})
    assert "A plan with Sam" in labels_of(FormPanel(PLAN, case))


def test_at_most_five_questions_are_in_sight(case: Case) -> None:
    """A part holds at most five questions, texts not counted; what is not core waits under ‘More when you want it’."""
    parts = FormPanel(PLAN, case).spec["parts"]
    for part in parts:
        asked = [field for field in part["fields"] if field["kind"] not in ("read", "breath")]
        assert len(asked) <= 5
    assert parts[0]["title"] is None
    assert parts[-1]["title"] == "More when you want it"
    assert parts[-1]["fields"][0]["id"] == "later"


def test_gate_hides_fields_that_reach_the_partner(case: Case) -> None:
    """A closed field is not on the page; one neutral sentence stands in its place and tells no reason."""
    panel = FormPanel(PLAN, case)
    assert "call" not in fields_of(panel)
    assert labels_of(panel).count(NEUTRAL) == 1
    assert "no" not in fields_of(panel)


def test_closed_form_has_no_fields(case: Case) -> None:
    """A closed form carries its sentence and nothing to answer, nor any answer."""
    case.save("plan", {"aim": "words"})
    spec = FormPanel(PLAN, case, gate=Gate(open=False)).spec
    assert spec["closed"] == NEUTRAL
    assert "parts" not in spec
    assert "words" not in json.dumps(spec)


def test_closed_form_stores_nothing(case: Case, tell: Tell) -> None:
    """A forged save into a closed form is refused."""
    answer = tell(FormPanel(PLAN, case, gate=Gate(open=False)), "save", patch={"aim": "x"})
    assert "aim" in answer["invalid"]
    assert "saved_at" not in answer
    assert case.read("plan") is None


def test_hidden_field_stores_nothing(case: Case, tell: Tell) -> None:
    """A forged save into a field that a gate hides is refused, the others are stored."""
    answer = tell(FormPanel(PLAN, case), "save", patch={"call": "x", "aim": "y"})
    assert set(answer["invalid"]) == {"call"}
    assert case.read("plan").answers == {"aim": "y"}


def test_save_is_durable_before_it_is_said(case: Case, tell: Tell) -> None:
    """‘Saved’ carries the time of the store, and the answer is there."""
    answer = tell(FormPanel(PLAN, case), "save", patch={"calm": 0})
    assert answer["saved_at"].startswith("20")
    assert case.read("plan").answers == {"calm": 0}


def test_one_wrong_answer_holds_back_no_other(case: Case, tell: Tell) -> None:
    """A number that does not fit is named with a sentence; the words beside it are stored."""
    answer = tell(FormPanel(PLAN, case), "save", patch={"days": 99, "aim": "rest"})
    assert "30" in answer["invalid"]["days"]
    assert case.read("plan").answers == {"aim": "rest"}


def test_only_wrong_answers_are_not_said_to_be_saved(case: Case, tell: Tell) -> None:
    """If nothing could be stored, there is no ‘Saved’ and no value in the sentence."""
    answer = tell(FormPanel(PLAN, case), "save", patch={"days": "ninety-nine secrets"})
    assert "saved_at" not in answer
    assert "secrets" not in json.dumps(answer)
    assert case.read("plan") is None


def test_other_case_is_refused(case: Case, tell: Tell) -> None:
    """A save that carries another case stores nothing."""
    answer = tell(FormPanel(PLAN, case), "save", patch={"aim": "x"}, case="someone-else")
    assert "another case" in answer["error"]
    assert case.read("plan") is None


@pytest.mark.parametrize("patch", [None, "x", 3, ["aim"]])
def test_broken_patch_is_a_sentence(case: Case, tell: Tell, patch: object) -> None:
    """What is no patch is refused in words."""
    assert "reload" in tell(FormPanel(PLAN, case), "save", patch=patch)["error"]


def test_later_text_is_current_and_the_earlier_is_offered(case: Case, tell: Tell) -> None:
    """Two pages with one field: what is typed later stands, the other is offered beside it, and both can be kept."""
    one, two = FormPanel(PLAN, case), FormPanel(PLAN, case)
    tell(one, "save", patch={"story": "first"})
    answer = tell(two, "save", patch={"story": "second"})
    assert answer["earlier"] == [{"path": ["story"], "shown": "first", "text": True}]
    assert case.read("plan").answers["story"] == "second"
    both = tell(two, "take_earlier", path=["story"], how="both")
    assert both["value"] == "first\n\nsecond"
    assert case.read("plan").answers["story"] == "first\n\nsecond"


def test_an_earlier_answer_is_offered_in_its_words(case: Case, tell: Tell) -> None:
    """An option by its label, with the name in it."""
    case.save("about-case", {"partner_alias": "Rowan"}, respondent="counselor")
    one, two = FormPanel(PLAN, case), FormPanel(PLAN, case)
    tell(one, "save", patch={"kept": "them"})
    answer = tell(two, "save", patch={"kept": "no"})
    assert answer["earlier"] == [{"path": ["kept"], "shown": "Rowan did", "text": False}]


@pytest.mark.parametrize(("how", "stands"), [("earlier", 3), ("mine", 8)])
def test_choice_between_two_answers(case: Case, tell: Tell, how: str, stands: int) -> None:
    """‘Use the earlier one’ and ‘Keep mine’ do what they say."""
    one, two = FormPanel(PLAN, case), FormPanel(PLAN, case)
    tell(one, "save", patch={"calm": 3})
    tell(two, "save", patch={"calm": 8})
    assert tell(two, "take_earlier", path=["calm"], how=how)["value"] == stands
    assert case.read("plan").answers["calm"] == stands
    assert "error" in tell(two, "take_earlier", path=["calm"], how=how)


def test_own_saves_are_no_conflict(case: Case, tell: Tell) -> None:
    """Typing on in one page never offers the page its own earlier letters."""
    panel = FormPanel(PLAN, case)
    for text in ("a", "ab", "abc"):
        assert "earlier" not in tell(panel, "save", patch={"story": text})


def test_rows_meet_cell_by_cell(case: Case, tell: Tell) -> None:
    """Two pages write in two rows: both stay; in one cell: the earlier is offered with its path."""
    one, two = FormPanel(PLAN, case), FormPanel(PLAN, case)
    tell(one, "save", patch={"lines": {"a": {"text": "one"}}})
    assert "earlier" not in tell(two, "save", patch={"lines": {"b": {"text": "two"}}})
    answer = tell(two, "save", patch={"lines": {"a": {"text": "three"}}})
    assert answer["earlier"][0]["path"] == ["lines", "a", "text"]
    assert tell(two, "take_earlier", path=["lines", "a", "text"], how="earlier")["value"] == "one"
    assert {row: cells["text"] for row, cells in case.read("plan").answers["lines"].items()} == {"a": "one", "b": "two"}


def test_deleted_row_can_come_back(case: Case, tell: Tell) -> None:
    """A deleted row is not shown again on opening, and undo brings its words back."""
    panel = FormPanel(PLAN, case)
    tell(panel, "save", patch={"lines": {"a": {"text": "kept"}}})
    tell(panel, "save", patch={"lines": {"a": {"_deleted": True}}})
    assert FormPanel(PLAN, case).spec["values"]["lines"] == {}
    tell(panel, "save", patch={"lines": {"a": {"_deleted": False}}})
    assert FormPanel(PLAN, case).spec["values"]["lines"]["a"]["text"] == "kept"


def test_words_that_outlived_their_kernel_meet_the_other_page(case: Case, tell: Tell) -> None:
    """Words typed before a kernel died say themselves what they had seen, so that another page's text is offered."""
    case.save("plan", {"story": "written meanwhile"}, sitting="other")
    fresh = FormPanel(PLAN, case)
    answer = tell(fresh, "save", patch={"story": "typed before"}, seen={"story": None})
    assert answer["earlier"][0]["shown"] == "written meanwhile"


def test_leaving_closes_the_version_once(case: Case, tell: Tell) -> None:
    """Leaving after a save weighs flags and begins a new version; leaving untouched does nothing."""
    left: list[int] = []
    panel = FormPanel(PLAN, case, on_leave=lambda: left.append(1))
    tell(panel, "leave")
    assert left == []
    tell(panel, "save", patch={"aim": "first"})
    tell(panel, "leave")
    tell(panel, "leave")
    assert left == [1]
    tell(panel, "save", patch={"aim": "second"})
    living = case.read("plan")
    assert [version.answers for version in case.versions(living.id)] == [{"aim": "first"}]


def test_missing_is_not_zero(case: Case, tell: Tell) -> None:
    """Zero is an answer and stays; an answer taken back is gone, not zero."""
    panel = FormPanel(PLAN, case)
    tell(panel, "save", patch={"calm": 0})
    assert FormPanel(PLAN, case).spec["values"] == {"calm": 0}
    tell(panel, "save", patch={"calm": None})
    assert FormPanel(PLAN, case).spec["values"] == {}


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "aim": st.one_of(st.none(), st.text()),
        "story": st.text(),
        "calm": st.one_of(st.none(), st.integers(-5, 15)),
        "days": st.one_of(st.integers(), st.floats(), st.text(max_size=5), st.booleans()),
        "kept": st.sampled_from(["yes", "no", "maybe", "", None]),
        "lines": st.dictionaries(
            st.sampled_from("abc"), st.fixed_dictionaries({}, optional={"text": st.text(), "said": st.booleans()})
        ),
        "about": st.just("x"),
        "unknown": st.text(),
    },
)


@settings(max_examples=60)
@given(patches=st.lists(ANSWERS, max_size=4))
def test_any_patch_is_stored_or_named(case: Case, tell: Tell, patches: list[dict[str, Any]]) -> None:
    """Whatever arrives: each field of it is stored as the field understands it, or named as not stored."""
    panel = FormPanel(PLAN, case)
    for patch in patches:
        answer = tell(panel, "save", patch=patch)
        stored = FormPanel(PLAN, case).spec["values"]
        assert "error" not in answer
        for name in patch.keys() - answer.get("invalid", {}).keys():
            checked = PLAN.field(name).check(patch[name])
            if name != "lines":
                assert stored.get(name) == checked
