"""The paper that every drawing stands on: axes placed by inches, a legend above them, lines of words below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from workbook.charts.style import FONTS, SMALL, Theme, settings

Axes = Any  # matplotlib's own types know no dates on an axis
if TYPE_CHECKING:
    from collections.abc import Callable

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
        if words not in [said for _, said in self.legend]:
            self.legend.append((handle, words))

    def name_lane(self, axes: Axes, words: str, at: float) -> None:
        """The name of a lane at the left, above it; lines behind it are dimmed."""
        box = {"facecolor": self.theme.face, "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
        axes.annotate(
            words, (0, at), xytext=(2, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=SMALL, va="center", ha="left", bbox=box, zorder=5,
        )  # fmt: skip


def draw(paint: Callable[[Leaf], None], *, panels: int, theme: Theme, narrow: bool, salt: str) -> str:
    """The SVG of a drawing without the log's time axis. Equal data, equal bytes."""
    import matplotlib as mpl

    with DRAWING, mpl.rc_context(settings(theme, salt)):
        figure, axes = blank(panels, together=False)
        leaf = Leaf(figure=figure, axes=axes, theme=theme, narrow=narrow)
        paint(leaf)
        lay_out(leaf)
        return svg(leaf.figure)


def blank(panels: int, *, together: bool = True) -> tuple[Figure, list[Axes]]:
    """A figure with panels one above the other, over one axis or each over its own."""
    from matplotlib.figure import Figure

    figure = Figure()
    grid = figure.subplots(panels, 1, sharex=together, squeeze=False)
    for axes in grid[:, 0]:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        axes.tick_params(length=3, labelsize=SMALL)
    return figure, list(grid[:, 0])


def lay_out(leaf: Leaf) -> None:
    """Place everything by inches, so that no text length decides on the plot's size."""
    figure, width = leaf.figure, leaf.width
    columns = 1 if leaf.narrow else 3
    rows = -(-len(leaf.legend) // columns)
    usual = (1.75 if len(leaf.axes) > 1 else 2.6) * (0.95 if leaf.narrow else 1)
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


def svg(figure: Figure) -> str:
    """The figure as one SVG element."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    kept = BytesIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(kept, metadata={"Date": None, "Creator": None})
    return tidy(kept.getvalue().decode())


def tidy(svg: str) -> str:
    """The SVG element alone, with the fonts that the page and the PDF have, and short where points are many."""
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
