"""The order of talks: calm and a pause, one clear statement, listening, then talks by appointment.

A rule that informs and flags. It closes nothing, since safety, children and what is urgent never wait for a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


def next_talk(settled: Iterable[date | None], last: date | None, every: int | None) -> date | None:
    """The first day on which a bigger talk fits, or None when nothing was settled.

    Args:
        settled: days before which none was agreed (end of a pause, a day named by client or counselor).
        last: day of the last talk that was held.
        every: days that the counselor wants between two talks.
    """
    days = [day for day in settled if day is not None]
    if last is not None and every is not None:
        days.append(last + timedelta(days=every))
    return max(days, default=None)
