"""SQLCipher under SQLAlchemy: how a practice file is opened, and what the database's errors mean in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Dialect, Engine, StaticPool, Update, create_engine, event
from sqlalchemy.exc import DBAPIError

from workbook.errors import CaseClosed, DamagedPractice, PracticeProblem, WorkbookError

KEY_BYTES = 32
PAGE_BYTES = 4096  # SQLCipher 4
BUSY_SECONDS = 10  # how long a save waits for another one to end; a save takes about a millisecond
CLOSED = (
    "This case is closed, so nothing new is kept. You can read and print it. Your counselor can open it again on the "
    "start page."
)
"""Said when something would be stored in a closed case."""
_FULL = "The disk is full, so nothing more can be stored. Please free some space."
_DAMAGED = "The practice file is damaged or was exchanged. Please restore the latest backup."
_BUSY = "Another page is still writing to the practice. Please try again in a moment."
_REFUSED = "The computer does not let us write to the practice file. Please check its folder."
_TOLD: tuple[tuple[tuple[str, ...], type[WorkbookError], str], ...] = (
    (("workbook: case is closed",), CaseClosed, CLOSED),  # said by a trigger, see `migrations.case_endings`
    (("disk is full",), PracticeProblem, _FULL),
    (("malformed", "not a database", "corrupt", "disk i/o error", "hmac"), DamagedPractice, _DAMAGED),
    (("locked", "busy"), PracticeProblem, _BUSY),
    (("readonly", "unable to open"), PracticeProblem, _REFUSED),
)


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A bare SQLCipher connection with the practice's settings; without `create`, a missing file is an error.

    Raises:
        ValueError: the key is not 32 bytes long; SQLCipher would silently take it for a passphrase.
        sqlcipher3.dbapi2.DatabaseError: the file cannot be opened with this key.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"the data key must be {KEY_BYTES} bytes long")
    name = path.absolute().as_posix()
    file = quote(name if name.startswith("/") else f"/{name}", safe="/:")  # also C:/ and //server/share
    uri = f"file://{file}?mode={'rwc' if create else 'rw'}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # errors are told by us, in words
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            "temp_store = MEMORY",  # temporary files would hold plain text
            "journal_mode = WAL",
            "synchronous = FULL",  # a save that was acknowledged outlives a power cut
            "fullfsync = ON",  # the same on macOS; without effect elsewhere
            "checkpoint_fullfsync = ON",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def make(creator: Callable[[], Any]) -> Engine:
    """An engine on one kept connection; a transaction that nobody began before begins as IMMEDIATE."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=creator,
        poolclass=StaticPool,
        hide_parameters=True,  # an error's text must not carry answers
        # ASCII: whatever a text holds, storing it cannot fail on its encoding
        json_serializer=json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # without this there would be no transactions at all; IMMEDIATE, because with plain BEGIN two writers can lose
        # each other's saves
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:
            driver.execute("BEGIN IMMEDIATE")

    return engine


class Prepared:
    """A Core statement compiled once and run straight on the driver: for what every keystroke runs."""

    def __init__(self, statement: Update, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._names: list[str] = compiled.positiontup or []
        self._stored = [compiled.binds[name].type.bind_processor(dialect) or _as_it_is for name in self._names]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it in the connection's transaction; returns how many rows were touched."""
        driver: Any = connection.connection.driver_connection
        stored = [process(values[name]) for name, process in zip(self._names, self._stored, strict=True)]
        count: int = driver.execute(self._sql, stored).rowcount
        return count


def _as_it_is(value: Any) -> Any:
    return value


def in_words(error: BaseException) -> WorkbookError | None:
    """What an error of the database means to a counselor; None for any other error, or when it is our own mistake."""
    if not isinstance(error, DBAPIError | sqlcipher.DatabaseError):
        return None
    text = str(getattr(error, "orig", error)).lower()
    return next((kind(words) for signs, kind, words in _TOLD if any(sign in text for sign in signs)), None)
