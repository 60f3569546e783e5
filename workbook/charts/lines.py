"""Charts of numbers over time: lines, small panels one above the other, two lines, points with a weekly median."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts import plots, series, telling, words
from workbook.charts.answers import lanes, table
from workbook.charts.drawing import Drawing, Source
from workbook.charts.leaf import Axes
from workbook.charts.sheet import Sheet
from workbook.content.charts import ChartItem, ChartSpec, Every

if TYPE_CHECKING:
    from pandas import DataFrame

_FULL = 100
_SLOW, _MANY = 3, 2
"""So many weekly or monthly points are joined by a line; daily ones from `series.FEW` on."""
_WHEN = {"day": "no entry that day", "week": "no entry that week", "month": "no entry that month"}
_STEP = {"day": timedelta(days=1), "week": series.WEEK, "month": timedelta(days=30.4)}


@dataclass(frozen=True)
class Panel:
    """One question with its answers, over the whole width."""

    item: ChartItem
    title: str
    rows: DataFrame
    every: Every

    @property
    def counted(self) -> bool:
        """True for yes and no, and for words: they are bars, not points."""
        return bool(self.item.when or self.item.each) or self.item.field.kind not in ("scale", "number")


def line(source: Source, spec: ChartSpec) -> Drawing | None:
    """A panel for each question; its line joins neighbouring days, weeks or months and never goes over a gap."""
    return _panels(source, spec, tall=1.3 if len(spec.items) > _MANY else 0)


def small_multiples(source: Source, spec: ChartSpec) -> Drawing | None:
    """The same, smaller: many questions one above the other, to be read down a day."""
    return _panels(source, spec, tall=1.0)


def line_average(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each answer as a point, and the average of the last seven days as a line."""
    [panel] = panels(source, spec)
    if panel.rows.empty:
        return None
    smooth = series.average(panel.rows, source.span)
    per_day = series.daily_median(panel.rows, source.span)
    shown = smooth.dropna()
    told = f"Seven-day average {words.spread(shown)}." if len(shown) else "There is no seven-day average yet."
    return Drawing(
        paint=lambda sheet: _paint_average(sheet, panel, smooth),
        alt=[telling.rated(panel.title, panel.rows, source.span), told],
        columns=("Day", panel.title, "Average of seven days"),
        rows=tuple(
            (words.day_words(day.date()), telling.or_dash(per_day[day]), telling.or_dash(smooth[day]))
            for day in source.span.days()
        ),
        cannot="The average needs four of seven days, and lags some days behind. " + telling.DESCRIBES,
        few=words.few(len(panel.rows)),
    )


def two_lines(source: Source, spec: ChartSpec) -> Drawing | None:
    """Two questions on one scale, one beside the other."""
    both = panels(source, spec)
    if all(panel.rows.empty for panel in both):
        return None
    columns, rows = table(source, spec.items)
    return Drawing(
        paint=lambda sheet: _paint_two(sheet, spec.title, both),
        alt=[telling.rated(one.title, one.rows, source.span, one.every) for one in both],
        columns=columns,
        rows=rows,
        cannot=telling.DESCRIBES,
        few=telling.few_of([(one.title, len(one.rows)) for one in both]),
    )


