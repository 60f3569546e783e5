"""The pause that a client planned: which day of it a day is."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.content.words import t
from workbook.record.case import Case

PLAN = "pause-plan"


def planned_pause(case: Case) -> tuple[date, date] | None:
    """First and last day of the plan as it stands now; None without both, or when they are turned round."""
    plan = case.answers(PLAN)
    first, last = (_day(plan.get(end)) for end in ("start", "end"))
    return (first, last) if first and last and first <= last else None


def pause_day(pause: tuple[date, date] | None, day: date) -> str:
    """As in `day 3 of 7`; empty outside the pause."""
    if pause is None or not pause[0] <= day <= pause[1]:
        return ""
    return t("day {day} of {all}", day=(day - pause[0]).days + 1, all=(pause[1] - pause[0]).days + 1)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
