"""Which column of a file becomes which answer: said once, remembered for files with the same columns."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from workbook.content import load
from workbook.content.model import Field
from workbook.errors import ImportProblem, InvalidAnswer
from workbook.exchange.convert import Conversion, number
from workbook.exchange.table import Table
from workbook.exchange.when import ORDERS, Order
from workbook.record.moments import read_zone
from workbook.record.standing import question_open
from workbook.rules.gates import Standing

FORMS = ("daily", "contact")
"""The logs that a file can fill."""
KINDS = frozenset({"scale", "number", "text"})
"""Kinds of questions that a column can answer. Choices differ from app to app and are not guessed at."""


@dataclass(frozen=True)
class Answered:
    """A column that answers a question of a log.

    `low` and `high` are the ends of the column's own range, and `reversed` is true when its low numbers are the good
    ones; they are for ratings only. Counts, hours and texts are taken as they stand.
    """

    form: str
    field: str
    column: str
    low: float | None = None
    high: float | None = None
    reversed: bool = False

    def question(self) -> Field:
        """The question; ImportProblem if the log asks none of this name or it cannot be read from a column."""
        try:
            found = load.form(self.form).field(self.field) if self.form in FORMS else None
        except InvalidAnswer:
            found = None
        if found is None or found.kind not in KINDS:
            raise ImportProblem("A question that was chosen is not in the log. Please choose it again.")
        return found

    def conversion(self) -> Conversion | None:
        """From the column's range to ours; None for counts and texts. ImportProblem when a rating has no range yet."""
        question = self.question()
        if question.kind != "scale":
            return None
        if self.low is None or self.high is None:
            raise ImportProblem(f"“{self.column}” needs the lowest and the highest number that were possible in it.")
        return Conversion.to(question, self.low, self.high, self.reversed)


@dataclass(frozen=True)
class Match:
    """Rows in which a column has this value; `10` and `10.0` are the same."""

    column: str
    value: str

    def holds(self, cell: str) -> bool:
        """True when the cell has the value."""
        return _same(cell) == _same(self.value)


@dataclass(frozen=True)
class Mapping:
    """How to read a file.

    Args:
        date: column of the date, or of date and time together.
        order: which comes first in a date: day, month or year.
        zone: IANA name of the zone of the clock that was used.
        answered: the columns that answer questions.
        time: column of the time of day; None: it stands in `date`, or each row is for a whole day.
        contact: which rows are contacts with the partner; None: every row, if a column answers the contact log.
        events: column whose changes become dated events.
        leave_out: rows that are not to be read, for example broken-off ones.
    """

    date: str
    order: Order
    zone: str
    answered: tuple[Answered, ...] = ()
    time: str | None = None
    contact: Match | None = None
    events: str | None = None
    leave_out: Match | None = None

    def of(self, form: str) -> tuple[Answered, ...]:
        """The columns that answer questions of one log."""
        return tuple(one for one in self.answered if one.form == form)

    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        others = (self.date, self.time, self.events, self.contact and self.contact.column)
        left_out = self.leave_out and self.leave_out.column
        return tuple(dict.fromkeys(one for one in (*others, left_out, *(a.column for a in self.answered)) if one))

    def check(self, table: Table) -> None:
        """ImportProblem, in words, if this file cannot be read like this."""
        for column in self.columns():
            table.index(column)
        if self.order not in ORDERS:
            raise ImportProblem("Please say in which order day, month and year stand in the dates.")
        known_zone(self.zone)
        if not self.answered and not self.events:
            raise ImportProblem("Please choose at least one column to bring in.")
        if self.contact and not self.of("contact"):
            raise ImportProblem("Please choose what to bring in from each contact, for example how it felt.")
        taken = [(one.form, one.field) for one in self.answered]
        if len(set(taken)) != len(taken):
            raise ImportProblem("Two columns were chosen for the same question. Please choose one of them.")
        for one in self.answered:
            one.conversion()

    def expect_open(self, now: Standing) -> None:
        """ImportProblem if a column was chosen for a question that a gate closes now."""
        if not all(question_open(load.form(one.form), one.question(), now) for one in self.answered):
            raise ImportProblem("One of the questions that were chosen is not open now. Please choose another.")

    def to_json(self) -> dict[str, Any]:
        """As it is remembered."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Values[str, Any]) -> Mapping:
        """From what the page sends or what was remembered; ImportProblem if a part is missing or of another kind."""
        try:
            return cls(
                date=str(kept["date"]),
                order=kept["order"],
                zone=str(kept["zone"]),
                answered=tuple(_answered(one) for one in kept.get("answered", ())),
                time=kept.get("time") or None,
                contact=_match(kept.get("contact")),
                events=kept.get("events") or None,
                leave_out=_match(kept.get("leave_out")),
            )
        except (KeyError, TypeError, ValueError):
            raise ImportProblem("The choice of columns is not complete. Please look at each of them again.") from None


def known_zone(name: str) -> ZoneInfo:
    """The zone of this IANA name, or ImportProblem."""
    zone = read_zone(name)
    if not isinstance(zone, ZoneInfo):
        raise ImportProblem("The time zone is not known. It looks like Europe/Amsterdam or America/Chicago.")
    return zone


def questions(now: Standing | None = None) -> tuple[tuple[str, Field], ...]:
    """All (form id, question) that a column can answer; with a standing, those that no gate closes."""
    return tuple(
        (form.id, one)
        for form in map(load.form, FORMS)
        for one in form.fields
        if one.kind in KINDS and (now is None or question_open(form, one, now))
    )


def _answered(kept: Values[str, Any]) -> Answered:
    low, high = (None if kept.get(end) in (None, "") else float(kept[end]) for end in ("low", "high"))
    return Answered(kept["form"], kept["field"], kept["column"], low, high, bool(kept.get("reversed")))


def _match(kept: Values[str, Any] | None) -> Match | None:
    return Match(str(kept["column"]), str(kept["value"])) if kept and kept.get("column") else None


def _same(cell: str) -> object:
    text = cell.strip().casefold()
    try:
        return number(text)
    except ValueError:
        return text
