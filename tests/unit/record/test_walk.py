"""A case's way: each route in its own order, what is done on one is done on all, what is closed has no name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.content import load
from workbook.errors import InvalidAnswer
from workbook.record import keys, walk
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import screen_questions

CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
GUIDES = {guide.id: guide for guide in load.points().guides}
SHARED = "fourteen-steps.0.2"  # a point that a form of ‘Pause’ serves


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case whose start is finished and whose contact is welcome."""
    practice, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=CHEAP)
    made = practice.add_case("Sample")
    made.save("contact-status", {"status": "welcome"}, respondent="counselor")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    made.save("screen", dict.fromkeys(screen_questions(load.form("screen")), "no"), respondent="counselor")
    yield made
    practice.close()


def found(case: Case, point: str, route: str) -> walk.Point:
    """A point as it stands on a route."""
    return next(one for section in walk.walk(case, route) for one in section.points if one.id == point)


@pytest.mark.parametrize("route", GUIDES)
def test_a_guide_is_walked_in_its_own_order(case: Case, route: str):
    """All sections and points of the guide, each served by a form on a page or by a chart."""
    walked = walk.walk(case, route)
    assert [one.title for one in walked] == [one.title for one in GUIDES[route].sections]
    assert [[p.id for p in one.points] for one in walked] == [list(one.points) for one in GUIDES[route].sections]
    pages = {path.stem for path in load.notebooks_dir().glob("*.ipynb")}
    assert {point.page for section in walked for point in section.points} <= pages


def test_the_usual_route_is_the_twelve_steps(case: Case):
    """Without a choice the sections are the steps, their points the exercises of the core paths."""
    steps = [step for step in load.steps() if not step.aside]
    walked = walk.walk(case)
    assert len(steps) == 12
    assert [one.title for one in walked] == [step.title for step in steps]
    assert [[p.form for p in one.points] for one in walked] == [list(step.core) for step in steps]


def test_an_exercise_done_on_one_route_counts_on_all(case: Case):
    """A route points at forms; it keeps no answers of its own."""
    route = next(guide for guide in GUIDES if SHARED.startswith(guide))
    place = next(one for one in walk.places()[SHARED] if one.page != "log")
    assert found(case, SHARED, route).state == "open"
    others = {one.form for guide in GUIDES for s in walk.walk(case, guide) for one in s.points if one.state == "done"}
    assert place.form not in others
    one = load.form(place.form).field(place.field)
    value = {"scale": 5, "number": 1, "choice": one.options[0][0] if one.options else ""}.get(one.kind, "a few words")
    case.save(place.form, {place.field: value})
    assert found(case, SHARED, route).state == "done"
    case.save("about-case", {"route": "six-focuses"}, respondent="counselor")
    assert case.read(place.form).answers[place.field] == value  # type: ignore[union-attr]
    assert found(case, SHARED, route).state == "done"


def test_zero_is_an_answer_and_a_deleted_row_is_none(case: Case):
    """A zero on a scale is done; a list whose only row was deleted is open again."""

    def state(form: str, field: str) -> str:
        served = (id_ for id_, where in walk.places().items() if any((p.form, p.field) == (form, field) for p in where))
        point = next(served)
        return found(case, point, point.split(".", maxsplit=1)[0]).state

    case.save("where-things-stand", {"hurt": 0})
    assert state("where-things-stand", "hurt") == "done"
    for row, expected in ({"worry": "late again"}, "done"), ({"_deleted": True}, "open"), ({"_deleted": False}, "done"):
        case.save("control-circles", {"worries": {"row-1": row}})
        assert state("control-circles", "worries") == expected


def test_a_point_is_set_aside_with_a_reason_and_taken_up_again(case: Case):
    """Nothing forces anybody through a point, and nothing is lost by leaving it out."""
    with pytest.raises(InvalidAnswer, match="a few words were expected"):
        walk.set_aside(case, SHARED, "  ")
    walk.set_aside(case, SHARED, "Not for us")
    route = SHARED.split(".", maxsplit=1)[0]
    assert (found(case, SHARED, route).state, found(case, SHARED, route).reason) == ("aside", "Not for us")
    walk.take_up(case, SHARED)
    assert (found(case, SHARED, route).state, found(case, SHARED, route).reason) == ("open", "")


def test_a_point_that_is_not_there_is_refused(case: Case):
    """A forged id marks nothing."""
    with pytest.raises(InvalidAnswer):
        walk.mark_read(case, "eight-steps.99.1")
    assert case.read(walk.MARKS) is None


def test_what_only_asks_to_be_read_is_done_when_it_was_read(case: Case):
    """A guidance text takes no answer; a word that it was read is enough."""
    reads = [p for g in GUIDES for s in walk.walk(case, g) for p in s.points if p.only_read and p.state == "open"]
    assert reads
    walk.mark_read(case, reads[0].id)
    assert found(case, reads[0].id, reads[0].id.split(".")[0]).state == "done"


@pytest.mark.parametrize("contact", ["none", "order"])
def test_under_no_contact_nothing_that_reaches_the_partner_is_open(case: Case, contact: str):
    """On no route; what can be done alone stays open."""
    case.save("contact-status", {"status": contact, "note": "as asked"}, respondent="counselor")
    points = [p for guide in GUIDES for section in walk.walk(case, guide) for p in section.points]
    reaching = [p for p in points if p.form and p.state == "open" and load.form(p.form).reaches_partner]
    assert reaching == []
    assert sum(p.state == "open" for p in points) > len(points) / 3


def test_a_question_that_no_log_asks_yet_begins_on_its_step(case: Case):
    """The way leads to the step that brings it; once opened, to the log. A gated one waits for the counselor."""
    point, gated = "eight-steps.8.6", "fourteen-steps.10.4"
    assert load.form("daily").field("outburst").introduced_by == "pause-and-calm"
    before = found(case, point, "eight-steps")
    assert (before.page, before.form, before.joins) == ("02-pause", "", True)
    case.save("event", {"label": load.step("02-pause").title, "kind": "step"}, respondent="counselor")  # type: ignore[union-attr]
    after = found(case, point, "eight-steps")
    assert (after.page, after.form, after.field, after.joins) == ("log", "daily", "outburst", False)
    places = [place for place in walk.places()[gated] if place.page == "log"]
    assert places and not any(walk._View(case)._is_open(place) for place in places)


def test_a_point_of_the_weekly_log_leads_to_the_page_of_the_log():
    """A step shows the weekly log folded; it is filled in best where the logs are at home."""
    weekly = {place.page for where in walk.places().values() for place in where if place.form == "weekly"}
    assert weekly == {"log"}


def test_a_point_leads_where_its_exercise_is_not_folded(case: Case):
    """Of several pages to the one with it on the core path; while that is closed, to one that is open."""
    form, unfolded, folded = "steady-and-exit", "07-listen", "02-pause"
    assert form in load.step(unfolded).core and form in load.step(folded).more  # type: ignore[union-attr]
    point = min(load.form(form).covers)
    assert found(case, point, point.split(".")[0]).page == unfolded
    new = case.practice.add_case("Nobody asked yet")
    assert found(new, point, point.split(".")[0]).page == folded
