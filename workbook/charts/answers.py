"""The answers that a chart of data/charts.yaml reads: as numbers on the time axis, and as cells of its table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook.charts import series, telling, words
from workbook.content.charts import ChartItem

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from workbook.charts.drawing import Rows, Source

_COUNTED = frozenset({"text", "area", "date", "datetime"})
_FULL = 100
_NONE = "none"
"""Id of the option that says: nothing of these. It is an answer, and no line of its own."""


def answers(source: Source, one: ChartItem) -> DataFrame:
    """One row for each answer, placed on the time axis.

    `value` is the number itself; 1 or 0 for a choice whose `when` says what counts as yes, or whose option is `each`'s;
    1 for words, which are counted.
    """
    log = source.log
    rows = series.placed(log[(log["form"] == one.form) & (log["item"] == one.item)])
    if one.when:
        said = rows["text"].fillna(rows["value"].map("{:g}".format))  # a count may say yes as well: "1", "2"
        return rows.assign(value=_yes(said, one.when))
    return rows.assign(value=1.0) if one.field.kind in _COUNTED else rows


def lanes(source: Source, one: ChartItem) -> list[tuple[str, DataFrame]]:
    """(name, its rows) of an item; of a list of ticks, with `each`, one for every option."""
    if not one.each:
        return [(source.fill(one.words), answers(source, one))]
    rows = answers(source, one)
    return [
        (source.fill(name), rows.assign(value=_yes(rows["text"], (option,))))
        for option, name in one.field.options
        if option != _NONE
    ]


def shares(source: Source, one: ChartItem) -> DataFrame:
    """One row for each answer to a question of shares: its options in percent, placed on the time axis.

    An answer that does not make a hundred is left out: nobody knows yet how it was meant. In one that does, a share
    that was left empty is none.
    """
    log = source.log
    rows = log[(log["form"] == one.form) & log["item"].str.startswith(f"{one.item}.")]
    rows = rows.assign(share=rows["item"].str.removeprefix(f"{one.item}."), key=_key(rows))
    options = [option for option, _ in one.field.options]
    wide = rows.pivot_table(index="key", columns="share", values="value", aggfunc="last")
    wide = wide.reindex(columns=options).fillna(0.0)
    wide = wide[(wide.sum(axis=1) - _FULL).abs() < 1]
    once = rows.drop_duplicates("key").set_index("key")
    return series.placed(once[["entry", "day", "local", "whole_day"]].join(wide, how="inner"))


def unfinished(source: Source, one: ChartItem) -> int:
    """How many answers to a question of shares do not make a hundred."""
    log = source.log
    rows = log[(log["form"] == one.form) & log["item"].str.startswith(f"{one.item}.")]
    return len(set(_key(rows))) - len(shares(source, one))


def by_entry(source: Source, items: Iterable[ChartItem]) -> list[tuple[object, list[str]]]:
    """(point, cells) for each entry, or row of a list in it, that answers one of the items, in the order of time."""
    import pandas as pd

    items = list(items)
    log = source.log
    found = [(log["form"] == one.form) & (log["item"] == one.item) for one in items]
    if not found:
        return []
    rows = series.placed(log[pd.concat(found, axis=1).any(axis=1)])
    rows = rows.assign(key=_key(rows))
    points: dict[str, object] = {}
    cells: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows.itertuples():
        points.setdefault(row.key, row)
        cells.setdefault(row.key, {})[row.form, row.item] = _cell(row)
    _whole_entry(cells, points, rows)
    return [
        (point, [_named(source, one, cells[key].get((one.form, one.item))) for one in items])
        for key, point in points.items()
    ]


def table(source: Source, items: Iterable[ChartItem]) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows: when, and what was answered."""
    items = list(items)
    rows = tuple((telling.when(point), *cells) for point, cells in by_entry(source, items))
    return ("When", *(source.fill(one.words) for one in items)), rows


def _whole_entry(cells: dict[str, dict[tuple[str, str], str]], points: dict[str, object], rows: DataFrame) -> None:
    """An answer beside a list belongs to each of the list's rows: it stands with them, not in a line of its own."""
    lists = {key.partition("/")[0] for key in cells if "/" in key}
    for entry in lists & set(cells):
        beside = cells.pop(entry)
        points.pop(entry)
        for key, own in cells.items():
            if key.startswith(f"{entry}/"):
                cells[key] = beside | own


def _key(rows: DataFrame) -> Series:
    """What belongs together: an entry, or one row of a list in it."""
    return rows["entry"].where(rows["row"].isna(), rows["entry"] + "/" + rows["row"].fillna(""))


def _yes(texts: Series, when: tuple[str, ...]) -> Series:
    picked = texts.fillna("").str.split(", ")
    return picked.map(lambda given: float(bool(set(given) & set(when)))).astype("float64")


def _cell(row: object) -> str:
    text = row.text  # type: ignore[attr-defined]
    return text if isinstance(text, str) else words.number(row.value)  # type: ignore[attr-defined]


def _named(source: Source, one: ChartItem, cell: str | None) -> str:
    """A cell as a person reads it: options by their words, ticks as yes or no."""
    if cell is None:
        return telling.NONE
    field = one.field
    if field.options:
        names = dict(field.options)
        return ", ".join(source.fill(names.get(part, part)) for part in cell.split(", "))
    if field.kind == "tick":
        return "no" if cell == "0" else "yes"
    return f"{cell} {field.unit}".strip() if field.unit and field.unit != "%" else f"{cell}{field.unit}"
