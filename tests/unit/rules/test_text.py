"""Texts come back as they were typed, less NUL and unpaired surrogates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.rules.text import clean


@given(st.text())
def test_a_text_without_nul_is_unchanged(text: str):
    """Emoji, right-to-left and combining characters stay; hypothesis makes no surrogates by default."""
    assert clean(text) == text.replace("\0", "␀")


@pytest.mark.parametrize(("bad", "shown"), [("a\0b", "a␀b"), ("a\ud800b", "a�b"), ("é\0\udfff", "é␀�")])
def test_what_no_store_can_carry_becomes_a_visible_stand_in(bad: str, shown: str):
    """Nothing vanishes silently."""
    assert clean(bad) == shown
    clean(bad).encode()
