"""Charts of single answers as points: interactions, urges, before and after, setbacks on the line of mood."""

from __future__ import annotations

from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from workbook.charts import lines, plots, series, words
from workbook.charts.leaf import Axes, Drawing
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source
from workbook.content.charts import ChartItem, ChartSpec

if TYPE_CHECKING:
    from pandas import DataFrame

_ACTED, _HELD, _NOTHING = "acted on an urge", "acted on no urge", "not said whether acted on an urge"
_DAY = timedelta(days=1)


def interactions(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each interaction's quality, and a bar across each week at its median."""
    [quality] = spec.items
    rows = source.answers(quality)
    if rows.empty:
        return None
    medians = series.stepwise(rows, source.span, "week")["median"]

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        plots.rating(axes, quality.field, spec.title)
        plots.dots(sheet, axes, rows, color=sheet.theme.first, sign="o", words="one interaction")
        plots.week_medians(sheet, axes, rows)
        sheet.gaps(axes, source.log, "log entry")

    return Drawing(
        paint=paint,
        alt=[
            f"{words.count(len(rows), 'interaction')}, quality {words.spread(rows['value'])}.",
            f"Weekly medians {words.spread(medians.dropna())}.",
            source.gaps(rows, "an interaction", "week"),
        ],
        columns=("When", "Quality", "Median of that week"),
        rows=tuple(
            (words.when(row), words.number(row.value), words.number(medians[week]))
            for row, week in zip(rows.itertuples(), series.step_of(rows, "week"), strict=True)
        ),
        cannot=f"It shows one side’s view of the interactions that were noted. {words.DESCRIBES}",
        few=words.few(len(rows), "interaction", "interactions"),
    )


def urges(source: Source, spec: ChartSpec) -> Drawing | None:
    """The strength of each urge; a filled cross where it was acted on, an open ring where it was not."""
    strength, acted = spec.items
    rows = source.answers(strength)
    if rows.empty:
        return None
    said = source.answers(acted).set_index("entry")["text"]
    rows = rows.assign(acted=rows["entry"].map(said).fillna("not said"))
    names = {"not said": "acted on: not said", "no": "not acted on", "yes": "acted on"}
    many = rows["acted"].value_counts()

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        plots.rating(axes, strength.field, "Strength of urges")
        _by_urge(sheet, axes, rows, names)
        plots.medians(sheet, axes, rows, sheet.theme.muted)
        sheet.gaps(axes, rows)

    return Drawing(
        paint=paint,
        alt=[
            words.rated("Strength", rows, source.span),
            f"Acted on: {many.get('yes', 0)}, not acted on: {many.get('no', 0)}, not said: {many.get('not said', 0)}.",
        ],
        columns=("When", "Strength", "Acted on"),
        rows=tuple((words.when(row), words.number(row.value), row.acted) for row in rows.itertuples()),
        cannot=f"An urge that was not written down is not here. {words.DESCRIBES}",
        few=words.few(len(rows)),
    )


def before_after(source: Source, spec: ChartSpec) -> Drawing | None:
    """For each entry a bar from before to after; a panel for each pair of questions."""
    pairs = list(zip(spec.items[::2], spec.items[1::2], strict=True))
    panels = [lines.Panel(one, source.words(one), _both(source, one, after)) for one, after in pairs]
    found = [one for one in panels if not one.rows.empty]
    if not found:
        return None
    drawn = {one.item for one in found}
    columns, rows = source.table(item for pair in pairs if pair[0] in drawn for item in pair)

    def paint(sheet: Sheet) -> None:
        for axes, one in zip(sheet.axes, found, strict=True):
            _bars(sheet, axes, one)

    return Drawing(
        paint=paint,
        alt=[_told_pair(one.title, one.rows) for one in found],
        columns=columns,
        rows=rows,
        cannot=f"Entries with both answers alone are drawn. {words.DESCRIBES}",
        few=words.few_of([one.total for one in found]),
        panels=len(found),
    )


def mood_markers(source: Source, spec: ChartSpec) -> Drawing | None:
    """Setbacks as marks on the line of mood, with the days that it took to come back."""
    [mood] = [one for one in lines.panels(source, spec) if one.item.role == "line"]
    setbacks = _setbacks(source, spec)
    if setbacks.empty:
        return None
    columns, rows = source.table([one for one in spec.items if one.role != "line"])
    signs = _all(source, spec.role("sign"))
    back = setbacks["days"].dropna()
    told = f"{words.count(len(setbacks), 'setback')} marked"
    return Drawing(
        paint=lambda sheet: _paint_setbacks(sheet, mood, setbacks, signs),
        alt=[
            words.rated(mood.title, mood.rows, source.span),
            f"{told}; days until back on the way {words.spread(back)}." if len(back) else f"{told}.",
            *([f"{words.count(len(signs), 'small sign')} of change marked."] if len(signs) else []),
        ],
        columns=columns,
        rows=rows,
        cannot=f"A setback that nobody noted is not here. {words.DESCRIBES}",
        few=words.few(len(setbacks), "setback", "setbacks"),
    )


def next_day(source: Source, spec: ChartSpec) -> Drawing | None:
    """Each interaction, with a sign for what was said of the day before: acted on an urge, on none, or not said.

    A strong urge may stand there without that answer, and a ‘no’ beside no urge at all: neither is read as the other.
    """
    acted, quality = spec.items
    urges, rows = source.answers(acted), source.answers(quality)
    held, followed = (set(some["day"] + _DAY) for some in (urges, urges[urges["value"] > 0]))
    rows = rows.assign(acted=[_ACTED if day in followed else _HELD if day in held else _NOTHING for day in rows["day"]])
    if rows.empty or (rows["acted"] == _NOTHING).all():
        return None
    groups = {name: rows[rows["acted"] == name] for name in (_ACTED, _HELD, _NOTHING)}

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        plots.rating(axes, quality.field, quality.words)
        _by_urge(sheet, axes, rows, {name: f"the day before: {name}" for name in (_NOTHING, _HELD, _ACTED)})
        plots.week_medians(sheet, axes, rows)
        sheet.gaps(axes, rows, "interaction", "week")

    return Drawing(
        paint=paint,
        alt=[_told_group(name, group) for name, group in groups.items()],
        columns=("When", "Quality", "The day before"),
        rows=tuple((words.when(row), words.number(row.value), row.acted) for row in rows.itertuples()),
        cannot="It sets two things side by side and says nothing of why: the same hard days may bring the urge and the "
        f"hard talk. {words.DESCRIBES}",
        few=words.few_of([(name.capitalize(), len(groups[name])) for name in (_ACTED, _HELD)]),
    )


def _by_urge(sheet: Sheet, axes: Axes, rows: DataFrame, names: dict[str, str]) -> None:
    """Points with a sign for what became of an urge: a dot for none or not said, an open ring, a filled cross."""
    theme = sheet.theme
    looks: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (".", theme.muted, {"markersize": 6}),
        ("o", theme.first, {"markersize": 6, "markerfacecolor": "none"}),
        ("X", theme.second, {"markersize": 8, "markeredgecolor": theme.ink}),
    )
    for (name, said), (sign, color, look) in zip(names.items(), looks, strict=True):
        plots.dots(sheet, axes, rows[rows["acted"] == name], color=color, sign=sign, words=said, alpha=1, **look)


