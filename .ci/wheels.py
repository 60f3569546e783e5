"""Checks that every locked package can be installed without a compiler, on each Python and system that we promise."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",  # macOS 15 or newer; for Intel Macs cryptography 50 has no wheels any more
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
)


def missing(python: str, system: str) -> str:
    """What the installer says when a wheel is missing; empty when all are there."""
    with tempfile.TemporaryDirectory() as target:
        found = subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--no-progress", "--system-certs"),
                *("--only-binary", ":all:"),
                *("--python-version", python, "--python-platform", system, "--target", target),
                *("--require-hashes", "-r", str(ROOT / "requirements.lock")),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "15.0"},
        )
    return found.stderr.strip() or "the installer failed" if found.returncode else ""


def main() -> int:
    """Print one line for each combination; 1 when a wheel is missing."""
    bad = 0
    for system in SYSTEMS:
        for python in PYTHONS:
            problem = missing(python, system)
            bad += bool(problem)
            print(f"{'MISSING' if problem else 'ok':8}Python {python}  {system}", *problem.splitlines(), sep="\n  ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
