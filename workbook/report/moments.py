"""Dates and times as people in the case wrote them down, in the case's language, whatever the computer's is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from workbook.content import words
from workbook.content.words import MONTHS, t

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMES = (*MONTHS, *_WEEKDAYS)
"""Phrases that a language translates."""
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d\d):?(\d\d)")


def day(when: date | str) -> str:
    """‘12 Nov 2026’, from a date or an ISO text; a text that is no date stays as it is."""
    if isinstance(when, str):
        try:
            return day(date.fromisoformat(when[:10]))
        except ValueError:
            return when
    return words.day(when)


def weekday(when: date) -> str:
    """‘Mon 12 Nov’."""
    name = weekday_name(when.weekday())
    return t("{weekday} {day} {month}", weekday=name, day=when.day, month=t(MONTHS[when.month - 1]))


def weekday_name(number: int) -> str:
    """‘Mon’ for 0 … ‘Sun’ for 6."""
    return t(_WEEKDAYS[number])


def moment(iso: str) -> str:
    """‘12 Nov 2026, 18:30’, from a local ISO date and time."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day(when)}, {when:%H:%M}"


def clock(at: datetime, zone: str) -> str:
    """‘18:30 CET’: the time in the zone where it was written, and that zone."""
    local = at.astimezone(_zone(zone))
    name = local.tzname() or ""
    return f"{local:%H:%M} {f'UTC{name}' if name[:1] in '+-' else name}".strip()


@cache
def _zone(zone: str) -> tzinfo:
    if match := _OFFSET.fullmatch(zone or ""):
        sign, hours, minutes = match.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-ahead if sign == "-" else ahead) if ahead < timedelta(days=1) else UTC
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):  # unknown here: UTC is named as such, so nothing is misread
        return UTC
