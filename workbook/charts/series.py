"""The numbers behind a chart: points in a window of days, day by day and week by week, with the gaps left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbook.charts.items import Item

if TYPE_CHECKING:
    from pandas import DataFrame, DatetimeIndex, Series

    from workbook.content.charts import Every

FEW = 8
"""With fewer points than this a chart shows the points alone, and says that they are few."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """The days that a chart shows, both ends included. All charts of a case share it, so that they can be compared."""

    first: date
    last: date

    def days(self) -> DatetimeIndex:
        """Each day of the window."""
        import pandas as pd

        return pd.date_range(self.first, self.last, freq="D", unit="us")

    def weeks(self) -> DatetimeIndex:
        """The Monday of each week that the window touches."""
        import pandas as pd

        monday = self.first - timedelta(days=self.first.weekday())
        return pd.date_range(monday, self.last, freq="7D", unit="us")

    def steps(self, every: Every) -> DatetimeIndex:
        """The first day of each day, week or month that the window touches."""
        import pandas as pd

        if every == "month":
            return pd.date_range(self.first.replace(day=1), self.last, freq="MS", unit="us")
        return self.weeks() if every == "week" else self.days()


def window(log: DataFrame, since: date | None = None, until: date | None = None) -> Window | None:
    """From the first to the last day of the whole log, narrowed by `since` and `until`; None when no entry is left.

    It never begins before the log does: days before that are not missing.
    """
    if within(log, since, until).empty:
        return None
    first, last = log["day"].min().date(), log["day"].max().date()
    return Window(max(since or first, first), until or last)


def within(frame: DataFrame, since: date | None, until: date | None) -> DataFrame:
    """The rows whose local day lies between the two dates, both included; None leaves a side open."""
    import pandas as pd

    if since is not None:
        frame = frame[frame["day"] >= pd.Timestamp(since)]
    if until is not None:
        frame = frame[frame["day"] <= pd.Timestamp(until)]
    return frame


def points(log: DataFrame, item: Item) -> DataFrame:
    """One row for each answer to a question: entry, day, value, text and `x`, the local time at which it is drawn.

    What stands for a whole day is drawn at noon.
    """
    return placed(log[(log["form"] == item.form.id) & (log["item"] == item.field.id)])


def placed(rows: DataFrame) -> DataFrame:
    """Rows of the log with `x`, where they stand on the time axis; what stands for a whole day stands at noon."""
    import pandas as pd

    noon = rows["day"] + pd.Timedelta(hours=12)
    return rows.assign(x=rows["local"].where(~rows["whole_day"], noon)).sort_values("x", kind="stable")


def daily_median(rows: DataFrame, span: Window) -> Series:
    """The median of each day of the window; a day without an answer is NaN, so that no line is drawn over it."""
    return rows.groupby("day")["value"].median().reindex(span.days())


def middles(rows: DataFrame, span: Window) -> Series:
    """The time of day at which each day's median is drawn: the middle of that day's answers."""
    import pandas as pd

    days = span.days()
    return rows.groupby("day")["x"].median().reindex(days).fillna(pd.Series(days + timedelta(hours=12), index=days))


def monday(rows: DataFrame) -> Series:
    """The Monday of each row's week."""
    import pandas as pd

    return rows["day"] - pd.to_timedelta(rows["day"].dt.day_of_week, unit="D")


def step_of(rows: DataFrame, every: Every) -> Series:
    """The first day of each row's day, week or month."""
    if every == "month":
        return rows["day"].dt.to_period("M").dt.start_time.astype(rows["day"].dtype)
    return monday(rows) if every == "week" else rows["day"]


def stepwise(rows: DataFrame, span: Window, every: Every) -> DataFrame:
    """Median, sum and number of answers, and number of days with one, for each step; steps without one NaN or 0."""
    by_step = rows.assign(step=step_of(rows, every)).groupby("step")
    table = by_step["value"].agg(["median", "sum", "count"]).reindex(span.steps(every))
    table["days"] = by_step["day"].nunique().reindex(table.index)
    table[["count", "days"]] = table[["count", "days"]].fillna(0).astype("int64")
    table.loc[table["count"] == 0, "sum"] = float("nan")
    return table


def weekly(rows: DataFrame, span: Window) -> DataFrame:
    """Median, sum and number of answers, and number of days with one, for each week; weeks without one are NaN or 0."""
    return stepwise(rows, span, "week")


def average(rows: DataFrame, span: Window, days: int = 7, at_least: int = 4) -> Series:
    """For each day the mean of the daily medians of the `days` days up to it; NaN where fewer than `at_least` are kept.

    It is NaN on a day without an answer, too, so that a gap stays a gap.
    """
    per_day = daily_median(rows, span)
    return per_day.rolling(days, min_periods=at_least).mean().where(per_day.notna())


def weekly_counts(rows: DataFrame, span: Window, options: tuple[str, ...]) -> DataFrame:
    """How many entries of each week chose each option; a week without any entry is NaN throughout."""
    import pandas as pd

    counts = pd.crosstab(monday(rows), rows["text"]).reindex(index=span.weeks(), columns=list(options))
    return counts.where(counts.notna().any(axis=1), float("nan")).apply(_zero_where_known, axis=1)


def _zero_where_known(week: Series) -> Series:
    return week.fillna(0) if week.notna().any() else week


def missing_days(rows: DataFrame, span: Window) -> DatetimeIndex:
    """The days of the window on which there is no row."""
    return span.days().difference(rows["day"].unique())


def missing_weeks(rows: DataFrame, span: Window) -> DatetimeIndex:
    """The Mondays of the weeks in which there is no row."""
    return missing(rows, span, "week")


def missing(rows: DataFrame, span: Window, every: Every) -> DatetimeIndex:
    """The first days of the days, weeks or months in which there is no row."""
    return span.steps(every).difference(step_of(rows, every).unique())


def runs(days: DatetimeIndex, step: timedelta = timedelta(days=1)) -> list[tuple[date, int]]:
    """Neighbouring days (or weeks) as (first, how many)."""
    found: list[tuple[date, int]] = []
    for stamp in days:
        day = stamp.date()
        if found and found[-1][0] + found[-1][1] * step == day:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((day, 1))
    return found
