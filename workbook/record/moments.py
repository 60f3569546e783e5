"""Moments and days: UTC in the store, the zone beside it, and the local day as people name it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def known_zone(zone: str | None) -> str:
    """The zone if it is an IANA name or an offset like +01:00 that we know, else this computer's offset."""
    if zone and _read(zone):
        return zone
    return datetime.now().astimezone().isoformat()[-len("+01:00") :]


def in_utc(at: datetime, zone: str) -> datetime:
    """The moment in UTC; one without a zone is meant in `zone`."""
    return (at if at.tzinfo else at.replace(tzinfo=_read(zone))).astimezone(UTC)


def day(at: datetime, zone: str) -> str:
    """The calendar date (2026-01-31) that people in `zone` had at this moment."""
    return at.astimezone(_read(zone)).date().isoformat()


@cache
def _read(zone: str) -> tzinfo | None:
    if match := _OFFSET.fullmatch(zone):
        sign, hours, minutes = match.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-ahead if sign == "-" else ahead) if ahead < timedelta(days=1) else None
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):  # unknown, not a name at all, or a folder of names
        return None
