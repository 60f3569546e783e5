"""Shares of a hundred as bars: as they looked on each day, or as they are now beside as they are wished."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from workbook.charts import words
from workbook.charts.leaf import Drawing, Rows, bare, drawable, shorten
from workbook.charts.style import SMALL

if TYPE_CHECKING:
    from workbook.charts.held import Held
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


Shares = dict[str, float]
"""Percent by the name of each share, in the order of the question."""


def whole(given: Any) -> Shares | None:
    """The shares if they make a hundred, else None: nobody knows yet how they were meant."""
    percent = {name: float(value) for name, value in (given or {}).items() if value is not None}
    return percent if abs(sum(percent.values()) - _FULL) < 1 else None


def shares(held: Held) -> Drawing | None:
    """A bar for each day on which the shares were looked at, under each other; the words of the last one below it.

    Versions of an exercise that did not change the shares are one bar; each entry of a log has its own.
    """
    one = held.role("shares")
    days = held.kept(one)
    told = [(day, made) for day in days if one and (made := _shares(held, one, day.answers[one.item]))]
    if one is None or not told:
        return None
    alike = [list(run) for _, run in groupby(told, key=lambda pair: pair[0].day if held.logs(one) else pair[1])]
    bars = [(words.day_words(run[0][0].day), run[0][1]) for run in alike]
    beside = [each for each in held.spec.items if each is not one]
    said = [[held.said(each, run[-1][0].answers.get(each.item)) for each in beside] for run in alike]
    last = zip(map(held.words, beside), said[-1], strict=True)
    below = [f"{name}: {word}" for name, word in last if word != words.NONE]
    return Drawing(
        paint=lambda leaf: _paint(leaf, bars[-_MOST:], below),
        alt=_told(bars[-_MOST:]),
        columns=("When", *(f"{name} (%)" for name in bars[0][1]), *map(held.words, beside)),
        rows=tuple((*row, *cells) for row, cells in zip(_rows(bars), said, strict=True)),
        cannot=words.left_out(len(days) - len(told)),
        few=words.few(len(bars), "answer", "answers") if len(bars) > 1 else "",
    )


def shares_side(held: Held) -> Drawing | None:
    """A bar for each question of shares, under each other."""
    given = [(one, said) for one in held.spec.items if (said := held.answer(one))]
    bars = [(held.words(one), made) for one, said in given if (made := _shares(held, one, said))]
    if not bars:
        return None
    return Drawing(
        paint=lambda leaf: _paint(leaf, bars),
        alt=_told(bars),
        columns=("Of a hundred", *bars[0][1]),
        rows=_rows(bars),
        cannot=words.left_out(len(given) - len(bars)),
    )


def _shares(held: Held, one: ChartItem, given: Any) -> Shares | None:
    percent = whole(given)
    return percent and {held.fill(name): percent.get(option, 0.0) for option, name in one.field.options}


def _rows(bars: list[tuple[str, Shares]]) -> Rows:
    return tuple((name, *map(words.number, shares.values())) for name, shares in bars)


def _told(bars: list[tuple[str, Shares]]) -> list[str]:
    told = [(name, (f"{share} {words.number(value)} %" for share, value in shares.items())) for name, shares in bars]
    return [f"{name}: {', '.join(shares)}." for name, shares in told]


def _paint(leaf: Leaf, bars: list[tuple[str, Shares]], said: Iterable[str] = ()) -> None:
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
    for number, (name, shares) in enumerate(bars):
        small = ", ".join(_paint_bar(leaf, axes, shares, number * _ROW + _NAME + _BAR / 2))
        above = shorten(f"{name} – {small}" if small else name, leaf.letters)
        axes.text(0, number * _ROW + _NAME / 2, above, fontsize=SMALL, va="center", ha="left")


def _paint_bar(leaf: Leaf, axes: Axes, shares: Shares, middle: float) -> list[str]:
    """One bar; answers in words the shares that are too small to hold their number."""
    theme, at = leaf.theme, 0.0
    small = []
    for order, (name, share) in enumerate(shares.items()):
        said = f"{words.number(share)} %"
        leaf.explain(axes.barh(middle, share, _BAR, left=at, **theme.bar(order), linewidth=0.6), name)
        if share / _FULL * leaf.inside >= _ROOM:
            box = {"facecolor": theme.face, "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
            axes.text(at + share / 2, middle, said, fontsize=SMALL, ha="center", va="center", bbox=box)
        elif share:
            small.append(f"{name} {said}")
        at += share
    return small
