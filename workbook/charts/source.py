"""What a chart of the log reads: the log in the days that are shown, as points on the time axis and as cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.charts import series, words
from workbook.charts.frame import events_frame, log_frame
from workbook.charts.leaf import Rows
from workbook.charts.marks import Mark, marks
from workbook.content.charts import ChartItem, Every
from workbook.forms.pause import planned_pause
from workbook.forms.spec import Names

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from workbook.record.case import Case

_COUNTED = frozenset({"text", "area", "date", "datetime"})
_FULL = 100
_NONE = "none"
"""Id of the option that says: nothing of these. It is an answer, and no line of its own."""


@dataclass(frozen=True)
class Source:
    """The log in the days that are shown, and the events that fall into them."""

    log: DataFrame
    span: series.Window
    marks: tuple[Mark, ...]
    fill: Callable[[str], str]
    """Puts the case's names into a text."""
    pause: tuple[date, date] | None
    """First and last day of the pause that was planned last."""
    asked: Callable[[ChartItem], Any]
    """The answer to a question of an exercise as it stands now; None without one, or when it is private."""

    def words(self, one: ChartItem) -> str:
        """What the chart calls an item."""
        return self.fill(one.words)

    def options(self, one: ChartItem) -> dict[str, str]:
        """The words of an item's options."""
        return {option: self.fill(name) for option, name in one.field.options}

    def gaps(self, rows: DataFrame, what: str, every: Every = "day") -> str:
        """On how many of the days, weeks or months there is no row, in words."""
        return words.gaps(rows, self.span, what, every)

    def answers(self, one: ChartItem) -> DataFrame:
        """One row for each answer, placed on the time axis.

        `value` is the number itself; 1 or 0 for a choice whose `when` says what counts as yes; 1 for words, which are
        counted.
        """
        rows = series.placed(self.log[self._is(one)])
        if one.when:
            said = rows["text"].fillna(rows["value"].map("{:g}".format))  # a count may say yes as well: "1", "2"
            return rows.assign(value=_yes(said, one.when))
        return rows.assign(value=1.0) if one.field.kind in _COUNTED else rows

    def lanes(self, one: ChartItem) -> list[tuple[str, DataFrame]]:
        """(name, its rows) of an item; of a list of ticks, with `each`, one for every option, as yes or no."""
        rows = self.answers(one)
        if not one.each:
            return [(self.words(one), rows)]
        names = {option: name for option, name in self.options(one).items() if option != _NONE}
        return [(name, rows.assign(value=_yes(rows["text"], (option,)))) for option, name in names.items()]

    def shares(self, one: ChartItem) -> tuple[DataFrame, int]:
        """One row for each answer to a question of shares, with its options in percent; and how many are left out.

        An answer that does not make a hundred is left out: nobody knows yet how it was meant. In one that does, a share
        that was left empty is none.
        """
        rows = self.log[(self.log["form"] == one.form) & self.log["item"].str.startswith(f"{one.item}.")]
        rows = rows.assign(share=rows["item"].str.removeprefix(f"{one.item}."), key=_key(rows))
        given = rows.pivot_table(index="key", columns="share", values="value", aggfunc="last")
        given = given.reindex(columns=[option for option, _ in one.field.options]).fillna(0.0)
        whole = given[(given.sum(axis=1) - _FULL).abs() < 1]
        once = rows.drop_duplicates("key").set_index("key")[["entry", "day", "local", "whole_day"]]
        return series.placed(once.join(whole, how="inner")), len(given) - len(whole)

    def by_entry(self, items: Iterable[ChartItem]) -> list[tuple[Any, list[str]]]:
        """(point, cells) of each entry, or row of a list in it, that answers one of the items, in the order of time."""
        import pandas as pd

        items = list(items)
        rows = series.placed(self.log[pd.concat([self._is(one) for one in items], axis=1).any(axis=1)])
        points: dict[str, Any] = {}
        given: dict[str, dict[tuple[str, str], Any]] = {}
        for key, row in zip(_key(rows), rows.itertuples(), strict=True):
            points.setdefault(key, row)
            given.setdefault(key, {})[row.form, row.item] = answer(row)
        # an answer beside a list belongs to each of the list's rows: it stands with them, not in a line of its own
        for entry in {key.partition("/")[0] for key in given if "/" in key} & set(given):
            beside = given.pop(entry)
            given |= {key: beside | own for key, own in given.items() if key.startswith(f"{entry}/")}
        return [
            (points[key], [words.said(one.field, own.get((one.form, one.item)), self.fill) for one in items])
            for key, own in given.items()
        ]

    def table(self, items: Iterable[ChartItem]) -> tuple[tuple[str, ...], Rows]:
        """Columns and rows: when, and what was answered."""
        items = list(items)
        rows = tuple((words.when(point), *cells) for point, cells in self.by_entry(items))
        return ("When", *map(self.words, items)), rows

    def _is(self, one: ChartItem) -> Series:
        return (self.log["form"] == one.form) & (self.log["item"] == one.item)


def source(case: Case, since: date | None = None, until: date | None = None) -> Source | None:
    """The case's log between two days; None when nothing is there."""
    log = log_frame(case)
    span = series.window(log, since, until)
    if span is None:
        return None
    shown, kept = (series.within(frame, span.first, span.last) for frame in (events_frame(case), log))

    def asked(one: ChartItem) -> Any:
        living = case.read(one.form)
        return None if living is None or living.private else living.answers.get(one.item)

    return Source(kept, span, marks(shown), Names(case).fill, planned_pause(case), asked)


def answer(row: Any) -> str | float:
    """What a row of the log says: its words, or its number."""
    return row.text if isinstance(row.text, str) else row.value


def _key(rows: DataFrame) -> Series:
    """What belongs together: an entry, or one row of a list in it."""
    return rows["entry"].where(rows["row"].isna(), rows["entry"] + "/" + rows["row"].fillna(""))


def _yes(texts: Series, when: tuple[str, ...]) -> Series:
    picked = texts.fillna("").str.split(", ")
    return picked.map(lambda given: float(bool(set(given) & set(when)))).astype("float64")
