"""Which steps a case sees, and which it has opened: each leaves a dated mark among the events, known by its page."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from workbook.content import load
from workbook.content.model import Field, Step
from workbook.record import criteria

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.responses import Response

_NAMESPACE = uuid.UUID("6a0d2f0e-6f0b-4b57-9a0e-0f6b8f2f6a11")


def mark_of(case: Case, page: str) -> str:
    """Id of the event that marks the first opening of a step's page."""
    return str(uuid.uuid5(_NAMESPACE, f"{case.info.id}/{page}"))


def opened_steps(case: Case) -> frozenset[str]:
    """Ids of the steps that this case has opened; an event that somebody wrote under a step's title counts, too.

    Its title in English or in the language of the case: a case may change its language on the way.
    """
    marks = [entry for entry in case.entries("event") if entry.answers.get("kind") == "step"]
    known = {entry.id for entry in marks} | {entry.answers.get("label") for entry in marks}
    english = {step.id: step.title for step in load.shipped_steps()}
    return frozenset(
        step.id for step in load.steps() if known & {mark_of(case, step.page), step.title, english[step.id]}
    )


def introduced(item: Field, opened: frozenset[str]) -> bool:
    """Is an item of a log there from the start (as those of the first step), or since its step was opened?"""
    return item.introduced_by in (None, "start-safe") or item.introduced_by in opened


def steps_of(case: Case | None, opened: frozenset[str] = frozenset()) -> tuple[Step, ...]:
    """The steps that stand in a case's lists: the twelve, and a page beside them once something leads there.

    That is the client's newest decision, or the counselor's dated entry (`opened`, as in the case's standing).
    """
    steps = load.steps()
    if not any(step.aside for step in steps):
        return steps
    wanted = opened | _decided(case) if case else opened
    return tuple(step for step in steps if not step.aside or step.id in wanted)


def decided(case: Case) -> bool:
    """Does a decision stand, made on the day of the newest look back or since? A new look opens the question again."""
    made, look = decision(case), next(reversed(criteria.looks(case)), None)
    return made is not None and (look is None or made.on >= look.on)


def _decided(case: Case) -> frozenset[str]:
    made = decision(case)
    return frozenset([made.answers["choice"]] if made else [])


def decision(case: Case) -> Response | None:
    """The newest decision; one marked private leads nowhere that others could see."""
    chosen = [entry for entry in case.entries("decision") if entry.answers.get("choice")]
    return next((entry for entry in chosen[-1:] if not entry.private), None)
