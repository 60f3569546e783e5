"""A form as a worksheet to write on: lines, boxes, numbers to circle, empty rows.

Items: {"t": "write", "label", "help", "lines"}, {"t": "pick", "label", "shape", "options"}, {"t": "circle", "label",
ends}, {"t": "grid", "label", "head", "rows"}, and {"t": "md"}, {"t": "small"} as in `answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workbook.content.model import Field
from workbook.content.words import t
from workbook.report import moments
from workbook.report.answers import Item, ends, told
from workbook.report.glyphs import line

AREA_LINES = 3
EMPTY_ROWS = 5
WIDEST_GRID = 4
"""A list with more columns than this is printed as cards, so that there is room to write."""
CARDS = 2
CARD_LINES = 2
BESIDE = 30
"""Characters of a question that leave room to write beside it."""
WIDEST_LOG = 5
LONGEST_HEAD = 40
"""Characters of a question that can stand over a column."""
ENTRY_ROWS = 8
DAYS = 7


def blank(fields: Iterable[Field]) -> list[Item]:
    """All questions to write on, further ones under a small heading of their own."""
    asked = [one for one in fields if one.core or one.kind != "breath"]
    items = [_item(one) for one in asked if one.core]
    more = [_item(one) for one in asked if not one.core]
    return [*items, *([{"t": "more", "text": t("More, if you want it")}, *more] if more else [])]


def entries(fields: Iterable[Field]) -> list[Item]:
    """Room for entries of a log: a table while its columns fit, else one entry; only items that are always on."""
    shown = [one for one in fields if not one.opt_in and one.introduced_by is None]
    given = [one for one in shown if one.answers]
    if len(given) <= WIDEST_LOG and all(one.kind != "rows" and len(one.label) <= LONGEST_HEAD for one in given):
        columns = [{"label": line(one.label), "hint": line(_hint(one))} for one in given]
        head = [{"label": t("When"), "hint": t("date and time")}, *columns]
        return [{"t": "grid", "label": "", "help": "", "head": head, "rows": ENTRY_ROWS}]
    when: Item = {"t": "write", "label": t("Date and time"), "help": "", "lines": 0, "hint": "", "keep": True}
    return [when, *(_item(one) for one in shown)]


def week(fields: Iterable[Field]) -> Item:
    """A week of the log's quick items as a table to fill in by hand, a column for each day."""
    rows = [
        {"label": line(one.label), "hint": line(_hint(one)), "cells": [""] * DAYS}
        for one in fields
        if one.quick and one.answers
    ]
    return {"t": "week", "head": [moments.weekday_name(number) for number in range(DAYS)], "rows": rows}


def _item(field: Field) -> Item:
    shown: Item = {"label": line(field.label), "help": line(field.help)}
    if field.kind == "rows":
        return _rows(field, shown)
    if field.kind in _TO_WRITE:
        return {"t": "write", **shown, "lines": _TO_WRITE[field.kind], "hint": line(_hint(field))}
    return _TO_MARK[field.kind](field, shown)


_TO_WRITE = {"text": 1, "area": AREA_LINES, "number": 0, "date": 0, "datetime": 0, "wait": 0}
"""Lines to write on; 0 for a short line beside the question."""
_TO_MARK: dict[str, Callable[[Field, Item], Item]] = {
    "read": lambda field, _shown: told(field),
    "breath": lambda _field, shown: {"t": "small", "text": shown["label"]},
    "choice": lambda field, shown: {"t": "pick", **shown, "shape": "circle", "options": _options(field)},
    "choices": lambda field, shown: {"t": "pick", **shown, "shape": "square", "options": _options(field)},
    "tick": lambda _field, shown: {"t": "pick", **shown, "label": "", "shape": "square", "options": [shown["label"]]},
    "shares": lambda field, shown: {
        "t": "grid",
        **shown,
        "rows": 1,
        "head": [{"label": line(name), "hint": "%"} for _, name in field.options],
    },
    "scale": lambda field, shown: {"t": "circle", **shown, **ends(field)},
}


def _rows(field: Field, shown: Item) -> Item:
    inner = [one for one in field.fields if one.answers]
    if len(inner) <= WIDEST_GRID:
        head = [{"label": line(one.label), "hint": line(_hint(one))} for one in inner]
        return {"t": "grid", **shown, "head": head, "rows": EMPTY_ROWS}
    cards = [[_in_card(one) for one in inner]] * CARDS
    return {"t": "cards", **shown, "cards": cards, "more": t("Copy this card if you need another.")}


def _in_card(field: Field) -> Item:
    """A question of a card: less room than on the page, so that a card more often fits on a sheet beside another."""
    item = _item(field)
    if field.kind == "area":
        return {**item, "lines": CARD_LINES}
    return {**item, "lines": 0} if field.kind == "text" and len(field.label) <= BESIDE else item


def _options(field: Field) -> list[Any]:
    return [line(name) for _, name in field.options]


def _hint(field: Field) -> str:
    """What to write, in a few characters."""
    if field.kind in ("scale", "number"):
        top = field.max if field.max is not None or field.kind == "number" else 10
        told = top is not None and (top <= _COUNTED or field.unit == "%")  # a wide range only guards what is typed
        range_ = f"{field.min:g}–{top:g}" if field.min >= 0 else f"−{-field.min:g} … {top:g}"
        return " ".join(part for part in (range_ if told else "", field.unit) if part)
    if field.kind == "tick":
        return t("yes / no")
    if field.kind == "wait":
        return t("until: date and time")
    if field.kind == "choice":
        names: Iterable[str] = (name for _, name in field.options)
        return " / ".join(names) if len(field.options) <= _FEW else t("a word")
    return _hints().get(field.kind, "")


def _hints() -> dict[str, str]:
    return {"choices": t("a word or two"), "date": t("day, month, year"), "datetime": t("date and time")}


_FEW = 3
_COUNTED = 10
