"""One form, field or step out of the YAML that holds it, checked; a mistake is told with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import inf, isfinite
from typing import get_args

from workbook.content import model
from workbook.content.marked import Marked
from workbook.rules import gates

FIELD_KEYS = tuple(model.Field.__dataclass_fields__)
FORM_KEYS = tuple(name for name in model.Form.__dataclass_fields__ if name != "hidden")
STEP_KEYS = tuple(name for name in model.Step.__dataclass_fields__ if name != "page")
_PLAIN: dict[str, type] = {
    **dict.fromkeys(
        ("id", "kind", "label", "help", "text", "unit", "low", "high", "log", "add", "summary", "introduced_by"), str
    ),
    **dict.fromkeys(("core", "quick", "opt_in", "gated", "past", "reaches_partner", "notices"), bool),
    "hours": int,
}
_ID = re.compile(r"[^_\s]\S*")
_LONGEST_SCALE = 100
_NUMBERS = ("scale", "number", "shares")
_NEEDS_OPTIONS = frozenset({"choice", "choices", "shares"})


def entries(top: Marked, key: str) -> list[Marked]:
    """The blocks of a list; ContentError when the key is missing or one of them is no block."""
    items: list[Marked] = top.need(key, list)
    for item in items:
        if not isinstance(item, Marked):
            raise top.error(f"each entry of ‘{key}’ must be a block of ‘name: value’ lines.", key)
    return items


def parse_form(raw: Marked) -> model.Form:
    """A whole form; ContentError for what is missing, not known, or of another kind than expected."""
    raw.only(FORM_KEYS)
    kind = raw.take("kind", str, "exercise")
    if kind not in get_args(model.FormKind):
        raise raw.error(f"‘kind’ must be one of {', '.join(get_args(model.FormKind))}.", "kind")
    audience = raw.take("audience", str, "client")
    if audience not in ("client", "counselor"):
        raise raw.error("‘audience’ must be client or counselor.", "audience")
    _expect_id(raw)
    return model.Form(
        id=raw["id"],
        title=raw.need("title", str),
        kind=kind,
        version=raw.take("version", int, 1),
        audience=audience,
        purpose=raw.take("purpose", str, ""),
        example=raw.take("example", str, ""),
        minutes=raw.take("minutes", int, 0),
        reaches_partner=raw.take("reaches_partner", bool, False),
        needs=parse_needs(raw),
        show_if=parse_show_if(raw),
        fields=parse_fields(raw),
    )


def parse_fields(raw: Marked) -> tuple[model.Field, ...]:
    """The fields of a form or of rows, each id once."""
    if not raw.get("fields"):
        raise raw.error("‘fields’ is missing or empty.", "fields")
    found: dict[str, model.Field] = {}
    for item in entries(raw, "fields"):
        one = parse_field(item)
        if one.id in found:
            raise item.error(f"the field id ‘{one.id}’ stands twice in this form.", "id")
        found[one.id] = one
    return tuple(found.values())


def parse_field(raw: Marked) -> model.Field:
    """One question or text; ContentError as for a form."""
    raw.only(FIELD_KEYS)
    kind = raw.need("kind", str)
    if kind not in get_args(model.FieldKind):
        raise raw.error(f"‘kind’ must be one of {', '.join(get_args(model.FieldKind))}.", "kind")
    if kind == "read":
        raw.need("text", str)
    elif not raw.take("label", str, ""):
        raise raw.error("‘label’ is missing; every question needs words.")
    if (kind in _NEEDS_OPTIONS) != ("options" in raw):
        raise raw.error("‘options’ belong to choice, choices and shares, and those need them.", "options")
    if (kind == "rows") != ("fields" in raw):
        raise raw.error("‘fields’ belong to rows, and rows need them.", "fields")
    plain = {key: raw.need(key, wanted) for key, wanted in _PLAIN.items() if key in raw}
    numbers = {k: raw.need(k, (int, float)) for k in ("min", "max", "step") if k in raw}
    _expect_range(raw, kind, numbers)
    _expect_id(raw)
    return model.Field(
        **plain,
        **numbers,
        options=parse_options(raw),
        covers=raw.names("covers"),
        flag=parse_flag(raw, kind, parse_options(raw)),
        show_if=parse_show_if(raw),
        fields=columns(parse_fields(raw), raw) if kind == "rows" else (),
    )


def columns(fields: tuple[model.Field, ...], raw: Marked) -> tuple[model.Field, ...]:
    """The questions of each row; an answer is stored by field, row and question, so rows hold no rows."""
    if any(one.kind == "rows" for one in fields):
        raise raw.error("rows cannot hold rows; make them a question of their own.", "fields")
    return fields


def _expect_id(raw: Marked) -> None:
    """Ids are kept in lists parted by spaces, and one that begins with ‘_’ is a mark of ours in a row."""
    if not _ID.fullmatch(raw.need("id", str)):
        raise raw.error("an id is one word that does not begin with ‘_’, as in my-evening.", "id")


def _expect_range(raw: Marked, kind: str, numbers: Mapping[str, float]) -> None:
    """A scale draws each of its numbers; a number needs room between its ends."""
    low, high = numbers.get("min", 0), numbers.get("max", 10 if kind == "scale" else inf)
    if kind == "scale" and not (low < high <= low + _LONGEST_SCALE and low % 1 == high % 1 == 0):
        raise raw.error(f"a scale goes from one whole number to a higher one, {_LONGEST_SCALE} steps at most.", "max")
    if not (low < high and all(map(isfinite, numbers.values()))):
        raise raw.error("‘min’ must be below ‘max’.", "max")
    if numbers.get("step", 1) <= 0:
        raise raw.error("‘step’ must be above nought.", "step")


def parse_options(raw: Marked) -> tuple[tuple[str, str], ...]:
    """(value, words) of each answer that a field offers, in their order."""
    options = raw.take("options", dict, Marked())
    for value, label in options.items():
        if not isinstance(label, str):
            raise raw.error(f"option ‘{value}’ needs words; quote yes and no.", "options")
    if {"True", "False"} & set(options):
        raise raw.error('quote the option values "yes" and "no": YAML reads them as true and false.', "options")
    return tuple(options.items())


def parse_flag(raw: Marked, kind: str, options: Iterable[tuple[str, str]]) -> model.FlagRule | None:
    """The rule for a flag on a question of this kind with these answers, or None. It must be one that can be met."""
    rule = raw.take("flag", dict)
    if rule is None:
        return None
    rule.only(("when", "at_least", "at_most", "kind", "opens"))
    when = tuple(str(value) for value in rule.take("when", list, []))
    limits = {key: float(rule.need(key, (int, float))) for key in ("at_least", "at_most") if key in rule}
    if bool(when) == bool(limits):
        raise rule.error("a flag needs either ‘when’ (answers) or ‘at_least’ / ‘at_most’ (a number).", "when")
    if limits and kind not in _NUMBERS:
        raise rule.error(f"‘at_least’ and ‘at_most’ are for {', '.join(_NUMBERS)}; name answers with ‘when’.")
    offered = [value for value, _ in options if kind != "shares"] or (["yes", "no"] if kind == "tick" else [])
    if not set(when) <= set(offered):
        told = ", ".join(f'"{one}"' for one in offered) or "it has none"
        raise rule.error(f"‘when’ must name answers of this question, in quotes: {told}.", "when")
    return model.FlagRule(rule.need("kind", str), when, opens=rule.take("opens", str), **limits)


def parse_needs(raw: Marked) -> tuple[model.Need, ...]:
    """What opens a form beyond its page's gate."""
    needs = raw.names("needs")
    if not set(needs) <= set(get_args(model.Need)):
        raise raw.error(f"‘needs’ may name {', '.join(get_args(model.Need))}.", "needs")
    return tuple(one for one in get_args(model.Need) if one in needs)


def parse_show_if(raw: Marked) -> model.Contacts:
    """Under which contact states a form or field is asked; empty for all."""
    rule = raw.take("show_if", dict)
    if rule is None:
        return {}
    rule.only(("contact",))
    states = rule.names("contact")
    if not states or not set(states) <= set(get_args(gates.Contact)):
        raise rule.error(f"‘contact’ lists one or more of {', '.join(get_args(gates.Contact))}.", "contact")
    return {"contact": states}
