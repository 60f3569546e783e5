"""Answers become facts, facts open and close gates, and only the counselor's entry settles a flag."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from workbook.content import load
from workbook.record import keys, moments, raising
from workbook.record import standing as record_standing
from workbook.record.case import Case, Flag
from workbook.record.practice import Practice
from workbook.record.raising import raise_flags
from workbook.record.standing import called_gate, screen_questions, standing
from workbook.rules import gates

CHEAP = keys.Cost(memory_kib=64, passes=1) if hasattr(keys, "Cost") else None
SAFE_HOME = next(one.id for one in load.form("pause-plan").fields if one.flag and one.flag.kind == "unsafe-home")
PAST = datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case with contact welcome and consent given; the screen is not asked yet."""
    practice, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=CHEAP)
    made = practice.add_case("Sample")
    made.save("contact-status", {"status": "welcome"}, respondent="counselor")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    yield made
    practice.close()


def ask(case: Case, **answers: str) -> str:
    """A screening that answers ‘no’ to all but what is named; returns its id."""
    given = {question: "no" for question in screen_questions(load.form("screen"))} | answers
    return case.save("screen", given, respondent="counselor").response.id


def test_a_clear_screen_opens_the_start(case: Case):
    """Contact, consent and a clear screen finish the start."""
    assert not gates.start_gate(standing(case)).open
    ask(case)
    assert gates.start_gate(standing(case)).open


def test_a_consent_that_was_taken_back_closes(case: Case):
    """The newest word on taking part counts; an import consent says nothing about it."""
    ask(case)
    case.save("consent", {"what": "import", "given": "no"})
    assert standing(case).consent
    case.save("consent", {"what": "work", "given": "withdrawn"})
    assert not standing(case).consent


def test_a_yes_closes_until_a_dated_entry_opens_again(case: Case):
    """A flag rises when the page is left; ‘keep closed’ keeps closed; only ‘open’ opens."""
    ask(case, afraid="yes")
    assert not gates.start_gate(standing(case)).open
    [flag] = raise_flags(case)
    assert flag.kind == "danger"
    assert raise_flags(case) == []
    case.settle_flag(flag.id, "Talked it through.", "keep-closed")
    assert not gates.start_gate(standing(case)).open
    again = case.raise_flag(flag.kind, flag.form_id, flag.response_id, flag.reason)
    case.settle_flag(again.id, "Clarified: long ago, another person.", "open")
    assert gates.start_gate(standing(case)).open


def test_answers_are_weighed_again_once_something_is_stored(case: Case, monkeypatch: pytest.MonkeyPatch):
    """Not twice a day for nothing; again after an answer of this or another process, and on the next day."""
    weighed: list[str] = []
    monkeypatch.setattr(raising, "_weigh", lambda one: weighed.append(one.info.id) or [])
    elsewhere = Practice.open(case.practice.folder, case.practice._key)
    saves = (
        lambda: None,
        lambda: case.save("daily", {"mood": 4}),
        lambda: elsewhere.case(case.info.id).save("daily", {"mood": 5}),
        lambda: case.delete(case.entries("daily")[0].id),
        lambda: monkeypatch.setattr(raising, "date", type("Tomorrow", (), {"today": lambda: date(2999, 1, 1)})),
    )
    for number, save in enumerate(saves, 1):
        save()
        raise_flags(case)
        raise_flags(case)
        assert len(weighed) == number
    elsewhere.close()


def test_an_answer_stored_while_others_were_weighed_is_not_missed(case: Case, monkeypatch: pytest.MonkeyPatch):
    """Another page saves in between: the next opening weighs again."""
    ask(case)
    elsewhere = Practice.open(case.practice.folder, case.practice._key)
    weigh = raising._weigh

    def while_weighing(one: Case) -> list[Flag]:
        found = weigh(one)
        elsewhere.case(one.info.id).save("pause-plan", {SAFE_HOME: "no"})
        return found

    monkeypatch.setattr(raising, "_weigh", while_weighing)
    assert raise_flags(case) == []
    monkeypatch.setattr(raising, "_weigh", weigh)
    assert [flag.kind for flag in raise_flags(case)] == ["unsafe-home"]
    elsewhere.close()


def test_a_change_after_the_entry_asks_for_a_new_one(case: Case):
    """Settled is settled for the answers that were there."""
    response = ask(case, afraid="yes")
    [flag] = raise_flags(case)
    case.settle_flag(flag.id, "Clarified.", "open")
    case.save("screen", {"harmed": "yes"}, response_id=response)
    assert not gates.start_gate(standing(case)).open
    assert [one.kind for one in raise_flags(case)] == ["danger"]


@pytest.mark.parametrize("answer", ["unsure", "not-now"])
def test_unsure_and_not_now_keep_gates_closed(case: Case, answer: str):
    """Neither reads as safe, for any question."""
    for question in screen_questions(load.form("screen")):
        ask(case, **{question: answer})
        assert not gates.start_gate(standing(case)).open, question


def test_every_yes_of_the_screen_raises_a_flag_that_closes(case: Case):
    """No question of the screen can be answered with yes and leave no trace."""
    for question in screen_questions(load.form("screen")):
        response = ask(case, **{question: "yes"})
        raised = [flag for flag in raise_flags(case) if flag.response_id == response]
        assert raised, question
        assert {flag.kind for flag in raised} <= gates.CLOSING_FLAGS, question


