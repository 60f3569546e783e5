"""What no single answer shows, but several do, or days and weeks: each rule names what the counselor is to look at.

A counselor's dated entry settles what was there; only answers given since can raise the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from workbook.record import talks
from workbook.rules import alerts

if TYPE_CHECKING:
    from workbook.record.reading import Reading
    from workbook.record.responses import Flag, Response

_NEVER = datetime.min.replace(tzinfo=UTC)
_PARKED = (
    ("parking-list", "knots", "look_again"),
    ("mirror-and-complaints", "parked", "look_again"),
    ("before-noticing", "harm", "back_on"),
    ("bridge", "old_fights", "counselor_on"),
)
"""Lists of what may wait, with the question that holds the date: (form, rows, date)."""
_ENERGY = {"energy_self": "me", "energy_partner": "partner", "energy_others": "others"}


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
        flag = flags.get((kind, form_id))
        if flag is not None and flag.settled_at is None:
            continue
        entries = [one for one in reading.entries(form_id) if one.updated_at > _settled(flag)]
        reason = rule(entries) if entries else None
        if reason:
            yield Sign(kind, form_id, entries[-1].id, reason)
    for form_id, rows, when in _PARKED:
        yield from _come_due(reading, form_id, rows, when, flags.get(("parked-due", form_id)))
    yield from _early_talk(reading, flags.get(("talk-order", talks.PLAN)))
    for kind, form_id, lacks, reason in _LACKING:
        kept, flag = reading.read(form_id), flags.get((kind, form_id))
        if kept is not None and not _told(flag, kept) and lacks(kept.answers):
            yield Sign(kind, form_id, kept.id, reason)


def _no_company(entries: list[Response]) -> str | None:
    if not alerts.without_company(_numbers(entries, "supporters")):
        return None
    return "A week without contact to people who do good, in the daily log"


def _storm(entries: list[Response]) -> str | None:
    both = [one for one in entries if {"storm", "outer_calm"} <= one.answers.keys()]
    moments = [(_day(one), one.answers["storm"], one.answers["outer_calm"]) for one in both]
    if not alerts.storm_behind_calm(moments):
        return None
    return "For a week far calmer outside than inside, in the contact log: is there a safe place to let it out?"


def _heavy(shares: Callable[[Mapping[str, Any]], Mapping[str, float]]) -> Callable[[list[Response]], str | None]:
    def rule(entries: list[Response]) -> str | None:
        weeks = [(_day(one), shares(one.answers)) for one in entries]
        if alerts.one_side([(day, given) for day, given in weeks if given]) is None:
            return None
        return "More than 80 percent on one side for four weeks: a review may help, not more effort"

    return rule


def _blamed_again(entries: list[Response]) -> str | None:
    days = [_day(one) for one in entries if one.answers.get("pattern") in ("once", "often", "unsure")]
    days += [_day(one) for one in entries if one.answers.get("afraid") in ("yes", "unsure")]
    return "Fear, or blame that is turned round, was written down more than once" if alerts.repeated(days) else None


def _weekly_energy(answers: Mapping[str, Any]) -> Mapping[str, float]:
    return answers.get("energy") or {}


def _weekly_strength(answers: Mapping[str, Any]) -> Mapping[str, float]:
    return {side: answers[question] for question, side in _ENERGY.items() if question in answers}


_OVER_TIME: tuple[tuple[str, str, Callable[[list[Response]], str | None]], ...] = (
    ("isolation", "daily", _no_company),
    ("inner-outer", "contact", _storm),
    ("uneven-load", "weekly", _heavy(_weekly_energy)),
    ("uneven-load", "pause-week", _heavy(_weekly_strength)),
    ("repeated-blame", "said-and-seen", _blamed_again),
)
"""(kind of flag, log that is read, rule: the reason or None)."""


def _come_due(reading: Reading, form_id: str, rows: str, when: str, flag: Flag | None) -> Iterator[Sign]:
    """A parked topic whose day has come since the last entry on it: nothing that waits is dropped."""
    kept = reading.read(form_id)
    if kept is None or (flag is not None and flag.settled_at is None):
        return
    seen, today = _settled(flag).date(), date.today()
    waiting = (row.get(when) for row in (kept.answers.get(rows) or {}).values() if not row.get("_deleted"))
    if any(seen < date.fromisoformat(day) <= today for day in waiting if day):
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
    limits = (row for row in (answers.get("limits") or {}).values() if not row.get("_deleted"))
    return any(row.get("if_crossed") and row.get("reviewed") not in ("yes", "safety") for row in limits)


def _line_unticked(line: str, tick: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda answers: bool(answers.get(line)) and answers.get(tick) is not True


_LACKING: tuple[tuple[str, str, Callable[[Mapping[str, Any]], bool], str], ...] = (
    ("boundary-review", "my-boundaries", _limit_alone, "A limit with a consequence that you have not read together"),
    (
        "shared-fault",
        "hard-question",
        _line_unticked("both_line", "fits"),
        "A line on faults of both without the tick",
    ),
)
"""(kind of flag, exercise, what is written there without what belongs to it, reason)."""


def _told(flag: Flag | None, response: Response) -> bool:
    """Does a flag say it already: open, or settled after the last change?"""
    return flag is not None and (flag.settled_at is None or response.updated_at <= flag.settled_at)


def _numbers(entries: list[Response], question: str) -> list[tuple[date, float]]:
    return [(_day(one), one.answers[question]) for one in entries if question in one.answers]


def _day(entry: Response) -> date:
    return date.fromisoformat(entry.day)


def _settled(flag: Flag | None) -> datetime:
    return flag.settled_at if flag and flag.settled_at else _NEVER
