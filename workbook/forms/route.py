"""The case's way: its route section by section, with what is done, open, waiting, or set aside."""

from __future__ import annotations

from typing import Any

from workbook.content import load
from workbook.content.words import t
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record import walk
from workbook.record.case import Case
from workbook.record.standing import standing
from workbook.record.walk import Point, Section
from workbook.rules import gates


class RoutePanel(Panel):
    """The chosen route for the client; in Counselor view the guide's own title and source, and the other routes."""

    def __init__(self, case: Case) -> None:
        self._case, self._names = case, Names(case)
        super().__init__(kind="route", spec={"case": case.info.id, **self._route()})

    def on_look(self, route: str) -> dict[str, Any]:
        """Another route as this case stands on it; the case's own stays what the counselor chose."""
        if route not in dict(load.form("about-case").field("route").options):
            raise InvalidAnswer("Route", "a route from the list was expected; open the page again.")
        return self._route(route)

    def on_counselor(self) -> dict[str, Any]:
        """Title and source of the guide behind the route; for the counselor only."""
        return {"cited": {guide.id: f"{guide.title} ({guide.source})" for guide in load.points().guides}}

    def on_aside(self, points: list[str], reason: str, route: str) -> dict[str, Any]:
        """Set what the page shows as one point aside, with a reason."""
        for point in points:
            walk.set_aside(self._case, point, str(reason))
        return self._route(route)

    def on_take_up(self, points: list[str], route: str) -> dict[str, Any]:
        """Take a point up again."""
        for point in points:
            walk.take_up(self._case, point)
        return self._route(route)

    def on_read(self, points: list[str], route: str) -> dict[str, Any]:
        """A point that only asks to be read was read."""
        for point in points:
            walk.mark_read(self._case, point)
        return self._route(route)

    def _route(self, route: str | None = None) -> dict[str, Any]:
        own = walk.chosen_route(self._case)
        route = route or own
        apart = gates.apart(standing(self._case))  # they walk the way that is there, past no closed door
        sections = [self._section(one) for one in walk.walk(self._case, route)]
        return {
            "route": route,
            "own": own,
            "name": walk.route_name(route),
            "routes": [[one, walk.route_name(one)] for one, _ in load.form("about-case").field("route").options],
            "neutral": "" if apart else t(gates.NEUTRAL),
            "sections": [one for one in sections if one["points"] or not apart],
        }

    def _section(self, section: Section) -> dict[str, Any]:
        """What is closed is counted, not named: nobody reads there what they may not do."""
        told: dict[Any, list[Point]] = {}
        for point in section.points:
            if point.state != "closed":  # several that the same question serves are one for the reader
                told.setdefault(
                    (point.page, point.form, point.field or point.id, point.state, point.reason), []
                ).append(point)
        return {
            "title": section.title,
            "closed": section.count("closed"),
            "points": [self._point(*same) for same in told.values()],
        }

    def _point(self, point: Point, *same: Point) -> dict[str, Any]:
        return {
            "ids": [one.id for one in (point, *same)],
            "label": self._names.fill(point.label),
            "form": point.form,
            "field": point.field,
            "joins": point.joins,
            "title": self._names.fill(point.title),
            "page": f"{point.page}.ipynb",
            "state": point.state,
            "reason": point.reason,
            "read": point.only_read,
        }
