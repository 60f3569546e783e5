"""What no file of the workspace takes off a page: the private questions, and answers that safety rests on."""

from __future__ import annotations

from workbook.content.model import Field, Form

PRIVATE = frozenset({"attestation", "crisis-path"})
"""What belongs to the private questions beside the form of kind ‘screen’."""
READ_BY_RULES: dict[str, frozenset[str]] = {
    form: frozenset(questions.split())
    for form, questions in {
        "daily": "mood calm supporters",
        "contact": "storm outer_calm",
        "weekly": "energy",
        "pause-week": "energy_self energy_partner energy_others",
        "said-and-seen": "pattern afraid",
        "breathing-space": "calm_after",
        "pause-plan": "next_talk end",
        "talk-planner": "when held",
        "parking-list": "knots look_again",
        "mirror-and-complaints": "parked look_again",
        "does-well": "harm back_on",
        "bridge": "old_fights counselor_on",
        "my-boundaries": "limits if_crossed reviewed",
        "hard-question": "both_line fits",
        "decision": "choice",
        "journal": "share",
        "log-items": "wanted",
    }.items()
}
"""Questions of client forms that a gate, an alert or a sign over time reads beside the flags (`record/trends.py`)."""


def why_kept(form: Form, field: Field) -> str:
    """Why a question of a form must stay in sight; empty when it may be hidden."""
    if flagged(field):
        return "this question can raise a flag"
    if form.audience == "counselor":
        return "gates and pages read what is written here"
    if field.id in READ_BY_RULES.get(form.id, ()):
        return "the workbook itself reads this answer"
    return ""


def flagged(field: Field) -> bool:
    """Can the question, or one within its rows, raise a flag?"""
    return any(one.flag is not None for one in (field, *field.fields))
