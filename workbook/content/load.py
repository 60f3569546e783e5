"""Reads data/ once and hands out the checked records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from workbook.content import model, parse
from workbook.content.marked import Marked, read
from workbook.errors import ContentError

OF_THE_LOG = frozenset({"daily", "contact", "no-contact", "weekly"})
"""Forms whose home is the page of the log, whatever step shows them as well."""
_LINE_KEYS = ("id", "name", "for", "call", "text", "web", "confirmed")


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
def shipped_forms() -> dict[str, model.Form]:
    """All forms by id as they are shipped, in the order of the files' names.

    Raises:
        ContentError: with file and line, for whatever a form says that is not understood.
    """
    return read_forms(data_dir() / "forms")


@cache
def naming() -> frozenset[str]:
    """The English texts of forms and charts that have a place for a name, as {partner}."""
    shipped = [*map(asdict, shipped_forms().values()), read(data_dir() / "charts.yaml")]
    return frozenset(text for text in _texts(shipped) if "{" in text)


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list | tuple):
        for inner in held.values() if isinstance(held, dict) else held:
            yield from _texts(inner)


def forms() -> dict[str, model.Form]:
    """All forms by id, with what the workspace and the case's language lay over them; see `content.edition`."""
    from workbook.content import edition

    return edition.current().forms


def form(form_id: str) -> model.Form:
    """The form with this id; ContentError if there is none."""
    try:
        return forms()[form_id]
    except KeyError:
        raise ContentError(data_dir() / "forms", 1, f"no form is called ‘{form_id}’.") from None


@cache
def shipped_steps() -> tuple[model.Step, ...]:
    """The steps in their order, as they are shipped."""
    return tuple(read_steps(data_dir() / "steps"))


def steps() -> tuple[model.Step, ...]:
    """The steps in their order, with what is laid over them."""
    from workbook.content import edition

    return edition.current().steps


def step(name: str) -> model.Step | None:
    """The step with this page name or theme id, or None."""
    return next((one for one in steps() if name in (one.page, one.id)), None)


def steps_with(form_id: str) -> tuple[model.Step, ...]:
    """The steps whose pages hold this form: where it stands on the core path first, then where it is folded."""
    return tuple(sorted((one for one in steps() if form_id in one.forms), key=lambda one: form_id not in one.core))


def step_of(form_id: str) -> model.Step | None:
    """The step that this form is at home on, or None."""
    return next(iter(steps_with(form_id)), None)


def added_forms(page: str) -> tuple[str, ...]:
    """Ids of the forms that the counselor put on a step's page beside the shipped ones."""
    shipped = {form_id for one in shipped_steps() if one.page == page for form_id in one.forms}
    return tuple(form_id for one in steps() if one.page == page for form_id in one.forms if form_id not in shipped)


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
        for raw in parse.entries(read(path), "forms"):
            one = parse.parse_form(raw)
            if one.id in found:
                raise raw.error(f"the form id ‘{one.id}’ is already taken.", "id")
            found[one.id] = one
    return found


def read_steps(folder: Path) -> Iterator[model.Step]:
    """The steps in a folder, one file for each page and named like it, in the order of their names."""
    for path in sorted(folder.glob("*.yaml")):
        raw = read(path)
        raw.only(parse.STEP_KEYS)
        yield model.Step(
            id=raw.need("id", str),
            page=path.stem,
            title=raw.need("title", str),
            why=raw.need("why", str),
            core=tuple(raw.need("core", list)),
            more=tuple(raw.take("more", list, [])),
            logs=tuple(raw.take("logs", list, [])),
            counselor_note=raw.take("counselor_note", str, ""),
            aside=raw.take("aside", bool, False),
        )


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
