"""Charts of single days: a calendar (weeks across, days of the week down), a strip of days, and both with a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.charts import lines, plots, series, words
from workbook.charts.leaf import Axes, Drawing, Rows, shorten
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source, answer
from workbook.charts.style import SMALL
from workbook.charts.ticks import at
from workbook.content.charts import ChartSpec
from workbook.forms.pause import pause_day

_NOON = timedelta(hours=12)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NOTED = "noted"
_TOP, _SMALLEST = 8.5, 3.4
"""Points of the largest mark, and of the smallest that still shows its shape."""
_TALL, _KEY, _AIR, _FOOT, _LEVEL = 1.35, 0.2, 0.16, 0.13, 0.14
"""Inches: a sheet of days, a line of its key, the room above it, a strip's foot, and its next line."""
_SIGNS = (("s", "first", True), ("X", "second", True), ("o", "ink", False), ("^", "fourth", True), ("D", "ink", False))
"""Mark, colour and whether it is filled, in the order of the options; the marks differ without colour."""


@dataclass(frozen=True, kw_only=True)
class Lane(lines.Panel):
    """One question with one sign for each day; `names` gives the options' words."""

    names: dict[str, str]


def calendar(source: Source, spec: ChartSpec) -> Drawing | None:
    """A sheet of days for each question; questions with the role ‘line’ are drawn below as lines."""
    found, below = _lanes(source, spec), lines.below(source, spec)

    def paint(sheet: Sheet) -> None:
        keys = [_sheet_of_days(sheet, axes, lane) for axes, lane in zip(sheet.axes, found, strict=False)]
        sheet.tall = (*(_TALL + _AIR + _KEY * rows for rows in keys), *(1.2 for _ in below))
        lines.paint_panels(sheet, sheet.axes[len(found) :], below)

    return _drawing(source, spec, paint, found, below=tuple(below)) if found or below else None


def strip(source: Source, spec: ChartSpec) -> Drawing | None:
    """One line of days for each question, above them the pause as it is planned."""
    found, pause = _lanes(source, spec), source.pause
    if pause is None or pause[0] > source.span.last or pause[1] < source.span.first:
        pause = None
    return _drawing(source, spec, lambda sheet: _strips(sheet, found, pause), found, pause=pause) if found else None


def _lanes(source: Source, spec: ChartSpec) -> list[Lane]:
    found = []
    for one in (one for one in spec.items if one.role != "line"):
        rows, names = source.answers(one), source.options(one)
        if one.field.kind == "tick":
            rows, names = rows.assign(text=rows["value"].map({1.0: "yes", 0.0: "no"})), {"yes": "yes", "no": "no"}
        elif one.field.kind != "choice":
            rows, names = rows.assign(text=_NOTED), {_NOTED: _NOTED}
        if not rows.empty:
            found.append(Lane(one, source.words(one), rows.drop_duplicates("day", keep="last"), names=names))
    return found


def _drawing(
    source: Source, spec: ChartSpec, paint: Callable[[Sheet], None], found: list[Lane], *,
    below: tuple[lines.Panel, ...] = (), pause: tuple[date, date] | None = None,
) -> Drawing:  # fmt: skip
    return Drawing(
        paint=paint,
        alt=[_counted(lane, source) for lane in found]
        + lines.rated(source, below)
        + ([f"Planned pause: {words.period(*pause)}."] if pause else []),
        columns=("Day", *(["Planned pause"] if pause else []), *map(source.words, spec.items)),
        rows=_by_day(source, spec, pause),
        cannot=f"Of several answers on one day the last is shown. {words.DESCRIBES} {words.OPEN_DAYS}",
        few=words.few_of([one.total for one in (*found, *below)]),
        panels=len(found) + len(below),
    )


def _by_day(source: Source, spec: ChartSpec, pause: tuple[date, date] | None) -> Rows:
    """A row for each day of the window."""
    cells = [
        {row.day: words.said(one.field, answer(row), source.fill) for row in source.answers(one).itertuples()}
        for one in spec.items
    ]
    return tuple(
        (
            words.day_words(day),
            *([pause_day(pause, day.date()) or words.NONE] if pause else []),
            *(each.get(day, "no entry") for each in cells),
        )
        for day in source.span.steps()
    )


def _counted(lane: Lane, source: Source) -> str:
    said = lane.rows["text"].value_counts()
    told = ", ".join(f"{name} on {words.count(said[option], 'day')}" for option, name in lane.names.items()
                     if option in said)  # fmt: skip
    return f"{lane.title}: {told}. {source.gaps(lane.rows, 'an entry')}"


