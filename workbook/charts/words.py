"""The words of a chart: dates, numbers, ranges, gaps. Made from the data, without a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from workbook.charts.series import FEW, Window
from workbook.rules.dates import MONTHS

if TYPE_CHECKING:
    from pandas import DatetimeIndex, Series


def day_words(day: date) -> str:
    """As in `3 August 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period(span: Window) -> str:
    """As in `3 August 2026 to 9 October 2026`, or one day alone."""
    if span.first == span.last:
        return day_words(span.first)
    return f"{day_words(span.first)} to {day_words(span.last)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """As in `1 entry`, `1,476 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float) -> str:
    """As in `7`, `6.5`, at most two places."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def spread(values: Series) -> str:
    """As in `from 2 to 9, median 6`, or `each 6`."""
    low, high = values.min(), values.max()
    if low == high:
        return f"each {number(low)}" if len(values) > 1 else f"at {number(low)}"
    return f"from {number(low)} to {number(high)}, median {number(values.median())}"


def spread_of(values: Sequence[float]) -> str:
    """The same of some plain numbers."""
    if min(values) == max(values):
        return f"each {number(values[0])}" if len(values) > 1 else f"at {number(values[0])}"
    return f"from {number(min(values))} to {number(max(values))}, median {number(median(values))}"


def few(total: int, one: str = "entry", many: str = "entries") -> str:
    """The sentence for too few points, empty when there are enough."""
    if total >= FEW:
        return ""
    if not total:
        return f"No {one} yet."
    return f"Only {count(total, one, many)} so far: too few to read a pattern from. They are shown as they are."


def gaps(missing: DatetimeIndex, of: int, what: str, unit: str = "day") -> str:
    """As in `On 12 of 60 days there is no entry.`"""
    if not len(missing):
        return f"There is {what} on every {unit}." if unit == "day" else f"There is {what} in every {unit}."
    where = "On" if unit == "day" else "In"
    return f"{where} {len(missing)} of {count(of, unit)} there is no {what.removeprefix('an ').removeprefix('a ')}."
