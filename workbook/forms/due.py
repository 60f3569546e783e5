"""Quiet lines above the weekly log: the last look back is some time ago. A reminder, never a duty."""

from __future__ import annotations

from datetime import date, timedelta

from workbook.content.model import Form
from workbook.content.words import t
from workbook.forms import items
from workbook.record.case import Case
from workbook.rules.dates import day_month

WEEKLY = "weekly"
"""The log of one entry a week."""
MONTHLY = frozenset({"reciprocity"})
"""Logs that are asked for about once a month, in the weekly log."""
WEEK, MONTH = timedelta(days=7), timedelta(days=28)
LAST_WEEK = "Your last look back is from {day}. If you like, today is a good day for the next one."
LAST_MONTH = "About once a month: {questions} The last answer is from {day}."


def reminders(form: Form, case: Case, today: date | None = None) -> list[str]:
    """Sentences for what is older than a week, or a month; none before the first entry, and none for other logs."""
    if form.id != WEEKLY:
        return []
    today = today or date.today()
    entries = case.entries(form.id)
    said = []
    if entries and today - date.fromisoformat(entries[-1].day) > WEEK:
        said.append(t(LAST_WEEK, day=day_month(date.fromisoformat(entries[-1].day))))
    quick, further, _ = items.split(form, case, form.fields)
    monthly = [one for one in (*quick, *further) if one.log in MONTHLY and one.kind == "scale"]
    answered = [entry.day for entry in entries if any(one.id in entry.answers for one in monthly)]
    if answered and today - date.fromisoformat(answered[-1]) > MONTH:
        labels = " · ".join(one.label for one in monthly)
        said.append(t(LAST_MONTH, questions=f"‘{labels}’.", day=day_month(date.fromisoformat(answered[-1]))))
    return said
