"""What each chart shows of a case: its numbers, its table and its words, ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.charts import plots, series, telling, words
from workbook.charts.frame import events_frame, log_frame
from workbook.charts.items import CALM, INITIATOR, MOOD, NEGATIVE, POSITIVE, QUALITY, URGE, URGE_ACTED, item
from workbook.charts.marks import Mark, marks
from workbook.charts.sheet import Sheet, draw
from workbook.charts.style import Theme
from workbook.forms.pause import planned_pause
from workbook.forms.spec import Names

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.record.case import Case

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Source:
    """The log in the days that are shown, and the events that fall into them."""

    log: DataFrame
    span: series.Window
    marks: tuple[Mark, ...]
    fill: Callable[[str], str] = str
    pause: tuple[date, date] | None = None
    """First and last day of the pause that was planned last."""
    asked: Callable[[str, str], Any] = lambda _form, _field: None
    """The answer to a question of an exercise as it stands now; None without one, or when it is private."""


@dataclass(frozen=True)
class Drawing:
    """A chart before it is drawn."""

    paint: Callable[[Sheet], None]
    alt: list[str]
    columns: tuple[str, ...]
    rows: Rows
    cannot: str
    few: str
    panels: int = 1


def source(case: Case, since: date | None, until: date | None) -> Source | None:
    """The case's log between two days; None when nothing is there."""
    log = log_frame(case)
    span = series.window(log, since, until)
    if span is None:
        return None
    shown = series.within(events_frame(case), span.first, span.last)
    kept = series.within(log, span.first, span.last)
    return Source(kept, span, marks(shown), Names(case).fill, planned_pause(case), partial(_asked, case))


def _asked(case: Case, form: str, field: str) -> Any:
    living = case.read(form)
    return None if living is None or living.private else living.answers.get(field)


def svg(drawn: Drawing, source: Source, theme: Theme, narrow: bool, salt: str) -> str:
    """The drawing as SVG."""
    return draw(
        drawn.paint, source.span, source.marks, panels=drawn.panels, theme=theme, narrow=narrow, salt=salt
    )  # fmt: skip


def period(source: Source) -> str:
    """The days that are shown, in words."""
    return words.period(source.span)


def marked(source: Source) -> list[str]:
    """The events in words, for the alternative text."""
    return ["Marked: " + "; ".join(mark.words() for mark in source.marks) + "."] if source.marks else []


def mood_calm(source: Source) -> Drawing | None:
    """Mood above, calm below."""
    asked = [(item(MOOD), "Mood"), (item(CALM), "Calm")]
    panels = [(one, series.points(source.log, one), title) for one, title in asked]
    if all(rows.empty for _, rows, _ in panels):
        return None
    alt = [telling.rated(title, rows, source.span) for _, rows, title in panels]
    return Drawing(
        paint=lambda sheet: plots.lines(sheet, panels),
        alt=alt,
        columns=("Day", *_day_columns("Mood"), *_day_columns("Calm")),
        rows=_by_day(source.span, [rows for _, rows, _ in panels]),
        cannot=f"{telling.DESCRIBES} {telling.OPEN_DAYS}",
        few=telling.few_of([(title, len(rows)) for _, rows, title in panels]),
        panels=len(panels),
    )


def interactions(source: Source) -> Drawing | None:
    """Each interaction's quality with the weekly median."""
    quality = item(QUALITY)
    rows = series.points(source.log, quality)
    if rows.empty:
        return None
    per_week = series.weekly(rows, source.span)
    medians = per_week["median"]
    empty = series.missing_weeks(rows, source.span)
    return Drawing(
        paint=lambda sheet: plots.interactions(sheet, quality, rows, source.log),
        alt=[
            f"{words.count(len(rows), 'interaction')}, quality {words.spread(rows['value'])}.",
            f"Weekly medians {words.spread(medians.dropna())}.",
            words.gaps(empty, len(source.span.weeks()), "an interaction", "week"),
        ],
        columns=("When", "Quality", "Median of that week"),
        rows=tuple(
            (telling.when(row), words.number(row.value), words.number(medians[week]))
            for row, week in zip(rows.itertuples(), series.monday(rows), strict=True)
        ),
        cannot=f"It shows one side’s view of the interactions that were noted. {telling.DESCRIBES}",
        few=words.few(len(rows), "interaction", "interactions"),
    )


