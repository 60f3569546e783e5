"""Backups: made whole, ten kept, restored here or elsewhere, and dead keys stay dead in them."""

import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice, WrongKey
from workbook.record import archive, backup, keys, migrations
from workbook.record.moments import now
from workbook.record.practice import Practice


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the backups lie."""
    return tmp_path / "backups"


def aliases(folder: Path, key: bytes) -> list[str]:
    """The cases of the practice in a folder, every page of it read."""
    practice = Practice.open(folder, key)
    practice.check()
    found = [info.alias for info in practice.cases()]
    practice.close()
    return found


def test_restore_brings_back_what_was(practice: Practice, kept: Path) -> None:
    """The restored practice is the one of that day; the replaced one stays beside it."""
    practice.add_case("Robin")
    made = backup.make(practice, kept)
    practice.add_case("Kim")
    practice.close()
    aside = backup.restore(made, practice.folder)
    assert aliases(practice.folder, practice._key) == ["Robin"]
    assert aside is not None
    assert aliases(aside, practice._key) == ["Robin", "Kim"]
    assert sorted(path.name for path in practice.folder.parent.iterdir()) == sorted(["backups", "practice", aside.name])


def test_restore_on_another_computer(practice: Practice, kept: Path, tmp_path: Path) -> None:
    """One file and the passphrase are all that is needed."""
    practice.add_case("Robin")
    carried = shutil.copy(backup.make(practice, kept), tmp_path / "from a stick.backup")
    elsewhere = tmp_path / "elsewhere" / "workspace" / "practice"
    assert backup.restore(Path(carried), elsewhere) is None
    assert aliases(elsewhere, Practice.unlock(elsewhere, "four plain words here")) == ["Robin"]


def test_backup_while_others_write(practice: Practice, kept: Path) -> None:
    """A backup sees what is saved and not folded in yet, without closing anything."""
    other = Practice.open(practice.folder, practice._key)
    other.add_case("Robin")
    made = backup.make(practice, kept)
    other.add_case("Kim")
    other.close()
    assert [path.name for path in kept.iterdir()] == [made.name]
    practice.close()
    backup.restore(made, practice.folder)
    assert aliases(practice.folder, practice._key) == ["Robin"]


def test_last_ten_are_kept(practice: Practice, kept: Path, tmp_path: Path, cheap: keys.Cost) -> None:
    """The eleventh backup pushes out the first; those of another practice and other files stay."""
    kept.mkdir()
    (kept / "notes.txt").write_text("mine")
    (kept / "broken.backup").write_text("mine too")
    other, _ = Practice.create(tmp_path / "other", "x", cost=cheap)
    foreign = backup.make(other, kept)
    other.close()
    made = [backup.make(practice, kept) for _ in range(11)]
    assert [path.exists() for path in made] == [False] + [True] * 10
    assert foreign.exists()
    assert len(list(kept.iterdir())) == 13


def test_backups_of_a_clock_that_was_ahead_push_none_out(
    practice: Practice, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten of them are older than the one that is made now, whatever their names say."""
    monkeypatch.setattr(backup, "now", lambda: now() + timedelta(days=900))
    for _ in range(backup.KEEP):
        backup.make(practice, kept)
    monkeypatch.setattr(backup, "now", now)
    assert backup.make(practice, kept).exists()
    assert len(backup.listing(kept)) == backup.KEEP


def test_listing(practice: Practice, kept: Path) -> None:
    """The newest comes first; a file that cannot be read is listed as such, last."""
    assert backup.listing(kept) == []
    first, second = backup.make(practice, kept), backup.make(practice, kept)
    (kept / "broken.backup").write_bytes(b"PK")
    listed = backup.listing(kept)
    assert [one.name for one in listed] == [second.name, first.name, "broken.backup"]
    assert [one.whole for one in listed] == [True, True, False]
    assert listed[2].made_at is None
    assert listed[0].size == second.stat().st_size


def test_unfinished_backups_are_swept(practice: Practice, kept: Path) -> None:
    """What a crash left behind is removed once nobody can be writing it any more."""
    import os

    kept.mkdir()
    for name, age in ((".old.part", 7200), (".fresh.part", 0)):
        (kept / name).write_bytes(b"x")
        then = (kept / name).stat().st_mtime - age
        os.utime(kept / name, (then, then))
    backup.make(practice, kept)
    assert [path.name for path in kept.glob(".*")] == [".fresh.part"]


