"""ChartsPanel: the list, the choice, the drawn charts."""

from __future__ import annotations

from typing import Any

import pytest

from workbook.charts.chooser import NOTHING, ChartsPanel
from workbook.forms.panel import Panel
from workbook.record.case import Case

from .conftest import Write


@pytest.fixture
def panel(case: Case) -> ChartsPanel:
    """The panel of an empty log."""
    return ChartsPanel(case)


def ask(panel: Panel, monkeypatch: pytest.MonkeyPatch, do: str, **args: Any) -> dict[str, Any]:
    """One message, as the browser sends it."""
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(panel, "send", lambda message, buffers=None: said.append(message))
    panel._receive(panel, {"n": 1, "do": do, **args}, [])
    return said[0]


def test_the_page_holds_nothing_of_the_log(case: Case, write: Write) -> None:
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
