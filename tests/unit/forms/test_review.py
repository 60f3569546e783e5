"""The review: criteria before data, the client's own words, missing said as missing, and ways that weigh the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from workbook.content import load
from workbook.errors import CaseMismatch, InvalidAnswer
from workbook.forms.head import HeadPanel, NextPanel
from workbook.forms.lookback import Overview, overview, titles
from workbook.forms.note import NotePanel
from workbook.forms.review import ReviewPanel, WaysPanel
from workbook.forms.start import StartPanel
from workbook.record import criteria, keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.rules import gates

TODAY = date.today()
FIRST = TODAY - timedelta(days=60)
SAFETY, FELT_SAFE = "Safety, in your own answers", "Did you feel safe this week, at home and elsewhere?"
TELLS_WHAT_TO_DO = (
    "should",
    "recommend",
    "better than",
    "worse",
    "improv",
    "success",
    "fail",
    "score",
    "total",
    "average",
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case without any answer, with the forms as they are shipped."""
    made, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=64, passes=1))
    yield made.add_case("Sample")
    made.close()


def entry(case: Case, form: str, day: date, **answers: Any) -> str:
    """An entry of a log at noon of a day; its id."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return case.save(form, answers, response_id=f"{form}-{day}-{len(answers)}", at=at, zone="UTC").response.id


def criterion(case: Case, matters: str, day: date, row: str = "a") -> None:
    """A line of what will be looked at, written on a day."""
    line = {"matters": matters, "seen_by": "I wake at seven.", "_created": f"{day}T09:00:00"}
    case.save("review-criteria", {"criteria": {row: line}, "written_on": day.isoformat()})


def look(case: Case, day: date, matters: str, came: str) -> None:
    """A look back on a day that answers one line."""
    own = {"x": {"matters": matters, "came": came, "noticed": "Three mornings."}}
    entry(case, "review", day, own=own, effort="me", safe="yes")


def says(found: Overview, title: str) -> dict[str, tuple[str, str]]:
    """The lines of a section, as label: (what it says, the client's own words)."""
    section = next(one for one in found.sections if one.title == title)
    return {line.label: (line.says, line.own) for line in section.lines}


def test_criteria_come_before_the_data(case: Case):
    """Without criteria nothing of the log is in the answer; who wants to look all the same may."""
    entry(case, "daily", TODAY, mood=3)
    panel = ReviewPanel(case)
    asked = panel.on_look(case.info.id)
    assert asked["asks"]["form"] == "review-criteria"
    assert asked["overview"] is None
    assert "sections" not in str(panel.spec)
    assert panel.on_look(case.info.id, anyway=True)["overview"]
    criterion(case, "I sleep", TODAY)
    assert panel.on_look(case.info.id)["asks"] is None


def test_only_the_pages_own_case_and_times_are_taken(case: Case):
    """Another case or a time that is not on the page is refused."""
    with pytest.raises(CaseMismatch):
        ReviewPanel(case).on_look("another")
    with pytest.raises(InvalidAnswer):
        ReviewPanel(case).on_look(case.info.id, period="for ever")


def test_an_empty_log_says_not_logged(case: Case):
    """Nothing is a zero, and no section is left out."""
    found = overview(case, TODAY)
    assert [one.title for one in found.sections] == titles(apart=False)
    assert says(found, "Mood") == {"All of this time": ("not logged", "")}
    assert set(says(found, "Hope, and both wishes").values()) == {("not logged", "")}
    assert says(found, SAFETY)["Did you feel safe this week, at home and elsewhere?"][0] == "not logged"
    assert "0" not in "".join(line.says for one in found.sections for line in one.lines)


def test_mood_is_told_at_both_ends(case: Case):
    """The middle of the first and of the last two weeks, with the number of days; few are said to be few."""
    for number in range(10):
        entry(case, "daily", FIRST + timedelta(number), mood=2)
    entry(case, "daily", TODAY, mood=7)
    mood = says(overview(case, TODAY), "Mood")
    assert mood["The first two weeks"][0] == "each time 2, 10 days"
    assert mood["The last two weeks"][0] == "7, one day – few, so it says little"
    assert mood["All of this time"][0] == "middle 2, from 2 to 7, 11 days"


def test_private_entries_stay_out(case: Case):
    """What was marked private is not counted, in no section."""
    case.set_private(entry(case, "daily", TODAY, mood=1), True)
    case.set_private(entry(case, "weekly", TODAY, hope=1, effort_me=9), True)
    case.set_private(entry(case, "wellbeing-check", TODAY, **{"felt-safe": "no"}), True)
    assert overview(case, TODAY).sections == overview(case, TODAY, whole=True).sections
    assert {line.says for one in overview(case, TODAY).sections for line in one.lines} <= {
        "not logged",
        "not written yet",
    }


def test_safety_is_told_in_the_clients_own_answers(case: Case):
    """Each question with how often which answer was given; no flag, no reason, nothing of the private questions."""
    for back, answer in ((21, "yes"), (14, "yes"), (7, "unsure")):
        entry(case, "wellbeing-check", TODAY - timedelta(back), **{"felt-safe": answer})
    case.save("screen", {"afraid": "yes"}, respondent="counselor")
    case.raise_flag("danger", "screen", None, "FLAGWORDS")
    harm = load.form("what-i-want").field("harm")
    (first, words), (second, more) = harm.options[:2]  # several answers at once
    entry(case, "what-i-want", TODAY, harm=[first, second])
    safe = load.form("review").field("safe")
    for log in ("review", "changes-look-back"):  # one question in two logs is told once
        entry(case, log, TODAY, safe="unsure")
    found = overview(case, TODAY)
    assert says(found, SAFETY) == {
        FELT_SAFE: ("Yes: 2 times; Not sure: once", ""),
        harm.label: (f"{words}: once; {more}: once", ""),
        safe.label: ("Not sure: 2 times", ""),
    }
    assert "FLAGWORDS" not in str(found)


def test_time_begins_after_the_last_look_back(case: Case):
    """Today's look belongs to the time that it looks at; the whole time can be chosen."""
    criterion(case, "I sleep", FIRST)
    entry(case, "weekly", FIRST, hope=1)
    look(case, TODAY - timedelta(30), "I sleep", "no")
    entry(case, "weekly", TODAY - timedelta(2), hope=6)
    look(case, TODAY, "I sleep", "yes")
    panel = ReviewPanel(case)
    since = panel.on_look(case.info.id)
    assert since["overview"]["period"].startswith("Since your look back on")
    assert [value for value, _ in since["periods"]] == ["last", "whole"]
    hope = says(overview(case, TODAY), "Hope, and both wishes")["Hope"][0]
    assert hope.startswith("6, one weekly entry")
    assert says(overview(case, TODAY, whole=True), "Hope, and both wishes")["Hope"][0].startswith("middle 3.5")


def test_own_lines_stand_beside_own_answers(case: Case):
    """The newest answer to a line that was there before, with what was noticed; other lines say so."""
    criterion(case, "I sleep again.", FIRST)
    look(case, TODAY, "i sleep again", "partly")
    assert says(overview(case, TODAY), "Your own lines") == {"I sleep again.": ("In part", "Three mornings.")}


def test_a_line_written_after_the_look_gets_no_answer(case: Case):
    """Criteria that were changed after the data were seen stand without the answers of that look."""
    look(case, TODAY - timedelta(3), "I sleep", "yes")
    criterion(case, "I sleep", TODAY)
    own = says(overview(case, TODAY), "Your own lines")
    assert own["I sleep"][0] == "written after the last look, so without an answer yet"


def test_the_day_of_a_line_is_the_one_of_the_client(case: Case):
    """Written at eight in the evening in New York, it is the next day in UTC; the look of that evening comes after."""
    line = {"matters": "I sleep", "_created": "2026-03-11T01:00:00.000Z"}
    case.save("review-criteria", {"criteria": {"a": line}}, zone="America/New_York")
    look(case, date(2026, 3, 10), "I sleep", "yes")
    assert [one.state for one in criteria.own_lines(case)[1]] == ["answered"]


def test_criteria_marked_private_are_not_shown(case: Case):
    """They count as written, and stay where they are."""
    criterion(case, "SECRETLINE", FIRST)
    kept = case.read("review-criteria")
    assert kept
    case.set_private(kept.id, True)
    assert criteria.written(case)
    assert "SECRETLINE" not in str(overview(case, TODAY))


def test_effort_stands_for_each_side_and_is_not_reckoned_up(case: Case):
    """Two lines as they were written, and the client's own word from the look back."""
    case.save("about-case", {"partner_alias": "Rowan"}, respondent="counselor")
    entry(case, "weekly", TODAY, effort_me=8, effort_partner=2)
    look(case, TODAY, "x", "yes")
    given = says(overview(case, TODAY), "Given and coming back")
    assert [one.split(",")[0] for one, _ in given.values()] == ["8", "2", "Mostly from me"]
    assert "Rowan’s effort, as far as I saw it" in given


def test_without_contact_nothing_is_missing(case: Case):
    """Under no contact an empty contact log is no gap and no part; what was logged before it stays."""
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    assert "When you met" not in [one.title for one in overview(case, TODAY).sections]
    entry(case, "contact", TODAY, quality=4)
    assert says(overview(case, TODAY), "When you met")["How it felt to you"][0].startswith("4")


def test_the_ways_are_the_decisions_and_equal():
    """All options of the decision in its own words and order, each with a sentence and somewhere to go."""
    ways = WaysPanel().spec["ways"]
    assert [one["label"] for one in ways] == [label for _, label in load.form("decision").field("choice").options]
    assert [one["page"] for one in ways] == ["route.ipynb", "02-pause.ipynb", "13-changes.ipynb", "14-onward.ipynb", ""]
    assert all(one["says"] and one["title"] for one in ways)
    lengths = [len(one["says"]) for one in ways]
    assert max(lengths) <= 1.3 * min(lengths)
    pages = {path.name for path in load.notebooks_dir().glob("*.ipynb")}
    assert {one["page"] for one in ways if one["page"]} <= pages
    assert ways[-1]["form"] in load.forms()


def test_nothing_in_it_recommends(case: Case):
    """Neither the words of the page nor those of an overview tell anybody what to do, or what is good or bad."""
    criterion(case, "I sleep", FIRST)
    for number in range(40):
        entry(case, "daily", FIRST + timedelta(number), mood=number % 10)
    said = (str(ReviewPanel(case).spec) + str(WaysPanel().spec) + str(overview(case, TODAY))).casefold()
    for word in (
        "should",
        "recommend",
        "better than",
        "worse",
        "improv",
        "success",
        "fail",
        "score",
        "total",
        "average",
    ):
        assert word not in said, word


def test_the_rail_follows_the_decision(case: Case):
    """Start page, the last line of a page and the links of a closed page list a page beside the steps together."""
    shut = gates.theme_gate("rebuild-trust", gates.Standing())

    def listed() -> list[bool]:
        rail = {one["page"] for one in StartPanel(case.practice, case).spec["steps"]}
        links = {one["page"] for one in HeadPanel(case, "11-trust", shut).spec["open"]}
        following = NextPanel(case, "12-review").spec["next"]
        return [
            "14-onward.ipynb" in rail,
            "14-onward.ipynb" in links,
            (following or {}).get("page") == "14-onward.ipynb",
        ]

    assert listed() == [False] * 3
    entry(case, "decision", TODAY, choice="letting-go")
    assert listed() == [True] * 3
    assert NextPanel(case, "13-changes").spec["next"]["page"] == "14-onward.ipynb"
    assert NextPanel(case, "14-onward").spec["next"]["page"] == "12-review.ipynb"  # a page beside the steps leads back


@pytest.mark.parametrize("choice", [value for value, _ in load.form("decision").field("choice").options])
def test_the_last_line_leads_where_the_decision_leads(case: Case, choice: str):
    """Each choice goes on where the ways say; ‘not yet’ and no choice at all lead nowhere."""
    assert NextPanel(case, "12-review").spec["next"] is None
    entry(case, "decision", TODAY, choice=choice)
    following = NextPanel(case, "12-review").spec["next"]
    label = dict(load.form("decision").field("choice").options)[choice]
    way = next(one for one in WaysPanel().spec["ways"] if one["label"] == label)
    assert (following or {"page": ""})["page"] == way["page"]
    assert (following is None) == (choice == "not-yet")


def test_the_counselor_puts_a_page_among_the_steps_with_a_note(case: Case):
    """On the page itself, dated, with a sentence; and takes it away again."""
    step = load.step("13-changes")
    assert step
    panel = NotePanel(step, case, page=step.page, gate=gates.Gate(True))
    assert panel.on_counselor()["parts"][0]["form"] == "good-separation"
    with pytest.raises(InvalidAnswer):
        panel.on_opening("good-separation", True, " ")
    panel.on_opening("good-separation", True, "Asked for by the client.")
    assert "13-changes.ipynb" in {one["page"] for one in StartPanel(case.practice, case).spec["steps"]}
