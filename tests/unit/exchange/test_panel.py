"""ImportPanel: the talk with the browser."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from workbook.exchange.mapping import Mapping
from workbook.exchange.panel import ImportPanel
from workbook.record.case import Case
from workbook.record.practice import Practice

from .conftest import HEADER, ROWS

DATA = base64.b64encode("\n".join((HEADER, *ROWS)).encode()).decode()


class Talk:
    """Sends messages as the browser does."""

    def __init__(self, panel: ImportPanel, case_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[dict[str, Any]] = []
        self.panel, self.case_id = panel, case_id
        monkeypatch.setattr(panel, "send", lambda message, buffers=None: self.said.append(message))

    def __call__(self, do: str, **args: Any) -> dict[str, Any]:
        self.panel._receive(self.panel, {"n": 1, "do": do, "case": self.case_id, **args}, [])
        return self.said[-1]


@pytest.fixture
def talk(practice: Practice, case: Case, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A panel of the case, and the way to talk to it."""
    return Talk(ImportPanel(case), case.info.id, monkeypatch)


def test_the_whole_way(talk: Talk, case: Case, mapping: Mapping) -> None:
    """File, preview, import with progress, import again, undo."""
    found = talk("read", data=DATA, name="tracker.csv")
    assert (found["rows"], found["mapping"]) == (13, None)
    assert talk("preview", mapping=mapping.to_json())["counts"]["rejected"] == 7
    assert case.entries("daily") == []
    done = talk("import", mapping=mapping.to_json())
    assert (done["added"], done["known"]) == (10, 0)
    assert [one["stage"] for one in talk.said if one.get("push") == "progress"] == ["reading", "storing"]
    assert talk("read", data=DATA)["mapping"] == mapping.to_json() | {
        "answered": tuple(one for one in mapping.to_json()["answered"])
    }
    assert talk("import", mapping=mapping.to_json())["added"] == 0
    history = talk("history")["history"]
    assert [(one["file"], one["added"]) for one in history] == [("tracker.csv", 10)]
    assert talk("undo", id=history[0]["id"])["removed"] == 10
    assert case.entries("daily") == []


def test_the_heading_can_be_said(talk: Talk) -> None:
    """Where the first row was taken for names wrongly, or not."""
    talk("read", data=DATA)
    assert talk("heading", named=False)["columns"][0]["name"] == "Column 1"
    assert talk("heading", named=True)["columns"][0]["name"] == "day"


@pytest.mark.parametrize(
    ("do", "args", "said"),
    [
        ("preview", {"mapping": {}}, "not complete"),
        ("read", {"data": "%%%"}, "did not arrive whole"),
        ("read", {"data": ""}, "empty"),
        ("undo", {"id": "nothing"}, "not there any more"),
    ],
)
def test_mistakes_are_said_in_words(talk: Talk, do: str, args: dict[str, Any], said: str) -> None:
    """One kind sentence each."""
    assert said in talk(do, **args)["error"]


def test_a_file_comes_first(talk: Talk, mapping: Mapping) -> None:
    """A preview without a file asks for it."""
    assert "choose a file first" in talk("preview", mapping=mapping.to_json())["error"]


def test_another_case_is_refused(talk: Talk) -> None:
    """A message of another case's page brings nothing in."""
    talk.case_id = "someone else"
    assert "another case" in talk("read", data=DATA)["error"]


def test_nothing_of_a_file_is_in_the_page(talk: Talk) -> None:
    """What lies in the page before anything is chosen."""
    assert set(talk.panel.spec) == {"case", "max_bytes"}
