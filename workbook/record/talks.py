"""When the next bigger talk fits, as client and counselor settled it, and what was to come before it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbook.rules import talks

if TYPE_CHECKING:
    from workbook.record.reading import Reads

PLAN, PAUSE, THRESHOLDS = "talk-planner", "pause-plan", "thresholds"
_HELD = frozenset({"yes", "stopped"})
_BEFORE = {
    "a pause": (PAUSE,),
    "one clear statement": ("clear-statement",),
    "listening": ("listening-practice", "validation-builder", "open-questions"),
}
"""What comes before a talk, and the forms of which one is enough."""


def next_talk(case: Reads) -> date | None:
    """The first day on which a bigger talk fits; None when no day was settled."""
    plan, pause, house = (_answers(case, form) for form in (PLAN, PAUSE, THRESHOLDS))
    settled = [_day(pause.get("next_talk")) or _day(pause.get("end")), _day(house.get("next_talk"))]
    last = _day(plan.get("when")) if plan.get("held") in _HELD else None
    return talks.next_talk(settled, last, house.get("talk_every"))


def topics(case: Reads) -> str:
    """The topics that the counselor settled with the client, in their words; empty when none were."""
    return str(_answers(case, THRESHOLDS).get("talk_topics") or "")


def planned(case: Reads) -> date | None:
    """The day of the talk that is planned and was not held yet, or None."""
    plan = _answers(case, PLAN)
    return None if plan.get("held") else _day(plan.get("when"))


def missing_before(case: Reads) -> list[str]:
    """What was to come before a talk and holds no answer yet, in its order."""
    return talks.missing_before({name: any(_answers(case, one) for one in forms) for name, forms in _BEFORE.items()})


def _answers(case: Reads, form_id: str) -> dict[str, Any]:
    kept = case.read(form_id)
    return kept.answers if kept else {}


def _day(value: Any) -> date | None:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else None
