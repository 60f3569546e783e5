"""page.log(): one row for each entry and each answered item."""

from __future__ import annotations

import inspect

import pandas as pd

from workbook.charts import frame
from workbook.charts.frame import EVENT_COLUMNS, EVENT_FORM, LOG_COLUMNS, events_frame, log_forms, log_frame
from workbook.content import load
from workbook.record.case import Case
from workbook.record.responses import ImportedEntry

from .conftest import Write


def test_an_empty_log_has_all_columns_with_their_types(case: Case) -> None:
    """A counselor's code runs on a new case as well."""
    log = log_frame(case)
    assert (tuple(log.columns), len(log)) == (LOG_COLUMNS, 0)
    assert str(log["at"].dtype) == "datetime64[us, UTC]"
    assert log["value"].dtype == "float64"
    assert tuple(events_frame(case).columns) == EVENT_COLUMNS


def test_one_row_for_each_answer(case: Case, write: Write) -> None:
    """What was not answered has no row: missing is not zero."""
    entry = write("2026-03-02 19:05", mood=0, urge_acted="no", feelings=["sad", "hope"])
    rows = log_frame(case).set_index("item")
    assert sorted(rows.index) == ["feelings", "mood", "urge_acted"]
    assert rows.loc["mood", "value"] == 0
    assert rows.loc["urge_acted", "text"] == "no"
    assert rows.loc["feelings", "text"] == "sad, hope"
    assert pd.isna(rows.loc["mood", "text"])
    assert pd.isna(rows.loc["feelings", "value"])
    assert set(rows["entry"]) == {entry}
    assert rows.loc["mood", "log"] == "mood"
    assert set(rows["source"]) == {"typed"}


def test_times_keep_moment_clock_and_zone(case: Case, write: Write) -> None:
    """The moment in UTC, the clock on the wall and the local day all stand there, also around midnight."""
    write("2026-03-02 00:30", mood=5)
    row = log_frame(case).iloc[0]
    assert row["at"] == pd.Timestamp("2026-03-01 23:30", tz="UTC")
    assert row["local"] == pd.Timestamp("2026-03-02 00:30")
    assert row["day"] == pd.Timestamp("2026-03-02")
    assert row["zone"] == "Europe/Amsterdam"


def test_a_zone_may_be_an_offset(case: Case) -> None:
    """A browser that names no zone leaves an offset; its entries are read as well."""
    case.save("daily", {"mood": 4}, at=pd.Timestamp("2026-03-01 23:30", tz="UTC").to_pydatetime(), zone="-05:00")
    assert log_frame(case).loc[0, "local"] == pd.Timestamp("2026-03-01 18:30")


def test_private_entries_are_left_out(case: Case, write: Write) -> None:
    """What a client marked private is in no table, unless it is asked for by name."""
    write("2026-03-02 19:05", mood=1, private=True)
    write("2026-03-03 19:05", mood=2)
    assert list(log_frame(case)["value"]) == [2]
    assert list(log_frame(case, include_private=True)["value"]) == [1, 2]


def test_rows_inside_an_entry(case: Case, write: Write) -> None:
    """A list inside an entry gives a row for each of its questions; a deleted row gives none."""
    rows = {
        "a": {"feeling": "sad", "strength": 7},
        "b": {"feeling": "hope", "strength": 2, "_deleted": True},
    }
    write("2026-03-02 19:05", feeling_strengths=rows)
    log = log_frame(case).set_index("item")
    assert list(log.index) == ["feeling_strengths.feeling", "feeling_strengths.strength"]
    assert log.loc["feeling_strengths.strength", "value"] == 7


def test_imported_answers_keep_their_raw_value(case: Case) -> None:
    """Each imported number can be traced to what stood in the file."""
    at = pd.Timestamp("2026-03-01 10:00", tz="UTC").to_pydatetime()
    source = {"import": "x", "row": 2, "raw": {"mood": "6"}}
    case.add_import([ImportedEntry("k", "daily", at, "UTC", False, {"mood": 8}, source)])
    row = log_frame(case).iloc[0]
    assert (row["source"], row["raw"], row["value"]) == ("imported", "6", 8)


def test_events_are_in_order(case: Case, write: Write) -> None:
    """Dated events in the order of time, with their kind."""
    write("2026-03-15 15:00", "event", label="Moved out", kind="phase")
    write("2026-03-01 15:00", "event", label="First meeting", kind="session")
    assert list(events_frame(case)["label"]) == ["First meeting", "Moved out"]
    assert list(events_frame(case)["kind"]) == ["session", "phase"]


def test_every_column_is_documented() -> None:
    """The docstring is the counselor's reference: it names each column."""
    said = inspect.getdoc(frame.log_frame) or ""
    assert all(f"\n    {name}:" in said for name in LOG_COLUMNS)


def test_counselors_notes_are_no_client_log() -> None:
    """Contact status, consent, events and the crisis path never reach page.log()."""
    ids = {form.id for form in log_forms()}
    assert {"daily", "contact", "no-contact"} <= ids
    assert not ids & {EVENT_FORM, "contact-status", "consent", "attestation", "crisis-path", "screen"}


def test_events_have_a_label_and_a_kind() -> None:
    """What the marks on a chart are made of."""
    assert {one.id for one in load.form(EVENT_FORM).fields} >= {"label", "kind"}
