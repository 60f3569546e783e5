"""Days and zones as people name them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from workbook.record import moments

LATE = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", "2026-06-01"), ("Europe/Berlin", "2026-06-02"), ("+05:30", "2026-06-02"), ("-08:00", "2026-06-01")],
)
def test_day_is_the_local_one(zone: str, day: str) -> None:
    """Half past ten in London is tomorrow in Berlin."""
    assert moments.day(LATE, zone) == day


def test_moment_without_zone_is_meant_locally() -> None:
    """A typed time is the time on the wall."""
    typed = datetime(2026, 6, 1, 9, 0)
    assert moments.in_utc(typed, "Europe/Berlin") == datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
    aware = typed.replace(tzinfo=timezone(timedelta(hours=9)))
    assert moments.in_utc(aware, "Europe/Berlin") == datetime(2026, 6, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("odd", [None, "", "Nowhere/At All", "../../etc/passwd", "+99:00", "Europe", "a\0b", "🙂"])
def test_unknown_zone_becomes_the_computers_own(odd: str | None) -> None:
    """A zone that nobody knows never stops a save."""
    zone = moments.known_zone(odd, LATE)
    assert zone[0] in "+-"
    assert moments.day(LATE, zone).startswith("2026-06-0")


def test_known_zones_stay() -> None:
    """Names and offsets are kept as they came."""
    assert moments.known_zone("Asia/Kolkata", LATE) == "Asia/Kolkata"
    assert moments.known_zone("-03:30", LATE) == "-03:30"


@pytest.mark.usefixtures("in_the_west")
def test_unknown_zone_is_read_at_the_moment_itself() -> None:
    """An entry of July that is written down in winter keeps July's clock; so does a time as it was typed."""
    assert moments.known_zone(None, LATE) == "-07:00"
    assert moments.known_zone(None, LATE.replace(month=1)) == "-08:00"
    assert moments.known_zone(None, datetime(2026, 7, 1, 23, 30)) == "-07:00"
