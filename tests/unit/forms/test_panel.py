"""The way of a message, and what a widget must never show."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from workbook.errors import WorkbookError
from workbook.forms.panel import SORRY, Panel


class Echo(Panel):
    """A panel that says what it is told."""

    def __init__(self) -> None:
        super().__init__(kind="echo", spec={"secret": "a client's words"})

    def on_echo(self, word: str) -> dict[str, Any]:
        """The word again."""
        return {"word": word}

    def on_fail(self) -> dict[str, Any]:
        """Fails in a way that nobody foresaw."""
        raise ValueError("a client's words")

    def on_refuse(self) -> dict[str, Any]:
        """Refuses politely."""
        raise WorkbookError("Not now, please.")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the panel sends."""
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(Echo, "send", lambda _self, message, _buffers=None: heard.append(message))
    return heard


def test_message_is_answered_under_its_number(said: list[dict[str, Any]]) -> None:
    """A message with number 7 gets the one answer that carries 7."""
    Echo()._receive(None, {"n": 7, "do": "echo", "word": "hi"}, [])
    assert said == [{"re": 7, "ok": True, "word": "hi"}]


def test_refusal_is_its_own_sentence(said: list[dict[str, Any]]) -> None:
    """What the workbook refuses on purpose arrives as its sentence."""
    Echo()._receive(None, {"n": 1, "do": "refuse"}, [])
    assert said == [{"re": 1, "error": "Not now, please."}]


def test_unforeseen_failure_is_polite(said: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug reaches the client as a general sentence, without a word of what was typed."""
    monkeypatch.delenv("WORKBOOK_STRICT")
    Echo()._receive(None, {"n": 1, "do": "fail"}, [])
    assert said == [{"re": 1, "error": SORRY}]


def test_unforeseen_failure_is_raised_under_test(said: list[dict[str, Any]]) -> None:
    """Under WORKBOOK_STRICT=1 nothing passes by being polite."""
    with pytest.raises(ValueError, match="client"):
        Echo()._receive(None, {"n": 1, "do": "fail"}, [])
    assert said == [{"re": 1, "error": SORRY}]


@pytest.mark.parametrize("do", ["msg", "trait_change", "displayed", "nothing", "__init__", "echo()", ""])
def test_only_own_handlers_are_reachable(said: list[dict[str, Any]], do: str) -> None:
    """The browser can call a panel's own handlers and nothing else of a widget."""
    Echo()._receive(None, {"n": 1, "do": do}, [])
    assert "reload the page" in said[0]["error"]


@pytest.mark.parametrize("message", [None, "text", 3, [], {"n": 1}, {"n": 1, "do": 5}])
def test_nonsense_is_ignored(said: list[dict[str, Any]], message: object) -> None:
    """What is no message at all gets no answer and breaks nothing."""
    Echo()._receive(None, message, [])
    assert said == []


def test_notebook_keeps_no_answer() -> None:
    """What a cell leaves in the notebook is the same text for every panel, and a reference to a widget."""
    panel = Echo()
    bundle, _ = panel._repr_mimebundle_()  # type: ignore[misc]
    assert repr(panel) == repr(Panel("form", {}))
    assert "client's words" not in str(bundle)
    assert "client's words" not in repr(panel)


def test_panel_is_cheap_to_import() -> None:
    """A page opens before pandas, pyplot, typst or nbconvert are loaded."""
    code = (
        "import sys, workbook.forms.form, workbook.forms.log, workbook.forms.week; "
        "print([m for m in ('pandas', 'matplotlib', 'typst', 'nbconvert', 'fontTools') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
