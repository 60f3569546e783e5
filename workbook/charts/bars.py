"""Charts of counts: bars by day, week or month, bars by answer one on the other, and shares of a hundred."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.charts import lines, plots, series, telling, words
from workbook.charts.answers import answers, lanes, shares, unfinished
from workbook.charts.drawing import Drawing, Rows, Source
from workbook.charts.sheet import Sheet
from workbook.content.charts import ChartSpec, Every

if TYPE_CHECKING:
    from pandas import DataFrame

HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++")
_STEP = {"day": timedelta(days=1), "week": series.WEEK, "month": timedelta(days=30.4)}
_FROM = {"day": "Day", "week": "Week from", "month": "Month from"}
_FULL = 100
_LOWER = "have lower bars: compare them with the days in the table. "


def bars(source: Source, spec: ChartSpec) -> Drawing | None:
    """How many, or how much, side by side for each day, week or month."""
    return _bars(source, spec, spec.every)


def weekly_bars(source: Source, spec: ChartSpec) -> Drawing | None:
    """The same by the week."""
    return _bars(source, spec, "week")


def stacked_bars(source: Source, spec: ChartSpec) -> Drawing | None:
    """How often each answer was given in a week, one on the other."""
    [one] = spec.items
    rows = answers(source, one)
    if rows.empty:
        return None
    names = {option: source.fill(name) for option, name in one.field.options}
    weeks = series.weekly_counts(rows, source.span, tuple(names))
    said = rows["text"].value_counts()
    told = ", ".join(f"{name}: {said[option]}" for option, name in names.items() if option in said)
    return Drawing(
        paint=lambda sheet: _paint_stack(
            sheet, "Answers in a week", weeks[[o for o in names if o in said]], names, rows
        ),
        alt=[f"{words.count(len(rows), 'answer')}. {told}.", _gaps(source, rows, "week")],
        columns=("Week from", *names.values()),
        rows=_cells(weeks),
        cannot=f"Weeks with fewer answers {_LOWER}{telling.DESCRIBES}",
        few=words.few(len(rows), "answer", "answers"),
    )


def stacked_shares(source: Source, spec: ChartSpec) -> Drawing | None:
    """Shares of a hundred for each week or month: as they were given, or reckoned from counts."""
    parts, rows, names, left = _given(source, spec) if _asks_shares(spec) else _reckoned(source, spec)
    if parts.dropna(how="all").empty:
        return None
    middle = {name: words.number(round(parts[option].median())) for option, name in names.items()}
    every = "week" if spec.every == "day" else spec.every
    odd = f"{words.count(left, 'answer')} did not make a hundred and {'is' if left == 1 else 'are'} left out. "
    return Drawing(
        paint=lambda sheet: _paint_stack(sheet, "Of a hundred", parts, names, rows, every=every, full=True),
        alt=[
            f"{words.count(int(parts.notna().any(axis=1).sum()), every)} with shares. Medians: "
            + ", ".join(f"{name} {share} %" for name, share in middle.items()) + ".",
            _gaps(source, rows, every),
        ],
        columns=(_FROM[every], *(f"{name} (%)" for name in names.values())),
        rows=_cells(parts.round()),
        cannot=f"A share says nothing of how much there was in all. {odd if left else ''}{telling.DESCRIBES}",
        few=words.few(rows["day"].nunique(), "day with an answer", "days with an answer"),
    )  # fmt: skip


def share_table(counts: DataFrame) -> DataFrame:
    """Counts of each step as percent of their sum; a step without any count is NaN throughout, never zero."""
    whole = counts.sum(axis=1, min_count=1)
    return counts.fillna(0).mul(_FULL).div(whole.where(whole > 0), axis=0)


def _asks_shares(spec: ChartSpec) -> bool:
    return spec.items[0].field.kind == "shares"


def _given(source: Source, spec: ChartSpec) -> tuple[DataFrame, DataFrame, dict[str, str], int]:
    [one] = spec.items
    rows = shares(source, one)
    names = {option: source.fill(name) for option, name in one.field.options}
    every: Every = "week" if spec.every == "day" else spec.every
    means = rows.groupby(series.step_of(rows, every))[list(names)].mean()
    return means.reindex(source.span.steps(every)), rows, names, unfinished(source, one)


def _reckoned(source: Source, spec: ChartSpec) -> tuple[DataFrame, DataFrame, dict[str, str], int]:
    import pandas as pd

    every: Every = "week" if spec.every == "day" else spec.every
    found = [lane for one in spec.items for lane in lanes(source, one)]
    sums = {str(n): series.stepwise(rows, source.span, every)["sum"] for n, (_, rows) in enumerate(found)}
    everything = pd.concat([rows for _, rows in found])
    names = {str(number): name for number, (name, _) in enumerate(found)}
    return share_table(pd.DataFrame(sums)), everything, names, 0


def _bars(source: Source, spec: ChartSpec, every: Every) -> Drawing | None:
    import pandas as pd

    found = [lane for one in spec.items if one.role not in ("line", "limit") for lane in lanes(source, one)]
    below = lines.below(source, spec)
    found = [lane for lane in found if not lane[1].empty] or found[:1]
    everything = pd.concat([rows for _, rows in found])
    if everything.empty and not below:
        return None
    names = {str(number): name for number, (name, _) in enumerate(found)}
    sums = pd.DataFrame({str(n): series.stepwise(rows, source.span, every)["sum"] for n, (_, rows) in enumerate(found)})
    days = series.stepwise(everything.drop_duplicates("day"), source.span, every)["days"]
    unit, limits = spec.items[0].field.unit, _limits(source, spec)

    def paint(sheet: Sheet) -> None:
        _paint_bars(sheet, sums.rename(columns=names), everything, every, unit)
        _paint_limits(sheet, limits)
        lines.paint_panels(sheet, sheet.axes[1:], below)

    return Drawing(
        paint=paint,
        alt=[*(_sum(name, rows, unit) for name, rows in found), _gaps(source, everything, every)]
        + [f"{name}: {words.number(value)}." for name, value in limits]
        + [telling.rated(one.title, one.rows, source.span, one.every) for one in below],
        columns=(_FROM[every], *(("Days with an answer",) if every != "day" else ()), *names.values()),
        rows=tuple(
            (cells[0], *((str(days.iloc[number]),) if every != "day" else ()), *cells[1:])
            for number, cells in enumerate(_cells(sums))
        ),
        cannot=(f"{every.capitalize()}s with fewer days in the log {_LOWER}" if every != "day" else "")
        + telling.DESCRIBES,
        few=words.few(everything["day"].nunique(), "day with an answer", "days with an answer"),
        panels=1 + len(below),
    )


def _limits(source: Source, spec: ChartSpec) -> list[tuple[str, float]]:
    """The client's own limits, from exercises, that stand as a line across the bars."""
    asked = [(source.fill(one.words), source.asked(one.form, one.item)) for one in spec.role("limit")]
    return [(name, float(value)) for name, value in asked if value is not None]


