"""Saving: nothing that was typed is lost, corrections keep the earlier words, and a case stays itself."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import InvalidAnswer
from workbook.record.case import Case
from workbook.rules.text import clean

Again = Callable[[Case], Case]
AT = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
ONE_PRACTICE = settings(max_examples=60)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=300)
ROWS = st.dictionaries(
    st.uuids().map(str),
    st.fixed_dictionaries({}, optional={"text": TEXTS.filter(bool), "score": st.integers(0, 10)}).filter(bool),
    max_size=4,
)


@ONE_PRACTICE
@given(text=TEXTS.filter(bool), number=st.integers(0, 100) | st.floats(0, 100), tick=st.booleans(), rows=ROWS)
def test_round_trip(case: Case, text: str, number: float, tick: bool, rows: dict[str, Any]) -> None:
    """Every character but NUL and unpaired surrogates comes back unchanged, those as visible stand-ins."""
    saved = case.save("diary", {"text": text, "number": number, "tick": tick, "list": rows})
    expected = {row: {k: clean(v) if k == "text" else v for k, v in cells.items()} for row, cells in rows.items()}
    answers = {"text": clean(text), "number": number, "tick": tick} | ({"list": expected} if rows else {})
    stored = case.response(saved.response.id)
    assert stored is not None
    assert stored.answers == saved.response.answers == answers
    assert stored == saved.response


@pytest.mark.parametrize(
    "text", ["🙂👩‍👩‍👧" * 999, "שלום \u202eעולם", "x" * 100_000, "é" * 100_000, "\x00", "a\ud800b", "'; DROP"]
)
def test_bad_input_is_kept(case: Case, again: Again, text: str) -> None:
    """Emoji, right-to-left, long texts and broken ones are stored whole."""
    case.save("living", {"text": text})
    response = again(case).read("living")
    assert response is not None
    assert response.answers["text"] == clean(text)


def test_living_form_has_one_response(case: Case) -> None:
    """An exercise is one answer revised over time, whatever id a page made up for it."""
    first = case.save("living", {"text": "a"}).response
    second = case.save("living", {"other": "b"}, response_id=str(uuid.uuid4())).response
    assert second.id == first.id
    living = case.read("living")
    assert living is not None
    assert living.answers == {"text": "a", "other": "b"}
    assert living.revision == 2


def test_log_has_many_entries(case: Case) -> None:
    """Each save without an id is an entry of its own; one with the page's id is repeated without harm."""
    mine = str(uuid.uuid4())
    for _ in range(2):
        case.save("diary", {"number": 1})
        case.save("diary", {"number": 2}, response_id=mine)
    assert sorted(entry.answers["number"] for entry in case.entries("diary")) == [1, 1, 2]
    assert case.response(mine) is not None


def test_untouched_form_stores_nothing(case: Case) -> None:
    """An empty patch leaves no entry, and the id it was given works later."""
    saved = case.save("diary", {"text": "", "number": None})
    assert case.entries("diary") == []
    case.save("diary", {"text": "now"}, response_id=saved.response.id)
    assert [entry.id for entry in case.entries("diary")] == [saved.response.id]


@pytest.mark.parametrize("nothing", [None, ""])
def test_answer_is_taken_back(case: Case, nothing: object) -> None:
    """An emptied field is unanswered, which is not zero."""
    case.save("living", {"number": 0, "text": "x"})
    case.save("living", {"number": nothing})
    living = case.read("living")
    assert living is not None
    assert living.answers == {"text": "x"}


def test_rows_are_merged_cell_by_cell(case: Case) -> None:
    """Two pages that write in different cells keep each other's words."""
    case.save("living", {"list": {"r1": {"text": "a", "_created": "2026-03-01T10:00"}}}, sitting="one")
    case.save("living", {"list": {"r1": {"score": 3}, "r2": {"text": "b"}}}, sitting="two")
    case.save("living", {"list": {"r2": {"_deleted": True}, "r1": {"score": ""}}}, sitting="one")
    living = case.read("living")
    assert living is not None
    assert living.answers["list"] == {
        "r1": {"text": "a", "_created": "2026-03-01T10:00"},
        "r2": {"text": "b", "_deleted": True},
    }


def test_row_that_another_page_deleted_comes_back_when_written_in(case: Case) -> None:
    """Words typed into a row that was deleted meanwhile stay visible; the deleting page's own late words do not."""
    case.save("living", {"list": {"r": {"text": "a"}}}, sitting="one")
    case.save("living", {"list": {"r": {"_deleted": True}}}, sitting="two")
    late = case.save("living", {"list": {"r": {"text": "ab"}}}, sitting="two")
    assert late.response.answers["list"]["r"] == {"text": "ab", "_deleted": True}
    other = case.save("living", {"list": {"r": {"text": "abc"}}}, sitting="one")
    assert other.response.answers["list"]["r"] == {"text": "abc"}


def test_what_fits_is_stored_and_the_rest_named(case: Case) -> None:
    """A wrong number never holds back the words beside it."""
    patch = {"text": "kept", "number": 101, "gone": "x", "list": {"r": {"score": 11, "text": "kept too"}}}
    saved = case.save("living", patch)
    assert saved.response.answers == {"text": "kept", "list": {"r": {"text": "kept too"}}}
    assert set(saved.refused) == {"number", "gone", "list"}
    assert "101" not in "".join(saved.refused.values())


