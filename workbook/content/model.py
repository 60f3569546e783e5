"""Form, Field, Step, Helpline and Point: frozen records of what data/ says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from workbook.content import checks
from workbook.errors import InvalidAnswer

FieldKind = Literal[
    "read", "text", "area", "scale", "number", "shares", "choice", "choices", "tick", "date", "datetime", "rows",
    "breath", "wait",
]  # fmt: skip
FormKind = Literal["exercise", "log", "measure", "screen", "note"]
Need = Literal["calm", "counselor", "opt-in"]
"""What opens a form beyond its page's gate: a calm moment, the counselor's dated entry, the client's own wish."""
Contacts = dict[str, tuple[str, ...]]

SILENT = frozenset({"read", "breath"})
"""Field kinds that show something and take no answer."""


@dataclass(frozen=True)
class FlagRule:
    """An answer that the counselor must see: raised when the page is finished or left.

    `when` names answers of a choice; `at_least` and `at_most` bound a number (of shares: the largest one).
    """

    kind: str
    when: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    opens: str | None = None

    def meets(self, given: Any) -> bool:
        """Does one given answer (an option's id, 'yes' or 'no' for a tick, a number) ask for the flag?"""
        if self.when:
            return given in self.when
        if isinstance(given, bool) or not isinstance(given, int | float):
            return False
        return (self.at_least is not None and given >= self.at_least) or (
            self.at_most is not None and given <= self.at_most
        )


@dataclass(frozen=True)
class Field:
    """One question or text of a form; `kind` decides what an answer may be (see `check`)."""

    id: str
    kind: FieldKind
    label: str = ""
    help: str = ""
    text: str = ""
    options: tuple[tuple[str, str], ...] = ()
    min: float = 0
    max: float | None = None
    step: float = 1
    unit: str = ""
    low: str = ""
    high: str = ""
    core: bool = True
    covers: tuple[str, ...] = ()
    flag: FlagRule | None = None
    show_if: Contacts = field(default_factory=dict)
    reaches_partner: bool = False
    log: str | None = None
    quick: bool = False
    introduced_by: str | None = None
    opt_in: bool = False
    gated: bool = False
    past: bool = False
    notices: bool = False
    hours: int = 24
    add: str = ""
    summary: str = ""
    fields: tuple[Field, ...] = ()

    @property
    def answers(self) -> bool:
        """True when the field takes an answer."""
        return self.kind not in SILENT

    def check(self, value: Any) -> Any:
        """The answer as it is stored; None when it is taken back.

        Texts keep every character but NUL and unpaired surrogates, which become visible stand-ins.

        Raises:
            InvalidAnswer: the value does not fit; names the field and what is expected, never the value.
        """
        if value is None or value in ("", []):
            return None
        return checks.CHECKS[self.kind](self, value)


@dataclass(frozen=True)
class Form:
    """A titled list of fields."""

    id: str
    title: str
    kind: FormKind = "exercise"
    version: int = 1
    audience: Literal["client", "counselor"] = "client"
    purpose: str = ""
    example: str = ""
    minutes: int = 0
    reaches_partner: bool = False
    needs: tuple[Need, ...] = ()
    show_if: Contacts = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    hidden: tuple[Field, ...] = ()
    """Fields that a counselor took off the page; what was answered in them stays and can still be read."""

    def field(self, field_id: str) -> Field:
        """The field with this id, a hidden one too, or InvalidAnswer if the form has none."""
        try:
            return self._by_id[field_id]
        except KeyError:
            raise InvalidAnswer(self.title, "this form has no such question any more; reload the page.") from None

    @cached_property
    def _by_id(self) -> dict[str, Field]:
        return {one.id: one for one in (*self.fields, *self.hidden)}

    @cached_property
    def reaching(self) -> frozenset[tuple[str, ...]]:
        """The questions whose answers reach the partner: (field,), or of rows (field, question)."""
        every = ((one, inner) for one in self._by_id.values() for inner in (one, *one.fields))
        return frozenset(
            (one.id,) if inner is one else (one.id, inner.id)
            for one, inner in every
            if self.reaches_partner or one.reaches_partner or inner.reaches_partner
        )

    @cached_property
    def flagged(self) -> tuple[tuple[str, Field, FlagRule], ...]:
        """What can raise a flag: id of the field, the question itself (of rows an inner one) and its rule."""
        every = ((one.id, inner) for one in self.fields for inner in (one, *one.fields))
        return tuple((outer, inner, inner.flag) for outer, inner in every if inner.flag)

    @property
    def covers(self) -> frozenset[str]:
        """All points that the form's fields and texts name, inner fields of rows among them."""
        return frozenset(point for one in self.fields for inner in (one, *one.fields) for point in inner.covers)


@dataclass(frozen=True)
class Step:
    """One theme's page: the exercises of its core path, the rest, and the log items that it switches on."""

    id: str
    page: str
    title: str
    why: str
    core: tuple[str, ...]
    more: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    counselor_note: str = ""
    aside: bool = False
    """A page beside the twelve: it stands among the steps once the client's decision leads there."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Ids of all forms of the page, the core path first."""
        return (*self.core, *self.more)


@dataclass(frozen=True)
class Helpline:
    """One line to call; `checked` is None while nobody confirmed the number."""

    id: str
    name: str
    about: str
    call: str = ""
    text: str = ""
    web: str = ""
    checked: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Country:
    """Helplines and emergency number of one country (or of everywhere, code '*')."""

    code: str
    name: str
    emergency: str
    emergency_checked: date | None
    lines: tuple[Helpline, ...]


@dataclass(frozen=True)
class Theme:
    """A theme of the catalogue with the ids of its points."""

    id: str
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A section of a guide with the ids of its points."""

    id: str
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """A published guide as a route; title and source are for the counselor and the list of sources."""

    id: str
    route_name: str
    title: str
    source: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Catalogue:
    """The points of the five guides, by theme and by guide."""

    themes: tuple[Theme, ...]
    guides: tuple[Guide, ...]
    points: frozenset[str]
    reaches_partner: frozenset[str]
