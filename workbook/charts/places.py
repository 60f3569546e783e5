"""Words in their places: planks on one's own half of a bridge, names in and around a house. Nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts import words
from workbook.charts.held import cell
from workbook.charts.leaf import Drawing, bare, drawable, shorten
from workbook.charts.style import SIZE, SMALL
from workbook.content.words import t

if TYPE_CHECKING:
    from workbook.charts.held import Held, Row
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.charts import ChartItem

_LETTERS = 13.5
"""So many letters fit an inch of a line."""
_PLANK, _BANK, _LEAST, _MOST = 0.34, 0.42, 1.2, 2.2
"""Inches: a plank, a bank, the shortest half of a bridge, the longest half that is left open."""
_SIGNS = (("o", "none"), ("o", "left"), ("o", "full"), ("D", "none"))
"""Mark and filling in the order of the options; they differ without colour."""
_BESIDE = frozenset({"beyond", "unsure"})
"""What is not on one's own half, or not for sure, is no plank."""
_PLACES, _REST = ("inside", "door", "outside"), "unsure"
_MANY = 24
"""So many planks or names are drawn."""
_LINE, _TITLE, _ROOF, _CELL = 0.24, 0.3, 0.55, 2.3
"""Inches: a line of names, a heading, a roof, and the least room for one name."""
_WIDTHS = (0.82, 0.58, 1.0, 1.0)
"""Share of the whole width of the house, the door, what lies outside, and what has no place yet."""


def bridge(held: Held) -> Drawing | None:
    """Planks from one's own side to the middle; what goes past the middle is in the table, and the other half open."""
    name, mine, state = asked = [held.role(role) for role in ("name", "mine", "state")]
    rows = _named(held, name)
    if not rows:
        return None
    laid = [row for row in rows if cell(row, mine) not in _BESIDE]
    planks = [(held.cell(row, name), cell(row, state)) for row in laid[:_MANY]]
    named = "; ".join(plank for plank, _ in planks)
    states = {option: held.fill(said) for option, said in state.field.options} if state else {}
    far = held.fill(t("{partner}’s side"))
    return Drawing(
        paint=lambda leaf: _paint_bridge(leaf, planks, states, far),
        alt=[
            f"On my half, beginning at my side: {named.rstrip('.')}." if planks else "Nothing lies on my half yet.",
            "It ends in the middle. The other half is left open.",
        ],
        **_table(held, rows, asked, laid),
    )


def house(held: Held) -> Drawing | None:
    """Names inside, at the door and outside; an arrow where another place would be good."""
    name, now, wanted = asked = [held.role(role) for role in ("name", "now", "wanted")]
    rows = _named(held, name)
    if not rows or now is None:
        return None
    by_place: dict[str, list[str]] = {place: [] for place in (*_PLACES, _REST)}
    for row in rows[:_MANY]:
        there, wish = cell(row, now), cell(row, wanted)
        moves = f" → {held.cell(row, wanted).lower()}" if wish in _PLACES and wish != there else ""
        by_place[there if there in _PLACES else _REST].append(held.cell(row, name) + moves)
    if not by_place[_REST]:
        del by_place[_REST]
    options = dict(now.field.options)
    said = {place: held.fill(options.get(place, place)) for place in by_place}
    told = [f"{said[place]}: {'; '.join(names) or 'nobody named'}" for place, names in by_place.items()]
    return Drawing(
        paint=lambda leaf: _paint_house(leaf, by_place, said),
        alt=[one.rstrip(".") + "." for one in told],
        **_table(held, rows, asked, rows),
    )


def _named(held: Held, name: ChartItem | None) -> list[Row]:
    return [row for row in held.rows(name) if held.cell(row, name) != words.NONE]


def _table(held: Held, rows: list[Row], asked: list[ChartItem | None], drawn: list[Row]) -> dict[str, Any]:
    """The table of all rows, and what to say when there are too many to be drawn."""
    columns = [one for one in asked if one]
    return {
        "columns": tuple(map(held.words, columns)),
        "rows": tuple(tuple(held.cell(row, one) for one in columns) for row in rows),
        "cannot": f"The first {_MANY} are drawn; the table has all." if len(drawn) > _MANY else "",
    }


def _ground(leaf: Leaf, tall: float) -> Axes:
    """Axes on which one is one inch, from the upper left corner."""
    [axes] = leaf.axes
    leaf.left, leaf.head, leaf.foot, leaf.tall = 0.14, 0.1, 0.1, (tall,)
    bare(axes)
    axes.set_xlim(0, leaf.inside)
    axes.set_ylim(tall, 0)
    return axes


