"""Ratings that a form holds: from entry to entry, or at several places of a stretch of time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbook.charts import plots, words
from workbook.charts.leaf import Drawing, drawable
from workbook.charts.ticks import at, dated
from workbook.content.words import t

if TYPE_CHECKING:
    from workbook.charts.held import Held
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.model import Field

_SLOW = 3
"""So many answers that are given now and then are joined by a line."""
AIR = (0.09, 0.09)
"""Share of a rating's range that is left free below and above it."""
Rated = tuple[str, "Field", dict[date, float]]
"""Name of a rating, its question, and the answers by day."""


def over_time(held: Held) -> Drawing | None:
    """A panel for each rating of a form that is answered now and then: a point for each day, joined to the next."""
    asked: list[Rated] = [
        (held.words(one), one.field, {kept.day: float(kept.answers[one.item]) for kept in held.kept(one)})
        for one in held.spec.items
    ]
    panels = [one for one in asked if one[2]]
    if not panels:
        return None
    days = sorted({day for _, _, values in panels for day in values})

    def paint(leaf: Leaf) -> None:
        leaf.tall = (0.75,) * len(panels) if len(panels) > 1 else (1.5,)
        for axes, (name, field, values) in zip(leaf.axes, panels, strict=True):
            dated(leaf, axes, days[0], days[-1])
            plots.rating(axes, field, name, AIR)
            joined(leaf, axes, list(values.items()), "one answer", least=_SLOW)
            if axes is not leaf.axes[-1]:
                axes.tick_params(labelbottom=False)

    told = [f"{name}: {words.count(len(values), 'entry', 'entries')}, {words.spread(values.values())}."
            for name, _, values in panels]  # fmt: skip
    return Drawing(
        paint=paint,
        alt=[f"{words.period(days[0], days[-1])}.", *told],
        columns=("When", *(name for name, _, _ in panels)),
        rows=tuple((words.day_words(day), *(words.number(values.get(day)) for _, _, values in panels)) for day in days),
        few=words.few(len(days)),
        panels=len(panels),
    )


def stretch(held: Held) -> Drawing | None:
    """One rating at several places of a stretch of time, as at its start, its middle and its end."""
    sides = [held.fill(t(side)) for side in held.spec.sides]
    found = [(place, held.answer(one)) for place, one in zip(sides, held.spec.items, strict=False)]
    some = [(number, value) for number, (_, value) in enumerate(found) if value is not None]
    if not some:
        return None
    field = held.spec.items[0].field

    def paint(leaf: Leaf) -> None:
        [axes] = leaf.axes
        leaf.tall, leaf.foot = (1.5,), 0.32
        plots.rating(axes, field, "", AIR)
        axes.set_xlim(-0.5, len(found) - 0.5)
        axes.set_xticks(range(len(found)), [drawable(place) for place, _ in found])
        axes.plot(*zip(*some, strict=True), "o", linestyle="none", markersize=8, color=leaf.theme.first, zorder=3)
        for number, value in some:
            axes.annotate(words.number(value), (number, value), xytext=(9, 0), textcoords="offset points", va="center")

    rows = tuple((place, words.number(value)) for place, value in found)
    return Drawing(
        paint=paint,
        alt=["; ".join(f"{place}: {said}" for place, said in rows) + "."],
        columns=(t("When"), t("How it was")),
        rows=rows,
    )


def joined(leaf: Leaf, axes: Axes, points: list[tuple[date, float]], said: str, *, least: int = 2) -> None:
    """Points, and from `least` of them on the line that joins them."""
    x, heights = [at(day) for day, _ in points], [height for _, height in points]
    if len(x) >= least:
        axes.plot(x, heights, color=leaf.theme.first, linewidth=1.3, zorder=2.5)
    (drawn,) = axes.plot(x, heights, "o", linestyle="none", markersize=6, color=leaf.theme.first, zorder=3)
    leaf.explain(drawn, said)
