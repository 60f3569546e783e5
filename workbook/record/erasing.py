"""Erasing a case from every file of a workspace, step by step, with a search afterwards.

Each file is replaced whole or not at all. The order makes it safe to run again what was interrupted: copies first, the
practice last, and its line keeps the id until the search is done. What cannot be opened with this practice's key is
never touched unless the counselor names it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, null, select, update

from workbook.errors import NewerPractice, PracticeProblem
from workbook.record import archive, keys, migrations, moments, tables, traces
from workbook.record.files import PART, remove, wiping
from workbook.record.practice import Practice

_SENT = ".sent-*"
_IMPORTS = ("imports/", "imports-undone/")
_MAPPING = "import-mapping/"
_c, _e = tables.case.c, tables.erased.c


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


@dataclass(frozen=True)
class Step:
    """How far the erasing is: `done` of `of` steps, and what comes next in plain words."""

    done: int
    of: int
    say: str


@dataclass
class Result:
    """What was erased, what was searched, and what is left. Times are in UTC."""

    number: int
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    backups: int = 0
    """Backups that were opened, as `asides`: put-aside practices. `cleaned` of both held the case before they were
    written anew, in this run or in an earlier one that was interrupted."""
    asides: int = 0
    cleaned: int = 0
    deleted: list[str] = field(default_factory=list)
    """Names of copies that could not be opened and that the counselor had deleted; `kept`: those that stay."""
    kept: list[str] = field(default_factory=list)
    exports: int = 0
    swept: int = 0
    left: list[str] = field(default_factory=list)
    """Names of databases in which the case's id was still found: none, or something is wrong."""
    files: int = 0
    found: list[str] = field(default_factory=list)
    """Plain files, as paths in the workspace, that still hold the id or an alias; `closed`: PDFs nobody can search."""
    closed: list[str] = field(default_factory=list)
    short_alias: bool = False

    @property
    def clean(self) -> bool:
        """True when the search found nothing."""
        return not self.left and not self.found


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
    """Cases whose erasing was interrupted after the practice itself was done: `run` again with them."""
    with practice.reading() as connection:
        lines = connection.execute(select(_e.number, _e.pending).order_by(_e.number)).all()
    return [Target(waits["id"], number, tuple(waits["aliases"])) for number, waits in lines if waits is not None]


def copies(practice: Practice, backups: Path, key: bytes) -> list[Copy]:
    """Backups in the folder and practices put aside beside this one, each tried with the key and read whole."""
    asides = sorted(practice.folder.parent.glob(f"{practice.folder.name}{keys.REPLACED}*"))
    found = [Copy(path, "backup") for path in archive.kept(backups)]
    found += [Copy(path, "aside") for path in asides if path.is_dir()]
    return [_judged(copy, str(keys.read(practice.folder)["check"]), key) for copy in found]


def run(
    practice: Practice, key: bytes, case: Target, *, workspace: Path, backups: Path, delete: Collection[str] = ()
) -> Generator[Step, None, Result]:
    """Erase the case everywhere in the workspace; yields before each step, returns the result.

    Args:
        delete: names of copies that cannot be opened and shall be deleted as they are; all others of them stay.

    Raises:
        PracticeProblem: a file cannot be read or written; what was done is done, and the run can be repeated.
    """
    result = Result(case.number)
    yield Step(0, 1, "Looking at backups")
    result.swept = _sweep(practice, backups)
    found, opened = copies(practice, backups, key), []
    total = 2 * len(found) + 3
    for done, copy in enumerate(found):
        yield Step(done, total, "Erasing in backups")
        if _one_copy(copy, key, case, delete, result):
            opened.append(copy)
    yield Step(len(found), total, "Erasing in the practice")
    result.exports = traces.remove_exports(workspace, case)
    from_practice(practice, case)
    for done, copy in enumerate(opened, len(found) + 1):
        yield Step(done, total, "Searching the backups")
        with _opened(copy, key) as searched:
            if holds(searched, case.id):
                result.left.append(copy.path.name)
    yield Step(total - 2, total, "Searching the files")
    seen = traces.search(workspace, case)
    result.files, result.short_alias = seen.files, seen.short
    result.found, result.closed = (
        [path.relative_to(workspace).as_posix() for path in paths] for paths in (seen.found, seen.closed)
    )
    yield Step(total - 1, total, "Tidying up")
    finish(practice, case)
    if holds(practice, case.id):
        result.left.append(practice.folder.name)
    with practice.reading() as connection:
        line = connection.execute(select(tables.erased).where(_e.number == case.number)).one()
    result.opened_at, result.closed_at, result.erased_at = line.opened_at, line.closed_at, line.erased_at
    return result


