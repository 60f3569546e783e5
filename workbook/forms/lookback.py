"""What the log says of the time since the last look back, in plain words: for the page and for paper.

Only what the client wrote, less private entries. Nothing here recommends, adds up or compares with a goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.content import load, words
from workbook.content.model import Field, Form
from workbook.content.words import phrase, t
from workbook.forms.spec import Names
from workbook.record import criteria
from workbook.record.case import Case
from workbook.record.criteria import OwnLine
from workbook.record.standing import standing
from workbook.rules import gates, lookback
from workbook.rules.lookback import Values

_LOGS = ("daily", "weekly", "contact", "wellbeing-check")
_DAILY, _WEEKLY, _CONTACT = "daily", "weekly", "contact"
_ALWAYS = ("wellbeing-check", "felt-safe")
"""The question of the weekly check that is named also when nobody answered it."""
_DAYS = (phrase("one day"), phrase("{count} days"))
_WEEKS = (phrase("one weekly entry"), phrase("{count} weekly entries"))
_MEETINGS = (phrase("one meeting"), phrase("{count} meetings"))


@dataclass(frozen=True)
class Line:
    """What is looked at, what is there in words of ours, and the client's own words beside it."""

    label: str
    says: str
    own: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Overview:
    """The time that is looked back on, in words, and its sections in their order."""

    period: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class _Time:
    since: date
    until: date
    after: date | None
    """The day of the look back before it; None from the beginning."""


def overview(case: Case, today: date, *, whole: bool = False) -> Overview:
    """The time from the last look back before today (else from the first entry; `whole`: always) until today."""
    time = _time(case, today, whole)
    names = Names(case)
    sections = (_mood(case, time), _safety(case, time, names), _effort(case, time, names), _hope(case, time),
                *_meetings(case, time), _own_lines(case))  # fmt: skip
    begun = t("Since your look back on {day}", day=_day(time.after)) if time.after else None
    return Overview(begun or t("From the beginning on {day}", day=_day(time.since)), sections)


def titles(*, apart: bool) -> list[str]:
    """What is looked at, in its order, for a page that is filled in by hand; to who is apart no meeting is named."""
    return [t(title) for title in _TITLES if not (apart and title == _MET)]


def reading() -> str:
    """How the numbers are to be read."""
    return t(
        "Middle means: as many entries lie above it as below. Several moods of one day count as one, their middle. "
        "What was not logged stays out of it."
    )


_TITLES = (
    phrase("Mood"),
    phrase("Safety, in your own answers"),
    phrase("Given and coming back"),
    phrase("Hope, and both wishes"),
    phrase("When you met"),
    phrase("Your own lines"),
)
_MOOD, _SAFE, _GIVEN, _HOPE, _MET, _OWN = _TITLES


def _mood(case: Case, time: _Time) -> Section:
    days = lookback.by_day(_dated(case, _DAILY, "mood", time))
    found = lookback.ends(days, time.since, time.until)
    lines = [Line(t("All of this time"), _says(found.whole, _DAYS))]
    if found.apart:
        lines = [
            Line(t("The first two weeks"), _says(found.first, _DAYS)),
            Line(t("The last two weeks"), _says(found.last, _DAYS)),
            *lines,
        ]
        return Section(t(_MOOD), tuple(lines))
    return Section(t(_MOOD), tuple(lines), t("The time is shorter than four weeks, so it is told as one."))


def _safety(case: Case, time: _Time, names: Names) -> Section:
    """The client's own answers to each question about safety in the logs; flags are the counselor's."""
    asked: dict[tuple[str, Any], list[str]] = {}  # the same question in two logs is told once
    for form, field in _safety_questions():
        given = [one for _, answer in _given(case, form.id, field.id, time) for one in _each(answer)]
        if given or (form.id, field.id) == _ALWAYS:
            asked.setdefault((field.label, field.options), []).extend(given)
    lines = [Line(names.fill(label), _counted(dict(options), given)) for (label, options), given in asked.items()]
    note = t("Only what you answered yourself. If you are not safe, nothing has to wait: press Help.")
    return Section(t(_SAFE), tuple(lines), note)


def _safety_questions() -> Iterator[tuple[Form, Field]]:
    for form in load.forms().values():
        if form.kind == "log" and form.audience == "client":
            for field in form.fields:
                if field.kind in ("choice", "choices") and field.flag and field.flag.opens == "support":
                    yield form, field


def _each(answer: Any) -> list[str]:
    """The options of an answer: one, or several at once."""
    return answer if isinstance(answer, list) else [answer]


