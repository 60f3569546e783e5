"""A line of years: points with a date, how close it felt, and what changed; and a marker from another form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.charts import plots, words
from workbook.charts.held import cell
from workbook.charts.leaf import KEY_WIDTH, Drawing, shorten
from workbook.charts.ratings import AIR, joined
from workbook.charts.style import SMALL
from workbook.charts.ticks import at, dated

if TYPE_CHECKING:
    from workbook.charts.held import Held
    from workbook.charts.leaf import Leaf
    from workbook.content.model import Field

_ROLES = ("name", "value", "note")
_LIFETIMES = range(1900, 2200)
"""Years of a line; what was mistyped (0209) would press all else together, and stays in the table."""
_NUMBERED = 12
"""So many points have their words below the drawing; of more the table tells them."""


@dataclass(frozen=True)
class Point:
    """One point of a line of years; `value` is None where it was not said."""

    sign: str
    """Its number, or the sign of the marker from another form."""
    day: date | None
    value: float | None
    name: str
    note: str

    @property
    def when(self) -> str:
        """Its day in words."""
        return words.day_words(self.day) if self.day else words.NONE


def years(held: Held) -> Drawing | None:
    """Closeness by date, numbered in the order of time, with a dated marker from another form."""
    points, marker = _points(held), _marker(held)
    placed = [one for one in points if one.day and one.day.year in _LIFETIMES]
    days = [one.day for one in placed if one.day]
    asked = [one for one in (held.role(role) for role in _ROLES) if one]
    if not days or len(asked) < len(_ROLES):
        return None
    rated = [one.value for one in placed if one.value is not None]
    rest, open_ = len(points) - len(placed), len(placed) - len(rated)
    closeness = words.spread(rated) if rated else "not said anywhere"
    stand = "stands" if rest == 1 else "stand"
    alone = f"{words.count(rest, 'point')} without a date on the line {stand} in the table alone."
    return Drawing(
        paint=lambda leaf: _paint_years(leaf, asked[1].field, placed, marker),
        alt=[
            f"{words.period(days[0], days[-1])}. {words.count(len(placed), 'point')}, closeness {closeness}.",
            *([f"{words.count(open_, 'point')} without closeness."] if open_ else []),
            *([alone] if rest else []),
            *(f"Marked: {one.when}, {one.name}." for one in marker),
        ],
        columns=("When", *map(held.words, asked)),
        rows=tuple((one.when, one.name, words.number(one.value), one.note) for one in (*points, *marker)),
        few=words.few(len(rated), "point", "points") if rated else "",
    )


def _points(held: Held) -> list[Point]:
    """The points in the order of time, those without a date last."""
    when, name, value, note = (held.role(role) for role in ("when", *_ROLES))
    rows = sorted(held.rows(when), key=lambda row: cell(row, when) or "~")
    return [
        Point(str(number), _date(cell(row, when)), cell(row, value), held.cell(row, name), held.cell(row, note))
        for number, row in enumerate(rows, 1)
    ]


def _marker(held: Held) -> list[Point]:
    """The marker from another form, if it has one, with the words that stand with it."""
    one, around = held.role("marker"), held.role("around")
    day = _date(held.answer(one))
    if one is None or day is None or day.year not in _LIFETIMES:
        return []
    return [Point("◆", day, None, held.words(one), held.said(around, held.answer(around)))]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _paint_years(leaf: Leaf, field: Field, points: list[Point], marker: list[Point]) -> None:
    [axes], theme = leaf.axes, leaf.theme
    numbered = points if len(points) <= _NUMBERED else []
    lines = [f"{one.sign}: {one.when}, {one.name}" for one in numbered]
    lines += [f"{one.sign} {one.when}, {one.name}" for one in marker if numbered]
    leaf.lines = tuple(shorten(one, KEY_WIDTH) for one in lines)
    days = [one.day for one in (*points, *marker) if one.day]
    dated(leaf, axes, min(days), max(days))
    plots.rating(axes, field, "Closeness", AIR)
    foot = axes.get_xaxis_transform()
    rated = [(one.day, one.value) for one in points if one.day and one.value is not None]
    if rated:
        joined(leaf, axes, rated, "a point of yours")
    unsaid = [at(one.day) for one in points if one.day and one.value is None]
    if unsaid:
        (drawn,) = axes.plot(unsaid, [0.0] * len(unsaid), "^", linestyle="none", color=theme.ink, transform=foot,
                             clip_on=False)  # fmt: skip
        leaf.explain(drawn, "a point without closeness")
    for one in numbered:
        place = (at(one.day or date.min), field.min if one.value is None else one.value)
        axes.annotate(
            one.sign, place, xytext=(0, 6), textcoords="offset points", ha="center", va="bottom", fontsize=SMALL,
            annotation_clip=False,
        )  # fmt: skip
    for one in marker:
        x = at(one.day or date.min)
        axes.axvline(x, color=theme.muted, linestyle="--", linewidth=1, zorder=1.5)
        (drawn,) = axes.plot([x], [1.0], "D", transform=foot, clip_on=False, markersize=6, markerfacecolor=theme.face,
                             markeredgecolor=theme.ink, zorder=4, linestyle="none")  # fmt: skip
        leaf.explain(drawn, one.name)
