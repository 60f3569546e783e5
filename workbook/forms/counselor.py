"""What only the counselor sees: a place on the page that stays empty until Counselor view opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from workbook.content.model import Form
from workbook.forms.more import Folded
from workbook.forms.panel import Panel
from workbook.record.case import Case
from workbook.rules.dates import day_month


class CounselorPanel(Folded):
    """A folded list of counselor's forms. Before Counselor view opens nothing of them is on the page."""

    def __init__(self, forms: list[Form], case: Case, make: Callable[[Form], Panel]) -> None:
        self._case = case
        super().__init__("counselor", {}, forms, make)

    def on_counselor(self) -> dict[str, Any]:
        """Titles of the forms, and when each was last written."""
        last = self._case.last_saved()
        return {
            "forms": [
                {"id": form.id, "title": form.title, "state": _state(last.get(form.id))}
                for form in self._forms.values()
            ]
        }


def _state(saved: datetime | None) -> str:
    if saved is None:
        return "nothing written yet"
    on = saved.astimezone().date()
    return f"last written {day_month(on)} {on.year}"
