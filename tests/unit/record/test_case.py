"""Saving: nothing that was typed is lost, corrections keep the earlier words, and a case stays itself."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import CaseMismatch, InvalidAnswer, WorkbookError
from workbook.record.case import Case, ImportedEntry
from workbook.record.practice import Practice
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


@pytest.fixture
def again() -> Iterator[Again]:
    """The same case as another process sees it."""
    opened: list[Practice] = []

    def again(case: Case) -> Case:
        opened.append(Practice.open(case.practice.folder, case.practice._key))
        return opened[-1].case(case.info.id)

    yield again
    for practice in opened:
        practice.close()


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


def test_time_zone_and_day(case: Case, again: Again) -> None:
    """An entry keeps its moment, its zone and the date that people there had."""
    entry = case.save("diary", {"number": 1}, at=AT, zone="Asia/Tokyo", whole_day=True).response
    assert (entry.at, entry.zone, entry.day, entry.whole_day) == (AT, "Asia/Tokyo", "2026-03-02", True)
    assert again(case).response(entry.id) == entry


def test_time_is_corrected(case: Case) -> None:
    """An entry can be moved to another time; a save without a time leaves it."""
    entry = case.save("diary", {"number": 1}, at=AT, zone="Asia/Tokyo").response
    earlier = AT - timedelta(days=1)
    moved = case.save("diary", {}, response_id=entry.id, at=earlier).response
    assert (moved.at, moved.zone, moved.day) == (earlier, "Asia/Tokyo", "2026-03-01")
    kept = case.save("diary", {"number": 2}, response_id=entry.id).response
    assert kept.at == earlier


def test_entries_by_time(case: Case) -> None:
    """Entries come in the order of their times and can be cut to days or moments, bounds included."""
    for days in (2, 0, 1):
        case.save("diary", {"number": days}, at=AT + timedelta(days=days), zone="UTC", whole_day=days == 1)

    def numbers(**bounds: Any) -> list[int]:
        return [entry.answers["number"] for entry in case.entries("diary", **bounds)]

    assert numbers() == [0, 1, 2]
    assert numbers(since=date(2026, 3, 2)) == [1, 2]
    assert numbers(until=date(2026, 3, 2)) == [0, 1]
    assert numbers(since=AT, until=AT.replace(tzinfo=None)) == [0]
    latest = case.latest("diary")
    assert latest is not None
    assert latest.answers["number"] == 2


def test_entries_by_day_in_far_zones(case: Case) -> None:
    """A day is the local one, however far its zone lies from UTC."""
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        case.save("diary", {"text": zone}, at=datetime(2026, 3, 1, 12), zone=zone)
    day = date(2026, 3, 1)
    assert len(case.entries("diary", since=day, until=day)) == 2
    assert case.entries("diary", until=date(2026, 2, 28)) == case.entries("diary", since=date(2026, 3, 2)) == []


def test_newest_entries(case: Case) -> None:
    """The newest come first, without the others being read; the count is of all."""
    for days in (2, 0, 1):
        case.save("diary", {"number": days}, at=AT + timedelta(days=days))
    assert [entry.answers["number"] for entry in case.newest("diary", 2)] == [2, 1]
    assert case.newest("diary", 0) == case.newest("living", 3) == []
    assert (case.count("diary"), case.count("living")) == (3, 0)
    assert case.answered() == {"diary"}


def test_private_entries_can_be_left_out(case: Case) -> None:
    """A private entry is there for the form and absent where it is asked to be."""
    kept = case.save("diary", {"number": 1}).response
    secret = case.save("diary", {"number": 2}).response
    case.set_private(secret.id, True)
    assert [entry.id for entry in case.entries("diary", include_private=False)] == [kept.id]
    case.save("diary", {"number": 3}, response_id=secret.id)
    assert [entry.private for entry in case.entries("diary") if entry.id == secret.id] == [True]
    case.set_private(secret.id, False)
    assert len(case.entries("diary", include_private=False)) == 2


def test_deleted_with_all_versions(case: Case, practice: Practice) -> None:
    """A deleted entry leaves neither row nor version, and a late save does not bring it back."""
    entry = case.save("diary", {"text": "a"}, sitting="one").response
    case.save("diary", {"text": "b"}, response_id=entry.id, sitting="two")
    case.raise_flag("self-harm", "diary", entry.id, "asked")
    case.delete(entry.id)
    case.delete(entry.id)
    assert case.entries("diary") == []
    assert case.versions(entry.id) == []
    assert case.flags()[0].response_id is None
    with pytest.raises(WorkbookError, match="deleted"):
        case.save("diary", {"text": "late"}, response_id=entry.id, sitting="two")
    with practice.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM version").scalar() == 0


@pytest.mark.parametrize(
    "call", ["save", "delete", "set_private", "close_version", "versions", "response", "raise_flag"]
)
def test_another_case_is_refused(case: Case, practice: Practice, call: str) -> None:
    """A page of one case can neither read nor change another's answers."""
    foreign = case.save("diary", {"text": "theirs"}).response
    mine = practice.add_case("Kim")
    calls = {
        "save": lambda: mine.save("diary", {"text": "x"}, response_id=foreign.id),
        "set_private": lambda: mine.set_private(foreign.id, True),
        "raise_flag": lambda: mine.raise_flag("k", "diary", foreign.id, ""),
    }
    with pytest.raises(CaseMismatch):
        calls.get(call, lambda: getattr(mine, call)(foreign.id))()
    assert case.entries("diary") == [foreign]
    assert mine.read("diary") is None


