"""The pages of a whole case: those with answers, in their order; what is written prints whatever is closed now."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.record.case import Case
from workbook.report.whole import pages_with_answers

PAGES = {
    "12-trust": ('page.form("other")',),
    "02-pause": ('page.form("plan")', 'page.more("thoughts", "letter")'),
    "log": ("page.daily()", "page.contacts()"),
    "progress": ("page.chart('mood-calm')",),
    "03-care": ('page.chart("strength-shares")',),  # the picture of a form that nobody filled in
    "private": ("page.screen()", "page.note()"),
    "00-start": ("page.start()",),
}


@pytest.fixture
def pages(tmp_path: Path, cells: Callable[..., dict[str, Any]]) -> Path:
    """A folder of pages, and one file that is none."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, content in PAGES.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(cells("# Page", *content)), "utf-8")
    (folder / "broken.ipynb").write_text("{")
    return folder


def names(case: Case, pages: Path) -> list[str]:
    """The pages that would be exported."""
    return [page.stem for page in pages_with_answers(case, pages)]


def test_pages_with_answers_in_their_order(case: Case, pages: Path) -> None:
    """Steps as they follow each other, then the rest; none without an answer, none for the counselor's words alone."""
    case.save("screen", {"fear": "no"}, respondent="counselor")
    case.save("counselor-notes", {"general": "note"}, respondent="counselor")
    assert names(case, pages) == []
    case.save("other", {"a": "word"})
    assert names(case, pages) == ["12-trust"]
    case.save("thoughts", {"list": {"r": {"thought": "word"}}})
    case.save("daily", {"mood": 4})
    assert names(case, pages) == ["02-pause", "12-trust", "log", "progress"]


def test_what_does_not_print_makes_no_page(case: Case, pages: Path) -> None:
    """A private entry and an answer that was taken back are no reason for a page."""
    entry = case.save("daily", {"mood": 4}).response
    case.set_private(entry.id, True)
    case.save("other", {"a": "word"})
    case.save("other", {"a": ""})
    assert names(case, pages) == []


def test_a_whole_case_prints_what_is_closed_now(case: Case, printed: Callable[..., Any]) -> None:
    """Answers of a theme that is closed today stand in the export; what reaches the partner stays out."""
    case.save("other", {"a": "WRITTEN"})
    case.save("letter", {"words": "LETTERWORD"})
    case.save("plan", {"why": "PLANNED", "gift": "GIFTWORD"})
    case.save("contact-status", {"status": "order"}, respondent="counselor")
    assert "WRITTEN" not in printed("# Trust", 'page.form("other")', page="12-trust").words
    assert "WRITTEN" in printed("# Trust", 'page.form("other")', page="12-trust", whole=True).words
    words = printed("# Pause", 'page.form("plan")', 'page.form("letter")', whole=True).words
    assert "PLANNED" in words
    assert "LETTERWORD" not in words
    assert "GIFTWORD" not in words
