"""Files that are either the old one or the new one, never half of each. Works the same on Windows."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

PART = ".part"
"""Ending of a file that is not finished; safe to delete."""
_TRIES = 20  # Windows refuses to replace a file while a virus scanner reads it; that passes within a second
_PAUSE = 0.05  # seconds between two tries
_CHUNK = 1024 * 1024  # bytes written at once over what was deleted


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that stands in the place of `path`, on the disk, when the block ends; if it fails, it is gone."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _patiently(lambda: os.replace(part, path))
        sync_folder(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, content: bytes) -> None:
    """Write the whole file or leave the earlier one; on the disk when this returns."""
    with replacing(path) as file:
        file.write(content)


@contextlib.contextmanager
def wiping(path: Path) -> Iterator[None]:
    """When the block replaced or deleted the file, the blocks that it had on the disk are written over, as far as the
    system lets us: not on Windows, not where another name still leads to them, and not inside an SSD.
    """
    if os.name == "nt":  # an open file can be neither replaced nor deleted there
        yield
        return
    with path.open("rb+") as old:
        yield
        if os.fstat(old.fileno()).st_nlink == 0:
            left = os.fstat(old.fileno()).st_size
            while left > 0:
                left -= old.write(bytes(min(left, _CHUNK)))
            old.flush()
            os.fsync(old.fileno())


def remove(path: Path) -> None:
    """Delete a file for good: gone from its folder when this returns, and its blocks written over (see `wiping`)."""
    with wiping(path):
        _patiently(path.unlink)
        sync_folder(path.parent)


def rename_folder(old: Path, new: Path) -> None:
    """Rename a folder to a name that is free."""
    _patiently(lambda: old.rename(new))
    sync_folder(new.parent)


def sync_file(path: Path) -> None:
    """Wait until the content of a file that someone else wrote is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a renaming in this folder is on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some network file systems refuse to sync a folder
        os.fsync(handle)
    os.close(handle)


def _patiently(rename: Callable[[], object]) -> None:
    for _ in range(_TRIES - 1):
        try:
            rename()
            return
        except PermissionError:
            time.sleep(_PAUSE)
    rename()
