"""A chart of the log, or a picture of a form, on a page; drawn once its place is shown, so that forms open first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workbook.charts.draw import Chart, chart, known
from workbook.charts.items import log_forms
from workbook.charts.style import ThemeName
from workbook.content import load
from workbook.content.pictures import PictureSpec
from workbook.content.words import t
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record.case import Case
from workbook.record.standing import form_gate, standing
from workbook.rules import gates

PERIODS = {"all": "The whole log", "3-months": "Last 3 months", "4-weeks": "Last 4 weeks"}
"""The choices of a period; the latter two are counted back from the last day of the log."""
_DAYS = {"3-months": 91, "4-weeks": 28}


class ChartPanel(Panel):
    """One chart with its words; `chart_id` is one of data/charts.yaml, anything else a WorkbookError."""

    def __init__(self, chart_id: str, case: Case) -> None:
        title = Names(case).fill(known(chart_id).title)
        self._chart_id, self._case = chart_id, case
        periods = [{"id": key, "label": label} for key, label in PERIODS.items()]
        super().__init__(kind="chart", spec={"title": title, "case": case.info.id, "periods": periods})

    def on_draw(self, case: str, theme: str = "light", period: str = "all", narrow: bool = False) -> dict[str, Any]:
        """The chart as it is now."""
        self._case.expect(case)
        return _sent(
            chart(
                self._chart_id,
                self._case,
                theme=_theme(theme),
                since=_since(self._case, period),
                narrow=bool(narrow),
            )
        )


class PicturePanel(Panel):
    """The picture of a form's answers on one page; while there is nothing to draw, or a gate closes it, nothing."""

    def __init__(self, spec: PictureSpec, case: Case, page: str) -> None:
        self._spec, self._case, self._page = spec, case, page
        title = Names(case).fill(t(spec.title))
        super().__init__(kind="chart", spec={"title": title, "case": case.info.id, "periods": []})

    def on_draw(self, case: str, theme: str = "light", period: str = "all", narrow: bool = False) -> dict[str, Any]:
        """The picture as it is now."""
        self._case.expect(case)
        if not self._open():
            return _sent(Chart(self._spec.id, "", "", "", (), (), ""))
        return _sent(chart(self._spec.id, self._case, theme=_theme(theme), narrow=bool(narrow)))

    def _open(self) -> bool:
        """Are the page and the form open at this moment? On the page a picture waits for calm as its form does."""
        now, step = standing(self._case), load.step(self._page)
        page_open = step is None or gates.theme_gate(step.id, now).open
        return page_open and form_gate(load.form(self._spec.form), now).open


def _theme(said: str) -> ThemeName:
    return "dark" if said == "dark" else "light"


def _sent(drawn: Chart) -> dict[str, Any]:
    return {
        "svg": drawn.svg,
        "alt": drawn.alt,
        "columns": drawn.columns,
        "rows": drawn.rows,
        "marks": drawn.marks,
        "cannot": drawn.cannot,
        "few": drawn.few,
    }


def _since(case: Case, period: str) -> date | None:
    if period not in _DAYS:
        return None
    logs = [case.entries(form.id, include_private=False) for form in log_forms()]
    days = [entries[-1].day for entries in logs if entries]
    return date.fromisoformat(max(days)) - timedelta(days=_DAYS[period] - 1) if days else None
