"""The file of a backup: a zip with the encrypted practice, its keys.json and a manifest. Needs no key to be checked."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice
from workbook.record.files import PART, put_in_place

FORMAT = 1
ENDING = ".backup"
DB, KEYS, MANIFEST = "practice.db", "keys.json", "manifest.json"
_SMALL = 256 * 1024  # bytes; keys and manifest are far smaller
_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, RuntimeError)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    `check` names the data key without telling it, `schema` counts the migrations that the practice had seen.
    """

    made_at: datetime
    check: str
    schema: int
    sha256: str
    format: int = FORMAT


def kept(folder: Path) -> list[Path]:
    """All files in the folder that are named like backups."""
    return sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else []


def write(path: Path, db: Path, keys: bytes, about: Manifest) -> None:
    """Write a backup from a closed, encrypted copy of a practice."""
    with _part_of(path) as (part, out):
        out.writestr(MANIFEST, json.dumps(vars(about) | {"made_at": about.made_at.isoformat()}, indent=1))
        out.writestr(KEYS, keys)
        out.write(db, DB)
    put_in_place(part, path)


def manifest(path: Path) -> Manifest:
    """What the backup says of itself.

    Raises:
        NotAPractice: the file is no backup.
        DamagedPractice: it is one, but cannot be read whole.
        NewerPractice: a newer version of the workbook wrote it.
    """
    with _opened(path) as archive:
        return _manifest(archive, path)


def keys_of(path: Path) -> bytes:
    """The keys.json in the backup, as it stands; raises the errors of `manifest`."""
    with _opened(path) as archive:
        return _small(archive, KEYS, path)


def unpack(path: Path, folder: Path) -> None:
    """Lay the practice in the backup into an empty folder, checked against the manifest; raises its errors."""
    with _opened(path) as archive:
        wanted = _manifest(archive, path).sha256
        (folder / KEYS).write_bytes(_small(archive, KEYS, path))
        digest = hashlib.sha256()
        with (folder / DB).open("wb") as target:
            for chunk in _chunks(archive, path):
                digest.update(chunk)
                target.write(chunk)
    if digest.hexdigest() != wanted:
        raise _damaged(path)


def replace_keys(path: Path, keys: bytes) -> None:
    """Put another keys.json into the backup; all else stays as it is."""
    with _opened(path) as archive:
        about = _small(archive, MANIFEST, path)
        with _part_of(path) as (part, out):
            out.writestr(MANIFEST, about)
            out.writestr(KEYS, keys)
            with out.open(DB, "w", force_zip64=True) as target:
                for chunk in _chunks(archive, path):
                    target.write(chunk)
    put_in_place(part, path)


def _chunks(archive: zipfile.ZipFile, path: Path) -> Iterator[bytes]:
    """The practice in the backup, piece by piece; DamagedPractice where it cannot be read."""
    try:
        with archive.open(DB) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except _BROKEN:
        raise _damaged(path) from None


class _part_of:  # noqa: N801  # used like a function, in a with statement
    """A zip beside `path` that is on the disk when the block ends, and gone when it fails."""

    def __init__(self, path: Path) -> None:
        handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
        self.part, self.file = Path(name), os.fdopen(handle, "wb")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_STORED)  # what is encrypted cannot be packed smaller

    def __enter__(self) -> tuple[Path, zipfile.ZipFile]:
        return self.part, self.zip

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self.zip.close()
        if kind is None:
            self.file.flush()
            os.fsync(self.file.fileno())
        self.file.close()
        if kind is not None:
            self.part.unlink()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise NotAPractice(f"There is no backup ‘{path.name}’.") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise (_damaged(path) if path.suffix == ENDING else _no_backup(path)) from None


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise _no_backup(path)
    try:
        data: dict[str, Any] = json.loads(_small(archive, MANIFEST, path))
        if data["format"] > FORMAT:
            raise NewerPractice(
                f"A newer version of the workbook made ‘{path.name}’. Please update the workbook on this computer."
            )
        made_at = datetime.fromisoformat(data["made_at"])
        return Manifest(made_at, str(data["check"]), int(data["schema"]), str(data["sha256"]))
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None


def _small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        if archive.getinfo(name).file_size > _SMALL:
            raise _damaged(path)
        return archive.read(name)
    except _BROKEN:
        raise _damaged(path) from None


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(path: Path) -> DamagedPractice:
    return DamagedPractice(f"The backup ‘{path.name}’ is damaged. Nothing was changed; please choose another one.")


def _no_backup(path: Path) -> NotAPractice:
    return NotAPractice(f"‘{path.name}’ is no backup of the workbook. Backups end in ‘{ENDING}’.")
