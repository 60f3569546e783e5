"""`chart`: one chart of a case with its words. Safe in a worker thread; equal data give equal bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.charts.leaf import Drawing, Rows, draw
from workbook.charts.style import THEMES, ThemeName
from workbook.content import charts as content
from workbook.content.pictures import PictureSpec, pictures
from workbook.content.words import t
from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from workbook.record.case import Case

EMPTY = "Nothing to show here yet. The chart appears once something is in the log."
NOTHING = "There is nothing to draw yet."
_MODULES = {
    "lines": "line line-average two-lines points-median small-multiples mood-calm",
    "points": "before-after mood-markers next-day interactions urges",
    "bars": "bars stacked-bars stacked-shares moments contacts",
    "days": "calendar strip",
    "talks": "n-of-m",
    "lists": "timeline table",
    "years": "years",
    "ratings": "over-time stretch",
    "places": "bridge house",
    "shares": "shares shares-side",
    "pairs": "pairs",
}
MAKERS = {kind: module for module, kinds in _MODULES.items() for kind in kinds.split()}
"""Kind of chart or picture in data/charts.yaml (of `own`: its id) → module whose function of this name makes it."""


@dataclass(frozen=True)
class Chart:
    """A drawn chart.

    `svg` is one SVG element on a transparent ground; it is empty while there is nothing to draw (then `alt` says so)
    and for a chart that is a table alone. `alt` is made from the data: period, number, range, median, gaps, marks;
    never a verdict. `rows` under `columns` are its table. `cannot` says what it cannot show, `few` that the points are
    few (empty when they are not), and `marks` explains the numbered events.
    """

    id: str
    title: str
    svg: str
    alt: str
    columns: tuple[str, ...]
    rows: Rows
    cannot: str
    few: str = ""
    marks: tuple[str, ...] = ()
    tabled: bool = False
    """True when the numbers in the drawing lead to its table: paper prints both."""
    quiet: bool = False
    """True for a picture of a form: while there is nothing to draw nobody is told so, the form says it."""


def chart(
    chart_id: str,
    case: Case,
    *,
    theme: ThemeName = "light",
    since: date | None = None,
    until: date | None = None,
    narrow: bool = False,
) -> Chart:
    """One chart of the case's log, or one picture of a form's answers; less private entries.

    Args:
        chart_id: the id of a chart or picture in data/charts.yaml.
        case: the case.
        theme: colours for light or dark paper.
        since: first local day shown; None: the first day of the log. A picture shows what its form holds.
        until: last local day shown; None: the last day of the log.
        narrow: drawn for a screen of about 420 pixels, with type as large as on a wide one.

    Raises:
        WorkbookError: there is no such chart or theme.
    """
    spec = known(chart_id)
    if theme not in THEMES:
        raise WorkbookError(f"There is no such theme. Themes are {' and '.join(THEMES)}.")
    look = {"theme": THEMES[theme], "narrow": narrow, "salt": f"workbook-{chart_id}"}
    if isinstance(spec, PictureSpec):
        return _picture(spec, case, look)
    return _chart(spec, case, since, until, look)


def _chart(spec: content.ChartSpec, case: Case, since: date | None, until: date | None, look: dict[str, Any]) -> Chart:
    from workbook.charts import offers, words
    from workbook.charts.sheet import draw_sheet
    from workbook.charts.source import source
    from workbook.forms.spec import Names

    title = Names(case).fill(spec.title)
    read, shown = source(case, since, until), offers.visible(case, spec)
    drawn = _make(spec.id if spec.kind == "own" else spec.kind, read, shown) if read and shown else None
    if read is None or drawn is None:
        return Chart(spec.id, title, "", EMPTY, (), (), "")
    svg = draw_sheet(drawn.paint, read.span, read.marks, panels=drawn.panels, **look) if drawn.paint else ""
    marks = tuple(mark.words() for mark in read.marks) if drawn.paint else ()
    alt = [f"{title}, {words.period(read.span.first, read.span.last)}.", *drawn.alt]
    alt += [f"Marked: {'; '.join(marks)}."] if marks else []
    return _drawn(spec, title, drawn, svg=svg, alt=alt, cannot=read.fill(spec.cannot), marks=marks,
                  tabled=spec.kind == "timeline")  # fmt: skip


def _picture(spec: PictureSpec, case: Case, look: dict[str, Any]) -> Chart:
    """The picture of a form's answers as they stand now; `quiet` and empty where there is nothing that may be drawn."""
    from workbook.charts.held import Held

    held = Held(case, spec)
    title = held.fill(t(spec.title))
    closed = all(one.form != spec.form for one in held.spec.items)
    drawn = None if closed else _make(spec.kind, held)
    if drawn is None or drawn.paint is None:
        return Chart(spec.id, title, "", t(NOTHING), (), (), "", quiet=True)
    svg, alt = draw(drawn.paint, panels=drawn.panels, **look), [f"{title}.", *drawn.alt]
    return _drawn(spec, title, drawn, svg=svg, alt=alt, cannot=held.fill(t(spec.cannot)), quiet=True)


def _drawn(
    spec: content.ChartSpec | PictureSpec, title: str, drawn: Drawing, *, svg: str, alt: list[str], cannot: str,
    **more: Any,
) -> Chart:  # fmt: skip
    cannot = " ".join(filter(None, (cannot, drawn.cannot)))
    return Chart(spec.id, title, svg, " ".join(alt), drawn.columns, drawn.rows, cannot, drawn.few, **more)


def _make(kind: str, *read: Any) -> Drawing | None:
    """The drawing as its maker gives it, whose module is loaded when it is needed."""
    maker = getattr(import_module(f"workbook.charts.{MAKERS[kind]}"), kind.replace("-", "_"))
    made: Drawing | None = maker(*read)
    return made


def known(chart_id: str) -> content.ChartSpec | PictureSpec:
    """The chart or picture with this id; WorkbookError that lists them if there is none."""
    found = content.charts().get(chart_id) or pictures().get(chart_id)
    if found is None:
        names = ", ".join([*content.charts(), *pictures()])
        raise WorkbookError(f"There is no chart called ‘{chart_id}’. Charts are {names}.")
    return found
