"""A log on paper: many entries take little room, each answer is there once, and it stands whole only at its home."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest

from workbook.record.case import Case
from workbook.report.entries import MOST_ACROSS
from workbook.report.pdf import page_pdf

FIRST = datetime(2026, 9, 1, 18, tzinfo=UTC)
BRIEF = {"hope": 0, "sleep": 6.5, "cost": 99999, "safe": "yes", "wish": "less", "felt": ["sad", "calm"], "walked": True}


def weeks(case: Case, count: int, **more: Any) -> None:
    """Weekly entries, each with its number in its words."""
    for number in range(count):
        at = FIRST + timedelta(days=number)
        case.save("weekly", BRIEF | {"note": f"ENTRY{number}."} | more, at=at, zone="Europe/Berlin")


def test_many_short_answers_stand_across(printed: Callable[..., Any], case: Case) -> None:
    """The questions down in the form's order; what is long stands below with its date. Missing is a dash."""
    weeks(case, 1)
    case.save("weekly", {"hope": 7, "note": "LAST."}, at=FIRST + timedelta(days=9), zone="+05:30")
    words = printed("page.weekly()").words
    both = "1 Sep 2026 20:00 CEST 10 Sep 2026 23:30 UTC+05:30"
    assert f"When {both} How much hope was there in you 0 7 Hours of sleep (h) 6.5 – What it cost 99999 –" in words
    assert "Did you feel safe Yes – The wish to stop Less than before – What you felt Sad, Calm –" in words
    assert words.index("What you felt") < words.index("In a few words: ENTRY0.") < words.index("LAST.")


def test_numbers_of_many_entries_stand_apart_from_words(printed: Callable[..., Any], case: Case) -> None:
    """So that more of them fit beside each other; a number that may be long stands with the words."""
    weeks(case, 4)
    words = printed("page.weekly()").words
    assert words.index("I took a walk") < words.index("What it cost") < words.index("The wish to stop")


def test_no_entry_of_many_is_lost(printed: Callable[..., Any], case: Case) -> None:
    """However many there are, each has its date once in each table, and its words once."""
    count = 2 * MOST_ACROSS + 3
    weeks(case, count)
    read = printed("page.weekly()")
    assert [read.words.count(f"ENTRY{number}.") for number in range(count)] == [1] * count
    assert read.words.count("Less than before") == count
    assert read.words.count("99999") == count


def test_tables_of_many_entries_are_tagged(practice: Any, case: Case, cells: Any, now: datetime) -> None:
    """A screen reader finds the tables with their heads."""
    weeks(case, 4)
    made = page_pdf(practice, case, "log.ipynb", notebook=cells("page.weekly()"), now=now)
    with pikepdf.open(io.BytesIO(made)) as opened:
        kinds = [str(one.get("/S")) for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
    assert kinds.count("/Table") == 3
    assert kinds.count("/TH") >= 3


@pytest.mark.parametrize("page", ["02-pause", "03-care"])
def test_a_step_that_leads_to_the_log_prints_its_newest_entry(
    printed: Callable[..., Any], case: Case, page: str
) -> None:
    """The log prints whole with its own page, or when it alone is asked for."""
    weeks(case, 3)
    words = printed("# Page", 'page.more("weekly")', page=page).words
    assert "ENTRY2." in words
    assert "ENTRY1." not in words
    assert "This is the newest of 3 entries; all of them print with ‘Log’." in words
    for whole in (printed("page.weekly()", page=page), printed('page.form("weekly")', page="my-own"),
                  printed('page.form("weekly")', page=page, only="weekly")):  # fmt: skip
        assert all(f"ENTRY{number}." in whole.words for number in range(3))
        assert "newest" not in whole.words


def test_the_week_is_not_told_twice(printed: Callable[..., Any], case: Case) -> None:
    """Where the daily log prints, the grid of its last days does not, nor the words that lead to it."""
    case.save("daily", {"mood": 3})
    words = printed("# Log", "page.daily()", "## Days", "Words.", "page.week()").words
    assert "Days" not in words
    assert "Words." not in words


def test_what_is_for_the_screen_alone_takes_its_heading_with_it(printed: Callable[..., Any]) -> None:
    """Its few words go, too; whatever else a counselor wrote there stays."""
    assert "Elsewhere" not in printed("# Log", "## Elsewhere", "Bring it in.", "page.importer()").words
    kept = printed("# Log", "## Elsewhere", "One.\n\nTwo.\n\nThree.", "page.importer()").words
    assert "Elsewhere One. Two. Three." in kept
    assert printed("# Log", "page.importer()").words.startswith("Log")
