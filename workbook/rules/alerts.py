"""What answers say together over days and weeks. Thresholds are the house's own, not those of a validated instrument.

All of them read what is there: a day without an entry is never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

LOW_MOOD = 2  # mood 0-10; the catalogue's log 'mood': 0-2 on two days running
WEEK, FOUR_WEEKS = timedelta(days=7), timedelta(days=28)
HALF_A_WEEK = 4
"""So many days of a week must hold an answer before a week without company is said to be one."""
WIDE_GAP, GAP_DAYS = 5, 3
"""Points of 0-10 between the calm outside and inside that count as wide, and days of a week on which it was asked."""
MOST, WEEKS_RUNNING = 80, 4
"""Percent above which one side carries nearly all, and entries in a row that make it more than a bad week."""
TWICE = 2
OVER_TIME = frozenset(
    {
        *("low-mood", "isolation", "inner-outer", "uneven-load", "repeated-blame", "parked-due", "talk-order"),
        *("boundary-review", "shared-fault", "contact-rule"),
    }
)
"""Kinds of flag that no single answer raises: they weigh several, or what is still missing."""


def low_mood(moods: Iterable[tuple[date, int]]) -> bool:
    """True when the newest day and the day before it both hold a mood of 0-2.

    `moods` are (local date, mood 0-10) in any order, several a day allowed; a day counts by its lowest mood.
    A day without an entry is not a low day: missing is not zero.
    """
    lowest: dict[date, int] = {}
    for day, mood in moods:
        lowest[day] = min(mood, lowest.get(day, mood))
    if not lowest:
        return False
    newest = max(lowest)
    before = lowest.get(newest - timedelta(days=1))
    return lowest[newest] <= LOW_MOOD and before is not None and before <= LOW_MOOD


def without_company(counts: Iterable[tuple[date, float]]) -> bool:
    """True when a week went by without one contact with the people who do good.

    `counts` are (local date, contacts). The week is the seven days that end with the newest one; on at least
    HALF_A_WEEK of them something was written, and each time it was none. A day without an entry is not a zero.
    """
    week = _newest(counts, WEEK)
    return len({day for day, _ in week}) >= HALF_A_WEEK and all(count == 0 for _, count in week)


def storm_behind_calm(moments: Iterable[tuple[date, float, float]]) -> bool:
    """True when for a week the outside was far calmer than the inside.

    `moments` are (local date, storm inside 0-10, calm outside 0-10). The gap is the calm outside less what the storm
    left of the calm inside (10 - storm). In the seven days that end with the newest moment there are such moments on at
    least GAP_DAYS days, and in each of them the gap is WIDE_GAP or more.
    """
    week = _newest(((day, outside - (10 - storm)) for day, storm, outside in moments), WEEK)
    return len({day for day, _ in week}) >= GAP_DAYS and all(gap >= WIDE_GAP for _, gap in week)


def one_side(entries: Iterable[tuple[date, Mapping[str, float]]]) -> str | None:
    """The side that held more than MOST percent in each entry of four weeks, or None.

    `entries` are (local date, percent by side), one a week: the four weeks that end with the newest hold at least four,
    and the first of them lies three weeks or more before the last.
    """
    month = _newest(entries, FOUR_WEEKS)
    days = [day for day, _ in month]
    if len(days) < WEEKS_RUNNING or max(days) - min(days) < FOUR_WEEKS - WEEK:
        return None
    heavy = [{side for side, share in shares.items() if share > MOST} for _, shares in month]
    return next(iter(sorted(set.intersection(*heavy))), None)


def repeated(days: Sequence[date]) -> bool:
    """True when something was written down more than once."""
    return len(days) >= TWICE


def _newest(dated: Iterable[tuple[date, T]], span: timedelta) -> list[tuple[date, T]]:
    """What lies in the span that ends with the newest day."""
    known = list(dated)
    last = max((day for day, _ in known), default=None)
    return [one for one in known if last is not None and one[0] > last - span]