def _paint_limits(sheet: Sheet, limits: list[tuple[str, float]]) -> None:
    axes = sheet.axes[0]
    for name, value in limits:
        drawn = axes.axhline(value, color=sheet.theme.ink, linestyle="--", linewidth=1.2, zorder=3.5)
        sheet.explain(drawn, name)
        low, high = axes.get_ylim()
        axes.set_ylim(low, max(high, value * 1.15))


def _sum(name: str, rows: DataFrame, unit: str) -> str:
    whole = f"{words.number(rows['value'].sum())} {unit}".strip()
    return f"{name}: {whole} in all, from {words.count(len(rows), 'answer')}."


def _cells(table: DataFrame) -> Rows:
    return tuple(
        (words.day_words(step.date()), *map(telling.or_dash, row))
        for step, row in zip(table.index, table.itertuples(index=False), strict=True)
    )


def _gaps(source: Source, rows: DataFrame, every: Every) -> str:
    return words.gaps(series.missing(rows, source.span, every), len(source.span.steps(every)), "an answer", every)


def _colors(sheet: Sheet) -> tuple[str, ...]:
    theme = sheet.theme
    return (theme.first, theme.third, theme.fourth, theme.second, theme.gap, theme.muted)


def _paint_bars(sheet: Sheet, sums: DataFrame, rows: DataFrame, every: Every, unit: str) -> None:
    axes = sheet.axes[0]
    plots.title(axes, f"By {every}" + (f" ({unit})" if unit else ""))
    room = _STEP[every] * 0.86 / len(sums.columns)
    for number, name in enumerate(sums.columns):
        heights = sums.iloc[:, number]
        some = heights[heights > 0]  # no line on the ground where nothing is, or nothing is known
        if some.empty:
            continue
        drawn = axes.bar(
            some.index + _STEP[every] * 0.07 + room * number, some, room, align="edge", hatch=HATCHES[number % 6],
            color=_colors(sheet)[number % 6], edgecolor=sheet.theme.edge, linewidth=0.5 if every != "day" else 0.2,
        )  # fmt: skip
        sheet.explain(drawn, name)
    top = max(sums.fillna(0).max().max(), 1)
    axes.set_ylim(-0.05 * top, top * 1.08)
    plots.whole_numbers(axes)
    sheet.gaps(axes, series.missing(rows, sheet.span, every), f"no answer that {every}", _STEP[every])


def _paint_stack(
    sheet: Sheet, title: str, table: DataFrame, names: dict[str, str], rows: DataFrame, *, every: Every = "week",
    full: bool = False,
) -> None:  # fmt: skip
    [axes] = sheet.axes
    plots.title(axes, title)
    floor = table.iloc[:, 0].fillna(0) * 0
    for number, option in enumerate(table.columns):
        heights = table[option].fillna(0)
        some = heights[heights > 0]
        if some.empty:
            continue
        drawn = axes.bar(
            some.index + _STEP[every] / 2, some, _STEP[every] * 0.82, bottom=floor[some.index],
            color=_colors(sheet)[number % 6], hatch=HATCHES[number % 6], edgecolor=sheet.theme.edge, linewidth=0.6,
        )  # fmt: skip
        sheet.explain(drawn, names[option])
        floor = floor + heights
    top = _FULL if full else max(floor.max(), 1)
    axes.set_ylim(-0.05 * top, top * 1.08)
    if full:
        axes.set_yticks([0, 50, _FULL])
    else:
        plots.whole_numbers(axes)
    sheet.gaps(axes, series.missing(rows, sheet.span, every), f"no answer that {every}", _STEP[every])
