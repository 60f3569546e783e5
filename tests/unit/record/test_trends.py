"""What several answers show together is raised once, settled by an entry, and raised anew only by what comes after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from workbook.content import load
from workbook.forms.week import WeekPanel
from workbook.record import keys, trends
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.raising import raise_flags

NOW = datetime.now(UTC)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case without any answer."""
    practice, _ = Practice.create(
        tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    yield practice.add_case("Sample")
    practice.close()


def alone(case: Case, *days: int) -> None:
    """Days on which no contact to people who do good was written down."""
    for day in days:
        case.save("daily", {"supporters": 0}, at=NOW - timedelta(days=day))


def test_two_low_days_reach_the_counselor_wherever_they_were_written(case: Case):
    """In the grid of a week, too; not with the key press but when the page is left. A third one tells it anew."""
    week = WeekPanel(load.form("daily"), case, on_leave=lambda: raise_flags(case))
    for back, mood in ((2, 1), (1, 0)):
        week.on_save(case.info.id, (date.today() - timedelta(days=back)).isoformat(), {"mood": mood}, zone="UTC")
    assert case.flags() == []
    week.on_leave(case.info.id)
    [flag] = case.flags()
    assert flag.kind == "low-mood"
    case.settle_flag(flag.id, "Talked about.", "open")
    assert raise_flags(case) == []
    case.save("daily", {"mood": 2})
    assert [one.kind for one in raise_flags(case)] == ["low-mood"]


def test_a_week_is_flagged_once(case: Case):
    """However often the page opens, one flag waits."""
    alone(case, 0, 1, 2, 3)
    assert [flag.kind for flag in raise_flags(case)] == ["isolation"]
    assert raise_flags(case) == []
    alone(case, 4)
    assert raise_flags(case) == []


def test_an_entry_settles_the_week_that_was(case: Case):
    """One more day of the same is no new week; four new days are."""
    alone(case, 3, 4, 5, 6)
    [flag] = raise_flags(case)
    case.settle_flag(flag.id, "Talked about.", "open")
    alone(case, 2)
    assert raise_flags(case) == []
    alone(case, 0, 1, 1, 3)
    assert [flag.kind for flag in raise_flags(case)] == ["isolation"]


def test_strength_counts_wherever_it_is_written_down(case: Case):
    """The three numbers of the look at a week are weighed like the shares of the weekly log."""
    for week in range(4):
        case.save("pause-week", {"energy_self": 5, "energy_partner": 90}, at=NOW - timedelta(days=7 * week))
    assert [(flag.kind, flag.form_id) for flag in raise_flags(case)] == [("uneven-load", "pause-week")]


def test_a_second_parked_topic_comes_up_on_its_own_day(case: Case):
    """The entry on the first says nothing of one whose day comes later; a deleted one never comes up."""
    today = date.today()
    case.save("parking-list", {"knots": {"a": {"topic": "x", "look_again": today.isoformat(), "_deleted": True}}})
    assert raise_flags(case) == []
    case.save("parking-list", {"knots": {"b": {"topic": "y", "look_again": (today - timedelta(days=1)).isoformat()}}})
    [flag] = raise_flags(case)
    case.settle_flag(flag.id, "Looked at.", "open")
    case.save("parking-list", {"knots": {"c": {"topic": "z", "look_again": (today + timedelta(days=2)).isoformat()}}})
    assert raise_flags(case) == []


@pytest.mark.usefixtures("in_the_west")
def test_a_parked_topic_comes_up_on_the_day_after_an_evenings_entry(case: Case, monkeypatch: pytest.MonkeyPatch):
    """Settled in the evening, in the west, where it is the next day in UTC: that day is still to come there."""
    knots = {"a": {"topic": "x", "look_again": "2026-03-09"}, "b": {"topic": "y", "look_again": "2026-03-11"}}
    kept = case.save("parking-list", {"knots": knots}).response
    raised = case.raise_flag("parked-due", "parking-list", kept.id, "x")
    flag = replace(raised, settled_at=datetime(2026, 3, 11, 3, tzinfo=UTC))
    monkeypatch.setattr(trends, "date", type("Day", (date,), {"today": classmethod(lambda _: date(2026, 3, 11))}))
    assert [sign.kind for sign in trends.signs(trends.Reading(case, date(2026, 3, 1)), [flag])] == ["parked-due"]


def test_old_weeks_are_not_dug_up(case: Case):
    """What lies more than a month back raises nothing when a page opens."""
    alone(case, 40, 41, 42, 43)
    assert raise_flags(case) == []
