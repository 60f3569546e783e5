"""Sets the workbook up and runs it, from nothing but Python: `python3 -m workbook.bootstrap lab` (or test, demo, ...).

Uses the standard library only, and runs alike on Linux, macOS and Windows. What it installs stands in
requirements.lock, with a hash for each file, and goes into the folder .venv beside it; nothing else is touched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "workbook-setup.json"
COMMANDS = ("setup", "lab", "demo", "test", "bench")
_BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = (
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_OF_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class Missing(Exception):
    """Something that the workbook needs is not on this computer; the text says what to do."""


def main(words: list[str]) -> int:
    """Run one command; returns its exit code, 1 when something is missing, 2 for an unknown command."""
    command, rest = (words or ["lab"])[0], words[1:]
    if command not in COMMANDS:
        print(f"Unknown command ‘{command}’. The commands: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        if sys.version_info < OLDEST:
            return _again_with_newer(words)
        set_up()
        return {"setup": _done, "lab": _lab, "demo": _demo, "test": _test, "bench": _bench}[command](rest)
    except Missing as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


# ---- setting up ------------------------------------------------------------------------------------------------------


def set_up() -> None:
    """Make .venv and install what the lock names, unless that is done already.

    Raises:
        Missing: Python's venv module is missing, or a package could not be fetched.
    """
    wanted = {"lock": _digest(LOCK), "project": _digest(ROOT / "pyproject.toml"), "folder": str(ROOT)}
    if python().exists() and _stamp() == wanted:
        return
    print("Setting the workbook up. The first time this fetches about 250 MB and takes a few minutes …", flush=True)
    if not _has_pip():
        _make_venv()
    install = [str(python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _fetch([*install, "--require-hashes", "-r", str(LOCK)])
    _fetch([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def python() -> Path:
    """The Python of .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _has_pip() -> bool:
    """False also for a folder that was left half made: Python stands in it before pip does."""
    line = [str(python()), "-m", "pip", "--version"]
    quiet = subprocess.DEVNULL
    return python().exists() and subprocess.call(line, stdout=quiet, stderr=quiet) == 0


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Missing(
            "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv. "
            "Elsewhere, please install Python from python.org. Then try again."
        )
    code = subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if code:
        raise Missing(f"The folder ‘{VENV}’ could not be made. Is the disk full, or the folder not yours?")


def _fetch(line: list[str]) -> None:
    if subprocess.call(line):
        raise Missing(
            "A package could not be installed (see above). Is this computer connected to the internet? "
            "Please try again; what was fetched already is kept."
        )


def _again_with_newer(words: list[str]) -> int:
    """An old `python3` is common; a newer one is often there under its own name."""
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found:
            return subprocess.call([found, "-m", "workbook.bootstrap", *words], cwd=ROOT)
    here = ".".join(map(str, sys.version_info[:3]))
    raise Missing(f"The workbook needs Python 3.11 or newer, and this is {here}. Please get one from python.org.")


def _stamp() -> object:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- running ---------------------------------------------------------------------------------------------------------


def _run(line: list[str], environment: dict[str, str] | None = None) -> int:
    print(f"> {' '.join(line)}", flush=True)
    return subprocess.call([str(python()), "-m", *line], cwd=ROOT, env={**os.environ, **(environment or {})})


def _done(_: list[str]) -> int:
    print(f"Ready: {python()}")
    return 0


def _lab(words: list[str]) -> int:
    return subprocess.call([str(python()), "-m", "workbook.cli", "lab", *words], cwd=ROOT)


def _demo(words: list[str]) -> int:
    return subprocess.call([str(python()), "-m", "workbook.cli", "demo", *words], cwd=ROOT)


def _bench(words: list[str]) -> int:
    return _run(["benchmarks", *words], {"WORKBOOK_BROWSER": browser()})


def _test(words: list[str]) -> int:
    """Lint, format, types, then all tests; stops at the first that fails."""
    side_by_side = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadscope"]
    checks = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["pytest", *side_by_side, *words]]
    found = {"WORKBOOK_BROWSER": browser()}
    return next((code for line in checks if (code := _run(line, found))), 0)


# ---- a browser for the tests -----------------------------------------------------------------------------------------


def browser() -> str:
    """A Chromium, Chrome or Edge for the browser tests: an installed one, Debian's package, or Playwright's own.

    Raises:
        Missing: none is there and none could be had.
    """
    found = os.environ.get("WORKBOOK_BROWSER") or _installed()
    if found is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("No browser is installed: fetching Debian's chromium …", flush=True)
        subprocess.call(["apt-get", "update", "-q"])
        subprocess.call(["apt-get", "install", "-yq", "--no-install-recommends", "chromium"])
        found = _installed()
    found = found or _of_playwright()
    print(f"Browser for the tests: {found}", flush=True)
    return found


def _installed() -> str | None:
    named = (shutil.which(name) for name in _BROWSERS)
    placed = (_expanded(place) for place in _PLACES)
    return next((path for path in (*named, *placed) if path and Path(path).is_file() and _starts(path)), None)


def _expanded(place: str) -> str | None:
    try:
        return place.format_map(os.environ)
    except KeyError:
        return None


def _starts(path: str) -> bool:
    """An installed browser may still not start, as an empty shell does. On Windows asking would open a window."""
    if os.name == "nt":
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _of_playwright() -> str:
    print("No browser is installed: fetching Playwright's chromium …", flush=True)
    code = subprocess.call([str(python()), "-m", "playwright", "install", "chromium"])
    told = subprocess.run([str(python()), "-c", _OF_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = told.stdout.strip()
    if code or not Path(path).is_file():
        raise Missing("The tests need a browser. Please install Chromium, Chrome or Edge, then try again.")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
