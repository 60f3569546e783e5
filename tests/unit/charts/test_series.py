"""Days and weeks: gaps stay gaps."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from workbook.charts import series
from workbook.charts.frame import log_frame
from workbook.charts.source import source
from workbook.content.charts import ChartItem
from workbook.record.case import Case

from .conftest import Write

MOOD, BEGAN = ChartItem("daily", "mood"), ChartItem("contact", "initiator")


@pytest.fixture
def log(case: Case, write: Write) -> pd.DataFrame:
    """Mood on Monday (twice), Tuesday, Friday and the Wednesday after next."""
    for when, mood in (("02 08:00", 4), ("02 20:00", 7), ("03 20:00", 1), ("06 20:00", 0), ("18 20:00", 9)):
        write(f"2026-03-{when}", mood=mood)
    return log_frame(case)


def test_no_line_over_a_missing_day(log: pd.DataFrame) -> None:
    """A day without an entry is NaN, never the mean of its neighbours, and a zero stays a zero."""
    span = series.window(log)
    assert span == series.Window(date(2026, 3, 2), date(2026, 3, 18))
    per_day = series.stepwise(log, span)["median"]
    assert per_day["2026-03-02"] == 5.5
    assert per_day["2026-03-06"] == 0
    assert per_day.isna().sum() == 17 - 4


def test_weeks_without_an_entry_have_no_median_and_no_sum(log: pd.DataFrame) -> None:
    """An empty week is empty, not zero."""
    span = series.window(log)
    weeks = series.stepwise(log, span, "week")
    assert list(weeks["count"]) == [4, 0, 1]
    assert list(weeks["days"]) == [3, 0, 1]
    assert list(weeks["sum"].isna()) == [False, True, False]
    assert list(weeks["median"].isna()) == [False, True, False]


def test_missing_days_and_runs(log: pd.DataFrame) -> None:
    """Neighbouring missing days are one run."""
    span = series.window(log)
    missing = series.missing(log, span)
    assert series.runs(missing) == [(date(2026, 3, 4), 2), (date(2026, 3, 7), 11)]
    assert [day.date() for day in series.missing(log, span, "week")] == [date(2026, 3, 9)]


def test_the_window_never_begins_before_the_log(log: pd.DataFrame) -> None:
    """Days before somebody began to write are not missing."""
    assert series.window(log, since=date(2020, 1, 1)).first == date(2026, 3, 2)
    assert series.window(log, since=date(2026, 3, 4)).first == date(2026, 3, 4)
    assert series.window(log, until=date(2026, 3, 5)).last == date(2026, 3, 5)
    assert series.window(log, since=date(2026, 3, 7), until=date(2026, 3, 9)) is None
    assert series.window(log.iloc[:0]) is None


def test_whole_days_are_drawn_at_noon(case: Case, write: Write) -> None:
    """The hour of an entry for the whole day means nothing."""
    write("2026-03-02 23:50", mood=5, whole_day=True)
    assert source(case).answers(MOOD)["x"].iloc[0] == pd.Timestamp("2026-03-02 12:00")


def test_counts_by_who_began(case: Case, write: Write) -> None:
    """In a week with contacts, nobody's share is zero; in a week without any it is unknown."""
    write("2026-03-02 12:00", "contact", initiator="me")
    write("2026-03-16 12:00", "contact", initiator="partner")
    write("2026-03-17 12:00", "contact", initiator="partner")
    read = source(case)
    weeks = series.weekly_counts(read.answers(BEGAN), read.span, ("me", "partner", "third"))
    assert list(weeks.iloc[0]) == [1, 0, 0]
    assert weeks.iloc[1].isna().all()
    assert list(weeks.iloc[2]) == [0, 2, 0]
