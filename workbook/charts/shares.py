"""Shares of a hundred as bars: as they looked on each day, or as they are now beside as they are wished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from workbook.charts import words
from workbook.charts.leaf import Drawing, bare, drawable, shorten
from workbook.charts.style import SMALL

if TYPE_CHECKING:
    from workbook.charts.held import Held, Kept
    from workbook.charts.leaf import Axes, Leaf
    from workbook.content.charts import ChartItem

_FULL = 100
_MOST = 6
"""So many days are drawn, the last ones; the table has all."""
_BAR, _ROW, _NAME = 0.3, 0.62, 0.27
"""Inches: the height of a bar, of a bar with its name, and of the name."""
_LINES = 3
"""So many lines of each answer in words stand below the bars; the table has the whole of it."""
_ROOM = 0.42
"""Inches that a number of percent needs."""


@dataclass(frozen=True)
class Bar:
    """One bar of a hundred: its name, and the percent of each share."""

    name: str
    shares: Mapping[str, float]


def whole(given: Any) -> dict[str, float] | None:
    """The shares if they make a hundred, else None: nobody knows yet how they were meant."""
    percent = {name: float(value) for name, value in (given or {}).items() if value is not None}
    return percent if abs(sum(percent.values()) - _FULL) < 1 else None


def by_day(held: Held) -> Drawing | None:
    """A bar for each day on which the shares were looked at, under each other; the words of the last one below it.

    Versions of an exercise that did not change the shares are one bar; each entry of a log has its own.
    """
    one = held.role("shares")
    days = held.kept(one)
    told = [(day, shares) for day in days if one and (shares := whole(day.answers[one.item]))]
    if one is None or not told:
        return None
    same = (lambda pair: pair[0].day) if held.logs(one) else (lambda pair: pair[1])
    alike = [list(run) for _, run in groupby(told, key=same)]
    looks = [(words.day_words(run[0][0].day), run[0][1], run[-1][0]) for run in alike]
    names, beside = _names(held, one), [each for each in held.spec.items if each is not one]
    bars = [Bar(name, shares) for name, shares, _ in looks][-_MOST:]
    said = _beside(held, beside, looks[-1][2])
    return Drawing(
        paint=lambda leaf: _paint(leaf, bars, names, said),
        alt=[f"{bar.name}: {_said(bar, names)}." for bar in bars],
        columns=("When", *(f"{name} (%)" for name in names.values()), *map(held.words, beside)),
        rows=tuple(
            (name, *_numbers(shares, names), *(held.said(each, newest.answers.get(each.item)) for each in beside))
            for name, shares, newest in looks
        ),
        cannot=words.left_out(len(days) - len(told)),
        few=words.few(len(looks), "answer", "answers") if len(looks) > 1 else "",
    )


def side_by_side(held: Held) -> Drawing | None:
    """A bar for each question of shares, under each other."""
    given = [(one, held.answer(one)) for one in held.spec.items]
    bars = [Bar(held.words(one), shares) for one, said in given if (shares := whole(said))]
    if not bars:
        return None
    names = _names(held, held.spec.items[0])
    return Drawing(
        paint=lambda leaf: _paint(leaf, bars, names),
        alt=[f"{bar.name}: {_said(bar, names)}." for bar in bars],
        columns=("Of a hundred", *names.values()),
        rows=tuple((bar.name, *_numbers(bar.shares, names)) for bar in bars),
        cannot=words.left_out(sum(1 for _, said in given if said and not whole(said))),
    )


def _names(held: Held, one: ChartItem) -> dict[str, str]:
    return {option: held.fill(name) for option, name in one.field.options}


def _numbers(shares: Mapping[str, float], names: dict[str, str]) -> list[str]:
    return [words.number(shares.get(option, 0)) for option in names]


def _said(bar: Bar, names: dict[str, str]) -> str:
    return ", ".join(f"{name} {words.number(bar.shares.get(option, 0))} %" for option, name in names.items())


def _beside(held: Held, beside: list[ChartItem], day: Kept) -> list[str]:
    """The words that belong to the shares of the last day, as far as anything was said."""
    said = [(one, held.said(one, day.answers.get(one.item))) for one in beside]
    return [f"{held.words(one)}: {word}" for one, word in said if word != words.NONE]


def _paint(leaf: Leaf, bars: list[Bar], names: dict[str, str], said: Iterable[str] = ()) -> None:
    """Bars under each other, each with its percents, and the words that belong to the last one."""
    [axes] = leaf.axes
    leaf.tall, leaf.left, leaf.head, leaf.foot = (_ROW * len(bars) + 0.05,), 0.14, 0.12, 0.14
    leaf.beside = False
    leaf.lines = tuple(
        line for one in said for line in wrap(drawable(one), leaf.letters, max_lines=_LINES, placeholder=" …")
    )
    bare(axes)
    axes.set_xlim(0, _FULL)
    axes.set_ylim(leaf.tall[0], 0)
    for number, bar in enumerate(bars):
        small = _paint_bar(leaf, axes, bar, names, number * _ROW + _NAME + _BAR / 2)
        name = shorten(drawable(" – ".join(filter(None, (bar.name, ", ".join(small))))), leaf.letters)
        axes.text(0, number * _ROW + _NAME / 2, name, fontsize=SMALL, va="center", ha="left")


def _paint_bar(leaf: Leaf, axes: Axes, bar: Bar, names: dict[str, str], middle: float) -> list[str]:
    """One bar; answers in words the shares that are too small to hold their number."""
    theme, at = leaf.theme, 0.0
    small = []
    for order, (option, name) in enumerate(names.items()):
        share = bar.shares.get(option, 0.0)
        said = f"{words.number(share)} %"
        leaf.explain(axes.barh(middle, share, _BAR, left=at, **theme.bar(order), linewidth=0.6), name)
        if share / _FULL * leaf.inside >= _ROOM:
            box = {"facecolor": theme.face, "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
            axes.text(at + share / 2, middle, said, fontsize=SMALL, ha="center", va="center", bbox=box)
        elif share:
            small.append(f"{name} {said}")
        at += share
    return small
