"""Ratings that a form holds: from entry to entry, or at several places of a stretch of time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbook.charts import dated, telling, words
from workbook.charts.marks import drawable
from workbook.charts.pictures import Picture
from workbook.charts.series import Window
from workbook.content.words import t

if TYPE_CHECKING:
    from workbook.charts.held import Held
    from workbook.charts.leaf import Leaf
    from workbook.content.charts import ChartItem
    from workbook.content.model import Field

_SLOW = 3
"""So many answers that are given now and then are joined by a line."""
Rated = tuple[str, "Field", dict[date, float]]
"""Name of a rating, its question, and the answers by day."""


def over_time(held: Held) -> Picture | None:
    """A panel for each rating of a form that is answered now and then: a point for each day, joined to the next."""
    asked = [(held.words(one), one.field, _values(held, one)) for one in held.spec.items]
    panels = [one for one in asked if one[2]]
    if not panels:
        return None
    days = sorted({day for _, _, values in panels for day in values})
    return Picture(
        paint=lambda leaf: _paint_ratings(leaf, panels, days),
        alt=[
            f"{words.period(Window(days[0], days[-1]))}.",
            *(f"{name}: {words.count(len(values), 'entry', 'entries')}, {words.spread_of([*values.values()])}."
              for name, _, values in panels),
        ],
        columns=("When", *(name for name, _, _ in panels)),
        rows=tuple((words.day_words(day), *(_said(values.get(day)) for _, _, values in panels)) for day in days),
        few=words.few(len(days)),
        panels=len(panels),
    )  # fmt: skip


def stretch(held: Held) -> Picture | None:
    """One rating at several places of a stretch of time, as at its start, its middle and its end."""
    places = [(held.fill(t(side)), one) for side, one in zip(held.spec.sides, held.spec.items, strict=False)]
    found = [(place, held.answer(one)) for place, one in places]
    if all(value is None for _, value in found):
        return None
    field = held.spec.items[0].field
    return Picture(
        paint=lambda leaf: _paint_stretch(leaf, field, found),
        alt=["; ".join(f"{place}: {_said(value)}" for place, value in found) + "."],
        columns=(t("When"), t("How it was")),
        rows=tuple((place, _said(value)) for place, value in found),
    )


def _values(held: Held, one: ChartItem) -> dict[date, float]:
    return {kept.day: float(kept.answers[one.item]) for kept in held.kept(one)}


def _said(value: float | None) -> str:
    return telling.NONE if value is None else words.number(value)


def _paint_ratings(leaf: Leaf, panels: list[Rated], days: list[date]) -> None:
    leaf.tall = (0.75,) * len(panels) if len(panels) > 1 else (1.5,)
    for axes, (name, field, values) in zip(leaf.axes, panels, strict=True):
        dated.dates(leaf, axes, days[0], days[-1])
        dated.scale(axes, field, drawable(name))
        dated.joined(leaf, axes, list(values.items()), "one answer", least=_SLOW)
        if axes is not leaf.axes[-1]:
            axes.tick_params(labelbottom=False)


def _paint_stretch(leaf: Leaf, field: Field, found: list[tuple[str, float | None]]) -> None:
    [axes] = leaf.axes
    leaf.tall, leaf.foot = (1.5,), 0.32
    dated.scale(axes, field, "")
    axes.set_xlim(-0.5, len(found) - 0.5)
    axes.set_xticks(range(len(found)), [drawable(place) for place, _ in found])
    some = [(number, value) for number, (_, value) in enumerate(found) if value is not None]
    axes.plot(*zip(*some, strict=True), "o", linestyle="none", markersize=8, color=leaf.theme.first, zorder=3)
    for number, value in some:
        axes.annotate(words.number(value), (number, value), xytext=(9, 0), textcoords="offset points", va="center")
