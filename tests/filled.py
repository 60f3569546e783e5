"""A case in which everything is open, and answers to whatever a form asks: for tests that run over all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record.case import Case
from workbook.record.standing import screen_questions

LIVING = ("exercise", "note")
Words = Callable[[Field], str]


def open_gates(case: Case) -> None:
    """Write down what finishes the start: the screen asked and clear, contact welcome, consent given."""
    case.save("screen", dict.fromkeys(screen_questions(load.form("screen")), "no"), respondent="counselor")
    case.save("contact-status", {"status": "welcome"}, respondent="counselor")
    case.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")


def open_everything(case: Case) -> None:
    """The start finished, calm just logged, each part opened by the counselor and wanted by the client."""
    open_gates(case)
    case.save("daily", {"calm": 9})
    forms = load.forms().values()
    waiting = [form.id for form in forms if "counselor" in form.needs]
    waiting += [f"log:{log}" for log in sorted({str(one.log) for form in forms for one in form.fields if one.gated})]
    for name in waiting:
        case.save("opening", {"form": name, "open": "yes", "note": "Talked about."}, respondent="counselor")
    optional = [one.id for form in forms for one in form.fields if one.opt_in]
    wishes = {"wanted": optional, "forms": [form.id for form in forms if "opt-in" in form.needs]}
    case.save("log-items", {name: " ".join(sorted(set(ids))) for name, ids in wishes.items()})


def answers(fields: tuple[Field, ...], words: Words) -> dict[str, Any]:
    """An answer that fits to each question that takes one; texts are made by `words`, and no flag is asked for."""
    return {one.id: answer(one, words) for one in asked(fields)}


def shown(form: Form) -> bool:
    """Is the form there at all while contact is welcome?"""
    return "welcome" in form.show_if.get("contact", ("welcome",))


def asked(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The questions that are asked while contact is welcome."""
    return (one for one in fields if one.answers and "welcome" in one.show_if.get("contact", ("welcome",)))


def answer(one: Field, words: Words) -> Any:
    """One answer that fits."""
    return _MAKERS[one.kind](one, words)


def save(case: Case, form: Form, words: Words, **how: Any) -> None:
    """Answer the whole form."""
    case.save(form.id, answers(form.fields, words), respondent=form.audience, **how)


def _text(one: Field, words: Words) -> str:
    return words(one)


def _number(one: Field, _: Words) -> float:
    top = 10 if one.max is None else one.max
    middle = one.min + one.step * int((top - one.min) / one.step / 2)
    tried = (middle, top, one.min, middle + one.step, middle - one.step)
    return next(value for value in tried if not (one.flag and one.flag.meets(value)))


def _choice(one: Field, _: Words) -> str:
    return next(value for value, _ in one.options if not (one.flag and one.flag.meets(value)))


def _tick(one: Field, _: Words) -> bool:
    return not (one.flag and one.flag.meets("yes"))


def _shares(one: Field, _: Words) -> dict[str, float]:
    even = 100 // len(one.options)
    rest = 100 - even * (len(one.options) - 1)
    return {value: rest if at == 0 else even for at, (value, _) in enumerate(one.options)}


def _day(one: Field, _: Words) -> str:
    return (date.today() - timedelta(days=1 if one.past else -1)).isoformat()


def _moment(one: Field, _: Words) -> str:
    moment = datetime.now().astimezone() + timedelta(days=-1 if one.past else 1)
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _rows(one: Field, words: Words) -> dict[str, dict[str, Any]]:
    return {"row-1": answers(one.fields, words)}


def _wait(_: Field, words: Words) -> dict[str, str]:
    return {"until": (datetime.now().astimezone() + timedelta(hours=5)).isoformat(timespec="minutes")}


_MAKERS: dict[str, Callable[[Field, Words], Any]] = {
    "text": _text,
    "area": _text,
    "scale": _number,
    "number": _number,
    "shares": _shares,
    "choice": _choice,
    "choices": lambda one, words: [_choice(one, words)],
    "tick": _tick,
    "date": _day,
    "datetime": _moment,
    "rows": _rows,
    "wait": _wait,
}
