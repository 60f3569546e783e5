"""When the page shows support at once. Thresholds are the house's own, not taken from a validated instrument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

LOW_MOOD = 2  # mood 0-10; the catalogue's log 'mood': 0-2 on two days running


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
