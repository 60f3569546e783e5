"""Which items of a log are asked.

The quick set always; others once the step that introduces them was opened; optional ones when the client or the
counselor wants them; gated ones when the counselor opened their log by a dated entry. An item whose step stands behind
a closed gate is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook.content.model import Field, Form
from workbook.errors import InvalidAnswer
from workbook.record.case import Case
from workbook.record.standing import WISHES, item_open, log_gate, standing
from workbook.record.steps import introduced, opened_steps
from workbook.rules import gates

OPENING = "opening"
"""Id of the counselor's log that opens parts; a gated log stands there under `log_gate`."""
_WISHED = "wanted"


def allowed(fields: Iterable[Field], case: Case, now: gates.Standing | None = None) -> tuple[Field, ...]:
    """The fields that may be asked at all: no gate of their step is closed, and the counselor opened the gated ones.

    A gate that only a calm moment opens closes the exercises of its page, not the log. `now` is the case's standing
    where it is known already.
    """
    fields = tuple(fields)
    if not any(one.introduced_by or one.gated for one in fields):
        return fields
    now = now or standing(case)
    return tuple(one for one in fields if item_open(one, now))


def split(form: Form, case: Case, fields: Iterable[Field]) -> tuple[list[Field], list[Field], list[Field]]:
    """(asked at once, folded, may be switched on): fields of a log for this case, in the form's order.

    A log without quick items (contacts, contact status, consent …) asks its core fields at once and folds the others.
    """
    fields = allowed(fields, case)
    by_hand = wanted(form, case)
    steps = opened_steps(case) if any(one.introduced_by for one in fields) else frozenset()
    optional = [one for one in fields if one.opt_in and one.id not in by_hand and introduced(one, steps)]
    asked = [one for one in fields if (one.id in by_hand if one.opt_in else _asked(one, steps))]
    has_quick = any(one.quick for one in asked)
    first = [one for one in asked if (one.quick if has_quick else one.core)]
    return first, [one for one in asked if one not in first], optional


def family(form: Form, item: str) -> tuple[Field, ...]:
    """The optional items that a step brings for one log: they are switched together. InvalidAnswer for another item."""
    found = next((one for one in form.fields if one.opt_in and one.id == item), None)
    if found is None:
        raise InvalidAnswer("Items", "an item from the list was expected; reload the page.")
    kin = (found.log, found.introduced_by)
    return tuple(
        one for one in form.fields if one.opt_in and (one == found or (one.log and (one.log, one.introduced_by) == kin))
    )


def switches(form: Form, case: Case, fields: Iterable[Field], *, counselor: bool = False) -> list[tuple[Field, ...]]:
    """The families that may be switched on or off; a counselor's list has those of steps not opened yet as well."""
    steps, by_hand = opened_steps(case), wanted(form, case)
    found: dict[tuple[str, ...], tuple[Field, ...]] = {}
    for one in fields:
        if one.opt_in and (counselor or one.id in by_hand or introduced(one, steps)):
            together = tuple(each for each in family(form, one.id) if each in tuple(fields))
            found.setdefault(tuple(each.id for each in together), together)
    return list(found.values())


def wanted(form: Form, case: Case) -> frozenset[str]:
    """Ids of the form's optional items that were switched on."""
    if not any(one.opt_in for one in form.fields):
        return frozenset()
    return _wishes(case) & {one.id for one in form.fields if one.opt_in}


def switch(form: Form, case: Case, item: str, on: bool) -> None:
    """Switch an optional item on or off, with those of its log. Answers given before are kept when it is off."""
    together = {one.id for one in family(form, item)}
    now = _wishes(case) | together if on else _wishes(case) - together
    case.save(WISHES, {_WISHED: " ".join(sorted(now))})


def gated_logs(form: Form, case: Case) -> list[dict[str, Any]]:
    """The logs of a form that the counselor alone opens: log, the questions' words, open or not, why not to be seen."""
    now = standing(case)
    found: dict[str, list[Field]] = {}
    for one in form.fields:
        if one.gated and one.log:
            found.setdefault(one.log, []).append(one)
    return [
        {
            "log": log,
            "items": [one.label for one in fields],
            "open": log_gate(log) in now.opened,
            "closed": _closed_because(fields, now),
        }
        for log, fields in found.items()
    ]


def open_log(form: Form, case: Case, log: str, on: bool, note: str) -> None:
    """The counselor's dated entry that opens or closes a gated log; InvalidAnswer without a note or for another log."""
    if log not in {one.log for one in form.fields if one.gated}:
        raise InvalidAnswer("Items", "a part from the list was expected; reload the page.")
    open_part(case, log_gate(log), on, note)


def open_part(case: Case, part: str, on: bool, note: str) -> None:
    """The counselor's dated entry that opens or closes a part; InvalidAnswer without a note."""
    if not note.strip():
        raise InvalidAnswer("Why now", "a few words were expected: what was talked about.")
    case.save(OPENING, {"form": part, "open": "yes" if on else "no", "note": note}, respondent="counselor")


def _asked(one: Field, steps: frozenset[str]) -> bool:
    return one.quick or one.gated or introduced(one, steps)


def _closed_because(fields: list[Field], now: gates.Standing) -> list[str]:
    """Why an opened log would still not be seen: the gate of its step, or of contact."""
    themes = [gates.theme_gate(one.introduced_by, now) for one in fields if one.introduced_by]
    reasons = [reason for gate in themes if not gate.in_reach for reason in gate.reasons]
    if any(one.reaches_partner for one in fields):
        reasons += gates.partner_gate(now).reasons
    return list(dict.fromkeys(reasons))


def _wishes(case: Case) -> frozenset[str]:
    return frozenset(case.answers(WISHES).get(_WISHED, "").split())
