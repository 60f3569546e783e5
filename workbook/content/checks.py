"""What an answer to each kind of field may be, and how it is stored."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbook.errors import InvalidAnswer
from workbook.rules.text import MAX_LENGTH, clean

if TYPE_CHECKING:
    from workbook.content.model import Field

_TRUE_DATE = len("2026-01-31")


def _text(one: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidAnswer(one.label, "a text was expected.")
    if len(value) > MAX_LENGTH:
        most = f"{MAX_LENGTH:,}"
        raise InvalidAnswer(one.label, "the text is longer than {most} characters; keep it in two parts.", most=most)
    return clean(value)


def _number(one: Field, value: Any) -> float:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "."))
        except ValueError:
            raise InvalidAnswer(one.label, "a number was expected.") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidAnswer(one.label, "a number was expected.")
    top = 10 if one.max is None and one.kind == "scale" else one.max
    if value < one.min or (top is not None and value > top):
        if top is None:
            raise InvalidAnswer(one.label, "a number of {low} or more was expected.", low=f"{one.min:g}")
        low, high = f"{one.min:g}", f"{top:g}"
        raise InvalidAnswer(one.label, "a number from {low} to {high} was expected.", low=low, high=high)
    return int(value) if value == int(value) else float(value)


def _scale(one: Field, value: Any) -> int:
    number = _number(one, value)
    if number != int(number):
        raise InvalidAnswer(one.label, "a whole number was expected.")
    return int(number)


def _choice(one: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in dict(one.options):
        raise InvalidAnswer(one.label, "one of the answers on the page was expected.")
    return value


def _choices(one: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise InvalidAnswer(one.label, "a choice from the answers on the page was expected.")
    picked = {_choice(one, item) for item in value}
    return [option for option, _ in one.options if option in picked]


def _tick(one: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidAnswer(one.label, "ticked or not ticked was expected.")
    return value


def _date(one: Field, value: Any) -> str:
    try:
        if not isinstance(value, str) or len(value) != _TRUE_DATE:
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise InvalidAnswer(one.label, "a date like 2026-01-31 was expected.") from None
    if one.past and day > date.today():
        raise InvalidAnswer(one.label, "a date that has come was expected; this one lies in the future.")
    return value


def _datetime(one: Field, value: Any) -> str:
    try:
        if not isinstance(value, str):
            raise ValueError
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise InvalidAnswer(one.label, "a date and time like 2026-01-31T18:30 was expected.") from None
    if one.past and moment.date() > date.today():
        raise InvalidAnswer(one.label, "a time that has come was expected; this one lies in the future.")
    return value


def _rows(one: Field, value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
        raise InvalidAnswer(one.label, "rows were expected; reload the page.")
    return {
        clean(str(row_id)): {key: _cell(one, key, cell) for key, cell in row.items()} for row_id, row in value.items()
    }


def _cell(one: Field, key: str, cell: Any) -> Any:
    if key == "_created":
        return _datetime(one, cell)
    if key == "_deleted":
        return _tick(one, cell)
    if key not in {inner.id for inner in one.fields}:
        raise InvalidAnswer(one.label, "this list has no such column any more; reload the page.")
    return next(inner for inner in one.fields if inner.id == key).check(cell)


def _shares(one: Field, value: Any) -> dict[str, float] | None:
    """Percent for each option; they are kept as typed also when they do not make a hundred yet."""
    if not isinstance(value, dict) or not set(value) <= set(dict(one.options)):
        raise InvalidAnswer(one.label, "a share for each of the lines on the page was expected.")
    percent = replace(one, min=0, max=100)
    given = {
        option: _number(percent, value[option]) for option, _ in one.options if value.get(option) not in (None, "")
    }
    return given or None


def _wait(one: Field, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != {"until"}:
        raise InvalidAnswer(one.label, "a waiting time was expected.")
    return {"until": _datetime(one, value["until"])}


def _silent(one: Field, _value: Any) -> Any:
    raise InvalidAnswer(one.label or one.id, "this part takes no answer.")


CHECKS: dict[str, Any] = {
    "text": _text,
    "area": _text,
    "scale": _scale,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "tick": _tick,
    "date": _date,
    "datetime": _datetime,
    "rows": _rows,
    "wait": _wait,
    "shares": _shares,
    "read": _silent,
    "breath": _silent,
}
