"""A case, and a stand-in for the channel to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbook.content import load
from workbook.forms.panel import Panel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

from .samples import FORMS, STEPS, Tell

CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case of an empty practice, with the forms of samples.py in the place of those in data/."""
    monkeypatch.setattr(load, "form", FORMS.__getitem__)
    monkeypatch.setattr(load, "forms", lambda: FORMS)
    monkeypatch.setattr(load, "steps", lambda: STEPS)
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()


@pytest.fixture
def tell(case: Case, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Send a message as the browser does; the answer, with pushes under 'pushed'."""

    def send(panel: Panel, do: str, **args: Any) -> dict[str, Any]:
        said: list[dict[str, Any]] = []
        monkeypatch.setattr(panel, "send", lambda message, buffers=None: said.append(message))
        panel._receive(panel, {"n": 7, "do": do, "case": case.info.id, **args}, [])
        answers = [one for one in said if "re" in one]
        assert len(answers) == 1
        assert answers[0]["re"] == 7
        return {**answers[0], "pushed": [one for one in said if "push" in one]}

    return send
