"""What stands at the end of a print, who to call, where the steps stand, and what is open instead of a closed page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load
from workbook.content.words import t
from workbook.record.steps import steps_of
from workbook.report import answers, moments
from workbook.report.document import Document
from workbook.report.glyphs import line, paragraphs
from workbook.report.markdown import tree
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice
    from workbook.report.compose import Composer

Block = dict[str, Any]


def blocks(composer: Composer, document: Document) -> list[Block]:
    """For the client one plain line when something was left out; for the counselor flags, gates, notes and the list."""
    if not composer.counselor:
        return (
            [{"t": "notice", "text": line(t("Parts of this page are not printed. Your counselor can see which."))}]
            if document.not_printed
            else []
        )
    parts = [*_gates(composer), *_flags(composer), *_notes(composer), *_left_out(document)]
    return [{"t": "heading", "level": 2, "text": line("For the counselor"), "apart": True}, *parts] if parts else []


def support(practice: Practice | None) -> Block:
    """The emergency number and the lines that a client may see."""
    rows = [[line(name), line(way)] for name, way in _lines(practice)]
    return {"t": "table", "head": [line(t("Who to call")), line(t("How"))], "rows": rows}


def numbers(practice: Practice | None) -> str:
    """Who to call in a line, at the foot of each sheet, since the page says ‘call a helpline’.

    The lines themselves stand on the page for support alone: a sheet at home must not show which help is sought.
    """
    return "; ".join(f"{name}: {way}" for name, way in _lines(practice, named=False))


def _lines(practice: Practice | None, *, named: bool = True) -> list[tuple[str, str]]:
    from workbook.record.support import support as shown

    spec = shown(practice)
    rows = [(t("Emergency"), spec["emergency"])] if spec["emergency"] else []
    for one in spec["lines"] if named else ():
        ways = [
            one["call"] and t("call {number}", number=one["call"]),
            one["text"] and t("text {number}", number=one["text"]),
            one["web"],
        ]
        rows.append((one["name"], ", ".join(way for way in ways if way)))
    rows.extend((one["name"], one["web"]) for one in spec["everywhere"])
    return rows


def steps(case: Case | None, standing: gates.Standing | None) -> list[Block]:
    """The steps of a case in their order; of the closed ones the sentence stands once, below them."""
    items, later = [], False
    for step in steps_of(case, standing.opened if standing else frozenset()):
        gate = gates.theme_gate(step.id, standing) if standing else gates.Gate(True)
        says = "" if gate.open else t(gate.says) if gate.in_reach else t("later")
        items.append(line(f"{step.title} – {says}" if says else step.title))
        later = later or not gate.in_reach
    below = [{"t": "small", "text": line(f"{t('Later')}: {t(gates.NEUTRAL)}")}] if later else []
    return [{"t": "list", "title": line(t("Your steps")), "items": items}, *below] if items else []


def open_now(case: Case | None) -> list[Block]:
    """The pages that a closed page names on the screen, on its paper, too."""
    from workbook.forms.head import links

    return _list(t("These pages are open for you now:"), [one["title"] for one in links(case)] if case else [])


def _gates(composer: Composer) -> list[Block]:
    if composer.standing is None or composer.empty:
        return []
    reasons = dict.fromkeys((*composer.gate.reasons, *gates.partner_gate(composer.standing).reasons))
    return _list("Closed now, and why", list(reasons))


def _flags(composer: Composer) -> list[Block]:
    if composer.case is None or composer.empty:
        return []
    rows = []
    for flag in sorted(
        composer.case.flags(open_only=False), key=lambda one: (one.settled_at is not None, one.raised_at)
    ):
        form = load.forms().get(flag.form_id)
        raised = f"{flag.kind.replace('-', ' ')}, {moments.day(flag.raised_at.astimezone().date())}"
        settled = "Waits for your dated entry."
        if flag.settled_at:
            decision = "opened again" if flag.decision == "open" else "kept closed"
            settled = f"{moments.day(flag.settled_at.astimezone().date())}: {decision}. {flag.note}"
        rows.append([line(raised), line(f"{form.title if form else flag.form_id}: {flag.reason}"), paragraphs(settled)])
    if not rows:
        return []
    head = [line("Flag"), line("Reason"), line("Your entry")]
    return [{"t": "table", "title": line("Flags"), "head": head, "rows": rows}]


def _notes(composer: Composer) -> list[Block]:
    """Our note on the step, and the counselor's own notes on it and on the case."""
    step = load.step(composer.page)
    found: list[Block] = []
    if step and step.counselor_note:
        found.append({"t": "answer", "label": line("On this step"), "blocks": tree(step.counselor_note)})
    if composer.case is None or composer.empty:
        return found
    response = composer.case.read("counselor-notes")
    form = load.forms().get("counselor-notes")
    if response is None or form is None:
        return found
    fields = [one for one in form.fields if response.answers.get(one.id)]
    if step:  # a step's page takes the note of that step; the start page takes all
        fields = [one for one in fields if one.id in ("general", step.id)]
    found.extend(
        {
            "t": "answer",
            "label": line(f"Your notes: {one.label}"),
            "lines": answers.lines(one, response.answers[one.id]),
        }
        for one in fields
    )
    return found


def _left_out(document: Document) -> list[Block]:
    return _list("Not printed", list(document.not_printed))


def _list(title: str, items: list[str]) -> list[Block]:
    return [{"t": "list", "title": line(title), "items": [line(one) for one in items]}] if items else []
