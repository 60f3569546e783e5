"""The rehearsal practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from workbook.charts.draw import chart
from workbook.content.charts import charts
from workbook.errors import PracticeProblem
from workbook.exchange import imports, rehearsal
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import standing
from workbook.rules import gates

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    """The four cases by alias."""
    folder = tmp_path_factory.mktemp("rehearsal")
    rehearsal.make(folder, TODAY)
    practice = Practice.open(folder / "practice", Practice.unlock(folder / "practice", rehearsal.PASSPHRASE))
    assert practice.rehearsal
    yield {info.alias: practice.case(info.id) for info in practice.cases()}
    practice.close()


def test_plainly_fictional(cases: dict[str, Case]) -> None:
    """Nobody can take the people for real ones."""
    assert list(cases) == ["Sample A", "Sample B", "Sample C", "Sample D"]


def test_the_cases_differ_in_what_is_open(cases: dict[str, Case]) -> None:
    """One goes on, one is asked for no contact, one is not safe at home."""
    now = {alias: standing(case, TODAY) for alias, case in cases.items()}
    assert gates.start_gate(now["Sample A"]).open
    assert gates.partner_gate(now["Sample A"]).open
    assert now["Sample B"].contact == "none"
    assert not gates.partner_gate(now["Sample B"]).open
    assert not gates.start_gate(now["Sample C"]).open
    assert {flag.kind for flag in cases["Sample C"].flags()} == {"danger", "unsafe-home"}


def test_months_of_log(cases: dict[str, Case]) -> None:
    """Every chart has something to show, and the dense log came from a file with mistakes in it."""
    shown = {one.id: "Sample B" if "none" in one.contact else "Sample A" for one in charts().values()}
    assert [one for one, alias in shown.items() if not chart(one, cases[alias]).rows] == []
    assert len(cases["Sample D"].entries("daily")) > 250
    assert all(entry.source for entry in cases["Sample D"].entries("daily"))
    assert chart("mood-calm", cases["Sample C"]).few


def test_the_dense_log_can_be_undone(cases: dict[str, Case]) -> None:
    """It is an import like any other."""
    case = cases["Sample D"]
    assert len(imports.history(case)) == 1


def test_the_same_day_gives_the_same_log(cases: dict[str, Case], tmp_path: Path) -> None:
    """Seeded: a screenshot of today can be taken again today."""
    rehearsal.make(tmp_path, TODAY)
    practice = Practice.open(tmp_path / "practice", Practice.unlock(tmp_path / "practice", rehearsal.PASSPHRASE))
    again = practice.case(practice.cases()[0].id)
    assert chart("mood-calm", again).svg == chart("mood-calm", cases["Sample A"]).svg
    practice.close()


def test_never_over_another_practice(tmp_path: Path) -> None:
    """A folder that holds something is left alone."""
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "practice.db").write_bytes(b"real")
    with pytest.raises(PracticeProblem):
        rehearsal.make(tmp_path, TODAY)
    assert (tmp_path / "practice" / "practice.db").read_bytes() == b"real"
