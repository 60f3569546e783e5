"""A case whose start is finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

from .given import (
    contact,
    screen,
)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice."""
    made, _ = Practice.create(
        tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case whose start is finished: screen clear, contact welcome, consent given, calm just logged."""
    made = practice.add_case("Sample")
    contact(made, "welcome")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    screen(made)
    made.save("daily", {"calm": 9})
    return made
