"""A shortcut on the desktop that starts the workbook, offline too. Its name says nothing of what is in it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from workbook.errors import WorkspaceProblem
from workbook.lab.workspace import Workspace

NAME = "Workbook"


def offer(workspace: Workspace) -> None:
    """Ask once, at the first start that somebody sits at."""
    asked = workspace.lab / "shortcut-offered"
    if asked.exists() or not sys.stdin.isatty():
        return
    asked.touch()
    try:
        answer = input(f"Shall a shortcut called ‘{NAME}’ be put on your desktop? [Y/n] ").strip().casefold()
    except EOFError:
        return
    if answer in ("", "y", "yes"):
        try:
            for path in make(workspace):
                print(f"Made: {path}")
        except WorkspaceProblem as problem:  # the workbook starts all the same
            print(problem)


def make(workspace: Workspace) -> list[Path]:
    """Write the shortcut where this system looks for it; returns the files that were written.

    Raises:
        WorkspaceProblem: the desktop's folder cannot be written to.
    """
    try:
        return _make(workspace)
    except OSError as error:
        raise WorkspaceProblem(
            f"The shortcut could not be written ({error.strerror}). The workbook opens without it: workbook lab"
        ) from None


def _make(workspace: Workspace) -> list[Path]:
    from platformdirs import user_data_path, user_desktop_path

    line = [sys.executable, "-m", "workbook.cli", "lab", "--workspace", str(workspace.folder)]
    desktop = user_desktop_path()
    if sys.platform == "win32":
        return [_write(desktop / f"{NAME}.cmd", windows(line))]
    if sys.platform == "darwin":
        return [_write(desktop / f"{NAME}.command", macos(line))]
    places = [user_data_path() / "applications", *([desktop] if desktop.is_dir() else [])]
    return [_write(place / "workbook.desktop", linux(line)) for place in places]


def windows(line: list[str]) -> str:
    """A batch file; `%` is doubled, because it would be read as a variable. The console is told that it is UTF-8:
    folders carry the name of the user.
    """
    words = " ".join(f'"{word}"' for word in line).replace("%", "%%")
    return f"@echo off\r\nchcp 65001 >nul\r\ntitle {NAME}\r\n{words}\r\n"


def macos(line: list[str]) -> str:
    """A script that opens in the Terminal."""
    return f"#!/bin/sh\nexec {shlex.join(line)}\n"


def linux(line: list[str]) -> str:
    """A desktop entry, quoted as its specification says."""
    words = " ".join('"' + _escaped(word) + '"' for word in line)
    return f"[Desktop Entry]\nType=Application\nName={NAME}\nExec={words}\nTerminal=true\nCategories=Office;\n"


def _escaped(word: str) -> str:
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, "\\" + sign)
    return word.replace("\\", "\\\\").replace("%", "%%")


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    path.chmod(0o755)
    return path
