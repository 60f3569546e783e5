"""A process that erases a case and stops before each thing that reaches the disk.

`fault_eraser.py ROOT KEY CASE NUMBER` prints a line and waits for one, so that whoever started it can kill it there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.record import erasing
from workbook.record.erasing import Target
from workbook.record.practice import Practice


def waiting(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, before which the process says its name and waits."""

    def told(*args: Any, **options: Any) -> Any:
        print(name, flush=True)
        if not sys.stdin.readline():
            os._exit(3)  # nobody is there any more
        return call(*args, **options)

    return told


def main(root: str, key: str, case_id: str, number: str) -> None:
    """Erase the case in the workspace; ‘done’ when it is."""
    place = Path(root)
    practice = Practice.open(place / "practice", bytes.fromhex(key))
    for name in ("fsync", "replace"):
        setattr(os, name, waiting(name, getattr(os, name)))
    for name in ("vacuum", "checkpoint"):
        setattr(Practice, name, waiting(name, getattr(Practice, name)))
    steps = erasing.run(
        practice,
        bytes.fromhex(key),
        Target(case_id, int(number)),
        workspace=place,
        backups=place / "backups",
    )
    for step in steps:
        waiting(step.say, lambda: None)()
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
