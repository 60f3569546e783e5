"""‘In n of m talks’ and ‘kept on n of m days’, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts import lines, plots, series, words
from workbook.charts.leaf import Drawing
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source
from workbook.charts.style import SMALL
from workbook.content.charts import ChartSpec

if TYPE_CHECKING:
    from pandas import DataFrame

_HEIGHT, _BAR, _NAME = 0.5, 0.48, 0.36
_UNITS = {"daily": ("day", "days"), "contact": ("talk", "talks")}
_ROOM_FOR_NUMBERS = 16
"""So many weeks have room for their numbers; of more the table tells them."""


def n_of_m(source: Source, spec: ChartSpec) -> Drawing | None:
    """For each question a row of weeks: how often yes of how often it was answered."""
    unit, many = _UNITS.get(spec.items[0].form, ("entry", "entries"))
    lanes = [lane for one in spec.items if one.role != "line" for lane in source.lanes(one)]
    if unit == "day":
        lanes = [(name, _once_a_day(rows)) for name, rows in lanes]
    found = [(name, series.stepwise(rows, source.span, "week"), rows) for name, rows in lanes if not rows.empty]
    below = lines.below(source, spec)
    if not found:
        return None

    def paint(sheet: Sheet) -> None:
        sheet.tall = (0.35 + _HEIGHT * len(found), *(1.2 for _ in below))
        _paint(sheet, many, [(name, weeks) for name, weeks, _ in found])
        lines.paint_panels(sheet, sheet.axes[1:], below)

    told = [f"{name}: in {rows['value'].sum():.0f} of {words.count(len(rows), unit, many)}." for name, _, rows in found]
    return Drawing(
        paint=paint,
        alt=told + lines.rated(source, below),
        columns=("Week from", *(name for name, *_ in found)),
        rows=tuple(
            (words.day_words(week), *(_n_of_m(weeks.loc[week]) for _, weeks, _ in found))
            for week in source.span.steps("week")
        ),
        cannot=f"Only {many} that were written down count. {words.DESCRIBES}",
        few=words.few_of([(name, len(rows)) for name, _, rows in found]),
        panels=1 + len(below),
    )


def _once_a_day(rows: DataFrame) -> DataFrame:
    """Of several entries on one day a yes, if one of them says so: days are counted, not entries."""
    return rows.sort_values("value", kind="stable").drop_duplicates("day", keep="last")


def _n_of_m(week: Any) -> str:
    return f"{week['sum']:.0f} of {week['count']:.0f}" if week["count"] else words.NONE


def _paint(sheet: Sheet, many: str, found: list[tuple[str, DataFrame]]) -> None:
    axes, theme = sheet.axes[0], sheet.theme
    axes.set_ylim(len(found), -0.35)
    axes.set_yticks([])
    axes.grid(visible=False)
    plots.title(axes, f"3/5 means: in 3 of 5 {many}")
    room = len(sheet.span.steps("week")) <= (_ROOM_FOR_NUMBERS // 2 if sheet.narrow else _ROOM_FOR_NUMBERS)
    for number, (name, weeks) in enumerate(found):
        floor = number + _NAME + _BAR
        sheet.name_lane(axes, name, number + _NAME / 2)
        asked = weeks[weeks["count"] > 0]
        share = asked["sum"] / asked["count"]
        whole = plots.bars(axes, share * 0 - _BAR, "week", bottom=floor, facecolor="none", edgecolor=theme.muted,
                           linewidth=0.8)  # fmt: skip
        part = plots.bars(axes, share * -_BAR, "week", bottom=floor, color=theme.first, edgecolor=theme.edge,
                          linewidth=0.4, alpha=0.75 if room else 1)  # fmt: skip
        sheet.explain(whole, f"all {many} of that week")
        sheet.explain(part, "yes")
        if room:
            for monday, week in asked.iterrows():
                axes.annotate(
                    f"{week['sum']:.0f}/{week['count']:.0f}", (monday + series.WEEK / 2, floor - _BAR / 2),
                    fontsize=SMALL - 1, ha="center", va="center",
                    bbox={"facecolor": theme.face, "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
                )  # fmt: skip
