"""Charts that are words: a table, a list by date, and a timeline of what happened."""

from __future__ import annotations

from typing import Any

from workbook.charts import plots, series, words
from workbook.charts.leaf import Drawing, shorten
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source
from workbook.charts.style import SMALL
from workbook.content.charts import ChartSpec

_SIGNS = ("o", "s", "^", "D", "v", "P")
_NUMBERED = 24
"""So many entries carry their number on the drawing; of more the table tells them."""


def table(source: Source, spec: ChartSpec) -> Drawing | None:
    """What was written down, in the order of time."""
    columns, rows = source.table(spec.items)
    if not rows:
        return None
    return Drawing(
        paint=None,
        alt=[f"{words.count(len(rows), 'entry', 'entries')}, in the order of time."],
        columns=columns,
        rows=rows,
        cannot=words.DESCRIBES,
        few=words.few(len(rows)),
    )


def timeline(source: Source, spec: ChartSpec) -> Drawing | None:
    """A numbered mark for each entry, in a lane for each answer of the question with the role ‘lane’."""
    lane_of = spec.role("lane")
    items = [*(one for one in spec.items if one.role != "lane"), *lane_of]
    found = source.by_entry(items)
    if not found:
        return None
    placed = [(point, cells[-1] if lane_of else spec.title) for point, cells in found]
    said = {lane for _, lane in placed}
    order = list(source.options(lane_of[0]).values()) if lane_of else []
    rest = sorted(said - set(order) - {words.NONE})
    lanes = [name for name in (*order, *rest, words.NONE) if name in said]
    totals = ", ".join(f"{_name(name)}: {sum(lane == name for _, lane in placed)}" for name in lanes)
    return Drawing(
        paint=lambda sheet: _paint(sheet, placed, lanes),
        alt=[f"{words.count(len(found), 'entry', 'entries')}. {totals}."],
        columns=("No.", "When", *map(source.words, items)),
        rows=tuple((str(number), words.when(point), *cells) for number, (point, cells) in enumerate(found, 1)),
        cannot=f"What was not written down is not here. {words.DESCRIBES}",
        few=words.few(len(found)),
    )


def _paint(sheet: Sheet, placed: list[tuple[Any, str]], lanes: list[str]) -> None:
    [axes] = sheet.axes
    sheet.tall = (0.45 + 0.55 * len(lanes),)
    axes.set_ylim(len(lanes) - 0.2, -0.75)
    axes.set_yticks([])
    axes.grid(visible=False)
    colors = (sheet.theme.first, sheet.theme.second, sheet.theme.fourth, sheet.theme.ink)
    for number, lane in enumerate(lanes):
        axes.axhline(number, color=sheet.theme.line, linewidth=0.7, zorder=0.8)
        sheet.name_lane(axes, shorten(_name(lane), 50), number - 0.42)
        days = [point.x for point, of in placed if of == lane]
        axes.plot(days, [number] * len(days), _SIGNS[number % 6], linestyle="none", markersize=7,
                  color=colors[number % 4], markeredgecolor=sheet.theme.ink, zorder=3)  # fmt: skip
    if len(placed) <= (_NUMBERED // 2 if sheet.narrow else _NUMBERED):
        last: dict[str, Any] = {}
        close = series.WEEK * len(sheet.span.steps("week")) / (25 if sheet.narrow else 45)
        for count, (point, lane) in enumerate(placed, 1):
            near = lane in last and point.x - last[lane] < close
            last[lane] = point.x
            axes.annotate(
                str(count), (point.x, lanes.index(lane)), xytext=(0, -6 if not near else 6), textcoords="offset points",
                ha="center", va="top" if not near else "bottom", fontsize=SMALL - 1,
            )  # fmt: skip
    plots.title(axes, "Each entry" + (", numbered as in the table" if len(placed) <= _NUMBERED else ""))


def _name(lane: str) -> str:
    return "not said" if lane == words.NONE else lane