def urges(source: Source) -> Drawing | None:
    """Strength of urges with marks for those acted on."""
    strength = item(URGE)
    rows = series.points(source.log, strength)
    if rows.empty:
        return None
    acted = series.points(source.log, item(URGE_ACTED)).set_index("entry")["text"]
    rows = rows.assign(acted=rows["entry"].map(acted).fillna(""))
    said = rows["acted"].value_counts()
    told = f"Acted on: {said.get('yes', 0)}, not acted on: {said.get('no', 0)}, not said: {said.get('', 0)}."
    names = {"yes": "yes", "no": "no", "": "not said"}
    return Drawing(
        paint=lambda sheet: plots.urges(sheet, strength, rows),
        alt=[telling.rated("Strength", rows, source.span), told],
        columns=("When", "Strength", "Acted on"),
        rows=tuple((telling.when(row), words.number(row.value), names[row.acted]) for row in rows.itertuples()),
        cannot=f"An urge that was not written down is not here. {telling.DESCRIBES}",
        few=words.few(len(rows)),
    )


def moments(source: Source) -> Drawing | None:
    """Positive and negative moments, week by week."""
    good, bad = series.points(source.log, item(POSITIVE)), series.points(source.log, item(NEGATIVE))
    if good.empty and bad.empty:
        return None
    import pandas as pd

    both = pd.concat([good, bad])
    up, down = series.weekly(good, source.span), series.weekly(bad, source.span)
    weeks = pd.DataFrame({"positive": up["sum"], "negative": down["sum"]})
    days = series.weekly(both.drop_duplicates("day"), source.span)["days"]
    totals = f"Positive: {words.number(good['value'].sum())}, negative: {words.number(bad['value'].sum())}"
    return Drawing(
        paint=lambda sheet: plots.moments(sheet, weeks, both),
        alt=[
            f"{totals}, counted on {words.count(both['day'].nunique(), 'day')}.",
            words.gaps(series.missing_weeks(both, source.span), len(weeks), "an entry", "week"),
        ],
        columns=("Week from", "Days with an entry", "Positive", "Negative"),
        rows=tuple(
            (
                words.day_words(week.date()),
                str(days[week]),
                telling.or_dash(row.positive),
                telling.or_dash(row.negative),
            )
            for week, row in zip(weeks.index, weeks.itertuples(), strict=True)
        ),
        cannot="Weeks with fewer days in the log have lower bars: compare them with the days in the table. "
        + telling.DESCRIBES,
        few=words.few(both["day"].nunique(), "day with an entry", "days with an entry"),
    )


def contacts(source: Source) -> Drawing | None:
    """Contacts by who began them, week by week."""
    began = item(INITIATOR)
    rows = series.points(source.log, began)
    if rows.empty:
        return None
    names = dict(began.field.options)
    weeks = series.weekly_counts(rows, source.span, tuple(names))
    said = rows["text"].value_counts()
    parts = ", ".join(f"{name}: {said[option]}" for option, name in names.items() if option in said)
    return Drawing(
        paint=partial(plots.contacts, weeks=weeks, names={key: names[key] for key in names if key in said}, rows=rows),
        alt=[
            f"{words.count(len(rows), 'contact')}. {parts}.",
            words.gaps(series.missing_weeks(rows, source.span), len(weeks), "a contact", "week"),
        ],
        columns=("Week from", *names.values(), "Together"),
        rows=tuple(
            (words.day_words(week.date()), *map(telling.or_dash, row), telling.or_dash(row.sum(min_count=1)))
            for week, row in weeks.iterrows()
        ),
        cannot=f"A contact that nobody noted is not here, and a count says nothing of how it went. {telling.DESCRIBES}",
        few=words.few(len(rows), "contact", "contacts"),
    )


def _day_columns(title: str) -> tuple[str, ...]:
    return (f"{title}: entries", "lowest", "median", "highest")


def _by_day(span: series.Window, panels: list[DataFrame]) -> Rows:
    found = [_daily_cells(rows) for rows in panels]
    nothing = ("no entry", "–", "–", "–")
    return tuple(
        (words.day_words(day.date()), *(cell for days in found for cell in days.get(day, nothing)))
        for day in span.days()
    )


def _daily_cells(rows: DataFrame) -> dict[Any, tuple[str, ...]]:
    stats = rows.groupby("day")["value"].agg(["count", "min", "median", "max"])
    return {row[0]: tuple(map(words.number, row[1:])) for row in stats.itertuples()}
