"""What no single answer shows, but several do, or days and weeks: each rule names what the counselor is to look at.

A counselor's dated entry settles what was there; only answers given since can raise the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.content import load
from workbook.record import talks
from workbook.record.responses import LIVING, Answers, Flag, Response, live_rows
from workbook.rules import alerts

if TYPE_CHECKING:
    from workbook.content.model import Form
    from workbook.record.case import Case

_DAILY = "daily"
_PARKED = (
    ("parking-list", "knots", "look_again"),
    ("mirror-and-complaints", "parked", "look_again"),
    ("does-well", "harm", "back_on"),
    ("bridge", "old_fights", "counselor_on"),
)
"""Lists of what may wait, with the question that holds the date: (form, rows, date)."""
_ENERGY = {"energy_self": "me", "energy_partner": "partner", "energy_others": "others"}


class Reading:
    """What a case holds, each form read once: living answers (of `forms` in one query), and entries since a day."""

    def __init__(self, case: Case, since: date, forms: Iterable[Form] = ()) -> None:
        self._case, self._since = case, since
        self.answered = case.answered()
        living = [form.id for form in forms if form.id in self.answered and form.kind in LIVING]
        self._living: dict[str, Response | None] = {**case.read_all(living)}
        self._entries: dict[str, list[Response]] = {}

    def read(self, form_id: str) -> Response | None:
        """The living answer of an exercise or note, or None."""
        if form_id not in self._living:
            self._living[form_id] = self._case.read(form_id) if form_id in self.answered else None
        return self._living[form_id]

    def answers(self, form_id: str) -> Answers:
        """The living answers of a form; none before its first save."""
        kept = self.read(form_id)
        return kept.answers if kept else {}

    def entries(self, form_id: str) -> list[Response]:
        """The entries of a log since the day, in the order of their times."""
        if form_id not in self.answered:
            return []
        if form_id not in self._entries:
            self._entries[form_id] = self._case.entries(form_id, since=self._since)
        return self._entries[form_id]

    def current(self, form_id: str) -> list[Response]:
        """What of a form is to be weighed: its living answer, or its entries since the day."""
        if load.form(form_id).kind not in LIVING:
            return self.entries(form_id)
        found = self.read(form_id)
        return [found] if found else []


@dataclass(frozen=True)
class Sign:
    """What the counselor is to see, with the newest answers that show it; the reason holds our words only."""

    kind: str
    form_id: str
    response_id: str
    reason: str


def signs(reading: Reading, known: list[Flag]) -> Iterator[Sign]:
    """What the answers ask for and no open flag says yet; `known` are the flags of the case."""
    flags = {(flag.kind, flag.form_id): flag for flag in known}  # the newest of a kind from a form
    for kind, form_id, rule in _OVER_TIME:
        entries = [one for one in reading.entries(form_id) if not _told(flags.get((kind, form_id)), one)]
        if entries and (reason := rule(entries)):
            yield Sign(kind, form_id, entries[-1].id, reason)
    yield from _low_days(reading, flags.get(("low-mood", _DAILY)))
    for form_id, rows, when in _PARKED:
        yield from _come_due(reading, form_id, rows, when, flags.get(("parked-due", form_id)))
    yield from _early_talk(reading, flags.get(("talk-order", talks.PLAN)))
    for kind, form_id, lacks, reason in _LACKING:
        kept, flag = reading.read(form_id), flags.get((kind, form_id))
        if kept is not None and not _told(flag, kept) and lacks(kept.answers):
            yield Sign(kind, form_id, kept.id, reason)


def _low_days(reading: Reading, flag: Flag | None) -> Iterator[Sign]:
    """Two low days running, wherever they were written down; one more after the counselor's entry tells it anew."""
    rated = [one for one in reading.entries(_DAILY) if "mood" in one.answers]
    if rated and not _told(flag, rated[-1]) and alerts.low_mood((one.on, one.answers["mood"]) for one in rated):
        yield Sign("low-mood", _DAILY, rated[-1].id, "Mood 0 to 2 on two days running in the daily log")


def _no_company(entries: list[Response]) -> str | None:
    days = [(one.on, one.answers["supporters"]) for one in entries if "supporters" in one.answers]
    return "A week without contact to people who do good, in the daily log" if alerts.without_company(days) else None


