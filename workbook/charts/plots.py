"""How each chart draws its numbers. Marks, dashes and hatches differ, so that a copy in grey reads as well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts.leaf import Axes
from workbook.charts.series import FEW, WEEK, daily_median, middles, missing_days, missing_weeks, weekly
from workbook.charts.sheet import Sheet, week_width
from workbook.charts.style import SIZE

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.charts.items import Item

NARROW_LINE = 54
"""So many characters of a title fit a narrow chart."""
_HATCHES = ("", "///", "...", "xxx")


def rating(axes: Axes, item: Item, words: str) -> None:
    """A rating's axis: its whole range, its title, and what its ends mean."""
    low, high = item.field.min, item.top
    axes.set_ylim(low - 0.07 * (high - low), high + 0.04 * (high - low))
    axes.set_yticks([low, (low + high) / 2, high])
    title(axes, words, f"{low:g} {item.field.low} – {high:g} {item.field.high}" if item.field.low else "")


def title(axes: Axes, words: str, small: str = "") -> None:
    """The title of a panel, at its upper left."""
    whole = f"{words} ({small})"
    said = whole if small and len(whole) <= NARROW_LINE else words
    axes.set_title(said, loc="left", fontsize=SIZE, pad=16, fontweight="bold" if not small else "normal")


def lines(sheet: Sheet, panels: list[tuple[Item, DataFrame, str]]) -> None:
    """Each answer as a point and the day's median as a line that stops where a day is missing."""
    styles = ((sheet.theme.first, "o"), (sheet.theme.second, "s"))
    for axes, (item, rows, words), (color, sign) in zip(sheet.axes, panels, styles, strict=False):
        rating(axes, item, words)
        dots(sheet, axes, rows, color=color, sign=sign, words=f"{words.lower()}, each entry")
        medians(sheet, axes, rows, color)
        sheet.gaps(axes, missing_days(rows, sheet.span), "no entry that day")


def dots(sheet: Sheet, axes: Axes, rows: DataFrame, *, color: str, sign: str, words: str, **more: Any) -> None:
    """The answers themselves; the more there are the smaller and lighter."""
    if rows.empty:
        return
    crowded = len(rows) > 40 * FEW
    look = {"markersize": 2.6 if crowded else 5, "alpha": 0.3 if crowded else 0.85, "color": color, "zorder": 3}
    look |= {"markeredgewidth": 0.9, **more}
    (drawn,) = axes.plot(rows["x"], rows["value"], sign, linestyle="none", **look)
    sheet.explain(drawn, words)


def medians(sheet: Sheet, axes: Axes, rows: DataFrame, color: str) -> None:
    """The day's median, never joined over a missing day; no line at all while there are few points."""
    if len(rows) < FEW:
        return
    per_day = daily_median(rows, sheet.span)
    (drawn,) = axes.plot(middles(rows, sheet.span), per_day.to_numpy(), color=color, linewidth=1.3, zorder=2.5)
    sheet.explain(drawn, "the day’s median; a gap where no entry is")


def interactions(sheet: Sheet, item: Item, rows: DataFrame, all_rows: DataFrame) -> None:
    """Each interaction as a point, and a bar across each week at its median."""
    axes = sheet.axes[0]
    rating(axes, item, "Quality of each interaction")
    dots(sheet, axes, rows, color=sheet.theme.first, sign="o", words="one interaction")
    week_medians(sheet, axes, rows)
    sheet.gaps(axes, missing_days(all_rows, sheet.span), "day without any log entry")


def week_medians(sheet: Sheet, axes: Axes, rows: DataFrame) -> None:
    """A bar across each week at its median; none while there are few points."""
    if len(rows) < FEW:
        return
    per_week = weekly(rows, sheet.span).dropna()
    drawn = axes.hlines(
        per_week["median"], per_week.index + timedelta(hours=18), per_week.index + WEEK - timedelta(hours=18),
        color=sheet.theme.second, alpha=0.55, linewidth=7, zorder=2.2,
    )  # fmt: skip
    sheet.explain(drawn, "the week’s median")


def urges(sheet: Sheet, item: Item, rows: DataFrame) -> None:
    """The strength of each urge; a filled cross where it was acted on, an open ring where it was not."""
    axes, theme = sheet.axes[0], sheet.theme
    rating(axes, item, "Strength of urges")
    said = (
        ("no", "o", theme.first, "not acted on", {"markerfacecolor": "none", "markersize": 5.5, "alpha": 0.9}),
        ("", ".", theme.muted, "acted on: not said", {"markersize": 5}),
        ("yes", "X", theme.second, "acted on", {"markersize": 7.5, "markeredgecolor": theme.ink, "alpha": 1}),
    )
    for acted, sign, color, words, look in said:
        dots(sheet, axes, rows[rows["acted"] == acted], color=color, sign=sign, words=words, **look)
    medians(sheet, axes, rows, theme.muted)
    sheet.gaps(axes, missing_days(rows, sheet.span), "no entry that day")


def moments(sheet: Sheet, weeks: DataFrame, missing: DataFrame) -> None:
    """Positive moments upwards and negative ones downwards, week by week."""
    axes, theme = sheet.axes[0], sheet.theme
    title(axes, "Moments in a week")
    middle = weeks.index + WEEK / 2
    width = week_width()
    up = axes.bar(middle, weeks["positive"].fillna(0), width, color=theme.first, edgecolor=theme.edge, linewidth=0.6)
    down = axes.bar(
        middle, -weeks["negative"].fillna(0), width, color=theme.third, edgecolor=theme.edge, hatch="///", linewidth=0.6
    )
    sheet.explain(up, "positive moments (upwards)")
    sheet.explain(down, "negative moments (downwards)")
    axes.axhline(0, color=theme.ink, linewidth=0.9)
    whole_numbers(axes)
    sheet.gaps(axes, missing_weeks(missing, sheet.span), "no entry that week", WEEK)


def contacts(sheet: Sheet, weeks: DataFrame, names: dict[str, str], rows: DataFrame) -> None:
    """Contacts of each week, one on the other by who began them."""
    axes, theme = sheet.axes[0], sheet.theme
    title(axes, "Contacts in a week, by who began them")
    floor = weeks.iloc[:, 0].fillna(0) * 0
    colors = (theme.first, theme.third, theme.fourth, theme.second)
    for number, (option, words) in enumerate(names.items()):
        heights = weeks[option].fillna(0)
        color, hatch = colors[number % 4], _HATCHES[number % 4]
        drawn = axes.bar(
            weeks.index + WEEK / 2, heights, week_width(), bottom=floor, color=color, hatch=hatch,
            edgecolor=theme.edge, linewidth=0.6,
        )  # fmt: skip
        sheet.explain(drawn, words)
        floor = floor + heights
    axes.set_ylim(-0.05 * max(floor.max(), 1), max(floor.max() * 1.08, 1.2))
    whole_numbers(axes)
    sheet.gaps(axes, missing_weeks(rows, sheet.span), "no contact noted that week", WEEK)


def whole_numbers(axes: Axes) -> None:
    """Counts have whole numbers, and none below zero."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))
