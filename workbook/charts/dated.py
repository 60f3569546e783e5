"""The axes of pictures over dates: whole dates below, a rating's whole range at the left."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from workbook.charts import plots
from workbook.charts.series import Window
from workbook.charts.ticks import labels, ticks

if TYPE_CHECKING:
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.model import Field

_AIR, _LEAST_AIR = 40, timedelta(days=2)
_HIGH = 10


def dates(leaf: Leaf, axes: Axes, first: date, last: date) -> None:
    """The axis from one day to another, with some air at both ends."""
    start, end = at(first), at(last)
    air = max((end - start) / _AIR, _LEAST_AIR)
    shown = ticks(Window(first, last), 5 if leaf.narrow else 10)
    axes.set_xlim(start - air, end + air)
    axes.set_xticks([at(day) for day in shown], labels(shown))


def scale(axes: Axes, field: Field | None, title: str) -> None:
    """A rating's axis and the title of its panel."""
    low, high = (field.min, _HIGH if field.max is None else field.max) if field else (0, _HIGH)
    axes.set_ylim(low - 0.09 * (high - low), high + 0.09 * (high - low))
    axes.set_yticks([low, (low + high) / 2, high])
    plots.title(axes, title, f"{low:g} {field.low} – {high:g} {field.high}" if field and field.low else "")


def joined(leaf: Leaf, axes: Axes, points: list[tuple[date, float]], said: str, *, least: int = 2) -> None:
    """Points, and from `least` of them on the line that joins them."""
    x, values = [at(day) for day, _ in points], [value for _, value in points]
    if len(x) >= least:
        axes.plot(x, values, color=leaf.theme.first, linewidth=1.3, zorder=2.5)
    (drawn,) = axes.plot(x, values, "o", linestyle="none", markersize=6, color=leaf.theme.first, zorder=3)
    leaf.explain(drawn, said)


def at(day: date) -> datetime:
    """Where a day stands on the axis."""
    return datetime.combine(day, time())
