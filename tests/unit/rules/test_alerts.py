"""What answers say together: two low days, a week alone, a storm behind a calm face, one side that carries all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.alerts import low_mood, one_side, storm_behind_calm, without_company

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


def back(*days: int) -> list[date]:
    """Days before the last one."""
    return [D - timedelta(day) for day in days]


@pytest.mark.parametrize(
    ("counts", "alone"),
    [
        ([], False),
        ([(day, 0) for day in back(0, 1, 2)], False),
        ([(day, 0) for day in back(0, 2, 4, 6)], True),
        ([(day, 0) for day in back(0, 2, 4, 7)], False),
        ([(day, 0) for day in back(0, 0, 0, 0)], False),
        ([*((day, 0) for day in back(0, 1, 2, 3)), (D - timedelta(5), 1)], False),
        ([*((day, 0) for day in back(0, 1, 2, 3)), (D - timedelta(7), 4)], True),
    ],
)
def test_a_week_without_company(counts: list[tuple[date, float]], alone: bool):
    """Four days of the last seven say none, and none of them says one; a day without an entry counts for nothing."""
    assert without_company(counts) is alone


@pytest.mark.parametrize(
    ("moments", "wide"),
    [
        ([], False),
        ([(day, 8, 7) for day in back(0, 3, 6)], True),
        ([(day, 8, 6) for day in back(0, 3, 6)], False),
        ([(day, 10, 10) for day in back(0, 3)], False),
        ([(day, 2, 9) for day in back(0, 3, 6)], False),
        ([*((day, 9, 9) for day in back(0, 3, 6)), (D, 1, 9)], False),
    ],
)
def test_a_storm_behind_a_calm_face(moments: list[tuple[date, float, float]], wide: bool):
    """Five points between the calm outside and inside, on three days of a week, each time; a calm inside is no gap."""
    assert storm_behind_calm(moments) is wide


@given(st.lists(st.tuples(st.dates(D - timedelta(90), D), st.fixed_dictionaries({"me": st.floats(0, 80)}))))
def test_shares_up_to_eighty_are_nobodys_flag(entries: list[tuple[date, dict[str, float]]]):
    """Only what is above the line, for four weeks, is one-sided."""
    assert one_side(entries) is None


def test_four_weeks_on_the_same_side():
    """Three weeks are too few, four in nine days too close, and the side must be the same."""
    weeks = back(0, 7, 14, 21)
    assert one_side([(day, {"me": 81}) for day in weeks]) == "me"
    assert one_side([(day, {"me": 81}) for day in weeks[:3]]) is None
    assert one_side([(day, {"me": 81}) for day in back(0, 3, 6, 9)]) is None
    assert one_side([(day, {"me": 81}) for day in back(0, 6, 14, 21)]) == "me"
    assert one_side([*((day, {"me": 81}) for day in weeks[:3]), (weeks[3], {"partner": 81})]) is None
