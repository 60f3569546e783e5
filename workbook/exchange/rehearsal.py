"""The rehearsal: a practice with fictional cases and months of log, made through public functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from workbook.content import load
from workbook.exchange import fictional, imports
from workbook.exchange.fictional import ZONE, Entry
from workbook.exchange.mapping import Answered, Mapping, Match
from workbook.exchange.table import read_table
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.raising import raise_flags
from workbook.record.standing import SCREEN, log_gate, screen_questions

PASSPHRASE = "fictional people rehearse here"  # noqa: S105 - public on purpose: all people in a rehearsal are made up
_SEED = 1969


def make(folder: Path, today: date | None = None) -> None:
    """Make a rehearsal practice in `folder`/practice, with logs that end on the day before `today`.

    Four cases: A goes on calmly and contact is welcome; B's partner asked for no contact; C's home is not safe, a flag
    waits; D brought a dense log from another app.

    Raises:
        PracticeProblem: there is something in `folder`/practice already.
    """
    today = today or date.today()
    practice, _ = Practice.create(Path(folder) / "practice", PASSPHRASE, rehearsal=True)
    try:
        practice.set_setting("country", "NL")
        practice.set_setting("emergency_number", "112")
        for alias, fill in (("Sample A", _calm), ("Sample B", _no_contact), ("Sample C", _unsafe)):
            fill(practice.add_case(alias), Random(_SEED + ord(alias[-1])), today)  # noqa: S311 - fiction, not a secret
        _dense(practice.add_case("Sample D"), Random(_SEED), today)  # noqa: S311 - fiction, not a secret
    finally:
        practice.close()


def _calm(case: Case, random: Random, today: date) -> None:
    days = 84
    words = Random(_SEED)  # noqa: S311 - of its own, so that a new question of the log leaves the quick set as it is
    first = today - timedelta(days=days)
    _start(case, first, contact="welcome", situation="together-distant", partner="Rowan", review=today + timedelta(28))
    _screen(case, first, {})
    _write(case, fictional.further(fictional.daily(random, first, days, kept=0.85, rise=2.5), words, first, days))
    _write(case, fictional.further(fictional.contacts(random, first, days, a_week=4), words, first, days))
    _write(case, fictional.weeks(words, first, days))
    _write(case, fictional.steps_back(words, first, days))
    _whole_log(case, first, today)
    _sessions(case, first, today, every=14)
    _event(case, first + timedelta(days=45), "Two nights away, as agreed", "other")
    _pause(case, first + timedelta(days=3), safe="yes")
    _answer(case, "thought-urge-action", first + timedelta(days=9), {
        "table": {
            "row-1": {"thought": "The message was short, so it is over.", "urge": "Write ten more",
                      "instead": "Put the phone in the hall and walk around the block"},
            "row-2": {"thought": "I must say it all tonight.", "urge": "Begin the big talk",
                      "instead": "Write it into the box that stays here"},
        }
    })  # fmt: skip
    _answer(case, "unsent-messages", first + timedelta(days=12), {
        "messages": {"row-1": {"message": "All that I wanted to say at midnight.", "pressure": 7, "asks_now": "yes"}}
    })  # fmt: skip


def _no_contact(case: Case, random: Random, today: date) -> None:
    days = 63
    first = today - timedelta(days=days)
    _start(case, first, contact="none", situation="no-contact", partner="K.", review=today + timedelta(14))
    _screen(case, first, {})
    _write(case, fictional.daily(random, first, days, kept=0.6, rise=1.5, apart=True))
    _write(case, fictional.no_contact(random, first, days))
    _sessions(case, first, today, every=14)
    _pause(case, first + timedelta(days=2), safe="yes")


def _unsafe(case: Case, random: Random, today: date) -> None:
    days = 9
    first = today - timedelta(days=days)
    _start(case, first, contact="limited", situation="separated", partner="P.", review=today + timedelta(7))
    _screen(case, first, {"afraid": "yes", "tonight": "not-now", "devices": "unsure"})
    _write(case, fictional.daily(random, first, days, kept=0.6, rise=0))
    _pause(case, first + timedelta(days=1), safe="no")
    raise_flags(case)


def _dense(case: Case, random: Random, today: date) -> None:
    days = 98
    first = today - timedelta(days=days)
    _start(case, first, contact="welcome", situation="unclear", partner="Ari", review=today + timedelta(21))
    _screen(case, first, {})
    _event(case, first, "First session", "session")
    table = read_table(fictional.tracker(random, first, days).encode())
    mapping = Mapping(
        date="entry_date",
        time="entry_time",
        order="dmy",
        zone=ZONE,
        answered=(
            Answered("daily", "mood", "mood_1to5", 1, 5),
            Answered("daily", "calm", "tension_1to5", 1, 5, reversed=True),
            Answered("contact", "quality", "how_it_went_1to7", 1, 7),
        ),
        contact=Match("with_whom", "partner"),
        events="week_of_plan",
    )
    imports.run(case, table, mapping, file="tracker-of-sample-d.csv")


def _start(case: Case, first: date, *, contact: str, situation: str, partner: str, review: date) -> None:
    about = {
        "client_alias": case.info.alias,
        "client_pronouns": "they",
        "partner_alias": partner,
        "partner_pronouns": "they",
        "situation": situation,
        "computer_access": ["nobody"],
        "counselor": "Rehearsal",
        "route": "integrated",
        "review_date": review.isoformat(),
    }
    _answer(case, "about-case", first, about, respondent="counselor")
    status: dict[str, Any] = {"status": contact}
    if contact == "limited":
        status["channels"] = ["email", "parenting-app"]
    _answer(case, "contact-status", first, status, respondent="counselor")
    _answer(case, "consent", first, {"what": "work", "given": "yes", "version": "1"}, respondent="counselor")
    _answer(case, "confidentiality", first, {"read-it": True})
    _answer(case, "where-things-stand", first, {"hurt": 7, "confusion": 6})


def _screen(case: Case, day: date, answers: dict[str, str]) -> None:
    """All questions answered with no, but for those given."""
    asked = {question: answers.get(question, "no") for question in screen_questions(load.form(SCREEN))}
    _answer(case, SCREEN, day, asked, respondent="counselor")


def _whole_log(case: Case, first: date, today: date) -> None:
    """Every step was opened, week by week, and every part of the log is switched on."""
    fresh = [step for step in load.steps() if step.id != "pause-and-calm" and not step.aside]
    for number, step in enumerate(fresh):
        day = first + timedelta(days=min(6 * number + number // 2, (today - first).days - 1))
        _event(case, day, step.title, "step", hour=10)
    logs = [form for form in load.forms().values() if form.kind == "log" and form.audience == "client"]
    _answer(case, "log-items", first, {"wanted": fictional.switched_on(logs)})
    for log in sorted({str(one.log) for form in logs for one in form.fields if one.gated}):
        opening = {"form": log_gate(log), "open": "yes", "note": "Talked about, and wanted by both."}
        _answer(case, "opening", first + timedelta(days=60), opening, respondent="counselor")


def _pause(case: Case, day: date, *, safe: str) -> None:
    plan = {"why": "Every talk ended in tears.", "start": day.isoformat(), "end": (day + timedelta(7)).isoformat()}
    _answer(case, "pause-plan", day, {"safe_home": safe, **plan})
    step = load.step("02-pause")
    _event(case, day, step.title if step else "Pause", "step")


def _sessions(case: Case, first: date, today: date, *, every: int) -> None:
    for number, ahead in enumerate(range(0, (today - first).days, every), 1):
        _event(case, first + timedelta(days=ahead), f"Session {number}", "session")


def _event(case: Case, day: date, label: str, kind: str, hour: int = 15) -> None:
    answers = {"label": label, "kind": kind}
    case.save("event", answers, at=datetime.combine(day, time(hour)), zone=ZONE, respondent="counselor")


def _answer(case: Case, form_id: str, day: date, answers: dict[str, Any], respondent: str = "client") -> None:
    at = datetime.combine(day, time(14))
    case.save(form_id, answers, at=at, zone=ZONE, respondent=respondent, sitting="rehearsal")


def _write(case: Case, entries: Iterable[Entry]) -> None:
    for entry in entries:
        case.save(entry.form, entry.answers, at=entry.at, zone=ZONE, whole_day=entry.whole_day)
