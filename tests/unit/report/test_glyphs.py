"""Nothing vanishes, nothing is cut, nothing stops the printer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.report import glyphs


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fine 🙂", "fine [slightly smiling face]"),
        ("👩‍👧", "[woman, girl]"),
        ("中文", "[cjk unified ideograph-4e2d, cjk unified ideograph-6587]"),
        ("\ue000", "[U+E000]"),
        ("\x07", "[U+0007]"),
        ("❤\ufe0f", "❤"),
        ("a\0b", "a␀b"),
        ("a\ud800b", "a\ufffdb"),
        ("\ufeffa", "a"),
        ("≤ ≥ ≠ ✓ → Ω ж", "≤ ≥ ≠ ✓ → Ω ж"),
        ("a\r\nb\u2028c", "a\nb\nc"),
    ],
)
def test_what_no_font_has_is_named(text, shown):
    """A stand-in takes the place of a character that cannot be drawn; what can be drawn stays."""
    assert glyphs.printable(text) == shown


@given(st.text(max_size=200))
def test_every_text_can_be_set(text):
    """Whatever is typed, each character can be drawn: known to a font, a line end, or named."""
    known = glyphs.code_points()
    assert all(ord(one) in known or one == "\n" for one in glyphs.printable(text))


def test_characters_brought_by_typst_are_there(set_text):
    """The signs that we take for granted in typst's own fonts are in them: PDF/UA fails when one is not."""
    signs = "".join(sorted(glyphs._BROUGHT_BY_TYPST))
    assert "≥" in set_text(" ".join(signs)).text


def test_long_runs_may_break_and_short_words_stay_whole():
    """A marker of ordinary length stays searchable; a long run gets places to break."""
    assert glyphs.unbroken("x" * 30) == "x" * 30
    assert glyphs.unbroken("y" * 45).split("\u200b") == ["y" * 20, "y" * 20, "y" * 5]
    assert glyphs.unbroken("e\u0301" * 40).replace("\u200b", "") == "e\u0301" * 40
    assert "\u200b\u0301" not in glyphs.unbroken("e\u0301" * 40)


def test_direction_follows_the_first_letter():
    """Hebrew and Arabic paragraphs run from right to left, each by itself."""
    assert glyphs.paragraphs("hello\nשלום world\n12 مرحبا\n\n") == ["hello", {"rtl": "שלום world"}, {"rtl": "12 مرحبا"}]


def test_an_unbroken_run_is_printed_whole(set_text):
    """No letter of a very long word is lost at the edge of the paper."""
    printed = set_text("".join(chr(97 + n % 26) for n in range(2000)))
    assert printed.words.replace(" ", "").count("abcdefghijklmnopqrstuvwxyz") >= 76
