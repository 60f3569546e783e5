"""keys.json under attack: what is damaged is called damaged, what is wrong is called wrong, and nothing crashes."""

import json
from pathlib import Path

import pytest
from fault_writer import CHEAP, PASSPHRASE
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import DamagedPractice, KeyProblem, NewerPractice, PracticeProblem, WorkbookError, WrongKey
from workbook.record import keys
from workbook.record.practice import Practice

HERE = settings(max_examples=150)
PARTS = ["passphrase", "recovery"]
HEAD = ["format", "rehearsal", "check", "passphrase", "recovery"]
OBJECTS = st.dictionaries(st.sampled_from(HEAD), st.none() | st.integers())
OTHERS = [b"[]", b"null", b"1", b"{}", b"\xff\xfe", b'{"format": 1}', b'{"format": "1"}', b"[" * 9999]
NONSENSE = [{"salt": "zz"}, {"salt": 1}, {"nonce": ""}, {"wrapped": None}, {"passes": -1}, {"passes": "3"}]
ENTRIES = ["salt", "nonce", "wrapped", "sum", "kdf"]


@HERE
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_flipped_bit_is_damage_not_a_wrong_passphrase(folder: Path, key: bytes, at: int, bit: int) -> None:
    """With any one bit flipped, the right passphrase opens or is told of the damage; it is never called wrong."""
    path = folder / keys.FILE
    whole = path.read_bytes()
    altered = bytearray(whole)
    altered[at % len(altered)] ^= 1 << bit
    path.write_bytes(altered)
    try:
        assert keys.unlock(folder, PASSPHRASE) == key
    except DamagedPractice:
        pass
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("entry", ENTRIES)
def test_one_damaged_part_leaves_the_other(folder: Path, key: bytes, recovery_key: str, part: str, entry: str) -> None:
    """When one way in is damaged, it is named, the other opens, and the damaged one can be made anew."""
    path = folder / keys.FILE
    data = json.loads(path.read_text())
    data[part][entry] = data[part][entry][:-1] + ("0" if data[part][entry][-1] != "0" else "1")
    path.write_text(json.dumps(data))
    if part == "passphrase":
        with pytest.raises(DamagedPractice, match="recovery key"):
            keys.unlock(folder, PASSPHRASE)
        assert keys.recover(folder, recovery_key) == key
        keys.change_passphrase(folder, key, "new", cost=CHEAP)
        assert keys.unlock(folder, "new") == key
    else:
        with pytest.raises(DamagedPractice, match="passphrase"):
            keys.recover(folder, recovery_key)
        assert keys.unlock(folder, PASSPHRASE) == key
        assert keys.recover(folder, keys.new_recovery_key(folder, key)) == key


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_cut_off(folder: Path, cut: int) -> None:
    """A cut-off keys.json is damage, told before anything is tried."""
    path = folder / keys.FILE
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(DamagedPractice, match="backup"):
        keys.unlock(folder, PASSPHRASE)
    assert Practice.state(folder) == "damaged"


@pytest.mark.parametrize(
    "content", [b"[]", b"null", b"1", b"{}", b"\xff\xfe", b'{"format": 1}', b'{"format": "1"}', b"[" * 9999]
)
def test_something_else(folder: Path, content: bytes) -> None:
    """Whatever stands in the file, the answer is a sentence."""
    (folder / keys.FILE).write_bytes(content)
    with pytest.raises(DamagedPractice):
        keys.unlock(folder, PASSPHRASE)


@settings(max_examples=50)
@given(st.binary(max_size=60) | OBJECTS.map(json.dumps).map(str.encode))
def test_anything_at_all(content: bytes) -> None:
    """Random content raises an error of ours."""
    with pytest.raises(PracticeProblem):
        keys.parse(content)


def altered(folder: Path, **change: object) -> None:
    """keys.json with a changed passphrase part or head whose checksums were made to fit again."""
    path = folder / keys.FILE
    data = json.loads(path.read_text())
    data["passphrase"] |= {name: value for name, value in change.items() if name in data["passphrase"]}
    data |= {name: value for name, value in change.items() if name in data}
    for part in PARTS:
        data[part]["sum"] = keys._sum(keys._head(data), data[part])
    path.write_text(json.dumps(data))


def test_forged_cost_does_not_freeze_the_computer(folder: Path) -> None:
    """A keys.json that asks for a terabyte is refused."""
    altered(folder, memory_kib=2**30)
    with pytest.raises(DamagedPractice):
        keys.unlock(folder, PASSPHRASE)


@pytest.mark.parametrize("change", [{"rehearsal": True}, {"check": "0" * 64}, {"passes": 2}, {"salt": "00" * 16}])
def test_forged_facts_do_not_open(folder: Path, change: dict[str, object]) -> None:
    """What stands beside a wrapped key is bound to it: a changed fact opens nothing."""
    altered(folder, **change)
    with pytest.raises(KeyProblem):
        keys.unlock(folder, PASSPHRASE)


@pytest.mark.parametrize(
    "change", [{"salt": "zz"}, {"salt": 1}, {"nonce": ""}, {"wrapped": None}, {"passes": -1}, {"passes": "3"}]
)
def test_forged_nonsense_is_told_in_words(folder: Path, change: dict[str, object]) -> None:
    """A forged file with impossible values raises an error of ours, too."""
    altered(folder, **change)
    with pytest.raises(WorkbookError):
        keys.unlock(folder, PASSPHRASE)


def test_wrong_passphrase_and_newer_version(folder: Path) -> None:
    """The two other answers stay apart from damage."""
    with pytest.raises(WrongKey):
        keys.unlock(folder, PASSPHRASE + " ")
    (folder / keys.FILE).write_text('{"format": 2}')
    with pytest.raises(NewerPractice):
        keys.unlock(folder, PASSPHRASE)
