"""The first and the last line of a page: whose it is, and where to go from here."""

from __future__ import annotations

from typing import Any

from workbook.content import load
from workbook.content.model import Step
from workbook.content.words import phrase, t
from workbook.forms.panel import Panel
from workbook.forms.review import way_on
from workbook.record import walk
from workbook.record.case import Case
from workbook.record.standing import standing
from workbook.record.steps import steps_of
from workbook.rules import gates

EVERYDAY = (("log", phrase("Log")), ("progress", phrase("Progress")), ("support", phrase("Support")))
"""Pages that are open at any time, with the words of their links."""
_ON_A_ROUTE = ("log", "progress")
"""Pages beside the steps to which points of a guide's route lead."""


class HeadPanel(Panel):
    """The alias of the page's own case; at a closed page the neutral sentence and what is open instead."""

    def __init__(self, case: Case, page: str, gate: gates.Gate) -> None:
        spec: dict[str, Any] = {"case": case.info.id, "alias": case.alias, "page": page, "closed": None}
        if not gate.open:
            spec |= {"closed": t(gate.says), "way": gate.way, "open": links(case)}
        self._reasons = list(gate.reasons)
        super().__init__(kind="head", spec=spec)

    def on_counselor(self) -> dict[str, Any]:
        """Why the page is closed; for Counselor view."""
        return {"reasons": self._reasons}


class NextPanel(Panel):
    """Links to the next open step, on a guide's route to the way itself, and to the everyday pages."""

    def __init__(self, case: Case, page: str) -> None:
        self._case, self._page = case, page
        super().__init__(kind="next", spec=self.on_again())

    def on_again(self) -> dict[str, Any]:
        """The links as the case stands now: a way that was chosen on the page leads on from it."""
        links = [{"page": f"{name}.ipynb", "title": t(title)} for name, title in EVERYDAY if name != self._page]
        return {"next": _onward(self._case, self._page), "links": links}


def links(case: Case) -> list[dict[str, str]]:
    """The pages that are open for this case now."""
    now = standing(case)
    steps = [step for step in steps_of(case, now.opened) if gates.theme_gate(step.id, now).open]
    pages = [(step.page, step.title) for step in steps] + [(name, t(title)) for name, title in EVERYDAY]
    return [{"page": f"{name}.ipynb", "title": title} for name, title in pages]


def _onward(case: Case, page: str) -> dict[str, str] | None:
    if (load.step(page) or page in _ON_A_ROUTE) and walk.chosen_route(case) != walk.INTEGRATED:
        return {"page": "route.ipynb", "title": t("My way")}
    step = _next_step(case, page)
    return {"page": f"{step.page}.ipynb", "title": step.title} if step else way_on(case, page)


def _next_step(case: Case, page: str) -> Step | None:
    steps = load.steps()
    here = next((number for number, step in enumerate(steps) if step.page == page), None)
    if here is None:
        return None
    now = standing(case)
    listed = steps_of(case, now.opened)
    ahead = (one for one in steps[here + 1 :] if one in listed and gates.theme_gate(one.id, now).in_reach)
    back = [one for one in steps if not one.aside][-1] if steps[here].aside else None  # the look back, from beside it
    return next(ahead, back)
