"""ChartPanel: asked by the browser, answered from the log."""

from __future__ import annotations

from typing import Any

import pytest

from workbook.charts.panel import ChartPanel
from workbook.errors import WorkbookError
from workbook.record.case import Case

from .conftest import Write


def ask(panel: ChartPanel, monkeypatch: pytest.MonkeyPatch, **args: Any) -> dict[str, Any]:
    """Send 'draw' as the browser does."""
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(panel, "send", lambda message, buffers=None: said.append(message))
    panel._receive(panel, {"n": 1, "do": "draw", **args}, [])
    assert len(said) == 1
    return said[0]


def test_nothing_of_the_log_is_in_the_page(case: Case, month: None) -> None:
    """The spec that lies in the page holds no answer; the chart comes only when it is asked for."""
    panel = ChartPanel("mood-calm", case)
    assert set(panel.spec) == {"title", "case", "periods"}
    assert "mood" not in repr(panel)


def test_draws_for_its_own_case_alone(case: Case, month: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of another case is refused in words."""
    panel = ChartPanel("mood-calm", case)
    drawn = ask(panel, monkeypatch, case=case.info.id, theme="dark", period="all", narrow=True)
    assert drawn["ok"]
    assert drawn["svg"].startswith("<svg")
    assert "another case" in ask(panel, monkeypatch, case="someone else")["error"]


def test_periods_are_counted_from_the_last_entry(case: Case, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """An imported log of years ago has its last four weeks, too; a private entry does not move them."""
    for month_ in range(1, 7):
        write(f"2020-{month_:02}-15 20:00", mood=5)
    write("2020-09-01 20:00", mood=5, private=True)
    panel = ChartPanel("mood-calm", case)
    said = {
        period: ask(panel, monkeypatch, case=case.info.id, period=period)["alt"]
        for period in ("all", "3-months", "4-weeks")
    }
    assert "15 January 2020 to 15 June 2020" in said["all"]
    assert "17 March 2020 to 15 June 2020" in said["3-months"]
    assert "19 May 2020 to 15 June 2020" in said["4-weeks"]


def test_an_unknown_chart_is_refused(case: Case) -> None:
    """A page with a mistyped id says which there are."""
    with pytest.raises(WorkbookError, match="Charts are mood-calm"):
        ChartPanel("mod", case)
