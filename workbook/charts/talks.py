"""‘In n of m talks’ and ‘kept on n of m days’, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts import lines, plots, series, telling, words
from workbook.charts.answers import lanes
from workbook.charts.drawing import Drawing, Rows, Source
from workbook.charts.sheet import Sheet
from workbook.charts.style import SMALL
from workbook.content.charts import ChartSpec

if TYPE_CHECKING:
    from pandas import DataFrame

_HEIGHT, _BAR, _NAME = 0.5, 0.48, 0.36
_ROOM_FOR_NUMBERS = 16
"""So many weeks have room for their numbers; of more the table tells them."""


def n_of_m(source: Source, spec: ChartSpec) -> Drawing | None:
    """For each question a row of weeks: how often yes of how often it was answered."""
    found = [
        (name, series.weekly(rows, source.span), rows)
        for one in spec.items
        if one.role != "line"
        for name, rows in lanes(source, one)
        if not rows.empty
    ]
    below = lines.below(source, spec)
    if not found:
        return None

    def paint(sheet: Sheet) -> None:
        sheet.tall = (0.35 + _HEIGHT * len(found), *(1.2 for _ in below))
        _paint(sheet, many, [(name, weeks) for name, weeks, _ in found])
        lines.paint_panels(sheet, sheet.axes[1:], below)

    unit = "day" if spec.items[0].form == "daily" else "talk" if spec.items[0].form == "contact" else "entry"
    many = {"day": "days", "talk": "talks", "entry": "entries"}[unit]
    totals = [(name, len(rows)) for name, _, rows in found]
    return Drawing(
        paint=paint,
        alt=[
            f"{name}: in {rows['value'].sum():.0f} of {words.count(len(rows), unit, many)}." for name, _, rows in found
        ]
        + [telling.rated(one.title, one.rows, source.span, one.every) for one in below],
        columns=("Week from", *(name for name, *_ in found)),
        rows=_rows(source, [weeks for _, weeks, _ in found]),
        cannot=f"Only {many} that were written down count. {telling.DESCRIBES}",
        few=telling.few_of(totals),
        panels=1 + len(below),
    )


def _rows(source: Source, tables: list[DataFrame]) -> Rows:
    return tuple(
        (words.day_words(week.date()), *(_n_of_m(table.loc[week]) or telling.NONE for table in tables))
        for week in source.span.weeks()
    )


def _n_of_m(week: object) -> str:
    return f"{week['sum']:.0f} of {week['count']:.0f}" if week["count"] else ""  # type: ignore[index]


def _paint(sheet: Sheet, many: str, found: list[tuple[str, DataFrame]]) -> None:
    axes, theme = sheet.axes[0], sheet.theme
    axes.set_ylim(len(found), -0.35)
    axes.set_yticks([])
    axes.grid(visible=False)
    plots.title(axes, f"3/5 means: in 3 of 5 {many}")
    room = len(sheet.span.weeks()) <= (_ROOM_FOR_NUMBERS // 2 if sheet.narrow else _ROOM_FOR_NUMBERS)
    for number, (name, weeks) in enumerate(found):
        floor = number + _NAME + _BAR
        sheet.name_lane(axes, name, number + _NAME / 2)
        asked = weeks[weeks["count"] > 0]
        middle = asked.index + series.WEEK / 2
        share = asked["sum"] / asked["count"]
        whole = axes.bar(
            middle, -_BAR, series.WEEK * 0.82, bottom=floor, facecolor="none", edgecolor=theme.muted, linewidth=0.8
        )
        part = axes.bar(
            middle, -_BAR * share, series.WEEK * 0.82, bottom=floor, color=theme.first, edgecolor=theme.edge,
            linewidth=0.4, alpha=0.75 if room else 1,
        )  # fmt: skip
        sheet.explain(whole, f"all {many} of that week")
        sheet.explain(part, "yes")
        if room:
            for at, (_, week) in zip(middle, asked.iterrows(), strict=True):
                axes.annotate(
                    f"{week['sum']:.0f}/{week['count']:.0f}", (at, floor - _BAR / 2), fontsize=SMALL - 1, ha="center",
                    va="center", bbox={"facecolor": theme.face, "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
                )  # fmt: skip
