"""keys.json: two ways in, each replaced without touching the other, and nothing readable in it."""

import json
from pathlib import Path

import pytest

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice, WeakPassphrase, WrongKey
from workbook.record import keys


@pytest.fixture
def made(tmp_path: Path, cheap: keys.Cost) -> tuple[bytes, str]:
    """Keys in the test's folder: the data key and the recovery key."""
    return keys.create(tmp_path, "pass phrase", cost=cheap)


def test_both_ways_lead_to_the_same_key(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """Passphrase and recovery key unwrap the one data key of 32 bytes."""
    key, recovery_key = made
    assert len(key) == 32
    assert keys.unlock(tmp_path, "pass phrase") == keys.recover(tmp_path, recovery_key) == key
    assert keys.fits(tmp_path, key)
    assert not keys.fits(tmp_path, bytes(32))


def test_wrong_passphrase(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """A wrong passphrase is said to be one, without being repeated."""
    with pytest.raises(WrongKey, match="passphrase") as caught:
        keys.unlock(tmp_path, "parse phrase")
    assert "parse" not in str(caught.value)


def test_wrong_recovery_key(tmp_path: Path, made: tuple[bytes, str], cheap: keys.Cost) -> None:
    """A well-formed recovery key of another practice is refused."""
    (tmp_path / "b").mkdir()
    _, other = keys.create(tmp_path / "b", "x", cost=cheap)
    with pytest.raises(WrongKey, match="latest recovery sheet"):
        keys.recover(tmp_path, other)


@pytest.mark.parametrize(
    ("typed", "again"), [("Grün", "Gru\u0308n"), ("ﬁne", "fine"), ("１２３", "123"), ("x\u00a0y", "x y")]
)
def test_passphrases_are_normalised(tmp_path: Path, cheap: keys.Cost, typed: str, again: str) -> None:
    """The same passphrase from another keyboard opens."""
    key, _ = keys.create(tmp_path, typed, cost=cheap)
    assert keys.unlock(tmp_path, again) == key


@pytest.mark.parametrize("odd", ["\ud800", "a\0b", "🙂" * 50, "x" * 100_000])
def test_any_passphrase_works(tmp_path: Path, cheap: keys.Cost, odd: str) -> None:
    """Whatever a keyboard or clipboard sends is taken as it is."""
    key, _ = keys.create(tmp_path, odd, cost=cheap)
    assert keys.unlock(tmp_path, odd) == key


def test_empty_passphrase_is_refused(tmp_path: Path, cheap: keys.Cost) -> None:
    """No practice without a passphrase; no file is left."""
    with pytest.raises(WeakPassphrase):
        keys.create(tmp_path, "  ", cost=cheap)
    assert list(tmp_path.iterdir()) == []


def test_change_of_passphrase(tmp_path: Path, made: tuple[bytes, str], cheap: keys.Cost) -> None:
    """The new passphrase opens, the old does not, the recovery key still does."""
    key, recovery_key = made
    keys.change_passphrase(tmp_path, key, "another one", cost=cheap)
    assert keys.unlock(tmp_path, "another one") == keys.recover(tmp_path, recovery_key) == key
    with pytest.raises(WrongKey):
        keys.unlock(tmp_path, "pass phrase")


def test_new_recovery_key(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """The new recovery key opens, the old one died, the passphrase still opens."""
    key, old = made
    new = keys.new_recovery_key(tmp_path, key)
    assert new != old
    assert keys.recover(tmp_path, new) == keys.unlock(tmp_path, "pass phrase") == key
    with pytest.raises(WrongKey):
        keys.recover(tmp_path, old)


def test_keys_of_another_practice_change_nothing(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """A foreign data key cannot be wrapped into this practice."""
    before = (tmp_path / keys.FILE).read_bytes()
    with pytest.raises(WrongKey):
        keys.new_recovery_key(tmp_path, bytes(32))
    assert (tmp_path / keys.FILE).read_bytes() == before


def test_nothing_readable_in_the_file(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """Neither data key, passphrase nor recovery key stands in keys.json, and no part file stays."""
    key, recovery_key = made
    content = (tmp_path / keys.FILE).read_text()
    assert key.hex() not in content
    assert "pass phrase" not in content
    assert not any(group in content for group in recovery_key.split("-"))
    assert [path.name for path in tmp_path.iterdir()] == [keys.FILE]


def test_standard_cost_is_written_down(tmp_path: Path) -> None:
    """Without a word on cost, a guess costs 64 MiB and three passes, as the file says."""
    keys.create(tmp_path, "x")
    part = json.loads((tmp_path / keys.FILE).read_text())["passphrase"]
    assert (part["kdf"], part["memory_kib"], part["passes"]) == ("argon2id", 64 * 1024, 3)


@pytest.mark.parametrize("rehearsal", [True, False])
def test_rehearsal_is_marked(tmp_path: Path, cheap: keys.Cost, rehearsal: bool) -> None:
    """A rehearsal practice can be told without its key."""
    keys.create(tmp_path, "x", rehearsal=rehearsal, cost=cheap)
    assert keys.read(tmp_path)["rehearsal"] is rehearsal


def test_no_practice(tmp_path: Path) -> None:
    """A folder without keys holds no practice; one with a practice file alone is damaged."""
    with pytest.raises(NotAPractice):
        keys.read(tmp_path)
    (tmp_path / "practice.db").write_bytes(b"x")
    with pytest.raises(DamagedPractice, match="missing"):
        keys.read(tmp_path)


def test_newer_format(tmp_path: Path, made: tuple[bytes, str]) -> None:
    """The keys of a later version are said to be that, not damaged."""
    path = tmp_path / keys.FILE
    path.write_text(json.dumps({"format": keys.FORMAT + 1, "lock": "unknown"}))
    with pytest.raises(NewerPractice):
        keys.unlock(tmp_path, "pass phrase")
