"""Charts of counts: bars by day, week or month, bars by answer one on the other, and shares of a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts import lines, plots, series, words
from workbook.charts.leaf import Drawing, Rows
from workbook.charts.sheet import Sheet
from workbook.charts.source import Source
from workbook.content.charts import ChartSpec, Every

if TYPE_CHECKING:
    from pandas import DataFrame

_FROM = {"day": "Day", "week": "Week from", "month": "Month from"}
_FULL = 100
_LOWER = "have lower bars: compare them with the days in the table. "


def bars(source: Source, spec: ChartSpec) -> Drawing | None:
    """How many, or how much, side by side for each day, week or month."""
    import pandas as pd

    every, unit = spec.every, spec.items[0].field.unit
    found = [lane for one in spec.items if one.role not in ("line", "limit") for lane in source.lanes(one)]
    found = [lane for lane in found if not lane[1].empty] or found[:1]
    below = lines.below(source, spec)
    everything = pd.concat([rows for _, rows in found])
    if everything.empty and not below:
        return None
    sums = _sums(source, found, every)
    days = series.stepwise(everything, source.span, every)["days"]
    asked = [(source.words(one), source.asked(one)) for one in spec.role("limit")]
    limits = [(name, float(value)) for name, value in asked if value is not None]

    def paint(sheet: Sheet) -> None:
        _paint_bars(sheet, sums, everything, every, unit)
        _paint_limits(sheet, limits)
        lines.paint_panels(sheet, sheet.axes[1:], below)

    steps = every != "day"
    return Drawing(
        paint=paint,
        alt=[*(_sum(name, rows, unit) for name, rows in found), source.gaps(everything, "an answer", every)]
        + [f"{name}: {words.number(value)}." for name, value in limits]
        + lines.rated(source, below),
        columns=(_FROM[every], *(["Days with an answer"] if steps else []), *sums.columns),
        rows=tuple(
            (step, *([str(many)] if steps else []), *cells)
            for (step, *cells), many in zip(_cells(sums), days, strict=True)
        ),
        cannot=(f"{every.capitalize()}s with fewer days in the log {_LOWER}" if steps else "") + words.DESCRIBES,
        few=words.few(everything["day"].nunique(), "day with an answer", "days with an answer"),
        panels=1 + len(below),
    )


def moments(source: Source, spec: ChartSpec) -> Drawing | None:
    """Positive moments upwards and negative ones downwards, week by week."""
    import pandas as pd

    good, bad = (source.answers(one) for one in spec.items)
    both = pd.concat([good, bad])
    if both.empty:
        return None
    weeks = _sums(source, [("Positive", good), ("Negative", bad)], "week")
    days = series.stepwise(both, source.span, "week")["days"]
    totals = ", ".join(f"{name} {words.number(rows['value'].sum())}" for name, rows in
                       (("Positive:", good), ("negative:", bad)))  # fmt: skip

    def paint(sheet: Sheet) -> None:
        [axes] = sheet.axes
        plots.title(axes, "Moments in a week")
        for number, (sign, said) in enumerate(
            ((1, "positive moments (upwards)"), (-1, "negative moments (downwards)"))
        ):
            heights = sign * weeks.iloc[:, number].fillna(0)
            sheet.explain(plots.bars(axes, heights, "week", **sheet.theme.bar(number), linewidth=0.6), said)
        axes.axhline(0, color=sheet.theme.ink, linewidth=0.9)
        plots.whole_numbers(axes)
        sheet.gaps(axes, both, every="week")

    return Drawing(
        paint=paint,
        alt=[
            f"{totals}, counted on {words.count(both['day'].nunique(), 'day')}.",
            source.gaps(both, "an entry", "week"),
        ],
        columns=("Week from", "Days with an entry", *weeks.columns),
        rows=tuple((week, str(many), *cells) for (week, *cells), many in zip(_cells(weeks), days, strict=True)),
        cannot=f"Weeks with fewer days in the log {_LOWER}{words.DESCRIBES}",
        few=words.few(both["day"].nunique(), "day with an entry", "days with an entry"),
    )


def stacked_bars(source: Source, spec: ChartSpec) -> Drawing | None:
    """How often each answer was given in a week, one on the other."""
    return _stacked(source, spec, "answer", "Answers in a week", f"Weeks with fewer answers {_LOWER}")


def contacts(source: Source, spec: ChartSpec) -> Drawing | None:
    """Contacts by who began them, week by week."""
    cannot = "A contact that nobody noted is not here, and a count says nothing of how it went. "
    cannot += "The first and the last week may not be whole ones. "
    return _stacked(source, spec, "contact", "Contacts in a week, by who began them", cannot, together=True)


def stacked_shares(source: Source, spec: ChartSpec) -> Drawing | None:
    """Shares of a hundred for each week or month: as they were given, or reckoned from counts."""
    every: Every = "week" if spec.every == "day" else spec.every
    asked = spec.items[0].field.kind == "shares"
    parts, rows, left = _given(source, spec, every) if asked else _reckoned(source, spec, every)
    if parts.dropna(how="all").empty:
        return None
    middle = ", ".join(f"{name} {round(share)} %" for name, share in zip(parts.columns, parts.median(), strict=True))
    odd = words.left_out(left)
    mean = f"Several answers in one {every} stand as their mean." if asked else ""
    return Drawing(
        paint=lambda sheet: _paint_stack(sheet, "Of a hundred", parts, rows, every=every, full=True),
        alt=[
            f"{words.count(int(parts.notna().any(axis=1).sum()), every)} with shares. Medians: {middle}.",
            source.gaps(rows, "an answer", every),
        ],
        columns=(_FROM[every], *(f"{name} (%)" for name in parts.columns)),
        rows=_cells(parts.round()),
        cannot=" ".join(
            filter(None, ("A share says nothing of how much there was in all.", mean, odd, words.DESCRIBES))
        ),
        few=words.few(rows["day"].nunique(), "day with an answer", "days with an answer"),
    )


def share_table(counts: DataFrame) -> DataFrame:
    """Counts of each step as percent of their sum; a step without any count is NaN throughout, never zero."""
    whole = counts.sum(axis=1, min_count=1)
    return counts.fillna(0).mul(_FULL).div(whole.where(whole > 0), axis=0)


def _given(source: Source, spec: ChartSpec, every: Every) -> tuple[DataFrame, DataFrame, int]:
    [one] = spec.items
    rows, left = source.shares(one)
    names = source.options(one)
    means = rows.groupby(series.step_of(rows, every))[list(names)].mean()
    return means.reindex(source.span.steps(every)).rename(columns=names), rows, left


def _reckoned(source: Source, spec: ChartSpec, every: Every) -> tuple[DataFrame, DataFrame, int]:
    import pandas as pd

    found = [lane for one in spec.items for lane in source.lanes(one)]
    return share_table(_sums(source, found, every)), pd.concat([rows for _, rows in found]), 0


def _sums(source: Source, found: list[tuple[str, DataFrame]], every: Every) -> DataFrame:
    """A column for each name with how many, or how much, it was in each day, week or month."""
    import pandas as pd

    sums = [series.stepwise(rows, source.span, every)["sum"].rename(name) for name, rows in found]
    return pd.concat(sums, axis=1)


def _stacked(
    source: Source, spec: ChartSpec, what: str, title: str, cannot: str, *, together: bool = False
) -> Drawing | None:
    [one] = spec.items
    rows, names = source.answers(one), source.options(one)
    if rows.empty:
        return None
    weeks = series.weekly_counts(rows, source.span, tuple(names))
    said = rows["text"].value_counts()
    given = {option: name for option, name in names.items() if option in said}
    told = ", ".join(f"{name}: {said[option]}" for option, name in given.items())
    table = weeks.assign(Together=weeks.sum(axis=1, min_count=1)) if together else weeks
    return Drawing(
        paint=lambda sheet: _paint_stack(sheet, title, weeks[list(given)].rename(columns=given), rows, what=what),
        alt=[
            f"{words.count(len(rows), what)}. {told}.",
            source.gaps(rows, f"{'an' if what == 'answer' else 'a'} {what}", "week"),
        ],
        columns=("Week from", *(names.get(column, column) for column in table.columns)),
        rows=_cells(table),
        cannot=cannot + words.DESCRIBES,
        few=words.few(len(rows), what, f"{what}s"),
    )


def _sum(name: str, rows: DataFrame, unit: str) -> str:
    whole = f"{words.number(rows['value'].sum())} {unit}".strip()
    return f"{name}: {whole} in all, from {words.count(len(rows), 'answer')}."


def _cells(table: DataFrame) -> Rows:
    return tuple(
        (words.day_words(step), *map(words.number, row))
        for step, row in zip(table.index, table.itertuples(index=False), strict=True)
    )


def _paint_bars(sheet: Sheet, sums: DataFrame, rows: DataFrame, every: Every, unit: str) -> None:
    axes, step = sheet.axes[0], series.STEP[every]
    plots.title(axes, f"By {every}" + (f" ({unit})" if unit else ""))
    room = step * 0.86 / len(sums.columns)
    for number, name in enumerate(sums.columns):
        heights = sums.iloc[:, number]
        some = heights[heights > 0]  # no line on the ground where nothing is, or nothing is known
        if not some.empty:
            drawn = axes.bar(some.index + step * 0.07 + room * number, some, room, align="edge",
                             **sheet.theme.bar(number), linewidth=0.5 if every != "day" else 0.2)  # fmt: skip
            sheet.explain(drawn, name)
    plots.counts(axes, max(sums.fillna(0).max().max(), 1))
    sheet.gaps(axes, rows, "answer", every)


def _paint_limits(sheet: Sheet, limits: list[tuple[str, float]]) -> None:
    """The client's own limits, from exercises, as a line across the bars."""
    axes = sheet.axes[0]
    for name, value in limits:
        sheet.explain(axes.axhline(value, color=sheet.theme.ink, linestyle="--", linewidth=1.2, zorder=3.5), name)
        axes.set_ylim(top=max(axes.get_ylim()[1], value * 1.15))


def _paint_stack(
    sheet: Sheet, title: str, table: DataFrame, rows: DataFrame, *, every: Every = "week", full: bool = False,
    what: str = "answer",
) -> None:  # fmt: skip
    [axes] = sheet.axes
    plots.title(axes, title)
    floor = table.iloc[:, 0].fillna(0) * 0
    for number, name in enumerate(table.columns):
        heights = table.iloc[:, number].fillna(0)
        some = heights[heights > 0]
        if not some.empty:
            drawn = plots.bars(axes, some, every, bottom=floor[some.index], **sheet.theme.bar(number), linewidth=0.6)
            sheet.explain(drawn, name)
            floor = floor + heights
    plots.counts(axes, _FULL if full else max(floor.max(), 1))
    if full:
        axes.set_yticks([0, 50, _FULL])
    sheet.gaps(axes, rows, "contact noted" if what == "contact" else what, every)
