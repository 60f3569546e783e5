"""Steps as a counselor or a language has them: words, the order of the exercises, further ones; none is dropped."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from workbook.content import overlay, translation
from workbook.content.marked import Marked, files
from workbook.content.model import Form, Step
from workbook.content.translation import cached
from workbook.errors import ContentError

_KEYS = ("id", *translation.STEP_WORDS, "core", "more", "logs")


def lay(
    folder: Path, steps: tuple[Step, ...], forms: Mapping[str, Form], problems: list[ContentError], own: list[str]
) -> tuple[Step, ...]:
    """The steps with the counselor's files (`<page>.yaml`) laid over them; a mistake is told in `problems`."""
    own.extend(f"{folder.name}/{path.name}" for path in files(folder))
    return _each(folder, steps, problems, lambda step, raw: lay_step(step, raw, forms))


def lay_words(folder: Path, steps: tuple[Step, ...], problems: list[ContentError]) -> tuple[Step, ...]:
    """The steps with a language's words."""
    return _each(folder, steps, problems, translation.lay_step)


def lay_step(step: Step, raw: Marked, forms: Mapping[str, Form]) -> Step:
    """One step with a counselor's block laid over it. What `core` and `more` leave out goes to the end of `more`.

    Raises:
        ContentError: a form that does not exist, one named twice, or a key that is not known.
    """
    raw.only(_KEYS)
    if raw.get("id", step.id) != step.id:
        raise raw.error(f"the id of this step stays ‘{step.id}’; remove the line.", "id")
    core = _ids(raw, "core", step.core, forms)
    further = _ids(raw, "more", tuple(one for one in step.more if one not in core), forms)
    twice = [one for one in core if one in further]
    if twice:
        raise raw.error(f"‘{twice[0]}’ stands in ‘core’ and in ‘more’; name it once.", "more")
    kept = [one for one in step.forms if one not in (*core, *further)]
    return replace(
        step,
        **overlay.words(raw, translation.STEP_WORDS),
        core=core,
        more=(*further, *kept),
        logs=tuple(dict.fromkeys((*step.logs, *raw.names("logs")))),
    )


def _ids(raw: Marked, key: str, usual: tuple[str, ...], forms: Mapping[str, Form]) -> tuple[str, ...]:
    ids = raw.names(key, usual)
    for one in ids:
        if one not in forms:
            near = difflib.get_close_matches(one, forms, 1)
            hint = f"; did you mean ‘{near[0]}’?" if near else "."
            raise raw.error(f"no form is called ‘{one}’{hint}", key)
        if ids.count(one) > 1:
            raise raw.error(f"‘{one}’ stands twice in ‘{key}’; name it once.", key)
    return ids


def _each(
    folder: Path, steps: Iterable[Step], problems: list[ContentError], lay_one: Callable[[Step, Marked], Step]
) -> tuple[Step, ...]:
    laid = {step.page: step for step in steps}
    for path in files(folder):
        try:
            raw = cached(path)
            if path.stem not in laid:
                raise raw.error(f"no step is called ‘{path.stem}’; the file's name is one of {', '.join(laid)}.")
            laid[path.stem] = lay_one(laid[path.stem], raw)
        except ContentError as problem:
            problems.append(problem)
    return tuple(laid.values())
