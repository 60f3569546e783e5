"""A mistake in the counselor's own files is told in Counselor view, with file and line, and never before a client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import workbook.page
from workbook.charts.frame import log_frame
from workbook.content import edition, load
from workbook.errors import ContentError
from workbook.forms.note import NotePanel
from workbook.forms.start import StartPanel
from workbook.lab.client import Connection
from workbook.page import Page
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.rules import gates

BROKEN = "forms:\n  - id: pause-plan\n    fields:\n      - {id: safe_home, hidden: true}\n"
CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Case]:
    """A case in a workspace whose own file has a mistake; the forms are those that are shipped."""
    (tmp_path / "content" / "forms").mkdir(parents=True)
    (tmp_path / "content" / "forms" / "mine.yaml").write_text(BROKEN, "utf-8")
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()
    edition.use(None)


@pytest.fixture
def page(real: Case, tmp_path: Path) -> Page:
    """The page 'Pause' of that case."""
    return Page(Connection(real.practice, real, "02-pause", tmp_path, server=False))


def test_counselor_view_tells_and_the_client_reads_nothing(real: Case, page: Page, monkeypatch: pytest.MonkeyPatch):
    """The start page and each step name file and line once Counselor view opens; before that nothing of it is there."""
    monkeypatch.setenv("WORKBOOK_STRICT", "0")
    shown: list[Any] = []
    monkeypatch.setattr(workbook.page, "_show", shown.append)
    page._read_content()
    page.form("pause-plan")
    assert shown[0].spec["form"]["title"] == load.shipped_forms()["pause-plan"].title
    start = StartPanel(real.practice, real)
    note = NotePanel(load.step("02-pause"), real, page="02-pause", gate=gates.Gate(True))  # type: ignore[arg-type]
    for panel in (*shown, start, note):
        assert "mine.yaml" not in json.dumps(panel.spec)
    assert "mine.yaml, line 4" in start.on_counselor()["content"]["problems"][0]
    assert "mine.yaml, line 4" in note.on_counselor()["problems"][0]


def test_a_form_that_is_not_there_says_no_file_to_a_client(page: Page, monkeypatch: pytest.MonkeyPatch):
    """A page of the counselor's own that names a form with a mistake in it: one calm sentence."""
    monkeypatch.setenv("WORKBOOK_STRICT", "0")
    said: list[str] = []
    monkeypatch.setattr(workbook.page, "say", said.append)
    page.form("my-form")
    assert len(said) == 1
    assert "yaml" not in said[0]
    assert "my-form" not in said[0]
    assert "safe" in said[0]


def test_under_test_a_mistake_is_raised(page: Page):
    """Strictly: nothing passes by being polite."""
    with pytest.raises(ContentError, match=r"mine\.yaml, line 4"):
        page._read_content()


def test_answers_of_a_hidden_question_are_kept_and_drawn(real: Case, tmp_path: Path):
    """Off the page, out of the log's new entries; in the log's frame, and on the page again once the line is gone."""
    file = tmp_path / "content" / "forms" / "mine.yaml"
    real.save("daily", {"enjoyment": 7, "mood": 5})
    file.write_text("forms: [{id: daily, fields: [{id: enjoyment, hidden: true}]}]", "utf-8")
    edition.use(tmp_path / "content")
    assert "enjoyment" not in [one.id for one in load.form("daily").fields]
    newest = real.latest("daily")
    assert newest
    real.save("daily", {"mood": 6}, response_id=newest.id)
    assert real.latest("daily").answers == {"enjoyment": 7, "mood": 6}  # type: ignore[union-attr]
    frame = log_frame(real)
    assert 7 in frame.loc[frame["item"] == "enjoyment", "value"].tolist()
    file.unlink()
    edition.use(tmp_path / "content")
    assert "enjoyment" in [one.id for one in load.form("daily").fields]


def test_a_folded_list_names_the_partner_as_the_case_does(page: Page, real: Case, monkeypatch: pytest.MonkeyPatch):
    """No title waits with a brace in it."""
    monkeypatch.setenv("WORKBOOK_STRICT", "0")
    real.save("about-case", {"partner_alias": "K"}, respondent="counselor")
    shown: list[Any] = []
    monkeypatch.setattr(workbook.page, "_show", shown.append)
    form = replace(load.shipped_forms()["journal"], purpose="For {partner}.")
    monkeypatch.setattr(load, "form", lambda _: form)
    page.more("journal")
    assert shown[0].spec["forms"][0]["purpose"] == "For K."