def _counted(labels: dict[str, str], given: list[str]) -> str:
    told = lookback.counts(given, labels)
    return "; ".join(f"{labels[answer]}: {_times(number)}" for answer, number in told) or t("not logged")


def _effort(case: Case, time: _Time, names: Names) -> Section:
    lines = [_weekly(case, time, "effort_me", names), _weekly(case, time, "effort_partner", names)]
    look = next(reversed(criteria.looks(case)), None)
    said = dict(load.form(criteria.LOOK).field("effort").options).get(look.answers.get("effort", "")) if look else None
    if look and said:
        lines.append(Line(t("What you said on {day}", day=_day(look.on)), names.fill(said)))
    return Section(t(_GIVEN), tuple(lines), t("What you saw is not all there is, and it proves nothing."))


def _hope(case: Case, time: _Time) -> Section:
    names = Names(case)
    lines = tuple(_weekly(case, time, item, names) for item in ("hope", "rebuild", "quit"))
    return Section(t(_HOPE), lines, t("Both wishes can be strong at once."))


def _weekly(case: Case, time: _Time, item: str, names: Names) -> Line:
    found = lookback.values(number for _, number in _dated(case, _WEEKLY, item, time))
    return Line(names.fill(load.form(_WEEKLY).field(item).label), _says(found, _WEEKS))


def _meetings(case: Case, time: _Time) -> list[Section]:
    """Under no contact only what was logged before it."""
    found = lookback.values(number for _, number in _dated(case, _CONTACT, "quality", time))
    if not found.count and standing(case, time.until).contact in gates.NO_CONTACT:
        return []
    return [Section(t(_MET), (Line(t("How it felt to you"), _says(found, _MEETINGS)),))]


def _own_lines(case: Case) -> Section:
    """The criteria, each beside the client's own answer where it was there before the newest look."""
    looked, lines = criteria.own_lines(case)
    if not lines:
        return Section(t(_OWN), (Line(t("What you will look at"), t("not written yet")),))
    note = t("Your answers are those of {day}.", day=_day(looked)) if looked else t("You have not looked back yet.")
    return Section(t(_OWN), tuple(map(_own_line, lines)), note)


def _own_line(line: OwnLine) -> Line:
    if line.state == "answered":
        came = next(one for one in load.form(criteria.LOOK).field("own").fields if one.id == "came")
        return Line(line.matters, dict(came.options).get(line.came, t("no answer")), line.noticed)
    later = t("written after the last look, so without an answer yet")
    return Line(line.matters, later if line.state == "later" else t("not answered yet"), line.seen_by)


def _time(case: Case, today: date, whole: bool) -> _Time:
    looked = None if whole else criteria.looked_before(case, today)
    if looked:
        return _Time(looked + timedelta(days=1), today, looked)
    days = [one.day for form in _LOGS for one in case.entries(form, include_private=False)[:1]]
    begun = min(map(date.fromisoformat, days), default=case.info.opened_at.astimezone().date())
    return _Time(min(begun, today), today, None)


def _given(case: Case, form: str, item: str, time: _Time) -> list[tuple[date, Any]]:
    kept = case.entries(form, include_private=False, since=time.since, until=time.until)
    return [(one.on, one.answers[item]) for one in kept if one.answers.get(item) is not None]


def _dated(case: Case, form: str, item: str, time: _Time) -> Iterable[tuple[date, float]]:
    return [(day, number) for day, number in _given(case, form, item, time) if isinstance(number, int | float)]


def _says(found: Values, units: tuple[str, str]) -> str:
    """‘middle 6, from 3 to 8, 12 days’; few are said to be few, none is ‘not logged’."""
    if not found.count or found.middle is None:
        return t("not logged")
    count = t(units[0]) if found.count == 1 else t(units[1], count=found.count)
    if found.count == 1:
        said = f"{found.middle:g}, {count}"
    elif found.low == found.high:
        said = t("each time {number}, {count}", number=f"{found.middle:g}", count=count)
    else:
        said = t("middle {middle}, from {low} to {high}, {count}", middle=f"{found.middle:g}", low=f"{found.low:g}",
                 high=f"{found.high:g}", count=count)  # fmt: skip
    return f"{said} – {t('few, so it says little')}" if found.few else said


def _times(number: int) -> str:
    return t("once") if number == 1 else t("{count} times", count=number)


def _day(when: date | None) -> str:
    return words.day(when) if when else ""
