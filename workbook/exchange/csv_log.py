"""Rows of a table as entries of the log, and each row or cell that cannot be one, with its reason. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbook.errors import InvalidAnswer
from workbook.exchange.convert import NotANumber, number, plain
from workbook.exchange.mapping import FORMS, Answered, Mapping, known_zone
from workbook.exchange.table import Table, missing, short
from workbook.exchange.when import NOON, NotATime, moment, read_date, read_time
from workbook.record.responses import ImportedEntry


@dataclass(frozen=True)
class Problem:
    """A row that is not brought in, or one cell of it. `row` is the number that a spreadsheet shows.

    The reason never holds what stood in the cell.
    """

    row: int
    column: str
    reason: str
    whole_row: bool


@dataclass(frozen=True)
class Reading:
    """What a file gives under a mapping. Nothing is dropped in silence: rows = accepted + rejected + no_contact."""

    rows: int
    accepted: int
    contacts: int
    entries: tuple[ImportedEntry, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def rejected(self) -> int:
        """Rows of which nothing is brought in although they were meant to be."""
        return len({one.row for one in self.problems if one.whole_row})

    @property
    def no_contact(self) -> int:
        """Rows that are no contacts, when nothing but contacts is read."""
        return self.rows - self.accepted - self.rejected

    def of(self, form: str) -> int:
        """How many entries there are for a log, or for `event`."""
        return sum(entry.form_id == form for entry in self.entries)

    def counts(self) -> dict[str, int]:
        """How many rows were read, taken and rejected, and what came of them."""
        rows = {"rows": self.rows, "accepted": self.accepted, "rejected": self.rejected, "no_contact": self.no_contact}
        return {**rows, "contacts_found": self.contacts, **{form: self.of(form) for form in (*FORMS, "event")}}

    def reasons(self) -> dict[str, int]:
        """How often each reason was given, as `column: reason`, the most frequent first."""
        counted = Counter(f"{one.column}: {one.reason}" for one in self.problems)
        return dict(counted.most_common())


@dataclass(frozen=True)
class _Row:
    number: int
    cells: dict[str, str]
    at: datetime
    whole_day: bool
    nth: int


class _Rejected(Exception):
    """This row is not brought in."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason


def read_log(table: Table, mapping: Mapping, *, batch: str = "", salt: str = "", file: str = "") -> Reading:
    """The entries in a table.

    Args:
        table: the file's cells.
        mapping: what they mean.
        batch: id of this import, kept in each entry's source so that the whole can be undone.
        salt: changes the entries' keys, so that an import that was undone can be run again.
        file: name of the file, kept in each entry's source.

    Raises:
        ImportProblem: the mapping does not fit the table.
    """
    mapping.check(table)
    return _Reader(table, mapping, {"import": batch, "file": file}, f"{table.signature}/{salt}").read()


