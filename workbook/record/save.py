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
from workbook.record.responses import LIVING, Answers, Response

QUIET = timedelta(minutes=10)
"""After this long without a save, the next one begins a new version."""

_r = tables.response.c
_SHOWN = tuple(Response.__dataclass_fields__)
RESPONSE_COLUMNS = tuple(_r[name] for name in _SHOWN)
_HIDDEN = ("case_id", "sitting", "writers", "version_opened_at", "version_closed_at")
_ROW = (*RESPONSE_COLUMNS, *(_r[name] for name in _HIDDEN))
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
    """A response as it is stored: every column of its row. Its answers are never handed out, only copies of them."""

    row: Mapping[str, Any]

    @property
    def response(self) -> Response:
        """The response, to be handed out: whoever gets it may change its answers."""
        shown = {name: self.row[name] for name in _SHOWN}
        return Response(**{**shown, "answers": merge.copy(self.row["answers"])})


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

    def new(self, now: datetime) -> dict[str, Any]:
        """A first response as a row of its table, not stored yet; its time is `now` unless the page gave one."""
        zone = moments.known_zone(self.zone, self.at or now)
        at = moments.in_utc(self.at, zone) if self.at else now
        return {
            "id": self.response_id or str(uuid.uuid4()),
            "case_id": self.case_id,
            "form_id": self.form.id,
            "form_version": self.form.version,
            "respondent": self.respondent,
            "at": at,
            "zone": zone,
            "day": moments.day(at, zone),
            "whole_day": self.whole_day,
            "private": False,
            "answers": merge.merge({}, self.answers),
            "source": self.source,
            "revision": 1,
            "updated_at": now,
            "sitting": self.sitting,
            "writers": self.writers({}),
            "version": 1,
            "version_opened_at": now,
            "version_closed_at": None,
        }

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
        changed, earlier = plan(asked, known.row, now)
        if changed and _write(connection, known.row, changed):
            return Held({**known.row, **changed}), earlier
    held = _find(connection, asked)
    if held is None:
        row = asked.new(now)
        if row["answers"]:  # nothing was answered yet: nothing to store
            connection.execute(_INSERT, row)
        return Held(row), {}
    changed, earlier = plan(asked, held, now)
    if changed:
        _write(connection, held, changed)
    return Held({**held, **changed}), earlier


def plan(asked: Asked, held: Mapping[str, Any], now: datetime) -> tuple[dict[str, Any], Answers]:
    """The columns that change, none when all of it is stored already, and another page's answers that are replaced."""
    stored = held["answers"]

    def mine(path: merge.Path) -> bool:
        return bool(asked.sitting) and held["writers"].get(merge.name_of(path)) == asked.sitting

    answers = merge.merge(stored, {**asked.answers, **merge.revived(stored, asked.answers, mine)})
    earlier = {} if asked.seen is None else merge.conflicts(asked.form, stored, asked.answers, asked.seen, mine)
    time = _time(asked, held)
    if answers == stored and not time:
        return {}, earlier  # a repeated message
    quiet = now - held["updated_at"] > QUIET
    ended = quiet or held["version_closed_at"] is not None or asked.sitting != held["sitting"]
    outdated = held["form_version"] != asked.form.version
    begins = bool(stored) and answers != stored and (ended or bool(earlier) or outdated)
    wanted = {
        "form_version": asked.form.version,
        "sitting": asked.sitting,
        "writers": asked.writers({} if quiet else held["writers"]),
        "version": held["version"] + begins,
        "version_opened_at": now if begins else held["version_opened_at"],
        "version_closed_at": None,
    }
    changed = {name: value for name, value in wanted.items() if value != held[name]}
    return {**changed, **time, "answers": answers, "revision": held["revision"] + 1, "updated_at": now}, earlier


def _find(connection: Connection, asked: Asked) -> Mapping[str, Any] | None:
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
    return row._asdict()


def _write(connection: Connection, held: Mapping[str, Any], changed: Mapping[str, Any]) -> bool:
    """Store what differs; False, with nothing done, when somebody else saved since `held` was read."""
    values = {f"new_{name}": value for name, value in changed.items()}
    values |= {"wanted": held["id"], "unless_saved": held["revision"]}
    if _update(tuple(changed), connection.dialect).run(connection, values) == 0:
        return False
    if "version" in changed:
        kept = {
            "response_id": held["id"],
            "number": held["version"],
            "form_version": held["form_version"],
            "answers": held["answers"],
            "opened_at": held["version_opened_at"],
            "closed_at": held["version_closed_at"] or held["updated_at"],
        }
        connection.execute(_KEEP, kept)
    return True


@cache
def _update(names: tuple[str, ...], dialect: Dialect) -> Prepared:
    statement = (
        update(tables.response)
        .where(_r.id == bindparam("wanted"), _r.revision == bindparam("unless_saved"))
        .values({name: bindparam(f"new_{name}", type_=_r[name].type) for name in names})
    )
    return Prepared(statement, dialect)


def _time(asked: Asked, held: Mapping[str, Any]) -> dict[str, Any]:
    """What changes of the time; nothing when the page gave none, or the same."""
    if asked.at is None:
        return {}
    zone = moments.known_zone(asked.zone, asked.at) if asked.zone else held["zone"]
    at = moments.in_utc(asked.at, zone)
    time = {"at": at, "zone": zone, "whole_day": asked.whole_day}
    return {**time, "day": moments.day(at, zone)} if any(held[name] != value for name, value in time.items()) else {}
