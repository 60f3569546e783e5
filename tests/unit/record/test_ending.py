"""How a case ends: closed with a reason, opened again, due on its day, and nothing written into it meanwhile."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workbook.content import load
from workbook.content.model import Form
from workbook.errors import CaseClosed, InvalidAnswer, WorkbookError
from workbook.record import ending
from workbook.record.case import Case, ImportedEntry
from workbook.record.practice import Practice

DAY = date(2030, 5, 31)


@pytest.fixture
def shipped(tmp_path: Path) -> Form:
    """The form of endings as it is shipped, whatever the other forms say."""
    (tmp_path / "forms").mkdir()
    shutil.copy(load.data_dir() / "forms" / "ending.yaml", tmp_path / "forms")
    return load.read_forms(tmp_path / "forms")[ending.FORM]


@pytest.fixture
def case(practice: Practice, forms: dict[str, Form], shipped: Form, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case, with that form beside those of the tests."""
    monkeypatch.setattr(load, "form", {**forms, ending.FORM: shipped}.__getitem__)
    return practice.add_case("Robin")


def test_a_case_is_closed_and_opened_again(case: Case, practice: Practice) -> None:
    """Each is a dated entry with its reason and note, and the case says how it stands."""
    info = ending.close(case, "agreed", "Both were content.", DAY)
    assert info.closed_at is not None
    assert ending.kept_until(practice.case(case.info.id)) == DAY
    ending.reopen(case, "again")
    assert case.info.closed_at is None
    assert ending.kept_until(case) is None
    assert [(one.what, one.reason, one.note, one.keep_until) for one in ending.history(case)] == [
        ("closed", "agreed", "Both were content.", DAY),
        ("reopened", "again", "", None),
    ]


def test_nothing_is_written_into_a_closed_case(case: Case, practice: Practice) -> None:
    """Saving, importing, marking, deleting and flags are refused in words, also by a page that did not hear of it."""
    kept = case.save("diary", {"text": "before"}).response
    case.save("living", {"text": "before"})
    flag = case.raise_flag("kind", "diary", kept.id, "why")
    elsewhere = Practice.open(practice.folder, practice._key)
    stale = elsewhere.case(case.info.id)
    ending.close(case, "client")
    for one in (case, stale):
        for write in (
            lambda one=one: one.save("living", {"text": "after"}),
            lambda one=one: one.save("diary", {"text": "after"}),
            lambda one=one: one.save("diary", {"text": "after"}, response_id=kept.id),
            lambda one=one: one.set_private(kept.id, True),
            lambda one=one: one.delete(kept.id),
            lambda one=one: one.settle_flag(flag.id, "seen", "open"),
            lambda one=one: one.raise_flag("other", "diary", kept.id, "why"),
            lambda one=one: one.add_import(
                [ImportedEntry("k", "diary", datetime(2026, 1, 1, tzinfo=UTC), "UTC", False, {"text": "in"}, {})]
            ),
        ):
            with pytest.raises(CaseClosed, match="open it again"):
                write()
    elsewhere.close()
    assert [entry.answers["text"] for entry in case.entries("diary")] == ["before"]
    case.close_version(kept.id)  # looking at an entry stays possible
    ending.reopen(case, "addition")
    assert case.save("living", {"text": "after"}).response.answers["text"] == "after"


def test_other_cases_go_on(case: Case, practice: Practice) -> None:
    """Closing one case closes no other."""
    other = practice.add_case("Kim")
    ending.close(case, "agreed")
    other.save("living", {"text": "mine"})
    assert other.info.closed_at is None


@pytest.mark.parametrize(("reason", "note"), [("no such", "x"), ("", "x"), ("other", "  "), ("again", "")])
def test_a_reason_is_asked_for(case: Case, reason: str, note: str) -> None:
    """One of the list, and ‘other’ only with a note; otherwise nothing happens."""
    with pytest.raises(InvalidAnswer):
        ending.close(case, reason, note)
    assert case.practice.case(case.info.id).info.closed_at is None
    assert ending.history(case) == []


def test_closing_twice_and_opening_an_open_one_is_refused(case: Case) -> None:
    """In words, with nothing changed."""
    with pytest.raises(WorkbookError, match="open already"):
        ending.reopen(case, "again")
    with pytest.raises(WorkbookError, match="close the case first"):
        ending.keep_until(case, DAY)
    ending.close(case, "agreed")
    with pytest.raises(CaseClosed):
        ending.close(case, "agreed")
    assert len(ending.history(case)) == 1


def test_due_on_its_day(case: Case, practice: Practice) -> None:
    """A closed case is listed from its day on, an open one never; changing the date keeps it closed."""
    later, never = practice.add_case("Kim"), practice.add_case("Sam")
    ending.close(case, "agreed", keep_until=DAY)
    ending.close(later, "agreed", keep_until=DAY)
    ending.close(never, "agreed")
    ending.keep_until(later, date(2030, 6, 1), "Asked to keep it a day longer")
    assert practice.case(later.info.id).info.closed_at is not None
    assert ending.due(practice, date(2030, 5, 30)) == []
    assert [one.info.number for one in ending.due(practice, DAY)] == [1]
    assert [one.info.number for one in ending.due(practice, date(2031, 1, 1))] == [1, 2]
    ending.keep_until(later, None)
    ending.reopen(case, "again")
    assert ending.due(practice, date(2099, 1, 1)) == []


def test_years_are_empty_until_somebody_enters_them(practice: Practice) -> None:
    """No period of ours; a half year counts, nonsense is refused, and empty takes it away."""
    assert ending.years(practice) is None
    assert ending.usual_date(practice, DAY) is None
    ending.set_years(practice, "10")
    assert ending.usual_date(practice, DAY) == date(2040, 5, 31)
    assert ending.usual_date(practice, date(2028, 2, 29)) == date(2038, 2, 28)
    ending.set_years(practice, "0,5")
    assert ending.usual_date(practice, date(2026, 8, 31)) == date(2027, 2, 28)
    for wrong in ("ten", "0", "-1", "nan", "inf", "201"):
        with pytest.raises(InvalidAnswer):
            ending.set_years(practice, wrong)
    ending.set_years(practice, "")
    assert ending.years(practice) is None


def test_the_form_knows_all_reasons(shipped: Form) -> None:
    """Every reason that the code takes has words in the shipped form, which no client sees."""
    assert set(ending.CLOSING) | set(ending.REOPENING) == set(dict(shipped.field("reason").options))
    assert set(dict(shipped.field("what").options)) == {"closed", "reopened", "kept"}
    assert shipped.audience == "counselor"
