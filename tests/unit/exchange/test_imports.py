"""An import as one thing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import ImportProblem
from workbook.exchange import imports
from workbook.exchange.mapping import Answered, Mapping
from workbook.exchange.table import Table, read_table
from workbook.record.case import Case
from workbook.record.practice import Practice

from .conftest import CHEAP


def test_twice_is_once(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """The second run adds nothing, and says what was there already."""
    first = imports.run(case, table, mapping)
    again = imports.run(case, table, mapping)
    assert (first.added, first.known) == (len(first.reading.entries), 0)
    assert (again.added, again.known) == (0, first.added)
    assert len(imports.history(case)) == 1


def test_a_longer_export_adds_what_is_new(practice: Practice, case: Case) -> None:
    """The other app's next export holds the old rows too, perhaps in another order: only the new one is added."""
    mapping = Mapping(date="date", order="ymd", zone="UTC", answered=(Answered("daily", "mood", "mood", 1, 5),))
    old = ["2026-01-01,1", "2026-01-02,2", "2026-01-02,3"]
    imports.run(case, read_table("\n".join(["date,mood", *old]).encode()), mapping)
    longer = read_table("\n".join(["date,mood", "2026-01-03,5", *old[::-1]]).encode())
    assert imports.run(case, longer, mapping).added == 1


def test_the_store_has_what_was_read(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """Answers, times, zone and raw values, as the preview showed them."""
    done = imports.run(case, table, mapping, file="f.csv")
    stored = case.entries("daily")
    read = sorted((entry for entry in done.reading.entries if entry.form_id == "daily"), key=lambda one: one.at)
    assert [(one.answers, one.at, one.zone) for one in stored] == [(one.answers, one.at, one.zone) for one in read]
    assert all(one.source and one.source["import"] == done.id and one.source["file"] == "f.csv" for one in stored)


def test_the_mapping_is_remembered(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """For any file with these columns, in any case of the practice; not for others."""
    assert imports.remembered(practice, table) is None
    imports.run(case, table, mapping)
    assert imports.remembered(practice, table) == mapping
    assert imports.remembered(practice, read_table(b"a,b\n1,2\n")) is None


def test_undo_and_once_more(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """Undo takes the whole import out, nothing else; the same file can then come in again, once."""
    case.save("daily", {"mood": 3})
    done = imports.run(case, table, mapping)
    assert imports.undo(case, done.id) == done.added
    assert len(case.entries("daily")) == 1
    assert case.entries("contact") == case.entries("event") == []
    assert imports.history(case) == []
    assert imports.run(case, table, mapping).added == done.added
    assert imports.run(case, table, mapping).added == 0


def test_undo_keeps_what_was_changed_since(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """A client's own correction is never taken away with the rest."""
    done = imports.run(case, table, mapping)
    entry = case.entries("daily")[0]
    case.save("daily", {"mood": 9}, response_id=entry.id)
    assert imports.undo(case, done.id) == done.added - 1
    assert [one.answers["mood"] for one in case.entries("daily")] == [9]


def test_a_deleted_entry_stays_deleted(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """What a client deleted does not come back with the next run."""
    imports.run(case, table, mapping)
    entry = case.entries("daily")[0]
    case.delete(entry.id)
    assert imports.run(case, table, mapping).added == 0
    assert entry.id not in {one.id for one in case.entries("daily")}


def test_two_cases_do_not_share_an_import(practice: Practice, case: Case, table: Table, mapping: Mapping) -> None:
    """The same file may belong to two cases (a couple's tracker); each undoes its own."""
    other = practice.add_case("Kim")
    done = imports.run(case, table, mapping)
    assert imports.run(other, table, mapping).added == done.added
    with pytest.raises(ImportProblem):
        imports.undo(other, done.id)
    imports.undo(case, done.id)
    assert len(other.entries("daily")) == done.reading.of("daily")


@settings(max_examples=15)
@given(st.lists(st.tuples(st.dates(max_value=__import__("datetime").date(2026, 1, 1)), st.integers(1, 5)), max_size=12))
def test_any_log_comes_in_once(rows: list[tuple[object, int]]) -> None:
    """Whatever rows there are: all in, none twice, and back as they were written."""
    mapping = Mapping(date="date", order="ymd", zone="UTC", answered=(Answered("daily", "mood", "mood", 1, 5),))
    table = Table(("date", "mood"), tuple((row, (str(day), str(mood))) for row, (day, mood) in enumerate(rows, 2)))
    with tempfile.TemporaryDirectory() as folder:
        practice, _ = Practice.create(Path(folder) / "p", "four plain words here", rehearsal=True, cost=CHEAP)
        try:
            case = practice.add_case("Robin")
            done = imports.run(case, table, mapping)
            assert imports.run(case, table, mapping).added == 0
            raw = sorted((str(one.day), one.source["raw"]["mood"]) for one in case.entries("daily") if one.source)
            new_enough = {(str(day), str(mood)) for day, mood in rows if str(day) >= "1970"}
            assert raw == sorted(new_enough)
            assert done.reading.rejected == len(rows) - len(new_enough)
        finally:
            practice.close()
