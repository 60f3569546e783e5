"""The time axis: ticks on whole days, Mondays or firsts of months, with English month names on any computer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from workbook.charts.leaf import Axes, Leaf
from workbook.charts.series import WEEK, Window
from workbook.rules.dates import MONTHS

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


def time_axis(leaf: Leaf, axes: Axes, span: Window, ends: tuple[datetime, datetime], air: timedelta) -> None:
    """The axis of the days, from one moment to another, with some air at both ends."""
    dates = ticks(span, 5 if leaf.narrow else 10)
    axes.set_xlim(ends[0] - air, ends[1] + air)
    axes.set_xticks([at(day) for day in dates], labels(dates))


def dated(leaf: Leaf, axes: Axes, first: date, last: date) -> None:
    """The same from one day to another."""
    start, end = at(first), at(last)
    time_axis(leaf, axes, Window(first, last), (start, end), max((end - start) / 40, timedelta(days=2)))


def at(day: date) -> datetime:
    """Where a day begins on the axis."""
    return datetime.combine(day, time())


def ticks(span: Window, most: int) -> list[date]:
    """At most `most` dates of the window (or a few more when it lasts for decades), evenly chosen."""
    days = (span.last - span.first).days + 1
    for step in _DAY_STEPS:
        if days <= step * most:
            return _every(span, step)
    first = span.first.replace(day=1)
    for step in _MONTH_STEPS:
        found = [day for day in _months(first, span.last, step) if day >= span.first]
        if len(found) <= most:
            break
    return found


def labels(dates: list[date]) -> list[str]:
    """`3 Aug` or, where all ticks are firsts of a month, `Aug`; the year below the first tick and at each new year."""
    whole_months = all(day.day == 1 for day in dates) and len(dates) > 1
    said: list[str] = []
    for number, day in enumerate(dates):
        month = MONTHS[day.month - 1][:3]
        words = month if whole_months else f"{day.day} {month}"
        new = number == 0 or dates[number - 1].year != day.year
        said.append(f"{words}\n{day.year}" if new else words)
    return said


def _every(span: Window, step: int) -> list[date]:
    start = span.first
    if step >= WEEK.days:
        start += timedelta(days=-start.weekday() % 7)
    return [start + timedelta(days=ahead) for ahead in range(0, (span.last - start).days + 1, step)]


def _months(first: date, last: date, step: int) -> list[date]:
    number = first.year * 12 + first.month - 1
    number -= number % step
    return [date(n // 12, n % 12 + 1, 1) for n in range(number, last.year * 12 + last.month, step)]
