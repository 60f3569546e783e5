"""Charts of two things at once: before and after, setbacks on the line of mood, an urge and the next day."""

from __future__ import annotations

from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from workbook.charts import lines, plots, series, telling, words
from workbook.charts.answers import answers, table
from workbook.charts.drawing import Drawing, Source
from workbook.charts.leaf import Axes
from workbook.charts.sheet import Sheet
from workbook.content.charts import ChartItem, ChartSpec

if TYPE_CHECKING:
    from pandas import DataFrame

_ACTED, _HELD, _NOTHING = "acted on an urge", "had an urge, not acted on", "wrote no urge down"
_DAY = timedelta(days=1)


def before_after(source: Source, spec: ChartSpec) -> Drawing | None:
    """For each entry a bar from before to after; a panel for each pair of questions."""
    pairs = [
        (one, after, _both(source, one, after))
        for one, after in zip(spec.items[::2], spec.items[1::2], strict=True)
    ]  # fmt: skip
    pairs = [pair for pair in pairs if not pair[2].empty]
    if not pairs:
        return None
    columns, rows = table(source, [item for one, after, _ in pairs for item in (one, after)])
    panels = [lines.Panel(one, source.fill(one.words), both, "day") for one, _, both in pairs]

    def paint(sheet: Sheet) -> None:
        for axes, panel in zip(sheet.axes, panels, strict=True):
            _bars(sheet, axes, panel)

    return Drawing(
        paint=paint,
        alt=[_told_pair(source.fill(one.words), both) for one, _, both in pairs],
        columns=columns,
        rows=rows,
        cannot=f"Entries with both answers alone are drawn. {telling.DESCRIBES}",
        few=telling.few_of([(source.fill(one.words), len(both)) for one, _, both in pairs]),
        panels=len(pairs),
    )


def mood_markers(source: Source, spec: ChartSpec) -> Drawing | None:
    """Setbacks as marks on the line of mood, with the days that it took to come back."""
    [mood] = [one for one in lines.panels(source, spec) if one.item.role == "line"]
    setbacks = _setbacks(source, spec)
    if setbacks.empty:
        return None
    columns, rows = table(source, [one for one in spec.items if one.role != "line"])
    signs = _all(source, spec.role("sign"))
    back = setbacks["days"].dropna()
    told = f"{words.count(len(setbacks), 'setback')} marked"
    return Drawing(
        paint=lambda sheet: _paint_setbacks(sheet, mood, setbacks, signs),
        alt=[
            telling.rated(mood.title, mood.rows, source.span),
            f"{told}; days until back on the way {words.spread(back)}." if len(back) else f"{told}.",
            *([f"{words.count(len(signs), 'small sign')} of change marked."] if len(signs) else []),
        ],
        columns=columns,
        rows=rows,
        cannot=f"A setback that nobody noted is not here. {telling.DESCRIBES}",
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
        rows=tuple((telling.when(row), words.number(row.value), row.before) for row in rows.itertuples()),
        cannot="It sets two things side by side and says nothing of why: the same hard days may bring the urge and the "
        f"hard talk. {telling.DESCRIBES}",
        few=telling.few_of([(name.capitalize(), len(groups[name])) for name in (_ACTED, _HELD)]),
    )


def _both(source: Source, before: ChartItem, after: ChartItem) -> DataFrame:
    """Entries, or rows of a list, with both answers."""
    import pandas as pd

    first, second = answers(source, before), answers(source, after)
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
    sheet.gaps(axes, series.missing_days(both, sheet.span), "no pair that day")


def _setbacks(source: Source, spec: ChartSpec) -> DataFrame:
    """One row for each setback, with the days to come back where they were noted."""
    rows = _all(source, spec.role("event"))
    days: dict[Any, float] = {}
    for one in spec.role("days"):
        for row in answers(source, one).itertuples():
            days[row.entry, row.row if isinstance(row.row, str) else ""] = row.value
    keys = zip(rows["entry"], rows["row"].fillna(""), strict=True)
    return rows.assign(days=[days.get(key, float("nan")) for key in keys])


def _all(source: Source, items: tuple[ChartItem, ...]) -> DataFrame:
    """One row for each entry that says yes, or something, to one of the questions."""
    import pandas as pd

    found = [answers(source, one) for one in items]
    rows = pd.concat([rows[rows["value"].fillna(1) > 0] for rows in found])
    return rows.drop_duplicates(["entry", "row"]).sort_values("x", kind="stable")


def _paint_setbacks(sheet: Sheet, mood: lines.Panel, setbacks: DataFrame, signs: DataFrame) -> None:
    [axes] = sheet.axes
    theme = sheet.theme
    lines.scale(axes, mood)
    plots.dots(sheet, axes, mood.rows, color=theme.first, sign="o", words="mood, each entry")
    lines.joined(sheet, axes, mood, theme.first)
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
    sheet.gaps(axes, series.missing_days(mood.rows, sheet.span), "no mood that day")


def _level(mood: lines.Panel, sheet: Sheet, rows: DataFrame) -> list[float]:
    """The mood of each row's day; the middle of the scale where none was noted."""
    per_day = series.daily_median(mood.rows, sheet.span)
    return [5.0 if isnan(level := per_day.get(day, float("nan"))) else level for day in rows["day"]]


def _after(source: Source, acted: ChartItem, quality: ChartItem) -> DataFrame:
    """Each interaction with what was noted on the day before it."""
    urges = answers(source, acted)
    day_held = set(urges["day"] + _DAY)
    day_acted = set(urges[urges["value"] > 0]["day"] + _DAY)
    rows = answers(source, quality)
    said = [_ACTED if day in day_acted else _HELD if day in day_held else _NOTHING for day in rows["day"]]
    return rows.assign(before=said)


def _told_group(name: str, rows: DataFrame) -> str:
    what = words.count(len(rows), "interaction")
    return f"The day before {name}: {what}{', quality ' + words.spread(rows['value']) if len(rows) else ''}."


def _paint_next_day(sheet: Sheet, spec: ChartSpec, rows: DataFrame, quality: ChartItem) -> None:
    [axes] = sheet.axes
    theme = sheet.theme
    lines.scale(axes, lines.Panel(quality, spec.items[1].words, rows, "day"))
    looks = (
        (_NOTHING, ".", theme.muted, {"markersize": 6, "alpha": 1}),
        (_HELD, "o", theme.first, {"markerfacecolor": "none", "markersize": 6, "alpha": 1}),
        (_ACTED, "X", theme.second, {"markersize": 8, "markeredgecolor": theme.ink, "alpha": 1}),
    )
    for name, sign, color, look in looks:
        plots.dots(sheet, axes, rows[rows["before"] == name], color=color, sign=sign,
                   words=f"the day before: {name}", **look)  # fmt: skip
    plots.week_medians(sheet, axes, rows)
    sheet.gaps(axes, series.missing(rows, sheet.span, "week"), "no interaction that week", series.WEEK)
