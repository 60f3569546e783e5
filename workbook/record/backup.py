"""Backups: one encrypted file each, the last ten kept, restored on this computer or another one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbook.errors import PracticeProblem
from workbook.record import archive, keys, migrations
from workbook.record.files import PART, rename_folder, sync_file, sync_folder, write_atomically
from workbook.record.moments import now
from workbook.record.practice import Practice

KEEP = 10
"""Backups of one practice that stay; older ones are deleted."""
_STALE_SECONDS = 3600  # an unfinished file this old belongs to nobody


@dataclass(frozen=True)
class BackupInfo:
    """One backup in a folder: when it was made (UTC; None if unreadable), its size in bytes, and if it is whole."""

    name: str
    path: Path
    made_at: datetime | None
    size: int
    whole: bool


def make(practice: Practice, folder: Path) -> Path:
    """Write a backup, read it back page by page, and delete all but the last ten of this practice.

    Raises:
        DamagedPractice: the practice cannot be read whole; the earlier backups stay.
        PracticeProblem: no file can be written there.
    """
    try:
        return _make(practice, Path(folder))
    except OSError as error:
        raise PracticeProblem(
            f"The backup could not be written ({error.strerror}). What is stored stays in the practice. Please free "
            "some space, or look at the folder of the backups."
        ) from None


def _make(practice: Practice, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    content = (practice.folder / keys.FILE).read_bytes()
    check, made_at = keys.parse(content)["check"], now()
    with tempfile.TemporaryDirectory(prefix=".", suffix=PART, dir=folder, ignore_cleanup_errors=True) as work:
        copy = Path(work) / archive.DB
        practice.copy_to(copy)
        path = _free(folder / f"workbook-{made_at:%Y-%m-%d-%H%M%S}{archive.ENDING}")
        about = archive.Manifest(made_at, check, len(migrations.MIGRATIONS), archive.digest(copy))
        archive.write(path, copy, content, about)
    keys.update_copies(practice.folder, folder)
    _prune(folder, check)
    return path


def listing(folder: Path) -> list[BackupInfo]:
    """The backups in the folder, the newest first; those that cannot be read last."""
    found = [_info(path) for path in archive.kept(Path(folder))]
    return sorted(found, key=lambda one: (one.made_at.timestamp() if one.made_at else 0.0, one.name), reverse=True)


def restore(file: Path, folder: Path) -> Path | None:
    """Put the practice in the backup into `folder`; returns where the one before was put aside, None without one.

    The practice must be closed and no page may be running. Needs no key: the backup is checked before anything is
    replaced. A present keys.json of the same practice is kept, so
    that a passphrase or recovery key that was replaced since does not come back to life.

    Raises:
        NotAPractice: the file is no backup.
        DamagedPractice: the backup is cut off or altered; nothing was replaced.
        NewerPractice: a newer version of the workbook made it; nothing was replaced.
        PracticeProblem: the present practice is still in use and cannot be moved; nothing was replaced.
    """
    with unpacked(file, folder) as fresh:
        return put(fresh, folder)


@contextmanager
def unpacked(file: Path, folder: Path) -> Iterator[Path]:
    """The practice in a backup, whole and checked, in a folder beside `folder`; `put` puts it there. See `restore`."""
    file, folder = Path(file), Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as work:
        fresh = Path(work) / "restored"
        fresh.mkdir()
        _unpack(file, fresh)
        present = _present_keys(folder, keys.read(fresh)["check"])
        if present is not None:
            write_atomically(fresh / keys.FILE, present)
        sync_file(fresh / archive.DB)
        sync_folder(fresh)
        yield fresh


def _unpack(file: Path, fresh: Path) -> None:
    made_by = archive.manifest(file)
    if made_by.schema > len(migrations.MIGRATIONS):
        raise archive.newer(file)
    archive.unpack(file, fresh)
    if keys.read(fresh)["check"] != made_by.check:
        raise archive.damaged(file)


def _present_keys(folder: Path, check: str) -> bytes | None:
    try:
        present = keys.read(folder)
    except PracticeProblem:
        return None
    return (folder / keys.FILE).read_bytes() if present["check"] == check and keys.whole(present) else None


def put(fresh: Path, folder: Path) -> Path | None:
    """Put what was unpacked into `folder`; returns where the practice before was put aside. See `restore`."""
    aside = None
    if folder.exists() and any(folder.iterdir()):
        aside = _free(folder.with_name(f"{folder.name}{keys.REPLACED}{now():%Y-%m-%d-%H%M%S}"))
        try:
            rename_folder(folder, aside)
        except OSError:
            raise PracticeProblem(
                "The present practice is still in use, so it was not replaced. Please close all pages and try again."
            ) from None
    elif folder.exists():
        folder.rmdir()
    try:
        rename_folder(fresh, folder)
    except OSError:
        if aside is not None:
            rename_folder(aside, folder)
        raise PracticeProblem("The restored practice could not be put in place; the present one stays.") from None
    return aside


def _info(path: Path) -> BackupInfo:
    size = path.stat().st_size
    try:
        return BackupInfo(path.name, path, archive.manifest(path).made_at, size, True)
    except PracticeProblem:
        return BackupInfo(path.name, path, None, size, False)


def _prune(folder: Path, check: str) -> None:
    ours = [one for one in listing(folder) if one.whole and archive.manifest(one.path).check == check]
    # of a clock that was once ahead: they must not push out the backup that was just made
    ours.sort(key=lambda one: one.made_at is not None and one.made_at > now())
    for one in ours[KEEP:]:
        one.path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    for part in folder.glob(f".*{PART}"):
        if time.time() - part.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)


def _free(path: Path) -> Path:
    taken, count = path, 1
    while taken.exists():
        count += 1
        taken = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return taken
