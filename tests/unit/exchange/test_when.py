"""Dates and times of other apps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.exchange.when import NotATime, moment, orders, read_date, read_time

TODAY = date(2026, 11, 21)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["13/08/12", "31/08/12"], ("dmy",)),  # the others would lie in the future or be no dates
        (["08/13/2012"], ("mdy",)),
        (["2012-08-13", "2012/8/3"], ("ymd",)),
        (["03/04/2026", "05/06/2026"], ("dmy", "mdy")),  # must be asked
        (["03/04/05"], ("ymd", "dmy", "mdy")),
        (["hello", "5"], ()),
        ([], ()),
        (["13/08/12", "31/08/12", "99/99/99"], ("dmy",)),  # one bad cell does not hide the order of the rest
    ],
)
def test_orders(cells: list[str], found: tuple[str, ...]) -> None:
    """One order where the cells say it, several where they do not."""
    assert orders(cells, TODAY) == found


@pytest.mark.parametrize(
    ("cell", "order", "day", "rest"),
    [
        ("13/08/12", "dmy", date(2012, 8, 13), ""),
        ("13.8.2012", "dmy", date(2012, 8, 13), ""),
        ("8-13-2012 9:05 pm", "mdy", date(2012, 8, 13), "9:05 pm"),
        ("2026-03-02T19:05:00Z", "ymd", date(2026, 3, 2), "19:05:00Z"),
        (" 2026-03-02 ", "ymd", date(2026, 3, 2), ""),
    ],
)
def test_read_date(cell: str, order: str, day: date, rest: str) -> None:
    """The date, and the time that may follow it."""
    assert read_date(cell, order) == (day, rest)


@pytest.mark.parametrize("cell", ["", "31/02/2026", "2026-13-01", "1/1/1850", "13/08/123", "x", "1/2", "٣/٤/٢٠٢٦x"])
def test_no_date(cell: str) -> None:
    """Refused; the reason does not repeat the cell."""
    with pytest.raises(NotATime) as refused:
        read_date(cell, "dmy")
    assert not cell or cell not in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "clock", "zone"),
    [
        ("08:58:56", time(8, 58, 56), None),
        ("8.05", time(8, 5), None),
        ("12:10 am", time(0, 10), None),
        ("12:10 PM", time(12, 10), None),
        ("19:05:00.123+02:00", time(19, 5), timezone(timedelta(hours=2))),
        ("19:05Z", time(19, 5), UTC),
        ("19:05 -0530", time(19, 5), timezone(-timedelta(hours=5, minutes=30))),
    ],
)
def test_read_time(cell: str, clock: time, zone: timezone | None) -> None:
    """Clocks of 24 and of 12 hours, with or without an offset."""
    assert read_time(cell) == (clock, zone)


@pytest.mark.parametrize("cell", ["", "25:00", "13:00 pm", "0:10 am", "10:61", "noon", "5"])
def test_no_time(cell: str) -> None:
    """What is no time of day is refused."""
    with pytest.raises(NotATime):
        read_time(cell)


def test_clocks_that_go_forward_and_back() -> None:
    """A time that did not exist is refused; one that came twice is the first."""
    with pytest.raises(NotATime, match="did not exist"):
        moment(date(2025, 3, 30), time(2, 30), None, AMSTERDAM)
    twice = moment(date(2025, 10, 26), time(2, 30), None, AMSTERDAM)
    assert twice.astimezone(UTC) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_an_offset_in_the_cell_wins() -> None:
    """A cell that says its own offset means that moment; it is told on the chosen clock."""
    at = moment(date(2025, 3, 30), time(2, 30), UTC, AMSTERDAM)
    assert at.isoformat() == "2025-03-30T04:30:00+02:00"


def test_the_future_is_refused() -> None:
    """Nobody has lived it yet."""
    with pytest.raises(NotATime, match="future"):
        moment(date.today() + timedelta(days=2), time(12), None, AMSTERDAM)


@given(st.dates(date(1970, 1, 1), TODAY), st.sampled_from(["/", "-", "."]))
def test_dates_come_back(day: date, sign: str) -> None:
    """Written in any order and read in the same, a date is the same; and that order is always among those offered."""
    for order, form in (("ymd", "%Y{0}%m{0}%d"), ("dmy", "%d{0}%m{0}%Y"), ("mdy", "%m{0}%d{0}%Y")):
        cell = day.strftime(form.format(sign))
        assert read_date(cell, order) == (day, "")
        assert order in orders([cell], TODAY)


@given(st.text(max_size=30))
def test_any_cell_is_read_or_refused(cell: str) -> None:
    """No cell ends in another error than ours."""
    for read in (lambda: read_date(cell, "dmy"), lambda: read_time(cell)):
        try:
            read()
        except NotATime as why:
            assert len(cell) < 8 or cell not in str(why)
