"""What a time holds when it is looked back on: middles, ranges and counts of what is there. No verdict, no total.

A day or week without an entry is never a zero; it is simply not among the values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

TWO_WEEKS = timedelta(days=14)
FEW = 8
"""With fewer entries than this a number is shown, and said to stand on few; as for the charts."""


@dataclass(frozen=True)
class Values:
    """How many values there are, their middle (median) and their range; all None when there is no value."""

    count: int
    middle: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def few(self) -> bool:
        """True for one value up to one less than FEW; none at all is not few but missing."""
        return 0 < self.count < FEW


@dataclass(frozen=True)
class Ends:
    """A time at both its ends: its first and its last two weeks, and all of it.

    `apart` is False when the time is shorter than four weeks: then the ends would overlap, and `whole` alone says it.
    """

    first: Values
    last: Values
    whole: Values
    apart: bool


def values(numbers: Iterable[float]) -> Values:
    """Count, middle and range of numbers in any order."""
    given = sorted(numbers)
    return Values(len(given), float(median(given)), given[0], given[-1]) if given else Values(0)


def by_day(points: Iterable[tuple[date, float]]) -> dict[date, float]:
    """One number for each day that has any: the middle of the day's entries."""
    found: dict[date, list[float]] = {}
    for day, number in points:
        found.setdefault(day, []).append(number)
    return {day: float(median(numbers)) for day, numbers in found.items()}


def ends(days: Mapping[date, float], since: date, until: date) -> Ends:
    """The first and the last two weeks of the time from `since` to `until`, both included."""
    inside = {day: number for day, number in days.items() if since <= day <= until}
    return Ends(
        first=values(number for day, number in inside.items() if day < since + TWO_WEEKS),
        last=values(number for day, number in inside.items() if day > until - TWO_WEEKS),
        whole=values(inside.values()),
        apart=until - since >= 2 * TWO_WEEKS - timedelta(days=1),
    )


def counts(answers: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """How often each answer was given, in the question's own order; what was never given is left out."""
    given = Counter(answers)
    return [(answer, given[answer]) for answer in order if given[answer]]


def came_first(written: date | None, looked: date | None) -> bool:
    """Were the criteria there before the look? The same day counts; without a look or a day: no."""
    return written is not None and looked is not None and written <= looked


def same_words(one: str, other: str) -> bool:
    """Do two lines say the same, whatever their spaces, capitals and last full stop?"""
    return _plain(one) == _plain(other) != ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!?…")
