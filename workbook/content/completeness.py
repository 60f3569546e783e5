"""How much of the client's pages each language has: by page, and of the workbook's own phrases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.content import edition, load, notices, overlay, pages, parse, phrases, pictures, translation
from workbook.content.marked import Marked, files
from workbook.content.model import Field, Form, Step
from workbook.errors import ContentError

Texts = dict[str, bool]
"""Each English text by its place, and whether it is translated."""
SEEN = "english.yaml"
EVERYWHERE = "elsewhere"
"""Client forms that stand on no step's page, as the logs do."""


def report(code: str, folder: Path | None = None) -> dict[str, dict[str, int]]:
    """`{page or "words": {"translated", "of"}}` of a language, with the translations of a workspace's `content`."""
    return {name: _count(found) for name, found in texts(code, folder).items()}


def texts(code: str, folder: Path | None = None) -> dict[str, Texts]:
    """The texts that clients read, by page (`02-pause`), those of no step under ‘elsewhere’; `routes` and `words`."""
    places = edition.folders(code, folder)
    blocks = {raw["id"]: raw for place in places for raw in _blocks(place / "forms")}
    forms, steps = load.shipped_forms(), load.shipped_steps()
    placed = {form_id for step in steps for form_id in step.forms}
    rest = [form for form in forms.values() if form.id not in placed and form.audience == "client"]
    found = {step.page: _page(step, [forms[one] for one in step.forms], blocks, places) for step in steps}
    said, _ = translation.phrases(places)
    elsewhere = {place: done for form in rest for place, done in _form(form, blocks.get(form.id))}
    for picture, on in pictures.on_pages().items():
        spec = pictures.pictures()[picture]
        drawn = {f"picture.{picture}={text}": text in said for text in (spec.title, *spec.sides, spec.cannot) if text}
        for page in on:
            found[page] |= drawn
    thoughts = {raw["id"]: raw for place in places for raw in _thoughts(place)}
    elsewhere |= {f"notice.{one.id}": "says" in thoughts.get(one.id, {}) for one in notices.shipped()}
    routes = [text for one in load.points().guides for text in (one.route_name, *(s.title for s in one.sections))]
    found |= {EVERYWHERE: elsewhere, "routes": {one: one in said for one in routes}}
    return {**found, "words": {one: one in said for one in sorted(phrases.phrases())}}


def outdated(code: str, folder: Path | None = None) -> list[str]:
    """Ids of forms whose English words are others than those that somebody translated, as `seen` kept them."""
    kept: dict[str, str] = {}
    for path in (place / SEEN for place in edition.folders(code, folder)):
        kept |= translation.texts(path) if path.is_file() else {}
    forms = load.shipped_forms()
    return [one for one, digest in kept.items() if one in forms and _digest(forms[one]) != digest]


def seen(code: str, folder: Path | None = None) -> Path:
    """Keep the English words that the translations were made from, as digests; returns the file, `english.yaml`.

    It lies in the workspace's folder of the language if there is one, else in the shipped one.

    Raises:
        ContentError: neither is there.
    """
    places = [one for one in edition.folders(code, folder) if one.is_dir()]
    if not places:
        raise ContentError(load.data_dir() / "languages" / code, 1, "there is no such language yet; make its folder.")
    place = places[-1]
    forms = load.shipped_forms()
    lines = [f"{raw['id']}: {_digest(forms[raw['id']])}\n" for raw in _blocks(place / "forms") if raw["id"] in forms]
    head = "# Digests of the English words that these forms were translated from; written by workbook languages.\n"
    (place / SEEN).write_text(head + "".join(lines), "utf-8")
    return place / SEEN


def main(folder: Path | None = None, as_json: bool = False) -> int:
    """Print how complete each language is, as a table or as JSON; 1 when a file of a language cannot be used."""
    known = [one for one in edition.use(folder).languages if one.code != translation.ENGLISH]
    reports = {one.code: report(one.code, folder) for one in known}
    wrong = {problem for one in known for problem in edition.use(folder, one.code).problems}
    problems = sorted({str(problem) for problem in wrong if "languages" in problem.file.parts})
    if as_json:
        print(json.dumps(reports, indent=2))
    else:
        for one in known:
            print(f"{one.name} ({one.code})")
            for name, count in reports[one.code].items():
                print(f"  {name:14} {count['translated']:5} of {count['of']}")
            if changed := outdated(one.code, folder):
                print(f"  changed in English since: {', '.join(changed)}")
        if not known:
            print("English only. How to add a language: docs/make-it-yours.md")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


def _page(step: Step, forms: Iterable[Form], blocks: Mapping[str, Marked], places: Iterable[Path]) -> Texts:
    raw: Mapping[str, Any] = {}
    prose: set[str] = set()
    for place in places:
        path = place / "steps" / f"{step.page}.yaml"
        raw = {**raw, **(translation.cached(path) if path.is_file() else {})}
        path = place / "pages" / f"{step.page}.yaml"
        prose |= set(translation.texts(path)) if path.is_file() else set()
    notebook = json.loads((load.notebooks_dir() / f"{step.page}.ipynb").read_bytes())
    found = {f"step.{key}": key in raw for key in ("title", "why")}
    found |= {f"page.{cell}": cell in prose for cell in pages.markdown(notebook)}
    return found | {
        place: done for form in forms if form.audience == "client" for place, done in _form(form, blocks.get(form.id))
    }


def _form(form: Form, raw: Marked | None) -> Iterator[tuple[str, bool]]:
    for key in overlay.FORM_WORDS:
        if getattr(form, key):
            yield f"{form.id}.{key}", key in (raw or {})
    yield from _fields(form.id, form.fields, raw)


def _fields(above: str, fields: Iterable[Field], raw: Marked | None) -> Iterator[tuple[str, bool]]:
    given: dict[str, Marked] = {item["id"]: item for item in (raw.get("fields", []) if raw else [])}
    for one in fields:
        item = given.get(one.id, Marked())
        place = f"{above}.{one.id}"
        yield from ((f"{place}.{key}", key in item) for key in overlay.FIELD_WORDS if getattr(one, key))
        yield from ((f"{place}={value}", value in item.get("options", {})) for value, _ in one.options)
        yield from _fields(place, one.fields, item)


def _blocks(folder: Path) -> Iterator[Marked]:
    for path in files(folder):
        yield from parse.entries(translation.cached(path), "forms")


def _thoughts(place: Path) -> list[Marked]:
    path = place / "notices.yaml"
    return parse.entries(translation.cached(path), "notices") if path.is_file() else []


def _digest(form: Form) -> str:
    """Of all words of a form that can be translated; it begins with a letter, so that YAML reads a text."""
    fields = [inner for one in form.fields for inner in (one, *one.fields)]
    said = [getattr(form, key) for key in overlay.FORM_WORDS]
    said += [[one.id, one.options, *(getattr(one, key) for key in overlay.FIELD_WORDS)] for one in fields]
    return "d" + hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


def _count(found: Texts) -> dict[str, int]:
    return {"translated": sum(found.values()), "of": len(found)}
