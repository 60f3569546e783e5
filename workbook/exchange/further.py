"""Made-up answers to whatever the log asks beside the quick set, so that the rehearsal has something for every chart.

They are drawn from the questions themselves: a new log item needs no line here. Words come from a small bank; a text
without words there stays open. An answer that would raise a flag is never made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from workbook.content.model import Field, Form

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


def answers(form: Form, random: Random, share: float, *, monthly: bool = False) -> dict[str, Any]:
    """Answers to the questions of a log. `share` (0 to 1) is how far the months have gone."""
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
