"""A practice is whole or not there, and says in words what is wrong with it."""

import pickle
import threading
from pathlib import Path

import pytest

from workbook.errors import DamagedPractice, InvalidAnswer, NotAPractice, PracticeProblem, WorkbookError, WrongKey
from workbook.record import keys
from workbook.record.practice import Practice

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "temp_store": 2, "secure_delete": 1, "foreign_keys": 1}


def test_create_unlock_open(folder: Path, cheap: keys.Cost) -> None:
    """A new practice opens with its passphrase and with its recovery key."""
    practice, recovery_key = Practice.create(folder, "x y z", rehearsal=True, cost=cheap)
    practice.add_case("Robin")
    practice.close()
    for key in (Practice.unlock(folder, "x y z"), Practice.recover(folder, recovery_key)):
        opened = Practice.open(folder, key)
        assert [info.alias for info in opened.cases()] == ["Robin"]
        assert opened.rehearsal
        opened.check()
        opened.close()
    assert sorted(path.name for path in folder.iterdir()) == ["keys.json", "practice.db"]
    assert [path.name for path in folder.parent.iterdir()] == ["practice"]


def test_create_needs_a_free_folder(folder: Path, cheap: keys.Cost) -> None:
    """A practice is never laid over something else; an empty folder will do."""
    folder.mkdir()
    practice, _ = Practice.create(folder, "x", cost=cheap)
    practice.close()
    before = (folder / keys.FILE).read_bytes()
    with pytest.raises(PracticeProblem, match="not empty"):
        Practice.create(folder, "y", cost=cheap)
    assert (folder / keys.FILE).read_bytes() == before


def test_failed_create_leaves_no_trace(folder: Path, cheap: keys.Cost) -> None:
    """When a new practice cannot be made, nothing is left that looks like one."""
    with pytest.raises(WorkbookError):
        Practice.create(folder, "", cost=cheap)
    assert list(folder.parent.iterdir()) == []


def test_open_with_a_foreign_key(practice: Practice) -> None:
    """The key of another practice is called that, not damage."""
    with pytest.raises(WrongKey):
        Practice.open(practice.folder, bytes(32))


def test_state_without_a_key(folder: Path, cheap: keys.Cost) -> None:
    """Before anybody unlocks: none, locked, or damaged."""
    assert Practice.state(folder) == "none"
    practice, _ = Practice.create(folder, "x", cost=cheap)
    practice.close()
    assert Practice.state(folder) == "locked"
    (folder / "practice.db").write_bytes(b"")
    assert Practice.state(folder) == "damaged"
    (folder / "practice.db").unlink()
    assert Practice.state(folder) == "damaged"
    with pytest.raises(DamagedPractice):
        Practice.open(folder, Practice.unlock(folder, "x"))


def test_state_of_a_newer_practice(practice: Practice) -> None:
    """A practice of a later version is no damage: it says what it is when somebody opens it."""
    practice.close()
    (practice.folder / keys.FILE).write_text('{"format": 2}')
    assert Practice.state(practice.folder) == "locked"


def test_no_practice(tmp_path: Path) -> None:
    """An empty folder holds no practice."""
    with pytest.raises(NotAPractice):
        Practice.unlock(tmp_path, "x")


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_settings_of_the_database(practice: Practice, pragma: str, value: object) -> None:
    """Durable, no plain text in temporary files, deleted means overwritten, and references hold."""
    with practice.reading() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_key_of_wrong_length_is_our_mistake(practice: Practice) -> None:
    """SQLCipher would take a short key for a passphrase, so it never gets one."""
    from workbook.record import engine

    with pytest.raises(ValueError, match="32 bytes"):
        engine.connect(practice.folder / "practice.db", b"short")


def test_failed_writing_leaves_no_trace(practice: Practice) -> None:
    """A transaction that fails half way stores nothing, with or without SQLAlchemy in it, and the next one works."""
    with pytest.raises(KeyError), practice.writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('a', '1')")
        raise KeyError
    with pytest.raises(KeyError), practice.writing() as connection:
        connection.connection.driver_connection.execute("INSERT INTO setting VALUES ('b', '1')")  # type: ignore[union-attr]
        raise KeyError
    assert practice.setting("a") is None
    assert practice.setting("b") is None
    practice.set_setting("c", 1)
    assert practice.setting("c") == 1


@pytest.mark.parametrize("value", [1, "x", None, False, [1, {"a": "ü"}], {"lines": {"x": "2026-01-01"}}])
def test_settings(practice: Practice, value: object) -> None:
    """Any JSON value is kept; what was never set is the default; the later value replaces the earlier."""
    assert practice.setting("name", "default") == "default"
    practice.set_setting("name", "earlier")
    practice.set_setting("name", value)
    assert practice.setting("name", "default") == value


def test_cases_are_numbered(practice: Practice) -> None:
    """Cases have numbers in the order in which they were opened, and are found by their id."""
    ids = [practice.add_case(alias).info.id for alias in ("A", "B", "A")]
    assert [(info.number, info.id) for info in practice.cases()] == list(enumerate(ids, 1))
    assert practice.case(ids[1]).info.alias == "B"
    with pytest.raises(WorkbookError):
        practice.case("nobody")


@pytest.mark.parametrize("alias", ["", "  ", "x" * 41])
def test_alias_is_short(practice: Practice, alias: str) -> None:
    """A case needs an alias, and no novel."""
    with pytest.raises(InvalidAnswer):
        practice.add_case(alias)
    assert practice.cases() == []


def test_case_is_new(practice: Practice) -> None:
    """Its alias has no blanks around it, and it is not closed."""
    case = practice.add_case(" Robin ")
    assert practice.cases() == [case.info]
    assert case.info.alias == "Robin"
    assert case.info.closed_at is None


def test_closed_practice_leaves_one_file(practice: Practice) -> None:
    """Closing folds the log into the file; the practice can be used again afterwards."""
    practice.set_setting("a", 1)
    practice.close()
    practice.close()
    assert not list(practice.folder.glob("*-wal"))
    assert practice.setting("a") == 1


def test_threads_share_a_practice(practice: Practice) -> None:
    """Several threads of one process may save at once; none is lost."""
    threads = [threading.Thread(target=practice.set_setting, args=(str(n), n)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [practice.setting(str(n)) for n in range(20)] == list(range(20))


def test_nothing_private_about_an_open_practice(practice: Practice) -> None:
    """Neither repr nor pickle give away the key or the cases."""
    practice.add_case("Robin")
    assert repr(practice) == "<Practice>"
    with pytest.raises(TypeError):
        pickle.dumps(practice)


def test_database_errors_hide_values(practice: Practice) -> None:
    """An error of the database carries no answer."""
    with pytest.raises(Exception, match="UNIQUE constraint") as caught, practice.writing() as connection:
        for _ in range(2):
            connection.exec_driver_sql("INSERT INTO setting VALUES (?, ?)", ("marker-word", "1"))
    assert "marker-word" not in str(caught.value)
