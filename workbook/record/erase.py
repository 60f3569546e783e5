"""Erasing a case from every file of a workspace: the practice, its backups, practices that were put aside.

Each file is replaced whole or not at all, and the practice itself comes last: whatever is interrupted can be run again.
What cannot be opened with this practice's key is never touched unless the counselor names it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, null, select, update

from workbook.errors import NewerPractice, PracticeProblem
from workbook.record import archive, keys, migrations, moments, tables
from workbook.record.files import PART, remove, wiping
from workbook.record.practice import Practice

_SENT = ".sent-*"
_IMPORTS = ("imports/", "imports-undone/")
_MAPPING = "import-mapping/"


@dataclass(frozen=True)
class Target:
    """Whose case is erased: its id, its number, and the aliases that a search looks for."""

    id: str
    number: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy:
    """One file or folder that may hold a copy of the case; `why` says why it cannot be opened, "" when it can."""

    path: Path
    kind: str  # "backup" or "aside"
    why: str = ""

    @property
    def name(self) -> str:
        """The name of the file or folder."""
        return self.path.name


def target(practice: Practice, case_id: str) -> Target:
    """The case as a target, with all aliases that the client has had; WorkbookError if there is none."""
    case = practice.case(case_id)
    about = case.read("about-case")
    names = {case.info.alias}
    if about is not None:
        earlier = [version.answers for version in case.versions(about.id)]
        names |= {str(answers.get("client_alias", "")).strip() for answers in (about.answers, *earlier)}
    return Target(case_id, case.info.number, tuple(sorted(names - {""})))


def pending(practice: Practice) -> list[Target]:
    """Cases whose erasing was interrupted after the practice itself was done: run `erase` again with them."""
    e = tables.erased.c
    with practice.reading() as connection:
        rows = connection.execute(select(e.number, e.pending).where(e.pending.is_not(None)).order_by(e.number)).all()
    return [
        Target(row.pending["id"], row.number, tuple(row.pending["aliases"])) for row in rows if row.pending is not None
    ]


def copies(practice: Practice, backups: Path, key: bytes) -> list[Copy]:
    """Backups in the folder and practices put aside beside this one, each tried with the key and read whole."""
    asides = sorted(practice.folder.parent.glob(f"{practice.folder.name}{keys.REPLACED}*"))
    found = [Copy(path, "backup") for path in archive.kept(backups)]
    found += [Copy(path, "aside") for path in asides if path.is_dir()]
    return [_judged(copy, str(keys.read(practice.folder)["check"]), key) for copy in found]


def sweep(practice: Practice, backups: Path) -> int:
    """Delete what interrupted backups, restores and erasings left behind; returns how many files and folders."""
    places = [*backups.glob(f".*{PART}"), *practice.folder.parent.glob(_SENT)]
    places += [*practice.folder.parent.glob(f".{practice.folder.name}-*"), *practice.folder.parent.glob(f".*{PART}")]
    for place in places:
        shutil.rmtree(place, ignore_errors=True) if place.is_dir() else remove(place)
    return len(places)


def from_copy(copy: Copy, key: bytes, case: Target) -> bool:
    """Erase the case in one backup or put-aside practice; False when it was not there. Raises PracticeProblem."""
    with _opened(copy, key) as opened:
        there = from_practice(opened, case)
        if copy.kind == "aside":
            finish(opened, case)
        elif there:
            finish(opened, case)
            _replace(copy.path, opened)
        return there


def from_practice(practice: Practice, case: Target) -> bool:
    """Delete all rows of the case in one transaction and leave the line with its number; False when it was not there.

    `finish` takes the last traces out of the file.
    """
    with practice.writing() as connection:
        c = tables.case.c
        row = connection.execute(select(tables.case).where(c.id == case.id)).first()
        if row is not None:
            connection.execute(delete(tables.case).where(c.id == case.id))  # answers, versions and flags go with it
            left = {"number": row.number, "opened_at": row.opened_at, "closed_at": row.closed_at}
            waits = {"id": case.id, "aliases": list(case.aliases)}
            connection.execute(insert(tables.erased).values(**left, erased_at=moments.now(), pending=waits))
        _settings_of(connection, case.id)
    practice.checkpoint()
    return row is not None


def finish(practice: Practice, case: Target) -> None:
    """Forget the id, write the file anew without free pages, and empty the write-ahead log."""
    e = tables.erased.c
    with practice.writing() as connection:
        connection.execute(update(tables.erased).where(e.number == case.number).values(pending=null()))
    practice.vacuum()


def delete_copy(copy: Copy) -> None:
    """Delete a backup or a put-aside practice that cannot be opened, because the counselor said so."""
    if copy.path.is_dir():
        for path in copy.path.rglob("*"):
            if path.is_file():
                remove(path)
        shutil.rmtree(copy.path)
    else:
        remove(copy.path)


def holds(practice: Practice, case_id: str) -> int:
    """In how many places of all tables, whatever the column, the case's id still stands."""
    found = 0
    with practice.reading() as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all():
            for column in connection.exec_driver_sql(f'PRAGMA table_info("{name}")').all():
                statement = f'SELECT count(*) FROM "{name}" WHERE instr(CAST("{column[1]}" AS TEXT), ?)'  # noqa: S608
                found += connection.exec_driver_sql(statement, (case_id,)).scalar_one()
    return found


