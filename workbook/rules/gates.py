"""Which themes and forms are open: one table that a counselor can read.

A theme is open always, or when the start is finished: the safety screen was asked and is clear (or a counselor's dated
entry opened it again), contact status and consent are written down. A form that reaches the partner also needs contact
that is welcome, or limited to named channels. 'Not now' and 'unsure' never read as safe.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Contact = Literal["unknown", "welcome", "limited", "none", "order"]
Screen = Literal["not-done", "unfinished", "unsure", "danger", "clear", "due"]
Way = Literal["counselor", "calm", "opt-in"]
"""What opens a closed gate: the counselor, a calm moment, or the client's own wish."""

NEUTRAL = "Your counselor opens this with you."
"""The one sentence that every closed gate says to a client, on a page and on paper."""

CALM_FIRST = "This is for a calmer moment. Breathe first, for two minutes; it opens once you are calm enough."
"""What a gate says that a calm moment opens."""

ALWAYS_OPEN = frozenset(
    {
        *("start-safe", "pause-and-calm", "care-for-yourself", "boundaries-and-support", "patience-and-review"),
        *("good-separation", "letting-go"),
    }
)
NEEDS_START = frozenset(
    {
        "understand-what-happened",
        "share-the-responsibility",
        "listen-to-understand",
        "speak-with-care",
        "notice-and-appreciate",
        "bring-back-warmth-and-fun",
        "rebuild-trust",
    }
)
NEEDS_CALM = frozenset({"understand-what-happened", "speak-with-care"})
"""Of these also a calm moment: the newest calm of the last day is at the level that the counselor set."""
CONTACT_OPEN = frozenset({"welcome", "limited"})
NO_CONTACT = frozenset({"none", "order"})
CLOSING_FLAGS = frozenset({"danger", "control", "children", "self-harm", "own-conduct", "unsafe-home"})
"""Kinds of flag that close the themes of NEEDS_START and every partner-facing form until a counselor's entry."""
FEAR_FLAGS = frozenset({"danger", "control", "unsafe-home"})
"""Kinds of flag that tell of fear: after one the safety screen is due again."""
PROSE = {"with-contact": False, "without-contact": True}
"""Tags of a page's Markdown cell, as JupyterLab sets them: is it read by those who are apart, or by all the others?"""
HARM = "fresh-harm"
"""The kind of flag that lets praise rest: something that hurt is still raw."""
PRAISE = frozenset(
    {
        *("thank-you-line", "small-affections.notes"),
        *("good-noticed.told", "good-noticed.genuine", "good-noticed.tone", "does-well.told"),
        *("daily.thanks", "daily.thanks_count", "daily.thanks_what", "daily.thanks_how"),
        *("daily.thanks_real", "daily.thanks_tone"),
    }
)
"""Forms and questions (form.question) that ask for kind words; they rest while harm waits for a counselor's entry."""

_SCREEN_REASONS: dict[Screen, str] = {
    "not-done": "The safety screen has not been asked yet. It is on ‘Beginning’, in Counselor view.",
    "unfinished": "The safety screen has questions that are still open or answered ‘not now’.",
    "unsure": "The safety screen holds an ‘unsure’. It is not read as safe until you have talked about it.",
    "danger": "The safety screen holds a ‘yes’. A flag waits for your dated entry.",
    "due": "The safety screen is due again: a review date has passed, or fear was written down, since it was asked.",
    "clear": "",
}
_CONTACT_REASONS: dict[Contact, str] = {
    "unknown": "The contact status has not been written down yet. It is on ‘Start’, in Counselor view.",
    "none": "The partner asked for no contact.",
    "order": "A legal order is in force.",
    "welcome": "",
    "limited": "",
}

NAMES = {
    "screen": "The safety screen was asked and is clear, and is asked again at each review and after fear",
    "contact": "Contact is welcome, or limited to named channels; else what reaches the partner is closed",
    "flags": "No flag that closes pages waits for an entry, or was settled as ‘keep closed’",
    "consent": "Consent to the work is written down",
    "calm": "A calm of the last day reaches the level of the case",
    "counselor": "The counselor opened this part by a dated note",
    "opt-in": "The client asked for this part",
    "praise": "Kind words rest while harm waits for an entry",
}
"""The gates by the names that the table of conflicts uses (data/conflicts.yaml)."""


@dataclass(frozen=True)
class Standing:
    """What opens and closes pages, read from a case at one moment.

    `kept_closed` is True while a flag that closes pages waits for the counselor, or was settled as 'keep closed';
    `harm` is True while one of the kind HARM does.
    `calm` is True when the newest calm of the last day reaches the level set for the case. `opened` are forms that the
    counselor opened by a dated entry, `chosen` those that the client wanted to see.
    """

    contact: Contact = "unknown"
    screen: Screen = "not-done"
    consent: bool = False
    kept_closed: bool = False
    harm: bool = False
    calm: bool = False
    opened: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()


ANYBODY = Standing(contact="welcome")
"""For a page without a case, as a blank one on paper: what everybody else reads."""


