"""The progress page and the log on paper: chosen charts are printed, closed ones and closed items are not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from workbook.charts import offers
from workbook.charts.marks import KEY_LINES
from workbook.content import load
from workbook.record.case import Case
from workbook.record.keys import Cost
from workbook.record.practice import Practice
from workbook.report.compose import Audience
from workbook.report.pdf import page_pdf

Paper = Callable[..., str]


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice with the real forms."""
    cheap = Cost(memory_kib=8, passes=1, lanes=1)
    made, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case with contact welcome, a finished start, and some days of log."""
    made = practice.add_case("Robin")
    made.save("contact-status", {"status": "welcome"}, respondent="counselor")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    asked = {one.id: "no" for one in load.form("screen").fields if "not-now" in dict(one.options)}
    made.save("screen", asked, respondent="counselor")
    for day in range(10):
        at = datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
        made.save("daily", {"mood": day, "compare_mood": 3, "thanks_what": "For the SOUP"}, at=at, zone="UTC")
        made.save("contact", {"request": "QUIET minutes?", "tone": 2}, at=at, zone="UTC")
    made.save("weekly", {"sign": "A LAUGH", "sign_in": "me"}, at=at, zone="UTC")
    return made


@pytest.fixture
def paper(practice: Practice, case: Case) -> Paper:
    """The text of a page's PDF."""

    def text(page: str, audience: Audience = "client", blank: bool = False) -> str:
        pdf = page_pdf(practice, case, load.notebooks_dir() / f"{page}.ipynb", audience=audience, blank=blank)
        return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)

    return text


def test_chosen_charts_follow_the_five(case: Case, paper: Paper) -> None:
    """A drawing with its title, a table as a table, a timeline with the words that its numbers lead to."""
    assert "seven-day average" not in paper("progress")
    for one in ("mood", "requests", "signs-of-change"):
        offers.choose(case, one, True)
    said = paper("progress")
    assert "Mood (0 very low" in said
    assert "Mood, with its seven-day average" in said
    assert "QUIET minutes?" in said
    assert "A LAUGH" in said


def test_without_contact_a_chosen_chart_is_not_printed(case: Case, paper: Paper) -> None:
    """For neither audience: what was asked of the partner stays in the record."""
    offers.choose(case, "requests", True)
    case.save("contact-status", {"status": "order"}, respondent="counselor")
    assert "QUIET minutes?" not in paper("progress")


def test_a_blank_page_has_no_chart(case: Case, paper: Paper) -> None:
    """On a sheet to take home there is nobody's data."""
    offers.choose(case, "mood", True)
    assert "seven-day average" not in paper("progress", blank=True)


def test_closed_items_are_on_no_clients_paper(case: Case, paper: Paper) -> None:
    """A gated item before it was opened, and what reaches the partner without contact; the weekly log prints."""
    assert "For the SOUP" in paper("log")
    assert "A LAUGH" in paper("log")
    label = load.form("daily").field("compare_mood").label
    assert label not in paper("log")
    assert label in paper("log", "counselor")
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    assert "For the SOUP" not in paper("log")


def test_many_marks_are_told_once(case: Case, paper: Paper) -> None:
    """More marks than a key holds stand in words below the first chart of the page, and not below each."""
    for day in range(KEY_LINES + 1):
        at = datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(hours=12 * day)
        case.save("event", {"label": f"Visit {day}", "kind": "session"}, at=at, zone="UTC", respondent="counselor")
    told = " ".join(paper("progress").split())
    assert told.count("Marked: 1: 1 January 2026, Visit 0 (session); 2: 1 January 2026, Visit 1 (session)") == 1
