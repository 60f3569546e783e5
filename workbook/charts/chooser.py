"""ChartsPanel: further charts to choose from on the progress page; the chosen ones are drawn below and remembered."""

from __future__ import annotations

from typing import Any

from workbook.charts import offers
from workbook.charts.panel import ChartPanel
from workbook.content import load
from workbook.content.charts import ChartSpec
from workbook.content.words import t
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record.case import Case

NOTHING = "There is nothing more to choose yet. A picture can be chosen once its questions were answered in the log."
"""Said instead of an empty list."""
REMEMBERED = "What you choose is remembered, and printed with this page. No picture has to be looked at."


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
