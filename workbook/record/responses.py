"""What a case hands out: small frozen records. Their repr tells ids and numbers, never an answer or a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from workbook.errors import InvalidAnswer
from workbook.rules.text import clean

Answers = dict[str, Any]
Decision = Literal["keep-closed", "open"]
MAX_ALIAS = 40
"""Longest alias of a case, in characters."""
LIVING = frozenset({"exercise", "note"})
"""Kinds of form with one living response a case."""


def live_rows(rows: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The rows of an answer that were not taken out."""
    return [row for row in (rows or {}).values() if not row.get("_deleted")]


@dataclass(frozen=True)
class CaseInfo:
    """Whose work this is: the alias for people, the number for logs. `closed_at` is None while the work goes on."""

    id: str = field(repr=False)
    number: int
    alias: str = field(repr=False)
    opened_at: datetime = field(repr=False)
    closed_at: datetime | None = field(repr=False)

    @staticmethod
    def checked_alias(alias: str) -> str:
        """The alias without blanks around it; InvalidAnswer if it is empty or too long."""
        alias = clean(alias).strip()
        if not alias or len(alias) > MAX_ALIAS:
            raise InvalidAnswer("Alias", f"a short name of 1 to {MAX_ALIAS} characters was expected, not a full name.")
        return alias


@dataclass(frozen=True)
class Response:
    """One person's answers to one form at one time.

    `at` is when it was true, `updated_at` when it was last saved (both UTC), `day` the local date in `zone` (as
    2026-01-31). `revision` counts its saves, `version` its versions. An absent answer was not given; it never stands
    for zero.
    """

    id: str
    form_id: str
    form_version: int = field(repr=False)
    respondent: str = field(repr=False)
    at: datetime = field(repr=False)
    zone: str = field(repr=False)
    day: str = field(repr=False)
    whole_day: bool = field(repr=False)
    private: bool = field(repr=False)
    answers: Answers = field(repr=False)
    source: dict[str, Any] | None = field(repr=False)
    revision: int
    version: int = field(repr=False)
    updated_at: datetime = field(repr=False)

    @property
    def on(self) -> date:
        """The local day as a date."""
        return date.fromisoformat(self.day)


@dataclass(frozen=True)
class Version:
    """Earlier answers of a response, from when they were begun until they were replaced (UTC)."""

    number: int
    answers: Answers = field(repr=False)
    opened_at: datetime = field(repr=False)
    closed_at: datetime = field(repr=False)


@dataclass(frozen=True)
class Saved:
    """What a save did.

    `saved_at` (UTC) is when the disk had it. `earlier` holds answers of another page that the save replaced, to be
    offered beside the new ones. `refused` holds a sentence for each field whose answer did not fit and was not stored.
    """

    response: Response
    saved_at: datetime
    earlier: Answers = field(repr=False)
    refused: dict[str, str] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class ImportedEntry:
    """A row of a file as an entry. `key` names the row within the case, so that a second run adds nothing.

    `at` is a moment with or without zone (then meant in `zone`); `source` says where it came from, with its raw values.
    """

    key: str = field(repr=False)
    form_id: str
    at: datetime = field(repr=False)
    zone: str = field(repr=False)
    whole_day: bool = field(repr=False)
    answers: Answers = field(repr=False)
    source: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Flag:
    """Something the counselor must see; open until a dated entry settles it."""

    id: str
    kind: str
    form_id: str
    response_id: str | None = field(repr=False)
    reason: str = field(repr=False)
    raised_at: datetime = field(repr=False)
    settled_at: datetime | None = field(repr=False, default=None)
    note: str | None = field(repr=False, default=None)
    decision: Decision | None = field(repr=False, default=None)

    def settled_after(self, response: Response) -> bool:
        """Was it settled, and the response not changed since?"""
        return self.settled_at is not None and response.updated_at <= self.settled_at

    def tells(self, response: Response) -> bool:
        """Does it say already what the response shows: still open, or settled after its last change?"""
        return self.settled_at is None or self.settled_after(response)
