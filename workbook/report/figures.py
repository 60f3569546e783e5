"""Charts and a counselor's own figures as vectors, each with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from workbook.report.glyphs import drawing, line, printable

if TYPE_CHECKING:
    from workbook.charts.draw import Chart

Block = dict[str, Any]
_UNDRAWN = "This figure is not drawn on paper yet. Open the page once, then print it again."
_OUTSIDE = re.compile(r"""\s(?:xlink:)?href\s*=\s*(?:"(?!#|data:)[^"]*"|'(?!#|data:)[^']*')""", re.I)
"""References to anything outside the drawing: a figure may not read a file, and typst would refuse the whole print."""
_NO_ALT = "A figure by your counselor"


class Figures:
    """Hands out figure blocks, and keeps their drawings as files for typst (`files`)."""

    def __init__(
        self, own: Mapping[int, tuple[str, str]] | None = None, charts: Callable[[str], Chart] | None = None
    ) -> None:
        self._own = own or {}
        self._charts = charts
        self._marks: tuple[str, ...] = ()
        self.files: dict[str, bytes] = {}

    def chart(self, chart_id: str) -> Block | None:
        """A chart with its title, what it shows in words, and what it cannot show; None for an empty quiet one."""
        if self._charts is None:
            return _said(_UNDRAWN)
        drawn = self._charts(chart_id)
        notes = [line(one) for one in (drawn.few, drawn.cannot, self._marked(drawn)) if one]
        if not drawn.svg and drawn.rows:
            return {**_table(drawn), "notes": notes}
        if not drawn.svg:
            return None if drawn.quiet else _said(f"{drawn.title}. {drawn.alt}")
        return self._figure(drawn.svg, drawn.alt, drawn.title, notes)

    def words(self, chart_id: str) -> Block | None:
        """The table of a chart whose numbers lead to it; None for all others."""
        drawn = self._charts(chart_id) if self._charts else None
        return _table(drawn) if drawn and drawn.svg and drawn.tabled else None

    def _marked(self, drawn: Chart) -> str:
        """The marks in words, where there are too many for the chart's key; of several charts the first says them."""
        from workbook.charts.marks import KEY_LINES

        if len(drawn.marks) <= KEY_LINES or drawn.marks == self._marks:
            return ""
        self._marks = drawn.marks
        return f"Marked: {'; '.join(drawn.marks)}."

    def own(self, number: int) -> Block:
        """The figure of the page's `number`-th show call, or a sentence when it was not drawn yet."""
        if number not in self._own:
            return _said(_UNDRAWN)
        svg, alt = self._own[number]
        svg = _OUTSIDE.sub("", svg)
        if not _is_svg(svg):
            return _said(f"A figure could not be drawn; this is what it shows: {alt or _NO_ALT}")
        return self._figure(svg, alt or _NO_ALT, "", [line(alt)] if alt else [])

    def _figure(self, svg: str, alt: str, title: str, notes: list[Any]) -> Block:
        name = f"figure{len(self.files) + 1}.svg"
        self.files[name] = drawing(svg).encode()
        return {"t": "figure", "file": name, "alt": " ".join(printable(alt).split()), "title": line(title),
                "notes": notes}  # fmt: skip


def _table(drawn: Chart) -> Block:
    rows = [[line(cell) for cell in row] for row in drawn.rows]
    return {"t": "table", "title": line(drawn.title), "head": [line(one) for one in drawn.columns], "rows": rows}


def _said(words: str) -> Block:
    return {"t": "notice", "text": line(words)}


def _is_svg(svg: str) -> bool:
    """True when the text is well-formed and an SVG, so that one broken figure cannot stop the whole print."""
    if re.search(r"<!ENTITY", svg, re.I):
        return False
    try:
        return ElementTree.fromstring(svg).tag.endswith("svg")  # noqa: S314 - entities were refused above
    except ElementTree.ParseError:
        return False
