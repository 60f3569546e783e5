"""The review: what the log says since the last look back; after the decision the ways on, all of them equal."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.content import load
from workbook.content.words import phrase, t
from workbook.errors import InvalidAnswer
from workbook.forms.lookback import Overview, overview, reading
from workbook.forms.panel import Panel
from workbook.record import criteria
from workbook.record.case import Case
from workbook.record.steps import decision

LAST, WHOLE = "last", "whole"
DECISION, CHOICE = "decision", "choice"
_LEADS = {
    "go-on": ("route.ipynb", phrase("The next step waits on your way, at your own pace.")),
    "pause": ("pause-and-calm", phrase("Rest from it for a set time, and look again after that.")),
    "good-separation": ("good-separation", phrase("Go separate ways with care, and with people who know.")),
    "letting-go": ("letting-go", phrase("Take leave in your own time, and look to your own life.")),
    "not-yet": ("", phrase("Leave it open, and choose the next day for looking back.")),
}
"""For each choice of ‘Where I go from here’ the page or theme where it goes on, and a sentence; all are equal."""


class ReviewPanel(Panel):
    """Asks for the criteria first; then shows what is there. What it shows is read when the page asks for it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        spec = {
            "case": case.info.id,
            "say": {
                "reading": reading(),
                "loading": t("One moment …"),
            },
        }
        super().__init__(kind="review", spec=spec)

    def on_look(self, case: str, period: str = LAST, anyway: bool = False) -> dict[str, Any]:
        """The overview of a period; until criteria are written the request to write them, unless wanted anyway."""
        self._case.expect(case)
        if period not in (LAST, WHOLE):
            raise InvalidAnswer("Time", "a time from the page was expected; open the page again.")
        if not criteria.written(self._case) and anyway is not True:
            return {"asks": _asks(), "overview": None, "periods": []}
        today = date.today()
        found = overview(self._case, today, whole=period == WHOLE)
        return {"asks": None, "overview": _as_json(found), "periods": self._periods(today), "period": period}

    def _periods(self, today: date) -> list[list[str]]:
        """Nothing to choose from while there was no look back."""
        if criteria.looked_before(self._case, today) is None:
            return []
        return [[LAST, t("Since the last look back")], [WHOLE, t("From the beginning")]]


class WaysPanel(Panel):
    """Where each choice of the decision leads, for reading after it; on paper there is nothing to follow."""

    def __init__(self) -> None:
        spec = {
            "say": {
                "ways": t("Ways from here"),
                "equal": t("No way is the better one here, and each may be changed on any day."),
                "careful": t("If you are or were afraid of anyone, tell your counselor before you tell anyone else."),
            },
            "ways": [_way(value, label) for value, label in load.form(DECISION).field(CHOICE).options],
        }
        super().__init__(kind="ways", spec=spec)


def way_on(case: Case, page: str) -> dict[str, str] | None:
    """Where the newest decision leads from the page that ends with it; nowhere for ‘not yet’ or without a choice."""
    step, made = load.step(page), decision(case)
    if made is None or step is None or DECISION not in step.core:
        return None
    way = _way(made.answers["choice"], "")
    return {"page": way["page"], "title": way["title"]} if way["page"] else None


def criteria_first() -> str:
    """What is said while nothing is written of what will be looked at."""
    return t(
        "‘{title}’ comes first: a few lines, so that the look back is your own and no single day decides.",
        title=load.form(criteria.CRITERIA).title,
    )


def _asks() -> dict[str, str]:
    return {
        "text": criteria_first(),
        "form": criteria.CRITERIA,
        "write": t("Write them first"),
        "anyway": t("Show anyway"),
    }


def _way(value: str, label: str) -> dict[str, str]:
    """A choice with where it leads: to a page, or to a form on this one."""
    target, sentence = _LEADS.get(value, ("", ""))
    step = load.step(target) if target else None
    page = f"{step.page}.ipynb" if step else target
    title = step.title if step else t("My way") if page else load.form(criteria.CRITERIA).title
    return {
        "label": label,
        "says": t(sentence),
        "page": page,
        "form": "" if page else criteria.CRITERIA,
        "title": title,
    }


def _as_json(found: Overview) -> dict[str, Any]:
    return {
        "period": found.period,
        "sections": [
            {"title": one.title, "note": one.note, "lines": [[line.label, line.says, line.own] for line in one.lines]}
            for one in found.sections
        ],
    }
