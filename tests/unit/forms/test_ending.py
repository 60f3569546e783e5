"""The counselor's part on how a case ends: what it shows, what it keeps, what a client reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.errors import InvalidAnswer, WorkbookError
from workbook.forms.ending import EndingPanel, closed_notice, read_day
from workbook.record import ending, erasing
from workbook.record.case import Case

from .samples import FORMS

REASONS = dict.fromkeys((*ending.CLOSING, *ending.REOPENING), "In words")
ENDING = Form("ending", "Ending", "log", audience="counselor", fields=(
    Field("what", "text", "What"), Field("note", "area", "Note"), Field("keep_until", "date", "Until"),
    Field("reason", "choice", "Why", options=tuple(REASONS.items())),
))  # fmt: skip


@pytest.fixture(autouse=True)
def forms(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of endings beside those of the samples."""
    monkeypatch.setattr(load, "form", {**FORMS, "ending": ENDING}.__getitem__)


def test_nothing_lies_in_the_page_before_counselor_view(case: Case) -> None:
    """The client's page holds no list, no number, no reason."""
    assert EndingPanel(case.practice, case).spec == {}


def test_open_and_closed_cases(case: Case) -> None:
    """The open case with its history; closed ones apart, the due ones named by number."""
    panel = EndingPanel(case.practice, case)
    view = panel.on_counselor()
    assert (view["case"]["closed"], view["closed"], view["due"], view["usual"]) == ("", [], [], "")
    ending.close(case, "agreed", "Well.", date.today())
    other = case.practice.add_case("Kim")
    ending.close(other, "client")
    view = EndingPanel(case.practice, None).on_counselor()
    assert view["case"] is None
    assert [(one["number"], one["keep_until"]) for one in view["closed"]] == [(1, date.today().isoformat()), (2, "")]
    assert view["due"] == [1]
    view = panel.on_counselor()
    assert [(one["what"], one["note"], one["reason"]) for one in view["case"]["history"]] == [
        ("closed", "Well.", "In words")
    ]


def test_another_date(case: Case) -> None:
    """Of the closed case alone, by its own page, and empty takes it away."""
    panel = EndingPanel(case.practice, case)
    with pytest.raises(WorkbookError, match="close the case first"):
        panel.on_keep(case.info.id, "2030-01-01")
    ending.close(case, "agreed")
    case.info = case.practice.case(case.info.id).info
    assert panel.on_keep(case.info.id, "2030-01-01")["case"]["keep_until"] == "2030-01-01"
    assert panel.on_keep(case.info.id, "")["case"]["keep_until"] == ""
    with pytest.raises(WorkbookError, match="was expected"):
        panel.on_keep(case.info.id, "soon")
    panel_of_none = EndingPanel(case.practice, None)
    with pytest.raises(WorkbookError, match="Open the closed case"):
        panel_of_none.on_keep(case.info.id, "2030-01-01")


def test_settings(case: Case) -> None:
    """Years give a date to begin with; the practice's name is kept; anything else is refused."""
    panel = EndingPanel(case.practice, case)
    view = panel.on_setting("years", "1")
    assert view["years"] == 1
    assert date.fromisoformat(view["usual"]) - date.today() > timedelta(360)
    assert panel.on_setting("practice_name", " A  house ")["practice_name"] == "A house"
    for name, value in (("years", "ten"), ("practice_name", "x" * 81), ("country", "NL")):
        with pytest.raises(InvalidAnswer):
            panel.on_setting(name, value)


def test_erased_and_interrupted(case: Case) -> None:
    """A number with its dates; while the search is missing it is offered to be finished."""
    target = erasing.target(case.practice, case.info.id)
    erasing.from_practice(case.practice, target)
    view = EndingPanel(case.practice, None).on_counselor()
    assert (view["erased"], view["pending"]) == ([], [1])
    erasing.finish(case.practice, target)
    view = EndingPanel(case.practice, None).on_counselor()
    assert ([one["number"] for one in view["erased"]], view["pending"]) == ([1], [])


def test_what_the_client_reads() -> None:
    """A kind sentence without a reason or a date."""
    spec = closed_notice().spec
    assert "opened again" in spec["text"]


@pytest.mark.parametrize(("text", "day"), [("", None), (None, None), ("2030-02-01", date(2030, 2, 1))])
def test_days_as_the_browser_sends_them(text: str | None, day: date | None) -> None:
    """Empty is no date."""
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["tomorrow", "2030-13-01", 7])
def test_no_days(text: object) -> None:
    """Anything else is refused in words."""
    with pytest.raises(InvalidAnswer):
        read_day(text)
