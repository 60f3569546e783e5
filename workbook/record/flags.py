"""Flags inside the caller's transaction: what the counselor must see, and the dated entry that settles it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from sqlalchemy import Connection, Row, delete, insert, select, update

from workbook.errors import InvalidAnswer, WorkbookError
from workbook.record import moments, tables
from workbook.record.responses import Decision, Flag
from workbook.rules.text import clean

_f = tables.flag.c
_SELECT = select(*(_f[name] for name in Flag.__dataclass_fields__))


def raise_flag(connection: Connection, case_id: str, flag: Flag) -> Flag:
    """Keep a new flag, unless one of the same kind from the same response is open: then that one."""
    same = (_f.case_id == case_id, _f.kind == flag.kind, _f.form_id == flag.form_id, _f.settled_at.is_(None))
    found = connection.execute(_SELECT.where(*same, _f.response_id.is_not_distinct_from(flag.response_id))).first()
    if found is not None:
        return _flag(found)
    connection.execute(insert(tables.flag).values(case_id=case_id, **vars(flag)))
    return flag


def listed(connection: Connection, case_id: str, open_only: bool) -> list[Flag]:
    """The case's flags in the order in which they were raised."""
    wanted = _SELECT.where(_f.case_id == case_id).order_by(_f.raised_at, _f.id)
    if open_only:
        wanted = wanted.where(_f.settled_at.is_(None))
    return [_flag(row) for row in connection.execute(wanted)]


def settle(connection: Connection, case_id: str, flag_id: str, note: str, decision: Decision) -> Flag:
    """Settle an open flag; InvalidAnswer without a note or with another decision, WorkbookError without such a flag."""
    note = clean(note).strip()
    if not note:
        raise InvalidAnswer("Note", "a flag is settled by a note that says why.")
    if decision not in get_args(Decision):
        raise InvalidAnswer("Decision", f"one of {', '.join(get_args(Decision))} was expected.")
    change = {"settled_at": moments.now(), "note": note, "decision": decision}
    open_one = (_f.id == flag_id, _f.case_id == case_id, _f.settled_at.is_(None))
    if not connection.execute(update(tables.flag).where(*open_one).values(**change)).rowcount:
        raise WorkbookError("This flag is not open any more. Please reload the page.")
    return _flag(connection.execute(_SELECT.where(_f.id == flag_id)).one())


def weighed(connection: Connection, case_id: str) -> bool:
    """Were the case's answers weighed today, and nothing stored since?"""
    mark = select(tables.weighed.c.day).where(tables.weighed.c.case_id == case_id)
    return connection.execute(mark).scalar() == date.today().isoformat()


def mark_weighed(connection: Connection, case_id: str) -> None:
    """The answers were weighed just now; the practice itself forgets this with the next answer."""
    connection.execute(delete(tables.weighed).where(tables.weighed.c.case_id == case_id))
    connection.execute(insert(tables.weighed).values(case_id=case_id, day=date.today().isoformat()))


def _flag(row: Row[Any]) -> Flag:
    return Flag(**row._mapping)
