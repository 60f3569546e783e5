"""Charts of numbers over time: lines, small panels one above the other, two lines, points with a weekly median."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts import plots, series, words
from workbook.charts.leaf import Axes, Drawing
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source
from workbook.content.charts import ChartItem, ChartSpec, Every

if TYPE_CHECKING:
    from pandas import DataFrame

_FULL = 100
_MANY = 2
"""Lines of more questions than this are smaller."""


@dataclass(frozen=True)
class Panel:
    """One question with its answers, over the whole width."""

    item: ChartItem
    title: str
    rows: DataFrame
    every: Every = "day"

    @property
    def counted(self) -> bool:
        """True for yes and no, and for words: they are bars, not points."""
        return bool(self.item.when or self.item.each) or self.item.field.kind not in ("scale", "number")

    @property
    def total(self) -> tuple[str, int]:
        """Its title, and how many answers it has."""
        return self.title, len(self.rows)


def line(source: Source, spec: ChartSpec) -> Drawing | None:
    """A panel for each question; its line joins neighbouring days, weeks or months and never goes over a gap."""
    return _panels(source, spec, tall=1.3 if len(spec.items) > _MANY else 0)


def small_multiples(source: Source, spec: ChartSpec) -> Drawing | None:
    """The same, smaller: many questions one above the other, to be read down a day."""
    return _panels(source, spec, tall=1.0)


def mood_calm(source: Source, spec: ChartSpec) -> Drawing | None:
    """Mood above, calm below, with a table of the days."""
    both = panels(source, spec)
    if all(one.rows.empty for one in both):
        return None
    days = [one.rows.groupby("day")["value"].agg(["count", "min", "median", "max"]).T for one in both]
    nothing = ("no entry", *(words.NONE,) * 3)
    return Drawing(
        paint=lambda sheet: paint_panels(sheet, sheet.axes, both, own=True),
        alt=rated(source, both),
        columns=("Day", *(name for one in both for name in (f"{one.title}: entries", "lowest", "median", "highest"))),
        rows=tuple(
            (
                words.day_words(day),
                *(cell for each in days for cell in [*map(words.number, each.get(day, ()))] or nothing),
            )
            for day in source.span.steps()
        ),
        cannot=f"{words.DESCRIBES} {words.OPEN_DAYS}",
        few=words.few_of([one.total for one in both]),
        panels=len(both),
    )


def line_average(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each answer as a point, and the average of the last seven days as a line."""
    [panel] = panels(source, spec)
    if panel.rows.empty:
        return None
    smooth = series.average(panel.rows, source.span)
    per_day = series.stepwise(panel.rows, source.span)["median"]
    shown = smooth.dropna()
    told = f"Seven-day average {words.spread(shown)}." if len(shown) else "There is no seven-day average yet."

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        scale(axes, panel)
        plots.dots(sheet, axes, panel.rows, color=sheet.theme.first, sign="o", words="each entry")
        if len(shown):
            (drawn,) = axes.plot(
                smooth.index + timedelta(hours=12), smooth.to_numpy(), color=sheet.theme.second, linewidth=2.4,
                zorder=3.5,
            )  # fmt: skip
            sheet.explain(drawn, "average of seven days")
        sheet.gaps(axes, panel.rows)

    return Drawing(
        paint=paint,
        alt=[*rated(source, [panel]), told],
        columns=("Day", panel.title, "Average of seven days"),
        rows=tuple(
            (words.day_words(day), words.number(per_day[day]), words.number(smooth[day])) for day in per_day.index
        ),
        cannot="The average is the mean of each day’s middle value. It needs four of seven days, and lags some days "
        f"behind. {words.DESCRIBES}",
        few=words.few(len(panel.rows)),
    )


def two_lines(source: Source, spec: ChartSpec) -> Drawing | None:
    """Two questions on one scale, one beside the other."""
    both = panels(source, spec)
    if all(one.rows.empty for one in both):
        return None

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        plots.rating(axes, both[0].item.field, spec.title)
        looks: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
            (sheet.theme.first, "o", "-", {"markersize": 4.5}),
            (sheet.theme.second, "s", "--", {"markersize": 8, "markerfacecolor": "none", "markeredgewidth": 1.4}),
        )
        for one, (color, sign, dash, look) in zip(both, looks, strict=True):  # open and filled: seen at one place
            plots.dots(sheet, axes, one.rows, color=color, sign=sign, words=one.title, **look)
            said = f"{one.title}, from {one.every} to {one.every}"
            plots.medians(sheet, axes, one.rows, color, one.every, dash=dash, said=said)
        fuller = max(both, key=lambda one: len(one.rows))
        sheet.gaps(axes, fuller.rows, every=fuller.every)

    return _of_panels(source, both, paint, panels=1)