def _both(source: Source, before: ChartItem, after: ChartItem) -> DataFrame:
    """Entries, or rows of a list, with both answers."""
    kept = source.answers(after)[["entry", "row", "value"]].rename(columns={"value": "after"})
    return source.answers(before).merge(kept, on=["entry", "row"])


def _told_pair(title: str, both: DataFrame) -> str:
    change = both["after"] - both["value"]
    return (
        f"{title}: {words.count(len(both), 'pair')}. Before {words.spread(both['value'])}; after "
        f"{words.spread(both['after'])}. Higher after in {(change > 0).sum()}, the same in {(change == 0).sum()}, "
        f"lower in {(change < 0).sum()}."
    )


def _bars(sheet: Sheet, axes: Axes, one: lines.Panel) -> None:
    both = one.rows
    lines.scale(axes, one)
    look = {"linestyle": "none", "zorder": 3, "markersize": 5}
    drawn = axes.vlines(both["x"], both["value"], both["after"], color=sheet.theme.muted, linewidth=2.4, zorder=2)
    (first,) = axes.plot(both["x"], both["value"], "o", color=sheet.theme.ink, markerfacecolor=sheet.theme.face, **look)
    (second,) = axes.plot(both["x"], both["after"], "D", color=sheet.theme.first, **look)
    for handle, said in ((first, "before"), (second, "after"), (drawn, "from before to after")):
        sheet.explain(handle, said)
    sheet.gaps(axes, both, "pair")


def _setbacks(source: Source, spec: ChartSpec) -> DataFrame:
    """One row for each setback, with the days to come back where they were noted."""
    rows, back = _all(source, spec.role("event")), [source.answers(one) for one in spec.role("days")]
    if not back:
        return rows.assign(days=float("nan"))
    return rows.merge(back[0][["entry", "row", "value"]].rename(columns={"value": "days"}), "left", ["entry", "row"])


def _all(source: Source, items: tuple[ChartItem, ...]) -> DataFrame:
    """One row for each entry that says yes, or something, to one of the questions."""
    import pandas as pd

    if not items:
        return series.placed(source.log[:0])
    found = [source.answers(one) for one in items]
    rows = pd.concat([rows[rows["value"].fillna(1) > 0] for rows in found])
    return rows.drop_duplicates(["entry", "row"]).sort_values("x", kind="stable")


def _paint_setbacks(sheet: Sheet, mood: lines.Panel, setbacks: DataFrame, signs: DataFrame) -> None:
    [axes] = sheet.axes
    theme = sheet.theme
    lines.scale(axes, mood)
    plots.dots(sheet, axes, mood.rows, color=theme.first, sign="o", words="mood, each entry")
    plots.medians(sheet, axes, mood.rows, theme.first, mood.every)
    at = _level(mood, sheet, setbacks)
    for x, y, days in zip(setbacks["x"], at, setbacks["days"], strict=True):
        if not isnan(days):
            (drawn,) = axes.plot([x, x + days * _DAY], [y, y], color=theme.ink, linewidth=1.6, zorder=3.4)
            sheet.explain(drawn, "days until back on the way")
    big = {"linestyle": "none", "markeredgecolor": theme.ink, "zorder": 4}
    (drawn,) = axes.plot(setbacks["x"], at, "v", color=theme.second, markersize=9, **big)
    sheet.explain(drawn, "step back")
    if len(signs):
        (drawn,) = axes.plot(signs["x"], _level(mood, sheet, signs), "*", color=theme.third, markersize=11, **big)
        sheet.explain(drawn, "small sign of change")
    sheet.gaps(axes, mood.rows, "mood")


def _level(mood: lines.Panel, sheet: Sheet, rows: DataFrame) -> list[float]:
    """The mood of each row's day; the middle of the scale where none was noted."""
    per_day = series.stepwise(mood.rows, sheet.span)["median"]
    return [5.0 if isnan(level := per_day.get(day, float("nan"))) else level for day in rows["day"]]


def _told_group(name: str, rows: DataFrame) -> str:
    what = words.count(len(rows), "interaction")
    return f"The day before {name}: {what}{', quality ' + words.spread(rows['value']) if len(rows) else ''}."
