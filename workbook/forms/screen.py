"""The counselor's private screen, behind an attestation that is asked at every opening."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from workbook.content import load
from workbook.content.model import Form
from workbook.errors import InvalidAnswer
from workbook.forms.form import FormPanel
from workbook.forms.panel import Panel
from workbook.forms.store import Left
from workbook.record.case import Case
from workbook.record.standing import standing
from workbook.rules.gates import start_gate

ATTESTATION, CRISIS = "attestation", "crisis-path"


class ScreenPanel(Panel):
    """Shown in Counselor view only. Nothing of the questions is on the page before both ticks of the attestation."""

    def __init__(self, form: Form, case: Case, *, page: str = "", on_leave: Left | None = None) -> None:
        self._form, self._case, self._page, self._on_leave = form, case, page, on_leave
        self._asked: FormPanel | None = None
        super().__init__(kind="screen", spec={"case": case.info.id})

    def on_counselor(self) -> dict[str, Any]:
        """The attestation, and where the screen stands."""
        asked = load.form(ATTESTATION)
        newest = self._case.latest(self._form.id)
        return {
            "title": self._form.title,
            "purpose": asked.purpose,
            "ticks": [{"id": one.id, "label": one.label} for one in asked.fields if one.answers],
            "asked_on": newest.day if newest else None,
            **self._state(),
        }

    def on_attest(self, case: str, ticks: dict[str, Any], zone: str | None = None) -> dict[str, Any]:
        """Both hold: the attestation is stored with its date, and the questions open."""
        self._case.expect(case)
        asked = load.form(ATTESTATION)
        if any(ticks.get(one.id) is not True for one in asked.fields if one.answers):
            raise InvalidAnswer(asked.title, "both ticks were expected. If one does not hold, choose another time.")
        self._case.save(ATTESTATION, ticks, zone=zone, respondent="counselor")
        self._asked = FormPanel(
            self._form, self._case, page=self._page, on_leave=self._on_leave, opened=True, response_id=self._todays()
        )
        return {"model": self._asked.model_id}

    def on_finish(self, case: str) -> dict[str, Any]:
        """The screening is finished: flags are raised, and what follows is said."""
        self._case.expect(case)
        if self._asked:
            self._asked.on_leave(case)
        crisis = any(flag.kind == "self-harm" for flag in self._case.flags())
        answer: dict[str, Any] = {"waiting": [flag.reason for flag in self._case.flags()], **self._state()}
        if crisis:
            path = FormPanel(load.form(CRISIS), self._case, page=self._page, on_leave=self._on_leave, opened=True)
            answer["crisis"] = path.model_id
        return answer

    def _state(self) -> dict[str, Any]:
        gate = start_gate(standing(self._case))
        return {"open": gate.open, "reasons": list(gate.reasons)}

    def _todays(self) -> str:
        """Today's screening goes on; another day begins a new one, so that each keeps its date."""
        newest = self._case.latest(self._form.id)
        return newest.id if newest and newest.day == date.today().isoformat() else str(uuid.uuid4())
