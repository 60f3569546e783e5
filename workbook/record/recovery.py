"""The recovery key as a person writes it down: Crockford base32, seven groups of four, with a checksum."""

from __future__ import annotations

import hashlib
import secrets

from workbook.errors import WrongKey

SECRET_BYTES = 16  # 128 bits
GROUPS, GROUP = 7, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_READ_AS = str.maketrans("OIL", "011")
_BITS = 5  # of one letter
_CHECK_BITS = GROUPS * GROUP * _BITS - SECRET_BYTES * 8  # 12: one mistyped key in 4,096 passes, and then opens nothing


def new() -> bytes:
    """A fresh random secret of 128 bits."""
    return secrets.token_bytes(SECRET_BYTES)


def spell(secret: bytes) -> str:
    """The secret as `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`."""
    number = (int.from_bytes(secret) << _CHECK_BITS) | _checksum(secret)
    count = GROUPS * GROUP
    letters = "".join(_ALPHABET[number >> (_BITS * place) & (1 << _BITS) - 1] for place in reversed(range(count)))
    return "-".join(letters[start : start + GROUP] for start in range(0, count, GROUP))


def parse(text: str) -> bytes:
    """The secret in a typed recovery key, read as `plain` does.

    Raises:
        WrongKey: a letter is missing or mistyped; says which of the two, never what was typed.
    """
    letters = plain(text)
    if len(letters) != GROUPS * GROUP:
        raise WrongKey(
            f"A recovery key has {GROUPS} groups of {GROUP} letters and digits, {GROUPS * GROUP} in all; "
            f"{len(letters)} were typed. Please compare it with the recovery sheet."
        )
    number = 0
    for place, letter in enumerate(letters):
        if letter not in _VALUE:
            raise WrongKey(f"Group {place // GROUP + 1} of the recovery key has a sign that no recovery key has.")
        number = number << _BITS | _VALUE[letter]
    secret = (number >> _CHECK_BITS).to_bytes(SECRET_BYTES)
    if number & (1 << _CHECK_BITS) - 1 != _checksum(secret):
        raise WrongKey("The recovery key has a typing mistake. Please compare it with the recovery sheet.")
    return secret


def plain(text: str) -> str:
    """What was typed, as the sheet has it: without spaces and dashes, in capitals; O is read as 0, I and L as 1."""
    typed = text.upper().translate(_READ_AS)
    return "".join(letter for letter in typed if not (letter.isspace() or letter in "-‐‑–—_."))


def _checksum(secret: bytes) -> int:
    digest = hashlib.sha256(b"workbook recovery key" + secret).digest()
    return int.from_bytes(digest[:2]) >> (16 - _CHECK_BITS)
