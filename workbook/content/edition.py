"""The content that is in use now: what is shipped, a language's words over it, the counselor's own over both.

A process works for one workspace: `use` says which, and in which language, whenever a page opens; what changed in its
files is then read again. `speaking` does the same for the time of a print. A broken file never stops the workbook: what
is shipped is used in its place, and the mistake waits in `problems` for Counselor view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.content import load, notices, overlay, own_routes, own_steps, parse, translation
from workbook.content.marked import Marked, files
from workbook.content.model import Form, Step
from workbook.content.notices import Notice
from workbook.content.own_routes import OwnRoute
from workbook.content.translation import ENGLISH, IN_ENGLISH, Language, cached
from workbook.errors import ContentError

Fingerprint = tuple[tuple[str, int, int], ...]
Lay = Callable[[Marked, dict[str, Form]], Form]
_PARTS = ("forms/*.yaml", "steps/*.yaml", "routes/*.yaml", "languages/*/*.yaml", "languages/*/*/*.yaml")


@dataclass(frozen=True)
class Edition:
    """Forms by id, steps and own routes as they hold now, phrases of the language, and what could not be used."""

    forms: dict[str, Form]
    steps: tuple[Step, ...]
    routes: tuple[OwnRoute, ...] = ()
    language: Language = IN_ENGLISH
    words: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    languages: tuple[Language, ...] = ()
    problems: tuple[ContentError, ...] = ()
    own: tuple[str, ...] = ()
    """Names of the counselor's files that are in use."""


_chosen: dict[str, tuple[Path | None, str]] = {"now": (None, ENGLISH)}
_apart: ContextVar[tuple[Path | None, str] | None] = ContextVar("edition", default=None)
_made: dict[tuple[Path | None, str], tuple[Fingerprint, Edition]] = {}


def use(folder: Path | None, language: str = ENGLISH) -> Edition:
    """From now on this process uses the content of a workspace (`folder`: its `content`) in a language.

    Reads what has changed there since. A language that is not there is English.
    """
    _chosen["now"] = (folder, language)
    return _fresh(folder, language)


def current() -> Edition:
    """What is in use now, as it was when a page opened last."""
    chosen = _apart.get() or _chosen["now"]
    kept = _made.get(chosen)
    return kept[1] if kept else _fresh(*chosen)


@contextmanager
def speaking(language: str, folder: Path | None = None) -> Iterator[Edition]:
    """Another language for a while, as for a print; files that changed are read again."""
    chosen = (folder or _chosen["now"][0], language)
    token = _apart.set(chosen)
    try:
        yield _fresh(*chosen)
    finally:
        _apart.reset(token)


def folders(language: str, folder: Path | None = None) -> tuple[Path, ...]:
    """Where a language's files lie: what is shipped, then the workspace's own."""
    folder = folder or (_apart.get() or _chosen["now"])[0]
    places = [load.data_dir() / "languages" / language]
    return tuple([*places, folder / "languages" / language] if folder else places)


def _fresh(folder: Path | None, language: str) -> Edition:
    state = _fingerprint(folder, language)
    kept = _made.get((folder, language))
    if kept is None or kept[0] != state:
        kept = _made[folder, language] = (state, _make(folder, language))
    return kept[1]


def _fingerprint(folder: Path | None, language: str) -> Fingerprint:
    """Names, times and sizes of all files that the edition is made of."""
    mine = [path for part in _PARTS for path in folder.glob(part)] if folder and folder.is_dir() else []
    theirs = (load.data_dir() / "languages").glob(f"{language}/**/*.yaml") if language != ENGLISH else []
    found = []
    for path in sorted(path for path in (*mine, *theirs) if path.is_file()):
        state = path.stat()
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(found)


