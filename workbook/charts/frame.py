"""The log as a tidy pandas DataFrame: what `page.log()` gives the counselor, and what every chart stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record.moments import read_zone
from workbook.record.responses import Response

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.record.case import Case

EVENT_FORM = "event"
LOG_COLUMNS = (
    *("entry", "row", "form", "item", "log", "value", "text"),
    *("at", "local", "zone", "day", "whole_day", "source", "raw"),
)
EVENT_COLUMNS = ("entry", "label", "kind", "at", "local", "zone", "day", "whole_day", "source")
_NUMBERS = frozenset({"scale", "number", "tick"})


def log_forms() -> tuple[Form, ...]:
    """The logs that a client keeps; the counselor's own dated notes (contact status, consent, events) are none."""
    return tuple(form for form in load.forms().values() if form.kind == "log" and form.audience == "client")


def log_frame(case: Case, include_private: bool = False) -> DataFrame:
    """The case's log, one row for each entry and each item that was answered, in the order of time.

    A question that was left open has no row: missing is not zero. Entries marked private are left out, and words that
    have a tick of their own for sharing and were not shared (as a small step of the week), unless `include_private` is
    true. Corrected entries stand here as they are now.

    Columns:
        entry: text. Which entry; all rows of one entry have the same.
        row: text. Which row of a list inside the entry; missing for all other questions.
        form: text. Id of the log, for example `daily` (the day) or `contact` (one contact).
        item: text. Id of the question, for example `mood`. In a list inside an entry: `list.question`, one row each; of
            shares: `question.share`, one row each, in percent.
        log: text. The catalogue's name of what is logged, for example `urges`; the items of one log belong together.
        value: number, or NaN for words. Ratings 0 to 10 (0 least, 10 most, as the page labels them), counts, minutes
            or hours as the question says; a tick is 1 (yes) or 0 (no).
        text: text, or missing for numbers. A choice as its option's id (`yes`, `me` …); several ticked options with
            `", "` between them; a date or time in ISO form; a note in the client's own words.
        at: moment in UTC, with time zone.
        local: the same moment on the clock of the place where it was written, without a zone.
        zone: text. That place: an IANA name such as `Europe/Amsterdam`, or an offset such as `+01:00`.
        day: local calendar date, as a Timestamp at midnight (so that `resample` and `groupby` work).
        whole_day: true when the entry stands for the whole day; then the hour of `at` and `local` means nothing.
        source: `typed` or `imported`.
        raw: text. What stood in the imported file before it was converted; missing for what was typed.

    Examples:
        mood = log[log["item"] == "mood"]
        mood.groupby("day")["value"].median()                     # one number for each day
        mood.set_index("local")["value"].resample("W").median()   # and for each week
        log.pivot_table(index="day", columns="item", values="value", aggfunc="median")
    """
    import pandas as pd

    rows = [
        row
        for form in log_forms()
        for entry in case.entries(form.id, include_private=include_private)
        for row in _rows(entry, (*form.fields, *form.hidden))
    ]
    frame = pd.DataFrame.from_records(rows, columns=list(LOG_COLUMNS))
    return _typed(frame, ("entry", "row", "form", "item", "log", "text", "zone", "source", "raw")).astype(
        {"value": "float64"}
    )


def events_frame(case: Case, include_private: bool = False) -> DataFrame:
    """The dated events of a case (sessions, steps, phases …), one row each, in the order of time.

    Columns: entry, label (what happened, in the counselor's words), kind (`session`, `step`, `phase`, `holiday` or
    `other`), and at, local, zone, day, whole_day and source as in `log_frame`.
    """
    import pandas as pd

    rows = [
        (
            entry.id,
            entry.answers.get("label") or "",
            entry.answers.get("kind") or "other",
            *_when(entry),
            _source(entry),
        )
        for entry in case.entries(EVENT_FORM, include_private=include_private)
    ]
    frame = pd.DataFrame.from_records(rows, columns=list(EVENT_COLUMNS))
    return _typed(frame, ("entry", "label", "kind", "zone", "source"))


def _typed(frame: DataFrame, texts: tuple[str, ...]) -> DataFrame:
    """The columns with their types also when the frame is empty, ordered by time."""
    import pandas as pd

    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    for name in ("local", "day"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    frame = frame.astype({**dict.fromkeys(texts, "str"), "whole_day": "bool"})
    return frame.sort_values("at", kind="stable", ignore_index=True)


def _rows(entry: Response, fields: tuple[Field, ...]) -> Iterator[tuple[Any, ...]]:
    when, source = _when(entry), _source(entry)
    raw = (entry.source or {}).get("raw", {})
    for field in fields:
        answer = entry.answers.get(field.id)
        if answer is None:
            continue
        for row, item, log, value, text in _values(field, answer):
            yield (entry.id, row, entry.form_id, item, log, value, text, *when, source, raw.get(item))


_Said = tuple[str | None, str, str | None, float | None, str | None]


def _values(field: Field, answer: Any) -> Iterator[_Said]:
    """(row of a list, item, log, value, text) of one answer."""
    if field.kind == "rows":
        for row_id, row in answer.items():
            if not row.get("_deleted"):
                for inner in field.fields:
                    if row.get(inner.id) is not None:
                        for item, value, text in _said(inner, row[inner.id]):
                            yield (row_id, f"{field.id}.{item}", inner.log or field.log, value, text)
    elif field.answers:
        for item, value, text in _said(field, answer):
            yield (None, item, field.log, value, text)


def _said(field: Field, answer: Any) -> Iterator[tuple[str, float | None, str | None]]:
    if field.kind == "shares":
        for share, percent in answer.items():
            yield (f"{field.id}.{share}", float(percent), None)
    elif field.kind in _NUMBERS:
        yield (field.id, float(answer), None)
    elif isinstance(answer, list):
        yield (field.id, None, ", ".join(answer))
    else:
        yield (field.id, None, answer.get("until") if isinstance(answer, dict) else str(answer))


def _when(entry: Response) -> tuple[Any, ...]:
    local = entry.at.astimezone(read_zone(entry.zone)).replace(tzinfo=None)
    return entry.at, local, entry.zone, entry.day, entry.whole_day


def _source(entry: Response) -> str:
    return "imported" if entry.source and entry.source.get("import") else "typed"
