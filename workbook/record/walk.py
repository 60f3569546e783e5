"""A case's way along its route: the sections in their order, and for each point where it is done and how it stands.

A route adds no forms: it points at forms and says which points they serve. So what is done on one route is done on all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from workbook.content import edition, load
from workbook.content.model import Field, Form, Step
from workbook.content.words import phrase, t
from workbook.errors import InvalidAnswer
from workbook.record.responses import LIVING, Answers
from workbook.record.standing import called_gate, question_open, standing
from workbook.record.steps import introduced, opened_steps
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case

State = Literal["done", "open", "closed", "aside"]
INTEGRATED = "integrated"
TWELVE = phrase("Twelve steps")
MARKS = "route-marks"
"""Id of the note that keeps which points were read or set aside, each with its reason."""
_LOG_PAGE = "log"
_FIRST_WORDS = 60


@dataclass(frozen=True)
class Place:
    """Where a point is done: one question or text of a form that stands on a page."""

    form: str
    field: str
    page: str


@dataclass(frozen=True)
class Point:
    """One point of a section: its words (those of the question that serves it), and how it stands."""

    id: str
    label: str
    form: str
    title: str
    page: str
    state: State
    field: str = ""
    reason: str = ""
    only_read: bool = False
    joins: bool = False
    """The item is not in its log yet: the page that introduces it comes first."""


@dataclass(frozen=True)
class Section:
    """A section of the route with its points in the guide's order."""

    title: str
    points: tuple[Point, ...]

    def count(self, state: State) -> int:
        """How many of its points stand like this."""
        return sum(point.state == state for point in self.points)


def chosen_route(case: Case) -> str:
    """Id of the route that the counselor chose for the case, the integrated one unless said."""
    return case.answers("about-case").get("route") or INTEGRATED


def route_name(route: str) -> str:
    """The name of a route as clients read it, in the language that is in use."""
    names = {guide.id: guide.route_name for guide in load.points().guides}
    names |= {one.id: one.name for one in edition.current().routes if one.name}
    return t(names.get(route) or TWELVE)


def walk(case: Case, route: str | None = None) -> tuple[Section, ...]:
    """The sections of a route (the case's own unless said), each point with its state."""
    route = route or chosen_route(case)
    view = _View(case)
    return tuple(Section(t(title), tuple(map(view.point, ids))) for title, ids in _sections(route))


@dataclass(frozen=True)
class Ahead:
    """What comes next on a route: its first open point, and the section with its number in which that stands."""

    number: int
    section: Section
    point: Point

    @property
    def begun(self) -> bool:
        """Was anything before it done or set aside?"""
        return self.number > 1 or any(one.state in ("done", "aside") for one in self.section.points)


def ahead(sections: Iterable[Section]) -> Ahead | None:
    """The first open point of a route; None once there is none."""
    return next(
        (
            Ahead(number, section, point)
            for number, section in enumerate(sections, start=1)
            for point in section.points
            if point.state == "open"
        ),
        None,
    )


def set_aside(case: Case, point: str, reason: str) -> None:
    """Leave a point out, with a reason; nothing that was answered is lost.

    Raises:
        InvalidAnswer: there is no such point, or no reason was given.
    """
    if not reason.strip():
        raise InvalidAnswer("Why it is set aside", "a few words were expected; ‘not for us’ is enough.")
    _mark(case, point, {"state": "aside", "reason": reason})


def take_up(case: Case, point: str) -> None:
    """Bring a point back that was set aside, or take back that it was read."""
    _mark(case, point, {"state": None, "reason": None})


def mark_read(case: Case, point: str) -> None:
    """A point that asks for nothing but reading was read."""
    _mark(case, point, {"state": "read", "reason": None})


def _mark(case: Case, point: str, mark: dict[str, Any]) -> None:
    if point not in places():
        raise InvalidAnswer("My way", "a point from the page was expected; open the page again.")
    case.save(MARKS, {"marks": {point: mark}})


def places() -> Mapping[str, tuple[Place, ...]]:
    """For each point where it is done: pages of steps before the log, of each form those where it is not folded first.

    Forms of a route of the counselor's own, too.
    """
    now = edition.current()
    if _found.get("edition") is not now:  # the same content is looked through once
        _found.update(edition=now, places=_look())
    found: Mapping[str, tuple[Place, ...]] = _found["places"]
    return found


_found: dict[str, Any] = {}


def _look() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for form in load.forms().values():
        for page in _pages(form) if form.audience == "client" else ():
            for outer in form.fields:
                for point in dict.fromkeys(p for inner in (outer, *outer.fields) for p in inner.covers):
                    found.setdefault(point, []).append(Place(form.id, outer.id, page))
            found.setdefault(_whole(form.id), []).append(Place(form.id, "", page))
    return {point: tuple(sorted(where, key=lambda one: one.page == _LOG_PAGE)) for point, where in found.items()}


