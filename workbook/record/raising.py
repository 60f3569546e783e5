"""Flags: what the answers ask the counselor to see. They are weighed when a page is finished or left, or opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from workbook.content import edition, load
from workbook.content.model import Form
from workbook.record import tables
from workbook.record.responses import live_rows
from workbook.record.standing import contact_entry
from workbook.record.trends import Reading, signs
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case, Flag, Response

LOOK_BACK = timedelta(days=31)
"""How far back dated answers are weighed for flags: a page may have been left without its last word."""
_w = tables.weighed.c
_RULES, _STAY_AWAY = "contact-rules", "unannounced"


def raise_flags(case: Case) -> list[Flag]:
    """Raise what the answers ask for and what is not raised yet; called when a page is finished or left, or opened.

    A settled flag is raised again only when its response was changed after the settling entry; what shows over days and
    weeks (`record/trends.py`) only by answers given since. A closed case is only read: nothing is raised. Nothing is
    weighed twice a day while nothing is stored, unless a counselor's own forms may have brought new rules.
    """
    if case.info.closed_at is not None:
        return []
    before = case.practice.stamp().others
    with case.practice.reading() as connection:
        weighed_on = connection.execute(select(_w.day).where(_w.case_id == case.info.id)).scalar()
    if weighed_on == date.today().isoformat() and not edition.current().own:
        return []
    raised = _weigh(case)
    with case.practice.writing() as connection:
        if case.practice.stamp().others == before:  # else another page stored something meanwhile
            mark = {"case_id": case.info.id, "day": date.today().isoformat()}
            connection.execute(delete(tables.weighed).where(_w.case_id == case.info.id))
            connection.execute(insert(tables.weighed).values(mark))
    return raised


def _weigh(case: Case) -> list[Flag]:
    weighed = [form for form in load.forms().values() if form.flagged]
    known, reading = case.flags(open_only=False), Reading(case, date.today() - LOOK_BACK, weighed)
    raised = _contact_rule(case, known)
    for form in weighed:
        if form.id in reading.answered:
            raised += _of_form(case, form, known, reading)
    for sign in signs(reading, known):
        raised.append(case.raise_flag(sign.kind, sign.form_id, sign.response_id, sign.reason))
    return list({flag.id: flag for flag in raised}.values())


def opens_support(form: Form, answers: dict[str, Any]) -> bool:
    """True when one of these answers shows support at once; the flag itself waits until the page is left."""
    return any(
        rule.opens == "support" and any(map(rule.meets, _given(answers, outer, inner.id)))
        for outer, inner, rule in form.flagged
        if outer in answers
    )


def _of_form(case: Case, form: Form, known: list[Flag], reading: Reading) -> list[Flag]:
    return [
        case.raise_flag(kind, form.id, response.id, reason)
        for response in reading.current(form.id)
        for kind, reason in _asked_for(form, response).items()
        if not _said(kind, response, known)
    ]


def _contact_rule(case: Case, known: list[Flag]) -> list[Flag]:
    """Under no contact the rule not to turn up unannounced cannot be skipped: until it is kept to, a flag says so.

    An entry of the counselor stands until the contact status is written anew.
    """
    status = contact_entry(case)
    kept = case.answers(_RULES).get(_STAY_AWAY) == "keep"
    if kept or status is None or status.answers["status"] not in gates.NO_CONTACT:
        return []
    if _said("contact-rule", status, known):
        return []
    reason = "No contact was asked for, and the rule not to turn up unannounced is not agreed yet"
    return [case.raise_flag("contact-rule", "contact-status", status.id, reason)]


def _said(kind: str, response: Response, known: list[Flag]) -> bool:
    return any((flag.kind, flag.response_id) == (kind, response.id) and flag.tells(response) for flag in known)


def _asked_for(form: Form, response: Response) -> dict[str, str]:
    """Kinds of flag that the answers ask for, each with the questions (ours, never the answers' words)."""
    found: dict[str, list[str]] = {}
    for outer, inner, rule in form.flagged:
        if any(map(rule.meets, _given(response.answers, outer, inner.id))):
            found.setdefault(rule.kind, []).append(inner.label)
    return {kind: "; ".join(labels) for kind, labels in found.items()}


def _given(answers: dict[str, Any], outer: str, inner: str) -> Iterator[Any]:
    """What was answered, in the form that a flag's rule reads: a word, a number; of shares the largest."""
    value = answers.get(outer)
    if outer != inner:
        yield from (_word(row.get(inner)) for row in live_rows(value))
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        yield max((share for share in value.values() if isinstance(share, int | float)), default=None)
    else:
        yield _word(value)


def _word(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
