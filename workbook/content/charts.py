"""Reads data/charts.yaml: which log is drawn how, from which questions, and what the drawing cannot show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from workbook.content import load, model
from workbook.content.marked import Marked, read
from workbook.errors import ContentError

Kind = Literal[
    "own", "line", "line-average", "two-lines", "points-median", "small-multiples", "before-after", "mood-markers",
    "next-day", "bars", "stacked-bars", "stacked-shares", "calendar", "strip", "n-of-m", "timeline", "table",
]  # fmt: skip
"""How a chart is drawn; `own` has a maker of its own, found by the chart's id in `workbook.charts.draw`."""
Every = Literal["day", "week", "month"]
PAGE = "progress"
"""The page that shows the charts."""
_CHART_KEYS = ("id", "logs", "theme", "kind", "title", "items", "every", "cannot", "covers", "always", "contact")
_ITEM_KEYS = ("item", "name", "when", "role", "each")


@dataclass(frozen=True)
class ChartItem:
    """One question that a chart reads: `form`, and `item` as `page.log()` names it (`field` or `list.field`).

    `when` names the answers that count as yes; `role` is what the question is to its chart, where that matters;
    `each` makes every option of a list of ticks a line of its own.
    """

    form: str
    item: str
    name: str = ""
    when: tuple[str, ...] = ()
    role: str = ""
    each: bool = False
    file: Path = Path()
    line: int = 1

    @property
    def field(self) -> model.Field:
        """The question itself; ContentError with file and line if the form does not ask it."""
        outer, _, inner = self.item.partition(".")
        form = load.forms().get(self.form)
        # what a counselor took off the page was answered before, and is still drawn
        fields = (*form.fields, *form.hidden) if form else ()
        found = next((one for one in fields if one.id == outer), None)
        if found is not None and inner:
            found = next((one for one in found.fields if one.id == inner), None)
        if found is None:
            raise ContentError(self.file, self.line, f"no log asks ‘{self.form}.{self.item}’.")
        return found

    @property
    def outer(self) -> model.Field:
        """The question, or the list that it stands in."""
        return load.form(self.form).field(self.item.partition(".")[0])

    @property
    def words(self) -> str:
        """What the chart calls it."""
        return self.name or self.field.label


@dataclass(frozen=True)
class ChartSpec:
    """One chart. `always` stands on the progress page without being chosen; `theme` is the heading it is found under.

    `contact` names the contact states under which it is there; empty: those of its questions.
    """

    id: str
    logs: tuple[str, ...]
    theme: str
    kind: Kind
    title: str
    items: tuple[ChartItem, ...]
    every: Every = "day"
    cannot: str = ""
    covers: tuple[str, ...] = ()
    always: bool = False
    contact: tuple[str, ...] = ()

    def role(self, role: str) -> tuple[ChartItem, ...]:
        """The items with this role."""
        return tuple(one for one in self.items if one.role == role)


@cache
def charts() -> dict[str, ChartSpec]:
    """All charts by id, in their order; ContentError with file and line for whatever is not understood."""
    return read_charts(load.data_dir() / "charts.yaml")


@cache
def not_charted() -> dict[str, str]:
    """Logs that are drawn nowhere, with the reason."""
    top = read(load.data_dir() / "charts.yaml")
    return {one.need("log", str): one.need("why", str) for one in top.need("not_charted", list)}


def covered() -> frozenset[str]:
    """Points that a chart serves which can be seen on the progress page."""
    shown = _on_the_page()
    return frozenset(point for one in charts().values() if "*" in shown or one.id in shown for point in one.covers)


def read_charts(path: Path) -> dict[str, ChartSpec]:
    """The charts of one file."""
    found: dict[str, ChartSpec] = {}
    top = read(path)
    top.only(("charts", "pictures", "not_charted"))
    for raw in top.need("charts", list):
        one = _chart(raw)
        if one.id in found:
            raise raw.error(f"the chart id ‘{one.id}’ is already taken.", "id")
        found[one.id] = one
    return found


def _chart(raw: Marked) -> ChartSpec:
    raw.only(_CHART_KEYS)
    kind = raw.need("kind", str)
    if kind not in get_args(Kind):
        raise raw.error(f"‘kind’ must be one of {', '.join(get_args(Kind))}.", "kind")
    every = raw.take("every", str, "day")
    if every not in get_args(Every):
        raise raw.error("‘every’ must be day, week or month.", "every")
    return ChartSpec(
        id=raw.need("id", str),
        logs=tuple(raw.need("logs", list)),
        theme=raw.need("theme", str),
        kind=kind,
        title=raw.need("title", str),
        items=tuple(read_item(raw, one) for one in raw.need("items", list)),
        every=every,
        cannot=raw.take("cannot", str, "").strip(),
        covers=tuple(raw.take("covers", list, [])),
        always=raw.take("always", bool, False),
        contact=tuple(raw.take("contact", list, [])),
    )


def read_item(raw: Marked, one: Any) -> ChartItem:
    """One line under `items:`, a name or a block of its own."""
    if isinstance(one, Marked):
        one.only(_ITEM_KEYS)
        named, where = one.need("item", str), one.line
    else:
        named, where = str(one), raw.lines["items"]
    form, _, item = named.partition(".")
    if not item:
        raise raw.error(f"‘{named}’ must name a form and its question, as in ‘daily.mood’.", "items")
    more = one if isinstance(one, Marked) else {}
    return ChartItem(
        form, item, more.get("name", ""), tuple(map(str, more.get("when", ()))), more.get("role", ""),
        bool(more.get("each")), raw.file, where,
    )  # fmt: skip


def _on_the_page() -> frozenset[str]:
    """Ids of the charts that the progress page calls for; `*` when any can be chosen there."""
    return frozenset(calls(load.notebooks_dir() / f"{PAGE}.ipynb"))


def calls(path: Path) -> Iterator[str]:
    """Ids of the charts that a page calls for; `*` for the list to choose from."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] != "code":
            continue
        if source == "page.charts()":
            yield "*"
        elif source.startswith('page.chart("'):
            yield source.split('"')[1]
