"""The log: entries, corrections, privacy, and support at once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.forms.log import UNREAD, LogPanel
from workbook.record.case import Case

from .samples import DAILY, STATUS, Tell

TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)


def new() -> str:
    return str(uuid.uuid4())


def ids(spec: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Ids of what is asked at once, folded, and optional."""
    folded = [field["id"] for part in spec["more"] for field in part["fields"]]
    return [field["id"] for field in spec["quick"]], folded, [item["id"] for item in spec["optional"]]


@pytest.fixture
def log(case: Case) -> LogPanel:
    return LogPanel(DAILY, case, page="log")


def test_every_log_page_says_that_nobody_reads_it(log: LogPanel) -> None:
    """A client's log says so, and where help is."""
    assert log.spec["notice"] == UNREAD
    assert "Nobody reads this" in UNREAD
    assert "no lock" in log.spec["no_lock"]


def test_quick_set_first_then_what_a_step_introduced(case: Case) -> None:
    """Before the step its items are not asked; once it was opened they are folded; the optional wait."""
    assert ids(LogPanel(DAILY, case).spec) == (["mood", "kept"], ["note"], ["house"])
    case.save("event", {"label": "Pause", "kind": "step"})
    assert ids(LogPanel(DAILY, case).spec) == (["mood", "kept"], ["note", "repeats"], ["house"])


def test_client_switches_an_item_on_and_off(case: Case, log: LogPanel, tell: Tell) -> None:
    """An optional item appears by hand, stays for the next time, and goes again."""
    assert "house" in ids(tell(log, "switch", item="house", on=True))[1]
    assert "house" in ids(LogPanel(DAILY, case).spec)[1]
    assert "house" not in ids(tell(log, "switch", item="house", on=False))[1]
    assert "error" in tell(log, "switch", item="mood", on=True)


def test_several_entries_a_day(case: Case, log: LogPanel, tell: Tell) -> None:
    """Each entry begins with its first answer and keeps its own time and zone."""
    for mood in (4, 7):
        tell(log, "save", response=new(), patch={"mood": mood}, at=datetime.now(UTC).isoformat(), zone="Europe/Berlin")
    assert [entry.answers for entry in case.entries("daily")] == [{"mood": 4}, {"mood": 7}]
    assert {entry.zone for entry in case.entries("daily")} == {"Europe/Berlin"}


def test_same_message_twice_is_one_entry(case: Case, log: LogPanel, tell: Tell) -> None:
    """A save that is sent again after a silence makes no second entry."""
    entry = new()
    for _ in range(2):
        tell(log, "save", response=entry, patch={"mood": 4})
    assert len(case.entries("daily")) == 1


def test_yesterday_is_one_entry_for_the_day(case: Case, log: LogPanel, tell: Tell) -> None:
    """Yesterday is filled in as a whole day; a second look finds the same entry with its answers."""
    entry = tell(log, "day", day=YESTERDAY.isoformat())["response"]
    tell(log, "save", response=entry, patch={"mood": 6}, day=YESTERDAY.isoformat(), zone="Europe/Berlin")
    again = tell(LogPanel(DAILY, case), "day", day=YESTERDAY.isoformat())
    assert (again["response"], again["values"]) == (entry, {"mood": 6})
    stored = case.response(entry)
    assert (stored.day, stored.whole_day) == (YESTERDAY.isoformat(), True)


@pytest.mark.parametrize("day", [(TODAY + timedelta(days=3)).isoformat(), "soon", "", None, 3])
def test_day_that_has_not_come_is_refused(case: Case, log: LogPanel, tell: Tell, day: object) -> None:
    """A day in the future or no day at all is a sentence."""
    assert "error" in tell(log, "day", day=day)


def test_time_that_has_not_come_is_refused(case: Case, log: LogPanel, tell: Tell) -> None:
    """An entry cannot be dated ahead; nothing is stored."""
    ahead = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert "future" in tell(log, "save", response=new(), patch={"mood": 4}, at=ahead)["error"]
    assert case.entries("daily") == []


def test_correction_keeps_what_it_said_before(case: Case, log: LogPanel, tell: Tell) -> None:
    """A correction is current; the entry's earlier version stays, also when it is made at once."""
    entry = new()
    tell(log, "save", response=entry, patch={"mood": 4})
    opened = tell(log, "open", response=entry)
    assert opened["values"] == {"mood": 4}
    tell(log, "save", response=entry, patch={"mood": 5})
    assert case.response(entry).answers == {"mood": 5}
    assert [version.answers for version in case.versions(entry)] == [{"mood": 4}]


