"""Keeper: what every panel that stores answers shares. It knows what the page has seen, and what another page wrote."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbook.content.model import Field, Form
from workbook.content.words import said_of, t
from workbook.errors import CaseClosed, GateClosed, InvalidAnswer, WorkbookError
from workbook.forms.spec import Names, in_words
from workbook.record import merge
from workbook.record.case import Case, Saved
from workbook.record.engine import CLOSED
from workbook.rules import gates

TEXTS = frozenset({"text", "area"})


@dataclass(frozen=True)
class When:
    """When an answer was true: a moment (None = now, or as it is stored), the browser's zone, or a day as a whole."""

    at: datetime | None = None
    zone: Any = None
    whole_day: bool = False


NOW = When()


class Keeper:
    """Saves patches of one response and remembers the values that this page has seen, field by field.

    `sitting` is one opening of the page; what a save replaces of another sitting is offered beside the new answer.
    """

    def __init__(
        self,
        form: Form,
        case: Case,
        fields: Iterable[Field],
        *,
        response_id: str | None = None,
        sitting: str | None = None,
    ) -> None:
        self.response_id = response_id
        self._form, self._case = form, case
        self._fields = {one.id: one for one in fields if one.answers}
        self._sitting = sitting or str(uuid.uuid4())
        self._seen: dict[str, Any] = {}
        self._earlier: dict[merge.Path, Any] = {}
        self.stored = False

    def saw(self, answers: dict[str, Any]) -> None:
        """The page shows these stored answers."""
        self._seen = merge.copy(answers)

    def save(
        self,
        patch: Any,
        *,
        seen: Any = None,
        when: When = NOW,
    ) -> dict[str, Any]:
        """Store what fits; what does not is named in `invalid`, with a sentence, and is not said to be saved."""
        if not isinstance(patch, dict):
            raise WorkbookError("The answer did not arrive whole. Please reload the page.")
        known = {name: value for name, value in patch.items() if name in self._fields}
        invalid = dict.fromkeys(patch.keys() - known.keys(), t("This question is not on the page any more; reload it."))
        if invalid and not known:
            return {"invalid": invalid}
        try:
            saved = self._case.save(
                self._form.id,
                known,
                response_id=self.response_id,
                seen=self._seen_of(known, seen),
                at=when.at,
                zone=when.zone if isinstance(when.zone, str) else None,
                whole_day=when.whole_day,
                respondent=self._form.audience,
                sitting=self._sitting,
            )
        except (InvalidAnswer, GateClosed):
            return {"invalid": invalid | self._why(known)}
        except CaseClosed:  # said beside each question; sending it again would not help
            return {"invalid": invalid | dict.fromkeys(known, t(CLOSED))}
        self.response_id = saved.response.id
        self.stored = True
        self._learn(known, saved)
        answer: dict[str, Any] = {"saved_at": saved.saved_at.isoformat(), "response": saved.response.id}
        if invalid or saved.refused:
            answer["invalid"] = invalid | saved.refused
        if saved.earlier:
            answer["earlier"] = [self._offer(path, value) for path, value in _leaves(saved.earlier)]
        return answer

    def take(self, path: Any, how: str) -> dict[str, Any]:
        """The client chose between two answers: `how` is earlier, mine, or (texts only) both."""
        key = tuple(path) if isinstance(path, list) else ()
        if key not in self._earlier:
            raise WorkbookError("There is nothing to choose any more; what you see is stored.")
        earlier = self._earlier.pop(key)
        mine = merge.get(self._seen, key)
        if how == "mine":
            return {"value": mine}
        if how == "both" and self._inner(key).kind in TEXTS and mine:
            earlier = f"{earlier}\n\n{mine}" if self._inner(key).kind == "area" else f"{earlier} / {mine}"
        return {"value": earlier, **self.save(_nested(key, earlier))}

    def close(self) -> bool:
        """Close the version; True when something was stored since the last closing."""
        if not self.stored or self.response_id is None:
            return False
        self.stored = False
        self._case.close_version(self.response_id)
        return True

    def _seen_of(self, patch: dict[str, Any], from_page: Any) -> dict[str, Any]:
        """What the page had seen of these fields; a page that outlived its kernel says it itself."""
        seen = {name: self._seen.get(name) for name in patch}
        return _laid(seen, from_page) if isinstance(from_page, dict) else seen

    def _learn(self, patch: dict[str, Any], saved: Saved) -> None:
        refused = saved.refused or {}
        for path, _ in _leaves({name: value for name, value in patch.items() if name not in refused}):
            merge.put(self._seen, path, merge.get(saved.response.answers, path))

    def _why(self, patch: dict[str, Any]) -> dict[str, str]:
        """Why none of these was stored: what would fit is closed."""
        reasons = {}
        for name, value in patch.items():
            try:
                self._fields[name].check(value)
                reasons[name] = t(gates.NEUTRAL)
            except InvalidAnswer as problem:
                reasons[name] = said_of(problem)
        return reasons

    def _offer(self, path: merge.Path, value: Any) -> dict[str, Any]:
        self._earlier[path] = value
        inner = self._inner(path)
        return {"path": list(path), "shown": in_words(inner, value, Names(self._case)), "text": inner.kind in TEXTS}

    def _inner(self, path: merge.Path) -> Field:
        outer = self._fields[path[0]]
        return next((one for one in outer.fields if one.id == path[-1]), outer)


def refuse_other_case(case: Case, case_id: Any) -> None:
    """Raises CaseMismatch unless the message belongs to the page's own case."""
    case.expect(case_id if isinstance(case_id, str) else "")


Left = Callable[[], object]


def _leaves(answers: dict[str, Any]) -> Iterable[tuple[merge.Path, Any]]:
    """Paths and values of answers: a field, or a cell of a row. A wait, {until}, is one value."""
    for name, value in answers.items():
        rows = value.items() if isinstance(value, dict) else ()
        inner = [(row, cells) for row, cells in rows if isinstance(cells, dict)]
        if inner:
            yield from (((name, row, cell), one) for row, cells in inner for cell, one in cells.items())
        else:
            yield (name,), value


def _nested(path: merge.Path, value: Any) -> dict[str, Any]:
    for step in reversed(path):
        value = {step: value}
    return value  # type: ignore[no-any-return]


def _laid(seen: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    laid = merge.copy(seen)
    for path, value in _leaves(over):
        merge.put(laid, path, value)
    return laid