def from_practice(practice: Practice, case: Target) -> Row[Any] | None:
    """Delete all rows of the case in one transaction; returns the line with its number that is left, None if it never
    was there. `finish` takes the last traces out of the file, while the line says that it is `pending`.
    """
    with practice.writing() as connection:
        row = connection.execute(select(tables.case).where(_c.id == case.id)).first()
        if row is not None:
            connection.execute(delete(tables.case).where(_c.id == case.id))  # answers, versions and flags go with it
            left = {"number": row.number, "opened_at": row.opened_at, "closed_at": row.closed_at}
            waits = {"id": case.id, "aliases": list(case.aliases)}
            connection.execute(insert(tables.erased).values(**left, erased_at=moments.now(), pending=waits))
        _forget_settings(connection, case.id)
        line = connection.execute(select(tables.erased).where(_e.number == case.number)).first()
    practice.checkpoint()
    return line


def finish(practice: Practice, case: Target) -> None:
    """Forget the id, write the file anew without free pages, and empty the write-ahead log."""
    line = update(tables.erased).where(_e.number == case.number)
    with practice.writing() as connection:
        waits = connection.execute(select(_e.pending).where(_e.number == case.number)).scalar()
        connection.execute(line.values(pending=null()))
    try:
        practice.vacuum()
    except PracticeProblem:  # it stays known as unfinished, so that it can be run again
        with practice.writing() as connection:
            connection.execute(line.values(pending=waits or null()))
        raise


def holds(practice: Practice, case_id: str) -> int:
    """In how many places of all tables, whatever the column, the case's id still stands."""
    found = 0
    with practice.reading() as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all():
            for column in connection.exec_driver_sql(f'PRAGMA table_info("{name}")').all():
                statement = f'SELECT count(*) FROM "{name}" WHERE instr(CAST("{column[1]}" AS TEXT), ?)'  # noqa: S608
                found += connection.exec_driver_sql(statement, (case_id,)).scalar_one()
    return found


def _sweep(practice: Practice, backups: Path) -> int:
    """Delete what interrupted backups, restores and erasings left behind; returns how many files and folders."""
    beside, name = practice.folder.parent, practice.folder.name
    places = [*backups.glob(f".*{PART}"), *beside.glob(_SENT), *beside.glob(f".{name}-*"), *beside.glob(f".*{PART}")]
    for place in places:
        shutil.rmtree(place, ignore_errors=True) if place.is_dir() else remove(place)
    return len(places)


def _one_copy(copy: Copy, key: bytes, case: Target, named: Collection[str], result: Result) -> bool:
    """Erase in one copy, or delete or keep one that cannot be opened; True when it was opened."""
    if not copy.why:
        try:
            result.cleaned += _from_copy(copy, key, case)
        except PracticeProblem:
            if copy.path.exists():
                result.kept.append(copy.path.name)
            return False
        result.backups += copy.kind == "backup"
        result.asides += copy.kind == "aside"
        return True
    if copy.path.name not in named:
        result.kept.append(copy.path.name)
        return False
    whole = copy.path.is_dir()
    for path in [one for one in copy.path.rglob("*") if one.is_file()] if whole else [copy.path]:
        remove(path)
    if whole:
        shutil.rmtree(copy.path)
    result.deleted.append(copy.path.name)
    return False


def _from_copy(copy: Copy, key: bytes, case: Target) -> bool:
    """Erase the case in one backup or put-aside practice; False when it never was there. Raises PracticeProblem."""
    with _opened(copy, key) as opened:
        line = from_practice(opened, case)
        if copy.kind == "aside":
            finish(opened, case)
        elif line is not None and line.pending is not None:
            finish(opened, case)
            _replace(copy.path, opened)
        return line is not None


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


def _forget_settings(connection: Connection, case_id: str) -> None:
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
