"""One save of one response, inside the caller's transaction: find it, lay the answers over it, keep earlier ones."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, insert, select, update

from workbook.content.model import Form
from workbook.errors import CaseMismatch, WorkbookError
from workbook.record import merge, moments, tables
from workbook.record.engine import Prepared
from workbook.record.responses import Answers, Response

QUIET = timedelta(minutes=10)
"""After this long without a save, the next one begins a new version."""
LIVING = frozenset({"exercise", "note"})
"""Kinds of form with one living response a case."""

_r = tables.response.c
RESPONSE_COLUMNS = tuple(_r[name] for name in Response.__dataclass_fields__)
_HIDDEN = ("sitting", "writers", "version_opened_at", "version_closed_at")
_ROW = (*RESPONSE_COLUMNS, *(_r[name] for name in _HIDDEN), _r.case_id)
_BY_ID = select(*_ROW).where(_r.id == bindparam("wanted"))
_LIVING = (
    select(*_ROW)
    .where(_r.case_id == bindparam("of_case"), _r.form_id == bindparam("of_form"))
    .order_by(_r.updated_at.desc())
    .limit(1)
)
_WAS_DELETED = select(tables.deleted.c.case_id).where(tables.deleted.c.response_id == bindparam("wanted"))
_INSERT = insert(tables.response)
_KEEP = insert(tables.version)


@dataclass(frozen=True, repr=False)
class Held:
    """A response as it is stored, with what only a save needs to know."""

    response: Response
    answers: Answers  # our own: those of `response` are handed out, and who gets them may change them
    sitting: str
    writers: dict[str, str]
    version_opened_at: datetime
    version_closed_at: datetime | None

    @property
    def columns(self) -> dict[str, Any]:
        """Name and value of each column but the case's."""
        columns = {**vars(self.response), **vars(self)}
        del columns["response"]
        return columns


@dataclass(frozen=True, repr=False)
class Asked:
    """What a page asks to store."""

    case_id: str
    form: Form
    answers: Mapping[merge.Path, Any]
    response_id: str | None = None
    seen: Mapping[str, Any] | None = None
    at: datetime | None = None
    zone: str | None = None
    whole_day: bool = False
    respondent: str = "client"
    sitting: str = ""
    source: dict[str, Any] | None = None

    @property
    def names(self) -> tuple[str, str] | None:
        """What names one response: its id or its living form; None when each save makes a new entry."""
        if self.response_id:
            return self.form.id, self.response_id
        return (self.form.id, "") if self.form.kind in LIVING else None

    def new(self, now: datetime) -> Held:
        """A first response, not stored yet; its time is `now` unless the page gave one."""
        zone = moments.known_zone(self.zone)
        at = moments.in_utc(self.at, zone) if self.at else now
        response = Response(
            id=self.response_id or str(uuid.uuid4()),
            form_id=self.form.id,
            form_version=self.form.version,
            respondent=self.respondent,
            at=at,
            zone=zone,
            day=moments.day(at, zone),
            whole_day=self.whole_day,
            private=False,
            answers=merge.merge({}, self.answers),
            source=self.source,
            revision=1,
            version=1,
            updated_at=now,
        )
        return Held(response, merge.copy(response.answers), self.sitting, self.writers({}), now, None)

    def row(self, now: datetime) -> dict[str, Any]:
        """A first response as a row of its table."""
        return self.new(now).columns | {"case_id": self.case_id}

    def writers(self, known: Mapping[str, str]) -> dict[str, str]:
        """Who wrote which answer, after this save."""
        mine = {merge.name_of(path): self.sitting for path in self.answers}
        return {name: sitting for name, sitting in {**known, **mine}.items() if sitting}


def save(connection: Connection, asked: Asked, known: Held | None = None) -> tuple[Held, Answers]:
    """Store what is asked; returns what now is stored and the answers of another page that were replaced.

    `known` is what this process stored last; it is used when nobody else saved since, which spares reading it again.

    Raises:
        CaseMismatch: the response belongs to another case.
        WorkbookError: the response was deleted, or belongs to another form.
    """
    now = moments.now()
    if known is not None:
        planned, earlier = plan(asked, known, now)
        if planned is not known and _write(connection, known, planned):
            return planned, earlier
    held = _find(connection, asked)
    if held is None:
        return _add(connection, asked, now), {}
    planned, earlier = plan(asked, held, now)
    if planned is not held:
        _write(connection, held, planned)
    return planned, earlier


