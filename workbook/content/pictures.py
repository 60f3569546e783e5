"""Reads the pictures of data/charts.yaml: what a form holds, drawn on the step's page right after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from workbook.content import charts, load
from workbook.content.charts import ChartItem
from workbook.content.marked import Marked, read

Kind = Literal["years", "bridge", "house", "shares", "shares-side", "pairs", "over-time", "stretch"]
"""How a picture is drawn; `workbook.charts.draw` names the makers."""
_KEYS = ("id", "form", "kind", "title", "items", "sides", "cannot", "covers")


@dataclass(frozen=True)
class PictureSpec:
    """One picture of the answers to `form`; further forms may lend it an item."""

    id: str
    form: str
    kind: Kind
    title: str
    items: tuple[ChartItem, ...]
    sides: tuple[str, ...] = ()
    """What the two numbers of each pair are called, or the places on a stretch."""
    cannot: str = ""
    covers: tuple[str, ...] = ()


@cache
def pictures() -> dict[str, PictureSpec]:
    """All pictures by id; ContentError with file and line for whatever is not understood."""
    return read_pictures(load.data_dir() / "charts.yaml")


def read_pictures(path: Path) -> dict[str, PictureSpec]:
    """The pictures of one file."""
    top = read(path)
    taken = {one.get("id") for one in top.take("charts", list, [])}
    found: dict[str, PictureSpec] = {}
    for raw in top.take("pictures", list, []):
        one = _picture(raw)
        if one.id in found or one.id in taken:
            raise raw.error(f"the chart id ‘{one.id}’ is already taken.", "id")
        found[one.id] = one
    return found


def on_pages() -> dict[str, tuple[str, ...]]:
    """For each picture the pages of its form's steps that call for it."""
    wanted = {one.id: [s.page for s in load.steps() if one.form in s.forms] for one in pictures().values()}
    called = {page: _called(page) for pages in wanted.values() for page in pages}
    return {name: tuple(page for page in pages if name in called[page]) for name, pages in wanted.items()}


def covered() -> frozenset[str]:
    """Points that a picture serves which stands on a page of its form."""
    placed = on_pages()
    return frozenset(point for one in pictures().values() if placed[one.id] for point in one.covers)


def _called(page: str) -> frozenset[str]:
    path = load.notebooks_dir() / f"{page}.ipynb"  # a counselor's own page lies elsewhere, and covers nothing
    return frozenset(charts.calls(path)) if path.is_file() else frozenset()


def _picture(raw: Marked) -> PictureSpec:
    raw.only(_KEYS)
    kind = raw.need("kind", str)
    if kind not in get_args(Kind):
        raise raw.error(f"‘kind’ must be one of {', '.join(get_args(Kind))}.", "kind")
    return PictureSpec(
        id=raw.need("id", str),
        form=raw.need("form", str),
        kind=kind,
        title=raw.need("title", str),
        items=tuple(charts.read_item(raw, one) for one in raw.need("items", list)),
        sides=tuple(map(str, raw.take("sides", list, []))),
        cannot=raw.take("cannot", str, "").strip(),
        covers=tuple(raw.take("covers", list, [])),
    )