class _Reader:
    def __init__(self, table: Table, mapping: Mapping, source: dict[str, Any], key: str) -> None:
        self._table, self._mapping, self._source, self._key = table, mapping, source, key
        self._zone = known_zone(mapping.zone)
        self._index = {column: table.index(column) for column in mapping.columns()}
        self._conversions = {one: one.conversion() for one in mapping.answered}
        self._problems: list[Problem] = []
        self._contacts = 0
        self._times: Counter[datetime] = Counter()
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self) -> Reading:
        rows = list(self._rows())
        entries: list[ImportedEntry] = []
        accepted = 0
        for row in rows:
            daily = list(self._daily(row))
            made = [*daily, *self._contact(row, alone=not daily)]
            entries += made
            accepted += bool(made) or not self._mapping.answered  # then its events are read alone
        entries += self._events(rows)
        problems = sorted(self._problems, key=lambda one: one.row)
        return Reading(len(self._table.rows), accepted, self._contacts, tuple(entries), tuple(problems))

    def _rows(self) -> Iterator[_Row]:
        for number_, cells in self._table.rows:
            named = {column: cells[at] if at < len(cells) else "" for column, at in self._index.items()}
            try:
                self._refuse(number_, cells, named)
                at, whole_day = self._when(named)
                yield _Row(number_, named, at, whole_day, self._times[at])
                self._times[at] += 1
            except _Rejected as why:
                self._problems.append(Problem(number_, why.column, why.reason, whole_row=True))

    def _refuse(self, number_: int, cells: tuple[str, ...], named: dict[str, str]) -> None:
        if len(cells) > len(self._table.header) and any(cell.strip() for cell in cells[len(self._table.header) :]):
            raise _Rejected("row", "it has more cells than there are columns")
        unwanted = self._mapping.leave_out
        if unwanted and unwanted.holds(named[unwanted.column]):
            raise _Rejected(unwanted.column, "left out, as you chose")
        first = self._seen.setdefault(tuple(named.values()), number_)
        if first != number_:
            raise _Rejected("row", f"it repeats row {first}")

    def _when(self, cells: dict[str, str]) -> tuple[datetime, bool]:
        column = self._mapping.date
        try:
            if missing(cells[column]):
                raise NotATime("the date is missing")
            day, clock = read_date(cells[column], self._mapping.order)
            if self._mapping.time:
                column, clock = self._mapping.time, cells[self._mapping.time]
                if missing(clock):
                    raise NotATime("the time is missing")
            if not clock:
                if day > datetime.now(self._zone).date():
                    raise NotATime("this lies in the future")
                return datetime.combine(day, NOON, self._zone), True
            time_of_day, offset = read_time(clock)
            return moment(day, time_of_day, offset, self._zone), False
        except NotATime as why:
            raise _Rejected(column, str(why)) from None

    def _daily(self, row: _Row) -> Iterator[ImportedEntry]:
        answered = self._mapping.of("daily")
        answers, raw = self._answers(row, answered)
        if answers:
            yield self._entry(row, "daily", answers, raw)
        elif answered and not self._is_contact(row):
            columns = ", ".join(one.column for one in answered)
            self._problems.append(Problem(row.number, columns, "nothing in this row can be brought in", whole_row=True))

    def _contact(self, row: _Row, *, alone: bool) -> Iterator[ImportedEntry]:
        """The contact of a row; `alone` when nothing else of it is brought in."""
        answered = self._mapping.of("contact")
        wanted = self._mapping.contact
        if wanted and answered and missing(row.cells[wanted.column]):
            self._problems.append(Problem(row.number, wanted.column, "empty: not said whether it was a contact", False))
        if not self._is_contact(row):
            return
        self._contacts += 1
        answers, raw = self._answers(row, answered)
        if answers:
            if wanted:
                raw["contact"] = row.cells[wanted.column]
            yield self._entry(row, "contact", answers, raw)
        else:
            columns = ", ".join(one.column for one in answered)
            self._problems.append(Problem(row.number, columns, "this contact cannot be brought in", whole_row=alone))

    def _is_contact(self, row: _Row) -> bool:
        wanted = self._mapping.contact
        return bool(self._mapping.of("contact")) and (wanted is None or wanted.holds(row.cells[wanted.column]))

    def _answers(self, row: _Row, answered: tuple[Answered, ...]) -> tuple[dict[str, Any], dict[str, str]]:
        answers: dict[str, Any] = {}
        raw: dict[str, str] = {}
        for one in answered:
            cell = row.cells[one.column]
            try:
                answers[one.field] = self._answer(one, cell)
                raw[one.field] = cell
            except (NotANumber, InvalidAnswer) as why:
                reason = why.wanted if isinstance(why, InvalidAnswer) else str(why)
                self._problems.append(Problem(row.number, one.column, reason, whole_row=False))
        return answers, raw

    def _answer(self, one: Answered, cell: str) -> Any:
        if missing(cell):
            raise NotANumber("empty: nothing was answered")
        question, conversion = one.question(), self._conversions[one]
        if conversion:
            return question.check(plain(conversion(number(cell))))
        return question.check(cell if question.kind == "text" else plain(number(cell)))

    def _entry(self, row: _Row, form: str, answers: dict[str, Any], raw: dict[str, str]) -> ImportedEntry:
        wall = row.at.replace(tzinfo=None).isoformat()
        return ImportedEntry(
            key=f"{self._key}/{form}/{wall}/{row.nth}",
            form_id=form,
            at=row.at,
            zone=self._mapping.zone,
            whole_day=row.whole_day,
            answers=answers,
            source={**self._source, "row": row.number, "raw": raw},
        )

    def _events(self, rows: list[_Row]) -> Iterator[ImportedEntry]:
        column = self._mapping.events
        before = None
        for row in sorted(rows, key=lambda one: one.at) if column else ():
            now = " ".join(row.cells[column or ""].split())
            if missing(now):
                continue
            if before is not None and now != before:
                label = short(f"{column}: {before} → {now}")
                yield self._entry(row, "event", {"label": label, "kind": "phase"}, {"label": now})
            before = now