def plan(asked: Asked, held: Held, now: datetime) -> tuple[Held, Answers]:
    """What shall be stored, and the answers of another page that it replaces; `held` itself when nothing changes."""
    old, stored = held.response, held.answers

    def mine(path: merge.Path) -> bool:
        return bool(asked.sitting) and held.writers.get(merge.name_of(path)) == asked.sitting

    answers = merge.merge(stored, {**asked.answers, **merge.revived(stored, asked.answers, mine)})
    earlier = {} if asked.seen is None else merge.conflicts(asked.form, stored, asked.answers, asked.seen, mine)
    at, zone, day, whole_day = _time(asked, old)
    if answers == stored and (at, zone, whole_day) == (old.at, old.zone, old.whole_day):
        return held, earlier  # a repeated message: all of it is on the disk already
    quiet = now - old.updated_at > QUIET
    ended = quiet or held.version_closed_at is not None or asked.sitting != held.sitting
    begins = bool(stored) and answers != stored and (ended or bool(earlier) or old.form_version != asked.form.version)
    changed = {
        "form_version": asked.form.version,
        "at": at,
        "zone": zone,
        "day": day,
        "whole_day": whole_day,
        "answers": merge.copy(answers),
        "source": asked.source or old.source,
        "revision": old.revision + 1,
        "version": old.version + begins,
        "updated_at": now,
    }
    response = Response(**{**vars(old), **changed})
    writers = asked.writers({} if quiet else held.writers)
    opened_at = now if begins else held.version_opened_at
    return Held(response, answers, asked.sitting, writers, opened_at, None), earlier


def _find(connection: Connection, asked: Asked) -> Held | None:
    row = None
    if asked.response_id:
        row = connection.execute(_BY_ID, {"wanted": asked.response_id}).first()
        if row is None and connection.execute(_WAS_DELETED, {"wanted": asked.response_id}).scalar() == asked.case_id:
            raise WorkbookError("This entry was deleted, so nothing more is stored in it.")
    if row is None and asked.form.kind in LIVING:
        row = connection.execute(_LIVING, {"of_case": asked.case_id, "of_form": asked.form.id}).first()
    if row is None:
        return None
    if row.case_id != asked.case_id:
        raise CaseMismatch("This entry belongs to another case than the page. Please reload the page.")
    if row.form_id != asked.form.id:
        raise WorkbookError("This entry belongs to another form than the page says. Please reload the page.")
    response = Response(*row[: len(RESPONSE_COLUMNS)])
    return Held(response, merge.copy(response.answers), *(getattr(row, name) for name in _HIDDEN))


def _add(connection: Connection, asked: Asked, now: datetime) -> Held:
    held = asked.new(now)
    if held.response.answers:  # nothing was answered yet: nothing to store
        connection.execute(_INSERT, held.columns | {"case_id": asked.case_id})
    return held


def _write(connection: Connection, held: Held, planned: Held) -> bool:
    """Store what differs; False, with nothing done, when somebody else saved since `held` was read."""
    before = held.columns
    changed = {name: value for name, value in planned.columns.items() if value != before[name]}
    wanted = {"wanted": held.response.id, "unless_saved": held.response.revision}
    values = {f"new_{name}": value for name, value in changed.items()}
    if _update(tuple(changed), connection.dialect).run(connection, wanted | values) == 0:
        return False
    if planned.response.version != held.response.version:
        _keep(connection, held)
    return True


@cache
def _update(names: tuple[str, ...], dialect: Dialect) -> Prepared:
    statement = (
        update(tables.response)
        .where(_r.id == bindparam("wanted"), _r.revision == bindparam("unless_saved"))
        .values({name: bindparam(f"new_{name}", type_=_r[name].type) for name in names})
    )
    return Prepared(statement, dialect)


def _keep(connection: Connection, held: Held) -> None:
    old = held.response
    kept = {
        "response_id": old.id,
        "number": old.version,
        "form_version": old.form_version,
        "answers": held.answers,
        "opened_at": held.version_opened_at,
        "closed_at": held.version_closed_at or old.updated_at,
    }
    connection.execute(_KEEP, kept)


def _time(asked: Asked, old: Response) -> tuple[datetime, str, str, bool]:
    if asked.at is None:
        return old.at, old.zone, old.day, old.whole_day
    zone = moments.known_zone(asked.zone) if asked.zone else old.zone
    at = moments.in_utc(asked.at, zone)
    return at, zone, moments.day(at, zone), asked.whole_day