def points_median(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each answer as a point, with a bar across each week at its median."""
    found = [one for one in panels(source, spec) if not one.rows.empty]
    if not found:
        return None
    columns, rows = table(source, spec.items)
    return Drawing(
        paint=lambda sheet: _paint_medians(sheet, found),
        alt=[telling.rated(one.title, one.rows, source.span, "week") for one in found],
        columns=columns,
        rows=rows,
        cannot=f"It shows one side’s view. {telling.DESCRIBES}",
        few=telling.few_of([(one.title, len(one.rows)) for one in found]),
        panels=len(found),
    )


def panels(source: Source, spec: ChartSpec) -> list[Panel]:
    """A panel for each item; questions of the weekly log go by the week."""
    return [Panel(one, name, rows, _every(spec, one)) for one in spec.items for name, rows in lanes(source, one)]


def below(source: Source, spec: ChartSpec) -> list[Panel]:
    """The panels that a chart of another kind has below it: its items with the role ‘line’ that were answered."""
    return [one for one in panels(source, spec) if one.item.role == "line" and not one.rows.empty]


def _every(spec: ChartSpec, one: ChartItem) -> Every:
    return "week" if spec.every == "day" and one.form == "weekly" else spec.every


def _panels(source: Source, spec: ChartSpec, tall: float) -> Drawing | None:
    found = [one for one in panels(source, spec) if not one.rows.empty]
    if not found:
        return None
    columns, rows = table(source, dict.fromkeys(one.item for one in found))

    def paint(sheet: Sheet) -> None:
        if tall and len(found) > 1:
            sheet.tall = (tall,) * len(found)
        paint_panels(sheet, sheet.axes, found)

    return Drawing(
        paint=paint,
        alt=[_told(one, source) for one in found],
        columns=columns,
        rows=rows,
        cannot=f"{telling.DESCRIBES} {telling.OPEN_DAYS if spec.every == 'day' else ''}".strip(),
        few=telling.few_of([(one.title, len(one.rows)) for one in found]),
        panels=len(found),
    )


def _told(one: Panel, source: Source) -> str:
    if not one.counted:
        return telling.rated(one.title, one.rows, source.span, one.every)
    days = words.count(one.rows["day"].nunique(), "day")
    return f"{one.title}: {words.number(one.rows['value'].sum())}, on {days} with an answer."


def paint_panels(sheet: Sheet, all_axes: list[Axes], found: list[Panel]) -> None:
    """Each panel on its axes, with its own mark and colour."""
    looks = ((sheet.theme.first, "o"), (sheet.theme.second, "s"), (sheet.theme.fourth, "^"), (sheet.theme.muted, "D"))
    for number, (axes, one) in enumerate(zip(all_axes, found, strict=True)):
        color, sign = looks[number % len(looks)]
        if one.counted:
            _sticks(sheet, axes, one, color)
        else:
            scale(axes, one)
            plots.dots(sheet, axes, one.rows, color=color, sign=sign, words="one answer")
            joined(sheet, axes, one, color)
        sheet.gaps(axes, series.missing(one.rows, sheet.span, one.every), _WHEN[one.every], _STEP[one.every])


def scale(axes: Axes, one: Panel) -> None:
    """The axis of a rating is its whole range; that of a count begins at zero and ends above the highest one."""
    field = one.item.field
    if field.kind == "scale" or field.min < 0 or (field.max == _FULL and field.unit == "%"):
        low, high = field.min, 10 if field.max is None else field.max
        axes.set_ylim(low - 0.07 * (high - low), high + 0.04 * (high - low))
        axes.set_yticks([low, (low + high) / 2, high])
        plots.title(axes, one.title, f"{low:g} {field.low} – {high:g} {field.high}" if field.low else field.unit)
        return
    top = max(float(one.rows["value"].max()), 1.0)
    axes.set_ylim(-0.07 * top, top * 1.1)
    plots.whole_numbers(axes)
    plots.title(axes, one.title, field.unit)


def joined(sheet: Sheet, axes: Axes, one: Panel, color: str, *, dash: str = "-", said: str = "") -> None:
    """The median of each day, week or month as a line that stops where one is missing."""
    if len(one.rows) < (series.FEW if one.every == "day" else _SLOW):
        return
    per_step = series.stepwise(one.rows, sheet.span, one.every)["median"]
    x = one.rows.groupby(series.step_of(one.rows, one.every))["x"].median().reindex(per_step.index)
    x = x.fillna((per_step.index + _STEP[one.every] / 2).to_series(index=per_step.index))
    (drawn,) = axes.plot(x, per_step.to_numpy(), color=color, linewidth=1.3, linestyle=dash, zorder=2.5)
    sheet.explain(drawn, said or f"the {one.every}’s median; a gap where no entry is")


def _sticks(sheet: Sheet, axes: Axes, one: Panel, color: str) -> None:
    """How many of each day or week."""
    per_step = series.stepwise(one.rows, sheet.span, one.every)["sum"]
    wide = _STEP[one.every] * 0.82
    some = per_step[per_step > 0]
    if not some.empty:
        middle = some.index + _STEP[one.every] / 2
        drawn = axes.bar(middle, some, wide, color=color, edgecolor=sheet.theme.edge, linewidth=0.4)
        sheet.explain(drawn, f"how many that {one.every}")
    axes.set_ylim(-0.07 * max(per_step.max(), 1), max(per_step.max(), 1) * 1.1)
    plots.whole_numbers(axes)
    plots.title(axes, one.title)


def _paint_average(sheet: Sheet, panel: Panel, smooth: DataFrame) -> None:
    [axes] = sheet.axes
    scale(axes, panel)
    plots.dots(sheet, axes, panel.rows, color=sheet.theme.first, sign="o", words="each entry")
    if smooth.notna().any():
        (drawn,) = axes.plot(
            smooth.index + timedelta(hours=12), smooth.to_numpy(), color=sheet.theme.second, linewidth=2.4, zorder=3.5
        )
        sheet.explain(drawn, "average of seven days")
    sheet.gaps(axes, series.missing(panel.rows, sheet.span, "day"), _WHEN["day"])


def _paint_two(sheet: Sheet, title: str, both: list[Panel]) -> None:
    [axes] = sheet.axes
    scale(axes, both[0])
    field = both[0].item.field
    plots.title(axes, title, f"{field.min:g} {field.low} – {field.max or 10:g} {field.high}" if field.low else "")
    looks: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        (sheet.theme.first, "o", "-", {"markersize": 4.5}),
        (sheet.theme.second, "s", "--", {"markersize": 8, "markerfacecolor": "none", "markeredgewidth": 1.4}),
    )
    for one, (color, sign, dash, look) in zip(both, looks, strict=True):  # open and filled: both are seen at one place
        plots.dots(sheet, axes, one.rows, color=color, sign=sign, words=one.title, **look)
        joined(sheet, axes, one, color, dash=dash, said=f"{one.title}, from {one.every} to {one.every}")
    rows = both[0].rows if len(both[0].rows) >= len(both[1].rows) else both[1].rows
    every = both[0].every
    sheet.gaps(axes, series.missing(rows, sheet.span, every), _WHEN[every], _STEP[every])


def _paint_medians(sheet: Sheet, found: list[Panel]) -> None:
    for axes, one in zip(sheet.axes, found, strict=True):
        scale(axes, one)
        plots.dots(sheet, axes, one.rows, color=sheet.theme.first, sign="o", words="one answer")
        plots.week_medians(sheet, axes, one.rows)
        sheet.gaps(axes, series.missing(one.rows, sheet.span, "week"), _WHEN["week"], series.WEEK)
