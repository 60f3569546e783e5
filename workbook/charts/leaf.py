"""The paper that every drawing stands on: axes placed by inches, a legend above them, lines of words below them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from workbook.charts.style import FONTS, SMALL, Theme, settings

Axes = Any  # matplotlib's own types know no dates on an axis
Rows = tuple[tuple[str, ...], ...]
if TYPE_CHECKING:
    from matplotlib.figure import Figure

_POINTS = re.compile(r"<g( clip-path=[^>]*)>((?:\s*<use [^>]*/>)+\s*)</g>")
_LOOK = re.compile(r'(?<= )style="[^"]*"')
_PLACE = re.compile(r'\b([xy])="([^"]*)"')
_WIDE, _NARROW = 7.4, 4.1
"""Widths of a figure in inches: for a page and a PDF, and for a small screen."""
_LINE = 0.2
_RIGHT = 0.14
_LETTERS_AN_INCH = 15
KEY_WIDTH = int(_WIDE / 2 * _LETTERS_AN_INCH)
"""So many characters fit a line of the words below a drawing."""
DRAWING = Lock()
"""Held while a figure is drawn: matplotlib's settings belong to the whole process."""


@dataclass(frozen=True)
class Drawing:
    """A chart or a picture before it is drawn: its painting, and its words."""

    paint: Callable[[Any], None] | None
    """Draws on a leaf, or on a sheet over the days of the log; None for what is a table alone."""
    alt: list[str]
    columns: tuple[str, ...]
    rows: Rows
    cannot: str = ""
    few: str = ""
    panels: int = 1


@dataclass(kw_only=True)
class Leaf:
    """A figure under construction; sizes in inches."""

    figure: Figure
    axes: list[Axes]
    theme: Theme
    narrow: bool
    legend: list[tuple[Any, str]] = field(default_factory=list)
    tall: tuple[float, ...] = ()
    """Heights of the axes, where a chart wants others than the usual ones."""
    left: float = 0.5
    """Room for the words at the left of the axes."""
    head: float = 0.46
    """Room above the axes: for the title of the first."""
    foot: float = 0.46
    """Room below the axes: for the words of the time axis."""
    between: float = 0.5
    """Room between two axes: for the title of the lower one."""
    lines: tuple[str, ...] = ()
    """Words below the drawing."""
    beside: bool = True
    """Whether those words stand in two columns where there is room for it."""

    @property
    def width(self) -> float:
        """Width of the whole figure."""
        return _NARROW if self.narrow else _WIDE

    @property
    def letters(self) -> int:
        """So many characters of small type fit one line."""
        return int((self.width - self.left) * _LETTERS_AN_INCH)

    @property
    def inside(self) -> float:
        """Width of the axes."""
        return self.width - self.left - _RIGHT

    def explain(self, handle: Any, words: str) -> None:
        """Add a line to the legend, once."""
        words = drawable(words)
        if words not in [said for _, said in self.legend]:
            self.legend.append((handle, words))

    def name_lane(self, axes: Axes, words: str, at: float) -> None:
        """The name of a lane at the left, above it; lines behind it are dimmed."""
        box = {"facecolor": self.theme.face, "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
        axes.annotate(
            drawable(words), (0, at), xytext=(2, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=SMALL, va="center", ha="left", bbox=box, zorder=5,
        )  # fmt: skip


def draw(
    paint: Callable[[Any], None], *, panels: int, theme: Theme, narrow: bool, salt: str,
    make: Callable[..., Leaf] = Leaf, together: bool = False,
) -> str:  # fmt: skip
    """The SVG of a drawing, with panels one above the other, each over its own axis or `together` over one.

    Equal data, equal bytes.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with DRAWING, mpl.rc_context(settings(theme, salt)):
        figure = Figure()
        panel: list[Axes] = list(figure.subplots(panels, 1, sharex=together, squeeze=False)[:, 0])
        for axes in panel:
            axes.spines[["top", "right"]].set_visible(False)
            axes.grid(axis="y")
            axes.set_axisbelow(True)
            axes.tick_params(length=3, labelsize=SMALL)
        leaf = make(figure=figure, axes=panel, theme=theme, narrow=narrow)
        paint(leaf)
        _lay_out(leaf)
        return _svg(figure)


def own_figure(figure: Figure) -> str:
    """A counselor's own figure as one SVG element, its text as text, with nothing of the computer or the hour."""
    import matplotlib as mpl

    with DRAWING, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "workbook-own"}):
        return _svg(figure)


def _lay_out(leaf: Leaf) -> None:
    """Place everything by inches, so that no text length decides on the plot's size."""
    figure, width = leaf.figure, leaf.width
    columns = 1 if leaf.narrow else 3
    rows = -(-len(leaf.legend) // columns)
    usual = (1.75 if len(leaf.axes) > 1 else 2.1) * (0.95 if leaf.narrow else 1)
    tall = leaf.tall or (usual,) * len(leaf.axes)
    key_columns = 2 if leaf.beside and not leaf.narrow else 1
    key_rows = -(-len(leaf.lines) // key_columns)
    head, foot = rows * _LINE + leaf.head, leaf.foot + key_rows * _LINE
    height = head + sum(tall) + leaf.between * (len(leaf.axes) - 1) + foot
    figure.set_size_inches(width, height)
    for number, axes in enumerate(leaf.axes):
        bottom = height - head - sum(tall[: number + 1]) - leaf.between * number
        axes.set_position((leaf.left / width, bottom / height, leaf.inside / width, tall[number] / height))
    if leaf.legend:
        handles, said = zip(*leaf.legend, strict=True)
        figure.legend(
            handles, said, loc="upper left", bbox_to_anchor=(0.02 / width, 1), ncols=columns, frameon=False,
            fontsize=SMALL, borderaxespad=0.1, handlelength=1.8, columnspacing=1.4, labelspacing=0.35,
        )  # fmt: skip
    for number, words in enumerate(leaf.lines):
        y = (foot - leaf.foot - number % key_rows * _LINE - 0.06) / height
        x = (leaf.left + number // key_rows * (width - leaf.left) / key_columns) / width
        figure.text(x, y, words, ha="left", va="top", fontsize=SMALL)


def _svg(figure: Figure) -> str:
    """The SVG element alone, with the fonts that the page and the PDF have, and short where points are many."""
    kept = BytesIO()
    figure.savefig(kept, format="svg", metadata={"Date": None, "Creator": None})
    svg = kept.getvalue().decode()
    svg = svg[svg.index("<svg") :].replace("'DejaVu Sans'", FONTS)
    return _POINTS.sub(_said_once, svg).rstrip() + "\n"


def _said_once(points: re.Match[str]) -> str:
    """Points that all look alike, with their look on the group and their places to a hundredth of a point."""
    looks = set(_LOOK.findall(points[0]))
    if len(looks) != 1:
        return points[0]
    places = _PLACE.sub(lambda number: f'{number[1]}="{float(number[2]):.2f}"', points[2])
    return f"<g{points[1]} {looks.pop()}>{_LOOK.sub('', places)}</g>"


def bare(axes: Axes) -> None:
    """Axes without lines, ticks or numbers."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)


def shorten(words: str, width: int) -> str:
    """The words as they can be drawn, cut to a width; the table and the alternative text have them whole."""
    words = drawable(words)
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def drawable(words: str) -> str:
    """The words with a visible stand-in for each character that the chart's font lacks; the table has them whole."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return "".join(
        sign if sign == " " or (sign.isprintable() and font.get_char_index(ord(sign))) else "▯" for sign in words
    )
