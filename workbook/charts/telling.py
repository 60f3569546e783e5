"""Sentences and cells that several charts say in the same way."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from workbook.charts import series, words

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.content.charts import Every

DESCRIBES = "It describes what was written down, and cannot tell what caused what."
OPEN_DAYS = "Days without an entry may have been better or worse."
NONE = "–"
"""Stands in a table where nothing was answered."""


def when(row: object) -> str:
    """Day and time of a point; the day alone when it stands for the whole day."""
    moment, day = row.x, words.day_words(row.day.date())  # type: ignore[attr-defined]
    return day if row.whole_day else f"{day}, {moment:%H:%M}"  # type: ignore[attr-defined]


def rated(title: str, rows: DataFrame, span: series.Window, every: Every = "day") -> str:
    """Number, range, median and gaps of ratings or counts."""
    if rows.empty:
        return f"{title}: no entry."
    empty = words.gaps(series.missing(rows, span, every), len(span.steps(every)), "an entry", every)
    return f"{title}: {words.count(len(rows), 'entry', 'entries')}, {words.spread(rows['value'])}. {empty}"


def few_of(counts: list[tuple[str, int]]) -> str:
    """The sentence for what has too few points; empty when all have enough."""
    thin = [(title, total) for title, total in counts if total < series.FEW]
    if len(thin) == len(counts):
        return words.few(max(total for _, total in counts))
    return " ".join(f"{title}: {words.few(total)}" for title, total in thin)


def or_dash(value: float) -> str:
    """A number, or a dash where there is none."""
    return NONE if isnan(value) else words.number(value)
