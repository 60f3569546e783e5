"""A week of the log as a grid."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from workbook.forms.week import WeekPanel
from workbook.record.case import Case

from .samples import DAILY, Tell

TODAY = date.today()
MONDAY = (TODAY - timedelta(days=3)).isoformat()


def test_week_ends_today(case: Case) -> None:
    """Seven days, today the last; the quick items are the rows."""
    spec = WeekPanel(DAILY, case).spec
    assert spec["days"][-1] == TODAY.isoformat()
    assert len(spec["days"]) == 7
    assert [field["id"] for field in spec["fields"]] == ["mood", "kept"]


def test_cells_of_a_day_are_one_entry(case: Case, tell: Tell) -> None:
    """Every cell of a column goes to that day's one entry for the whole day."""
    week = WeekPanel(DAILY, case)
    tell(week, "save", response=MONDAY, patch={"mood": 4}, zone="Europe/Berlin")
    tell(week, "save", response=MONDAY, patch={"kept": "yes"}, zone="Europe/Berlin")
    (entry,) = case.entries("daily")
    assert (entry.day, entry.whole_day, entry.answers) == (MONDAY, True, {"mood": 4, "kept": "yes"})
    assert WeekPanel(DAILY, case).spec["values"] == {MONDAY: {"mood": 4, "kept": "yes"}}


def test_two_pages_make_one_entry(case: Case, tell: Tell) -> None:
    """Two open weeks write into the same entry of a day; a different answer is offered."""
    one, two = WeekPanel(DAILY, case), WeekPanel(DAILY, case)
    tell(one, "save", response=MONDAY, patch={"mood": 4})
    answer = tell(two, "save", response=MONDAY, patch={"mood": 6})
    assert len(case.entries("daily")) == 1
    assert answer["earlier"][0]["shown"] == "4"
    assert tell(two, "take_earlier", response=MONDAY, path=["mood"], how="earlier")["value"] == 4


def test_other_entries_of_a_day_are_counted_not_touched(case: Case, tell: Tell) -> None:
    """Entries made through the day stay as they are; the column says how many there are."""
    case.save("daily", {"mood": 9}, at=datetime.now(UTC))
    week = WeekPanel(DAILY, case)
    day = case.entries("daily")[0].day
    assert tell(week, "week", last=TODAY.isoformat())["others"].get(day, 1) == 1
    tell(week, "save", response=MONDAY, patch={"mood": 1})
    assert case.entries("daily")[-1].answers == {"mood": 9}


def test_deleted_day_can_be_filled_in_again(case: Case, tell: Tell) -> None:
    """A day whose entry was deleted begins a new one."""
    tell(WeekPanel(DAILY, case), "save", response=MONDAY, patch={"mood": 4})
    case.delete(case.entries("daily")[0].id)
    tell(WeekPanel(DAILY, case), "save", response=MONDAY, patch={"mood": 5})
    assert [entry.answers for entry in case.entries("daily")] == [{"mood": 5}]


@pytest.mark.parametrize("day", [(TODAY + timedelta(days=2)).isoformat(), "x", None])
def test_day_ahead_is_refused(case: Case, tell: Tell, day: object) -> None:
    """Nothing is stored for a day that has not come."""
    assert "error" in tell(WeekPanel(DAILY, case), "save", response=day, patch={"mood": 4})
    assert case.entries("daily") == []


def test_earlier_week(case: Case, tell: Tell) -> None:
    """The week before is asked for by its last day; never one that ends after today."""
    week = WeekPanel(DAILY, case)
    last = (TODAY - timedelta(days=7)).isoformat()
    assert tell(week, "week", last=last)["days"][-1] == last


def test_support_shows_in_the_week_too(case: Case, tell: Tell) -> None:
    """Two low days filled in here show support at once."""
    week = WeekPanel(DAILY, case)
    assert tell(week, "save", response=(TODAY - timedelta(days=1)).isoformat(), patch={"mood": 1})["pushed"] == []
    pushed = tell(week, "save", response=TODAY.isoformat(), patch={"mood": 2})["pushed"]
    assert pushed == [{"push": "support", "show": True}]
