"""The tables of a practice. One `response` table for all forms: a new form needs no migration."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import JSON, Boolean, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment: kept in UTC without a zone, because SQLite drops zones; always handed out with UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could tell when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand out UTC."""
        return value and value.replace(tzinfo=UTC)


migration = Table(
    "migration",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("applied_at", Moment, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)

case = Table(
    "case",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),  # 1, 2, 3 … in the order in which cases were opened
    Column("alias", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

response = Table(
    "response",
    metadata,
    Column("id", String, primary_key=True),
    Column("case_id", String, ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
    Column("form_id", String, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("respondent", String, nullable=False),  # client, partner or counselor
    Column("at", Moment, nullable=False),  # when it was true, not when it was typed
    Column("zone", String, nullable=False),  # IANA name or offset
    Column("day", String, nullable=False),  # local calendar date of `at` in `zone`
    Column("whole_day", Boolean, nullable=False),  # the hour of `at` means nothing
    Column("private", Boolean, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("source", JSON),  # where an imported answer came from, with its raw values
    Column("revision", Integer, nullable=False),  # saves so far
    Column("updated_at", Moment, nullable=False),
    Column("sitting", String, nullable=False),  # which opening of a page saved last
    Column("writers", JSON, nullable=False),  # answer path -> sitting that wrote it lately
    Column("version", Integer, nullable=False),  # number of the current version, from 1
    Column("version_opened_at", Moment, nullable=False),
    Column("version_closed_at", Moment),  # the next save begins a new version
    Index("response_by_form", "case_id", "form_id", "at"),
)

version = Table(
    "version",
    metadata,
    Column("response_id", String, ForeignKey("response.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("form_version", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment, nullable=False),
)

deleted = Table(  # ids alone, so that a late save or a second import does not bring back what a client deleted
    "deleted",
    metadata,
    Column("response_id", String, primary_key=True),
    Column("case_id", String, ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
)

erased = Table(  # what is left of an erased case: its number, so that no other case gets it, and the dates
    "erased",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("erased_at", Moment, nullable=False),
    Column("pending", JSON),  # id and aliases while the erasing is not finished, so that it can be run again
)

weighed = Table(  # the day on which the case's answers were weighed for flags; whatever is stored takes the mark away
    "weighed",
    metadata,
    Column("case_id", String, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String, nullable=False),
)

flag = Table(
    "flag",
    metadata,
    Column("id", String, primary_key=True),
    Column("case_id", String, ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("form_id", String, nullable=False),
    Column("response_id", String, ForeignKey("response.id", ondelete="SET NULL")),
    Column("reason", Text, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("note", Text),
    Column("decision", String),  # keep-closed or open
    Index("flag_by_case", "case_id", "settled_at"),
)
