"""Quiet lines above the weekly log, and the day of the pause in the daily one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from workbook.content import load
from workbook.forms.due import reminders
from workbook.forms.log import LogPanel
from workbook.forms.pause import pause_day, planned_pause
from workbook.record.case import Case
from workbook.record.practice import Practice

from .conftest import CHEAP

TODAY = date(2026, 3, 30)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case with the forms of data/."""
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()


def write(case: Case, days_ago: int, **answers: Any) -> None:
    """A look back some days ago."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days_ago)
    case.save("weekly", answers, at=at, zone="UTC")


def said(case: Case) -> list[str]:
    """The lines of today."""
    return reminders(load.form("weekly"), case, TODAY)


def test_no_line_before_the_first_entry(case: Case) -> None:
    """Nobody is reminded of what was never begun."""
    assert said(case) == []


def test_a_week_old_is_not_late(case: Case) -> None:
    """Seven days are a week; on the eighth there is a line, without pressure."""
    write(case, 7, hope=4)
    assert said(case) == []
    write(case, 8, hope=4)
    assert said(case) == []  # the newest counts
    assert reminders(load.form("weekly"), case, TODAY + timedelta(days=1)) == [
        "Your last look back is from 23 March. If you like, today is a good day for the next one."
    ]


def test_effort_is_asked_for_about_once_a_month(case: Case) -> None:
    """Only where it is asked at all, and after 28 days."""
    write(case, 29, effort_me=5, effort_partner=4)
    write(case, 1, hope=4)
    assert said(case) == []
    step = load.step("patience-and-review")
    case.save("event", {"label": step.title, "kind": "step"}, respondent="counselor")
    [line] = said(case)
    assert line.startswith("About once a month:")
    assert "1 March" in line


def test_other_logs_have_no_such_line(case: Case) -> None:
    """The daily log never reminds."""
    assert reminders(load.form("daily"), case, TODAY) == []
    assert LogPanel(load.form("daily"), case).spec["due"] == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 1), ""),
        (date(2026, 3, 2), "day 1 of 7"),
        (date(2026, 3, 8), "day 7 of 7"),
        (date(2026, 3, 9), ""),
    ],
)
def test_the_day_of_the_pause(case: Case, day: date, words: str) -> None:
    """Counted from the plan; outside it there is none, and none without a plan or with one turned round."""
    assert planned_pause(case) is None
    case.save("pause-plan", {"start": "2026-03-08", "end": "2026-03-02"})
    assert planned_pause(case) is None
    case.save("pause-plan", {"start": "2026-03-02", "end": "2026-03-08"})
    assert pause_day(planned_pause(case), day) == words


def test_the_daily_log_says_which_day_of_the_pause_it_is(case: Case) -> None:
    """Beside the question whether it was kept."""
    today = date.today()
    case.save("event", {"label": load.step("02-pause").title, "kind": "step"}, respondent="counselor")
    case.save("pause-plan", {"start": today.isoformat(), "end": (today + timedelta(days=6)).isoformat()})
    fields = [one for part in LogPanel(load.form("daily"), case).spec["more"] for one in part["fields"]]
    assert "Today is day 1 of 7 of your pause." in next(one["help"] for one in fields if one["id"] == "pause_kept")
