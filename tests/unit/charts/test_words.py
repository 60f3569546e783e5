"""The words of a chart are made from its data."""

import pandas as pd
import pytest

from workbook.charts import words
from workbook.charts.series import FEW


def test_spread() -> None:
    """Range and median, or the one value there is."""
    assert words.spread(pd.Series([2.0, 9.0, 6.0])) == "from 2 to 9, median 6"
    assert words.spread(pd.Series([2.0, 3.0])) == "from 2 to 3, median 2.5"
    assert words.spread(pd.Series([6.0])) == "at 6"
    assert words.spread(pd.Series([6.0, 6.0])) == "each 6"


@pytest.mark.parametrize(("total", "said"), [(FEW, False), (FEW - 1, True), (1, True)])
def test_few_points_are_said_to_be_few(total: int, said: bool) -> None:
    """On both sides of the threshold."""
    assert bool(words.few(total)) is said
    assert f"Only {total} entr" in words.few(total) or not said


def test_gaps() -> None:
    """How many days have nothing, or that none is missing."""
    days = pd.date_range("2026-03-01", periods=2)
    assert words.gaps(days, 30, "an entry") == "On 2 of 30 days there is no entry."
    assert words.gaps(days[:0], 30, "an entry") == "There is an entry on every day."
    assert words.gaps(days[:1], 4, "an interaction", "week") == "In 1 of 4 weeks there is no interaction."


def test_numbers_and_counts() -> None:
    """Plain numbers, thousands parted, one is one."""
    assert [words.number(value) for value in (7.0, 6.5, 0.0, 3.333)] == ["7", "6.5", "0", "3.33"]
    assert words.count(1476, "entry", "entries") == "1,476 entries"
    assert words.count(1, "week") == "1 week"
