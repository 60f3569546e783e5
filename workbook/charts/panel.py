"""What of charts stands on a page: a chart of the log, a picture of a form, further charts to choose from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workbook.charts import offers
from workbook.charts.draw import Chart, chart, known
from workbook.charts.frame import log_forms
from workbook.charts.style import ThemeName
from workbook.content import load
from workbook.content.charts import ChartSpec
from workbook.content.pictures import PictureSpec
from workbook.content.words import t
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record.case import Case
from workbook.record.standing import called_gate, standing
from workbook.rules import gates

PERIODS = {"all": "The whole log", "3-months": "Last 3 months", "4-weeks": "Last 4 weeks"}
"""The choices of a period; the latter two are counted back from the last day of the log."""
_DAYS = {"3-months": 91, "4-weeks": 28}
_SENT = ("svg", "alt", "columns", "rows", "marks", "cannot", "few")
NOTHING = "There is nothing more to choose yet. A picture can be chosen once its questions were answered in the log."
"""Said instead of an empty list."""
REMEMBERED = "What you choose is remembered, and printed with this page. No picture has to be looked at."


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
        since = _since(self._case, period)
        return _sent(chart(self._chart_id, self._case, theme=_theme(theme), since=since, narrow=bool(narrow)))


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
        return page_open and called_gate(load.form(self._spec.form), now).open


class ChartsPanel(Panel):
    """A short list of charts under their themes. It holds nothing of the log; the browser asks for the list."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._drawn: dict[str, ChartPanel] = {}
        super().__init__(kind="charts", spec={"case": case.info.id, "nothing": t(NOTHING), "about": t(REMEMBERED)})

    def on_list(self, case: str) -> dict[str, Any]:
        """The charts that have something to show, by theme, and which are chosen."""
        self._case.expect(case)
        wanted, names = set(offers.chosen(self._case)), Names(self._case)
        groups: dict[str, list[dict[str, Any]]] = {}
        for one in offers.offered(self._case):
            line = {"id": one.id, "title": names.fill(one.title), "on": one.id in wanted}
            groups.setdefault(_heading(one), []).append(line)
        return {"groups": [{"title": title, "charts": charts} for title, charts in groups.items()]}

    def on_choose(self, case: str, chart: str, on: bool) -> dict[str, Any]:
        """Draw a chart below, or take it away."""
        self._case.expect(case)
        offers.choose(self._case, chart, on is True)
        return {}

    def on_open(self, case: str, chart: str) -> dict[str, Any]:
        """The widget model of a chosen chart's panel."""
        self._case.expect(case)
        if chart not in offers.chosen(self._case):
            raise InvalidAnswer("Pictures", "a picture from the list was expected; reload the page.")
        if chart not in self._drawn:
            self._drawn[chart] = ChartPanel(chart, self._case)
        return {"model": self._drawn[chart].model_id}


def _heading(spec: ChartSpec) -> str:
    """The theme as its page is called; as the catalogue calls it while it has no page."""
    step = load.step(spec.theme)
    titles = {theme.id: theme.title for theme in load.points().themes}
    return step.title if step else titles.get(spec.theme, spec.theme)


def _theme(said: str) -> ThemeName:
    return "dark" if said == "dark" else "light"


def _sent(drawn: Chart) -> dict[str, Any]:
    return {name: getattr(drawn, name) for name in _SENT}


def _since(case: Case, period: str) -> date | None:
    if period not in _DAYS:
        return None
    logs = [case.entries(form.id, include_private=False) for form in log_forms()]
    days = [entries[-1].day for entries in logs if entries]
    return date.fromisoformat(max(days)) - timedelta(days=_DAYS[period] - 1) if days else None
