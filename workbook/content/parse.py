"""One form, field or step out of the YAML that holds it, checked; a mistake is told with file and line."""

from __future__ import annotations

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
    return model.Form(
        id=raw.need("id", str),
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
    raw.need("id", str)
    return model.Field(
        **plain,
        **numbers,
        options=parse_options(raw),
        covers=tuple(raw.take("covers", list, [])),
        flag=parse_flag(raw),
        show_if=parse_show_if(raw),
        fields=parse_fields(raw) if kind == "rows" else (),
    )


def parse_options(raw: Marked) -> tuple[tuple[str, str], ...]:
    """(value, words) of each answer that a field offers, in their order."""
    options = raw.take("options", dict, Marked())
    for value, label in options.items():
        if not isinstance(label, str):
            raise raw.error(f"option ‘{value}’ needs words; quote yes and no.", "options")
    if {"True", "False"} & set(options):
        raise raw.error('quote the option values "yes" and "no": YAML reads them as true and false.', "options")
    return tuple(options.items())


def parse_flag(raw: Marked) -> model.FlagRule | None:
    """The field's rule for a flag, or None."""
    rule = raw.take("flag", dict)
    if rule is None:
        return None
    rule.only(("when", "at_least", "at_most", "kind", "opens"))
    when = tuple(str(value) for value in rule.take("when", list, []))
    limits = {key: float(rule.need(key, (int, float))) for key in ("at_least", "at_most") if key in rule}
    if bool(when) == bool(limits):
        raise rule.error("a flag needs either ‘when’ (answers) or ‘at_least’ / ‘at_most’ (a number).", "when")
    known = set(dict(parse_options(raw)))
    if known and not set(when) <= known:
        raise rule.error("‘when’ names an answer that the field does not offer.", "when")
    return model.FlagRule(rule.need("kind", str), when, opens=rule.take("opens", str), **limits)


def parse_needs(raw: Marked) -> tuple[model.Need, ...]:
    """What opens a form beyond its page's gate."""
    needs = tuple(raw.take("needs", list, []))
    if not set(needs) <= set(get_args(model.Need)):
        raise raw.error(f"‘needs’ may name {', '.join(get_args(model.Need))}.", "needs")
    return needs


def parse_show_if(raw: Marked) -> model.Contacts:
    """Under which contact states a form or field is asked; empty for all."""
    rule = raw.take("show_if", dict)
    if rule is None:
        return {}
    rule.only(("contact",))
    states = tuple(rule.need("contact", list))
    if not states or not set(states) <= set(get_args(gates.Contact)):
        raise rule.error(f"‘contact’ lists one or more of {', '.join(get_args(gates.Contact))}.", "contact")
    return {"contact": states}
