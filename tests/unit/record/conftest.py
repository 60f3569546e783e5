"""A practice and forms of the tests' own: cheap to unlock, and not bound to what stands in data/."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record import keys, moments
from workbook.record.case import Case
from workbook.record.practice import Practice

CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "four plain words here"
ROWS = Field("list", "rows", "A list", fields=(Field("text", "text", "What"), Field("score", "scale", "How much")))
FIELDS = (
    Field("text", "area", "A text"),
    Field("other", "area", "Another text"),
    Field("number", "number", "A number", min=0, max=100),
    Field("tick", "tick", "A tick"),
    ROWS,
)
FORMS = {
    "living": Form("living", "A living form", "exercise", fields=FIELDS),
    "diary": Form("diary", "A diary", "log", fields=FIELDS),
}


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def go_on(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


@pytest.fixture
def cheap() -> keys.Cost:
    """Argon2id at a cost that a test can pay."""
    return CHEAP


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> dict[str, Form]:
    """The forms `living` (exercise) and `diary` (log), in the place of those in data/."""
    monkeypatch.setattr(load, "form", FORMS.__getitem__)
    return FORMS


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the store, in the test's hands."""
    clock = Clock()
    monkeypatch.setattr(moments, "now", clock)
    return clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the practice lies."""
    return tmp_path / "practice"


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    """A new, open practice."""
    practice, _ = Practice.create(folder, PASSPHRASE, cost=CHEAP)
    yield practice
    practice.close()


@pytest.fixture
def case(practice: Practice, forms: dict[str, Form]) -> Case:
    """A case in it, with the two forms."""
    return practice.add_case("Robin")


@pytest.fixture
def again() -> Iterator[Callable[[Case], Case]]:
    """The same case as another process sees it."""
    opened: list[Practice] = []

    def again(case: Case) -> Case:
        opened.append(Practice.open(case.practice.folder, case.practice._key))
        return opened[-1].case(case.info.id)

    yield again
    for practice in opened:
        practice.close()
