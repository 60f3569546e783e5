"""A passphrase is judged in words, and a weak one is not taken."""

import pytest

from workbook.errors import WeakPassphrase
from workbook.lab import strength


@pytest.mark.parametrize("passphrase", ["", "   ", "password", "workbook", "marriage1"])
def test_easy_ones_are_refused(passphrase):
    """With a sentence on what would help."""
    assert not strength.judge(passphrase).enough
    with pytest.raises(WeakPassphrase, match="guess"):
        strength.require(passphrase)


def test_four_unrelated_words_are_enough():
    """No rules about signs and capitals."""
    found = strength.judge("lantern orchard velvet thunder")
    assert (found.score, found.enough) == (4, True)
    strength.require("lantern orchard velvet thunder")


@pytest.mark.parametrize("passphrase", ["x" * 100_000, "密码 " * 30, "\x00\ud800"])
def test_any_text_is_judged(passphrase):
    """However long or strange, the answer comes and is a score."""
    assert strength.judge(passphrase).score in range(5)


def test_no_word_repeats_the_passphrase():
    """The sentence could be shown on a screen that others see."""
    assert "velvet" not in str(strength.judge("velvet"))
