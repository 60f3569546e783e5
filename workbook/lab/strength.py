"""How hard a passphrase is to guess, in words for the counselor."""

from __future__ import annotations

from typing import NamedTuple

from workbook.errors import WeakPassphrase

ENOUGH = 3
"""zxcvbn's score from which a passphrase is taken: more than 10^8 guesses, each of which costs an Argon2id run."""
_LONGEST = 72  # characters that are looked at: zxcvbn's time grows with the square of the length
_OURS = ["workbook", "practice", "counselor", "client", "marriage"]
_WORDS = (
    "Far too easy to guess. Please put four or more unrelated words together.",
    "Too easy to guess. One or two more unrelated words make it strong.",
    "Still guessable. One more unrelated word makes it strong.",
    "Strong enough.",
    "Very strong.",
)


class Strength(NamedTuple):
    """zxcvbn's score 0 (guessed at once) to 4, a sentence, and whether the workbook takes the passphrase."""

    score: int
    words: str
    enough: bool


def judge(passphrase: str) -> Strength:
    """How strong a passphrase is; an empty one scores 0."""
    from zxcvbn import zxcvbn

    score = int(zxcvbn(passphrase[:_LONGEST], user_inputs=_OURS)["score"]) if passphrase.strip() else 0
    return Strength(score, _WORDS[score], score >= ENOUGH)


def require(passphrase: str) -> None:
    """Raise WeakPassphrase unless the workbook takes this passphrase for a practice."""
    found = judge(passphrase)
    if not found.enough:
        raise WeakPassphrase(found.words)
