"""Entries of a case: their time and day, private and deleted ones, imports, flags, and whose they are."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workbook.errors import CaseMismatch, InvalidAnswer, WorkbookError
from workbook.record.case import Case, ImportedEntry
from workbook.record.practice import Practice

Again = Callable[[Case], Case]
AT = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)


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
