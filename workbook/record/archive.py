"""The file of a backup: a zip with the encrypted practice, its keys.json and a manifest. Needs no key to be checked."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice
from workbook.record.files import replacing

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
    with _replacing(path) as out:
        out.writestr(MANIFEST, json.dumps(vars(about) | {"made_at": about.made_at.isoformat()}, indent=1))
        out.writestr(KEYS, keys)
        out.write(db, DB)


def manifest(path: Path) -> Manifest:
    """What the backup says of itself.

    Raises:
        NotAPractice: the file is no backup.
        DamagedPractice: it is one, but cannot be read whole.
        NewerPractice: a newer version of the workbook wrote it.
    """
    with _opened(path) as archive:
        if MANIFEST not in archive.namelist():
            raise _no_backup(path)
        try:
            data: dict[str, Any] = json.loads(_small(archive, MANIFEST, path))
            if data["format"] > FORMAT:
                raise newer(path)
            made_at = datetime.fromisoformat(data["made_at"])
            return Manifest(made_at, str(data["check"]), int(data["schema"]), str(data["sha256"]))
        except (ValueError, KeyError, TypeError):
            raise damaged(path) from None


def keys_of(path: Path) -> bytes:
    """The keys.json in the backup, as it stands; raises the errors of `manifest`."""
    with _opened(path) as archive:
        return _small(archive, KEYS, path)


def unpack(path: Path, folder: Path) -> None:
    """Lay the practice in the backup into an empty folder, checked against the manifest; raises its errors."""
    wanted = manifest(path).sha256
    (folder / KEYS).write_bytes(keys_of(path))
    with _opened(path) as archive, (folder / DB).open("wb") as target:
        _copy_db(archive, target, path)
    if digest(folder / DB) != wanted:
        raise damaged(path)


def replace_keys(path: Path, keys: bytes) -> None:
    """Put another keys.json into the backup; all else stays as it is."""
    with _replacing(path) as out, _opened(path) as archive:
        out.writestr(MANIFEST, _small(archive, MANIFEST, path))
        out.writestr(KEYS, keys)
        with out.open(DB, "w", force_zip64=True) as target:
            _copy_db(archive, target, path)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged(path: Path) -> DamagedPractice:
    """What is said of a backup that cannot be read whole."""
    return DamagedPractice(f"The backup ‘{path.name}’ is damaged. Nothing was changed; please choose another one.")


def newer(path: Path) -> NewerPractice:
    """What is said of a backup that this version does not understand."""
    return NewerPractice(
        f"A newer version of the workbook made ‘{path.name}’. Please update the workbook on this computer."
    )


@contextmanager
def _replacing(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip to write, in the place of `path` when the block ends; what is encrypted cannot be packed smaller."""
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        yield out


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise NotAPractice(f"There is no backup ‘{path.name}’.") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise (damaged(path) if path.suffix == ENDING else _no_backup(path)) from None


def _small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        if archive.getinfo(name).file_size > _SMALL:
            raise damaged(path)
        return archive.read(name)
    except _BROKEN:
        raise damaged(path) from None


def _copy_db(archive: zipfile.ZipFile, target: IO[bytes], path: Path) -> None:
    try:
        with archive.open(DB) as source:
            shutil.copyfileobj(source, target, _CHUNK)
    except _BROKEN:
        raise damaged(path) from None


def _no_backup(path: Path) -> NotAPractice:
    return NotAPractice(f"‘{path.name}’ is no backup of the workbook. Backups end in ‘{ENDING}’.")
