"""A page as its cells call it: what its head leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from workbook import page as pages
from workbook.errors import PracticeProblem
from workbook.lab.client import Connection
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.steps import mark_of
from workbook.rules import gates

NAME = "02-pause"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case without any answer."""
    made, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=64, passes=1))
    yield made.add_case("Sample")
    made.close()


def test_the_first_opening_of_a_step_leaves_one_mark_and_a_deleted_one_stays_deleted(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Opened again, the page marks nothing anew, and says nothing of it to whoever reads it."""
    shown: list[Any] = []
    monkeypatch.setattr(pages, "_show", shown.append)
    page = pages.Page(Connection(case.practice, case, NAME, tmp_path, server=False))
    for _ in range(2):
        page.head()
        assert [entry.id for entry in case.entries("event")] == [mark_of(case, NAME)]
    case.delete(mark_of(case, NAME))
    page.head()
    assert case.entries("event") == []
    assert {panel.kind for panel in shown} == {"head"}


def test_a_step_that_is_closed_is_not_marked_as_opened(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Who only met the closed door did not begin the step: the charts show no step on that day."""
    monkeypatch.setattr(pages, "_show", lambda _: None)
    pages.Page(Connection(case.practice, case, "07-listen", tmp_path, server=False)).head()
    assert case.entries("event") == []


def test_a_page_under_another_name_opens_nothing_that_is_closed(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A copy of a shipped page is vouched for, and no step: its exercises wait for the start all the same."""
    shown: list[Any] = []
    monkeypatch.setattr(pages, "_show", shown.append)
    page = pages.Page(Connection(case.practice, case, "07-listen-Copy1", tmp_path, server=False))
    page.form("who-listens")
    assert shown[0].spec["closed"] == gates.NEUTRAL
    assert "parts" not in shown[0].spec


@pytest.mark.parametrize(
    ("problem", "said"),
    [(PracticeProblem("Another page is still writing."), "Another page is still writing."), (OSError(13, "x"), "safe")],
)
def test_a_practice_that_does_not_open_is_said_in_words(monkeypatch: pytest.MonkeyPatch, problem: Exception, said: str):
    """Busy, damaged, out of reach: a sentence, silent parts, and no traceback before a client."""
    shown: list[str] = []
    monkeypatch.delenv("WORKBOOK_STRICT")
    monkeypatch.setattr(pages, "say", shown.append)
    monkeypatch.setattr("workbook.lab.client.connect", Mock(side_effect=problem))
    page = pages.open_page()
    assert said in shown[0]
    assert page.form("pause-plan") is None
    assert len(shown) == 1
