"""Pure rules of a save: what fits is laid over what is stored, answer by answer; what another page wrote is not lost.

Answers are addressed by a path: `("field",)`, and `("field", "row", "cell")` inside a field of rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from workbook.content.model import Form
from workbook.errors import InvalidAnswer, WorkbookError

Answers = dict[str, Any]
Path = tuple[str, ...]
Mine = Callable[[Path], bool]


@dataclass(repr=False)
class Checked:
    """A patch after its fields looked at it: answers by path (None: taken back), refused fields with the reason."""

    answers: dict[Path, Any] = field(default_factory=dict)
    refused: dict[str, WorkbookError] = field(default_factory=dict)

    def expect_whole(self) -> None:
        """Raise what the first refused field was refused for, if there is one."""
        for error in self.refused.values():
            raise error


def check(form: Form, patch: Mapping[str, Any]) -> Checked:
    """Each answer of the patch by itself, so that one wrong number never holds back the words beside it."""
    checked = Checked()
    for field_id, value in patch.items():
        try:
            asked = form.field(field_id)
            if asked.kind != "rows":
                checked.answers[(field_id,)] = asked.check(value)
                continue
            if not isinstance(value, dict):
                raise InvalidAnswer(asked.label, "rows were expected; they are changed one by one.")
        except InvalidAnswer as error:
            checked.refused[field_id] = error
            continue
        for row, cells in value.items():
            for cell, one in (cells if isinstance(cells, dict) else {"": cells}).items():
                try:
                    for clean_row, fitting in asked.check({row: {cell: one}}).items():
                        checked.answers[field_id, clean_row, cell] = fitting[cell]
                except InvalidAnswer as error:
                    checked.refused[field_id] = error
    return checked


def merge(stored: Answers, answers: Mapping[Path, Any]) -> Answers:
    """The stored answers with the new ones over them; the stored ones stay as they are."""
    merged = copy(stored)
    for path, value in answers.items():
        put(merged, path, value)
    return merged


def copy(answers: Answers) -> Answers:
    """The same answers, sharing nothing that can be changed in place."""
    return {name: deepcopy(value) if isinstance(value, dict | list) else value for name, value in answers.items()}


def conflicts(form: Form, stored: Answers, answers: Mapping[Path, Any], seen: Mapping[str, Any], mine: Mine) -> Answers:
    """Stored answers that the page had not seen and that the new ones replace by something else.

    What the same sitting wrote itself (`mine`) is no conflict: its own saves may overtake its news of them.
    """
    earlier: Answers = {}
    for path, new in answers.items():
        held = get(stored, path)
        if path[-1].startswith("_"):  # marks of a row, not a person's words
            continue
        if held is None or held == new or mine(path):
            continue
        if held != get(seen, path) and held != _as_stored(form, seen, path):
            put(earlier, path, held)
    return earlier


def revived(stored: Answers, answers: Mapping[Path, Any], mine: Mine) -> dict[Path, None]:
    """Marks to take away: rows that another page deleted while this one was still writing in them."""
    marks = {(path[0], path[1], "_deleted") for path, value in answers.items() if len(path) > 1 and value is not None}
    return {mark: None for mark in marks if mark not in answers and get(stored, mark) and not mine(mark)}


def get(answers: Mapping[str, Any], path: Path) -> Any:
    """The answer at the path, or None."""
    at: Any = answers
    for name in path:
        at = at.get(name) if isinstance(at, Mapping) else None
    return at


def put(answers: Answers, path: Path, value: Any) -> None:
    """Set the answer at the path; None takes it back. A row stays when its last cell is emptied."""
    at = answers
    for name in path[:-1]:
        if not isinstance(at.get(name), dict):
            at[name] = {}
        at = at[name]
    if value is None:
        at.pop(path[-1], None)
    else:
        at[path[-1]] = value


def name_of(path: Path) -> str:
    """A path as a key of a JSON object; no two paths share one."""
    return path[0] if len(path) == 1 else json.dumps(path)


def _as_stored(form: Form, seen: Mapping[str, Any], path: Path) -> Any:
    """What storing would have made of the value that the page saw: a page may show "5" for 5."""
    checked = check(form, {path[0]: seen[path[0]]} if path[0] in seen else {})
    return checked.answers.get(path)