def _box(leaf: Leaf, axes: Axes, corner: tuple[float, float], width: float, height: float, **look: Any) -> None:
    from matplotlib.patches import Rectangle

    kept: dict[str, Any] = {"fill": False, "edgecolor": leaf.theme.ink, **look}
    axes.add_patch(Rectangle(corner, width, height, **kept))


def _paint_bridge(leaf: Leaf, planks: list[tuple[str, Any]], states: dict[str, str], far: str) -> None:
    half = max(_PLANK * len(planks) + 0.1, _LEAST)
    beyond = min(half, _MOST)
    tall = beyond + half + 2 * _BANK
    axes, theme, width = _ground(leaf, tall), leaf.theme, leaf.inside
    left, right, middle = 0.1 * width, 0.9 * width, _BANK + beyond
    for top, said in ((0.0, far), (tall - _BANK, "My side")):
        _box(leaf, axes, (0, top), width, _BANK, fill=True, facecolor=(theme.gap, 0.3), edgecolor=theme.muted)
        axes.text(width / 2, top + _BANK / 2, drawable(said), ha="center", va="center", fontsize=SMALL)
    for x in (left, right):
        axes.plot([x, x], [tall - _BANK, middle], color=theme.ink, linewidth=2)
        axes.plot([x, x], [middle, _BANK], color=theme.muted, linewidth=1, linestyle=(0, (1, 4)))
    axes.plot([0, width], [middle, middle], color=theme.muted, linewidth=0.9, linestyle="--")
    axes.text(width / 2, middle - 0.1, "the middle", fontsize=SMALL - 1, color=theme.muted, ha="center", va="center")
    letters = int((right - left - 0.5) * _LETTERS)
    order = list(states)
    for number, (plank, state) in enumerate(planks):
        top = tall - _BANK - _PLANK * (number + 1)
        _box(leaf, axes, (left - 0.08, top + 0.03), right - left + 0.16, _PLANK - 0.06, linewidth=0.9, zorder=3,
             fill=True, facecolor=theme.face)  # fmt: skip
        axes.text(left + 0.32, top + _PLANK / 2, shorten(plank, letters), fontsize=SMALL, va="center", zorder=4)
        if state in states:
            sign, filled = _SIGNS[order.index(state) % len(_SIGNS)]
            (drawn,) = axes.plot([left + 0.12], [top + _PLANK / 2], sign, fillstyle=filled, color=theme.ink,
                                 linestyle="none", markersize=6, markerfacecoloralt="none", zorder=5)  # fmt: skip
            leaf.explain(drawn, states[state])
    leaf.legend.sort(key=lambda line: [*map(drawable, states.values())].index(line[1]))


def _paint_house(leaf: Leaf, by_place: dict[str, list[str]], said: dict[str, str]) -> None:
    whole = leaf.width - 2 * 0.14
    wide = {place: share * whole for place, share in zip(by_place, _WIDTHS, strict=False)}
    columns = {place: max(1, int(wide[place] / _CELL)) for place in by_place}
    room = {place: _TITLE + _LINE * max(1, -(-len(names) // columns[place])) + 0.1 for place, names in by_place.items()}
    axes, theme, top = _ground(leaf, _ROOF + sum(room.values()) + 0.1), leaf.theme, _ROOF
    for place, names in by_place.items():
        left, width = (leaf.inside - wide[place]) / 2, wide[place]
        if place == _PLACES[0]:
            eaves = [left - 0.14, left + width / 2, left + width + 0.14]
            axes.plot(eaves, [top, 0.06, top], color=theme.ink, linewidth=1.6)
            _box(leaf, axes, (left, top), width, room[place], linewidth=1.6)
        elif place == _PLACES[1]:
            _box(leaf, axes, (left, top), width, room[place], linewidth=1.1, linestyle="--")
        elif place == _REST:
            axes.plot([0, leaf.inside], [top, top], color=theme.line, linewidth=0.9)
        _names(axes, said[place], names, (left + 0.14, top + 0.17), (columns[place], (width - 0.2) / columns[place]))
        top += room[place]


def _names(axes: Axes, title: str, names: list[str], corner: tuple[float, float], cells: tuple[int, float]) -> None:
    """A heading, and names below it; `cells` is how many stand in a line, and the inches that each one has."""
    (x, y), (columns, cell) = corner, cells
    axes.text(x, y, drawable(title), fontsize=SIZE, fontweight="bold", va="center", ha="left")
    for number, one in enumerate(names):
        at = (x + number % columns * cell, y + 0.06 + _LINE * (number // columns + 0.75))
        axes.text(*at, shorten(one, int(cell * _LETTERS)), fontsize=SMALL, va="center", ha="left")