def _pages(form: Form) -> tuple[str, ...]:
    return (_LOG_PAGE,) if form.id in load.OF_THE_LOG else tuple(step.page for step in load.steps_with(form.id))


def _whole(form_id: str) -> str:
    """The name of a form as a point of its own: what the integrated route and a counselor's own route are made of."""
    return f"form:{form_id}"


def _sections(route: str) -> list[tuple[str, list[str]]]:
    guide = next((one for one in load.points().guides if one.id == route), None)
    shipped = {one.id: list(one.points) for one in guide.sections} if guide else {}
    own = next((one for one in edition.current().routes if one.id == route), None)
    if own:
        return [(s.title, [*map(_whole, s.forms), *shipped.get(s.id or "", [])]) for s in own.sections]
    if guide:
        return [(one.title, list(one.points)) for one in guide.sections]
    return [(one.title, list(map(_whole, one.core))) for one in load.steps() if not one.aside]


def _words(one: Field, form: Form) -> str:
    """What a question asks; of a text without a heading its first words."""
    if one.label or not one.text:
        return one.label or form.title
    said = " ".join(one.text.replace("*", "").split())
    return textwrap.shorten(said, _FIRST_WORDS, placeholder=" …")


def _given(value: Any) -> bool:
    """Was anything answered? Zero is an answer; a row that was deleted is none."""
    if isinstance(value, dict):
        return any(not (isinstance(row, dict) and row.get("_deleted")) for row in value.values())
    return value is not False and value not in (None, "", [])


class _View:
    """A case as its walk reads it: each form is read once, each gate weighed once."""

    def __init__(self, case: Case) -> None:
        self._case, self._now, self._steps = case, standing(case), opened_steps(case)
        self._marks: dict[str, dict[str, Any]] = case.answers(MARKS).get("marks") or {}
        self._answered, self._open = cache(self._questions), cache(self._is_open)

    def point(self, point: str) -> Point:
        where = places().get(point, ())
        place = next((one for one in where if self._open(one)), where[0] if where else Place("", "", ""))
        if not place.form:  # covered by a chart or by the counselor's part alone
            return Point(point, "", "", t("Progress"), "progress", self._state(point, done=False, opened=True))
        form = load.form(place.form)
        one = form.field(place.field) if place.field else None
        done = any(self._is_done(each) for each in where)
        step = self._brings(form, one)
        return Point(
            id=point,
            label=_words(one, form) if one else form.title,
            form="" if step else form.id,
            field="" if step else place.field,
            title=step.title if step else form.title,
            page=step.page if step else place.page,
            joins=step is not None,
            state=self._state(point, done=done, opened=self._open(place)),
            reason=self._marks.get(point, {}).get("reason") or "",
            only_read=one is not None and not one.answers,
        )

    def _brings(self, form: Form, one: Field | None) -> Step | None:
        """The step that has to be opened before a log asks this question; None when it does, or is no log."""
        if one is None or form.kind != "log" or introduced(one, self._steps):
            return None
        return next(step for step in load.steps() if step.id == one.introduced_by)

    def _state(self, point: str, *, done: bool, opened: bool) -> State:
        mark = self._marks.get(point, {}).get("state")
        if not opened and gates.apart(self._now):  # what is closed to them is not named, also if it was done before
            return "closed"
        if mark == "aside":
            return "aside"
        if done or mark == "read":
            return "done"
        return "open" if opened else "closed"

    def _is_done(self, place: Place) -> bool:
        answered = self._answered(place.form)
        return place.field in answered if place.field else bool(answered)

    def _questions(self, form_id: str) -> frozenset[str]:
        """Ids of the questions of a form that hold an answer, in any of its entries."""
        if load.form(form_id).kind in LIVING:
            found: Iterable[Answers] = [self._case.answers(form_id)]
        else:
            found = (entry.answers for entry in self._case.entries(form_id))
        return frozenset(name for answers in found for name, value in answers.items() if _given(value))

    def _is_open(self, place: Place) -> bool:
        """Is its page in reach, its form open, and the question in it asked, as the case stands now?"""
        form, step, now = load.form(place.form), load.step(place.page), self._now
        gate = called_gate(form, now)
        if step is not None and not gates.theme_gate(step.id, now).in_reach:
            return False
        if not gates.shown(form.show_if, now) or not (gate.in_reach or gate.way == "opt-in"):
            return False
        if not place.field:
            return True
        return question_open(form, form.field(place.field), now)
