"""The counselor's side of a step: a note from us, notes of their own, and why gates are closed."""

from __future__ import annotations

from typing import Any

from workbook.content import load
from workbook.content.model import Step
from workbook.errors import InvalidAnswer
from workbook.forms import items
from workbook.forms.form import FormPanel
from workbook.forms.own import own_content
from workbook.forms.panel import Panel
from workbook.record.case import Case, Response
from workbook.rules.gates import Gate

_BESIDE = "This page, among the steps (the client’s own decision puts it there, too)"


class NotePanel(Panel):
    """Shown in Counselor view only, and asked for only when that is opened."""

    def __init__(self, step: Step, case: Case, *, page: str, gate: Gate) -> None:
        self._step, self._case, self._page, self._gate = step, case, page, gate
        self._own: FormPanel | None = None
        super().__init__(kind="note", spec={})

    def on_counselor(self) -> dict[str, Any]:
        """The step's note, the reasons of a closed gate, and the model of the counselor's own notes."""
        if self._own is None:
            self._own = FormPanel(load.form("counselor-notes"), self._case, page=self._page, only=(self._step.id,))
        return {
            "note": self._step.counselor_note,
            "problems": own_content()["problems"],
            "reasons": list(self._gate.reasons),
            "parts": self._parts(),
            "model": self._own.model_id,
        }

    def on_opening(self, form: str, opens: bool, note: str) -> dict[str, Any]:
        """The counselor's dated entry that opens a part of the page, or closes it again."""
        if form not in {part["form"] for part in self._parts()}:
            raise InvalidAnswer("Part", "a part from the list was expected; open the page again.")
        items.open_part(self._case, form, bool(opens), str(note))
        return {"parts": self._parts()}

    def _parts(self) -> list[dict[str, Any]]:
        """The parts of this page that wait for the counselor, and what the newest entry says of each."""
        newest = {entry.answers.get("form"): entry for entry in self._case.entries(items.OPENING)}
        waiting = [form for form in map(load.form, self._step.forms) if "counselor" in form.needs]
        parts = [_part(form.id, form.title, newest.get(form.id)) for form in waiting]
        if self._step.aside:
            parts.insert(0, _part(self._step.id, _BESIDE, newest.get(self._step.id)))
        return parts


def _part(part: str, title: str, entry: Response | None) -> dict[str, Any]:
    said = entry.answers if entry else {}
    return {
        "form": part,
        "title": title,
        "open": said.get("open") == "yes",
        "since": entry.day if entry else None,
        "note": said.get("note", ""),
    }
