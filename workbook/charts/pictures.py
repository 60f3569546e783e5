"""`picture`: what a form holds, drawn with its words. No score is made of it, and nothing is drawn of a closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from workbook.charts import leaf
from workbook.charts.draw import Chart
from workbook.charts.held import Held
from workbook.charts.style import THEMES, ThemeName
from workbook.content.pictures import PictureSpec
from workbook.content.words import t

if TYPE_CHECKING:
    from workbook.record.case import Case

NOTHING = "There is nothing to draw yet."
_MAKERS = {
    "years": "years.years",
    "over-time": "ratings.over_time",
    "stretch": "ratings.stretch",
    "bridge": "places.bridge",
    "house": "places.house",
    "shares": "shares.by_day",
    "shares-side": "shares.side_by_side",
    "pairs": "pairs_of.pairs",
}
"""Kind of picture in data/charts.yaml → module and function under `workbook.charts`."""


@dataclass(frozen=True)
class Picture:
    """A picture before it is drawn."""

    paint: Callable[[leaf.Leaf], None]
    alt: list[str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cannot: str = ""
    few: str = ""
    panels: int = 1


def picture(spec: PictureSpec, case: Case, *, theme: ThemeName = "light", narrow: bool = False) -> Chart:
    """The picture of a form's answers as they stand now; `quiet` and empty where there is nothing that may be drawn."""
    held = Held(case, spec)
    title = held.fill(t(spec.title))
    drawn = make(held)
    if drawn is None:
        return Chart(spec.id, title, "", f"{title}. {t(NOTHING)}", (), (), "", quiet=True)
    return Chart(
        id=spec.id,
        title=title,
        svg=leaf.draw(
            drawn.paint, panels=drawn.panels, theme=THEMES[theme], narrow=narrow, salt=f"workbook-{spec.id}"
        ),
        alt=" ".join([f"{title}.", *drawn.alt]),
        columns=drawn.columns,
        rows=drawn.rows,
        cannot=" ".join(filter(None, (held.fill(t(spec.cannot)), drawn.cannot))),
        few=drawn.few,
        quiet=True,
    )  # fmt: skip


def make(held: Held) -> Picture | None:
    """The picture before it is drawn; None when its form is closed or holds nothing to draw."""
    if not any(one.form == held.spec.form for one in held.spec.items):
        return None
    module, _, function = _MAKERS[held.spec.kind].partition(".")
    made: Picture | None = getattr(import_module(f"workbook.charts.{module}"), function)(held)
    return made
