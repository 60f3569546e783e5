"""A form's answers as plain data for the template. Missing is not zero: a question without an answer shows a dash.

Items: {"t": "md", "blocks"}, {"t": "answer", "label", "lines", "more"?}, {"t": "tick", "label", "on"}, {"t": "open",
"label"} (no answer), {"t": "cards", "label", "cards": [items]}, {"t": "small", "text"}. Entries of a log make a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from workbook.content.model import Field, Form
from workbook.content.words import t
from workbook.report import moments
from workbook.report.glyphs import line, paragraphs
from workbook.report.markdown import tree

if TYPE_CHECKING:
    from workbook.record.case import Response

Item = dict[str, Any]
Answers = Mapping[str, Any]

SHORT = frozenset(("scale", "number", "tick", "choice", "date", "datetime"))
"""Field kinds whose answers fit into a column of a table."""
MOST_COLUMNS = 6
LONGEST_HEAD = 22
"""Characters of a label that fit over a narrow column."""
LONGEST_WORD = 12
"""Characters of an option that fit into one."""


def filled(fields: Iterable[Field], answers: Answers) -> list[Item]:
    """Texts and answers in the form's own order; further questions without an answer are left out."""
    items: list[Item] = []
    for one in fields:
        if one.kind == "read":
            items.append({"t": "md", "blocks": tree(one.text)})
        elif one.answers:
            item = _item(one, answers.get(one.id))
            if item is not None:
                items.append(item)
    return items


def written(answers: Answers) -> bool:
    """True when at least one answer stands."""
    return any(_given(value) for value in answers.values())


def entries(form: Form, responses: Iterable[Response]) -> Item:
    """The entries of a log, measure or screen as one table, oldest first: short answers in columns, the rest below."""
    kept = [one for one in responses if not one.private]
    used = {key for one in kept for key, value in one.answers.items() if _given(value)}
    fields = [one for one in form.fields if one.answers and one.id in used]
    columns = [one for one in fields if _narrow(one)][:MOST_COLUMNS]
    others = [one for one in fields if one not in columns]
    rows = [
        {
            "when": _when(one),
            "cells": [line(short(field, one.answers.get(field.id)) or "–") for field in columns],
            "more": _words(others, one.answers),
        }
        for one in kept
    ]
    return {"t": "entries", "head": [line(one) for one in (t("When"), *(one.label for one in columns))], "rows": rows}


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
            if text := _in_a_cell(one, response.answers.get(one.id)):
                cells.setdefault((one.id, str(response.day)), []).append(text)
    rows = [
        {"label": line(one.label), "hint": line(one.unit),
         "cells": [line(", ".join(cells.get((one.id, day.isoformat()), ["–"]))) for day in days]}
        for one in quick
    ]  # fmt: skip
    return {"t": "week", "head": [moments.weekday(day) for day in days], "rows": rows}


def _in_a_cell(field: Field, value: Any, *, unit: bool = False) -> str:
    if field.kind == "choices" and value:
        names = dict(field.options)
        return ", ".join(names.get(one, str(one)) for one in value)
    if field.kind == "shares" and value:
        return ", ".join(f"{name} {value[option]} %" for option, name in field.options if option in value)
    return short(field, value, unit=unit)


def short(field: Field, value: Any, *, unit: bool = True) -> str:
    """An answer of a short kind in a few characters, its unit unless told otherwise; nothing when it is missing."""
    if not _given(value):
        return ""
    if field.kind == "tick":
        return t("yes") if value else t("no")
    if field.kind == "choice":
        return dict(field.options).get(value, str(value))
    if field.kind == "date":
        return moments.day(str(value))
    if field.kind == "datetime":
        return moments.moment(str(value))
    return f"{value} {field.unit}".strip() if field.kind == "number" and unit else str(value)


def _item(field: Field, value: Any) -> Item | None:
    label = line(field.label)
    if not _given(value) or (field.kind == "rows" and not _live(value)):
        return {"t": "open", "label": label} if field.core else None
    if field.kind == "tick":
        return {"t": "tick", "label": label, "on": bool(value)}
    if field.kind == "rows":
        return {"t": "cards", "label": label, "cards": [_card(field, row) for row in _live(value)]}
    if field.kind == "scale":
        return {"t": "scale", "label": label, "value": value, **ends(field)}
    return {"t": "answer", "label": label, "lines": lines(field, value)}


def ends(field: Field) -> Item:
    """First and last number of a scale, with the words at its ends."""
    top = 10 if field.max is None else int(field.max)
    return {"from": int(field.min), "to": top, "low": line(field.low), "high": line(field.high)}


def lines(field: Field, value: Any) -> list[Any]:
    """An answer as paragraphs."""
    if field.kind == "choices":
        names = dict(field.options)
        return [line(names.get(one, str(one))) for one in value]
    if field.kind == "shares":
        return [line(f"{name}: {value[option]} %") for option, name in field.options if option in value]
    if field.kind == "wait":
        return [line(t("Waits until {moment}", moment=moments.moment(str(value.get("until", "")))))]
    return paragraphs(str(value) if field.kind in ("text", "area") else short(field, value))


def _card(field: Field, row: Answers) -> list[Item]:
    found = [_item(inner, row.get(inner.id)) for inner in field.fields if inner.answers and _given(row.get(inner.id))]
    return [one for one in found if one is not None]


def _live(rows: Any) -> list[Answers]:
    kept = [row for row in rows.values() if not row.get("_deleted") and written(_plain(row))]
    return sorted(kept, key=lambda row: str(row.get("_created", "")))


def _plain(row: Answers) -> Answers:
    return {key: value for key, value in row.items() if not key.startswith("_")}


def _given(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _when(one: Response) -> list[Any]:
    time = t("whole day") if one.whole_day else moments.clock(one.at, one.zone)
    return [line(moments.day(one.day)), line(time)]


def _words(fields: Iterable[Field], answers: Answers) -> list[Item]:
    """The other answers of an entry: a list joined, all else as in a form."""
    found: list[Item] = []
    for one in fields:
        value = answers.get(one.id)
        if not _given(value) or (one.kind == "rows" and not _live(value)):
            continue
        if one.kind == "rows":
            found.extend(item for card in _live(value) for item in _card(one, card))
        elif one.kind in ("text", "area"):
            found.append({"label": line(one.label), "lines": lines(one, value)})
        else:
            found.append({"label": line(one.label), "lines": [line(_in_a_cell(one, value, unit=True))]})
    return found
