"""The counselor's side of a step: a note from us, notes of their own, and why gates are closed."""

from __future__ import annotations

from typing import Any

from workbook.content import load
from workbook.content.model import Step
from workbook.forms.form import FormPanel
from workbook.forms.own import own_content
from workbook.forms.panel import Panel
from workbook.record.case import Case
from workbook.rules.gates import Gate


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
            "model": self._own.model_id,
        }
