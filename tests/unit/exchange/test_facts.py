"""What the page shows of a file."""

from __future__ import annotations

import json

from workbook.exchange import facts
from workbook.exchange.csv_log import read_log
from workbook.exchange.mapping import Mapping
from workbook.exchange.table import Table, read_table


def test_columns(table: Table) -> None:
    """Range, what is missing, values to choose from, and which columns may be dates or times."""
    found = facts.of_file(table)
    columns = {one["name"]: one for one in found["columns"]}
    assert (found["rows"], found["date"], found["time"]) == (13, "day", "time")
    assert columns["tense"]["range"] == ["2", "7"]
    assert columns["cheer"]["range"] is None  # there is a word among the numbers
    assert columns["nice"]["missing"] == 8
    assert columns["who"]["values"] == ["0", "10"]
    assert [one["id"] for one in columns["day"]["orders"]] == ["dmy"]
    json.dumps(found)


def test_an_ambiguous_order_is_shown_with_an_example() -> None:
    """The counselor sees what each order would make of the same cell."""
    found = facts.of_file(read_table(b"date,mood\n03/04/2026,1\n05/06/2026,2\n"))
    orders = found["columns"][0]["orders"]
    assert [one["example"] for one in orders] == ["03/04/2026 is 3 April 2026", "03/04/2026 is 4 March 2026"]


def test_preview(table: Table, mapping: Mapping) -> None:
    """Conversions, first rows with raw and converted answers, and every problem with what stood there."""
    seen = facts.of_reading(read_log(table, mapping), mapping, table)
    assert seen["counts"] == {
        "rows": 13, "accepted": 6, "rejected": 7, "no_contact": 0,
        "contacts_found": 4, "daily": 5, "contact": 3, "event": 2,
    }  # fmt: skip
    assert seen["conversions"][1]["formula"] == "(7 − answer) ÷ 6 × 10, rounded to whole numbers"
    assert seen["first"][0]["answers"][0] == {"form": "daily", "field": "mood", "raw": "5", "answer": "7"}
    assert {"row": 6, "column": "cheer", "reason": "this is no number", "whole_row": False, "cell": "so-so"} in seen[
        "problems"
    ]
    json.dumps(seen)


def test_long_cells_are_cut() -> None:
    """100,000 characters in a cell do not fill the page."""
    found = facts.of_file(read_table(b"date,note\n2026-01-01," + b"x" * 100_000 + b"\n"))
    assert len(json.dumps(found["columns"])) < 2000
