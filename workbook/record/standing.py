"""Where a case stands: the facts that gates ask for, read from its answers and flags."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.content.translation import ENGLISH
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case, Flag, Response

SCREEN = "screen"
CALM_LASTS = timedelta(hours=24)
"""So long a logged calm counts for the gates that ask for a calm moment (ours; no clinical value)."""
USUAL = {"calm": 6, "pause_days": 7, "wait_hours": 24}
"""House values where the counselor set no threshold for the case; none is a clinical cut-off."""
WISHES = "log-items"
"""Id of the note that keeps which optional log items and forms a client switched on."""


_known: WeakKeyDictionary[Case, tuple[object, gates.Standing]] = WeakKeyDictionary()


def standing(case: Case, today: date | None = None) -> gates.Standing:
    """The case's standing on a day (today unless said): contact status, safety screen, consent and open flags.

    A page asks for it at each of its parts: it is read anew once something was stored, or a minute has passed.
    """
    as_of = (case.practice.stamp(), today or date.today(), f"{datetime.now(UTC):%H:%M}")
    known = _known.get(case)
    if known is None or known[0] != as_of:
        known = _known[case] = (as_of, _read(case, as_of[1]))
    return known[1]


def _read(case: Case, today: date) -> gates.Standing:
    flags = case.flags(open_only=False)
    return gates.Standing(
        contact=_contact(case),
        screen=_screen(case, flags, today),
        consent=_consented(case),
        kept_closed=any(closes(flag) for flag in newest_flags(flags)),
        harm=any(flag.kind == gates.HARM and flag.decision != "open" for flag in newest_flags(flags)),
        calm=_calm(case),
        opened=_opened(case),
        chosen=chosen(case),
    )


def form_gate(form: Form, now: gates.Standing) -> gates.Gate:
    """The gate before one form of an open page; for what the counselor alone sees it is always open."""
    if form.audience == "counselor":
        return gates.Gate(True)
    return gates.form_gate(form.id, reaches_partner=form.reaches_partner, needs=form.needs, standing=now)


def called_gate(form: Form, now: gates.Standing) -> gates.Gate:
    """The gate before a form that some page calls: what closes the themes that a shipped exercise stands on, closes it.

    A page of the counselor's own, or a call from a cell of an open page, is no way around them.
    """
    gate = form_gate(form, now)
    homes = [gates.theme_gate(step.id, now) for step in load.shipped_steps() if form.id in step.forms]
    if form.audience == "counselor" or not gate.named or not homes or any(home.open for home in homes):
        return gate
    return next((home for home in homes if home.in_reach), homes[0])


def log_gate(log: str | None) -> str:
    """The name under which a gated log stands among the parts that the counselor opens."""
    return f"log:{log}"


def question_open(form: Form, one: Field, now: gates.Standing) -> bool:
    """May this question be asked as the case stands: under its contact, and with no gate before it closed?"""
    reaches = one.reaches_partner and not gates.partner_gate(now).open
    praised = gates.praise_open(f"{form.id}.{one.id}", now)
    return praised and gates.shown(one.show_if, now) and not reaches and item_open(one, now)


def item_open(one: Field, now: gates.Standing) -> bool:
    """May this item of a log be asked: its step is in reach, and the counselor opened its log if it is gated."""
    reached = one.introduced_by is None or gates.theme_gate(one.introduced_by, now).in_reach
    return reached and (not one.gated or log_gate(one.log) in now.opened)


def thresholds(case: Case | None) -> dict[str, int]:
    """Calm (0-10), length of a pause (days) and waiting time (hours) of the case, or the usual ones."""
    own = case.answers("thresholds") if case else {}
    return USUAL | {name: value for name, value in own.items() if name in USUAL}


def language_of(case: Case | None) -> str:
    """The code that the counselor chose for the case, English without a choice; it may name a language that is gone."""
    return (case.answers("about-case").get("language") if case else None) or ENGLISH


def chosen(case: Case) -> frozenset[str]:
    """Ids of the forms that wait for the client's own wish and were wanted."""
    return frozenset(case.answers(WISHES).get("forms", "").split())


def choose(case: Case, form_id: str, on: bool) -> None:
    """Show a form that waits for the client's own wish, or put it away again; answers are kept."""
    now = chosen(case) | {form_id} if on else chosen(case) - {form_id}
    case.save(WISHES, {"forms": " ".join(sorted(now))})


