"""The real file: 1,476 assessments by one person over 239 days (Kossakowski et al. 2017, CC BY 4.0)."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from workbook.charts.draw import chart
from workbook.charts.frame import events_frame, log_frame
from workbook.exchange import facts, imports
from workbook.exchange.csv_log import read_log
from workbook.exchange.mapping import Answered, Mapping, Match
from workbook.exchange.table import Table, read_table
from workbook.record.case import Case
from workbook.record.practice import Practice

FILE = Path(__file__).parents[4] / "shared" / "real" / "esm-one-person-239-days.csv"
pytestmark = pytest.mark.skipif(not FILE.exists() and os.environ.get("CI") != "true", reason="the file is not shipped")
ASKED = Mapping(
    date="date",
    time="resptime_s",
    order="dmy",
    zone="Europe/Amsterdam",
    answered=(Answered("daily", "mood", "mood_cheerf", 1, 7), Answered("contact", "quality", "soc_pleasant", 1, 7)),
    contact=Match("soc_who1", "10"),
    events="phase",
)


@pytest.fixture(scope="module")
def real() -> Table:
    """The file's cells."""
    return read_table(FILE.read_bytes())


def test_the_columns_are_understood(real: Table) -> None:
    """Dates are day first without asking: no other order keeps them out of the future."""
    columns = {one["name"]: one for one in facts.of_file(real)["columns"]}
    assert len(real.rows) == 1476
    assert [one["id"] for one in columns["date"]["orders"]] == ["dmy"]
    assert columns["resptime_s"]["time"]
    assert columns["mood_cheerf"]["range"] == ["1", "6"]  # the scale has 7 points: the range must be asked
    assert "10" in columns["soc_who1"]["values"]


def test_rows_and_rejections(real: Table) -> None:
    """1,476 rows read, 442 interactions with the partner, and each row that stays out has its number and reason."""
    reading = read_log(real, ASKED)
    assert (reading.rows, reading.accepted, reading.rejected, reading.contacts) == (1476, 1473, 3, 442)
    assert (reading.of("daily"), reading.of("contact"), reading.of("event")) == (1473, 442, 4)
    assert [(one.row, one.reason) for one in reading.problems if one.whole_row] == [
        (row, "nothing in this row can be brought in") for row in (875, 1372, 1445)
    ]
    assert Counter(one.column for one in reading.problems if not one.whole_row) == {"mood_cheerf": 3, "soc_who1": 4}


def test_with_calm_no_row_is_rejected(real: Table) -> None:
    """The three rows without a mood hold a calm."""
    calm = Answered("daily", "calm", "mood_relaxed", 1, 7)
    reading = read_log(real, replace(ASKED, answered=(*ASKED.answered, calm)))
    assert (reading.accepted, reading.rejected, len(reading.entries)) == (1476, 0, 1476 + 442 + 4)


def test_broken_off_rows_can_be_left_out(real: Table) -> None:
    """Five were broken off; they are then rejected by name."""
    reading = read_log(real, replace(ASKED, leave_out=Match("resp_abort", "1")))
    assert reading.reasons()["resp_abort: left out, as you chose"] == 5
    assert reading.rows == reading.accepted + reading.rejected == 1476


def test_stored_charted_and_never_doubled(real: Table, practice: Practice, case: Case) -> None:
    """In, once, and out again as numbers of a chart."""
    assert imports.run(case, real, ASKED).added == 1473 + 442 + 4
    assert imports.run(case, real, ASKED).added == 0
    log = log_frame(case)
    assert log.groupby("item")["value"].count().to_dict() == {"mood": 1473, "quality": 442}
    assert log["day"].nunique() == 238
    assert list(events_frame(case)["label"]) == [f"phase: {one} → {one + 1}" for one in range(1, 5)]
    drawn = chart("interactions", case)
    assert drawn.alt.startswith(
        "Quality of each interaction, 13 August 2012 to 8 April 2013. 442 interactions, quality from 3 to 10, median 7."
    )
    assert (
        "Mood: 1,473 entries, from 0 to 8, median 5. On 1 of 239 days there is no entry."
        in chart("mood-calm", case).alt
    )