def _looks(sheet: Sheet, lane: Lane) -> list[tuple[str, Any, dict[str, Any]]]:
    """(name, its days, how it is drawn) for the answers that were given."""
    found = []
    for number, (option, name) in enumerate(lane.names.items()):
        sign, color, filled = _SIGNS[number % len(_SIGNS)]
        drawn = getattr(sheet.theme, color)
        look = {"marker": sign, "color": drawn, "markerfacecolor": drawn if filled else "none"}
        days = lane.rows[lane.rows["text"] == option]["day"]
        if not days.empty:
            found.append((shorten(name, 46 if sheet.narrow else 90), days, look))
    return found


def _size(sheet: Sheet, cells: int, most: float) -> float:
    """Size of a mark in points, so that neighbours do not touch."""
    return max(1.6, min(most, 0.62 * (sheet.width - 0.7) * 72 / max(cells, 1)))


def _sheet_of_days(sheet: Sheet, axes: Axes, lane: Lane) -> int:
    """Weeks across, days of the week down; answers the number of lines of its key."""
    plots.title(axes, lane.title)
    size = _size(sheet, len(sheet.span.steps("week")), _TOP)
    axes.grid(visible=False)
    empty = series.missing(lane.rows, sheet.span)
    if len(empty):
        (drawn,) = axes.plot(
            [_week(day) for day in empty], empty.day_of_week, ".", color=sheet.theme.gap, markersize=max(1.5, size / 3)
        )
        sheet.explain(drawn, "no entry that day")
    signs = [
        (_signs(axes, [_week(day) for day in days], days.dt.day_of_week, size, look), name)
        for name, days, look in _looks(sheet, lane)
    ]
    rows = _key(sheet, axes, signs)
    axes.set_ylim(6.7, -0.7 - (_AIR + rows * _KEY) * 7.4 / _TALL)
    axes.set_yticks([0, 2, 4, 6], [_DAYS[day] for day in (0, 2, 4, 6)], fontsize=SMALL)
    return rows


def _strips(sheet: Sheet, found: list[Lane], pause: tuple[date, date] | None) -> None:
    """For each question a line of days for each of its answers, in the order of the key; in inches from the foot."""
    size = max(_SMALLEST, _size(sheet, len(sheet.span.steps()), 7))
    tall = []
    for axes, lane in zip(sheet.axes, found, strict=True):
        plots.title(axes, lane.title)
        axes.grid(visible=False)
        axes.set_yticks([])
        if pause:
            end = at(pause[1]) + timedelta(days=1)
            drawn = axes.axvspan(at(pause[0]), end, facecolor=(sheet.theme.gap, 0.3), zorder=0.5)
            sheet.explain(drawn, "the pause as planned")
        looks, signs = _looks(sheet, lane), []
        for number, (name, days, look) in enumerate(looks):
            level = _FOOT + _LEVEL * (len(looks) - 1 - number)
            axes.axhline(level, color=sheet.theme.line, linewidth=0.6, zorder=0.8)
            signs.append((_signs(axes, days + _NOON, [level] * len(days), size, look), name))
        tall.append(2 * _FOOT + _LEVEL * (len(looks) - 1) + _AIR + _KEY * _key(sheet, axes, signs))
        axes.set_ylim(0, tall[-1])
    sheet.tall = tuple(tall)


def _signs(axes: Axes, x: Any, y: Any, size: float, look: dict[str, Any]) -> Any:
    return axes.plot(x, y, linestyle="none", markersize=size, zorder=3, markeredgewidth=0.9, **look)[0]


def _key(sheet: Sheet, axes: Axes, signs: list[tuple[Any, str]]) -> int:
    """What the signs of this panel mean, at its top; answers the number of lines that this takes."""
    longest = max(len(name) for _, name in signs)
    columns = min(len(signs), max(1, (52 if sheet.narrow else 98) // (longest + 6)))
    axes.legend(
        *zip(*signs, strict=True), loc="upper left", bbox_to_anchor=(-0.012, 1), ncols=columns, fontsize=SMALL,
        borderaxespad=1.3, borderpad=0.1, handlelength=1.2, handletextpad=0.4, columnspacing=1.2, labelspacing=0.3,
        frameon=True, framealpha=0.85, facecolor=sheet.theme.face, edgecolor="none",
    ).set_zorder(5)  # fmt: skip
    return -(-len(signs) // columns)


def _week(day: Any) -> Any:
    return day - timedelta(days=day.day_of_week) + series.WEEK / 2
