"""Dates in words."""

from datetime import date

from workbook.rules.dates import MONTHS, day_month


def test_a_day_in_words():
    """In English, whatever the computer speaks."""
    assert day_month(date(2026, 8, 3)) == "3 August"
    assert len(MONTHS) == 12
