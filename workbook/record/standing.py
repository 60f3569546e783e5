"""Where a case stands: the facts that gates ask for, and the flags that its answers raise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from workbook.content import load
from workbook.content.model import Form
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case, Flag, Response

SCREEN = "screen"
LOOK_BACK = timedelta(days=31)
"""How far back dated answers are weighed for flags: a page may have been left without its last word."""
CALM_LASTS = timedelta(hours=24)
"""So long a logged calm counts for the gates that ask for a calm moment (ours; no clinical value)."""
USUAL = {"calm": 6, "pause_days": 7, "wait_hours": 24}
"""House values where the counselor set no threshold for the case; none is a clinical cut-off."""
WISHES = "log-items"
"""Id of the note that keeps which optional log items and forms a client switched on."""
_RULES, _STAY_AWAY = "contact-rules", "unannounced"


def standing(case: Case, today: date | None = None) -> gates.Standing:
    """The case's standing on a day (today unless said): contact status, safety screen, consent and open flags."""
    flags = case.flags(open_only=False)
    return gates.Standing(
        contact=_contact(case),
        screen=_screen(case, flags, today or date.today()),
        consent=_consented(case),
        kept_closed=any(closes(flag) for flag in newest_flags(flags)),
        calm=_calm(case),
        opened=_opened(case),
        chosen=chosen(case),
    )


def form_gate(form: Form, now: gates.Standing) -> gates.Gate:
    """The gate before one form of an open page; for what the counselor alone sees it is always open."""
    if form.audience == "counselor":
        return gates.Gate(True)
    return gates.form_gate(form.id, reaches_partner=form.reaches_partner, needs=form.needs, standing=now)


def thresholds(case: Case | None) -> dict[str, int]:
    """Calm (0-10), length of a pause (days) and waiting time (hours) of the case, or the usual ones."""
    kept = case.read("thresholds") if case else None
    return USUAL | {name: value for name, value in (kept.answers if kept else {}).items() if name in USUAL}


def chosen(case: Case) -> frozenset[str]:
    """Ids of the forms that wait for the client's own wish and were wanted."""
    kept = case.read(WISHES)
    return frozenset((kept.answers.get("forms", "") if kept else "").split())


def choose(case: Case, form_id: str, on: bool) -> None:
    """Show a form that waits for the client's own wish, or put it away again; answers are kept."""
    now = chosen(case) | {form_id} if on else chosen(case) - {form_id}
    case.save(WISHES, {"forms": " ".join(sorted(now))})


def _opened(case: Case) -> frozenset[str]:
    """Forms whose newest entry of the counselor says open."""
    newest = {entry.answers.get("form"): entry.answers.get("open") for entry in case.entries("opening")}
    return frozenset(form for form, word in newest.items() if form and word == "yes")


def _calm(case: Case) -> bool:
    """Does the newest calm of the last day, logged or after breathing, reach the case's level?"""
    since = datetime.now(UTC) - CALM_LASTS
    logged = [(one.at, one.answers["calm"]) for one in case.entries("daily", since=since.date())
              if one.at >= since and "calm" in one.answers]  # fmt: skip
    breath = case.read("breathing-space")
    if breath and breath.updated_at >= since and "calm_after" in breath.answers:
        logged.append((breath.updated_at, breath.answers["calm_after"]))
    return bool(logged) and max(logged)[1] >= thresholds(case)["calm"]


def newest_flags(flags: list[Flag]) -> list[Flag]:
    """Of several flags for the same answers the newest: a later entry of the counselor outweighs an earlier one."""
    return list({(flag.kind, flag.form_id, flag.response_id): flag for flag in flags}.values())


def closes(flag: Flag) -> bool:
    """True while the flag keeps gates closed: it waits for an entry, or the entry says ‘keep closed’."""
    return flag.kind in gates.CLOSING_FLAGS and flag.decision != "open"


def screen_questions(form: Form) -> tuple[str, ...]:
    """Ids of the questions that make the screen: every choice that offers ‘not now’."""
    return tuple(one.id for one in form.fields if "not-now" in dict(one.options))


def raise_flags(case: Case, form_ids: tuple[str, ...] | None = None) -> list[Flag]:
    """Raise what the answers ask for and what is not raised yet; called when a page is finished or left, or opened.

    A settled flag is raised again only when its response was changed after the settling entry.
    """
    known = case.flags(open_only=False)
    raised = _contact_rule(case, known)
    for form_id in form_ids or load.forms():
        form = load.form(form_id)
        if not any(rule for *_, rule in _rules(form)):
            continue
        for response in _current(case, form):
            for kind, reason in _asked_for(form, response).items():
                if not any(_answers(flag, kind, response) for flag in known):
                    raised.append(case.raise_flag(kind, form.id, response.id, reason))
    return raised


