"""Which questions of the log forms stand behind the charts; the forms promise not to rename them."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.content import load
from workbook.content.model import Field, Form

EVENT_FORM = "event"
MOOD, CALM = ("daily", "mood"), ("daily", "calm")
URGE, URGE_ACTED = ("daily", "urge"), ("daily", "urge_acted")
POSITIVE, NEGATIVE = ("daily", "positive"), ("daily", "negative")
QUALITY, INITIATOR = ("contact", "quality"), ("contact", "initiator")
CHARTED = (MOOD, CALM, URGE, URGE_ACTED, POSITIVE, NEGATIVE, QUALITY, INITIATOR)
"""All questions that a chart reads, as (form id, field id)."""


@dataclass(frozen=True)
class Item:
    """One question of a log form."""

    form: Form
    field: Field

    @property
    def top(self) -> float:
        """The highest answer of a rating; 10 where the form names none."""
        return 10 if self.field.max is None else self.field.max


def item(named: tuple[str, str]) -> Item:
    """The question with this form id and field id."""
    form = load.form(named[0])
    return Item(form, form.field(named[1]))


def log_forms() -> tuple[Form, ...]:
    """The logs that a client keeps; the counselor's own dated notes (contact status, consent, events) are none."""
    return tuple(form for form in load.forms().values() if form.kind == "log" and form.audience == "client")
