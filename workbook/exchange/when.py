"""Dates and times of a file: day first, month first or year first is asked where the cells do not say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from workbook.exchange.table import missing

Read = TypeVar("Read")
Order = Literal["dmy", "mdy", "ymd"]
ORDERS: dict[Order, str] = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}
_DATE = re.compile(r"\s*(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})\.?(?:[T,\s]+(?P<time>\S.*?))?\s*")
_TIME = re.compile(
    r"\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?\s*",
    re.IGNORECASE,
)
_YEAR_DIGITS, _CENTURY, _EARLIEST = 4, 2000, 1970
NOON = time(12)


class NotATime(ValueError):
    """A cell that is no date or time; its text says why, never what stood there."""


def orders(cells: Iterable[str], today: date | None = None) -> tuple[Order, ...]:
    """The orders in which every cell is a date that has come. Several: ask.

    If none fits every cell, those that fit most, so that bad cells can be rejected one by one; none for no dates.
    """
    texts = {cell for cell in cells if not missing(cell)}
    last = today or date.today()
    fits = {order: sum(day <= last for _, (day, _) in readable(texts, dates_in(order))) for order in ORDERS}
    best = max(fits.values(), default=0)
    return tuple(order for order in ORDERS if best and fits[order] == best)


def readable(cells: Iterable[str], read: Callable[[str], Read]) -> Iterator[tuple[str, Read]]:
    """Each cell that can be read, with what it says."""
    for cell in cells:
        try:
            found = read(cell)
        except NotATime:
            continue
        yield cell, found


def dates_in(order: Order) -> Callable[[str], tuple[date, str]]:
    """`read_date` in this order."""
    return partial(read_date, order=order)


def read_date(cell: str, order: Order) -> tuple[date, str]:
    """The date in a cell, and what follows it (a time, or nothing)."""
    match = _DATE.fullmatch(cell)
    if not match:
        raise NotATime("this is no date")
    parts = dict(zip(order, match.group(1, 2, 3), strict=True))
    if any(len(parts[key]) > 2 for key in "md") or len(parts["y"]) not in (2, _YEAR_DIGITS):  # noqa: PLR2004 - digits
        raise NotATime(f"this is no date in the order {ORDERS[order]}")
    year = int(parts["y"]) + (_CENTURY if len(parts["y"]) != _YEAR_DIGITS else 0)
    try:
        day = date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        raise NotATime(f"this is no date in the order {ORDERS[order]}") from None
    if day.year < _EARLIEST:
        raise NotATime(f"the date lies before {_EARLIEST}")
    return day, match["time"] or ""


def read_time(cell: str) -> tuple[time, timezone | None]:
    """The time of day in a cell, and its offset from UTC if it stands there."""
    match = _TIME.fullmatch(cell)
    if not match:
        raise NotATime("this is no time of day")
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
            raise NotATime("this is no time of day")
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0)), _offset(match["zone"])
    except ValueError:
        raise NotATime("this is no time of day") from None


def moment(day: date, clock: time, offset: timezone | None, zone: ZoneInfo) -> datetime:
    """The moment with its zone. An hour that comes twice when clocks go back is taken as the first.

    Raises:
        NotATime: the clocks went forward and this time did not exist, or it lies in the future.
    """
    if offset:
        at = datetime.combine(day, clock, offset).astimezone(zone)
    else:
        at = datetime.combine(day, clock, zone)
        if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at.replace(tzinfo=None):
            raise NotATime("this time did not exist that day: the clocks were put forward")
    if at > datetime.now(UTC):
        raise NotATime("this lies in the future")
    return at


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC"):
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)
