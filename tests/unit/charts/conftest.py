"""A case with the real forms, and short ways to write into its log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
ZONE = "Europe/Amsterdam"
Write = Callable[..., str]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case of an empty rehearsal practice."""
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()


@pytest.fixture
def write(case: Case) -> Write:
    """Write one entry at a local time in Amsterdam ("2026-03-02 19:05"); answers its id."""

    def one(when: str, form: str = "daily", *, whole_day: bool = False, private: bool = False, **answers: Any) -> str:
        at = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(ZONE))
        saved = case.save(form, answers, at=at, zone=ZONE, whole_day=whole_day)
        if private:
            case.set_private(saved.response.id, True)
        return saved.response.id

    return one


@pytest.fixture
def month(write: Write) -> None:
    """Thirty days of March 2026 with everything that is charted; the 10th to 12th are missing, two marks are set."""
    for day in range(1, 31):
        if 10 <= day <= 12:
            continue
        date = f"2026-03-{day:02}"
        write(f"{date} 20:00", mood=day % 11, calm=5, urge=day % 7, urge_acted="yes" if day % 5 == 0 else "no",
              positive=day % 3, negative=day % 2)  # fmt: skip
        if day % 3 == 0:
            write(f"{date} 12:30", "contact", initiator=("me", "partner")[day % 2], channel="call", quality=day % 11)
    write("2026-03-01 15:00", "event", label="First meeting", kind="session")
    write("2026-03-15 15:00", "event", label="Moved out", kind="phase")