def _make(folder: Path | None, code: str) -> Edition:
    problems: list[ContentError] = []
    known = _languages(folder, problems)
    language = known.get(code, known[ENGLISH])
    forms, steps = dict(load.shipped_forms()), load.shipped_steps()
    places = () if language.code == ENGLISH else folders(language.code, folder)
    for place in places[:1]:
        forms, steps = _translated(place, forms, steps, problems)
    own: list[str] = []
    routes: tuple[OwnRoute, ...] = ()
    if folder is not None and folder.is_dir():
        forms = _lay(folder / "forms", forms, _counselors, problems, own)
        steps = own_steps.lay(folder / "steps", steps, forms, problems, own)
        routes = own_routes.read(folder / "routes", forms, problems, own)
    for place in places[1:]:
        forms, steps = _translated(place, forms, steps, problems)
    thoughts = notices.shipped()
    for path in (place / "notices.yaml" for place in places):
        try:
            thoughts = notices.in_words(thoughts, path) if path.is_file() else thoughts
        except ContentError as problem:
            problems.append(problem)
    words, wrong = translation.phrases(places)
    problems.extend([*wrong, *translation.page_problems(places)])
    return Edition(
        forms=_offering(forms, known, routes),
        steps=steps,
        routes=routes,
        language=language,
        words=words,
        notices=thoughts,
        languages=tuple(known.values()),
        problems=tuple(problems),
        own=tuple(own),
    )


def _languages(folder: Path | None, problems: list[ContentError]) -> dict[str, Language]:
    shipped = load.data_dir() / "languages"
    try:
        return translation.languages([shipped, *([folder / "languages"] if folder else [])])
    except ContentError as problem:
        problems.append(problem)
        return translation.languages([shipped])


def _translated(
    place: Path, forms: dict[str, Form], steps: tuple[Step, ...], problems: list[ContentError]
) -> tuple[dict[str, Form], tuple[Step, ...]]:
    forms = _lay(place / "forms", forms, lambda raw, laid: _in_words(raw, laid, problems), problems)
    return forms, own_steps.lay_words(place / "steps", steps, problems)


def _counselors(raw: Marked, forms: dict[str, Form]) -> Form:
    known = forms.get(raw["id"])
    return overlay.lay_form(known, raw) if known else overlay.new_form(raw, forms)


def _in_words(raw: Marked, forms: dict[str, Form], problems: list[ContentError]) -> Form:
    if raw["id"] not in forms:
        raise raw.error(f"no form is called ‘{raw['id']}’ any more; remove this block.", "id")
    return translation.lay_form(forms[raw["id"]], raw, problems)


def _lay(
    folder: Path, forms: dict[str, Form], lay: Lay, problems: list[ContentError], own: list[str] | None = None
) -> dict[str, Form]:
    """The forms with the blocks of a folder's files laid over them; a block with a mistake is left out and told."""
    laid, seen = dict(forms), dict[str, str]()
    for path in files(folder):
        for raw in _blocks(path, problems):
            try:
                form_id = raw.need("id", str)
                if form_id in seen:
                    raise raw.error(f"‘{form_id}’ has a block in ‘{seen[form_id]}’ already; keep one of them.", "id")
                seen[form_id] = path.name
                laid[form_id] = lay(raw, laid)
            except ContentError as problem:
                problems.append(problem)
        if own is not None:
            own.append(f"{folder.name}/{path.name}")
    return laid


def _blocks(path: Path, problems: list[ContentError]) -> Iterable[Marked]:
    try:
        top = cached(path)
        top.only(("forms",))
        return parse.entries(top, "forms")
    except ContentError as problem:
        problems.append(problem)
        return []


def _offering(forms: dict[str, Form], known: Mapping[str, Language], routes: Iterable[OwnRoute]) -> dict[str, Form]:
    """The case's facts offer the languages and the counselor's routes that are there."""
    about = forms.get("about-case")
    if about is None:
        return forms
    further = {
        "language": {code: one.own_name for code, one in known.items()},
        "route": {one.id: one.name for one in routes},
    }
    fields = tuple(
        replace(one, options=tuple({**dict(one.options), **further[one.id]}.items())) if one.id in further else one
        for one in about.fields
    )
    return {**forms, about.id: replace(about, fields=fields)}
