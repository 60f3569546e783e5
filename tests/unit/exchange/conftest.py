"""An empty practice with a case, and a small tracker file of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.exchange.mapping import Answered, Mapping, Match
from workbook.exchange.table import Table, read_table
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice

CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
HEADER = "day,time,phase,cheer,tense,who,nice,note"
ROWS = (
    "13/08/25,08:58,1,5,2,10,5,walk",  # row 2
    "13/08/25,18:04,1,1,7,10,7,",  # row 3
    "14/08/25,09:00,1,NA,NA,10,6,",  # row 4: a contact alone
    "15/08/25,09:00,2,4,4,0,NA,NA",  # row 5: nobody there
    "16/08/25,09:00,2,so-so,4,,NA,",  # row 6: a word for a number; not said who
    "16/08/25,19:00,2,9,3,10,8,",  # row 7: both out of range
    "31/02/25,09:00,2,4,4,0,NA,",  # row 8: no such day
    "17/08/25,,2,4,4,0,NA,",  # row 9: no time
    "13/08/25,08:58,1,5,2,10,5,walk",  # row 10: row 2 again
    "30/03/25,02:30,2,4,4,0,NA,",  # row 11: this time did not exist
    "18/08/99,09:00,2,4,4,0,NA,",  # row 12: in the future
    "19/08/25,09:00,3,NA,NA,0,NA,",  # row 13: nothing answered
    "20/08/25,09:00,3,4,4,0,NA,,,,extra",  # row 14: too many cells
)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty rehearsal practice."""
    made, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=CHEAP)
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case of it."""
    return practice.add_case("Robin")


@pytest.fixture
def table() -> Table:
    """A small file with one mistake of each kind."""
    return read_table("\n".join((HEADER, *ROWS)).encode())


@pytest.fixture
def mapping() -> Mapping:
    """What its columns mean: tense is the other way round from calm."""
    return Mapping(
        date="day",
        time="time",
        order="dmy",
        zone="Europe/Amsterdam",
        answered=(
            Answered("daily", "mood", "cheer", 1, 7),
            Answered("daily", "calm", "tense", 1, 7, reversed=True),
            Answered("daily", "moment_note", "note"),
            Answered("contact", "quality", "nice", 1, 7),
        ),
        contact=Match("who", "10"),
        events="phase",
    )
