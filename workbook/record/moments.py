"""Moments and days: UTC in the store, the zone beside it, and the local day as people name it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def known_zone(zone: str | None, at: datetime) -> str:
    """The zone if it is an IANA name or an offset like +01:00 that we know, else this computer's offset at that moment.

    `at` without a zone is meant on this computer's clock.
    """
    if zone and read_zone(zone):
        return zone
    return at.astimezone().isoformat()[-len("+01:00") :]


def in_utc(at: datetime, zone: str) -> datetime:
    """The moment in UTC; one without a zone is meant in `zone`."""
    return (at if at.tzinfo else at.replace(tzinfo=read_zone(zone))).astimezone(UTC)


def day(at: datetime, zone: str) -> str:
    """The calendar date (2026-01-31) that people in `zone` had at this moment."""
    return at.astimezone(read_zone(zone)).date().isoformat()


@cache
def read_zone(zone: str) -> tzinfo | None:
    """The zone of an IANA name or of an offset like +01:00; None when we know none of this name."""
    try:
        return datetime.strptime(zone, "%z").tzinfo if zone.startswith(("+", "-")) else ZoneInfo(zone)
    except (ValueError, OSError, KeyError):  # unknown, not a name at all, or a folder of names
        return None
