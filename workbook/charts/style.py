"""Colours, marks and type of the charts: Okabe-Ito colours, and a different mark, dash or hatch for each meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ThemeName = Literal["light", "dark"]
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++")


@dataclass(frozen=True)
class Theme:
    """Colours of one theme; ink and muted have AA contrast or better on the page's paper."""

    ink: str
    muted: str
    line: str
    first: str
    second: str
    third: str
    fourth: str
    gap: str
    face: str
    edge: str

    def bar(self, number: int) -> dict[str, str]:
        """How the bars of the nth answer look: by colour and by hatch, so that a copy in grey reads as well."""
        colors = (self.first, self.third, self.fourth, self.second, self.gap, self.muted)
        return {"color": colors[number % 6], "hatch": _HATCHES[number % 6], "edgecolor": self.edge}


THEMES: dict[str, Theme] = {
    # Okabe & Ito (2008): blue, vermillion, bluish green, orange; in the dark the lighter ones of the same set
    "light": Theme(
        *("#24221e", "#565048", "#ddd6ca"),
        *("#0072B2", "#D55E00", "#E69F00", "#009E73"),
        *("#b5ac9f", "#ffffff", "#24221e"),
    ),
    "dark": Theme(
        *("#ece7df", "#bfb7ab", "#3b4145"),
        *("#56B4E9", "#E69F00", "#F0E442", "#009E73"),
        *("#6f7478", "#1b1e20", "#131516"),
    ),
}

FONTS = "'Noto Sans', 'DejaVu Sans', system-ui"
"""Fonts of the text in a chart, as the page and the PDF know them."""
SIZE = 9.5
"""Type size in points; a chart is drawn as wide as it is shown, so this is also the size on the screen."""
SMALL = 8.5


def settings(theme: Theme, salt: str) -> Any:
    """matplotlib settings: text stays text, ids depend on the salt alone, and nothing on the user's own settings."""
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": salt,
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": SIZE,
        "text.parse_math": False,  # a label with dollar signs is a label, not a formula
        "text.color": theme.ink,
        "axes.edgecolor": theme.muted,
        "axes.labelcolor": theme.ink,
        "axes.linewidth": 0.8,
        "axes.facecolor": "none",
        "figure.facecolor": "none",
        "savefig.facecolor": "none",
        "xtick.color": theme.muted,
        "ytick.color": theme.muted,
        "xtick.labelcolor": theme.ink,
        "ytick.labelcolor": theme.ink,
        "grid.color": theme.line,
        "grid.linewidth": 0.7,
        "hatch.linewidth": 0.6,
        "axes.unicode_minus": True,
    }
