"""When the next bigger talk fits, and what was to come before it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.talks import next_talk

D = date(2026, 11, 20)
DAYS = st.none() | st.dates(D, D + timedelta(90))


@given(st.lists(DAYS), DAYS, st.none() | st.integers(1, 90))
def test_no_settled_day_is_passed_over(settled: list[date | None], last: date | None, every: int | None):
    """The next talk is never before a day that was settled, nor sooner after the last one than the counselor set."""
    found = next_talk(settled, last, every)
    assert all(day is None or (found is not None and found >= day) for day in settled)
    if last is not None and every is not None:
        assert found is not None
        assert found - last >= timedelta(every)


def test_nothing_settled_names_no_day():
    """Without a pause, a day or a last talk no date is made up."""
    assert next_talk([None, None], D, None) is None
    assert next_talk([], None, 7) is None
