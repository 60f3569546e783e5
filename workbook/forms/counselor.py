"""What only the counselor sees: a place on the page that stays empty until Counselor view opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from workbook.content.model import Form
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel
from workbook.record.case import Case


class CounselorPanel(Panel):
    """A folded list of counselor's forms. Before Counselor view opens nothing of them is on the page."""

    def __init__(self, forms: list[Form], case: Case, make: Callable[[Form], Panel]) -> None:
        self._forms = {form.id: form for form in forms}
        self._case, self._make = case, make
        self._made: dict[str, Panel] = {}
        super().__init__(kind="counselor", spec={})

    def on_counselor(self) -> dict[str, Any]:
        """Titles of the forms, and when each was last written."""
        last = self._case.last_saved()
        return {
            "forms": [
                {"id": form.id, "title": form.title, "state": _state(last.get(form.id))}
                for form in self._forms.values()
            ]
        }

    def on_open(self, form: str) -> dict[str, Any]:
        """The widget model of a form's panel, which the browser draws in place."""
        if form not in self._forms:
            raise InvalidAnswer("Counselor view", "a form from this list was expected; open the page again.")
        if form not in self._made:
            self._made[form] = self._make(self._forms[form])
        return {"model": self._made[form].model_id}


def _state(saved: datetime | None) -> str:
    if saved is None:
        return "nothing written yet"
    on = saved.astimezone()
    return f"last written {on.day} {on:%B %Y}"
