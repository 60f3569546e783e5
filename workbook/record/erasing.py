"""Erasing a case from end to end, step by step, with a search afterwards.

What is interrupted is run again from the start. The order makes that safe: copies first, the practice last, and its
line keeps the id until the search is done.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from workbook.errors import PracticeProblem
from workbook.record import erase, tables, traces
from workbook.record.erase import Copy, Target
from workbook.record.practice import Practice


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
    """Backups that were opened; `cleaned` of backups and put-aside practices held the case."""
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
    result.swept = erase.sweep(practice, backups)
    copies = erase.copies(practice, backups, key)
    total, done = 2 * len(copies) + 3, 0
    opened: list[Copy] = []
    for copy in copies:
        yield Step(done, total, "Erasing in backups")
        done += 1
        if _one_copy(copy, key, case, delete, result):
            opened.append(copy)
    yield Step(done, total, "Erasing in the practice")
    result.exports = traces.remove_exports(workspace, case)
    erase.from_practice(practice, case)
    for copy in opened:
        yield Step(done + 1, total, "Searching the backups")
        done += 1
        if erase.copy_holds(copy, key, case.id):
            result.left.append(copy.name)
    yield Step(total - 2, total, "Searching the files")
    _search(workspace, case, result)
    yield Step(total - 1, total, "Tidying up")
    erase.finish(practice, case)
    if erase.holds(practice, case.id):
        result.left.append(practice.folder.name)
    _dates(practice, result)
    return result


def _one_copy(copy: Copy, key: bytes, case: Target, delete: Collection[str], result: Result) -> bool:
    """Erase in one copy, or delete or keep one that cannot be opened; True when it was opened."""
    if not copy.why:
        try:
            result.cleaned += erase.from_copy(copy, key, case)
        except PracticeProblem:
            if copy.path.exists():
                result.kept.append(copy.name)
            return False
        result.backups += copy.kind == "backup"
        result.asides += copy.kind == "aside"
        return True
    if copy.name in delete:
        erase.delete_copy(copy)
        result.deleted.append(copy.name)
    else:
        result.kept.append(copy.name)
    return False


def _search(workspace: Path, case: Target, result: Result) -> None:
    seen = traces.search(workspace, case)
    result.files, result.short_alias = seen.files, seen.short
    result.found = [path.relative_to(workspace).as_posix() for path in seen.found]
    result.closed = [path.relative_to(workspace).as_posix() for path in seen.closed]


def _dates(practice: Practice, result: Result) -> None:
    e = tables.erased
    with practice.reading() as connection:
        row = connection.execute(select(e).where(e.c.number == result.number)).one()
    result.opened_at, result.closed_at, result.erased_at = row.opened_at, row.closed_at, row.erased_at
