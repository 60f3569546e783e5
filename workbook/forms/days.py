"""Days and moments of a log: what the browser names, the entry of a whole day, and two low days running."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workbook.errors import InvalidAnswer
from workbook.forms.store import When
from workbook.record.case import Case, Response
from workbook.rules.alerts import low_mood

MOOD = "mood"
"""Id of the field that the alert reads."""
_SOON = timedelta(minutes=10)  # clocks of a browser and a kernel on one machine hardly differ
_LOOK_BACK = timedelta(days=8)


def mood_is_low(case: Case, form_id: str) -> bool:
    """True while the newest day of the log and the day before hold a mood of 0-2."""
    since = date.today() - _LOOK_BACK
    moods = [(date.fromisoformat(entry.day), entry.answers.get(MOOD)) for entry in case.entries(form_id, since=since)]
    return low_mood((day, mood) for day, mood in moods if mood is not None)


def whole_day_entry(case: Case, form_id: str, day: date) -> Response | None:
    """The entry that stands for a whole day, or None; of several the one saved last."""
    return of_whole_day(case.entries(form_id, since=day, until=day), day)


def of_whole_day(entries: Iterable[Response], day: date) -> Response | None:
    """The same, of entries that were read already."""
    found = [entry for entry in entries if entry.whole_day and entry.on == day]
    return max(found, key=lambda entry: entry.updated_at, default=None)


def noon(day: date) -> datetime:
    """When an entry for a whole day is said to be: at noon, in the zone that is given beside it."""
    return datetime.combine(day, time(12))


def day_of(text: Any) -> date:
    """The day that the browser names, as in 2026-01-31; InvalidAnswer for one that has not come, or none at all."""
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError):
        raise InvalidAnswer("Day", "a day like 2026-01-31 was expected.") from None
    if day > date.today() + timedelta(days=1):  # a browser in another zone may be a day ahead of its kernel
        raise InvalidAnswer("Day", "a day that has come was expected; this one lies in the future.")
    return day


def moment_of(text: Any) -> datetime:
    """The moment that the browser names (ISO, with or without zone); InvalidAnswer for one that has not come."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise InvalidAnswer("When", "a date and time were expected.") from None
    aware = moment if moment.tzinfo else moment.astimezone()
    if aware > datetime.now(UTC) + _SOON:
        raise InvalidAnswer("When", "a time that has come was expected; this one lies in the future.")
    return moment


def when_of(at: Any = None, day: Any = None, zone: Any = None, **_: Any) -> When:
    """When an entry was true: a `day` as a whole, or the moment `at`; neither for now, or as it is stored."""
    if day:
        return When(noon(day_of(day)), zone, whole_day=True)
    return When(moment_of(at) if at else None, zone)
