"""The practice file under attack: damage is found and said, and a backup heals it."""

import random
import sqlite3
from pathlib import Path

import pytest
from fault_writer import MARKER

from workbook.errors import DamagedPractice, PracticeProblem, WorkbookError
from workbook.record import archive, backup
from workbook.record.practice import Practice

SEED = 20260301


def flipped(path: Path, at: int) -> None:
    """One bit of the file, the other way round."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << at % 8
    path.write_bytes(content)


def opens_whole(folder: Path, key: bytes) -> None:
    """Open the practice as the server does, and read all of it."""
    practice = Practice.open(folder, key)
    try:
        practice.check()
        for info in practice.cases():
            practice.case(info.id).entries("diary")
    finally:
        practice.close()


def test_every_flipped_bit_is_found(folder: Path, key: bytes) -> None:
    """A flipped bit anywhere, salt and header and last page among them, is called damage."""
    path = folder / "practice.db"
    whole = path.read_bytes()
    chance = random.Random(SEED)
    for at in (0, 15, 16, 17, 4095, 4096, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(40))):
        flipped(path, at)
        with pytest.raises(DamagedPractice):
            opens_whole(folder, key)
        path.write_bytes(whole)
    opens_whole(folder, key)


@pytest.mark.parametrize("left", [0, 1, 16, 4095, 4096, 8192, -4096, -1])
def test_every_cut_is_found(folder: Path, key: bytes, left: int) -> None:
    """A cut-off file is called damage, wherever it was cut."""
    path = folder / "practice.db"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DamagedPractice):
        opens_whole(folder, key)


def test_file_that_is_no_practice(folder: Path, key: bytes) -> None:
    """A picture, a text or a plain database in the practice's place is refused and left as it is."""
    path = folder / "practice.db"
    plain = folder.parent / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    for content in (b"\x89PNG" * 3000, b"a letter", plain.read_bytes()):
        path.write_bytes(content)
        with pytest.raises(DamagedPractice):
            opens_whole(folder, key)
        assert path.read_bytes() == content


def test_damage_while_open_is_told_in_words(opened: Practice, form: str) -> None:
    """A page that meets damage gets a sentence, without the words that it tried to store."""
    case = opened.case(opened.cases()[0].id)
    opened.close()
    path = opened.folder / "practice.db"
    content = bytearray(path.read_bytes())
    for at in range(4096 * 2 + 50, len(content), 4096):
        content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedPractice) as caught:
        for _ in range(200):
            case.save(form, {"text": MARKER})
    assert MARKER not in str(caught.value)
    assert caught.value.__cause__ is None


def test_practice_that_cannot_be_written(opened: Practice, form: str) -> None:
    """A full disk and a locked practice are told in words, and the next save works."""
    case = opened.case(opened.cases()[0].id)
    with opened.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(PracticeProblem, match="full"):
        case.save(form, {"text": "x" * 500_000})
    with opened.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    case.save(form, {"text": "x" * 500_000})
    other = Practice.open(opened.folder, opened._key)
    with opened.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    with other.writing(), pytest.raises(PracticeProblem, match="try again"):
        case.save(form, {"text": "y"})
    other.close()
    assert case.save(form, {"text": "y"}).response.answers == {"text": "y"}


@pytest.mark.parametrize("harm", ["bit", "cut", "db gone", "keys gone", "keys cut", "all gone", "no folder"])
def test_backup_heals(folder: Path, key: bytes, harm: str) -> None:
    """From whatever damage, a backup brings the practice back, and what was there is kept aside."""
    practice = Practice.open(folder, key)
    made = backup.make(practice, folder.parent / "backups")
    practice.close()
    db, json = folder / "practice.db", folder / "keys.json"
    if harm == "bit":
        flipped(db, 5000)
    elif harm in ("cut", "keys cut"):
        path = db if harm == "cut" else json
        path.write_bytes(path.read_bytes()[:100])
    for path in (db, json):
        if harm in ("all gone", "no folder") or harm == f"{path.stem.replace('practice', 'db')} gone":
            path.unlink()
    if harm == "no folder":
        folder.rmdir()
    with pytest.raises(WorkbookError):
        opens_whole(folder, key)
    before = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    aside = backup.restore(made, folder)
    opens_whole(folder, key)
    assert Practice.unlock(folder, "four plain words here") == key
    assert (sorted(path.name for path in aside.iterdir()) if aside else []) == before


def test_damaged_backup_replaces_nothing(folder: Path, key: bytes) -> None:
    """A backup with a flipped bit or a cut is refused while the practice stands as it was, or it is still whole."""
    practice = Practice.open(folder, key)
    made = backup.make(practice, folder.parent / "backups")
    practice.close()
    whole, before = made.read_bytes(), (folder / "practice.db").read_bytes()
    chance = random.Random(SEED)
    refused = 0
    for at in (0, 60, 500, 1500, len(whole) - 10, *(chance.randrange(len(whole)) for _ in range(40))):
        flipped(made, at)
        try:
            aside = backup.restore(made, folder)
        except PracticeProblem:
            refused += 1
            assert (folder / "practice.db").read_bytes() == before
        else:
            assert aside is not None
            opens_whole(folder, key)
            before = (folder / "practice.db").read_bytes()
        made.write_bytes(whole)
    assert refused > 35
    for left in (0, 10, 1000, len(whole) - 1):
        made.write_bytes(whole[:left])
        with pytest.raises(PracticeProblem):
            backup.restore(made, folder)
    assert (folder / "practice.db").read_bytes() == before
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]


def test_forged_backup_does_not_open(folder: Path, key: bytes) -> None:
    """A backup whose practice was exchanged and whose digest was made to fit is found out when it is opened."""
    practice = Practice.open(folder, key)
    made = backup.make(practice, folder.parent / "backups")
    practice.close()
    other = folder.parent / "other.db"
    other.write_bytes((folder / "practice.db").read_bytes())
    flipped(other, -1)
    about = archive.manifest(made)
    forged = archive.Manifest(about.made_at, about.check, about.schema, archive.digest(other))
    archive.write(made, other, archive.keys_of(made), forged)
    backup.restore(made, folder)
    with pytest.raises(DamagedPractice):
        opens_whole(folder, key)