def test_the_screen_is_due_again_at_the_review(case: Case):
    """A review date that has come makes an older screening due."""
    given = {question: "no" for question in screen_questions(load.form("screen"))}
    case.save("screen", given, at=PAST)
    assert standing(case, date(2026, 2, 1)).screen == "clear"
    case.save("about-case", {"review_date": "2026-02-01"})
    assert standing(case, date(2026, 1, 31)).screen == "clear"
    assert standing(case, date(2026, 2, 1)).screen == "due"
    case.save("screen", given, at=PAST + timedelta(days=30))
    assert standing(case, date(2026, 2, 10)).screen == "clear"


def test_an_unsafe_home_in_the_pause_plan_raises_a_flag(case: Case):
    """The pause asks first if home is safe; 'no' and 'unsure' reach the counselor and close the way on."""
    ask(case)
    case.save("pause-plan", {SAFE_HOME: "unsure"})
    assert [flag.kind for flag in raise_flags(case)] == ["unsafe-home"]
    assert not gates.start_gate(standing(case)).open


def test_a_flag_never_repeats_a_clients_words(case: Case):
    """The reason names our question, not an answer."""
    ask(case, afraid="yes")
    [flag] = raise_flags(case)
    assert flag.reason in {one.label for one in load.form("screen").fields}


def test_under_no_contact_the_rule_not_to_turn_up_cannot_be_skipped(case: Case):
    """A flag waits until the rule is kept to, or the counselor's entry stands for this contact status."""
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    [flag] = raise_flags(case)
    assert flag.kind == "contact-rule"
    assert raise_flags(case) == []
    case.settle_flag(flag.id, "Talked about it; next week again.", "open")
    assert raise_flags(case) == []
    case.save("contact-status", {"status": "order"}, respondent="counselor")
    assert [one.kind for one in raise_flags(case)] == ["contact-rule"]
    case.save("contact-rules", {"unannounced": "keep"})
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    assert raise_flags(case) == []


def test_a_flag_is_not_missed_when_a_later_entry_is_harmless(case: Case):
    """Each screening of the last month is weighed, not only the newest."""
    first = ask(case, afraid="yes")
    ask(case)
    assert [flag.response_id for flag in raise_flags(case)] == [first]
    assert not gates.start_gate(standing(case)).open


def test_a_note_without_a_status_changes_nothing(case: Case):
    """The newest entry that names a status counts, so that a half-written one neither opens nor closes."""
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    case.save("contact-status", {"note": "Rang, nobody there."}, respondent="counselor")
    assert standing(case).contact == "none"


def at_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Another time of the day in the places that are asked."""
    clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, zone=None: now.astimezone(zone))})
    monkeypatch.setattr(record_standing, "datetime", clock)
    monkeypatch.setattr(moments, "now", lambda: now)


def test_a_calm_of_the_last_day_counts_wherever_one_lives(case: Case, monkeypatch: pytest.MonkeyPatch):
    """An evening in the west is the next day in UTC already."""
    at_clock(monkeypatch, datetime(2026, 3, 11, 2, tzinfo=UTC))
    case.save("daily", {"calm": 9}, at=datetime(2026, 3, 10, 4, tzinfo=UTC), zone="America/Los_Angeles")
    assert standing(case).calm


def test_a_whole_day_that_was_filled_in_early_does_not_outlast_what_comes_after(
    case: Case, monkeypatch: pytest.MonkeyPatch
):
    """It stands at noon; a storm at ten, after a calm that was written down at nine, closes what asks for calm."""
    at_clock(monkeypatch, datetime(2026, 3, 11, 9, tzinfo=UTC))
    noon = datetime(2026, 3, 11, 12, tzinfo=UTC)
    case.save("daily", {"calm": 9}, at=noon, zone="UTC", whole_day=True)
    assert standing(case).calm
    at_clock(monkeypatch, datetime(2026, 3, 11, 10, tzinfo=UTC))
    case.save("daily", {"calm": 1}, zone="UTC")
    assert not standing(case).calm


def test_deleting_entries_settles_no_flag(case: Case):
    """Two entries told of fear, one of them was talked about: with both deleted the other one still waits."""
    ask(case)
    first, second = (case.save("contact", {"reply_tone": "scared-me"}).response.id for _ in range(2))
    kept = next(flag for flag in raise_flags(case) if flag.response_id == second)
    case.settle_flag(kept.id, "Talked about.", "open")
    for entry in (first, second):
        case.delete(entry)
    assert len(case.flags()) == 1
    assert standing(case).kept_closed


def test_of_two_entries_for_the_same_moment_the_later_word_counts(case: Case):
    """A contact status may be dated to a day as a whole: which one holds is no matter of chance."""
    when = {"at": datetime.now(UTC), "whole_day": True, "respondent": "counselor"}
    for name, status in (("z", "welcome"), ("a", "order")):
        case.save("contact-status", {"status": status}, response_id=name, **when)
    assert standing(case).contact == "order"
    assert case.latest("contact-status").id == "a"


def test_an_exercise_of_a_closed_theme_is_closed_on_every_page(case: Case):
    """A page of the counselor's own, or a call from a cell of an open one, is no way around the screen."""
    one, shared = load.form("the-whole-picture"), load.form("breathing-space")
    assert not called_gate(one, standing(case)).open
    assert called_gate(shared, standing(case)).open  # it stands on an open page, too
    ask(case)
    assert called_gate(one, standing(case)).way == "calm"
    case.save("daily", {"calm": 9})
    assert called_gate(one, standing(case)).open
