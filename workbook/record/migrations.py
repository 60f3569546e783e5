"""Changes of the tables, in order. Never edit one that was released: add the next.

All that a practice still needs run in one transaction together with the record that they ran, or none does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, inspect, select

from workbook.errors import NewerPractice, NotAPractice
from workbook.record import tables
from workbook.record.moments import now

Migration = Callable[[Connection], None]

_FIRST = """
CREATE TABLE setting (name VARCHAR NOT NULL, value JSON NOT NULL, PRIMARY KEY (name));
CREATE TABLE "case" (
    id VARCHAR NOT NULL, number INTEGER NOT NULL, alias TEXT NOT NULL, opened_at DATETIME NOT NULL, closed_at DATETIME,
    PRIMARY KEY (id), UNIQUE (number));
CREATE TABLE response (
    id VARCHAR NOT NULL, case_id VARCHAR NOT NULL, form_id VARCHAR NOT NULL, form_version INTEGER NOT NULL,
    respondent VARCHAR NOT NULL, at DATETIME NOT NULL, zone VARCHAR NOT NULL, day VARCHAR NOT NULL,
    whole_day BOOLEAN NOT NULL, private BOOLEAN NOT NULL, answers JSON NOT NULL, source JSON,
    revision INTEGER NOT NULL, updated_at DATETIME NOT NULL, sitting VARCHAR NOT NULL, writers JSON NOT NULL,
    version INTEGER NOT NULL, version_opened_at DATETIME NOT NULL, version_closed_at DATETIME,
    PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES "case" (id) ON DELETE CASCADE);
CREATE INDEX response_by_form ON response (case_id, form_id, at);
CREATE TABLE version (
    response_id VARCHAR NOT NULL, number INTEGER NOT NULL, form_version INTEGER NOT NULL, answers JSON NOT NULL,
    opened_at DATETIME NOT NULL, closed_at DATETIME NOT NULL,
    PRIMARY KEY (response_id, number), FOREIGN KEY (response_id) REFERENCES response (id) ON DELETE CASCADE);
CREATE TABLE deleted (
    response_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL,
    PRIMARY KEY (response_id), FOREIGN KEY (case_id) REFERENCES "case" (id) ON DELETE CASCADE);
CREATE TABLE flag (
    id VARCHAR NOT NULL, case_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, form_id VARCHAR NOT NULL,
    response_id VARCHAR, reason TEXT NOT NULL, raised_at DATETIME NOT NULL, settled_at DATETIME, note TEXT,
    decision VARCHAR,
    PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES "case" (id) ON DELETE CASCADE,
    FOREIGN KEY (response_id) REFERENCES response (id) ON DELETE SET NULL);
CREATE INDEX flag_by_case ON flag (case_id, settled_at)
"""


def first_tables(connection: Connection) -> None:
    """Settings, cases, responses with their versions, and flags."""
    for statement in _FIRST.split(";"):
        connection.exec_driver_sql(statement)


_ERASED = """
CREATE TABLE erased (
    number INTEGER NOT NULL, opened_at DATETIME NOT NULL, closed_at DATETIME, erased_at DATETIME NOT NULL, pending JSON,
    PRIMARY KEY (number))
"""
_IS_CLOSED = "workbook: case is closed"
_GUARD = """
CREATE TRIGGER closed_{table}_{name} BEFORE {event} ON {table}
WHEN (SELECT closed_at FROM "case" WHERE id = {row}.case_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
_GUARDED = (
    ("response", "insert", "INSERT", "NEW"),
    ("response", "update", "UPDATE OF answers, at, zone, day, whole_day, private, source", "NEW"),
    ("response", "delete", "DELETE", "OLD"),  # a whole case still goes: its row is gone before those of its answers
    ("flag", "insert", "INSERT", "NEW"),
    ("flag", "update", "UPDATE OF settled_at, note, decision", "NEW"),
)


def case_endings(connection: Connection) -> None:
    """Nothing is written into a closed case, by whichever process; the numbers of erased cases stay taken."""
    connection.exec_driver_sql(_ERASED)
    for table, name, event, row in _GUARDED:
        words = _GUARD.format(table=table, name=name, event=event, row=row, words=_IS_CLOSED)
        connection.exec_driver_sql(words)


_WEIGHED = """
CREATE TABLE weighed (
    case_id VARCHAR NOT NULL, day VARCHAR NOT NULL,
    PRIMARY KEY (case_id), FOREIGN KEY (case_id) REFERENCES "case" (id) ON DELETE CASCADE)
"""
_WEIGH_AGAIN = """
CREATE TRIGGER weigh_after_{name} AFTER {event} ON response
BEGIN DELETE FROM weighed WHERE case_id = {row}.case_id; END
"""


def weighed_answers(connection: Connection) -> None:
    """Answers that were weighed for flags are not weighed again the same day, unless something was stored since."""
    connection.exec_driver_sql(_WEIGHED)
    for name, event, row in (("insert", "INSERT", "NEW"), ("update", "UPDATE", "NEW"), ("delete", "DELETE", "OLD")):
        connection.exec_driver_sql(_WEIGH_AGAIN.format(name=name, event=event, row=row))


MIGRATIONS: tuple[Migration, ...] = (first_tables, case_endings, weighed_answers)


def applied(connection: Connection) -> int:
    """How many migrations the practice has seen; NotAPractice if it never was one."""
    if not inspect(connection).has_table("migration"):
        raise NotAPractice("This file opens, but it holds no practice. Please restore a backup.")
    return len(connection.execute(select(tables.migration.c.number)).all())


def check(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> bool:
    """True when all migrations ran; NewerPractice if the practice has seen more than there are."""
    count = applied(connection)
    if count > len(migrations):
        raise NewerPractice(
            "A newer version of the workbook wrote this practice. Please update the workbook on this computer; "
            "nothing was changed."
        )
    return count == len(migrations)


def run(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run what is missing, inside the caller's transaction."""
    check(connection, migrations)
    done = applied(connection)
    for number, migrate in enumerate(migrations[done:], done + 1):
        migrate(connection)
        row = {"number": number, "name": migrate.__name__, "applied_at": now()}
        connection.execute(tables.migration.insert().values(row))
