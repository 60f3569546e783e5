"""What a client wants to look at, written down beforehand, beside the client's own answers at the newest look back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from workbook.record import moments
from workbook.record.responses import live_rows
from workbook.rules.lookback import came_first, same_words

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.responses import Response

CRITERIA, LOOK = "review-criteria", "review"


@dataclass(frozen=True)
class OwnLine:
    """One criterion in the client's words.

    `state`: ‘answered’ at the newest look (then `came` is the option's id or empty, `noticed` the client's words),
    ‘later’ when the line was written after that look, else ‘open’.
    """

    matters: str = field(repr=False)
    seen_by: str = field(repr=False)
    state: Literal["answered", "later", "open"]
    came: str = field(repr=False, default="")
    noticed: str = field(repr=False, default="")


def written(case: Case) -> bool:
    """Did the client write down what will be looked at?"""
    return bool(_criteria(case.read(CRITERIA)))


def looks(case: Case) -> list[Response]:
    """The looks back in the order of their times, less private ones."""
    return case.entries(LOOK, include_private=False)


def looked_before(case: Case, today: date) -> date | None:
    """The day of the newest look back before today, or None."""
    return max((look.on for look in looks(case) if look.on < today), default=None)


def own_lines(case: Case) -> tuple[date | None, list[OwnLine]]:
    """(day of the newest look, the criteria in their order); none of those that were marked private.

    An answer stands beside a line only if the line was there before the look at which it was given.
    """
    kept, look = case.read(CRITERIA), next(reversed(looks(case)), None)
    looked = look.on if look else None
    answers = [row for row in _rows(look, "own") if row.get("matters")] if look else []
    shown = _criteria(None if kept and kept.private else kept)
    return looked, [_line(row, on, looked, answers) for on, row in shown]


def _line(row: dict[str, Any], on: date, looked: date | None, answers: list[dict[str, Any]]) -> OwnLine:
    matters, seen_by = row["matters"], row.get("seen_by", "")
    if looked and not came_first(on, looked):
        return OwnLine(matters, seen_by, "later")
    mine = next((one for one in answers if same_words(one["matters"], matters)), None)
    if mine is None:
        return OwnLine(matters, seen_by, "open")
    return OwnLine(matters, seen_by, "answered", mine.get("came", ""), mine.get("noticed", ""))


def _criteria(kept: Response | None) -> list[tuple[date, dict[str, Any]]]:
    """(written on, the line) for each line; the day that the client put to the whole list outweighs an earlier one."""
    if kept is None:
        return []
    listed = _date(kept.answers.get("written_on"))
    found = []
    for row in _rows(kept, "criteria"):
        days = [day for day in (_created(row, kept.zone), listed) if day]
        if row.get("matters"):
            found.append((max(days, default=kept.on), row))
    return found


def _rows(kept: Response, name: str) -> list[dict[str, Any]]:
    return sorted(live_rows(kept.answers.get(name)), key=lambda row: str(row.get("_created", "")))


def _created(row: dict[str, Any], zone: str) -> date | None:
    """The day that it was where the client lives; the browser writes the moment in UTC."""
    try:
        at = moments.in_utc(datetime.fromisoformat(str(row.get("_created"))), "UTC")
        return date.fromisoformat(moments.day(at, zone))
    except ValueError:
        return None


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
