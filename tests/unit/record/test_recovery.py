"""The recovery key survives handwriting, and mistakes in it are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import WrongKey
from workbook.record import recovery

SECRETS = st.binary(min_size=16, max_size=16)
KNOWN = "0000-0000-0000-0000-0000-0000-0"


@given(SECRETS)
def test_round_trip(secret: bytes) -> None:
    """What is spelled is read back."""
    assert recovery.parse(recovery.spell(secret)) == secret


@given(SECRETS)
def test_shape(secret: bytes) -> None:
    """Seven groups of four signs, none of them I, L, O or U."""
    groups = recovery.spell(secret).split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert not set("".join(groups)) & set("ILOUilou")


@given(SECRETS, st.sampled_from([str.lower, lambda t: t.replace("-", " "), lambda t: t.replace("-", "")]))
def test_tolerates_handwriting(secret: bytes, written: object) -> None:
    """Case, spaces and dashes do not matter."""
    assert callable(written)
    assert recovery.parse(f"  {written(recovery.spell(secret))}\n") == secret


@given(SECRETS)
def test_look_alikes(secret: bytes) -> None:
    """O is read as 0, I and l as 1."""
    text = recovery.spell(secret)
    assert recovery.parse(text.replace("0", "O").replace("1", "I")) == secret
    assert recovery.parse(text.replace("0", "o").replace("1", "l")) == secret


@given(SECRETS)
def test_two_signs_exchanged_are_noticed(secret: bytes) -> None:
    """Exchanged neighbours are almost always called a typing mistake, and never read as the same key."""
    text = recovery.spell(secret)
    swapped = text[1] + text[0] + text[2:]
    if swapped == text:
        return
    try:
        assert recovery.parse(swapped) != secret
    except WrongKey as error:
        assert "typing mistake" in str(error)


def test_checksum_is_checked() -> None:
    """A key with a wrong last sign is refused before anything is tried with it."""
    text = recovery.spell(bytes(16))
    last = "0" if text[-1] != "0" else "2"
    with pytest.raises(WrongKey, match="typing mistake"):
        recovery.parse(text[:-1] + last)


@pytest.mark.parametrize("typed", ["", "ABCD", KNOWN, "X" * 29, "🙂" * 27])
def test_wrong_length_is_said(typed: str) -> None:
    """Too few or too many signs are counted for the reader, and not repeated."""
    with pytest.raises(WrongKey, match="28 in all") as caught:
        recovery.parse(typed)
    assert not typed or typed not in str(caught.value)


def test_foreign_sign_names_its_group() -> None:
    """A sign that no key has is said with the number of its group."""
    with pytest.raises(WrongKey, match="Group 2"):
        recovery.parse("0000-U" + "0" * 23)
