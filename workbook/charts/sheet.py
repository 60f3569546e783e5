"""The sheet that every chart is drawn on: panels over one time axis, the strip of marks, the strip of gaps, the key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from workbook.charts.marks import DASHES, KEY_LINES, NAMES, SIGNS, Mark, key
from workbook.charts.series import WEEK, Window, runs
from workbook.charts.style import FONTS, SMALL, Theme, settings
from workbook.charts.ticks import labels, ticks

Axes = Any  # matplotlib's own types know no dates on an axis
if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure
    from pandas import DatetimeIndex

_POINTS = re.compile(r"<g( clip-path=[^>]*)>((?:\s*<use [^>]*/>)+\s*)</g>")
_LOOK = re.compile(r'(?<= )style="[^"]*"')
_PLACE = re.compile(r'\b([xy])="([^"]*)"')
WIDE, NARROW = 7.4, 4.1
"""Widths of a figure in inches: for a page and a PDF, and for a small screen."""
_LINE = 0.2
_LEFT, _RIGHT = 0.5, 0.14
_LETTERS_AN_INCH = 15
DRAWING = Lock()
"""Held while a figure is drawn: matplotlib's settings belong to the whole process."""


@dataclass
class Sheet:
    """A figure under construction; sizes in inches."""

    figure: Figure
    axes: list[Axes]
    theme: Theme
    span: Window
    narrow: bool
    legend: list[tuple[Any, str]] = field(default_factory=list)
    tall: tuple[float, ...] = ()
    """Heights of the axes, where a chart wants others than the usual ones."""

    def explain(self, handle: Any, words: str) -> None:
        """Add a line to the legend, once."""
        if words not in [said for _, said in self.legend]:
            self.legend.append((handle, words))

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

    def name_lane(self, axes: Axes, words: str, at: float) -> None:
        """The name of a lane at the left, above it; lines behind it are dimmed."""
        box = {"facecolor": self.theme.face, "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
        axes.annotate(
            words, (0, at), xytext=(2, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=SMALL, va="center", ha="left", bbox=box, zorder=5,
        )  # fmt: skip


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
        lines = key(events, int(WIDE / 2 * _LETTERS_AN_INCH))
        for axes in sheet.axes:
            _lines_of(events, axes, theme)
        _signs_of(events, sheet)
        _lay_out(sheet, lines)
        return _svg(sheet.figure)


def _sheet(span: Window, panels: int, theme: Theme, narrow: bool) -> Sheet:
    from matplotlib.figure import Figure

    figure = Figure()
    grid = figure.subplots(panels, 1, sharex=True, squeeze=False)
    sheet = Sheet(figure, list(grid[:, 0]), theme, span, narrow)
    for axes in sheet.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        axes.tick_params(length=3, labelsize=SMALL)
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


def _lay_out(sheet: Sheet, lines: list[str]) -> None:
    """Place everything by inches, so that no text length decides on the plot's size."""
    figure, width = sheet.figure, NARROW if sheet.narrow else WIDE
    columns = 1 if sheet.narrow else 3
    rows = -(-len(sheet.legend) // columns)
    usual = (1.75 if len(sheet.axes) > 1 else 2.6) * (0.95 if sheet.narrow else 1)
    tall = sheet.tall or (usual,) * len(sheet.axes)
    key_columns = 1 if sheet.narrow else 2
    key_rows = -(-len(lines) // key_columns)
    head, foot, between = rows * _LINE + 0.46, 0.46 + key_rows * _LINE, 0.5
    height = head + sum(tall) + between * (len(sheet.axes) - 1) + foot
    figure.set_size_inches(width, height)
    for number, axes in enumerate(sheet.axes):
        bottom = height - head - sum(tall[: number + 1]) - between * number
        axes.set_position((_LEFT / width, bottom / height, (width - _LEFT - _RIGHT) / width, tall[number] / height))
    if sheet.legend:
        handles, said = zip(*sheet.legend, strict=True)
        figure.legend(
            handles, said, loc="upper left", bbox_to_anchor=(0.02 / width, 1), ncols=columns, frameon=False,
            fontsize=SMALL, borderaxespad=0.1, handlelength=1.8, columnspacing=1.4, labelspacing=0.35,
        )  # fmt: skip
    for number, words in enumerate(lines):
        y = (foot - 0.46 - number % key_rows * _LINE - 0.06) / height
        x = (_LEFT + number // key_rows * (width - _LEFT) / key_columns) / width
        figure.text(x, y, words, ha="left", va="top", fontsize=SMALL)


def _svg(figure: Figure) -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    kept = BytesIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(kept, metadata={"Date": None, "Creator": None})
    return tidy(kept.getvalue().decode())


def tidy(svg: str) -> str:
    """The SVG element alone, with the fonts that the page and the PDF have, and short where points are many."""
    svg = svg[svg.index("<svg") :].replace("'DejaVu Sans'", FONTS)
    return _POINTS.sub(_said_once, svg).rstrip() + "\n"


def _said_once(points: re.Match[str]) -> str:
    """Points that all look alike, with their look on the group and their places to a hundredth of a point."""
    looks = set(_LOOK.findall(points[0]))
    if len(looks) != 1:
        return points[0]
    places = _PLACE.sub(lambda number: f'{number[1]}="{float(number[2]):.2f}"', points[2])
    return f"<g{points[1]} {looks.pop()}>{_LOOK.sub('', places)}</g>"


def week_width(share: float = 0.82) -> timedelta:
    """Width of a week's bar."""
    return WEEK * share
