"""How a case ends: closed and opened again with a reason, and the day until which its record is kept.

Each of these is a dated entry of the form `ending`. A closed case can be read and printed; the database itself refuses
to write into it (`migrations.case_endings`), whichever process asks.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select, update

from workbook.content import load
from workbook.errors import CaseClosed, InvalidAnswer, WorkbookError
from workbook.record import merge, moments, tables
from workbook.record.responses import CaseInfo
from workbook.record.save import Asked
from workbook.record.save import save as save_response

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice

FORM = "ending"
CLOSING = ("agreed", "client", "elsewhere", "counselor", "quiet", "other")
"""Reasons to close a case; their words stand in the form."""
REOPENING = ("again", "addition", "mistake", "other")
"""Reasons to open it again."""
YEARS = "retention_years"
"""Name of the practice's setting: years for which records are kept. Empty until a counselor enters it."""
_MOST_YEARS = 200
What = Literal["closed", "reopened", "kept"]


@dataclass(frozen=True)
class Ending:
    """One closing, opening again or change of the retention date; `day` is when it was written (local, ISO)."""

    what: What
    reason: str = ""
    note: str = field(default="", repr=False)
    keep_until: date | None = None
    day: str = ""


@dataclass(frozen=True)
class Erased:
    """What is left of an erased case. `pending` is true while its erasing was begun and not finished."""

    number: int
    opened_at: datetime
    closed_at: datetime | None
    erased_at: datetime
    pending: bool


def close(case: Case, reason: str, note: str = "", keep_until: date | None = None) -> CaseInfo:
    """Close a case; returns how it stands now.

    Raises:
        InvalidAnswer: the reason is none of CLOSING, or ‘other’ without a note.
        CaseClosed: it is closed already.
    """
    with case.practice.writing() as connection:
        if _closed_at(connection, case) is not None:
            raise CaseClosed("This case is closed already.")
        _among(reason, CLOSING, note)
        _add(connection, case, Ending("closed", reason, note, keep_until))
        _set_closed(connection, case, moments.now())
    return _renew(case)


def reopen(case: Case, reason: str, note: str = "") -> CaseInfo:
    """Open a closed case; its retention date goes. Raises InvalidAnswer as `close`, WorkbookError if it is open."""
    with case.practice.writing() as connection:
        if _closed_at(connection, case) is None:
            raise WorkbookError("This case is open already.")
        _set_closed(connection, case, None)
        _among(reason, REOPENING, note)
        _add(connection, case, Ending("reopened", reason, note))
    return _renew(case)


def keep_until(case: Case, day: date | None, note: str = "") -> None:
    """Set, change or take away (None) the retention date of a closed case; WorkbookError if it is open."""
    with case.practice.writing() as connection:
        closed_at = _closed_at(connection, case)
        if closed_at is None:
            raise WorkbookError("A retention date belongs to a closed case. Please close the case first.")
        _set_closed(connection, case, None)  # for the length of this transaction, which nobody else sees
        _add(connection, case, Ending("kept", note=note, keep_until=day))
        _set_closed(connection, case, closed_at)


def history(case: Case) -> list[Ending]:
    """All closings, openings and changes of the retention date, oldest first."""
    return [
        Ending(
            what=entry.answers["what"],
            reason=entry.answers.get("reason", ""),
            note=entry.answers.get("note", ""),
            keep_until=date.fromisoformat(day) if (day := entry.answers.get("keep_until")) else None,
            day=entry.day,
        )
        for entry in case.entries(FORM)
        if entry.answers.get("what")
    ]


def kept_until(case: Case) -> date | None:
    """The retention date of a closed case; None while it is open, or when none was set."""
    if case.info.closed_at is None:
        return None
    newest = next(reversed(history(case)), None)
    return newest.keep_until if newest and newest.what != "reopened" else None


def due(practice: Practice, today: date) -> list[Case]:
    """Closed cases whose retention date has come, the oldest date first. Nothing happens to them by itself."""
    cases = [practice.case(info.id) for info in practice.cases() if info.closed_at is not None]
    dated = [(day, case.info.number, case) for case in cases if (day := kept_until(case)) is not None and day <= today]
    return [case for _, _, case in sorted(dated, key=lambda one: one[:2])]


def years(practice: Practice) -> float | None:
    """For how many years this practice keeps records; None while nobody entered it."""
    found = practice.setting(YEARS)
    return float(found) if found else None


def set_years(practice: Practice, value: Any) -> None:
    """Set it; "" or None takes it away. Raises InvalidAnswer for what is no number of years above 0."""
    if value in ("", None):
        practice.set_setting(YEARS, None)
        return
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number <= _MOST_YEARS:
        raise InvalidAnswer("Years", f"a number above 0 and up to {_MOST_YEARS}, or nothing, was expected.")
    practice.set_setting(YEARS, number)


def usual_date(practice: Practice, today: date) -> date | None:
    """The retention date that the practice's years give for a case closed today; None without them."""
    number = years(practice)
    if number is None:
        return None
    whole, part = divmod(number * 12, 1)
    month = today.month - 1 + int(whole) + (1 if part else 0)
    year, month = today.year + month // 12, month % 12 + 1
    return date.max if year > date.max.year else date(year, month, min(today.day, monthrange(year, month)[1]))


def erased(practice: Practice) -> list[Erased]:
    """Number and dates of all erased cases, by number."""
    e = tables.erased.c
    with practice.reading() as connection:
        rows = connection.execute(select(tables.erased).order_by(e.number)).all()
    return [Erased(row.number, row.opened_at, row.closed_at, row.erased_at, row.pending is not None) for row in rows]


def _among(reason: str, reasons: tuple[str, ...], note: str) -> None:
    if reason not in reasons:
        raise InvalidAnswer("Reason", "a reason from the list was expected.")
    if reason == "other" and not note.strip():
        raise InvalidAnswer("Note", "a sentence on the reason was expected, because ‘another reason’ was chosen.")


def _add(connection: Connection, case: Case, one: Ending) -> None:
    day = one.keep_until.isoformat() if one.keep_until else ""
    given = {"what": one.what, "reason": one.reason, "note": one.note.strip(), "keep_until": day}
    form = load.form(FORM)
    checked = merge.check(form, {name: value for name, value in given.items() if value})
    checked.expect_whole()
    save_response(connection, Asked(case.info.id, form, checked.answers, respondent="counselor"))


def _closed_at(connection: Connection, case: Case) -> datetime | None:
    c = tables.case.c
    row = connection.execute(select(c.closed_at).where(c.id == case.info.id)).first()
    if row is None:
        raise WorkbookError("This practice has no such case any more. Please choose another one on the start page.")
    found: datetime | None = row.closed_at
    return found


def _set_closed(connection: Connection, case: Case, at: datetime | None) -> None:
    connection.execute(update(tables.case).where(tables.case.c.id == case.info.id).values(closed_at=at))


def _renew(case: Case) -> CaseInfo:
    case.info = case.practice.case(case.info.id).info
    return case.info
