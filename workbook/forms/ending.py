"""When the work ends: closed cases, what is due, what was erased. For the counselor, on the start page.

The panel shows and keeps settings; closing, exporting and erasing are done by the server, which first stores and
closes the pages of the case (`lab/ending.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.content import load
from workbook.content.words import t
from workbook.errors import InvalidAnswer, NoCase
from workbook.forms.panel import Panel
from workbook.record import ending, erasing
from workbook.record.case import Case
from workbook.record.practice import Practice

NAME = "practice_name"
"""Name of the practice's setting with its own name, for certificates."""
_LONGEST_NAME = 80
_CLOSED_FOR_NOW = (
    "You can read all you wrote here, and print it. Nothing new is kept while the work is closed. If you want to go on "
    "or add something, tell your counselor: it can be opened again."
)


class EndingPanel(Panel):
    """Nothing of it lies in the page before Counselor view opens."""

    def __init__(self, practice: Practice, case: Case | None) -> None:
        self._practice, self._case = practice, case
        super().__init__(kind="ending", spec={})

    def on_counselor(self) -> dict[str, Any]:
        """The open case with its closings, closed cases, erased numbers, settings and the words of reasons."""
        reasons = dict(load.form(ending.FORM).field("reason").options)
        today = date.today()
        usual = ending.usual_date(self._practice, today)
        return {
            "case": self._current(reasons) if self._case else None,
            "closed": [self._listed(info.id, reasons) for info in self._practice.cases() if info.closed_at],
            "due": [case.info.number for case in ending.due(self._practice, today)],
            "erased": [
                {"number": one.number, "opened": _day(one.opened_at), "erased": _day(one.erased_at)}
                for one in ending.erased(self._practice)
                if not one.pending
            ],
            "pending": [one.number for one in erasing.pending(self._practice)],
            "years": ending.years(self._practice),
            "usual": usual.isoformat() if usual else "",
            "practice_name": self._practice.setting(NAME, ""),
            "closing": [[value, reasons[value]] for value in ending.CLOSING],
            "reopening": [[value, reasons[value]] for value in ending.REOPENING],
            "today": today.isoformat(),
        }

    def on_keep(self, case: str, day: str) -> dict[str, Any]:
        """Another retention date of the closed case, or none."""
        if self._case is None:
            raise NoCase("Open the closed case first, then set its date.")
        self._case.expect(case)
        ending.keep_until(self._case, read_day(day))
        return self.on_counselor()

    def on_setting(self, name: str, value: Any) -> dict[str, Any]:
        """The years for which records are kept, or the practice's name on certificates."""
        if name == "years":
            ending.set_years(self._practice, value)
        elif name == NAME and len(str(value)) <= _LONGEST_NAME:
            self._practice.set_setting(NAME, " ".join(str(value).split()))
        else:
            raise InvalidAnswer("Setting", f"a name of up to {_LONGEST_NAME} characters was expected.")
        return self.on_counselor()

    def _current(self, reasons: dict[str, str]) -> dict[str, Any]:
        case = self._case
        assert case is not None  # noqa: S101 - asked by on_counselor alone
        past = [
            {
                "what": one.what,
                "day": one.day,
                "reason": reasons.get(one.reason, ""),
                "note": one.note,
                "keep_until": one.keep_until.isoformat() if one.keep_until else "",
            }
            for one in ending.history(case)
        ]
        return {**self._listed(case.info.id, reasons), "history": past}

    def _listed(self, case_id: str, reasons: dict[str, str]) -> dict[str, Any]:
        case = self._practice.case(case_id)
        closings = [one for one in ending.history(case) if one.what == "closed"]
        kept = ending.kept_until(case)
        closed = case.info.closed_at is not None
        return {
            "id": case_id,
            "number": case.info.number,
            "alias": case.info.alias,
            "closed": _day(case.info.closed_at) if closed else "",
            "reason": reasons.get(closings[-1].reason, "") if closed and closings else "",
            "keep_until": kept.isoformat() if kept else "",
            "current": bool(self._case and self._case.info.id == case_id),
        }


def closed_notice() -> Panel:
    """What the client reads on every page of a closed case."""
    return Panel("notice", {"title": t("This work is closed for now"), "text": t(_CLOSED_FOR_NOW)})


def read_day(text: Any) -> date | None:
    """A date as the browser sends it; None for an empty one. Raises InvalidAnswer for anything else."""
    if text in ("", None):
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise InvalidAnswer("Date", "a date like 2036-01-31, or none, was expected.") from None


def _day(at: Any) -> str:
    return at.astimezone().date().isoformat() if at else ""
