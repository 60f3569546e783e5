"""Steps, sessions and other dated events as marks: which sign stands for which, and the key that explains them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.charts.words import day_words

if TYPE_CHECKING:
    from pandas import DataFrame

SIGNS = {"session": "v", "step": "^", "phase": "D", "holiday": "P", "other": "s"}
DASHES = {"session": ":", "step": "--", "phase": "-", "holiday": "-.", "other": "-."}
NAMES = {
    "session": "session",
    "step": "step begun",
    "phase": "new phase",
    "holiday": "holiday or feast day",
    "other": "other event",
}
KEY_LINES = 12
"""More marks than this are drawn without a number of their own; their words stand in the table."""


@dataclass(frozen=True)
class Mark:
    """One dated event: its number on the chart, its kind, the local day and what happened."""

    number: int
    kind: str
    day: date
    label: str

    def words(self) -> str:
        """As in `2: 10 September 2026, moved out (new phase)`."""
        return f"{self.number}: {day_words(self.day)}, {self.label or NAMES[self.kind]} ({NAMES[self.kind]})"


def marks(events: DataFrame) -> tuple[Mark, ...]:
    """The events as numbered marks, in the order of time."""
    ordered = events.sort_values("at", kind="stable")
    return tuple(
        Mark(number, row.kind if row.kind in SIGNS else "other", row.day.date(), " ".join(row.label.split()))
        for number, row in enumerate(ordered.itertuples(), 1)
    )


def key(all_marks: tuple[Mark, ...], width: int) -> list[str]:
    """The lines under a chart that explain its marks, none longer than `width` characters."""
    if len(all_marks) > KEY_LINES:
        counted = {kind: sum(mark.kind == kind for mark in all_marks) for kind in SIGNS}
        return [", ".join(f"{count} x {NAMES[kind]}" for kind, count in counted.items() if count) + " – see the table"]
    return [shorten(drawable(mark.words()), width) for mark in all_marks]


def shorten(words: str, width: int) -> str:
    """The words cut to a width; the whole of them stands in the table and in the alternative text."""
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def drawable(words: str) -> str:
    """The words with a visible stand-in for each character that the chart's font lacks; the table has them whole."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return "".join(
        sign if sign == " " or (sign.isprintable() and font.get_char_index(ord(sign))) else "▯" for sign in words
    )
