"""The prose of a page: in the language that is in use, and less what its reader is not to read (gates.PROSE)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbook.content import edition, load
from workbook.content.translation import ENGLISH, texts
from workbook.errors import ContentError
from workbook.rules import gates

_HEADING = re.compile(r"(#{1,6})\s")
Cells = Sequence[Mapping[str, Any]]


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


def for_reader(notebook: Mapping[str, Any], now: gates.Standing) -> Mapping[str, Any]:
    """The notebook less the prose that is not for somebody who stands like this; the notebook itself if all is."""
    out = _left_out(notebook["cells"], now)
    cells = [cell for at, cell in enumerate(notebook["cells"]) if at not in out]
    return {**notebook, "cells": cells} if out else notebook


def left_out(notebook: Mapping[str, Any], now: gates.Standing) -> list[str]:
    """Ids of the Markdown cells that somebody who stands like this does not read."""
    return [str(notebook["cells"][at].get("id")) for at in sorted(_left_out(notebook["cells"], now))]


def _left_out(cells: Cells, now: gates.Standing) -> set[int]:
    """A heading that is left out takes its section's prose with it, so that no level is skipped; not what is tagged."""
    out: set[int] = set()
    under = 0  # the level of the heading that was left out
    for at, cell in enumerate(cells):
        if cell.get("cell_type") != "markdown":
            continue
        level, tags = _level(cell), gates.PROSE.keys() & _tags(cell)
        if level and level <= under:
            under = 0
        if not gates.read(tags, now) or (under and (level or not tags)):
            out.add(at)
            under = under or level
    for at in reversed(range(len(cells)) if out else ()):
        section = _section(cells, at) if _text(cells[at]).count("\n") == 0 else []
        if section and out.issuperset(section):  # a heading alone over nothing goes, too
            out.add(at)
    return out


def _section(cells: Cells, at: int) -> list[int]:
    """Places of the cells under the heading of a cell, up to the next of its level; none if it has no heading."""
    level, found = _level(cells[at]), list[int]()
    for place in range(at + 1, len(cells) if level else 0):
        if 0 < _level(cells[place]) <= level:
            break
        found.append(place)
    return found


def _level(cell: Mapping[str, Any]) -> int:
    """The level of the heading that a Markdown cell begins with; 0 for none."""
    heading = _HEADING.match(_text(cell)) if cell.get("cell_type") == "markdown" else None
    return len(heading[1]) if heading else 0


def _text(cell: Mapping[str, Any]) -> str:
    return "".join(cell.get("source", "")).strip()


def _tags(cell: Mapping[str, Any]) -> list[str]:
    tags = cell.get("metadata", {}).get("tags", [])
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


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
