"""Which items of a log are asked: by page, by wish, by the counselor; never under a closed gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.errors import InvalidAnswer
from workbook.forms import items
from workbook.forms.log import LogPanel
from workbook.forms.panel import Panel
from workbook.record.case import Case
from workbook.record.practice import Practice

from .conftest import CHEAP

LOG = Form(
    "daily",
    "Today",
    "log",
    fields=(
        Field("mood", "scale", "Mood", quick=True),
        Field("meals", "number", "Meals", core=False, log="body", introduced_by="care-for-yourself"),
        Field("heard", "scale", "Heard", core=False, log="listening", introduced_by="listen-to-understand"),
        Field("tone", "scale", "Tone", core=False, log="tone", introduced_by="care-for-yourself", opt_in=True),
        Field("tone_why", "text", "Why", core=False, log="tone", introduced_by="care-for-yourself", opt_in=True),
        Field("other", "scale", "Other", core=False, log="comparison", introduced_by="rebuild-trust", gated=True),
        Field("fun", "scale", "Fun", core=False, log="fun", introduced_by="care-for-yourself", gated=True,
              reaches_partner=True),
    ),
)  # fmt: skip


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case with the real forms, but for the daily log."""
    real = load.forms()
    monkeypatch.setattr(load, "forms", lambda: {**real, "daily": LOG})
    monkeypatch.setattr(load, "form", lambda form_id: load.forms()[form_id])
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()


@pytest.fixture
def tell(case: Case, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Send a message as the browser does."""

    def send(panel: Panel, do: str, **args: Any) -> dict[str, Any]:
        said: list[dict[str, Any]] = []
        monkeypatch.setattr(panel, "send", lambda message, buffers=None: said.append(message))
        panel._receive(panel, {"n": 7, "do": do, "case": case.info.id, **args}, [])
        return said[-1]

    return send


def finish_start(case: Case, contact: str = "welcome") -> None:
    """Contact status, consent and a clear screen are written down."""
    case.save("contact-status", {"status": contact}, respondent="counselor")
    case.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    asked = {one.id: "no" for one in load.form("screen").fields if "not-now" in dict(one.options)}
    case.save("screen", asked, respondent="counselor")


def visit(case: Case, *themes: str) -> None:
    """The pages of these themes were opened."""
    for theme in themes:
        step = load.step(theme)
        assert step
        case.save("event", {"label": step.title, "kind": "step"}, respondent="counselor")


def asked(panel: LogPanel) -> set[str]:
    """Ids of what the panel asks."""
    folded = {one["id"] for part in panel.spec["more"] for one in part["fields"]}
    return folded | {one["id"] for one in panel.spec["quick"]}


def test_an_item_waits_for_its_page(case: Case) -> None:
    """The quick set is there from the start; the others come with the page that introduces them."""
    assert asked(LogPanel(LOG, case)) == {"mood"}
    visit(case, "care-for-yourself")
    assert asked(LogPanel(LOG, case)) == {"mood", "meals"}


def test_an_item_under_a_closed_gate_never_shows(case: Case, tell: Any) -> None:
    """Though its page was opened before: a new ‘yes’ in the screen takes it away, and nothing of it is stored."""
    finish_start(case)
    visit(case, "listen-to-understand")
    assert "heard" in asked(LogPanel(LOG, case))
    question = next(one.id for one in load.form("screen").fields if "not-now" in dict(one.options))
    case.save("screen", {question: "yes"}, respondent="counselor")
    panel = LogPanel(LOG, case)
    assert "heard" not in asked(panel)
    entry = "11111111-1111-4111-8111-111111111111"
    assert "heard" in tell(panel, "save", response=entry, patch={"heard": 4})["invalid"]
    assert case.entries("daily") == []


def test_optional_items_of_one_log_are_switched_together(case: Case, tell: Any) -> None:
    """One line in the list, under the first one's words; a wish in one log leaves those of others alone."""
    visit(case, "care-for-yourself")
    case.save("log-items", {"wanted": "elsewhere"})
    panel = LogPanel(LOG, case)
    assert [(one["id"], one["more"], one["on"]) for one in panel.spec["optional"]] == [("tone", ["Why"], False)]
    assert "error" not in tell(panel, "switch", item="tone", on=True)
    assert {"tone", "tone_why"} <= asked(LogPanel(LOG, case))
    assert case.read("log-items").answers["wanted"].split() == ["elsewhere", "tone", "tone_why"]


def test_the_counselor_may_switch_what_no_page_brought_yet(case: Case, tell: Any) -> None:
    """The client's list is short; Counselor view has them all."""
    panel = LogPanel(LOG, case)
    assert panel.spec["optional"] == []
    assert [one["id"] for one in tell(panel, "counselor")["optional"]] == ["tone"]
    tell(panel, "switch", item="tone", on=True)
    assert "tone" in asked(LogPanel(LOG, case))


def test_a_gated_log_opens_by_a_dated_note_of_the_counselor_alone(case: Case, tell: Any) -> None:
    """No wish opens it, no note no opening; what was opened is asked, and can be closed again."""
    finish_start(case)
    panel = LogPanel(LOG, case)
    assert "other" not in asked(panel)
    assert "error" in tell(panel, "switch", item="other", on=True)
    assert "Why now" in tell(panel, "open_log", log="comparison", on=True, note=" ")["error"]
    opened = tell(panel, "open_log", log="comparison", on=True, note="Asked for by the client.")
    assert "other" in {one["id"] for part in opened["more"] for one in part["fields"]}
    [entry] = case.entries("opening")
    assert (entry.respondent, entry.answers["note"]) == ("counselor", "Asked for by the client.")
    entry_id = "22222222-2222-4222-8222-222222222222"
    assert "invalid" not in tell(panel, "save", response=entry_id, patch={"other": 3})
    tell(panel, "open_log", log="comparison", on=False, note="It fed the worry.")
    assert "other" not in asked(LogPanel(LOG, case))


def test_an_opened_log_stays_unseen_without_contact(case: Case, tell: Any) -> None:
    """Opening it does not reach past the contact status; the counselor reads why."""
    finish_start(case)
    panel = LogPanel(LOG, case)
    tell(panel, "open_log", log="fun", on=True, note="Both want it.")
    assert "fun" in asked(LogPanel(LOG, case))
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    panel = LogPanel(LOG, case)
    assert "fun" not in asked(panel)
    [shown] = [one for one in tell(panel, "counselor")["gated"] if one["log"] == "fun"]
    assert shown["open"]
    assert any("no contact" in reason for reason in shown["closed"])


def test_only_what_is_on_the_list_is_switched(case: Case) -> None:
    """A word that no list offers is refused in words."""
    for item in ("mood", "other", "nothing"):
        with pytest.raises(InvalidAnswer, match="from the list"):
            items.switch(LOG, case, item, True)
    with pytest.raises(InvalidAnswer, match="from the list"):
        items.open_log(LOG, case, "tone", True, "why")
