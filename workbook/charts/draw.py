"""`chart`: one chart of a case with its words. Safe in a worker thread; equal data give equal bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.charts.style import THEMES, ThemeName
from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from workbook.charts.drawing import Drawing, Source
    from workbook.record.case import Case

TITLES = {
    "mood-calm": "Mood and calm",
    "interactions": "Quality of each interaction",
    "urges": "Urges, and those acted on",
    "moments": "Positive and negative moments",
    "contacts": "Contacts, by who began them",
}
"""The charts by id, with their titles."""
EMPTY = "Nothing to show here yet. The chart appears once something is in the log."


@dataclass(frozen=True)
class Chart:
    """A drawn chart.

    `svg` is one SVG element on a transparent ground, empty while there is nothing to draw; then `alt` says so. `alt` is
    made from the data: period, number, range, median, gaps, marks; never a verdict. `rows` under `columns` are its
    table. `cannot` says what it cannot show, `few` that the points are few (empty when they are not), and `marks`
    explains the numbered events.
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
    """One chart of the case's log, less private entries.

    Args:
        chart_id: one of `TITLES`.
        case: the case.
        theme: colours for light or dark paper.
        since: first local day shown; None: the first day of the log.
        until: last local day shown; None: the last day of the log.
        narrow: drawn for a screen of about 420 pixels, with type as large as on a wide one.

    Raises:
        WorkbookError: there is no such chart or theme.
    """
    if chart_id not in TITLES or theme not in THEMES:
        raise WorkbookError(
            f"There is no such chart or theme. Charts are {', '.join(TITLES)}; themes are {' and '.join(THEMES)}."
        )
    from workbook.charts import drawing

    source = drawing.source(case, since, until)
    drawn = _MAKERS[chart_id](source) if source else None
    if source is None or drawn is None:
        return Chart(chart_id, TITLES[chart_id], "", f"{TITLES[chart_id]}. {EMPTY}", (), (), "")
    return Chart(
        id=chart_id,
        title=TITLES[chart_id],
        svg=drawing.svg(drawn, source, THEMES[theme], narrow, salt=f"workbook-{chart_id}"),
        alt=" ".join([f"{TITLES[chart_id]}, {drawing.period(source)}.", *drawn.alt, *drawing.marked(source)]),
        columns=drawn.columns,
        rows=drawn.rows,
        cannot=drawn.cannot,
        few=drawn.few,
        marks=tuple(mark.words() for mark in source.marks),
    )


def _late(name: str) -> Callable[[Source], Drawing | None]:
    def make(source: Source) -> Drawing | None:
        from workbook.charts import drawing

        made: Drawing | None = getattr(drawing, name)(source)
        return made

    return make


_MAKERS = {chart_id: _late(chart_id.replace("-", "_")) for chart_id in TITLES}