def points_median(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each answer as a point, with a bar across each week at its median."""
    found = [Panel(one.item, one.title, one.rows, "week") for one in panels(source, spec) if not one.rows.empty]
    if not found:
        return None

    def paint(sheet: Sheet) -> None:
        for axes, one in zip(sheet.axes, found, strict=True):
            scale(axes, one)
            plots.dots(sheet, axes, one.rows, color=sheet.theme.first, sign="o", words="one answer")
            plots.week_medians(sheet, axes, one.rows)
            sheet.gaps(axes, one.rows, every="week")

    return _of_panels(source, found, paint, cannot=f"It shows one side’s view. {words.DESCRIBES}")


def panels(source: Source, spec: ChartSpec) -> list[Panel]:
    """A panel for each item; questions of the weekly log go by the week."""
    return [
        Panel(one, name, rows, "week" if spec.every == "day" and one.form == "weekly" else spec.every)
        for one in spec.items
        for name, rows in source.lanes(one)
    ]


def below(source: Source, spec: ChartSpec) -> list[Panel]:
    """The panels that a chart of another kind has below it: its items with the role ‘line’ that were answered."""
    return [one for one in panels(source, spec) if one.item.role == "line" and not one.rows.empty]


def rated(source: Source, found: Iterable[Panel]) -> list[str]:
    """A sentence for each panel: number, range, median and gaps."""
    return [words.rated(one.title, one.rows, source.span, one.every) for one in found]


def paint_panels(sheet: Sheet, all_axes: list[Axes], found: list[Panel], *, own: bool = False) -> None:
    """Each panel on its axes, with its own mark and colour, and where asked for a line of its `own` in the legend."""
    looks = ((sheet.theme.first, "o"), (sheet.theme.second, "s"), (sheet.theme.fourth, "^"), (sheet.theme.muted, "D"))
    for number, (axes, one) in enumerate(zip(all_axes, found, strict=True)):
        color, sign = looks[number % len(looks)]
        if one.counted:
            _sticks(sheet, axes, one, color)
        else:
            scale(axes, one)
            said = f"{one.title.lower()}, each entry" if own else "one answer"
            plots.dots(sheet, axes, one.rows, color=color, sign=sign, words=said)
            plots.medians(sheet, axes, one.rows, color, one.every)
        sheet.gaps(axes, one.rows, every=one.every)


def scale(axes: Axes, one: Panel) -> None:
    """The axis of a rating is its whole range; that of a count begins at zero and ends above the highest one."""
    field = one.item.field
    if field.kind == "scale" or field.min < 0 or (field.max == _FULL and field.unit == "%"):
        plots.rating(axes, field, one.title)
    else:
        plots.counts(axes, max(float(one.rows["value"].max()), 1.0), 0.07, 1.1)
        plots.title(axes, one.title, field.unit)


def _panels(source: Source, spec: ChartSpec, tall: float) -> Drawing | None:
    found = [one for one in panels(source, spec) if not one.rows.empty]
    if not found:
        return None

    def paint(sheet: Sheet) -> None:
        if tall and len(found) > 1:
            sheet.tall = (tall,) * len(found)
        paint_panels(sheet, sheet.axes, found)

    cannot = f"{words.DESCRIBES} {words.OPEN_DAYS if spec.every == 'day' else ''}".strip()
    return _of_panels(source, found, paint, cannot=cannot)


def _of_panels(
    source: Source, found: list[Panel], paint: Callable[[Sheet], None], *, cannot: str = words.DESCRIBES,
    panels: int | None = None,
) -> Drawing:  # fmt: skip
    columns, rows = source.table(dict.fromkeys(one.item for one in found))
    return Drawing(
        paint=paint,
        alt=[said for one in found for said in (_counted(one) if one.counted else rated(source, [one]))],
        columns=columns,
        rows=rows,
        cannot=cannot,
        few=words.few_of([one.total for one in found]),
        panels=panels or len(found),
    )


def _counted(one: Panel) -> list[str]:
    days = words.count(one.rows["day"].nunique(), "day")
    return [f"{one.title}: {words.number(one.rows['value'].sum())}, on {days} with an answer."]


def _sticks(sheet: Sheet, axes: Axes, one: Panel, color: str) -> None:
    """How many of each day or week."""
    per_step = series.stepwise(one.rows, sheet.span, one.every)["sum"]
    some = per_step[per_step > 0]
    if not some.empty:
        drawn = plots.bars(axes, some, one.every, color=color, edgecolor=sheet.theme.edge, linewidth=0.4)
        sheet.explain(drawn, f"how many that {one.every}")
    plots.counts(axes, max(per_step.max(), 1), 0.07, 1.1)
    plots.title(axes, one.title)
