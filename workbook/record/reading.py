"""What a case holds, each form read once: for rules that look at many forms while a page opens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbook.content import load
from workbook.record.responses import LIVING

if TYPE_CHECKING:
    from workbook.content.model import Form
    from workbook.record.case import Case
    from workbook.record.responses import Answers, Response


class Reads(Protocol):
    """Whatever hands out living answers: a case, or a reading of it."""

    def answers(self, form_id: str) -> Answers:
        """The living answers of a form; none before its first save."""


class Reading:
    """Living answers of a case, those of `forms` in one query, and its entries since a day as they are asked for."""

    def __init__(self, case: Case, since: date, forms: Iterable[Form] = ()) -> None:
        self._case, self._since = case, since
        self.answered = case.answered()
        living = [form.id for form in forms if form.id in self.answered and form.kind in LIVING]
        self._living: dict[str, Response | None] = {**case.read_all(living)}
        self._entries: dict[str, list[Response]] = {}

    def read(self, form_id: str) -> Response | None:
        """The living answer of an exercise or note, or None."""
        if form_id not in self._living:
            self._living[form_id] = self._case.read(form_id) if form_id in self.answered else None
        return self._living[form_id]

    def answers(self, form_id: str) -> Answers:
        """The living answers of a form; none before its first save."""
        kept = self.read(form_id)
        return kept.answers if kept else {}

    def entries(self, form_id: str) -> list[Response]:
        """The entries of a log since the day, in the order of their times."""
        if form_id not in self.answered:
            return []
        if form_id not in self._entries:
            self._entries[form_id] = self._case.entries(form_id, since=self._since)
        return self._entries[form_id]

    def current(self, form_id: str) -> list[Response]:
        """What of a form is to be weighed: its living answer, or its entries since the day."""
        if load.form(form_id).kind not in LIVING:
            return self.entries(form_id)
        found = self.read(form_id)
        return [found] if found else []
