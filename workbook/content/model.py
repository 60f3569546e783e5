"""Form, Field, Step, Helpline and Point: frozen records of what data/ says."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from workbook.errors import InvalidAnswer
from workbook.rules.text import MAX_LENGTH, clean

FieldKind = Literal[
    "read", "text", "area", "scale", "number", "shares", "choice", "choices", "tick", "date", "datetime", "rows",
    "breath", "wait",
]  # fmt: skip
FormKind = Literal["exercise", "log", "measure", "screen", "note"]
Need = Literal["calm", "counselor", "opt-in"]
"""What opens a form beyond its page's gate: a calm moment, the counselor's dated entry, the client's own wish."""
Contacts = dict[str, tuple[str, ...]]

SILENT = frozenset({"read", "breath"})
"""Field kinds that show something and take no answer."""
_TRUE_DATE = len("2026-01-31")


@dataclass(frozen=True)
class FlagRule:
    """An answer that the counselor must see: raised when the page is finished or left.

    `when` names answers of a choice; `at_least` and `at_most` bound a number (of shares: the largest one).
    """

    kind: str
    when: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    opens: str | None = None

    def meets(self, given: Any) -> bool:
        """Does one given answer (an option's id, 'yes' or 'no' for a tick, a number) ask for the flag?"""
        if self.when:
            return given in self.when
        if isinstance(given, bool) or not isinstance(given, int | float):
            return False
        return (self.at_least is not None and given >= self.at_least) or (
            self.at_most is not None and given <= self.at_most
        )


@dataclass(frozen=True)
class Field:
    """One question or text of a form; `kind` decides what an answer may be (see `check`)."""

    id: str
    kind: FieldKind
    label: str = ""
    help: str = ""
    text: str = ""
    options: tuple[tuple[str, str], ...] = ()
    min: float = 0
    max: float | None = None
    step: float = 1
    unit: str = ""
    low: str = ""
    high: str = ""
    core: bool = True
    covers: tuple[str, ...] = ()
    flag: FlagRule | None = None
    show_if: Contacts = field(default_factory=dict)
    reaches_partner: bool = False
    log: str | None = None
    quick: bool = False
    introduced_by: str | None = None
    opt_in: bool = False
    gated: bool = False
    past: bool = False
    notices: bool = False
    hours: int = 24
    add: str = ""
    summary: str = ""
    fields: tuple[Field, ...] = ()

    @property
    def answers(self) -> bool:
        """True when the field takes an answer."""
        return self.kind not in SILENT

    def check(self, value: Any) -> Any:
        """The answer as it is stored; None when it is taken back.

        Texts keep every character but NUL and unpaired surrogates, which become visible stand-ins.

        Raises:
            InvalidAnswer: the value does not fit; names the field and what is expected, never the value.
        """
        if value is None or value in ("", []):
            return None
        return _CHECKS[self.kind](self, value)

    def merge(self, stored: Any, patch: Any) -> Any:
        """A new answer laid over a stored one: rows are merged row by row and field by field, all else is replaced."""
        checked = self.check(patch)
        if self.kind != "rows" or checked is None or not isinstance(stored, dict):
            return _filled(checked) if self.kind == "rows" and checked else checked
        merged = {row: dict(answers) for row, answers in stored.items()}
        for row, answers in checked.items():
            merged[row] = {**merged.get(row, {}), **answers}
        return _filled(merged)

    @cached_property
    def _by_id(self) -> dict[str, Field]:
        return {inner.id: inner for inner in self.fields}


@dataclass(frozen=True)
class Form:
    """A titled list of fields."""

    id: str
    title: str
    kind: FormKind = "exercise"
    version: int = 1
    audience: Literal["client", "counselor"] = "client"
    purpose: str = ""
    example: str = ""
    minutes: int = 0
    reaches_partner: bool = False
    needs: tuple[Need, ...] = ()
    show_if: Contacts = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    hidden: tuple[Field, ...] = ()
    """Fields that a counselor took off the page; what was answered in them stays and can still be read."""

    def field(self, field_id: str) -> Field:
        """The field with this id, a hidden one too, or InvalidAnswer if the form has none."""
        try:
            return self._by_id[field_id]
        except KeyError:
            raise InvalidAnswer(self.title, "this form has no such question any more; reload the page.") from None

    @cached_property
    def _by_id(self) -> dict[str, Field]:
        return {one.id: one for one in (*self.fields, *self.hidden)}

    @property
    def covers(self) -> frozenset[str]:
        """All points that the form's fields and texts name, inner fields of rows among them."""
        return frozenset(point for one in self.fields for inner in (one, *one.fields) for point in inner.covers)


@dataclass(frozen=True)
class Step:
    """One theme's page: the exercises of its core path, the rest, and the log items that it switches on."""

    id: str
    page: str
    title: str
    why: str
    core: tuple[str, ...]
    more: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    counselor_note: str = ""
    aside: bool = False
    """A page beside the twelve: it stands among the steps once the client's decision leads there."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Ids of all forms of the page, the core path first."""
        return (*self.core, *self.more)


@dataclass(frozen=True)
class Helpline:
    """One line to call; `checked` is None while nobody confirmed the number."""

    id: str
    name: str
    about: str
    call: str = ""
    text: str = ""
    web: str = ""
    checked: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Country:
    """Helplines and emergency number of one country (or of everywhere, code '*')."""

    code: str
    name: str
    emergency: str
    emergency_checked: date | None
    lines: tuple[Helpline, ...]


@dataclass(frozen=True)
class Theme:
    """A theme of the catalogue with the ids of its points."""

    id: str
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A section of a guide with the ids of its points."""

    id: str
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """A published guide as a route; title and source are for the counselor and the list of sources."""

    id: str
    route_name: str
    title: str
    source: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Catalogue:
    """The points of the five guides, by theme and by guide."""

    themes: tuple[Theme, ...]
    guides: tuple[Guide, ...]
    points: frozenset[str]
    reaches_partner: frozenset[str]


def _text(one: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidAnswer(one.label, "a text was expected.")
    if len(value) > MAX_LENGTH:
        raise InvalidAnswer(one.label, f"the text is longer than {MAX_LENGTH:,} characters; keep it in two parts.")
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
        bounds = f"from {one.min:g} to {top:g}" if top is not None else f"of {one.min:g} or more"
        raise InvalidAnswer(one.label, f"a number {bounds} was expected.")
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
    if key not in one._by_id:
        raise InvalidAnswer(one.label, "this list has no such column any more; reload the page.")
    return one._by_id[key].check(cell)


def _filled(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row: {key: cell for key, cell in answers.items() if cell is not None} for row, answers in rows.items()}


def _shares(one: Field, value: Any) -> dict[str, float] | None:
    """Percent for each option; they are kept as typed also when they do not make a hundred yet."""
    if not isinstance(value, dict) or not set(value) <= set(dict(one.options)):
        raise InvalidAnswer(one.label, "a share for each of the lines on the page was expected.")
    percent = Field(one.id, "number", one.label, max=100)
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


_CHECKS: dict[str, Any] = {
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