def test_entry_can_move_to_another_time(case: Case, log: LogPanel, tell: Tell) -> None:
    """Another time changes when it was, and none of its answers."""
    entry = new()
    tell(log, "save", response=entry, patch={"mood": 4})
    tell(log, "when", response=entry, at="2026-01-31T18:30", zone="Europe/Berlin")
    stored = case.response(entry)
    assert (stored.at, stored.answers) == (datetime(2026, 1, 31, 17, 30, tzinfo=UTC), {"mood": 4})


def test_private_entry_is_left_out(case: Case, log: LogPanel, tell: Tell) -> None:
    """A private entry stays in the client's list and out of what charts and tables read; it can be taken in again."""
    entry = new()
    tell(log, "save", response=entry, patch={"mood": 4})
    assert tell(log, "private", response=entry, private=True)["entries"][0]["private"] is True
    assert case.entries("daily", include_private=False) == []
    tell(log, "private", response=entry, private=False)
    assert len(case.entries("daily", include_private=False)) == 1


def test_deleted_entry_is_gone_with_its_versions(case: Case, log: LogPanel, tell: Tell) -> None:
    """Deleting takes the entry and every version; a late autosave does not bring it back."""
    entry = new()
    tell(log, "save", response=entry, patch={"mood": 4})
    tell(log, "open", response=entry)
    tell(log, "save", response=entry, patch={"mood": 5})
    assert tell(log, "delete", response=entry)["in_all"] == 0
    assert case.versions(entry) == []
    assert "deleted" in tell(log, "save", response=entry, patch={"mood": 6})["error"]
    assert case.entries("daily") == []


@pytest.mark.parametrize("do", ["open", "delete", "private", "when"])
def test_unknown_entry_is_a_sentence(log: LogPanel, tell: Tell, do: str) -> None:
    """Whatever is asked of an entry that is not there is refused in words."""
    extra = {"private": {"private": True}, "when": {"at": "2026-01-31T18:30"}}.get(do, {})
    assert "not there any more" in tell(log, do, response=new(), **extra)["error"]


@pytest.mark.parametrize("response", [None, "", "x", 3, "../../etc"])
def test_entry_needs_a_proper_name(case: Case, log: LogPanel, tell: Tell, response: object) -> None:
    """An entry's id is a UUID made by the page; anything else stores nothing."""
    assert "error" in tell(log, "save", response=response, patch={"mood": 4})
    assert case.entries("daily") == []


@pytest.mark.parametrize(("moods", "shows"), [((2, 1), True), ((3, 1), False), ((2, 3), False), ((None, 1), False)])
def test_support_after_two_low_days(case: Case, tell: Tell, moods: tuple[Any, int], shows: bool) -> None:
    """Mood 0-2 on two days running shows support at once; one low day, or a day without an answer, does not."""
    before, now = moods
    log = LogPanel(DAILY, case)
    if before is not None:
        case.save("daily", {"mood": before}, at=datetime.now(UTC) - timedelta(days=1), zone="+00:00")
    pushed = tell(log, "save", response=new(), patch={"mood": now}, zone="+00:00")["pushed"]
    assert pushed == ([{"push": "support", "show": True}] if shows else [])
    assert LogPanel(DAILY, case).spec["support"] is shows


def test_a_choice_named_mood_is_no_number(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look back that asks for the mood in words is shown again after it was answered."""
    look = Form("look", "Look", "log", fields=(Field("mood", "choice", "Mood", options=(("better", "Better"),)),))
    monkeypatch.setattr(load, "form", {"look": look}.__getitem__)
    for days in (0, 1):
        case.save("look", {"mood": "better"}, at=datetime.now(UTC) - timedelta(days=days))
    shown = LogPanel(look, case).spec
    assert (shown["in_all"], shown["support"]) == (2, False)


def test_counselors_log_speaks_to_the_counselor(case: Case, tell: Tell) -> None:
    """A dated fact of the counselor's carries neither the client's notice nor a private mark, and is signed so."""
    panel = LogPanel(STATUS, case)
    assert panel.spec["notice"] is None
    tell(panel, "save", response=new(), patch={"status": "none"})
    assert case.entries("contact-status")[0].respondent == "counselor"


def test_recent_entries_come_newest_first(case: Case, log: LogPanel, tell: Tell) -> None:
    """The list names what was answered, newest first, and how many there are."""
    for mood in range(10):
        moment = datetime.now(UTC) - timedelta(hours=20 - mood)
        tell(log, "save", response=new(), patch={"mood": mood, "kept": "yes"}, at=moment.isoformat())
    recent = tell(log, "recent", count=3)
    assert [entry["line"] for entry in recent["entries"]] == [f"Mood {mood} · Kept? Yes" for mood in (9, 8, 7)]
    assert recent["in_all"] == 10
