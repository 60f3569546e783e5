"""A search of a workspace's plain files for what could name a case: its id, its aliases."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.content.load import notebooks_dir
from workbook.record import archive
from workbook.record.files import remove
from workbook.record.practice import FILE

if TYPE_CHECKING:
    from workbook.record.erasing import Target

SHORTEST = 3
"""Aliases of fewer characters are not searched for: they would be found everywhere."""
EXPORTED = "case.json"
"""The file in an exported case that says whose it is."""
_ENCRYPTED = (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal")
_CODES = ("utf-8", "utf-16-le", "utf-16-be")
_ZIP = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError)


@dataclass(frozen=True)
class Searched:
    """What a search saw: files read, those in which a word was found, and those that nobody can search (PDFs)."""

    files: int
    found: tuple[Path, ...]
    closed: tuple[Path, ...]
    short: bool
    """True when an alias was too short to search for."""


def search(folder: Path, case: Target) -> Searched:
    """Every plain file of a folder, its name and the content of zip files too.

    Practices and backups are encrypted and are opened instead. Pages exactly as they are shipped are left out: an alias
    may be a word in them.
    """
    aliases = [one for one in case.aliases if len(one) >= SHORTEST]
    sign = _pattern([case.id, *aliases])
    read, found, closed = 0, [], []
    for path in _plain(folder):
        with suppress(OSError):  # gone meanwhile
            content = path.read_bytes()
            read += 1
            if sign.search(os.fsencode(path.name)) or any(sign.search(one) for one in (content, *_inside(path))):
                found.append(path)
            elif content.startswith(b"%PDF"):
                closed.append(path)
    return Searched(read, tuple(found), tuple(closed), len(aliases) < len(case.aliases))


def remove_exports(folder: Path, case: Target) -> int:
    """Delete exports of this case that lie in the folder; returns how many."""
    mine = [path for path in _plain(folder) if path.suffix.lower() == ".zip" and _exported(path) == case.id]
    for path in mine:
        remove(path)
    return len(mine)


def _plain(folder: Path) -> Iterator[Path]:
    shipped = {page.name: page for page in notebooks_dir().glob("*.ipynb")}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place, name)
            if name in _ENCRYPTED or path.suffix == archive.ENDING or path.is_symlink() or not path.is_file():
                continue
            if name in shipped and path.read_bytes() == shipped[name].read_bytes():
                continue
            yield path


def _pattern(words: list[str]) -> re.Pattern[bytes]:
    """Each word by itself, not as part of a longer one: plain, in UTF-16, and as JSON writes it."""
    forms = {form.encode(code) for word in words for form in (word, json.dumps(word)[1:-1]) for code in _CODES}
    return re.compile(b"|".join(rb"(?<![0-9A-Za-z])" + re.escape(one) + rb"(?![0-9A-Za-z])" for one in sorted(forms)))


def _inside(path: Path) -> Iterator[bytes]:
    """Name and content of each file in a zip; nothing for other files or broken zips."""
    if not zipfile.is_zipfile(path):
        return
    with suppress(*_ZIP), zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            yield name.encode()
            yield packed.read(name)


def _exported(path: Path) -> str | None:
    with suppress(*_ZIP), zipfile.ZipFile(path) as packed:
        return str(json.loads(packed.read(EXPORTED))["case"]["id"])
    return None
