"""A look back counts what is there: few are said to be few, none is none, and nothing is added up to a verdict."""

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.lookback import FEW, Values, by_day, came_first, counts, ends, same_words, values

D = date(2026, 3, 1)
UNTIL = D + timedelta(days=60)
NUMBERS = st.integers(0, 10)


def test_no_value_has_no_middle():
    """Missing is not zero."""
    assert values([]) == Values(0, None, None, None)
    assert not values([]).few


@pytest.mark.parametrize(("count", "few"), [(1, True), (FEW - 1, True), (FEW, False)])
def test_few_values_are_said_to_be_few(count: int, few: bool):
    """From one value on, until there are enough."""
    assert values([5] * count).few is few


@given(st.lists(NUMBERS, min_size=1))
def test_the_middle_lies_within_the_range(numbers: list[int]):
    """Middle, lowest and highest are those of the numbers, in whatever order they come."""
    found = values(reversed(numbers))
    assert (found.count, found.low, found.high) == (len(numbers), min(numbers), max(numbers))
    assert found.middle == median(numbers)


def test_several_entries_of_a_day_are_one_day():
    """A day with four entries weighs no more than a day with one."""
    assert by_day([(D, 2), (D, 8), (D, 4), (D + timedelta(1), 9)]) == {D: 4, D + timedelta(1): 9}
    assert by_day([]) == {}


def test_the_ends_are_two_weeks_each():
    """The fourteenth day belongs to the beginning, the fifteenth does not; days outside the time count nowhere."""
    days = {D - timedelta(1): 0, D: 2, D + timedelta(13): 4, D + timedelta(14): 9, UNTIL - timedelta(14): 9,
            UNTIL - timedelta(13): 6, UNTIL: 8, UNTIL + timedelta(1): 0}  # fmt: skip
    found = ends(days, D, UNTIL)
    assert found.apart
    assert found.first == Values(2, 3, 2, 4)
    assert found.last == Values(2, 7, 6, 8)
    assert found.whole.count == 6


def test_an_end_without_an_entry_is_not_zero():
    """A log that began late has no first two weeks."""
    found = ends({UNTIL: 7}, D, UNTIL)
    assert found.first == Values(0)
    assert found.last.middle == 7


@pytest.mark.parametrize(("days", "apart"), [(0, False), (26, False), (27, True), (28, True)])
def test_a_time_under_four_weeks_has_no_two_ends(days: int, apart: bool):
    """The same day never stands at both ends."""
    assert ends({}, D, D + timedelta(days=days)).apart is apart


@given(st.dictionaries(st.dates(D, D + timedelta(60)), NUMBERS), st.integers(27, 60))
def test_no_day_stands_at_both_ends(days: dict[date, int], length: int):
    """Where the ends are apart they share nothing."""
    found = ends(days, D, D + timedelta(days=length))
    assert found.first.count + found.last.count <= found.whole.count


def test_answers_are_counted_in_the_questions_order():
    """Only what was answered is told, and in the order of the page, not of its number."""
    assert counts(["no", "yes", "no"], ["yes", "no", "unsure"]) == [("yes", 1), ("no", 2)]
    assert counts([], ["yes", "no"]) == []


@pytest.mark.parametrize(
    ("written", "looked", "first"),
    [(D, D, True), (D, UNTIL, True), (UNTIL, D, False), (None, D, False), (D, None, False)],
)
def test_criteria_count_only_when_they_were_there_before_the_look(written: date, looked: date, first: bool):
    """What was written after the look cannot have been judged by it."""
    assert came_first(written, looked) is first


def test_a_line_is_found_again_by_its_words():
    """Spaces, capitals and a full stop make no other line; an empty line is like no other."""
    assert same_words("I  sleep again.", "i sleep again")
    assert not same_words("I sleep", "I sleep again")
    assert not same_words("", " ")
