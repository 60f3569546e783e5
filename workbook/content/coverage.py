"""How many of the catalogue's points the workbook covers, by theme and by guide."""

from __future__ import annotations

import json
from collections.abc import Iterable

from workbook.content import charts, load, pictures


def covered() -> frozenset[str]:
    """Ids of all points that a form's field or text names, on a page of a step or in a log, or a chart in sight."""
    placed = {form_id for step in load.steps() for form_id in step.forms}
    return (
        charts.covered()
        | pictures.covered()
        | frozenset(
            point
            for form in load.forms().values()
            if form.id in placed or form.kind in ("log", "screen", "note")
            for point in form.covers
        )
    )


def report() -> dict[str, dict[str, dict[str, int]]]:
    """`{"themes": {id: {"covered", "of"}}, "guides": {...}}`; a point in several themes counts in each."""
    done, catalogue = covered(), load.points()
    return {
        "themes": {theme.id: _count(theme.points, done) for theme in catalogue.themes},
        "guides": {g.id: _count([p for s in g.sections for p in s.points], done) for g in catalogue.guides},
    }


def unknown() -> frozenset[str]:
    """Ids that a form or a chart names and the catalogue does not have."""
    named = {p for form in load.forms().values() for p in form.covers}
    return frozenset(named | charts.covered() | pictures.covered()) - load.points().points


def main(as_json: bool = False) -> int:
    """Print the report, as a table or as JSON; 1 when a form names a point that does not exist."""
    result = report()
    if as_json:
        print(json.dumps(result, indent=2))
    else:
        for group, rows in result.items():
            print(group.capitalize())
            for name, count in rows.items():
                print(f"  {name:28} {count['covered']:4} of {count['of']}")
    strangers = sorted(unknown())
    if strangers:
        print(f"Not in the catalogue: {', '.join(strangers)}")
    return 1 if strangers else 0


def _count(points: Iterable[str], done: frozenset[str]) -> dict[str, int]:
    ids = list(points)
    return {"covered": sum(point in done for point in ids), "of": len(ids)}
