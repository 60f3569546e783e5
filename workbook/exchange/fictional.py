"""Made-up logs for the rehearsal: seeded, so that every rehearsal of one day is the same. Nobody wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from workbook.content import load
from workbook.exchange.further import answers as further_answers

ZONE = "Europe/Amsterdam"
_CHANNELS = ("in-person", "call", "message", "message")
_URGES = ("plead", "text", "talk", "convince", "fix")
_FEELINGS = ("hurt", "sad", "angry", "afraid", "confused", "lonely", "love", "hope", "calm")
TRACKER_HEADER = "entry_date;entry_time;mood_1to5;tension_1to5;with_whom;how_it_went_1to7;week_of_plan"
"""The heading of the tracker file that the rehearsal reads in."""


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
        mood = _rating(random, 4 + rise * share)
        urge = _rating(random, 6 - 4 * share)
        answers: dict[str, Any] = {
            "mood": mood,
            "calm": _rating(random, 3.5 + rise * share),
            "feelings": sorted(random.sample(_FEELINGS, random.randint(1, 3))),
            "urge": urge,
            "positive": random.randint(0, 2 + round(2 * share)),
            "negative": random.randint(0, 3 - round(2 * share)),
            "sleep_hours": random.choice((5.5, 6, 6.5, 7, 7.5, 8)),
            "sleep_quality": _rating(random, 5 + share),
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
            "quality": _rating(random, 4.5 + 2 * number / days),
        }
        yield Entry("contact", at, answers)


def further(entries: Iterable[Entry], random: Random, first: date, days: int) -> Iterator[Entry]:
    """The same entries, with answers to what the steps switched on in the log."""
    for entry in entries:
        share = (entry.at.date() - first).days / max(days, 1)
        yield replace(entry, answers=further_answers(load.form(entry.form), random, share) | entry.answers)


def weeks(random: Random, first: date, days: int) -> Iterator[Entry]:
    """A look back on each week, now and then left out; once in four weeks with what is asked by the month."""
    for number in range(7, days, 7):
        if random.random() < 0.12:  # noqa: PLR2004 - a week without a look back
            continue
        at = datetime.combine(first + timedelta(days=number), time(20, random.randint(0, 59)))
        share = number / days
        answers = further_answers(load.form("weekly"), random, share, monthly=number % 28 == 0)
        rated = {"hope": _rating(random, 3.5 + 2 * share), "rebuild": _rating(random, 6), "quit": _rating(random, 4)}
        yield Entry("weekly", at, answers | rated)


def steps_back(random: Random, first: date, days: int) -> Iterator[Entry]:
    """A few steps back, each with the days that it took."""
    for number in range(11, days, 27):
        at = datetime.combine(first + timedelta(days=number), time(21, random.randint(0, 59)))
        answers = further_answers(load.form("setbacks"), random, number / days)
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
    lines = [TRACKER_HEADER]
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


def _rating(random: Random, middle: float) -> int:
    return min(10, max(0, round(random.gauss(middle, 1.5))))
