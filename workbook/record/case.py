"""A case: one client's work, its responses with their versions, and its flags."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, func, insert, select, update

from workbook.content import load
from workbook.content.model import Form
from workbook.content.words import t
from workbook.errors import CaseMismatch, GateClosed, InvalidAnswer, WorkbookError
from workbook.record import merge, moments, tables
from workbook.record.responses import Answers, CaseInfo, Decision, Flag, ImportedEntry, Response, Saved, Version
from workbook.record.save import RESPONSE_COLUMNS, Asked, Held
from workbook.record.save import save as save_response
from workbook.record.sharing import shared
from workbook.record.standing import no_contact
from workbook.rules import gates
from workbook.rules.text import clean

if TYPE_CHECKING:
    from workbook.record.practice import Practice

__all__ = ["Case", "CaseInfo", "Flag", "ImportedEntry", "Response", "Saved", "Version"]

_r, _f = tables.response.c, tables.flag.c
_OF_CASE = _r.case_id == bindparam("of_case")
_OF_FORM = select(*RESPONSE_COLUMNS).where(_OF_CASE, _r.form_id == bindparam("of_form"))
_IN_TIME = (_r.at, _r.updated_at, _r.id)
"""Of several entries for the same moment (a whole day is one) the one saved last is the newest."""
_NEWEST = _OF_FORM.order_by(*(one.desc() for one in _IN_TIME)).limit(bindparam("at_most"))
_READ = _OF_FORM.order_by(_r.updated_at.desc()).limit(1)
_COUNT = select(func.count()).select_from(tables.response).where(_OF_CASE, _r.form_id == bindparam("of_form"))
_ANSWERED = select(_r.form_id).where(_OF_CASE).distinct()  # read from the index alone
_LAST_SAVED = select(_r.form_id, func.max(_r.updated_at).label("last")).where(_OF_CASE).group_by(_r.form_id)
_FLAG = select(*(_f[name] for name in Flag.__dataclass_fields__))

_NEAR = timedelta(days=2)
_REMEMBERED = 32  # responses, the ones saved last: about as many as a page has


class Case:
    """One case of an open practice. Every call reads and writes this case alone."""

    def __init__(self, owner: Practice, info: CaseInfo) -> None:
        self.practice = owner
        self.info = info
        self._recent: dict[tuple[str, str] | None, Held] = {}

    def __repr__(self) -> str:
        return f"<Case {self.info.number}>"

    def expect(self, case_id: str) -> None:
        """Raises CaseMismatch unless a message that carries this case id is meant for this case."""
        if case_id != self.info.id:
            raise CaseMismatch("This page belongs to another case than the one that was sent. Please reload the page.")

    # --- what is stored

    def read(self, form_id: str) -> Response | None:
        """The living answer of an exercise or note (else the entry that was saved last); None before the first save."""
        with self.practice.reading() as connection:
            row = connection.execute(_READ, self._of(form_id)).first()
        return None if row is None else _response(row)

    def answers(self, form_id: str) -> Answers:
        """The living answers of an exercise or note; none before the first save."""
        kept = self.read(form_id)
        return kept.answers if kept else {}

    @property
    def alias(self) -> str:
        """What the client is called: the alias that the client wants, else the case's."""
        return self.answers("about-case").get("client_alias") or self.info.alias

    def read_all(self, form_ids: Iterable[str]) -> dict[str, Response]:
        """The answers of these forms that were saved last, by form id, in one reading; forms without any are absent."""
        wanted = select(*RESPONSE_COLUMNS).where(_OF_CASE, _r.form_id.in_(list(form_ids))).order_by(_r.updated_at)
        with self.practice.reading() as connection:
            rows = connection.execute(wanted, {"of_case": self.info.id}).all()
        return {row.form_id: _response(row) for row in rows}

    def latest(self, form_id: str) -> Response | None:
        """The entry with the latest time, or None."""
        return next(iter(self.newest(form_id, 1)), None)

    def response(self, response_id: str) -> Response | None:
        """The response with this id, or None if there is none; CaseMismatch if it belongs to another case."""
        with self.practice.reading() as connection:
            if self._owned(connection, response_id) is None:
                return None
            found = connection.execute(select(*RESPONSE_COLUMNS).where(_r.id == response_id)).one()
            return _response(found)

    def entries(
        self,
        form_id: str,
        *,
        include_private: bool = True,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
    ) -> list[Response]:
        """The entries of a form in the order of their times.

        `since` and `until` are included: a date compares with the local day, a datetime (UTC if without zone) with the
        moment. Without `include_private` also what the client did not tick as shared is left out.
        """
        wanted = _OF_FORM
        if not include_private:
            wanted = wanted.where(_r.private.is_(False))
        if since is not None:
            wanted = wanted.where(_bounded(since, after=True))
        if until is not None:
            wanted = wanted.where(_bounded(until, after=False))
        with self.practice.reading() as connection:
            rows = connection.execute(wanted.order_by(*_IN_TIME), self._of(form_id)).all()
        found = [_response(row) for row in rows]
        form = None if include_private else load.forms().get(form_id)
        return found if form is None else [one for entry in found if (one := shared(entry, form))]

    def newest(self, form_id: str, count: int) -> list[Response]:
        """The entries of a form with the latest times, at most `count`, the newest first."""
        asked = {**self._of(form_id), "at_most": max(count, 0)}
        with self.practice.reading() as connection:
            return [_response(row) for row in connection.execute(_NEWEST, asked)]

    def count(self, form_id: str) -> int:
        """How many entries a form has."""
        with self.practice.reading() as connection:
            return connection.execute(_COUNT, self._of(form_id)).scalar_one()

    def answered(self) -> frozenset[str]:
        """Ids of the forms that have a response."""
        with self.practice.reading() as connection:
            return frozenset(connection.execute(_ANSWERED, {"of_case": self.info.id}).scalars())

    def last_saved(self) -> dict[str, datetime]:
        """When each form was last saved (UTC), by form id; forms without a response are absent."""
        with self.practice.reading() as connection:
            return {row.form_id: row.last for row in connection.execute(_LAST_SAVED, {"of_case": self.info.id})}

    def versions(self, response_id: str) -> list[Version]:
        """The earlier versions, oldest first; the current answers are those of the response."""
        v = tables.version.c
        columns = [v[name] for name in Version.__dataclass_fields__]
        with self.practice.reading() as connection:
            self._owned(connection, response_id)
            rows = connection.execute(select(*columns).where(v.response_id == response_id).order_by(v.number))
            return [Version(**row._mapping) for row in rows]

    # --- saving

    def save(  # what a page knows about a save; all but two have a default
        self,
        form_id: str,
        patch: Mapping[str, Any],
        *,
        response_id: str | None = None,
        seen: Mapping[str, Any] | None = None,
        at: datetime | None = None,
        zone: str | None = None,
        whole_day: bool = False,
        respondent: str = "client",
        sitting: str = "",
    ) -> Saved:
        """Store answers; they are on the disk when this returns.

        An exercise or note has one living response; any other form gets a new entry unless `response_id` names one (an
        id made by the page is taken over). null and "" take an answer back; rows are merged row by row and field by
        field. A new version begins after ten quiet minutes, after `close_version`, for another `sitting` (one opening
        of a page), or when an answer of another page that is not in `seen` is replaced; that one is in `earlier` then.

        Raises:
            InvalidAnswer, GateClosed: no answer of the patch fits its field, or all of them reach a partner who wants
                no contact. If some can be stored, they are, and `refused` says why the others are not.
            CaseMismatch: the response belongs to another case.
            WorkbookError: the response was deleted, or belongs to another form.
        """
        form = load.form(form_id)
        checked = self._checked(form, patch)
        if not checked.answers:
            checked.expect_whole()
        asked = Asked(
            case_id=self.info.id,
            form=form,
            answers=checked.answers,
            response_id=response_id,
            seen=seen,
            at=at,
            zone=zone,
            whole_day=whole_day,
            respondent=respondent,
            sitting=sitting,
        )
        with self.practice.writing() as connection:
            held, earlier = save_response(connection, asked, self._recent.pop(asked.names, None))
        if asked.names is not None:
            self._recent[asked.names] = held
        if len(self._recent) > _REMEMBERED:
            self._recent.pop(next(iter(self._recent)))
        refused = {field: str(error) for field, error in checked.refused.items()}
        return Saved(held.response, moments.now(), earlier, refused)

    def add_import(self, rows: Iterable[ImportedEntry]) -> int:
        """Add all entries that are not there yet, in one transaction; returns how many were added.

        An entry that was imported before and deleted since stays deleted.

        Raises:
            InvalidAnswer, GateClosed: an answer does not fit its field, or reaches a partner who wants no contact; then
                nothing of the import is stored.
        """
        now = moments.now()
        fresh = {asked.response_id: asked for asked in map(self._imported, rows)}
        with self.practice.writing() as connection:
            held = connection.execute(select(_r.id).where(_r.case_id == self.info.id)).scalars()
            gone = connection.execute(select(tables.deleted.c.response_id)).scalars()
            for known in (*held, *gone):
                fresh.pop(known, None)
            added = [asked.new(now) for asked in fresh.values()]
            if added:
                connection.execute(insert(tables.response), added)
        return len(added)

    def remove_import(self, import_id: str) -> int:
        """Delete all entries that came with one import and were not changed since; returns how many.

        Unlike an entry that a client deletes, they leave no mark behind: the same file may come in again.
        """
        of_import = (_r.case_id == self.info.id, _r.source["import"].as_string() == import_id, _r.revision == 1)
        with self.practice.writing() as connection:
            removed: int = connection.execute(delete(tables.response).where(*of_import)).rowcount
        self.practice.checkpoint()  # also out of the write-ahead log
        return removed

    def close_version(self, response_id: str) -> None:
        """Close the current version (the page was left, or signed): the next save begins a new one."""
        self._change(response_id, version_closed_at=moments.now())

    def set_private(self, response_id: str, private: bool) -> None:
        """Leave an entry out of tables, charts and PDFs, or take it in again."""
        self._change(response_id, private=private)

    def delete(self, response_id: str) -> None:
        """Delete an entry with all its versions. Its pages in the file are overwritten; kept backups still hold it."""
        with self.practice.writing() as connection:
            if self._owned(connection, response_id) is None:
                return
            connection.execute(delete(tables.response).where(_r.id == response_id))
            connection.execute(insert(tables.deleted).values(response_id=response_id, case_id=self.info.id))
        self.practice.checkpoint()  # also out of the write-ahead log

    # --- flags

    def raise_flag(self, kind: str, form_id: str, response_id: str | None, reason: str) -> Flag:
        """A flag for the counselor; the one that is open already if there is one of this kind from this response."""
        with self.practice.writing() as connection:
            if response_id is not None:
                self._owned(connection, response_id)
            same = (_f.case_id == self.info.id, _f.kind == kind, _f.form_id == form_id, _f.settled_at.is_(None))
            of_this = _f.response_id.is_not_distinct_from(response_id)
            if (found := connection.execute(_FLAG.where(*same, of_this)).first()) is not None:
                return Flag(**found._mapping)
            flag = Flag(str(uuid.uuid4()), kind, form_id, response_id, clean(reason), moments.now())
            connection.execute(insert(tables.flag).values(case_id=self.info.id, **vars(flag)))
            return flag

    def flags(self, open_only: bool = True) -> list[Flag]:
        """The flags in the order in which they were raised."""
        wanted = _FLAG.where(_f.case_id == self.info.id).order_by(_f.raised_at, _f.id)
        if open_only:
            wanted = wanted.where(_f.settled_at.is_(None))
        with self.practice.reading() as connection:
            return [Flag(**row._mapping) for row in connection.execute(wanted)]

    def settle_flag(self, flag_id: str, note: str, decision: Decision) -> Flag:
        """Settle a flag by the counselor's dated entry.

        Raises:
            InvalidAnswer: the note is empty, or the decision is neither "keep-closed" nor "open".
            WorkbookError: the case has no such open flag.
        """
        note = clean(note).strip()
        if not note:
            raise InvalidAnswer("Note", "a flag is settled by a note that says why.")
        if decision not in get_args(Decision):
            raise InvalidAnswer("Decision", f"one of {', '.join(get_args(Decision))} was expected.")
        change = {"settled_at": moments.now(), "note": note, "decision": decision}
        waiting = (_f.id == flag_id, _f.case_id == self.info.id, _f.settled_at.is_(None))
        with self.practice.writing() as connection:
            if not connection.execute(update(tables.flag).where(*waiting).values(**change)).rowcount:
                raise WorkbookError("This flag is not open any more. Please reload the page.")
            return Flag(**connection.execute(_FLAG.where(_f.id == flag_id)).one()._mapping)

    def _of(self, form_id: str) -> dict[str, str]:
        return {"of_case": self.info.id, "of_form": form_id}

    def _owned(self, connection: Connection, response_id: str) -> str | None:
        owner = connection.execute(select(_r.case_id).where(_r.id == response_id)).scalar()
        if owner is not None:
            self.expect(owner)
        return owner

    def _change(self, response_id: str, **change: Any) -> None:
        with self.practice.writing() as connection:
            if self._owned(connection, response_id) is None:
                raise WorkbookError("This entry is not there any more. Please reload the page.")
            change["revision"] = _r.revision + 1  # tells the other pages that what they remember is old
            connection.execute(update(tables.response).where(_r.id == response_id).values(**change))

    def _checked(self, form: Form, patch: Mapping[str, Any]) -> merge.Checked:
        """What of a patch may be stored: what fits, less what reaches the partner where there is no contact."""
        checked = merge.check(form, patch)
        reaching = [path for path in checked.answers if form.reaching and path[::2] in form.reaching]
        if reaching and form.audience != "counselor" and no_contact(self):
            for path in reaching:
                del checked.answers[path]
                checked.refused[path[0]] = GateClosed(t(gates.NEUTRAL))
        return checked

    def _imported(self, row: ImportedEntry) -> Asked:
        form = load.form(row.form_id)
        checked = self._checked(form, row.answers)
        checked.expect_whole()
        return Asked(
            case_id=self.info.id,
            form=form,
            answers=checked.answers,
            response_id=str(uuid.uuid5(uuid.UUID(self.info.id), row.key)),
            at=row.at,
            zone=row.zone,
            whole_day=row.whole_day,
            source=row.source,
        )


def _response(row: Row[Any]) -> Response:
    return Response(**row._mapping)


def _bounded(bound: date | datetime, *, after: bool) -> ColumnElement[bool]:
    if isinstance(bound, datetime):
        moment = bound if bound.tzinfo else bound.replace(tzinfo=UTC)
        return _r.at >= moment if after else _r.at <= moment
    # the index knows moments, not days; a local day lies within two days of its moment in UTC
    midnight = datetime.combine(bound, time(), UTC)
    if after:
        return and_(_r.day >= bound.isoformat(), _r.at >= midnight - _NEAR)
    return and_(_r.day <= bound.isoformat(), _r.at <= midnight + _NEAR)
