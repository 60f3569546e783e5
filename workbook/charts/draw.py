"""`chart`: one chart of a case with its words. Safe in a worker thread; equal data give equal bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.charts.style import THEMES, ThemeName
from workbook.content import charts as content
from workbook.content.pictures import PictureSpec, pictures
from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from workbook.record.case import Case

EMPTY = "Nothing to show here yet. The chart appears once something is in the log."


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
    rows: tuple[tuple[str, ...], ...]
    cannot: str
    few: str = ""
    marks: tuple[str, ...] = ()
    tabled: bool = False
    """True when the numbers in the drawing lead to its table: paper prints both."""
    quiet: bool = False
    """True for a picture of a form: while there is nothing to draw nobody is told so, the form says it."""

    @property
    def table(self) -> list[tuple[str, ...]]:
        """The table with its heading as the first row."""
        return [self.columns, *self.rows]


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
    if isinstance(spec, PictureSpec):
        from workbook.charts.pictures import picture

        return picture(spec, case, theme=theme, narrow=narrow)
    from workbook.charts import drawing, kinds, offers
    from workbook.forms.spec import Names

    title = Names(case).fill(spec.title)
    source = drawing.source(case, since, until)
    shown = offers.visible(case, spec)
    drawn = kinds.make(source, shown) if source and shown else None
    if source is None or drawn is None:
        return Chart(chart_id, title, "", f"{title}. {EMPTY}", (), (), "")
    table = spec.kind in content.WITHOUT_DRAWING
    salt = f"workbook-{chart_id}"
    marked = [] if table else drawing.marked(source)
    return Chart(
        id=chart_id,
        title=title,
        svg="" if table else drawing.svg(drawn, source, THEMES[theme], narrow, salt=salt),
        alt=" ".join([f"{title}, {drawing.period(source)}.", *drawn.alt, *marked]),
        columns=drawn.columns,
        rows=drawn.rows,
        cannot=" ".join(filter(None, (source.fill(spec.cannot), drawn.cannot))),
        few=drawn.few,
        marks=() if table else tuple(mark.words() for mark in source.marks),
        tabled=spec.kind == "timeline",
    )


def known(chart_id: str) -> content.ChartSpec | PictureSpec:
    """The chart or picture with this id; WorkbookError that lists them if there is none."""
    found = content.charts().get(chart_id) or pictures().get(chart_id)
    if found is None:
        names = ", ".join([*content.charts(), *pictures()])
        raise WorkbookError(f"There is no chart called ‘{chart_id}’. Charts are {names}.")
    return found
