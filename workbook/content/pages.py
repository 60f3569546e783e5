"""The prose of a page in the language that is in use: Markdown by cell id, for the cells that are translated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbook.content import edition, load
from workbook.content.translation import ENGLISH, texts
from workbook.errors import ContentError


def prose(page: str, notebook: Mapping[str, Any]) -> dict[str, str]:
    """Translated Markdown by cell id for a page (`02-pause`) as its notebook is now (nbformat 4).

    A shipped translation holds for a cell that still says what was shipped: where the counselor wrote words of their
    own, these stay. A translation in the workspace's own folder always holds. A file that is not readable translates
    nothing; Counselor view names it.
    """
    made = edition.current()
    if made.language.code == ENGLISH:
        return {}
    cells = markdown(notebook)
    places = edition.folders(made.language.code)
    original = _shipped(load.notebooks_dir() / f"{page}.ipynb")
    ours = {cell: text for cell, text in _texts(places[0], page).items() if cells.get(cell, "") == original.get(cell)}
    theirs = [_texts(place, page) for place in places[1:]]
    return {cell: text for found in (ours, *theirs) for cell, text in found.items() if cell in cells}


def in_language(page: str, notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notebook with its translated prose; the notebook itself where nothing is translated."""
    said = prose(page, notebook)
    if not said:
        return notebook
    cells = [{**cell, "source": said[cell["id"]]} if cell.get("id") in said else cell for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def markdown(notebook: Mapping[str, Any]) -> dict[str, str]:
    """The Markdown cells of a notebook that have an id."""
    return {
        str(cell["id"]): "".join(cell.get("source", ""))
        for cell in notebook.get("cells", [])
        if isinstance(cell, Mapping) and cell.get("cell_type") == "markdown" and "id" in cell
    }


def _texts(folder: Path, page: str) -> dict[str, str]:
    path = folder / "pages" / f"{page}.yaml"
    try:
        return texts(path) if path.is_file() else {}
    except ContentError:
        return {}


def _shipped(path: Path) -> dict[str, str]:
    return _original(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=32)
def _original(path: Path, _changed: int) -> dict[str, str]:
    return markdown(json.loads(path.read_bytes()))
