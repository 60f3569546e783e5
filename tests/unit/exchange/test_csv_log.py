"""Rows as entries, and what stays out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.exchange.csv_log import Problem, read_log
from workbook.exchange.mapping import Answered, Mapping, Match
from workbook.exchange.table import Table, read_table

SIMPLE = Mapping(date="date", order="ymd", zone="UTC", answered=(Answered("daily", "mood", "mood", 1, 5),))


def test_every_row_is_accounted_for(table: Table, mapping: Mapping) -> None:
    """Rows read are rows taken plus rows rejected, each of these with its number, column and reason."""
    reading = read_log(table, mapping)
    assert (reading.rows, reading.accepted, reading.rejected, reading.no_contact) == (13, 6, 7, 0)
    assert [one for one in reading.problems if one.whole_row] == [
        Problem(8, "day", "this is no date in the order day, month, year", True),
        Problem(9, "time", "the time is missing", True),
        Problem(10, "row", "it repeats row 2", True),
        Problem(11, "time", "this time did not exist that day: the clocks were put forward", True),
        Problem(12, "time", "this lies in the future", True),
        Problem(13, "cheer, tense, note", "nothing in this row can be brought in", True),
        Problem(14, "row", "it has more cells than there are columns", True),
    ]
    cells = {(one.row, one.column): one.reason for one in reading.problems if not one.whole_row}
    assert cells[6, "cheer"] == "this is no number"
    assert cells[7, "cheer"] == "this number is not between 1 and 7"
    assert cells[6, "who"] == "empty: not said whether it was a contact"
    assert cells[4, "cheer"] == "empty: nothing was answered"


def test_entries(table: Table, mapping: Mapping) -> None:
    """Answers on our scale, raw values beside them; a contact is an entry of its own."""
    reading = read_log(table, mapping, batch="b", file="f.csv")
    daily = [entry for entry in reading.entries if entry.form_id == "daily"]
    assert daily[0].answers == {"mood": 7, "calm": 8, "moment_note": "walk"}
    assert daily[0].source == {
        "import": "b", "file": "f.csv", "row": 2, "raw": {"mood": "5", "calm": "2", "moment_note": "walk"},
    }  # fmt: skip
    assert daily[1].answers == {"mood": 0, "calm": 0}
    assert daily[0].at.isoformat() == "2025-08-13T08:58:00+02:00"
    assert [(entry.source["row"], entry.answers) for entry in reading.entries if entry.form_id == "contact"] == [
        (2, {"quality": 7}), (3, {"quality": 10}), (4, {"quality": 8}),
    ]  # fmt: skip
    assert reading.contacts == 4  # row 7 is one, but its quality is out of range


def test_events_are_changes(table: Table, mapping: Mapping) -> None:
    """A change from one row in time to the next is an event; the first value is none."""
    events = [entry.answers for entry in read_log(table, mapping).entries if entry.form_id == "event"]
    assert events == [{"label": "phase: 1 → 2", "kind": "phase"}, {"label": "phase: 2 → 3", "kind": "phase"}]


def test_events_follow_time_not_the_order_of_rows() -> None:
    """A file with the newest row first gives the same events."""
    rows = ["2026-01-01,a", "2026-01-02,a", "2026-01-03,b", "2026-01-04,NA", "2026-01-05,b"]
    labels = []
    for ordered in (rows, rows[::-1]):
        table = read_table("\n".join(["date,phase", *ordered]).encode())
        mapping = Mapping(date="date", order="ymd", zone="UTC", events="phase")
        labels.append([entry.answers["label"] for entry in read_log(table, mapping).entries])
        assert read_log(table, mapping).accepted == 5
    assert labels[0] == labels[1] == ["phase: a → b"]


def test_rows_can_be_left_out(table: Table, mapping: Mapping) -> None:
    """Left out as asked, and named as such."""
    reading = read_log(table, replace(mapping, leave_out=Match("phase", "2")))
    assert reading.reasons()["phase: left out, as you chose"] == 7


def test_only_contacts(table: Table, mapping: Mapping) -> None:
    """Where nothing but contacts is read, other rows are neither taken nor rejected."""
    reading = read_log(table, replace(mapping, answered=mapping.of("contact"), events=None))
    assert (reading.accepted, reading.rejected, reading.no_contact) == (3, 7, 3)
    assert reading.rows == reading.accepted + reading.rejected + reading.no_contact


def test_a_contact_without_any_answer_is_rejected() -> None:
    """Of a row that is a contact, with no answer for the day either, nothing is brought in: it is no ‘no contact’."""
    answered = (Answered("daily", "mood", "mood", 1, 7), Answered("contact", "quality", "felt", 1, 7))
    table = read_table(b"date,mood,felt,who\n2026-01-02,,,10\n2026-01-03,4,,10\n2026-01-04,,4,10\n")
    reading = read_log(table, replace(SIMPLE, answered=answered, contact=Match("who", "10")))
    assert (reading.accepted, reading.rejected, reading.no_contact, reading.contacts) == (2, 1, 0, 3)
    assert [(one.row, one.reason) for one in reading.problems if one.whole_row] == [
        (2, "this contact cannot be brought in")
    ]


def test_a_date_without_a_time_is_a_whole_day() -> None:
    """It stands at noon and says so."""
    (entry,) = read_log(read_table(b"date,mood\n2026-01-02,3\n"), SIMPLE).entries
    assert (entry.whole_day, entry.at.isoformat()) == (True, "2026-01-02T12:00:00+00:00")


def test_date_and_time_in_one_column() -> None:
    """An ISO moment with its own offset is that moment."""
    (entry,) = read_log(read_table(b"date,mood\n2026-01-02T23:30:00-05:00,3\n"), SIMPLE).entries
    assert (entry.whole_day, entry.at.isoformat()) == (False, "2026-01-03T04:30:00+00:00")


def test_problems_never_hold_what_stood_there() -> None:
    """A reason can go into a log or an error; a client's words cannot."""
    secret = "MarkerWord"
    table = read_table(f"date,mood\n2026-01-02,{secret}\n{secret},3\n".encode())
    reading = read_log(table, SIMPLE)
    assert reading.rejected == 2
    assert secret not in repr(reading) + repr(reading.problems) + repr(table)


