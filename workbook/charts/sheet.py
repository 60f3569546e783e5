"""The sheet that every chart of the log is drawn on: panels over one time axis, gaps, marks and their key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.charts.leaf import KEY_WIDTH, Axes, Leaf, draw
from workbook.charts.marks import DASHES, KEY_LINES, NAMES, SIGNS, Mark, key
from workbook.charts.series import STEP, WEEK, Window, missing, runs
from workbook.charts.style import SMALL
from workbook.charts.ticks import time_axis

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

    from workbook.content.charts import Every


@dataclass(kw_only=True)
class Sheet(Leaf):
    """A leaf over the days of the log; sizes in inches."""

    span: Window

    def gaps(self, axes: Axes, rows: DataFrame, what: str = "entry", every: Every = "day") -> None:
        """A hatched strip along the bottom wherever there is no row."""
        step = STEP[every]
        bars = [(_at(day), step * length) for day, length in runs(missing(rows, self.span, every), step)]
        if not bars:
            return
        drawn = axes.broken_barh(
            bars, (0, 0.035), transform=axes.get_xaxis_transform(), hatch="//////", linewidth=0, zorder=1,
            facecolor=(self.theme.gap, 0.35),  # a single day is too narrow for a hatch to be seen
            edgecolor=self.theme.gap,
        )  # fmt: skip
        self.explain(drawn, f"no {what} that {every}")


def draw_sheet(
    paint: Callable[[Sheet], None], span: Window, events: tuple[Mark, ...], *, panels: int, **look: Any
) -> str:
    """The SVG of a chart: `paint` draws the data on the sheet's axes, this draws the rest; `look` as for a leaf."""

    def whole(sheet: Sheet) -> None:
        weeks = span.steps("week")  # whole weeks, so that no week's bar is cut
        ends = (weeks[0].to_pydatetime(), weeks[-1].to_pydatetime() + WEEK)
        time_axis(sheet, sheet.axes[-1], span, ends, (ends[1] - ends[0]) / 100)
        paint(sheet)
        _mark(sheet, events)

    return draw(whole, make=partial(Sheet, span=span), together=True, panels=panels, **look)


def _mark(sheet: Sheet, events: tuple[Mark, ...]) -> None:
    """A line through all panels for each event, its sign and number above them, its words below."""
    sheet.lines = tuple(key(events, KEY_WIDTH))
    top, theme = sheet.axes[0], sheet.theme
    few = len(events) <= KEY_LINES
    for axes in sheet.axes:
        for mark in events:
            axes.axvline(_at(mark.day, 12), color=theme.muted, linestyle=DASHES[mark.kind], linewidth=1 if few else 0.5,
                         zorder=1.5)  # fmt: skip
    for mark in events:
        (sign,) = top.plot(
            [_at(mark.day, 12)], [1.0], SIGNS[mark.kind], transform=top.get_xaxis_transform(), clip_on=False,
            markersize=6, markerfacecolor=theme.face, markeredgecolor=theme.ink, zorder=4,
        )  # fmt: skip
        sheet.explain(sign, NAMES[mark.kind])
        if few:
            top.annotate(
                str(mark.number), (_at(mark.day, 12), 1.0), xycoords=("data", "axes fraction"), xytext=(0, 5),
                textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, annotation_clip=False,
            )  # fmt: skip


def _at(day: date, hour: int = 0) -> datetime:
    return datetime.combine(day, time(hour))
