"""Further forms of a page, folded until somebody wants them; each is made only when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workbook.content.model import Form
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel


class Folded(Panel):
    """Forms of which each gets its own panel when it is opened, so that a long page opens as fast as a short one."""

    def __init__(self, kind: str, spec: dict[str, Any], forms: Iterable[Form], make: Callable[[Form], Panel]) -> None:
        self._forms = {form.id: form for form in forms}
        self._make = make
        self._made: dict[str, Panel] = {}
        super().__init__(kind=kind, spec=spec)

    def on_open(self, form: str) -> dict[str, Any]:
        """The widget model of a form's panel, which the browser draws in place."""
        if form not in self._forms:
            raise InvalidAnswer("Forms", "a form from this list was expected; open the page again.")
        if form not in self._made:
            self._made[form] = self._make(self._forms[form])
        return {"model": self._made[form].model_id}


class MorePanel(Folded):
    """A folded list of forms; `fill` puts the case's names into titles and purposes."""

    def __init__(
        self, forms: list[Form], make: Callable[[Form], Panel], fill: Callable[[str], str] = lambda text: text
    ) -> None:
        listed = [{"id": f.id, "title": fill(f.title), "purpose": fill(f.purpose), "minutes": f.minutes} for f in forms]
        super().__init__("more", {"forms": listed}, forms, make)
