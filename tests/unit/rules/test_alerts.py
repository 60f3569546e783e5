"""Low mood on two days running shows support; a missing day is not a low day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.alerts import low_mood

D = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("moods", "low"),
    [
        ([], False),
        ([(D, 0)], False),
        ([(D, 2), (D - timedelta(1), 2)], True),
        ([(D, 3), (D - timedelta(1), 0)], False),
        ([(D, 2), (D - timedelta(2), 2)], False),
        ([(D, 9), (D, 1), (D - timedelta(1), 2)], True),
    ],
)
def test_two_low_days_running(moods: list[tuple[date, int]], low: bool):
    """The newest day and the one before both hold 0-2; the lowest mood of a day counts."""
    assert low_mood(moods) is low


@given(st.lists(st.tuples(st.dates(D - timedelta(30), D), st.integers(3, 10))))
def test_better_moods_never_alert(moods: list[tuple[date, int]]):
    """No alert without a single low mood."""
    assert not low_mood(moods)