@pytest.mark.parametrize(
    "patch", [{"number": "many"}, {"gone": "x"}, {"list": "x"}, {"list": {"r": "x"}}, {"list": None}]
)
def test_nothing_that_fits(case: Case, patch: dict[str, Any]) -> None:
    """When no answer fits, the error says which field, and what was there stays."""
    if patch != {"list": None}:
        case.save("living", {"number": 5})
    with pytest.raises(InvalidAnswer):
        case.save("living", patch)
    living = case.read("living")
    assert (living.answers if living else {}).get("number") == (None if patch == {"list": None} else 5)


def test_one_sitting_overwrites(case: Case, clock: Any) -> None:
    """Typing on leaves no trail of half words."""
    for text in ("w", "wo", "wor", "word"):
        clock.go_on(0.1)
        saved = case.save("living", {"text": text}, sitting="one")
    assert case.versions(saved.response.id) == []
    assert (saved.response.revision, saved.response.version) == (4, 1)


@pytest.mark.parametrize("why", ["quiet", "sitting", "closed"])
def test_new_version(case: Case, clock: Any, why: str) -> None:
    """Ten quiet minutes, another sitting or a closed version keep the earlier words."""
    saved = case.save("living", {"text": "before"}, sitting="one")
    began = clock.time
    clock.go_on(1)
    if why == "closed":
        case.close_version(saved.response.id)
    ended = clock.time if why == "closed" else began
    clock.go_on(10 if why == "quiet" else 1)
    case.save("living", {"text": "after"}, sitting="two" if why == "sitting" else "one")
    (version,) = case.versions(saved.response.id)
    assert (version.number, version.answers) == (1, {"text": "before"})
    assert (version.opened_at, version.closed_at) == (began, ended)


def test_nine_minutes_are_one_sitting(case: Case, clock: Any) -> None:
    """A thoughtful pause is no new version."""
    saved = case.save("living", {"text": "before"}, sitting="one")
    clock.go_on(9.9)
    case.save("living", {"text": "after"}, sitting="one")
    assert case.versions(saved.response.id) == []


def test_repeated_message_changes_nothing(case: Case) -> None:
    """A message sent again after a lost answer, even from another sitting, makes no version."""
    first = case.save("living", {"text": "a"}, sitting="one").response
    second = case.save("living", {"text": "a"}, sitting="two").response
    assert second == first
    assert case.versions(first.id) == []


def test_two_pages_with_the_same_field(case: Case) -> None:
    """The later text is current; the earlier, which that page had not seen, is offered and kept as a version."""
    saved = case.save("living", {"text": "seen by both"}, sitting="one")
    case.save("living", {"text": "from two", "other": "x"}, sitting="two", seen={"text": "seen by both"})
    late = case.save("living", {"text": "from one"}, sitting="one", seen={"text": "seen by both"})
    assert late.response.answers == {"text": "from one", "other": "x"}
    assert late.earlier == {"text": "from two"}
    assert [v.answers.get("text") for v in case.versions(saved.response.id)] == ["seen by both", "from two"]


def test_own_saves_are_no_conflict(case: Case) -> None:
    """A page that sends faster than it hears back does not fight with itself."""
    for text in ("a", "ab", "abc"):
        saved = case.save("living", {"text": text}, sitting="one", seen={"text": ""})
        assert saved.earlier == {}


@pytest.mark.parametrize(
    ("stored", "seen", "new"),
    [(5, 5, 6), (5, "5", 6), (5, 4, 5), ("\0", "\0", "x")],
    ids=["seen", "seen as text", "both say the same", "seen before it was cleaned"],
)
def test_no_conflict(case: Case, stored: object, seen: object, new: object) -> None:
    """What the page had seen, in whatever spelling, or says itself, is not offered again."""
    field = "text" if isinstance(stored, str) else "number"
    case.save("living", {field: stored}, sitting="one")
    assert case.save("living", {field: new}, sitting="two", seen={field: seen}).earlier == {}


def test_conflict_in_a_cell(case: Case) -> None:
    """Rows are compared cell by cell; marks of a row are never offered as words."""
    case.save("living", {"list": {"r": {"text": "a", "_created": "2026-03-01T10:00"}}}, sitting="one")
    patch = {"list": {"r": {"text": "b", "score": 1, "_created": "2026-03-01T11:00"}}}
    late = case.save("living", patch, sitting="two", seen={})
    assert late.earlier == {"list": {"r": {"text": "a"}}}


def test_conflict_with_another_process(case: Case, again: Again) -> None:
    """What this process remembers of a response never hides what another one saved."""
    case.save("living", {"text": "mine"}, sitting="one", seen={})
    again(case).save("living", {"text": "theirs", "number": 4}, sitting="two", seen={"text": "mine"})
    late = case.save("living", {"text": "mine again"}, sitting="one", seen={"text": "mine"})
    assert late.earlier == {"text": "theirs"}
    assert late.response.answers == {"text": "mine again", "number": 4}
    again(case).save("living", {"text": "x"}, sitting="two")
    back = case.save("living", {"text": "mine again"}, sitting="one")
    assert back.response.answers["text"] == "mine again"
    assert back.response.revision == 5


def test_what_is_handed_out_is_not_ours(case: Case) -> None:
    """Whoever changes a response in hand does not change what the next save stores."""
    saved = case.save("living", {"list": {"r": {"text": "a"}}}, sitting="one")
    saved.response.answers["list"]["r"]["text"] = "b"
    saved.response.answers["text"] = "not typed"
    case.save("living", {"number": 1}, sitting="one")
    living = case.read("living")
    assert living is not None
    assert living.answers == {"list": {"r": {"text": "a"}}, "number": 1}
