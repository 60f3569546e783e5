"""The words of a chart are made from its data."""

from datetime import date

import pandas as pd
import pytest

from workbook.charts import words
from workbook.charts.series import FEW, Window
from workbook.content.model import Field


def test_spread() -> None:
    """Range and median, or the one value there is."""
    assert words.spread(pd.Series([2.0, 9.0, 6.0])) == "from 2 to 9, median 6"
    assert words.spread(pd.Series([2.0, 3.0])) == "from 2 to 3, median 2.5"
    assert words.spread(pd.Series([6.0])) == "at 6"
    assert words.spread(pd.Series([6.0, 6.0])) == "each 6"
    assert words.spread([4.0]) == "at 4"
    assert words.spread([2.0, 9.0, 4.0]) == "from 2 to 9, median 4"


@pytest.mark.parametrize(("total", "said"), [(FEW, False), (FEW - 1, True), (1, True)])
def test_few_points_are_said_to_be_few(total: int, said: bool) -> None:
    """On both sides of the threshold."""
    assert bool(words.few(total)) is said
    assert f"Only {total} entr" in words.few(total) or not said


def test_gaps() -> None:
    """How many days have nothing, or that none is missing."""
    span = Window(date(2026, 3, 2), date(2026, 3, 29))
    rows = pd.DataFrame({"day": pd.date_range(span.first, span.last)})
    assert words.gaps(rows[2:], span, "an entry") == "On 2 of 28 days there is no entry."
    assert words.gaps(rows, span, "an entry") == "There is an entry on every day."
    assert words.gaps(rows[7:], span, "an interaction", "week") == "In 1 of 4 weeks there is no interaction."
    assert words.gaps(rows, span, "an answer", "week") == "There is an answer in every week."


def test_numbers_and_counts() -> None:
    """Plain numbers, thousands parted, one is one."""
    assert [words.number(value) for value in (7.0, 6.5, 0.0, 3.333)] == ["7", "6.5", "0", "3.33"]
    assert words.count(1476, "entry", "entries") == "1,476 entries"
    assert words.count(1, "week") == "1 week"
    assert [words.number(value) for value in (None, float("nan"))] == [words.NONE, words.NONE]


def test_answers_are_words() -> None:
    """Options as the page names them, a tick as yes or no, a number with its unit; what is missing is a dash."""
    choices = Field("f", "choices", options=(("a", "First, of {partner}"), ("b", "Second")))
    assert words.said(choices, "b, a", lambda text: text.replace("{partner}", "K.")) == "Second, First, of K."
    assert [words.said(Field("t", "tick"), value) for value in (True, 0.0, None)] == ["yes", "no", words.NONE]
    assert words.said(Field("n", "number", unit="%"), 60.0) == "60 %"
    assert words.said(Field("w", "text"), "a, b") == "a, b"
