"""A line of years: points with a date, how close it felt, and what changed; and a marker from another form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.charts import dated, telling, words
from workbook.charts.leaf import KEY_WIDTH
from workbook.charts.marks import drawable, shorten
from workbook.charts.pictures import Picture
from workbook.charts.series import Window
from workbook.charts.style import SMALL

if TYPE_CHECKING:
    from workbook.charts.held import Held, Row
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.charts import ChartItem
    from workbook.content.model import Field

_ROLES = ("name", "value", "note")
_LIFETIMES = range(1900, 2200)
"""Years of a line; what was mistyped (0209) would press all else together, and stays in the table."""
_NUMBERED = 12
"""So many points have their words below the drawing; of more the table tells them."""


@dataclass(frozen=True)
class Point:
    """One point of a line of years; `value` is None where it was not said."""

    number: int
    day: date | None
    value: float | None
    name: str
    note: str

    def words(self) -> str:
        """As in `2: 3 May 2009, first flat`."""
        return f"{self.number}: {words.day_words(self.day) if self.day else ''}, {self.name}"


def years(held: Held) -> Picture | None:
    """Closeness by date, numbered in the order of time, with a dated marker from another form."""
    points, marker = _points(held), _marker(held)
    placed = [one for one in points if one.day and one.day.year in _LIFETIMES]
    days = [one.day for one in placed if one.day]
    asked = [one for one in (held.role(role) for role in _ROLES) if one]
    if not days or len(asked) < len(_ROLES):
        return None
    rated = [one for one in placed if one.value is not None]
    rest = len(points) - len(placed)
    open_ = len(placed) - len(rated)
    told = words.spread_of([one.value for one in rated if one.value is not None]) if rated else "not said anywhere"
    verb = "stands" if rest == 1 else "stand"
    alone = f"{words.count(rest, 'point')} without a date on the line {verb} in the table alone."
    marked = [f"Marked: {words.day_words(marker[0])}, {marker[1]}."] if marker else []
    return Picture(
        paint=lambda leaf: _paint_years(leaf, asked[1].field, placed, marker),
        alt=[
            f"{words.period(Window(days[0], days[-1]))}. {words.count(len(placed), 'point')}, closeness {told}.",
            *([f"{words.count(open_, 'point')} without closeness."] if open_ else []),
            *([alone] if rest else []),
            *marked,
        ],
        columns=("When", *map(held.words, asked)),
        rows=(*(_row(one) for one in points), *([_marker_row(marker)] if marker else [])),
        few=words.few(len(rated), "point", "points") if rated else "",
    )


def _points(held: Held) -> list[Point]:
    """The points in the order of time, those without a date last."""
    asked = [held.role(role) for role in ("when", *_ROLES)]
    rows = [[_cell(row, one) for one in asked] for row in held.rows(asked[0])]
    rows.sort(key=lambda row: row[0] or "~")
    return [
        Point(number, date.fromisoformat(when) if when else None, value, _line(name), _line(note))
        for number, (when, name, value, note) in enumerate(rows, 1)
    ]


def _cell(row: Row, one: ChartItem | None) -> Any:
    return row.get(one.item.partition(".")[2]) if one else None


def _line(text: str | None) -> str:
    return " ".join((text or "").split()) or telling.NONE


def _marker(held: Held) -> tuple[date, str, str] | None:
    """Day, name and the words that stand with it."""
    one = held.role("marker")
    day, around = held.answer(one), held.answer(held.role("around"))
    if one is None or day is None or date.fromisoformat(day).year not in _LIFETIMES:
        return None
    return date.fromisoformat(day), held.words(one), _line(around)


def _row(one: Point) -> tuple[str, ...]:
    when = words.day_words(one.day) if one.day else telling.NONE
    return (when, one.name, _said(one.value), one.note)


def _marker_row(marker: tuple[date, str, str]) -> tuple[str, ...]:
    return (words.day_words(marker[0]), marker[1], telling.NONE, marker[2])


def _said(value: float | None) -> str:
    return telling.NONE if value is None else words.number(value)


def _key(points: list[Point], marker: tuple[date, str, str] | None) -> tuple[str, ...]:
    if len(points) > _NUMBERED:
        return ()
    lines = [one.words() for one in points]
    lines += [f"◆ {words.day_words(marker[0])}, {marker[1]}"] if marker else []
    return tuple(shorten(drawable(one), KEY_WIDTH) for one in lines)


def _paint_years(leaf: Leaf, field: Field, points: list[Point], marker: tuple[date, str, str] | None) -> None:
    [axes], theme = leaf.axes, leaf.theme
    leaf.lines = _key(points, marker)
    days = [one.day for one in points if one.day] + ([marker[0]] if marker else [])
    dated.dates(leaf, axes, min(days), max(days))
    dated.scale(axes, field, "Closeness")
    rated = [(one.day, one.value) for one in points if one.day and one.value is not None]
    if rated:
        dated.joined(leaf, axes, rated, "a point of yours")
    unsaid = [dated.at(one.day) for one in points if one.day and one.value is None]
    if unsaid:
        foot = axes.get_xaxis_transform()
        (drawn,) = axes.plot(unsaid, [0.0] * len(unsaid), "^", linestyle="none", color=theme.ink, transform=foot,
                             clip_on=False)  # fmt: skip
        leaf.explain(drawn, "a point without closeness")
    if len(points) <= _NUMBERED:
        _numbers(axes, points, field.min)
    if marker:
        axes.axvline(dated.at(marker[0]), color=theme.muted, linestyle="--", linewidth=1, zorder=1.5)
        (drawn,) = axes.plot([dated.at(marker[0])], [1.0], "D", transform=axes.get_xaxis_transform(), clip_on=False,
                             markersize=6, markerfacecolor=theme.face, markeredgecolor=theme.ink, zorder=4,
                             linestyle="none")  # fmt: skip
        leaf.explain(drawn, drawable(marker[1]))


def _numbers(axes: Axes, points: list[Point], low: float) -> None:
    for one in points:
        place = (dated.at(one.day or date.min), low if one.value is None else one.value)
        axes.annotate(
            str(one.number), place, xytext=(0, 6), textcoords="offset points", ha="center", va="bottom",
            fontsize=SMALL, annotation_clip=False,
        )  # fmt: skip
