"""A language laid over forms, steps and pages: words and nothing else, so that it can open, close or flag nothing.

A language is a folder of files, `languages/<code>/`: `language.yaml` (its names and its locale), `forms/*.yaml` and
`steps/*.yaml` (the shape of the shipped ones, with texts alone), `pages/<page>.yaml` (Markdown by cell id) and
`words.yaml` (phrases of the workbook itself: the English sentence and the other). What is missing stays English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from workbook.content import overlay, parse
from workbook.content.marked import Marked, files, read
from workbook.content.model import Field, Form, Step
from workbook.errors import ContentError

ENGLISH = "en"
"""What everything is written in first."""
LOCALE = "en-GB"
STEP_WORDS = ("title", "why", "counselor_note")


@dataclass(frozen=True)
class Language:
    """A language by its code (as in HTML), its English and its own name, and the locale of its dates."""

    code: str
    name: str
    own_name: str
    locale: str


IN_ENGLISH = Language(ENGLISH, "English", "English", LOCALE)


def languages(folders: Iterable[Path]) -> dict[str, Language]:
    """The languages in these folders (`languages/`), English first; a folder without language.yaml is none.

    Raises:
        ContentError: language.yaml says something that is not understood.
    """
    found = {ENGLISH: IN_ENGLISH}
    for folder in folders:
        for path in sorted(folder.glob("*/language.yaml")):
            raw = cached(path)
            raw.only(("name", "own_name", "locale"))
            code = path.parent.name
            known = found.get(code)
            if known is None:
                found[code] = Language(code, raw.need("name", str), raw.need("own_name", str), raw.need("locale", str))
    return found


def cached(path: Path) -> Marked:
    """The mapping in a YAML file, read again only after the file has changed."""
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, _size: int) -> Marked:
    return read(path)


def lay_form(form: Form, raw: Marked, problems: list[ContentError]) -> Form:
    """The form with the texts of a language's block. A text of a question or answer that is gone is told in `problems`.

    Raises:
        ContentError: the block says something that is no text.
    """
    raw.only(("id", *overlay.FORM_WORDS, "fields"))
    return replace(form, **overlay.words(raw, overlay.FORM_WORDS), fields=_fields(form.fields, raw, problems))


def _fields(fields: tuple[Field, ...], raw: Marked, problems: list[ContentError]) -> tuple[Field, ...]:
    given: dict[str, Marked] = {}
    known = {one.id for one in fields}
    for item in parse.entries(raw, "fields") if "fields" in raw else ():
        if item.need("id", str) not in known:
            gone = f"the form has no question ‘{item['id']}’ any more; remove this block."
            problems.append(item.error(gone, "id"))
        given[item["id"]] = item
    return tuple(_field(one, given[one.id], problems) if one.id in given else one for one in fields)


def _field(field: Field, item: Marked, problems: list[ContentError]) -> Field:
    item.only(("id", *overlay.FIELD_WORDS, "options", "fields"))
    options = dict(parse.parse_options(item))
    for strange in sorted(set(options) - set(dict(field.options))):
        problems.append(item.error(f"‘{strange}’ is no answer of this question any more; remove it.", "options"))
    return replace(
        field,
        **overlay.words(item, overlay.FIELD_WORDS),
        options=tuple((value, options.get(value, label)) for value, label in field.options),
        fields=_fields(field.fields, item, problems),
    )


def lay_step(step: Step, raw: Marked) -> Step:
    """The step with a language's texts."""
    raw.only(STEP_WORDS)
    return replace(step, **overlay.words(raw, STEP_WORDS))


def phrases(folders: Iterable[Path]) -> tuple[dict[str, str], list[ContentError]]:
    """The workbook's own phrases in a language, from `words.yaml` of its folders; the later one wins."""
    found: dict[str, str] = {}
    problems: list[ContentError] = []
    for path in (folder / "words.yaml" for folder in folders):
        if path.is_file():
            try:
                found |= texts(path)
            except ContentError as problem:
                problems.append(problem)
    return found, problems


def texts(path: Path) -> dict[str, str]:
    """A file of texts by their names, as `words.yaml` and the pages' files are; ContentError for anything else."""
    raw = cached(path)
    return {name: raw.need(name, str) for name in raw}


def page_problems(folders: Iterable[Path]) -> list[ContentError]:
    """What cannot be read among the pages of a language's folders."""
    problems = []
    for path in (path for folder in folders for path in files(folder / "pages")):
        try:
            texts(path)
        except ContentError as problem:
            problems.append(problem)
    return problems
