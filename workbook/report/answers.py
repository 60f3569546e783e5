"""A form's answers as plain data for the template. Missing is not zero: a question without an answer shows a dash.

Items: {"t": "md", "label", "blocks"}, {"t": "answer", "label", "lines", "more"?}, {"t": "tick", "label", "on"},
{"t": "open", "label"} (no answer), {"t": "cards", "label", "cards": [items]}, {"t": "small", "text"}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.content.model import Field
from workbook.content.words import t
from workbook.report import moments
from workbook.report.glyphs import line, paragraphs
from workbook.report.markdown import tree

Item = dict[str, Any]
Answers = Mapping[str, Any]


def filled(fields: Iterable[Field], answers: Answers) -> list[Item]:
    """Texts and answers in the form's own order; further questions without an answer are left out."""
    items: list[Item] = []
    for one in fields:
        if one.kind == "read":
            items.append(told(one))
        elif one.answers:
            item = _item(one, answers.get(one.id))
            if item is not None:
                items.append(item)
    return items


def newest(fields: Iterable[Field], answers: Answers) -> list[Item]:
    """What was answered, of a list its last row; no text to read, and no question that is still open."""
    items = (one for one in filled(fields, answers) if one["t"] not in ("md", "open"))
    return [{**one, "cards": one["cards"][-1:]} if one["t"] == "cards" else one for one in items]


def told(field: Field) -> Item:
    """A text to read, under its heading if it has one."""
    return {"t": "md", "label": line(field.label), "blocks": tree(field.text)}


def written(answers: Answers) -> bool:
    """True when at least one answer stands."""
    return any(given(value) for value in answers.values())


def in_a_cell(field: Field, value: Any, *, unit: bool = False) -> str:
    """An answer in a cell, a list joined; nothing when it is missing."""
    if field.kind == "choices" and value:
        names = dict(field.options)
        return ", ".join(names.get(one, str(one)) for one in value)
    if field.kind == "shares" and value:
        return ", ".join(f"{name} {value[option]} %" for option, name in field.options if option in value)
    return short(field, value, unit=unit)


def short(field: Field, value: Any, *, unit: bool = True) -> str:
    """An answer of a short kind in a few characters, its unit unless told otherwise; nothing when it is missing."""
    if not given(value):
        return ""
    if field.kind == "tick":
        return t("Yes") if value else t("No")
    if field.kind == "choice":
        return dict(field.options).get(value, str(value))
    if field.kind == "date":
        return moments.day(str(value))
    if field.kind == "datetime":
        return moments.moment(str(value))
    return f"{value} {field.unit}".strip() if field.kind == "number" and unit else str(value)


def _item(field: Field, value: Any) -> Item | None:
    label = line(field.label)
    if not given(value) or (field.kind == "rows" and not live(value)):
        return {"t": "open", "label": label} if field.core else None
    if field.kind == "tick":
        return {"t": "tick", "label": label, "on": bool(value)}
    if field.kind == "rows":
        return {"t": "cards", "label": label, "cards": [card(field, row) for row in live(value)]}
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


def card(field: Field, row: Answers) -> list[Item]:
    """The answers of one row of a list."""
    found = [_item(inner, row.get(inner.id)) for inner in field.fields if inner.answers and given(row.get(inner.id))]
    return [one for one in found if one is not None]


def live(rows: Any) -> list[Answers]:
    """The rows of a list that hold something and were not deleted, in the order in which they were made."""
    kept = [row for row in rows.values() if not row.get("_deleted") and written(_plain(row))]
    return sorted(kept, key=lambda row: str(row.get("_created", "")))


def _plain(row: Answers) -> Answers:
    return {key: value for key, value in row.items() if not key.startswith("_")}


def given(value: Any) -> bool:
    """True when there is an answer; zero and ‘no’ are answers."""
    return value is not None and value not in ("", [], {})
