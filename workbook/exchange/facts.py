"""What a page shows of a file before it is read in: its columns, what may be dates, a first part of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from workbook.exchange.convert import NotANumber, number
from workbook.exchange.csv_log import Reading
from workbook.exchange.mapping import Mapping, questions
from workbook.exchange.table import SHORT, Table, missing, short
from workbook.exchange.when import ORDERS, Order, dates_in, orders, read_time, readable
from workbook.record.responses import ImportedEntry
from workbook.rules.gates import Standing

PREVIEW_ROWS = 8
MOST_PROBLEMS = 5000
_MOST_VALUES, _MOSTLY = 24, 0.75


def of_file(table: Table, fill: Callable[[str], str] = str, now: Standing | None = None) -> dict[str, Any]:
    """What the mapping form needs. `fill` puts names into the questions' words, `now` leaves closed ones out."""
    columns = [of_column(table, name) for name in table.header]
    dates = [one["name"] for one in columns if one["orders"]]
    times = [one["name"] for one in columns if one["time"]]
    return {
        "rows": len(table.rows),
        "named": table.named,
        "delimiter": {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[table.delimiter],
        "encoding": table.encoding,
        "columns": columns,
        "date": dates[0] if dates else None,
        "time": times[0] if times else None,
        "questions": [
            {"form": form, "field": one.id, "label": fill(one.label), **_plain(one, "kind", "low", "high")}
            for form, one in questions(now)
        ],
    }


def of_column(table: Table, name: str) -> dict[str, Any]:
    """A column's first values, its range, what is missing, and whether it may hold dates or times."""
    cells = [cell for cell in table.column(name) if not missing(cell)]
    values = Counter(cell.strip() for cell in cells)
    found = sorted(values) if len(values) <= _MOST_VALUES else []
    return {
        "name": name,
        "examples": [short(value) for value in list(values)[:3]],
        "missing": len(table.rows) - len(cells),
        "range": _range(cells),
        "values": found if all(len(value) <= SHORT for value in found) else [],
        "orders": _likely_orders(cells),
        "time": _mostly(cells, read_time),
    }


def of_reading(reading: Reading, mapping: Mapping, table: Table) -> dict[str, Any]:
    """The preview: first rows, conversions, counts, and every row or cell that stays out, with what stood there."""
    cells = {row: dict(zip(table.header, found, strict=False)) for row, found in table.rows}
    return {
        "counts": reading.counts(),
        "conversions": [
            {**_plain(one, "form", "field", "column"), "formula": made.formula(), "examples": made.examples()}
            for one in mapping.answered
            if (made := one.conversion())
        ],
        "first": _first_rows(reading),
        "events": [entry.answers["label"] for entry in reading.entries if entry.form_id == "event"][:MOST_PROBLEMS],
        "problems": [
            {**asdict(one), "cell": short(cells[one.row].get(one.column, ""))}
            for one in reading.problems[:MOST_PROBLEMS]
        ],
        "reasons": [{"reason": reason, "times": times} for reason, times in reading.reasons().items()],
    }


def _first_rows(reading: Reading) -> list[dict[str, Any]]:
    rows: dict[int, list[ImportedEntry]] = {}
    for entry in reading.entries:
        if entry.form_id != "event" and (len(rows) < PREVIEW_ROWS or entry.source["row"] in rows):
            rows.setdefault(entry.source["row"], []).append(entry)
    return [
        {
            "row": row,
            "when": f"{entries[0].at:%Y-%m-%d}" if entries[0].whole_day else f"{entries[0].at:%Y-%m-%d %H:%M}",
            "answers": [
                {
                    "form": one.form_id,
                    "field": field,
                    "raw": short(one.source["raw"][field]),
                    "answer": short(str(answer)),
                }
                for one in entries
                for field, answer in one.answers.items()
            ],
        }
        for row, entries in rows.items()
    ]


def _likely_orders(cells: list[str]) -> list[dict[str, str]]:
    """The orders of dates if most cells are dates, each with an example from the file, so that it can be asked."""
    found = orders(cells)
    if not found or not _mostly(cells, dates_in(found[0])):
        return []
    return [{"id": order, "label": ORDERS[order], "example": _example(cells, order)} for order in found]


def _example(cells: list[str], order: Order) -> str:
    cell, (day, _) = next(readable(cells, dates_in(order)))
    return f"{short(cell)} is {day.day} {day:%B %Y}"


def _mostly(cells: list[str], read: Callable[[str], object]) -> bool:
    return bool(cells) and sum(1 for _ in readable(cells, read)) >= _MOSTLY * len(cells)


def _plain(one: object, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _range(cells: list[str]) -> list[str] | None:
    try:
        numbers = [number(cell) for cell in cells]
    except NotANumber:
        return None
    return [f"{min(numbers):f}", f"{max(numbers):f}"] if numbers else None
