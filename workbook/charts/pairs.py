"""Pairs of numbers as bars: then and of late, now and as it is wished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.charts.held import cell
from workbook.charts.leaf import Drawing, bare, drawable
from workbook.charts.style import SMALL

if TYPE_CHECKING:
    from workbook.charts.held import Held
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.charts import ChartItem

_BAR, _NAME, _AIR = 0.2, 0.26, 0.14
"""Inches: the height of a bar, of the name above two of them, and the room below."""
_ROW = _NAME + 2 * _BAR + _AIR
_MORE = 1.3
"""So much wider than the longest bar the axes are, for the words beside it."""
NOT_SAID = "not said"


@dataclass(frozen=True)
class Pair:
    """Two numbers of one kind, None where one was not said, and both as words."""

    name: str
    unit: str
    values: tuple[float | None, float | None]
    said: tuple[str, str]


def pairs(held: Held) -> Drawing | None:
    """Two bars under each name; numbers of one unit share one scale."""
    found = [one for one in _listed(held) or _asked(held) if one.values != (None, None)]
    if not found:
        return None
    sides = [held.fill(side) for side in held.spec.sides]
    units = list(dict.fromkeys(one.unit for one in found))

    def paint(leaf: Leaf) -> None:
        leaf.left, leaf.head, leaf.foot, leaf.between = 0.14, 0.12, 0.1, 0.0
        groups = [[one for one in found if one.unit == unit] for unit in units]
        leaf.tall = tuple(_ROW * len(group) for group in groups)
        for axes, group in zip(leaf.axes, groups, strict=True):
            _paint(leaf, axes, group, sides)

    return Drawing(
        paint=paint,
        alt=[f"{one.name}: {sides[0]} {one.said[0]}, {sides[1]} {one.said[1]}." for one in found],
        columns=("Of what", *sides),
        rows=tuple((one.name, *one.said) for one in found),
        panels=len(units),
    )


def _asked(held: Held) -> list[Pair]:
    """A pair for each two questions with the roles ‘first’ and ‘second’; it is called as the first one."""
    firsts, seconds = ([one for one in held.spec.items if one.role == role] for role in ("first", "second"))
    return [
        _pair(held, held.words(first), first, (held.answer(first), held.answer(second)))
        for first, second in zip(firsts, seconds, strict=False)
    ]


def _listed(held: Held) -> list[Pair]:
    """A pair for each row of a list, called as its answer to the question with the role ‘name’."""
    named, first, second = (held.role(role) for role in ("name", "first", "second"))
    if named is None or first is None or second is None:
        return []
    return [
        _pair(held, held.fill(held.said(named, cell(row, named) or NOT_SAID)), first,
              (cell(row, first), cell(row, second)))
        for row in held.rows(named)
    ]  # fmt: skip


def _pair(held: Held, name: str, one: ChartItem, values: tuple[float | None, float | None]) -> Pair:
    return Pair(name, one.field.unit, values, (held.said(one, values[0]), held.said(one, values[1])))


def _paint(leaf: Leaf, axes: Axes, group: list[Pair], sides: list[str]) -> None:
    bare(axes)
    theme = leaf.theme
    top = max(value for one in group for value in (*one.values, 1) if value is not None)
    axes.set_xlim(0, top * _MORE)
    axes.set_ylim(_ROW * len(group), 0)
    looks = (
        {"facecolor": "none", "hatch": "///", "edgecolor": theme.muted},
        {"color": theme.first, "edgecolor": theme.edge},
    )
    for number, one in enumerate(group):
        axes.text(0, number * _ROW + _NAME / 2, drawable(one.name), fontsize=SMALL, va="center", ha="left")
        for order, (value, look) in enumerate(zip(one.values, looks, strict=True)):
            middle = number * _ROW + _NAME + _BAR * (order + 0.5)
            leaf.explain(axes.barh(middle, value or 0, _BAR * 0.86, linewidth=0.8, **look), sides[order])
            said, ink = (NOT_SAID, theme.muted) if value is None else (one.said[order], theme.ink)
            axes.annotate(
                said, (value or 0, middle), xytext=(4, 0), textcoords="offset points", fontsize=SMALL, va="center",
                color=ink,
            )  # fmt: skip
