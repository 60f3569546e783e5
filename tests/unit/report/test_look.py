"""The review on paper: criteria first, tables without a verdict, room to write where it is blank."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbook.content import load
from workbook.record.case import Case
from workbook.report.whole import pages_with_answers

CELL = "page.review()"


@pytest.fixture(autouse=True)
def content(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms and steps as they are shipped: the review reads them by name."""
    monkeypatch.setattr(load, "forms", load.shipped_forms)
    monkeypatch.setattr(load, "steps", load.shipped_steps)


def criteria(case: Case) -> None:
    """One line of what will be looked at."""
    case.save("review-criteria", {"criteria": {"a": {"matters": "MYLINE"}}, "written_on": "2026-11-01"})


def test_without_criteria_no_number_prints(printed, case):
    """A client's print asks for them first; the counselor's shows what is there."""
    case.save("weekly", {"hope": 7})
    words = printed("# Page", CELL, page="12-review").words
    assert "‘What you will look at’ comes first" in words
    assert "Wish to stop" not in words
    assert "Wish to stop" in printed("# Page", CELL, page="12-review", audience="counselor").words


def test_what_was_written_prints_in_tables(printed, case):
    """Each section with its lines, the client's own among them; what is missing is ‘not logged’."""
    criteria(case)
    case.save("weekly", {"hope": 7}, at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    words = printed("# Page", CELL, page="12-review").words
    assert "MYLINE not answered yet" in words
    assert "Wish to stop not logged" in words
    assert "7, one weekly entry" in words


def test_a_blank_page_has_room_for_each_part(printed, case):
    """The titles stand there, and no word of the case."""
    criteria(case)
    words = printed("# Page", CELL, page="12-review", blank=True).words
    assert "Hope, and both wishes" in words
    assert "MYLINE" not in words


@pytest.mark.parametrize(("status", "named"), [("welcome", True), ("none", False), ("order", False)])
def test_a_blank_page_names_meetings_only_where_they_may_be(printed, case, status, named):
    """Without contact nobody is asked to write about meeting, on paper as on the page."""
    case.save("contact-status", {"status": status}, respondent="counselor")
    assert ("When you met" in printed("# Page", CELL, page="12-review", blank=True).words) == named


def test_the_start_page_prints_the_pages_that_the_client_sees(printed, case):
    """A page beside the steps is named once the client's decision leads there."""
    assert "Onward" not in printed("# Start", "page.start()", page="00-start").words
    case.save("decision", {"choice": "letting-go"})
    assert "Onward" in printed("# Start", "page.start()", page="00-start").words


def test_a_journal_brings_no_page_about_parting_into_a_print(case):
    """A page beside the steps belongs to a whole case's print only with answers of its own."""
    folder: Path = load.notebooks_dir()
    case.save("journal", {"text": "A day.", "share": True})
    names = {page.stem for page in pages_with_answers(case, folder)}
    assert "02-pause" in names
    assert not names & {"13-changes", "14-onward"}
    case.save("hard-days", {"carry": "Sit down."})
    assert "14-onward" in {page.stem for page in pages_with_answers(case, folder)}
