"""The workbook as a process of its own, for the tests of its server and of its pages."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import IO

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")


def command(folder: Path, port: int = 0, *, idle_seconds: float | None = None, expose_app: bool = False) -> list[str]:
    """The command line that starts the workbook on this workspace without a browser.

    The process prints the address on a line of its own; `started` reads it.
    """
    line = [sys.executable, "-m", "workbook.cli", "lab", "--no-browser", f"--workspace={folder}", f"--port={port}"]
    idle = [] if idle_seconds is None else [f"--idle-seconds={idle_seconds}"]
    return [*line, *idle, *(["--expose-app"] if expose_app else [])]


def started(output: IO[str]) -> str:
    """Read a started workbook's standard output up to its address, with the token, and return that."""
    for line in output:
        if found := _ADDRESS.search(line):
            return found.group()
    raise RuntimeError("The workbook ended before it printed its address.")
