"""Which charts a case may choose on its progress page, and which it chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbook.charts.frame import log_forms
from workbook.content import charts as content
from workbook.content.charts import ChartItem, ChartSpec
from workbook.errors import InvalidAnswer
from workbook.forms.items import allowed
from workbook.record.case import Case
from workbook.record.standing import standing
from workbook.rules import gates

CHOSEN = "progress-charts"
"""Id of the note that keeps which charts were chosen."""
_FIELD = "chosen"
_WHOLE = frozenset({"own", "next-day", "two-lines", "before-after", "line-average", "stacked-bars", "stacked-shares"})
"""Kinds that mean something with all their questions only."""
_CONTACT = "contact"
Answered = frozenset[tuple[str, str]]


def offered(case: Case) -> list[ChartSpec]:
    """The charts that have something to show and may be seen now, less those that stand on the page anyway."""
    answered = _answered(case)
    now = standing(case)
    shown = (visible(case, one, now) for one in content.charts().values() if not one.always)
    return [one for one in shown if one is not None and _has_data(one, answered)]


def applies(chart_id: str, now: gates.Standing) -> bool:
    """Is the chart there at all? One of contact is not, for those who are apart."""
    spec = content.charts().get(chart_id)
    return spec is None or not spec.contact or now.contact in spec.contact


def visible(case: Case, spec: ChartSpec, now: gates.Standing | None = None) -> ChartSpec | None:
    """The chart with the questions that no gate closes now; None when nothing is left.

    Under no contact that is what concerns the client alone, and the line that no contact was kept. Any other chart that
    always stands on the page shows what was written down, whatever has changed since.
    """
    now = now or standing(case)
    if not applies(spec.id, now):
        return None
    if spec.always:
        return spec
    open_items = tuple(one for one in spec.items if _open(one, case, now))
    if spec.kind in _WHOLE and len(open_items) < len(spec.items):
        return None
    return replace(spec, items=open_items) if _main(open_items) else None


def chosen(case: Case) -> tuple[str, ...]:
    """Ids of the chosen charts that may be seen and have something to show, in the order of the list."""
    wanted = _wanted(case)
    return tuple(one.id for one in offered(case) if one.id in wanted) if wanted else ()


def choose(case: Case, chart_id: str, on: bool) -> None:
    """Draw a chart on the progress page from now on, or leave it out again; InvalidAnswer for one not on the list."""
    if chart_id not in {one.id for one in offered(case)}:
        raise InvalidAnswer("Pictures", "a picture from the list was expected; reload the page.")
    now = _wanted(case) | {chart_id} if on else _wanted(case) - {chart_id}
    case.save(CHOSEN, {_FIELD: " ".join(sorted(now))})


def asked_now(one: ChartItem, now: gates.Standing) -> bool:
    """Is the question, and the list that it stands in, asked under the contact there is now?"""
    return all(
        gates.shown(asked.show_if, now) and (not asked.reaches_partner or gates.partner_gate(now).open)
        for asked in (one.outer, one.field)
    )


def _wanted(case: Case) -> frozenset[str]:
    return frozenset(case.answers(CHOSEN).get(_FIELD, "").split())


def _open(one: ChartItem, case: Case, now: gates.Standing) -> bool:
    if one.form == _CONTACT and now.contact in gates.NO_CONTACT:
        return False
    return bool(allowed((one.outer,), case, now)) and asked_now(one, now)


def _main(items: tuple[ChartItem, ...]) -> tuple[ChartItem, ...]:
    """What the chart is about: not the lines below it, and of setbacks the events."""
    events = tuple(one for one in items if one.role == "event")
    return events or tuple(one for one in items if one.role not in ("line", "sign", "days", "limit"))


def _has_data(spec: ChartSpec, answered: Answered) -> bool:
    if spec.kind == "next-day":  # it needs both
        return all((one.form, one.item) in answered for one in spec.items)
    return any(_said(one, answered) for one in _main(spec.items))


def _said(one: ChartItem, answered: Answered) -> bool:
    if one.role == "event" and one.when:
        return any((one.form, f"{one.item}={yes}") in answered for yes in one.when)
    return (one.form, one.item) in answered


def _answered(case: Case) -> Answered:
    """(form, question) of all that was ever answered and is not private; of choices also (form, `question=answer`)."""
    found: set[tuple[str, str]] = set()
    for form in log_forms():
        for entry in case.entries(form.id, include_private=False):
            for name, value in entry.answers.items():
                found.update((form.id, said) for said in _names(name, value))
    return frozenset(found)


def _names(name: str, value: Any) -> list[str]:
    if isinstance(value, str):
        return [name, f"{name}={value}"]
    rows = value.values() if isinstance(value, dict) else ()
    cells = [row for row in rows if isinstance(row, dict) and not row.get("_deleted")]
    return [name, *(f"{name}.{inner}" for row in cells for inner in row)]
