"""The house keeps its shape: imports point one way, the public list is true, and a page opens light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import workbook

PACKAGE = Path(workbook.__file__).parent
LEVELS = [
    {"errors"},
    {"rules"},
    {"content"},
    {"record"},
    {"forms"},
    {"charts", "report", "exchange"},
    {"lab", "page", "cli"},
]
MAY_IMPORT_BESIDE = {
    ("exchange", "charts"),
    ("report", "charts"),
    ("page", "lab"),
    ("cli", "lab"),
    ("cli", "page"),
    ("lab", "page"),
}
HEAVY = {
    "pandas",
    "matplotlib",
    "typst",
    "sqlalchemy",
    "sqlcipher3",
    "nbconvert",
    "fontTools",
    "jupyterlab",
    "IPython.display",
}


def level(room: str) -> int:
    """How high a room stands; what is not in the table may import nothing."""
    return next((number for number, rooms in enumerate(LEVELS) if room in rooms), -1)


def imports() -> list[tuple[str, str, str]]:
    """(file, its room, the room it imports) for every import of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        room = parts[0].removesuffix(".py")
        if room in ("__init__", "bootstrap", "_notebooks", "_data"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])]
            if isinstance(node, ast.ImportFrom) and node.module == "workbook":
                names = [f"workbook.{alias.name}" for alias in node.names]
            if isinstance(node, ast.Import | ast.ImportFrom):
                found += [("/".join(parts), room, n.split(".")[1]) for n in names if n and n.startswith("workbook.")]
    return found


def test_imports_point_one_way():
    """errors <- rules <- content <- record <- forms <- charts, report, exchange <- lab, page, cli."""
    wrong = [
        f"{file} imports {other}"
        for file, room, other in imports()
        if room != other and level(other) >= level(room) and (room, other) not in MAY_IMPORT_BESIDE
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_every_room_stands_in_the_table():
    """A new room is placed before it is used."""
    rooms = {
        path.name.removesuffix(".py")
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__", "bootstrap"} == set().union(*LEVELS)


def test_the_public_list_is_short_and_true():
    """A page needs one name."""
    assert workbook.__all__ == ["open_page"]
    assert callable(workbook.open_page)


@pytest.mark.parametrize("module", ["workbook"])
def test_importing_the_package_loads_nothing_heavy(module: str):
    """pandas, matplotlib, typst, the store and the server are loaded where they are used."""
    code = f"import {module}, sys; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not HEAVY & loaded


def test_modules_stay_short():
    """A module over 400 lines wants to be two rooms."""
    long = [str(p.relative_to(PACKAGE)) for p in PACKAGE.rglob("*.py") if len(p.read_text("utf-8").splitlines()) > 400]
    assert not long