def _storm(entries: list[Response]) -> str | None:
    both = [one for one in entries if {"storm", "outer_calm"} <= one.answers.keys()]
    moments = [(one.on, one.answers["storm"], one.answers["outer_calm"]) for one in both]
    if not alerts.storm_behind_calm(moments):
        return None
    return "For a week far calmer outside than inside, in the contact log: is there a safe place to let it out?"


def _heavy(shares: Callable[[Mapping[str, Any]], Mapping[str, float]]) -> Callable[[list[Response]], str | None]:
    def rule(entries: list[Response]) -> str | None:
        weeks = [(one.on, shares(one.answers)) for one in entries]
        if alerts.one_side([(day, given) for day, given in weeks if given]) is None:
            return None
        return "More than 80 percent on one side for four weeks: a review may help, not more effort"

    return rule


def _blamed_again(entries: list[Response]) -> str | None:
    days = [one.on for one in entries if one.answers.get("pattern") in ("once", "often", "unsure")]
    days += [one.on for one in entries if one.answers.get("afraid") in ("yes", "unsure")]
    return "Fear, or blame that is turned round, was written down more than once" if alerts.repeated(days) else None


def _weekly_strength(answers: Mapping[str, Any]) -> Mapping[str, float]:
    return {side: answers[question] for question, side in _ENERGY.items() if question in answers}


_OVER_TIME: tuple[tuple[str, str, Callable[[list[Response]], str | None]], ...] = (
    ("isolation", _DAILY, _no_company),
    ("inner-outer", "contact", _storm),
    ("uneven-load", "weekly", _heavy(lambda answers: answers.get("energy") or {})),
    ("uneven-load", "pause-week", _heavy(_weekly_strength)),
    ("repeated-blame", "said-and-seen", _blamed_again),
)
"""(kind of flag, log that is read, rule: the reason or None)."""


def _come_due(reading: Reading, form_id: str, rows: str, when: str, flag: Flag | None) -> Iterator[Sign]:
    """A parked topic whose day has come since the last entry on it: nothing that waits is dropped."""
    kept = reading.read(form_id)
    if kept is None or (flag is not None and flag.settled_at is None):
        return
    seen = flag.settled_at.astimezone().date() if flag and flag.settled_at else date.min
    waiting = (row.get(when) for row in live_rows(kept.answers.get(rows)))
    if any(seen < date.fromisoformat(day) <= date.today() for day in waiting if day):
        yield Sign("parked-due", form_id, kept.id, "The day has come on which a parked topic was to be looked at again")


def _early_talk(reading: Reading, flag: Flag | None) -> Iterator[Sign]:
    """A talk that is planned before its day, or before what was to come first."""
    plan, day = reading.read(talks.PLAN), talks.planned(reading)
    if plan is None or day is None or _told(flag, plan):
        return
    first, missing = talks.next_talk(reading), talks.missing_before(reading)
    if first is not None and day < first:
        yield Sign("talk-order", plan.form_id, plan.id, "A talk is planned before the day that was settled for it")
    elif missing:
        yield Sign("talk-order", plan.form_id, plan.id, f"A talk is planned; not done before it: {', '.join(missing)}")


def _limit_alone(answers: Mapping[str, Any]) -> bool:
    """A limit with a consequence that the counselor has not read; what is for safety needs no waiting."""
    limits = live_rows(answers.get("limits"))
    return any(row.get("if_crossed") and row.get("reviewed") not in ("yes", "safety") for row in limits)


def _fault_unticked(answers: Mapping[str, Any]) -> bool:
    return bool(answers.get("both_line")) and answers.get("fits") is not True


_LACKING: tuple[tuple[str, str, Callable[[Mapping[str, Any]], bool], str], ...] = (
    ("boundary-review", "my-boundaries", _limit_alone, "A limit with a consequence that you have not read together"),
    ("shared-fault", "hard-question", _fault_unticked, "A line on faults of both without the tick"),
)
"""(kind of flag, exercise, what is written there without what belongs to it, reason)."""


def _told(flag: Flag | None, response: Response) -> bool:
    """Does a flag say it already: open, or settled after the last change?"""
    return flag is not None and flag.tells(response)
