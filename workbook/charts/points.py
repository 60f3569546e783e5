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

_ACTED, _HELD, _NOTHING = "acted on an urge", "had an urge, not acted on", "wrote no urge down"
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
    many = rows["acted"].value_counts()

    def paint(sheet: Sheet) -> None:
        [axes], theme = sheet.axes, sheet.theme
        plots.rating(axes, strength.field, "Strength of urges")
        looks = (
            ("no", "o", theme.first, "not acted on", {"markerfacecolor": "none", "markersize": 5.5, "alpha": 0.9}),
            ("not said", ".", theme.muted, "acted on: not said", {"markersize": 5}),
            ("yes", "X", theme.second, "acted on", {"markersize": 7.5, "markeredgecolor": theme.ink, "alpha": 1}),
        )
        for answer, sign, color, name, look in looks:
            plots.dots(sheet, axes, rows[rows["acted"] == answer], color=color, sign=sign, words=name, **look)
        plots.medians(sheet, axes, rows, theme.muted)
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
    """Each interaction, with a sign for what the day before held: an urge acted on, one not acted on, or none noted."""
    acted, quality = spec.items
    rows = _after(source, acted, quality)
    if rows.empty or (rows["before"] == _NOTHING).all():
        return None
    groups = {name: rows[rows["before"] == name] for name in (_ACTED, _HELD, _NOTHING)}
    return Drawing(
        paint=lambda sheet: _paint_next_day(sheet, spec, rows, quality),
        alt=[_told_group(name, group) for name, group in groups.items()],
        columns=("When", "Quality", "The day before"),
        rows=tuple((words.when(row), words.number(row.value), row.before) for row in rows.itertuples()),
        cannot="It sets two things side by side and says nothing of why: the same hard days may bring the urge and the "
        f"hard talk. {words.DESCRIBES}",
        few=words.few_of([(name.capitalize(), len(groups[name])) for name in (_ACTED, _HELD)]),
    )


def _both(source: Source, before: ChartItem, after: ChartItem) -> DataFrame:
    """Entries, or rows of a list, with both answers."""
    import pandas as pd

    first, second = source.answers(before), source.answers(after)
    keys = [frame.assign(row=frame["row"].fillna("")) for frame in (first, second)]
    kept = keys[1][["entry", "row", "value"]].rename(columns={"value": "after"})
    return pd.merge(keys[0], kept, on=["entry", "row"])


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
    rows = _all(source, spec.role("event"))
    days: dict[Any, float] = {}
    for one in spec.role("days"):
        for row in source.answers(one).itertuples():
            days[row.entry, row.row if isinstance(row.row, str) else ""] = row.value
    keys = zip(rows["entry"], rows["row"].fillna(""), strict=True)
    return rows.assign(days=[days.get(key, float("nan")) for key in keys])


def _all(source: Source, items: tuple[ChartItem, ...]) -> DataFrame:
    """One row for each entry that says yes, or something, to one of the questions."""
    import pandas as pd

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


def _after(source: Source, acted: ChartItem, quality: ChartItem) -> DataFrame:
    """Each interaction with what was noted on the day before it."""
    urges = source.answers(acted)
    day_held = set(urges["day"] + _DAY)
    day_acted = set(urges[urges["value"] > 0]["day"] + _DAY)
    rows = source.answers(quality)
    said = [_ACTED if day in day_acted else _HELD if day in day_held else _NOTHING for day in rows["day"]]
    return rows.assign(before=said)


def _told_group(name: str, rows: DataFrame) -> str:
    what = words.count(len(rows), "interaction")
    return f"The day before {name}: {what}{', quality ' + words.spread(rows['value']) if len(rows) else ''}."


def _paint_next_day(sheet: Sheet, spec: ChartSpec, rows: DataFrame, quality: ChartItem) -> None:
    [axes] = sheet.axes
    theme = sheet.theme
    plots.rating(axes, quality.field, quality.words)
    looks = (
        (_NOTHING, ".", theme.muted, {"markersize": 6, "alpha": 1}),
        (_HELD, "o", theme.first, {"markerfacecolor": "none", "markersize": 6, "alpha": 1}),
        (_ACTED, "X", theme.second, {"markersize": 8, "markeredgecolor": theme.ink, "alpha": 1}),
    )
    for name, sign, color, look in looks:
        plots.dots(sheet, axes, rows[rows["before"] == name], color=color, sign=sign,
                   words=f"the day before: {name}", **look)  # fmt: skip
    plots.week_medians(sheet, axes, rows)
    sheet.gaps(axes, rows, "interaction", "week")
