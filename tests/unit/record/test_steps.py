"""Which steps stand in a case's lists: the twelve, and a page beside them only where something leads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbook.content import load
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import standing
from workbook.record.steps import decided, steps_of

BESIDE = ("good-separation", "letting-go")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case without any answer, with the forms and steps as they are shipped."""
    made, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=64, passes=1))
    yield made.add_case("Sample")
    made.close()


def decide(case: Case, choice: str | None, day: int) -> str:
    """A decision on a day of March; its id."""
    answers = {"choice": choice} if choice else {"because": "No choice yet."}
    return case.save("decision", answers, response_id=f"d{day}", at=datetime(2026, 3, day, 12, tzinfo=UTC)).response.id


def beside(case: Case | None) -> set[str]:
    """The pages beside the twelve that stand in the case's lists."""
    return {step.id for step in steps_of(case, standing(case).opened if case else frozenset()) if step.aside}


def test_two_pages_stand_beside_the_twelve():
    """They are marked as such, and nothing else is."""
    assert {step.id for step in load.steps() if step.aside} == set(BESIDE)


def test_without_a_word_only_the_twelve_are_listed(case: Case):
    """Nobody is shown a page about parting who did not ask for it; a blank start page shows none, either."""
    assert len(steps_of(case)) == 12
    assert len(steps_of(None)) == 12


@pytest.mark.parametrize("choice", BESIDE)
def test_a_decision_puts_its_own_page_among_the_steps(case: Case, choice: str):
    """One decision, one page; it stands after the twelve."""
    decide(case, choice, 1)
    assert beside(case) == {choice}
    assert steps_of(case)[-1].id == choice


@pytest.mark.parametrize("choice", ["go-on", "pause", "not-yet"])
def test_the_newest_decision_counts(case: Case, choice: str):
    """Who changes direction is not followed by an older choice; an entry without a choice changes nothing."""
    decide(case, "letting-go", 1)
    decide(case, None, 2)
    assert beside(case) == {"letting-go"}
    decide(case, choice, 3)
    assert beside(case) == set()


def test_a_decision_marked_private_leads_nowhere(case: Case):
    """What others could see on the start page tells nothing of it, nor of the one before."""
    decide(case, "good-separation", 1)
    case.set_private(decide(case, "letting-go", 2), True)
    assert beside(case) == set()


def test_the_counselor_opens_and_closes_a_page_by_a_dated_entry(case: Case):
    """The newest entry counts, whatever the client decided."""
    case.save("opening", {"form": "letting-go", "open": "yes", "note": "Asked for it."}, response_id="o1")
    assert beside(case) == {"letting-go"}
    case.save("opening", {"form": "letting-go", "open": "no", "note": "Not now."}, response_id="o2")
    assert beside(case) == set()


def test_a_decision_stands_until_the_next_look_back(case: Case):
    """A decision of its day or later ends a look; a newer look asks again, and a private decision says nothing."""
    assert not decided(case)
    case.save("review", {"hope": 4}, response_id="r1", at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    decide(case, None, 1)
    assert not decided(case)
    decide(case, "not-yet", 1)
    assert decided(case)
    case.save("review", {"hope": 5}, response_id="r2", at=datetime(2026, 3, 9, 12, tzinfo=UTC))
    assert not decided(case)
    third = decide(case, "go-on", 9)
    assert decided(case)
    case.set_private(third, True)
    assert not decided(case)
