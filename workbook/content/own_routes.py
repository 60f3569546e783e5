"""A counselor's routes: `content/routes/<id>.yaml` adds a route, or gives the sections of a shipped one anew."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.content import load, parse
from workbook.content.marked import Marked, files
from workbook.content.model import Form, Guide
from workbook.content.translation import cached
from workbook.errors import ContentError


@dataclass(frozen=True)
class OwnSection:
    """A section of a route: title and forms in their order. `id` names the shipped section that it stands for."""

    title: str
    forms: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True)
class OwnRoute:
    """A route by its id (the name of its file). One with the id of a shipped route stands in its place.

    In place of a shipped one, every shipped section is there: those that the file does not name follow at the end.
    """

    id: str
    name: str
    sections: tuple[OwnSection, ...]


def read(folder: Path, forms: Mapping[str, Form], problems: list[ContentError], own: list[str]) -> tuple[OwnRoute, ...]:
    """The routes in a folder, by the names of their files; a file with a mistake is left out and told in `problems`."""
    found = []
    for path in files(folder):
        own.append(f"{folder.name}/{path.name}")
        try:
            found.append(_route(path.stem, cached(path), forms))
        except ContentError as problem:
            problems.append(problem)
    return tuple(found)


def _route(route_id: str, raw: Marked, forms: Mapping[str, Form]) -> OwnRoute:
    raw.only(("id", "name", "sections"))
    if raw.get("id", route_id) != route_id:
        raise raw.error(f"‘id’ and the file's name must be the same; write {route_id}, or rename the file.", "id")
    guide = next((one for one in load.points().guides if one.id == route_id), None)
    name = raw.need("name", str) if guide is None else raw.take("name", str, guide.route_name)
    sections = [_section(item, forms, guide) for item in parse.entries(raw, "sections")]
    if not sections:
        raise raw.error("a route needs at least one section.", "sections")
    return OwnRoute(route_id, name, (*sections, *_left(guide, sections)))


def _section(item: Marked, forms: Mapping[str, Form], guide: Guide | None) -> OwnSection:
    item.only(("id", "title", "forms"))
    listed = item.names("forms")
    for one in listed:
        if one not in forms:
            near = difflib.get_close_matches(one, forms, 1)
            hint = f"; did you mean ‘{near[0]}’?" if near else "."
            raise item.error(f"no form is called ‘{one}’{hint}", "forms")
    if "id" not in item:
        if not listed:
            raise item.error("a section of your own needs ‘title’ and ‘forms’.")
        return OwnSection(item.need("title", str), listed)
    known = {one.id: one for one in guide.sections} if guide else {}
    section = known.get(item.need("id", str))
    if section is None:
        raise item.error(f"this route has no section ‘{item['id']}’; it has {', '.join(known) or 'none'}.", "id")
    return OwnSection(item.take("title", str, section.title), listed, section.id)


def _left(guide: Guide | None, sections: list[OwnSection]) -> list[OwnSection]:
    named = {one.id for one in sections}
    return [OwnSection(one.title, (), one.id) for one in (guide.sections if guide else ()) if one.id not in named]