def test_counts_and_texts_are_taken_as_they_stand() -> None:
    """Hours and words are not converted; what the question refuses is named."""
    answered = (Answered("daily", "sleep_hours", "sleep"), Answered("daily", "moment_note", "note"))
    table = read_table('date,sleep,note\n2026-01-02,"7,5",مرحبا 🙂\n2026-01-03,25,x\n'.encode())
    reading = read_log(table, replace(SIMPLE, answered=answered))
    assert reading.entries[0].answers == {"sleep_hours": 7.5, "moment_note": "مرحبا 🙂"}
    assert reading.problems == (Problem(3, "sleep", "a number from 0 to 24 was expected.", False),)


@pytest.mark.parametrize("salt", ["0", "1"])
def test_keys_are_the_same_in_every_run(table: Table, mapping: Mapping, salt: str) -> None:
    """The same file gives the same keys, none twice; an undone import gives others."""
    keys = [entry.key for entry in read_log(table, mapping, salt=salt).entries]
    assert keys == [entry.key for entry in read_log(table, mapping, salt=salt, batch="other").entries]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & {entry.key for entry in read_log(table, mapping, salt="x").entries}


CELLS = st.one_of(st.integers(-2, 9).map(str), st.sampled_from(["", "NA", "3,5", "😀", "x" * 50, "1e400", '"', "0"]))
DATES = st.one_of(st.dates().map(str), st.sampled_from(["", "2026-02-30", "heute", "9999-12-31", "2026-01-01 25:00"]))


@given(st.lists(st.tuples(DATES, CELLS), max_size=15))
def test_any_file_is_accounted_for(rows: list[tuple[str, str]]) -> None:
    """No row is lost without a word, whatever stands in it, and every answer fits its question."""
    table = Table(("date", "mood"), tuple((number, row) for number, row in enumerate(rows, 2)))
    reading = read_log(table, SIMPLE)
    named = {one.row for one in reading.problems if one.whole_row}
    taken = {entry.source["row"] for entry in reading.entries}
    assert named | taken == {number for number, _ in table.rows}
    assert not named & taken
    assert all(0 <= entry.answers["mood"] <= 10 for entry in reading.entries)
