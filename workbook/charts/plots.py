"""What several drawings paint in the same way: titles, axes, points, medians, heights of bars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts.leaf import Axes, drawable
from workbook.charts.series import FEW, STEP, WEEK, middles, stepwise
from workbook.charts.style import SIZE

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.charts.sheet import Sheet
    from workbook.content.charts import Every
    from workbook.content.model import Field

NARROW_LINE = 54
"""So many characters of a title fit a narrow chart."""
_TOP = 10
"""The highest answer of a rating whose form names none."""
_SLOW = 3
"""So many weekly or monthly points are joined by a line; daily ones from `FEW` on."""


def title(axes: Axes, words: str, small: str = "") -> None:
    """The title of a panel, at its upper left."""
    whole = f"{words} ({small})"
    said = whole if small and len(whole) <= NARROW_LINE else words
    axes.set_title(drawable(said), loc="left", fontsize=SIZE, pad=16, fontweight="bold" if not small else "normal")


def rating(axes: Axes, field: Field, words: str, air: tuple[float, float] = (0.07, 0.04)) -> None:
    """A rating's axis: its whole range with some air below and above, its title, and what its ends mean."""
    low, high = field.min, _TOP if field.max is None else field.max
    axes.set_ylim(low - air[0] * (high - low), high + air[1] * (high - low))
    axes.set_yticks([low, (low + high) / 2, high])
    title(axes, words, f"{low:g} {field.low} – {high:g} {field.high}" if field.low else field.unit)


def counts(axes: Axes, top: float, low: float = 0.05, high: float = 1.08) -> None:
    """The axis of what is counted: from a little below zero to a little above the highest."""
    axes.set_ylim(-low * top, high * top)
    whole_numbers(axes)


def whole_numbers(axes: Axes) -> None:
    """Counts have whole numbers, and none below zero."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))


def dots(sheet: Sheet, axes: Axes, rows: DataFrame, *, color: str, sign: str, words: str, **more: Any) -> None:
    """The answers themselves; the more there are the smaller and lighter."""
    if rows.empty:
        return
    crowded = len(rows) > 40 * FEW
    look = {"markersize": 2.6 if crowded else 5, "alpha": 0.3 if crowded else 0.85, "color": color, "zorder": 3}
    look |= {"markeredgewidth": 0.9, **more}
    (drawn,) = axes.plot(rows["x"], rows["value"], sign, linestyle="none", **look)
    sheet.explain(drawn, words)


def medians(
    sheet: Sheet, axes: Axes, rows: DataFrame, color: str, every: Every = "day", *, dash: str = "-", said: str = ""
) -> None:
    """The median of each day, week or month, never joined over a missing one; no line while there are few points."""
    if len(rows) < (FEW if every == "day" else _SLOW):
        return
    x, values = middles(rows, sheet.span, every), stepwise(rows, sheet.span, every)["median"].to_numpy()
    (drawn,) = axes.plot(x, values, color=color, linewidth=1.3, linestyle=dash, zorder=2.5)
    sheet.explain(drawn, said or f"the {every}’s median; a gap where no entry is")


def week_medians(sheet: Sheet, axes: Axes, rows: DataFrame) -> None:
    """A bar across each week at its median; none while there are few points."""
    if len(rows) < FEW:
        return
    per_week = stepwise(rows, sheet.span, "week").dropna()
    drawn = axes.hlines(
        per_week["median"], per_week.index + timedelta(hours=18), per_week.index + WEEK - timedelta(hours=18),
        color=sheet.theme.second, alpha=0.55, linewidth=7, zorder=2.2,
    )  # fmt: skip
    sheet.explain(drawn, "the week’s median")


def bars(axes: Axes, heights: Any, every: Every, **look: Any) -> Any:
    """A bar in the middle of each day, week or month."""
    return axes.bar(heights.index + STEP[every] / 2, heights, STEP[every] * 0.82, **look)
