"""What the columns mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from workbook.content import load
from workbook.errors import ImportProblem
from workbook.exchange.mapping import Answered, Mapping, Match, questions
from workbook.exchange.table import Table
from workbook.rules.gates import Standing

TWICE = (Answered("daily", "mood", "cheer", 1, 7), Answered("daily", "mood", "tense", 1, 7))


def test_a_mapping_comes_back_from_json(mapping: Mapping) -> None:
    """What is remembered is what was said."""
    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "broken",
    [
        {"date": None},
        {"answered": [{}]},
        {"answered": 5},
        {"contact": {"column": "c"}},
        {"answered": [{"form": "daily", "field": "mood", "column": "c", "low": "x"}]},
    ],
)
def test_half_a_mapping_is_refused_in_words(mapping: Mapping, broken: dict[str, Any]) -> None:
    """Messages of a browser can be anything; a part that is None is sent as missing."""
    sent = {key: value for key, value in (mapping.to_json() | broken).items() if broken.get(key, value) is not None}
    with pytest.raises(ImportProblem, match="not complete"):
        Mapping.from_json({key: value for key, value in sent.items() if key != "date" or "date" not in broken})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "elsewhere"}, "not in this file"),
        ({"order": "xyz"}, "which order"),
        ({"zone": "Mars/Base"}, "Europe/Amsterdam"),
        ({"zone": "../../etc/passwd"}, "Europe/Amsterdam"),
        ({"answered": (), "events": None, "contact": None}, "at least one column"),
        ({"answered": (Answered("daily", "mood", "cheer", 1, 7),)}, "from each contact"),
        ({"answered": (Answered("daily", "mood", "cheer"),), "contact": None}, "lowest and the highest"),
        ({"answered": (Answered("daily", "mood", "cheer", 7, 1),), "contact": None}, "below its highest"),
        ({"answered": (Answered("daily", "nothing", "cheer", 1, 7),), "contact": None}, "not in the log"),
        ({"answered": (Answered("screen", "afraid", "cheer", 1, 7),), "contact": None}, "not in the log"),
        ({"answered": (Answered("daily", "urge_acted", "cheer"),), "contact": None}, "not in the log"),
        (
            {
                "answered": TWICE,
                "contact": None,
            },
            "same question",
        ),
    ],
)
def test_a_mapping_that_does_not_fit(mapping: Mapping, table: Table, change: dict[str, Any], said: str) -> None:
    """Each mistake has its sentence."""
    with pytest.raises(ImportProblem, match=said):
        replace(mapping, **change).check(table)


@pytest.mark.parametrize(
    ("cell", "holds"), [("10", True), (" 10.0 ", True), ("1", False), ("", False), ("partner", False)]
)
def test_match_by_number(cell: str, holds: bool) -> None:
    """10 and 10.0 are one value."""
    assert Match("who", "10").holds(cell) is holds


def test_match_by_word() -> None:
    """Capitals and blanks do not matter."""
    assert Match("who", "Partner").holds(" partner ")


def test_questions_can_be_read_from_columns() -> None:
    """The main ones are offered, choices are not."""
    offered = {(form, one.id) for form, one in questions()}
    assert {("daily", "mood"), ("daily", "calm"), ("contact", "quality"), ("daily", "sleep_hours")} <= offered
    assert ("daily", "urge_acted") not in offered
    assert all(load.form(form).field(field) for form, field in offered)


def test_no_question_is_offered_or_filled_that_a_gate_closes(mapping: Mapping) -> None:
    """Not one of a theme that is closed, nor kind words while harm waits; a remembered mapping fills none either."""
    started = Standing(contact="welcome", screen="clear", consent=True)
    names = {(form, one.id) for form, one in questions(started)}
    assert {("daily", "thanks_count"), ("daily", "criticism_said")} <= names
    closed = {(form, one.id) for form, one in questions(replace(started, screen="danger", kept_closed=True))}
    assert ("daily", "mood") in closed
    assert not closed & {("daily", "thanks_count"), ("daily", "criticism_said")}
    hurt = replace(started, harm=True)
    assert ("daily", "thanks_count") not in {(form, one.id) for form, one in questions(hurt)}
    thanks = replace(mapping, answered=(Answered("daily", "thanks_count", "thanks"),))
    thanks.expect_open(started)
    with pytest.raises(ImportProblem, match="not open now"):
        thanks.expect_open(hurt)