def test_replaced_keys_die_in_backups_too(folder: Path, kept: Path, cheap: keys.Cost) -> None:
    """A new passphrase and a new recovery key hold for kept backups and replaced practices as well."""
    practice, old = Practice.create(folder, "old words", cost=cheap)
    made = backup.make(practice, kept)
    practice.close()
    aside = backup.restore(made, folder)
    assert aside is not None
    new = keys.new_recovery_key(folder, practice._key)
    keys.change_passphrase(folder, practice._key, "new words", cost=cheap)
    elsewhere = folder.parent / "elsewhere"
    backup.restore(made, elsewhere)
    for place in (folder, aside, elsewhere):
        with pytest.raises(WrongKey):
            keys.recover(place, old)
        with pytest.raises(WrongKey):
            keys.unlock(place, "old words")
        assert keys.recover(place, new) == keys.unlock(place, "new words") == practice._key
    assert aliases(elsewhere, practice._key) == []


def test_old_stick_does_not_revive_dead_keys(practice: Practice, kept: Path, cheap: keys.Cost, tmp_path: Path) -> None:
    """A backup from before the passphrase was changed, restored over the practice, opens with the present one."""
    carried = Path(shutil.copy(backup.make(practice, kept), tmp_path / "old.backup"))
    keys.change_passphrase(practice.folder, practice._key, "new words", cost=cheap)
    practice.close()
    backup.restore(carried, practice.folder)
    assert keys.unlock(practice.folder, "new words") == practice._key
    with pytest.raises(WrongKey):
        keys.unlock(practice.folder, "four plain words here")


def test_foreign_backups_keep_their_keys(practice: Practice, kept: Path, tmp_path: Path, cheap: keys.Cost) -> None:
    """New keys of one practice leave the backups of another alone."""
    other, _ = Practice.create(tmp_path / "other", "x", cost=cheap)
    foreign = backup.make(other, kept)
    other.close()
    before = foreign.read_bytes()
    keys.new_recovery_key(practice.folder, practice._key)
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut"])
def test_file_that_is_no_backup(practice: Practice, tmp_path: Path, content: bytes) -> None:
    """Another file is called that, and replaces nothing."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(NotAPractice, match=r"photo\.jpg"):
        backup.restore(path, practice.folder)
    with pytest.raises(NotAPractice):
        backup.restore(tmp_path / "missing.backup", practice.folder)
    practice.check()


def test_zip_of_something_else(practice: Practice, tmp_path: Path) -> None:
    """A zip with other things in it is no backup, and nothing of it is unpacked."""
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../escape.txt", "x")
    with pytest.raises(NotAPractice):
        backup.restore(path, practice.folder)
    assert not list(tmp_path.rglob("escape.txt"))


def test_newer_backup(practice: Practice, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup of a later version is refused before anything is replaced."""
    made = backup.make(practice, kept)
    monkeypatch.setattr(migrations, "MIGRATIONS", ())
    with pytest.raises(NewerPractice):
        backup.restore(made, practice.folder)
    monkeypatch.setattr(archive, "FORMAT", 0)
    assert not backup.listing(kept)[0].whole
    with pytest.raises(NewerPractice):
        backup.restore(made, practice.folder)
    practice.check()


def test_damaged_practice_makes_no_backup(practice: Practice, kept: Path) -> None:
    """A practice that cannot be read whole is not backed up over the good ones."""
    good = backup.make(practice, kept)
    practice.close()
    path = practice.folder / "practice.db"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedPractice):
        backup.make(practice, kept)
    assert list(kept.iterdir()) == [good]


def test_broken_backup_does_not_stop_a_new_passphrase(practice: Practice, kept: Path, cheap: keys.Cost) -> None:
    """A backup that cannot be rewritten is passed over; the whole ones get the new keys, and no part file stays."""
    broken, good = backup.make(practice, kept), backup.make(practice, kept)
    content = bytearray(broken.read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)
    keys.change_passphrase(practice.folder, practice._key, "new words", cost=cheap)
    assert archive.keys_of(good) == (practice.folder / keys.FILE).read_bytes()
    assert broken.read_bytes() == bytes(content)
    assert sorted(kept.iterdir()) == sorted([broken, good])


def test_next_backup_brings_the_others_up_to_date(practice: Practice, kept: Path, cheap: keys.Cost) -> None:
    """A backup that was away when the passphrase changed is given the new keys later; others are not touched."""
    away, there = backup.make(practice, kept), backup.make(practice, kept)
    hidden = away.rename(kept.parent / away.name)
    keys.change_passphrase(practice.folder, practice._key, "new words", cost=cheap)
    hidden.rename(away)
    untouched = there.stat().st_mtime_ns
    backup.make(practice, kept)
    assert archive.keys_of(away) == archive.keys_of(there)
    assert there.stat().st_mtime_ns == untouched
