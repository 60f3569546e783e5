"""Which items of a log are asked: the quick set always, others once a step introduced them or the client wants them."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.content.model import Field, Form
from workbook.errors import InvalidAnswer
from workbook.record.case import Case
from workbook.record.standing import WISHES
from workbook.record.steps import opened_steps

BEGINNING = "start-safe"
"""Items of this theme are on from the start."""
_WISHED = "wanted"


def split(form: Form, case: Case, fields: Iterable[Field]) -> tuple[list[Field], list[Field], list[Field]]:
    """(asked at once, folded, may be switched on): fields of a log for this case, in the form's order.

    A log without quick items (contacts, contact status, consent …) asks its core fields at once and folds the others.
    """
    fields = list(fields)
    by_hand = wanted(form, case)
    steps = opened_steps(case) if any(one.introduced_by for one in fields) else frozenset()
    on = [one for one in fields if one.quick or _introduced(one, steps)]
    optional = [one for one in on if one.opt_in and one.id not in by_hand]
    asked = [one for one in on if one not in optional]
    has_quick = any(one.quick for one in asked)
    first = [one for one in asked if (one.quick if has_quick else one.core)]
    return first, [one for one in asked if one not in first], optional


def _introduced(one: Field, steps: frozenset[str]) -> bool:
    return one.introduced_by in (None, BEGINNING) or one.introduced_by in steps


def wanted(form: Form, case: Case) -> frozenset[str]:
    """Ids of the optional items that the client switched on by hand."""
    if not any(one.opt_in for one in form.fields):
        return frozenset()
    kept = case.read(WISHES)
    words = kept.answers.get(_WISHED, "") if kept else ""
    return frozenset(words.split()) & {one.id for one in form.fields if one.opt_in}


def switch(form: Form, case: Case, item: str, on: bool) -> None:
    """Switch an optional item on or off. Answers given before are kept when it is switched off."""
    if item not in {one.id for one in form.fields if one.opt_in}:
        raise InvalidAnswer("Items", "an item from the list was expected; reload the page.")
    now = wanted(form, case) | {item} if on else wanted(form, case) - {item}
    case.save(WISHES, {_WISHED: " ".join(sorted(now))})
