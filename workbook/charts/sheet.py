"""The sheet that every chart is drawn on: panels over one time axis, the strip of marks, the strip of gaps, the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts.leaf import DRAWING, KEY_WIDTH, Axes, Leaf, blank, lay_out, svg
from workbook.charts.marks import DASHES, KEY_LINES, NAMES, SIGNS, Mark, key
from workbook.charts.series import WEEK, Window, runs
from workbook.charts.style import SMALL, Theme, settings
from workbook.charts.ticks import labels, ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DatetimeIndex


@dataclass(kw_only=True)
class Sheet(Leaf):
    """A leaf over the days of the log; sizes in inches."""

    span: Window

    def gaps(self, axes: Axes, missing: DatetimeIndex, words: str, step: timedelta = timedelta(days=1)) -> None:
        """A hatched strip along the bottom wherever there is no entry."""
        bars = [(_noon(day) - timedelta(hours=12), step * length) for day, length in runs(missing, step)]
        if not bars:
            return
        drawn = axes.broken_barh(
            bars,
            (0, 0.035),
            transform=axes.get_xaxis_transform(),
            facecolor=(self.theme.gap, 0.35),  # a single day is too narrow for a hatch to be seen
            edgecolor=self.theme.gap,
            hatch="//////",
            linewidth=0,
            zorder=1,
        )
        self.explain(drawn, words)


def draw(
    paint: Callable[[Sheet], None],
    span: Window,
    events: tuple[Mark, ...],
    *,
    panels: int,
    theme: Theme,
    narrow: bool,
    salt: str,
) -> str:
    """The SVG of a chart: `paint` draws the data on the sheet's axes, this draws the rest. Equal data, equal bytes."""
    import matplotlib as mpl

    with DRAWING, mpl.rc_context(settings(theme, salt)):
        sheet = _sheet(span, panels, theme, narrow)
        paint(sheet)
        sheet.lines = tuple(key(events, KEY_WIDTH))
        for axes in sheet.axes:
            _lines_of(events, axes, theme)
        _signs_of(events, sheet)
        lay_out(sheet)
        return svg(sheet.figure)


def _sheet(span: Window, panels: int, theme: Theme, narrow: bool) -> Sheet:
    figure, axes = blank(panels)
    sheet = Sheet(figure=figure, axes=axes, theme=theme, span=span, narrow=narrow)
    _time_axis(sheet)
    return sheet


def _time_axis(sheet: Sheet) -> None:
    weeks = sheet.span.weeks()  # whole weeks, so that no week's bar is cut
    start, end = weeks[0].to_pydatetime(), weeks[-1].to_pydatetime() + WEEK
    air = (end - start) / 100
    dates = ticks(sheet.span, 5 if sheet.narrow else 10)
    lowest: Axes = sheet.axes[-1]
    lowest.set_xlim(start - air, end + air)
    lowest.set_xticks([datetime.combine(day, time()) for day in dates], labels(dates))


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12))


def _lines_of(events: tuple[Mark, ...], axes: Axes, theme: Theme) -> None:
    width = 1 if len(events) <= KEY_LINES else 0.5
    for mark in events:
        axes.axvline(_noon(mark.day), color=theme.muted, linestyle=DASHES[mark.kind], linewidth=width, zorder=1.5)


def _signs_of(events: tuple[Mark, ...], sheet: Sheet) -> None:
    top = sheet.axes[0]
    numbered = len(key(events, 99)) == len(events)
    for mark in events:
        (sign,) = top.plot(
            [_noon(mark.day)], [1.0], SIGNS[mark.kind], transform=top.get_xaxis_transform(), clip_on=False,
            markersize=6, markerfacecolor=sheet.theme.face, markeredgecolor=sheet.theme.ink, zorder=4,
        )  # fmt: skip
        sheet.explain(sign, NAMES[mark.kind])
        if numbered:
            top.annotate(
                str(mark.number), (_noon(mark.day), 1.0), xycoords=("data", "axes fraction"), xytext=(0, 5),
                textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, annotation_clip=False,
            )  # fmt: skip


def week_width(share: float = 0.82) -> timedelta:
    """Width of a week's bar."""
    return WEEK * share
