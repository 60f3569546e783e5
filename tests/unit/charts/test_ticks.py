"""Ticks of the time axis."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.series import Window
from workbook.charts.ticks import labels, ticks

DAYS = st.dates(date(1971, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(0, 3000), st.sampled_from([5, 10]))
def test_ticks_lie_in_the_window_and_are_few(first: date, length: int, most: int) -> None:
    """Whatever the period, a chart has at least one and never a crowd of ticks, all inside."""
    span = Window(first, first + timedelta(days=length))
    found = ticks(span, most)
    assert 1 <= len(found) <= most
    assert found == sorted(set(found))
    assert span.first <= found[0]
    assert found[-1] <= span.last
    assert len(labels(found)) == len(found)


def test_labels_name_the_year_once() -> None:
    """The year stands below the first tick and below each new year's first."""
    assert labels([date(2012, 11, 1), date(2012, 12, 1), date(2013, 1, 1)]) == ["Nov\n2012", "Dec", "Jan\n2013"]
    assert labels([date(2026, 3, 2), date(2026, 3, 9)]) == ["2 Mar\n2026", "9 Mar"]
