"""The practice: one encrypted file with all cases, opened with its data key."""

from __future__ import annotations

import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.exc import DBAPIError

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice, PracticeProblem, WorkbookError, WrongKey
from workbook.record import archive, engine, keys, migrations, tables
from workbook.record.case import Case
from workbook.record.files import rename_folder
from workbook.record.moments import now
from workbook.record.responses import CaseInfo

FILE = archive.DB
_CONFIRMED = "recovery_confirmed"
_GET_SETTING = select(tables.setting.c.value).where(tables.setting.c.name == bindparam("wanted"))


class Stamp(NamedTuple):
    """What changes with the practice: `others` when another process stored something, `mine` when this one did."""

    others: int
    mine: int


class Practice:
    """An open practice. One connection, kept; several threads and several processes may use it at once."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._engine = engine.make(lambda: engine.connect(folder / FILE, key))
        self._key = key
        self._kept: Connection | None = None

    def __repr__(self) -> str:
        return "<Practice>"

    def __getstate__(self) -> Any:
        raise TypeError("a practice cannot be pickled: its key stays in this process")

    @staticmethod
    def create(
        folder: Path, passphrase: str, rehearsal: bool = False, *, cost: keys.Cost = keys.STANDARD
    ) -> tuple[Practice, str]:
        """A new practice in a folder that is free or empty, whole or not at all; with it the recovery key to print.

        Raises:
            PracticeProblem: the folder is not empty.
            WeakPassphrase: the passphrase is empty.
        """
        folder = Path(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PracticeProblem(f"The folder ‘{folder.name}’ is not empty. A new practice needs a folder of its own.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made_in:
            fresh = Path(made_in) / "new"
            fresh.mkdir()
            key, recovery_key = keys.create(fresh, passphrase, rehearsal=rehearsal, cost=cost)
            engine.connect(fresh / FILE, key, create=True).close()
            practice = Practice(fresh, key)
            with practice.writing() as connection:
                tables.migration.create(connection)
                migrations.run(connection)
            practice.close()
            if folder.exists():
                folder.rmdir()
            rename_folder(fresh, folder)
        return Practice.open(folder, key), recovery_key

    @staticmethod
    def state(folder: Path) -> Literal["none", "locked", "damaged"]:
        """What can be seen without a key: no practice, one that is locked, or one with a part missing or altered."""
        try:
            keys.read(folder)
        except NotAPractice:
            return "none"
        except NewerPractice:
            return "locked"  # the sentence comes when somebody tries to open it
        except DamagedPractice:
            return "damaged"
        return "locked" if _has_pages(folder / FILE) else "damaged"

    @staticmethod
    def unlock(folder: Path, passphrase: str) -> bytes:
        """The data key, by the passphrase; see `keys.unlock` for the errors."""
        return keys.unlock(Path(folder), passphrase)

    @staticmethod
    def recover(folder: Path, recovery_key: str) -> bytes:
        """The data key, by the recovery key; see `keys.recover` for the errors."""
        return keys.recover(Path(folder), recovery_key)

    @staticmethod
    def open(folder: Path, key: bytes) -> Practice:
        """The practice in the folder; brings an older one up to date.

        Raises:
            WrongKey: the key belongs to another practice.
            DamagedPractice: a file is missing, cut off or altered.
            NotAPractice: there is no practice in the folder.
            NewerPractice: a newer version of the workbook wrote it.
        """
        folder = Path(folder)
        if not keys.fits(folder, key):
            raise WrongKey("This key belongs to another practice than the one in the folder.")
        if not _has_pages(folder / FILE):  # SQLite would take what is left for a new database
            raise DamagedPractice(f"{FILE} is missing or cut off. Please restore the latest backup.")
        practice = Practice(folder, key)
        try:
            with practice.reading() as connection:
                current = migrations.check(connection)
            if not current:
                with practice.writing() as connection:
                    migrations.run(connection)
        except BaseException:
            practice.close()
            raise
        return practice

    @property
    def rehearsal(self) -> bool:
        """True for a practice with fictional cases, whose passphrase is public."""
        return bool(keys.read(self.folder)["rehearsal"])

    @property
    def sheet_confirmed(self) -> bool:
        """True once two groups of the recovery sheet were typed back; a rehearsal needs no sheet."""
        return self.rehearsal or bool(self.setting(_CONFIRMED, False))

    def confirm_sheet(self, confirmed: bool) -> None:
        """Write down that the recovery sheet is there, or that a new one is to be confirmed."""
        self.set_setting(_CONFIRMED, confirmed)

    def expect_sheet(self) -> None:
        """Raises PracticeProblem until the recovery sheet is confirmed: before that no case begins and none opens."""
        if not self.sheet_confirmed:
            raise PracticeProblem(
                "The recovery sheet is not confirmed yet. Please make a new recovery key on the start page "
                "and type back the two groups it asks for."
            )

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it; the practice can be used again afterwards."""
        with self._lock:
            if self._kept is not None:
                try:
                    self.checkpoint()
                finally:
                    self._kept.close()
                    self._kept = None
                    self._engine.dispose()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file as far as other processes let us."""
        with self._bare() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def vacuum(self) -> None:
        """Write the file anew without free pages and empty the write-ahead log: nothing deleted is left in either.

        Raises:
            PracticeProblem: another page is reading just now; what was deleted is gone, but not yet from the log.
        """
        self.checkpoint()
        with self._bare() as connection:
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise PracticeProblem("Another page is still reading the practice. Please close all pages and try again.")

    def check(self) -> None:
        """Read every page of the file; DamagedPractice if one is not as it was written."""
        with self.writing(), self._bare() as connection:  # nobody may write to the file meanwhile
            check_pages(connection)

    def copy_to(self, path: Path) -> None:
        """Write an encrypted copy, checked page by page, to a path that is free; others may go on saving."""
        copy = engine.connect(path, self._key, create=True)
        try:
            with self._bare() as connection, _told_in_words():
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, no log beside it
                check_pages(copy)
        finally:
            copy.close()

    def stamp(self) -> Stamp:
        """Another value whenever something was stored since, by this process or by another one."""
        with self._bare() as connection:
            return Stamp(connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the practice and never waits for writers."""
        return self._transaction("BEGIN DEFERRED")

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is on the disk when the block ends, or that leaves no trace."""
        return self._transaction("BEGIN IMMEDIATE")

    def cases(self) -> list[CaseInfo]:
        """All cases, in the order in which they were opened."""
        with self.reading() as connection:
            rows = connection.execute(select(tables.case).order_by(tables.case.c.number))
            return [CaseInfo(**row._mapping) for row in rows]

    def add_case(self, alias: str) -> Case:
        """A new case under an alias, never a full name.

        Raises:
            InvalidAnswer: the alias is empty or longer than 40 characters.
        """
        case_id = str(uuid.uuid4())
        row = {"id": case_id, "alias": CaseInfo.checked_alias(alias), "opened_at": now()}
        with self.writing() as connection:
            numbered = (tables.case.c.number, tables.erased.c.number)  # the number of an erased case stays taken
            last = max(connection.execute(select(func.max(one))).scalar() or 0 for one in numbered)
            connection.execute(tables.case.insert().values(number=last + 1, **row))
        return self.case(case_id)

    def case(self, case_id: str) -> Case:
        """The case with this id; WorkbookError if the practice has none."""
        found = next((info for info in self.cases() if info.id == case_id), None)
        if found is None:
            raise WorkbookError("This practice has no such case. Please choose the case on the start page.")
        return Case(self, found)

    def setting(self, name: str, default: Any = None) -> Any:
        """The setting's JSON value, or `default` when it was never set."""
        with self.reading() as connection:
            row = connection.execute(_GET_SETTING, {"wanted": name}).first()
        return default if row is None else row.value

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        with self.writing() as connection:
            connection.execute(delete(tables.setting).where(tables.setting.c.name == name))
            connection.execute(tables.setting.insert().values(name=name, value=value))

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._lock, _told_in_words():
            try:
                connection = self._connection()
                driver: Any = connection.connection.driver_connection
                driver.execute(begin)
                yield connection
                if connection.in_transaction():  # SQLAlchemy took part
                    connection.commit()
                else:
                    driver.execute("COMMIT")
            except BaseException:
                if self._kept is not None:
                    with suppress(DBAPIError, sqlcipher.DatabaseError):  # what is damaged cannot be rolled back
                        self._kept.rollback()
                        self._kept.connection.driver_connection.rollback()  # type: ignore[union-attr]
                raise

    def _connection(self) -> Connection:
        if self._kept is None:
            self._kept = self._engine.connect()
        return self._kept

    @contextmanager
    def _bare(self) -> Iterator[Any]:
        with self._lock, _told_in_words():
            yield self._connection().connection.driver_connection


def check_pages(connection: Any) -> None:
    """DamagedPractice unless every page is as it was written and the tables hang together."""
    altered = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if altered or connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
        raise DamagedPractice("Part of the practice file is damaged. Please restore the latest backup.")


@contextmanager
def _told_in_words() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if (told := engine.in_words(error)) is None:
            raise
        raise told from None


def _has_pages(path: Path) -> bool:
    return path.is_file() and path.stat().st_size >= engine.PAGE_BYTES
