"""A counselor's own matplotlib figure, for `page.show(figure)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def own_figure(figure: Figure) -> str:
    """The figure as one SVG element with its text as text; nothing of the computer or the hour stands in it."""
    from io import BytesIO

    import matplotlib as mpl

    from workbook.charts.leaf import DRAWING, tidy

    kept = BytesIO()
    with DRAWING, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "workbook-own"}):
        figure.savefig(kept, format="svg", metadata={"Date": None, "Creator": None})
    return tidy(kept.getvalue().decode())