def _opened(case: Case) -> frozenset[str]:
    """Forms whose newest entry of the counselor says open."""
    newest = {entry.answers.get("form"): entry.answers.get("open") for entry in case.entries("opening")}
    return frozenset(form for form, word in newest.items() if form and word == "yes")


def _calm(case: Case) -> bool:
    """Does the newest calm of the last day, logged or after breathing, reach the case's level? Reading needs none."""
    if case.info.closed_at is not None:
        return True
    since = datetime.now(UTC) - CALM_LASTS
    # what is said of a whole day stands at its noon, and holds until it was said at most
    daily = [one for one in case.entries("daily", since=since) if "calm" in one.answers]
    logged = [(min(one.at, one.updated_at), one.answers["calm"]) for one in daily]
    breath = case.read("breathing-space")
    if breath and breath.updated_at >= since and "calm_after" in breath.answers:
        logged.append((breath.updated_at, breath.answers["calm_after"]))
    return bool(logged) and max(logged)[1] >= thresholds(case)["calm"]


def newest_flags(flags: list[Flag]) -> list[Flag]:
    """Of several flags for the same answers the newest: a later entry of the counselor outweighs an earlier one.

    One that waits is never outweighed: answers that were deleted are all the same to their flags.
    """

    def which(flag: Flag) -> tuple[object, ...]:
        return flag.kind, flag.form_id, flag.response_id, flag.settled_at is None and flag.id

    return list({which(flag): flag for flag in flags}.values())


def closes(flag: Flag) -> bool:
    """True while the flag keeps gates closed: it waits for an entry, or the entry says ‘keep closed’."""
    return flag.kind in gates.CLOSING_FLAGS and flag.decision != "open"


def screen_questions(form: Form) -> tuple[str, ...]:
    """Ids of the questions that make the screen: every choice that offers ‘not now’."""
    return tuple(one.id for one in form.fields if "not-now" in dict(one.options))


def _consented(case: Case) -> bool:
    """The newest word on taking part is a yes; consents to imports, PDFs and research are asked apart."""
    on_work = [entry.answers for entry in case.entries("consent") if entry.answers.get("what") == "work"]
    return [answers["given"] for answers in on_work if answers.get("given")][-1:] == ["yes"]


def contact_entry(case: Case) -> Response | None:
    """The newest entry that says what contact is; a note that names no status changes nothing."""
    return next((entry for entry in reversed(case.entries("contact-status")) if entry.answers.get("status")), None)


def no_contact(case: Case) -> bool:
    """Does the newest status say that the partner asked for no contact, or that an order is in force?"""
    return _contact(case) in gates.NO_CONTACT


def _contact(case: Case) -> Any:
    entry = contact_entry(case)
    return entry.answers["status"] if entry else "unknown"


def _screen(case: Case, flags: list[Flag], today: date) -> gates.Screen:
    newest = case.latest(SCREEN)
    if newest is None:
        return "not-done"
    review = case.answers("about-case").get("review_date")
    asked_on, again = newest.on, date.fromisoformat(review) if review else None
    answers = dict(newest.answers)
    if _settled(newest, flags):  # the entry answers each ‘yes’; what is unsure, open or due again stays so
        answers = {question: "no" if answer == "yes" else answer for question, answer in answers.items()}
    questions = screen_questions(load.form(SCREEN))
    return gates.screen_state(answers, questions, asked_on, again, today, feared=_feared(case, flags, newest))


def _settled(screening: Response, flags: list[Flag]) -> bool:
    """Did an entry of the counselor open every flag of this screening as it stands now?"""
    mine = [flag for flag in newest_flags(flags) if flag.response_id == screening.id]
    return bool(mine) and all(flag.decision == "open" and flag.settled_after(screening) for flag in mine)


def _feared(case: Case, flags: list[Flag], screening: Response) -> bool:
    """Was fear written down, outside the screen, after it was asked last? Then it is to be asked again."""
    later = [flag for flag in flags if flag.kind in gates.FEAR_FLAGS and flag.raised_at > screening.at]
    told = (case.response(flag.response_id) for flag in later if flag.response_id and flag.form_id != SCREEN)
    return any(one is not None and one.updated_at > screening.at for one in told)
