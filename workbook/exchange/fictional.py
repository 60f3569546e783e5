"""Made-up logs for the rehearsal: seeded, so that every rehearsal of one day is the same. Nobody wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from workbook.content import load
from workbook.content.model import Field, Form

ZONE = "Europe/Amsterdam"
_CHANNELS = ("in-person", "call", "message", "message")
_URGES = ("plead", "text", "talk", "convince", "fix")
_FEELINGS = ("hurt", "sad", "angry", "afraid", "confused", "lonely", "love", "hope", "calm")
MONTHLY = frozenset({"reciprocity"})
"""Logs that are asked about once a month."""
_ANSWERED, _HAS_NONE, _QUIET = 0.8, 0.2, 0.85
_USUAL = {"step_back": "no", "outburst": "no", "children_heard": "no", "old_fight": "no", "pause_kept": "yes"}
"""What is answered on most days."""
_WORDS = {
    "pleasure": ("Tea on the step in the sun", "A bird on the fence", "The smell of fresh bread", "Warm socks"),
    "boundary_which": ("No talks after nine at night", "My own evening on Tuesday"),
    "sign": ("A short laugh at breakfast", "A question how my day was", "I waited before I spoke"),
    "week_step": ("Bring the bins out without a word", "A walk on my own before the talk", "Fix the kitchen lamp"),
    "request": ("Ten quiet minutes after work", "Would you take the school run on Friday?"),
    "what": ("An hour with music", "Reading group", "A walk by the river"),
    "idea": ("A hand on the shoulder", "A note with a drawing"),
    "happened": ("I sent three messages in a row.", "I raised my voice at supper."),
    "trigger": ("A short answer", "A bad night"),
    "recovery": ("A walk, then sleep", "A call with a friend"),
    "supporters_who": ("M.", "T. and M."),
    "effort_examples": ("I kept the evenings free of talks; the car was filled up for me.",),
}


@dataclass(frozen=True)
class Entry:
    """One fictional entry: local day and time, the form and its answers."""

    form: str
    at: datetime
    answers: dict[str, Any]
    whole_day: bool = False


def daily(random: Random, first: date, days: int, *, kept: float, rise: float, apart: bool = False) -> Iterator[Entry]:
    """Days of the quick set. `kept`: share of days kept; `rise`: points that mood gains; `apart`: no moments."""
    for number in range(days):
        if random.random() > kept:
            continue
        share = number / max(days - 1, 1)
        mood = _near(random, 4 + rise * share)
        urge = _near(random, 6 - 4 * share)
        answers: dict[str, Any] = {
            "mood": mood,
            "calm": _near(random, 3.5 + rise * share),
            "feelings": sorted(random.sample(_FEELINGS, random.randint(1, 3))),
            "urge": urge,
            "positive": random.randint(0, 2 + round(2 * share)),
            "negative": random.randint(0, 3 - round(2 * share)),
            "sleep_hours": random.choice((5.5, 6, 6.5, 7, 7.5, 8)),
            "sleep_quality": _near(random, 5 + share),
            "for_me": random.choice(("yes", "yes", "not-today")),
        }
        if urge:
            acted = random.random() < 0.4 - 0.3 * share  # made up
            answers |= {"urge_type": random.choice(_URGES), "urge_acted": "yes" if acted else "no"}
        if apart:
            del answers["positive"], answers["negative"]
        if random.random() < 0.15:  # noqa: PLR2004 - now and then a question is left open
            answers.pop(random.choice(("calm", "urge_acted", "positive", "sleep_quality")), None)
        at = datetime.combine(first + timedelta(days=number), time(random.randint(19, 22), random.randint(0, 59)))
        yield Entry("daily", at, answers, whole_day=random.random() < 0.1)  # noqa: PLR2004 - filled in later, for the day


def contacts(random: Random, first: date, days: int, *, a_week: float) -> Iterator[Entry]:
    """Contacts, `a_week` on average."""
    for number in range(days):
        if random.random() > a_week / 7:
            continue
        at = datetime.combine(first + timedelta(days=number), time(random.randint(8, 20), random.randint(0, 59)))
        answers: dict[str, Any] = {
            "initiator": random.choice(("me", "partner", "partner", "planned", "third")),
            "channel": random.choice(_CHANNELS),
            "quality": _near(random, 4.5 + 2 * number / days),
        }
        yield Entry("contact", at, answers)


def further(entries: Iterable[Entry], random: Random, first: date, days: int) -> Iterator[Entry]:
    """The same entries, with answers to what the steps switched on in the log."""
    for entry in entries:
        share = (entry.at.date() - first).days / max(days, 1)
        yield replace(entry, answers=made_up(load.form(entry.form), random, share) | entry.answers)


def weeks(random: Random, first: date, days: int) -> Iterator[Entry]:
    """A look back on each week, now and then left out; once in four weeks with what is asked by the month."""
    for number in range(7, days, 7):
        if random.random() < 0.12:  # noqa: PLR2004 - a week without a look back
            continue
        at = datetime.combine(first + timedelta(days=number), time(20, random.randint(0, 59)))
        share = number / days
        answers = made_up(load.form("weekly"), random, share, monthly=number % 28 == 0)
        rated = {"hope": _near(random, 3.5 + 2 * share), "rebuild": _near(random, 6), "quit": _near(random, 4)}
        yield Entry("weekly", at, answers | rated)


def steps_back(random: Random, first: date, days: int) -> Iterator[Entry]:
    """A few steps back, each with the days that it took."""
    for number in range(11, days, 27):
        at = datetime.combine(first + timedelta(days=number), time(21, random.randint(0, 59)))
        answers = made_up(load.form("setbacks"), random, number / days)
        yield Entry(
            "setbacks", at, answers | {"happened": "I sent three messages in a row.", "days": random.randint(1, 4)}
        )


def no_contact(random: Random, first: date, days: int) -> Iterator[Entry]:
    """The one line of a day under no contact."""
    for number in range(days):
        if random.random() < 0.8:  # noqa: PLR2004 - some days are not in the log
            at = datetime.combine(first + timedelta(days=number), time(21))
            yield Entry("no-contact", at, {"kept": "no" if random.random() < 0.06 else "yes"}, whole_day=True)  # noqa: PLR2004


def tracker(random: Random, first: date, days: int) -> str:
    """A CSV file as another app may export it: several rows a day, gaps, and a few cells that cannot be read."""
    lines = ["entry_date;entry_time;mood_1to5;tension_1to5;with_whom;how_it_went_1to7;week_of_plan"]
    for number in range(days):
        if number in range(30, 37):  # a week without the tracker
            continue
        for hour in sorted(random.sample(range(8, 23), random.randint(2, 5))):
            company = random.choice(("nobody", "nobody", "partner", "friends", "work"))
            went = str(min(7, max(1, round(random.gauss(4.5, 1.2))))) if company == "partner" else ""
            mood, tension = (str(min(5, max(1, round(random.gauss(3, 0.9))))) for _ in range(2))
            mood = random.choice(("so-so", "")) if random.random() < 0.01 else mood  # noqa: PLR2004 - a bad cell
            day = first + timedelta(days=number)
            phase = 1 + number // 28
            lines.append(
                f"{day:%d/%m/%Y};{hour:02}:{random.randint(0, 59):02};{mood};{tension};{company};{went};{phase}"
            )
    return "\n".join(lines) + "\n"


def _near(random: Random, middle: float) -> int:
    return min(10, max(0, round(random.gauss(middle, 1.5))))


def made_up(form: Form, random: Random, share: float, *, monthly: bool = False) -> dict[str, Any]:
    """Answers to whatever a log asks. `share` (0 to 1) is how far the months have gone.

    They are drawn from the questions themselves: a new log item needs no line here. Words come from a small bank; a
    text without words there stays open. An answer that would raise a flag is never made up.
    """
    asked = [one for one in form.fields if monthly or one.log not in MONTHLY]
    return _some(asked, random, share)


def switched_on(forms: Iterable[Form]) -> str:
    """The items that a client has to want, as the note of wishes keeps them."""
    return " ".join(one.id for form in forms for one in form.fields if one.opt_in)


def _some(fields: Iterable[Field], random: Random, share: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields:
        if one.answers and (random.random() < _ANSWERED or one.log in MONTHLY):
            value = _MAKERS[one.kind](one, random, share, found) if one.kind in _MAKERS else None
            if value is not None and not _flagged(one, value):
                found[one.id] = value
    return found


def _flagged(one: Field, value: Any) -> bool:
    given = value if isinstance(value, list) else [value]
    return one.flag is not None and any(map(one.flag.meets, given))


def _rating(one: Field, random: Random, share: float, found: dict[str, Any]) -> int:
    low, high = int(one.min), int(10 if one.max is None else one.max)
    before = found.get(one.id.replace("after", "before")) if "after" in one.id else None
    middle = before + random.uniform(0, 2.5) if before is not None else low + (high - low) * (0.4 + 0.25 * share)
    return min(high, max(low, round(random.gauss(middle, 0.15 * (high - low)))))


def _number(one: Field, random: Random, share: float, found: dict[str, Any]) -> float:
    if one.min < 0:
        return _rating(one, random, share, found)
    if one.unit == "%":
        before = found.get(one.id.replace("after", "before"), 80) if "after" in one.id else 90
        return max(0, min(100, round(random.gauss(before - 25, 12) / 5) * 5))
    top = {"minutes": 60, "hours": 6}.get(one.unit, 4)
    return min(one.max or top, random.randint(0, top // 10) * 10 if one.unit == "minutes" else random.randint(0, top))


def _choice(one: Field, random: Random, _share: float, _found: dict[str, Any]) -> str:
    names = [option for option, _ in one.options if option != "scared-me"]
    return _USUAL[one.id] if one.id in _USUAL and random.random() < _QUIET else random.choice(names)


def _choices(one: Field, random: Random, _share: float, _found: dict[str, Any]) -> list[str]:
    names = [option for option, _ in one.options]
    if "none" in names and random.random() < _HAS_NONE:
        return ["none"]
    real = [option for option in names if option != "none"]
    return [option for option in real if random.random() < 0.5] or real[:1]  # noqa: PLR2004 - about half of them


def _text(one: Field, random: Random, _share: float, _found: dict[str, Any]) -> str | None:
    return random.choice(_WORDS[one.id]) if one.id in _WORDS else None


def _shares(one: Field, random: Random, _share: float, _found: dict[str, Any]) -> dict[str, int]:
    """Parts in steps of five that make a hundred."""
    cuts = sorted(random.randint(0, 20) * 5 for _ in one.options[1:])
    edges = [0, *cuts, 100]
    return {option: edges[n + 1] - edges[n] for n, (option, _) in enumerate(one.options)}


def _rows(one: Field, random: Random, share: float, _found: dict[str, Any]) -> dict[str, Any] | None:
    row = _some(one.fields, random, share)
    first = one.fields[0].id
    return {"row-1": row} if first in row else None


_MAKERS: dict[str, Any] = {
    "scale": _rating,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
    "area": _text,
    "shares": _shares,
    "rows": _rows,
}