def test_message_for_another_case(case: Case) -> None:
    """A message that carries another case's id is refused."""
    case.expect(case.info.id)
    with pytest.raises(CaseMismatch):
        case.expect(str(uuid.uuid4()))


def test_response_of_another_form_is_refused(case: Case) -> None:
    """One id never serves two forms."""
    entry = case.save("diary", {"text": "a"}).response
    with pytest.raises(WorkbookError, match="another form"):
        case.save("living", {"text": "x"}, response_id=entry.id)


def entries(count: int, **change: Any) -> list[ImportedEntry]:
    """Rows of a file."""
    row = {
        "form_id": "diary",
        "zone": "Europe/Berlin",
        "whole_day": False,
        "source": {"file": "log.csv", "mood": "raw-value"},
    }
    return [
        ImportedEntry(key=f"row {n}", at=datetime(2026, 1, 1 + n, 23, 30), answers={"number": n}, **(row | change))
        for n in range(count)
    ]


def test_import_adds_each_row_once(case: Case) -> None:
    """A second run, and a longer file, add only what is new; raw values are kept."""
    assert case.add_import(entries(3)) == 3
    assert case.add_import(entries(3)) == 0
    assert case.add_import(entries(5)) == 2
    first = case.entries("diary")[0]
    assert (first.day, first.at) == ("2026-01-01", datetime(2026, 1, 1, 22, 30, tzinfo=UTC))
    assert first.source == {"file": "log.csv", "mood": "raw-value"}


def test_import_respects_corrections_and_deletions(case: Case) -> None:
    """What was corrected or deleted after an import stays so when the file is imported again."""
    case.add_import(entries(2))
    first, second = case.entries("diary")
    case.delete(first.id)
    case.save("diary", {"number": 9}, response_id=second.id)
    assert case.add_import(entries(2)) == 0
    assert [entry.answers["number"] for entry in case.entries("diary")] == [9]


def test_import_is_per_case(case: Case, practice: Practice) -> None:
    """The same file belongs to each case that it is imported into."""
    other = practice.add_case("Kim")
    assert case.add_import(entries(2)) == other.add_import(entries(2)) == 2


def test_import_is_all_or_nothing(case: Case) -> None:
    """One wrong answer stores nothing of the import."""
    rows = entries(2)
    rows.append(ImportedEntry("bad", "diary", AT, "UTC", False, {"number": 101}, {}))
    with pytest.raises(InvalidAnswer):
        case.add_import(rows)
    assert case.entries("diary") == []


def test_flag_is_raised_once(case: Case) -> None:
    """The same finding raises no second flag while the first is open, and may after it was settled."""
    entry = case.save("diary", {"text": "a"}).response
    first = case.raise_flag("unsafe-home", "diary", entry.id, "safe-home")
    assert case.raise_flag("unsafe-home", "diary", entry.id, "safe-home") == first
    assert case.raise_flag("unsafe-home", "diary", None, "") != first
    settled = case.settle_flag(first.id, " Talked it over. ", "keep-closed")
    assert (settled.note, settled.decision) == ("Talked it over.", "keep-closed")
    assert settled.settled_at is not None
    assert case.raise_flag("unsafe-home", "diary", entry.id, "safe-home").id != first.id
    assert len(case.flags()) == 2
    assert len(case.flags(open_only=False)) == 3


def test_flag_needs_the_counselors_entry(case: Case, practice: Practice) -> None:
    """No note, an unknown decision, another case or a settled flag: nothing is settled."""
    flag = case.raise_flag("unsafe-home", "diary", None, "")
    with pytest.raises(InvalidAnswer):
        case.settle_flag(flag.id, "  ", "open")
    with pytest.raises(InvalidAnswer):
        case.settle_flag(flag.id, "note", "maybe")  # type: ignore[arg-type]
    with pytest.raises(WorkbookError):
        practice.add_case("Kim").settle_flag(flag.id, "note", "open")
    case.settle_flag(flag.id, "note", "open")
    with pytest.raises(WorkbookError):
        case.settle_flag(flag.id, "note", "open")
    assert case.flags() == []


def test_last_saved(case: Case, clock: Any) -> None:
    """The rail hears when each form was last saved; a form that nobody touched is absent."""
    case.save("diary", {"number": 1})
    clock.go_on(5)
    case.save("diary", {"number": 2})
    assert case.last_saved() == {"diary": clock.time}


def test_nothing_private_in_a_repr(case: Case) -> None:
    """What lands in a log or a notebook tells numbers and ids, never a name or a word."""
    saved = case.save("living", {"text": "marker-word"}, sitting="one")
    late = case.save("living", {"text": "marker-word-2"}, sitting="two", seen={})
    case.raise_flag("kind", "living", None, "marker-word")
    shown = [case, case.info, saved, late, *case.versions(saved.response.id), *case.flags(), case._recent, *entries(1)]
    text = repr(shown)
    assert "marker-word" not in text
    assert "Robin" not in text
    assert "raw-value" not in text
