"""Reads data/ once and hands out the checked records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from workbook.content import model
from workbook.content.marked import Marked, read
from workbook.errors import ContentError

_FIELD_KEYS = tuple(model.Field.__dataclass_fields__)
_FORM_KEYS = tuple(model.Form.__dataclass_fields__)
_STEP_KEYS = tuple(name for name in model.Step.__dataclass_fields__ if name != "page")
_LINE_KEYS = ("id", "name", "for", "call", "text", "web", "confirmed")
_PLAIN_KEYS = (
    *("id", "kind", "label", "help", "text", "unit", "low", "high", "log", "add", "summary", "introduced_by"),
    *("core", "quick", "opt_in", "gated", "past", "reaches_partner", "hours", "notices"),
)
_NEEDS_OPTIONS = frozenset({"choice", "choices", "shares"})


def data_dir() -> Path:
    """The folder of content files: beside the package in a checkout, inside it in an installed wheel."""
    return _beside("data")


def notebooks_dir() -> Path:
    """The folder of the pages as they are shipped."""
    return _beside("notebooks")


def _beside(name: str) -> Path:
    package = Path(__file__).resolve().parents[1]
    inside = package / f"_{name}"
    return inside if inside.is_dir() else package.parent / name


@cache
def forms() -> dict[str, model.Form]:
    """All forms by id, in the order of the files' names.

    Raises:
        ContentError: with file and line, for whatever a form says that is not understood.
    """
    return read_forms(data_dir() / "forms")


def form(form_id: str) -> model.Form:
    """The form with this id; ContentError if there is none."""
    try:
        return forms()[form_id]
    except KeyError:
        raise ContentError(data_dir() / "forms", 1, f"no form is called ‘{form_id}’.") from None


@cache
def steps() -> tuple[model.Step, ...]:
    """The steps in their order."""
    return tuple(read_steps(data_dir() / "steps"))


def step(name: str) -> model.Step | None:
    """The step with this page name or theme id, or None."""
    return next((one for one in steps() if name in (one.page, one.id)), None)


def step_of(form_id: str) -> model.Step | None:
    """The first step whose page holds this form, or None."""
    return next((one for one in steps() if form_id in one.forms), None)


@cache
def helplines() -> tuple[model.Country, ...]:
    """Helplines by country; the entry with code '*' holds for everywhere."""
    top = read(data_dir() / "helplines.yaml")
    return tuple(_country(one) for one in top.need("countries", list))


@cache
def points() -> model.Catalogue:
    """The catalogue of points by theme and guide."""
    top = read(data_dir() / "points.yaml")
    return model.Catalogue(
        themes=tuple(model.Theme(t["id"], t["title"], tuple(t["points"])) for t in top.need("themes", list)),
        guides=tuple(_guide(g) for g in top.need("guides", list)),
        points=frozenset(top.need("points", dict)),
        reaches_partner=frozenset(k for k, v in top["points"].items() if v and v.get("reaches_partner")),
    )


def read_forms(folder: Path) -> dict[str, model.Form]:
    """The forms in all YAML files of a folder; ContentError for a mistake, an id used twice among them."""
    found: dict[str, model.Form] = {}
    for path in sorted(folder.glob("*.yaml")):
        for raw in _list(read(path), "forms"):
            one = _form(raw)
            if one.id in found:
                raise raw.error(f"the form id ‘{one.id}’ is already taken.", "id")
            found[one.id] = one
    return found


def read_steps(folder: Path) -> Iterator[model.Step]:
    """The steps in a folder, one file for each page and named like it, in the order of their names."""
    for path in sorted(folder.glob("*.yaml")):
        raw = read(path)
        raw.only(_STEP_KEYS)
        yield model.Step(
            id=raw.need("id", str),
            page=path.stem,
            title=raw.need("title", str),
            why=raw.need("why", str),
            core=tuple(raw.need("core", list)),
            more=tuple(raw.take("more", list, [])),
            logs=tuple(raw.take("logs", list, [])),
            counselor_note=raw.take("counselor_note", str, ""),
        )


def _list(top: Marked, key: str) -> list[Marked]:
    items: list[Marked] = top.need(key, list)
    for item in items:
        if not isinstance(item, Marked):
            raise top.error(f"each entry of ‘{key}’ must be a block of ‘name: value’ lines.", key)
    return items


def _form(raw: Marked) -> model.Form:
    raw.only(_FORM_KEYS)
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
        needs=_needs(raw),
        show_if=_show_if(raw),
        fields=_fields(raw),
    )


def _fields(raw: Marked) -> tuple[model.Field, ...]:
    if not raw.get("fields"):
        raise raw.error("‘fields’ is missing or empty.", "fields")
    found: dict[str, model.Field] = {}
    for item in _list(raw, "fields"):
        one = _field(item)
        if one.id in found:
            raise item.error(f"the field id ‘{one.id}’ stands twice in this form.", "id")
        found[one.id] = one
    return tuple(found.values())


def _field(raw: Marked) -> model.Field:
    raw.only(_FIELD_KEYS)
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
    plain = {key: raw[key] for key in _PLAIN_KEYS if key in raw}
    numbers = {k: raw.need(k, (int, float)) for k in ("min", "max", "step") if k in raw}
    raw.need("id", str)
    return model.Field(
        **plain,
        **numbers,
        options=_options(raw),
        covers=tuple(raw.take("covers", list, [])),
        flag=_flag(raw),
        show_if=_show_if(raw),
        fields=_fields(raw) if kind == "rows" else (),
    )


def _options(raw: Marked) -> tuple[tuple[str, str], ...]:
    options = raw.take("options", dict, Marked())
    for value, label in options.items():
        if not isinstance(label, str):
            raise raw.error(f"option ‘{value}’ needs words; quote yes and no.", "options")
    if {"True", "False"} & set(options):
        raise raw.error('quote the option values "yes" and "no": YAML reads them as true and false.', "options")
    return tuple(options.items())


def _flag(raw: Marked) -> model.FlagRule | None:
    rule = raw.take("flag", dict)
    if rule is None:
        return None
    rule.only(("when", "at_least", "at_most", "kind", "opens"))
    when = tuple(str(value) for value in rule.take("when", list, []))
    limits = {key: float(rule.need(key, (int, float))) for key in ("at_least", "at_most") if key in rule}
    if bool(when) == bool(limits):
        raise rule.error("a flag needs either ‘when’ (answers) or ‘at_least’ / ‘at_most’ (a number).", "when")
    known = set(dict(_options(raw)))
    if known and not set(when) <= known:
        raise rule.error("‘when’ names an answer that the field does not offer.", "when")
    return model.FlagRule(rule.need("kind", str), when, opens=rule.take("opens", str), **limits)


def _needs(raw: Marked) -> tuple[model.Need, ...]:
    needs = tuple(raw.take("needs", list, []))
    if not set(needs) <= set(get_args(model.Need)):
        raise raw.error(f"‘needs’ may name {', '.join(get_args(model.Need))}.", "needs")
    return needs


def _show_if(raw: Marked) -> model.Contacts:
    rule = raw.take("show_if", dict)
    if rule is None:
        return {}
    rule.only(("contact",))
    return {"contact": tuple(rule.need("contact", list))}


def _country(raw: Any) -> model.Country:
    raw.only(("code", "name", "emergency", "emergency_confirmed", "lines"))
    code = raw.need("code", str)
    checked, _ = _confirmed(raw, "emergency_confirmed")
    lines = tuple(_line(one, code, number) for number, one in enumerate(raw.take("lines", list, []), 1))
    return model.Country(code, raw.need("name", str), raw.take("emergency", str, ""), checked, lines)


def _line(raw: Marked, country: str, number: int) -> model.Helpline:
    raw.only(_LINE_KEYS)
    checked, source = _confirmed(raw, "confirmed")
    texts = {key: raw.take(key, str, "") for key in ("call", "text", "web")}
    about = raw.take("for", str, "any")
    return model.Helpline(raw.take("id", str, f"{country}-{number}"), raw.need("name", str), about, checked=checked,
                          source=source, **texts)  # fmt: skip


def _confirmed(raw: Marked, key: str) -> tuple[date | None, str]:
    rule = raw.take(key, dict)
    if rule is None:
        return None, ""
    rule.only(("date", "source"))
    return rule.need("date", date), rule.need("source", str)


def _guide(raw: Any) -> model.Guide:
    sections = tuple(model.Section(s["id"], s["title"], tuple(s["points"])) for s in raw.need("sections", list))
    return model.Guide(raw["id"], raw["route_name"], raw["title"], raw["source"], sections)
