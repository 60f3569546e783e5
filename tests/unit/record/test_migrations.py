"""Migrations in order, all or nothing, each recorded with the change it made."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, inspect

from workbook.errors import NewerPractice, NotAPractice
from workbook.record import migrations, tables
from workbook.record.practice import Practice

Migration = Callable[[Connection], None]


def add_colour(connection: Connection) -> None:
    """A change of a later version."""
    connection.exec_driver_sql('ALTER TABLE "case" ADD COLUMN colour TEXT')


def add_table_and_fail(connection: Connection) -> None:
    """A change that breaks half way."""
    connection.exec_driver_sql("CREATE TABLE half (id TEXT)")
    connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def schema(practice: Practice) -> list[tuple[str, ...]]:
    """All tables and indexes, and the record of migrations."""
    with practice.reading() as connection:
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()
        return [tuple(row) for row in (*made, *connection.exec_driver_sql("SELECT number, name FROM migration"))]


def test_migrated_practice_is_what_the_tables_say(practice: Practice) -> None:
    """Columns, types, keys and indexes of a new practice are those of tables.py."""
    with practice.reading() as connection:
        seen = inspect(connection)
        assert set(seen.get_table_names()) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            dialect = connection.dialect
            columns = {
                c["name"]: (str(c["type"]), c["nullable"], bool(c["primary_key"])) for c in seen.get_columns(name)
            }
            assert columns == {c.name: (c.type.compile(dialect), c.nullable, c.primary_key) for c in table.columns}
            foreign = {(f["constrained_columns"][0], f["options"]["ondelete"]) for f in seen.get_foreign_keys(name)}
            assert foreign == {(f.parent.name, f.ondelete) for f in table.foreign_keys}
            indexes = {(i["name"], tuple(i["column_names"])) for i in seen.get_indexes(name) if not i["unique"]}
            assert indexes == {(i.name, tuple(c.name for c in i.columns)) for i in table.indexes}


def test_run_twice(practice: Practice) -> None:
    """What ran is not run again, and leaves the practice as it was."""
    later: tuple[Migration, ...] = (*migrations.MIGRATIONS, add_colour)
    for _ in range(2):
        with practice.writing() as connection:
            migrations.run(connection, later)
    assert schema(practice)[-1] == (len(later), "add_colour")


def test_failed_migration_leaves_no_trace(practice: Practice) -> None:
    """When one of several fails, none of them happened, and they can run later."""
    practice.add_case("Robin")
    before = schema(practice)
    with pytest.raises(Exception, match="nowhere"), practice.writing() as connection:
        migrations.run(connection, (*migrations.MIGRATIONS, add_colour, add_table_and_fail))
    assert schema(practice) == before
    assert [info.alias for info in practice.cases()] == ["Robin"]
    with practice.writing() as connection:
        migrations.run(connection, (*migrations.MIGRATIONS, add_colour))
    assert len(schema(practice)) == len(before) + 1


def test_opening_brings_an_older_practice_up_to_date(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice of an earlier version opens with its cases, changed as the later version needs it."""
    practice.add_case("Robin")
    practice.close()
    later = (*migrations.MIGRATIONS, add_colour)
    monkeypatch.setattr(migrations.check, "__defaults__", (later,))
    monkeypatch.setattr(migrations.run, "__defaults__", (later,))
    opened = Practice.open(practice.folder, practice._key)
    assert schema(opened)[-1] == (len(later), "add_colour")
    with opened.reading() as connection:
        assert connection.exec_driver_sql('SELECT alias, colour FROM "case"').all() == [("Robin", None)]
    opened.close()


def test_newer_practice_is_refused(practice: Practice) -> None:
    """A practice that a later version changed is left alone."""
    with practice.writing() as connection:
        migrations.run(connection, (*migrations.MIGRATIONS, add_colour))
    before = schema(practice)
    practice.close()
    with pytest.raises(NewerPractice):
        Practice.open(practice.folder, practice._key)
    assert schema(practice) == before


def test_database_that_never_was_a_practice(practice: Practice) -> None:
    """A database that opens with the key but holds no practice is said to be that."""
    with practice.writing() as connection:
        connection.exec_driver_sql("DROP TABLE migration")
    practice.close()
    with pytest.raises(NotAPractice):
        Practice.open(practice.folder, practice._key)
