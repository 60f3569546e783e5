"""A log's entries for the template: none is lost, and each answer stands with its question and its time.

A few are read one by one, as the items of answers.py; more of them stand in tables: {"t": "entries", "head", "rows"}
(an entry a row), {"t": "across", "corner", "head", "rows"} (an entry a column), both wider than the text with "wide",
and {"t": "week", "head", "rows"}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.content.words import t
from workbook.report import moments
from workbook.report.answers import Answers, Item, card, filled, given, in_a_cell, lines, live, short
from workbook.report.glyphs import line

if TYPE_CHECKING:
    from workbook.record.case import Response

SHORT = frozenset(("scale", "number", "tick", "choice", "date", "datetime"))
"""Field kinds whose answers fit into a column of a table."""
MOST_COLUMNS = 6
LONGEST_HEAD = 22
"""Characters of a label that fit over a narrow column."""
LONGEST_WORD = 12
"""Characters of an option that fit into one."""
LONGEST_CELL = 28
"""Characters of an option that fit into a cell in several lines."""
SHORTEST = 4
"""Characters of an answer that fits beside many."""
FEW = 3
"""So many entries are read one by one, or leave room beside their questions."""
MOST_ACROSS = 18
"""Entries whose numbers stand beside each other; of answers in words half as many."""


def entries(form: Form, responses: Iterable[Response]) -> list[Item]:
    """The entries of a log, measure or screen, oldest first.

    Up to FEW of them, but for the quick logs, are read one by one. Of more the short answers stand in the columns of
    a table, an entry a row, the rest below each. Where an entry has many, the questions stand down, the entries across:
    an answer can be followed from day to day.
    """
    kept = [one for one in responses if not one.private]
    used = {key for one in kept for key, value in one.answers.items() if given(value)}
    fields = [one for one in form.fields if one.answers and one.id in used]
    if len(kept) <= FEW and form.id not in load.OF_THE_LOG:
        return [item for one in kept for item in _one(one, fields)]
    brief = [one for one in fields if _fits(one)]
    if len(brief) <= MOST_COLUMNS:
        return [_rows(kept, fields, [one for one in brief if _narrow(one)])]
    return [item for part in _parts(kept, MOST_ACROSS) for item in _across(part, fields, brief)]


def _one(entry: Response, fields: list[Field]) -> list[Item]:
    """One entry as the answers of a form, its time first; what it leaves open is left out."""
    when = [line(", ".join(_when(entry)))]
    items = [{"t": "answer", "label": line(t("When")), "lines": when}, *filled(fields, entry.answers)]
    return [one for one in items if one["t"] != "open"]


def _parts(kept: list[Response], most: int) -> Iterator[list[Response]]:
    """The entries in parts of even size."""
    size = ceil(len(kept) / ceil(len(kept) / most))
    return (kept[at : at + size] for at in range(0, len(kept), size))


def _rows(kept: Iterable[Response], fields: Iterable[Field], columns: list[Field]) -> Item:
    others = [one for one in fields if one not in columns]
    rows = [
        {
            "when": list(map(line, _when(one))),
            "cells": [line(short(field, one.answers.get(field.id)) or "–") for field in columns],
            "more": _words(others, one.answers),
        }
        for one in kept
    ]
    return {"t": "entries", "head": [line(one) for one in (t("When"), *(one.label for one in columns))], "rows": rows}


def _across(kept: list[Response], fields: list[Field], brief: list[Field]) -> Iterator[Item]:
    """Of some entries the numbers, the answers of a word or two, and below what is left of each."""
    numbers = brief if len(kept) <= FEW else [one for one in brief if _tiny(one)]
    words = [one for one in brief if one not in numbers]
    yield from _tables(kept, numbers)
    for part in _parts(kept, MOST_ACROSS // 2):
        yield from _tables(part, words)
    below = _rows(kept, [one for one in fields if one not in brief], [])
    below["rows"] = [row for row in below["rows"] if row["more"]]
    if below["rows"]:
        yield {**below, "wide": len(kept) > FEW}


def _tables(kept: list[Response], fields: list[Field]) -> Iterator[Item]:
    """A table of what was answered in these entries, the questions down; none if nothing was."""
    asked = [one for one in fields if any(given(entry.answers.get(one.id)) for entry in kept)]
    rows = [
        {"label": line(one.label), "hint": line(one.unit),
         "cells": [line(in_a_cell(one, entry.answers.get(one.id)) or "–") for entry in kept]}
        for one in asked
    ]  # fmt: skip
    if rows:
        when = [list(map(line, _when(one))) for one in kept]
        yield {"t": "across", "corner": t("When"), "head": when, "rows": rows, "wide": len(kept) > FEW}


def _tiny(field: Field) -> bool:
    """True when an answer takes a few characters."""
    if field.kind == "number" and (field.max is None or len(f"{field.max:g}") > SHORTEST):
        return False
    short_kinds = ("scale", "number", "tick", "choice")
    return field.kind in short_kinds and all(len(name) <= SHORTEST for _, name in field.options)


def _fits(field: Field) -> bool:
    """True when an answer can stand in a narrow cell, broken between its words."""
    names = [name for _, name in field.options]
    words = [word for name in names for word in name.split()]
    long = max(map(len, words), default=0) > LONGEST_WORD or max(map(len, names), default=0) > LONGEST_CELL
    return field.kind in SHORT | {"choices"} and not long


def _narrow(field: Field) -> bool:
    words = [name for _, name in field.options]
    return field.kind in SHORT and len(field.label) <= LONGEST_HEAD and max(map(len, words), default=0) <= LONGEST_WORD


def week(fields: Iterable[Field], responses: Iterable[Response], first: date) -> Item:
    """Seven days of a log as a table, a column for each day; several answers of a day stand side by side."""
    days = [first + timedelta(number) for number in range(7)]
    quick = [one for one in fields if one.quick and one.answers]
    cells: dict[tuple[str, str], list[str]] = {}
    for response in responses:
        for one in quick:
            if text := in_a_cell(one, response.answers.get(one.id)):
                cells.setdefault((one.id, str(response.day)), []).append(text)
    rows = [
        {"label": line(one.label), "hint": line(one.unit),
         "cells": [line(", ".join(cells.get((one.id, day.isoformat()), ["–"]))) for day in days]}
        for one in quick
    ]  # fmt: skip
    return {"t": "week", "head": [moments.weekday(day) for day in days], "rows": rows}


def _when(one: Response) -> tuple[str, str]:
    return moments.day(one.day), t("whole day") if one.whole_day else moments.clock(one.at, one.zone)


def _words(fields: Iterable[Field], answers: Answers) -> list[Item]:
    """The other answers of an entry: a list joined, all else as in a form."""
    found: list[Item] = []
    for one in fields:
        value = answers.get(one.id)
        if not given(value) or (one.kind == "rows" and not live(value)):
            continue
        if one.kind == "rows":
            found.extend(item for row in live(value) for item in card(one, row))
        elif one.kind in ("text", "area"):
            found.append({"label": line(one.label), "lines": lines(one, value)})
        else:
            found.append({"label": line(one.label), "lines": [line(in_a_cell(one, value, unit=True))]})
    return found
