"""Steps, sessions and other dated events as marks: which sign stands for which, and the key that explains them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.charts.leaf import shorten
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
"""More marks than this are drawn without a number; their words stand in the table, and once on paper."""


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
        return [", ".join(f"{count} x {NAMES[kind]}" for kind, count in counted.items() if count)]
    return [shorten(mark.words(), width) for mark in all_marks]