@dataclass(frozen=True)
class Gate:
    """Open or closed, and why; the reasons are for the counselor's eyes only. `way` is what opens a closed one."""

    open: bool
    reasons: tuple[str, ...] = ()
    way: Way = "counselor"
    named: bool = True
    """False where not even the title of what is closed is shown: nobody reads there what they may not do."""

    @property
    def says(self) -> str:
        """The sentence of a closed gate, on a page and on paper."""
        return CALM_FIRST if self.way == "calm" else NEUTRAL

    @property
    def in_reach(self) -> bool:
        """Open, or closed only for want of a calm moment."""
        return self.open or self.way == "calm"


def start_gate(standing: Standing) -> Gate:
    """Is the start finished, so that themes beyond calming, care, boundaries and review may open?"""
    reasons = []
    if standing.screen != "clear":
        reasons.append(_SCREEN_REASONS[standing.screen])
    if standing.kept_closed:
        reasons.append("A safety flag is open, or was settled as ‘keep closed’.")
    if standing.contact == "unknown":
        reasons.append(_CONTACT_REASONS["unknown"])
    if not standing.consent:
        reasons.append("Consent to the work has not been written down yet. It is on ‘Start’, in Counselor view.")
    return Gate(not reasons, tuple(reasons))


def theme_gate(theme: str, standing: Standing) -> Gate:
    """The gate before a theme's page. A theme that the table does not know is closed."""
    if theme in ALWAYS_OPEN:
        return Gate(True)
    if theme in NEEDS_START:
        start = start_gate(standing)
        return _calm_gate(standing) if start.open and theme in NEEDS_CALM else start
    return Gate(False, (f"The theme ‘{theme}’ is not in the table of gates.",))


def partner_gate(standing: Standing) -> Gate:
    """The gate before anything that reaches the partner."""
    start = start_gate(standing)
    if standing.contact in CONTACT_OPEN:
        return start
    reason = _CONTACT_REASONS[standing.contact]
    reasons = start.reasons if reason in start.reasons else (*start.reasons, reason)
    return Gate(False, reasons, named=not apart(standing))


def form_gate(form_id: str, *, reaches_partner: bool, needs: tuple[str, ...], standing: Standing) -> Gate:
    """The gate before one form of an open page: contact first, then the counselor, the client's wish, a calm moment."""
    partner = partner_gate(standing)
    if reaches_partner and not partner.open:
        return partner
    if not praise_open(form_id, standing):
        return Gate(False, ("Harm was written down. Kind words rest until your dated entry on it.",))
    if "counselor" in needs and form_id not in standing.opened:
        return Gate(False, ("You open this part with a dated note.",))
    if "opt-in" in needs and form_id not in standing.chosen:
        return Gate(False, ("The client has not asked for this part yet.",), way="opt-in")
    return _calm_gate(standing) if "calm" in needs else Gate(True)


def praise_open(name: str, standing: Standing) -> bool:
    """May kind words be asked for now? `name` is a form's id, or `form.question`."""
    return not (standing.harm and name in PRAISE)


def apart(standing: Standing) -> bool:
    """No contact is wished or allowed: what reaches the partner is not even named."""
    return standing.contact in NO_CONTACT


def hidden(standing: Standing, *, reaches_partner: bool) -> bool:
    """What reaches the partner is not even named to those who are apart: neither closed in its place, nor in a list."""
    return reaches_partner and apart(standing)


def read(tags: Iterable[str], standing: Standing) -> bool:
    """Is a piece of a page's prose read at all? Without a tag of PROSE it always is.

    Who is not safe at home is not led towards the partner either.
    """
    alone = apart(standing) or standing.screen == "danger" or standing.kept_closed
    return all(PROSE[tag] == alone for tag in tags if tag in PROSE)


def _calm_gate(standing: Standing) -> Gate:
    reason = "No calm at the level set under ‘Thresholds for this case’ was logged within the last day."
    return Gate(True) if standing.calm else Gate(False, (reason,), way="calm")


def shown(show_if: dict[str, tuple[str, ...]], standing: Standing) -> bool:
    """Is a form or field asked at all under this contact status? Without a condition it always is."""
    return "contact" not in show_if or standing.contact in show_if["contact"]


def screen_state(
    answers: dict[str, str] | None,
    questions: tuple[str, ...],
    asked_on: date | None,
    review: date | None,
    today: date,
    *,
    feared: bool = False,
) -> Screen:
    """The state of the newest screening.

    `answers` maps question ids to 'yes', 'no', 'unsure' or 'not-now'; a missing one counts as not now. A screening
    asked before a review date that has come, or before fear was written down (`feared`), is due again, unless it holds
    a 'yes' or 'unsure', which weigh more.
    """
    if not answers or asked_on is None:
        return "not-done"
    given = [answers.get(question) for question in questions]
    if "yes" in given:
        return "danger"
    if "unsure" in given:
        return "unsure"
    if feared or (review is not None and asked_on < review <= today):
        return "due"
    return "clear" if all(answer == "no" for answer in given) else "unfinished"
