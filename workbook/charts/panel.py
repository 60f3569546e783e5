"""ChartPanel: a chart on a page, drawn once the browser shows its place, so that the forms open first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workbook.charts.draw import chart, known
from workbook.charts.items import log_forms
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record.case import Case

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
        drawn = chart(
            self._chart_id,
            self._case,
            theme="dark" if theme == "dark" else "light",
            since=_since(self._case, period),
            narrow=bool(narrow),
        )
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
