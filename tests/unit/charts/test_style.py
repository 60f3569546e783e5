"""Colours that can be told apart and read."""

from __future__ import annotations

import pytest

from workbook.charts.style import THEMES

PAPER = {"light": "#fdfcf9", "dark": "#1b1e20"}


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast after WCAG 2, from 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_has_contrast(name: str) -> None:
    """Text reaches AA on the page's paper (4.5), lines of data 3."""
    theme = THEMES[name]
    assert contrast(theme.ink, PAPER[name]) > 7
    assert contrast(theme.muted, PAPER[name]) > 4.5
    assert contrast(theme.first, PAPER[name]) > 3
    assert contrast(theme.second, PAPER[name]) > 3


@pytest.mark.parametrize("name", THEMES)
def test_bars_differ_in_grey(name: str) -> None:
    """The two colours that stand one against the other differ in brightness, not in hue alone."""
    assert contrast(THEMES[name].first, THEMES[name].third) > 1.5