def opens_support(form: Form, answers: dict[str, Any]) -> bool:
    """True when one of these answers shows support at once; the flag itself waits until the page is left."""
    return any(
        rule is not None and rule.opens == "support" and any(map(rule.meets, _given(answers, outer.id, inner.id)))
        for (outer, inner), rule in _rules(form)
    )


def _contact_rule(case: Case, known: list[Flag]) -> list[Flag]:
    """Under no contact the rule not to turn up unannounced cannot be skipped: until it is kept to, a flag says so.

    An entry of the counselor stands until the contact status is written anew.
    """
    status = contact_entry(case)
    rules = case.read(_RULES)
    kept = rules is not None and rules.answers.get(_STAY_AWAY) == "keep"
    if kept or status is None or status.answers["status"] not in gates.NO_CONTACT:
        return []
    if any(flag.kind == "contact-rule" and _answers(flag, flag.kind, status) for flag in known):
        return []
    reason = "No contact was asked for, and the rule not to turn up unannounced is not agreed yet"
    return [case.raise_flag("contact-rule", "contact-status", status.id, reason)]


def _answers(flag: Flag, kind: str, response: Response) -> bool:
    if (flag.kind, flag.response_id) != (kind, response.id):
        return False
    return flag.settled_at is None or response.updated_at <= flag.settled_at


def _consented(case: Case) -> bool:
    """The newest word on taking part is a yes; consents to imports, PDFs and research are asked apart."""
    on_work = [entry.answers for entry in case.entries("consent") if entry.answers.get("what") == "work"]
    return [answers["given"] for answers in on_work if answers.get("given")][-1:] == ["yes"]


def contact_entry(case: Case) -> Response | None:
    """The newest entry that says what contact is; a note that names no status changes nothing."""
    return next((entry for entry in reversed(case.entries("contact-status")) if entry.answers.get("status")), None)


def _contact(case: Case) -> Any:
    entry = contact_entry(case)
    return entry.answers["status"] if entry else "unknown"


def _screen(case: Case, flags: list[Flag], today: date) -> gates.Screen:
    newest = case.latest(SCREEN)
    if newest is None:
        return "not-done"
    about = case.read("about-case")
    review = about.answers.get("review_date") if about else None
    state = gates.screen_state(
        newest.answers,
        screen_questions(load.form(SCREEN)),
        date.fromisoformat(newest.day),
        date.fromisoformat(review) if review else None,
        today,
    )
    mine = [flag for flag in newest_flags(flags) if flag.response_id == newest.id]
    settled = mine and all(
        flag.decision == "open" and flag.settled_at and newest.updated_at <= flag.settled_at for flag in mine
    )
    return "clear" if state == "danger" and settled else state


def _current(case: Case, form: Form) -> list[Response]:
    dated = form.kind in ("log", "measure", "screen")
    if dated:
        return case.entries(form.id, since=date.today() - LOOK_BACK)
    found = case.read(form.id)
    return [found] if found else []


def _rules(form: Form) -> Iterator[tuple[Any, Any]]:
    for one in form.fields:
        for inner in (one, *one.fields):
            yield (one, inner), inner.flag


def _asked_for(form: Form, response: Response) -> dict[str, str]:
    """Kinds of flag that the answers ask for, each with the questions (ours, never the answers' words)."""
    found: dict[str, list[str]] = {}
    for (outer, inner), rule in _rules(form):
        if rule is None:
            continue
        if any(map(rule.meets, _given(response.answers, outer.id, inner.id))):
            found.setdefault(rule.kind, []).append(inner.label)
    return {kind: "; ".join(labels) for kind, labels in found.items()}


def _given(answers: dict[str, Any], outer: str, inner: str) -> Iterator[Any]:
    """What was answered, in the form that a flag's rule reads: a word, a number; of shares the largest."""
    value = answers.get(outer)
    if outer != inner:
        for row in (value or {}).values():
            if not row.get("_deleted"):
                yield _word(row.get(inner))
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        yield max((share for share in value.values() if isinstance(share, int | float)), default=None)
    else:
        yield _word(value)


def _word(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
