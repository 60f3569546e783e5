"""The table of conflicts: one readable file, checked against what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.content import conflicts
from workbook.errors import ContentError
from workbook.record.case import Case
from workbook.record.raising import raise_flags
from workbook.rules import alerts, gates

from .given import (
    TODAY,
    row,
)


class TestTable:
    """One readable table, checked against what there is."""

    def test_every_conflict_has_its_rules_and_every_rule_a_carrier(self):
        """24 conflicts with 80 rules; none without something that carries it out."""
        table = conflicts.conflicts()
        assert len(table) == 24
        assert sum(len(one.rules) for one in table) == 80
        assert all(ids for one in table for each in one.rules for _, ids in each.by)

    @pytest.mark.parametrize(
        ("by", "line", "wanted"),
        [
            ("{form: [pause-pln]}", 7, "no form is called ‘pause-pln’. Did you mean ‘pause-plan’"),
            ("{flag: [dangr]}", 7, "no flag is called ‘dangr’"),
            ("{gaet: [calm]}", 7, "did you mean ‘gate’"),
            ("{}", 7, "nothing carries this rule out"),
        ],
    )
    def test_what_does_not_exist_is_told_with_its_line(self, tmp_path: Path, by: str, line: int, wanted: str):
        """A mistyped id is an error that names file and line."""
        path = tmp_path / "conflicts.yaml"
        path.write_text(
            f"conflicts:\n  - id: one\n    title: One\n    rules:\n      - rule: A rule\n\n        by: {by}\n"
        )
        with pytest.raises(ContentError, match=wanted) as told:
            conflicts.read_conflicts(path)
        assert told.value.line == line

    def test_every_named_gate_closes_something(self, case: Case):
        """No gate of the table is a word only: each closes what it says, and its way back is known."""
        assert set(gates.NAMES) == {"screen", "contact", "flags", "consent", "calm", "counselor", "opt-in", "praise"}
        assert {name for one in conflicts.conflicts() for each in one.rules for name in each.of("gate")} <= set(
            gates.NAMES
        )


def test_kinds_that_weigh_several_answers_are_all_named():
    """The table of conflicts may name them, so each must be raised somewhere, and none unnamed."""
    from workbook.record import trends

    named = {kind for kind, *_ in (*trends._OVER_TIME, *trends._LACKING)} | {
        "parked-due",
        "talk-order",
        "contact-rule",
        "low-mood",
    }
    assert named == alerts.OVER_TIME


def test_a_reason_never_holds_the_clients_words(case: Case):
    """Flags that weigh weeks, dates and missing ticks tell what to look at, not what was written."""
    marker = "MARKER WORDS"
    case.save("hard-question", {"both_line": marker})
    case.save("parking-list", {"knots": row(topic=marker, look_again=TODAY.isoformat())})
    case.save("my-boundaries", {"limits": row(limit=marker, if_crossed=marker)})
    assert all(marker not in flag.reason for flag in raise_flags(case))
    assert len(case.flags()) == 3
