"""Which maker draws which kind of chart; each is loaded when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.charts.drawing import Drawing, Source
    from workbook.content.charts import ChartSpec

MAKERS = {
    "line": "lines.line",
    "line-average": "lines.line_average",
    "two-lines": "lines.two_lines",
    "points-median": "lines.points_median",
    "small-multiples": "lines.small_multiples",
    "before-after": "pairs.before_after",
    "mood-markers": "pairs.mood_markers",
    "next-day": "pairs.next_day",
    "bars": "bars.bars",
    "weekly-bars": "bars.weekly_bars",
    "stacked-bars": "bars.stacked_bars",
    "stacked-shares": "bars.stacked_shares",
    "calendar": "days.calendar",
    "strip": "days.strip",
    "n-of-m": "talks.n_of_m",
    "timeline": "lists.timeline",
    "table": "lists.as_table",
    "list": "lists.as_table",
}
"""Kind of chart in data/charts.yaml → module and function under `workbook.charts`."""


def make(source: Source, spec: ChartSpec) -> Drawing | None:
    """The chart before it is drawn; None when there is nothing to draw."""
    named = f"drawing.{spec.id.replace('-', '_')}" if spec.kind == "own" else MAKERS[spec.kind]
    module, _, function = named.partition(".")
    made: Drawing | None = getattr(import_module(f"workbook.charts.{module}"), function)(source, *_spec(spec))
    return made


def _spec(spec: ChartSpec) -> tuple[ChartSpec, ...]:
    return () if spec.kind == "own" else (spec,)
