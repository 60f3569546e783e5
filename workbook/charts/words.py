"""The words of a chart: dates, numbers, ranges, gaps, cells of its table. Made from the data, without a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import isnan
from statistics import median
from typing import TYPE_CHECKING, Any

from workbook.charts import series
from workbook.charts.series import FEW, Window
from workbook.rules.dates import MONTHS

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.content.charts import Every
    from workbook.content.model import Field

DESCRIBES = "It describes what was written down, and cannot tell what caused what."
OPEN_DAYS = "Days without an entry may have been better or worse."
NONE = "–"
"""Stands in a table where nothing was answered."""


def day_words(day: date) -> str:
    """As in `3 August 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period(first: date, last: date) -> str:
    """As in `3 August 2026 to 9 October 2026`, or one day alone."""
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def when(row: Any) -> str:
    """Day and time of a point of the log; the day alone when it stands for the whole day."""
    day = day_words(row.day.date())
    return day if row.whole_day else f"{day}, {row.x:%H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
    """As in `1 entry`, `1,476 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float | None) -> str:
    """As in `7`, `6.5`, at most two places; a dash where there is none."""
    return NONE if value is None or isnan(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def said(field: Field, value: Any, fill: Callable[[str], str] = str) -> str:
    """An answer as a person reads it: options by their words, ticks as yes or no, numbers with their unit."""
    if value is None or value == "":
        return NONE
    if field.kind == "tick":
        return "yes" if value else "no"
    if not isinstance(value, str):
        return f"{number(value)} {field.unit}".strip()
    names = dict(field.options)
    return ", ".join(fill(names[part]) if part in names else part for part in value.split(", ")) if names else value


def spread(values: Iterable[float]) -> str:
    """As in `from 2 to 9, median 6`, or `each 6`."""
    given = sorted(values)
    if given[0] == given[-1]:
        return f"each {number(given[0])}" if len(given) > 1 else f"at {number(given[0])}"
    return f"from {number(given[0])} to {number(given[-1])}, median {number(median(given))}"


def gaps(rows: DataFrame, span: Window, what: str = "an entry", every: Every = "day") -> str:
    """As in `On 12 of 60 days there is no entry.`"""
    missing, where = len(series.missing(rows, span, every)), "on" if every == "day" else "in"
    if not missing:
        return f"There is {what} {where} every {every}."
    of = count(len(span.steps(every)), every)
    return f"{where.capitalize()} {missing} of {of} there is no {what.partition(' ')[2]}."


def rated(title: str, rows: DataFrame, span: Window, every: Every = "day") -> str:
    """Number, range, median and gaps of ratings or counts."""
    if rows.empty:
        return f"{title}: no entry."
    return f"{title}: {count(len(rows), 'entry', 'entries')}, {spread(rows['value'])}. {gaps(rows, span, every=every)}"


def few(total: int, one: str = "entry", many: str = "entries") -> str:
    """The sentence for too few points, empty when there are enough."""
    if total >= FEW:
        return ""
    if not total:
        return f"No {one} yet."
    return f"Only {count(total, one, many)} so far: too few to read a pattern from. They are shown as they are."


def few_of(counts: Sequence[tuple[str, int]]) -> str:
    """The sentence for what has too few points; empty when all have enough."""
    thin = [(title, total) for title, total in counts if total < FEW]
    if len(thin) == len(counts):
        return few(max(total for _, total in counts))
    return " ".join(f"{title}: {few(total)}" for title, total in thin)


def left_out(odd: int) -> str:
    """The sentence for shares that nobody knows how to read; empty when there are none."""
    return f"{count(odd, 'answer')} did not make a hundred and {'is' if odd == 1 else 'are'} left out." if odd else ""