def copy_holds(copy: Copy, key: bytes, case_id: str) -> int:
    """`holds` for a backup or a put-aside practice."""
    with _opened(copy, key) as opened:
        return holds(opened, case_id)


def _judged(copy: Copy, check: str, key: bytes) -> Copy:
    try:
        theirs = archive.manifest(copy.path).check if copy.kind == "backup" else str(keys.read(copy.path)["check"])
        if theirs != check:
            return replace(copy, why="it was made under another key")
        with _opened(copy, key):
            return copy
    except NewerPractice:
        return replace(copy, why="a newer version of the workbook made it")
    except PracticeProblem:
        return replace(copy, why="it is damaged")


@contextmanager
def _opened(copy: Copy, key: bytes) -> Iterator[Practice]:
    """A copy as an open practice, read whole; that of a backup is unpacked beside it and gone when the block ends."""
    with ExitStack() as stack:
        folder = copy.path
        if copy.kind == "backup":
            work = tempfile.TemporaryDirectory(prefix=".", suffix=PART, dir=folder.parent, ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(work))
            archive.unpack(copy.path, folder)
        practice = Practice.open(folder, key)
        stack.callback(practice.close)
        practice.check()
        yield practice


def _replace(path: Path, opened: Practice) -> None:
    """Put the backup's practice, as it is now, in the place of the one that the file holds."""
    clean = opened.folder / "clean.db"
    opened.copy_to(clean)
    before = archive.manifest(path)
    about = archive.Manifest(before.made_at, before.check, len(migrations.MIGRATIONS), archive.digest(clean))
    with wiping(path):  # the old file's own blocks are written over once the new one stands in its place
        archive.write(path, clean, archive.keys_of(path), about)


def _settings_of(connection: Connection, case_id: str) -> None:
    """Settings named for the case, and how files that only this case brought in were read."""
    s = tables.setting.c
    rows: dict[str, Any] = {row.name: row.value for row in connection.execute(select(tables.setting))}
    mine = {name for name in rows if case_id in name}
    gone = mine | {_MAPPING + one for one in _signatures(rows, mine) - _signatures(rows, set(rows) - mine)}
    connection.execute(delete(tables.setting).where(s.name.in_(gone)))


def _signatures(rows: dict[str, Any], names: Iterable[str]) -> set[str]:
    """The files, by their signature, that these settings tell of."""
    found: set[str] = set()
    for name in names:
        if name.startswith(_IMPORTS[0]):
            found |= {one["signature"] for one in rows[name] or []}
        elif name.startswith(_IMPORTS[1]):
            found |= set(rows[name] or {})
    return found
