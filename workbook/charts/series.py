"""The numbers behind a chart: the days it shows, and its answers by day, week or month, with the gaps left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame, DatetimeIndex, Series

    from workbook.content.charts import Every

FEW = 8
"""With fewer points than this a chart shows the points alone, and says that they are few."""
WEEK = timedelta(days=7)
STEP = {"day": timedelta(days=1), "week": WEEK, "month": timedelta(days=30.4)}
"""How long one step is on the time axis."""
_FREQUENCY = {"day": "D", "week": "7D", "month": "MS"}


@dataclass(frozen=True)
class Window:
    """The days that a chart shows, both ends included. All charts of a case share it, so that they can be compared."""

    first: date
    last: date

    def steps(self, every: Every = "day") -> DatetimeIndex:
        """The first day of each day, week or month that the window touches; a week begins on Monday."""
        import pandas as pd

        monday = self.first - timedelta(days=self.first.weekday())
        first = {"day": self.first, "week": monday, "month": self.first.replace(day=1)}[every]
        return pd.date_range(first, self.last, freq=_FREQUENCY[every], unit="us")


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


def placed(rows: DataFrame) -> DataFrame:
    """Rows of the log with `x`, where they stand on the time axis; what stands for a whole day stands at noon."""
    import pandas as pd

    noon = rows["day"] + pd.Timedelta(hours=12)
    return rows.assign(x=rows["local"].where(~rows["whole_day"], noon)).sort_values("x", kind="stable")


def step_of(rows: DataFrame, every: Every) -> Series:
    """The first day of each row's day, week or month."""
    if every == "day":
        return rows["day"]
    return rows["day"].dt.to_period(every[0].upper()).dt.start_time.astype(rows["day"].dtype)


def stepwise(rows: DataFrame, span: Window, every: Every = "day") -> DataFrame:
    """Median, sum and number of answers, and number of days with one, for each step.

    Steps without one are NaN or 0, so that no line is drawn over them.
    """
    by_step = rows.assign(step=step_of(rows, every)).groupby("step")
    table = by_step["value"].agg(["median", "sum", "count"]).reindex(span.steps(every))
    table["days"] = by_step["day"].nunique().reindex(table.index)
    table[["count", "days"]] = table[["count", "days"]].fillna(0).astype("int64")
    table.loc[table["count"] == 0, "sum"] = float("nan")
    return table


def middles(rows: DataFrame, span: Window, every: Every) -> Series:
    """Where each step's median is drawn: in the middle of that step's answers."""
    steps = span.steps(every)
    middle = (steps + STEP[every] / 2).to_series(index=steps)
    return rows.groupby(step_of(rows, every))["x"].median().reindex(steps).fillna(middle)


def average(rows: DataFrame, span: Window, days: int = 7, at_least: int = 4) -> Series:
    """For each day the mean of the daily medians of the `days` days up to it; NaN where fewer than `at_least` are kept.

    It is NaN on a day without an answer, too, so that a gap stays a gap.
    """
    per_day = stepwise(rows, span)["median"]
    return per_day.rolling(days, min_periods=at_least).mean().where(per_day.notna())


def weekly_counts(rows: DataFrame, span: Window, options: tuple[str, ...]) -> DataFrame:
    """How many entries of each week chose each option; a week without any entry is NaN throughout."""
    import pandas as pd

    counts = pd.crosstab(step_of(rows, "week"), rows["text"]).reindex(columns=list(options), fill_value=0)
    return counts.reindex(span.steps("week")).astype("float64")


def missing(rows: DataFrame, span: Window, every: Every = "day") -> DatetimeIndex:
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
