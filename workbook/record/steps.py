"""Which steps a case has opened: each leaves a dated mark among the events, known by its page whatever its title."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from workbook.content import load

if TYPE_CHECKING:
    from workbook.record.case import Case

_NAMESPACE = uuid.UUID("6a0d2f0e-6f0b-4b57-9a0e-0f6b8f2f6a11")


def mark_of(case: Case, page: str) -> str:
    """Id of the event that marks the first opening of a step's page."""
    return str(uuid.uuid5(_NAMESPACE, f"{case.info.id}/{page}"))


def opened_steps(case: Case) -> frozenset[str]:
    """Ids of the steps that this case has opened; an event that somebody wrote under a step's title counts, too."""
    marks = [entry for entry in case.entries("event") if entry.answers.get("kind") == "step"]
    known = {entry.id for entry in marks} | {entry.answers.get("label") for entry in marks}
    return frozenset(step.id for step in load.steps() if known & {mark_of(case, step.page), step.title})
