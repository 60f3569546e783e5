"""When the next bigger talk fits, as client and counselor settled it, and what was to come before it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbook.rules import talks

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.trends import Reading

PLAN, PAUSE, THRESHOLDS = "talk-planner", "pause-plan", "thresholds"
_HELD = frozenset({"yes", "stopped"})
_BEFORE = {
    "a pause": (PAUSE,),
    "one clear statement": ("clear-statement",),
    "listening": ("listening-practice", "validation-builder", "open-questions"),
}
"""What comes before a talk, and the forms of which one is enough."""


def next_talk(case: Case | Reading) -> date | None:
    """The first day on which a bigger talk fits; None when no day was settled."""
    plan, pause, house = (case.answers(form) for form in (PLAN, PAUSE, THRESHOLDS))
    settled = [_day(pause.get("next_talk")) or _day(pause.get("end")), _day(house.get("next_talk"))]
    last = _day(plan.get("when")) if plan.get("held") in _HELD else None
    return talks.next_talk(settled, last, house.get("talk_every"))


def topics(case: Case | Reading) -> str:
    """The topics that the counselor settled with the client, in their words; empty when none were."""
    return str(case.answers(THRESHOLDS).get("talk_topics") or "")


def planned(case: Case | Reading) -> date | None:
    """The day of the talk that is planned and was not held yet, or None."""
    plan = case.answers(PLAN)
    return None if plan.get("held") else _day(plan.get("when"))


def missing_before(case: Case | Reading) -> list[str]:
    """What was to come before a talk and holds no answer yet, in its order."""
    return [name for name, forms in _BEFORE.items() if not any(case.answers(one) for one in forms)]


def _day(value: Any) -> date | None:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else None
