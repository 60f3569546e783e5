"""Dates in words, the same on any computer: its language must not change a page or a chart."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_month(day: date) -> str:
    """As in `3 August`."""
    return f"{day.day} {MONTHS[day.month - 1]}"
