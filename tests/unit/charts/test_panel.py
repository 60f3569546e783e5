"""The panels of charts: asked by the browser, answered from the log."""

from __future__ import annotations

from typing import Any

import pytest

from workbook.charts.panel import NOTHING, ChartPanel, ChartsPanel
from workbook.errors import WorkbookError
from workbook.forms.panel import Panel
from workbook.record.case import Case

from .conftest import Write


def ask(panel: Panel, monkeypatch: pytest.MonkeyPatch, do: str, **args: Any) -> dict[str, Any]:
    """One message, as the browser sends it."""
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(panel, "send", lambda message, buffers=None: said.append(message))
    panel._receive(panel, {"n": 1, "do": do, **args}, [])
    [answer] = said
    return answer


def test_nothing_of_the_log_is_in_the_page(case: Case, month: None) -> None:
    """The spec that lies in the page holds no answer; the chart comes only when it is asked for."""
    panel = ChartPanel("mood-calm", case)
    assert set(panel.spec) == {"title", "case", "periods"}
    assert "mood" not in repr(panel)


def test_draws_for_its_own_case_alone(case: Case, month: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of another case is refused in words."""
    panel = ChartPanel("mood-calm", case)
    drawn = ask(panel, monkeypatch, "draw", case=case.info.id, theme="dark", period="all", narrow=True)
    assert drawn["ok"]
    assert drawn["svg"].startswith("<svg")
    assert "another case" in ask(panel, monkeypatch, "draw", case="someone else")["error"]


def test_periods_are_counted_from_the_last_entry(case: Case, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """An imported log of years ago has its last four weeks, too; a private entry does not move them."""
    for month_ in range(1, 7):
        write(f"2020-{month_:02}-15 20:00", mood=5)
    write("2020-09-01 20:00", mood=5, private=True)
    panel = ChartPanel("mood-calm", case)
    said = {
        period: ask(panel, monkeypatch, "draw", case=case.info.id, period=period)["alt"]
        for period in ("all", "3-months", "4-weeks")
    }
    assert "15 January 2020 to 15 June 2020" in said["all"]
    assert "17 March 2020 to 15 June 2020" in said["3-months"]
    assert "19 May 2020 to 15 June 2020" in said["4-weeks"]


def test_an_unknown_chart_is_refused(case: Case) -> None:
    """A page with a mistyped id says which there are."""
    with pytest.raises(WorkbookError, match="Charts are mood-calm"):
        ChartPanel("mod", case)


@pytest.fixture
def panel(case: Case) -> ChartsPanel:
    """The panel of an empty log."""
    return ChartsPanel(case)


def test_the_list_holds_nothing_of_the_log(case: Case, write: Write) -> None:
    """Not even which charts there are: the list comes when it is asked for."""
    write("2026-03-02 20:00", mood=5)
    panel = ChartsPanel(case)
    assert set(panel.spec) == {"case", "nothing", "about"}
    assert panel.spec["nothing"] == NOTHING


def test_charts_stand_under_their_themes(
    case: Case, write: Write, panel: ChartsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles have the names of the case; groups are in the order of the steps."""
    case.save("about-case", {"partner_alias": "K."}, respondent="counselor")
    write("2026-03-02 20:00", mood=5, space_kept="kept", calm_before=2, calm_after=3)
    groups = ask(panel, monkeypatch, "list", case=case.info.id)["groups"]
    assert [group["title"] for group in groups] == ["Beginning", "Pause"]
    assert {"id": "space-respected", "title": "Keeping K.’s space", "on": False} in groups[0]["charts"]


def test_a_chosen_chart_is_drawn_and_remembered(
    case: Case, write: Write, panel: ChartsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens once it is chosen, also on the next day's page; another case is refused."""
    write("2026-03-02 20:00", mood=5)
    mine = case.info.id
    assert "error" in ask(panel, monkeypatch, "open", case=mine, chart="mood")
    assert ask(panel, monkeypatch, "choose", case=mine, chart="mood", on=True)["ok"]
    assert ask(ChartsPanel(case), monkeypatch, "open", case=mine, chart="mood")["model"]
    assert ask(panel, monkeypatch, "list", case=mine)["groups"][0]["charts"][0]["on"] is True
    assert "another case" in ask(panel, monkeypatch, "list", case="someone else")["error"]
    assert "error" in ask(panel, monkeypatch, "choose", case=mine, chart="pie", on=True)
