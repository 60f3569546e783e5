"""The panels that are no forms: start, screen, what only the counselor sees, further forms, and where to go next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filled
import pytest

from workbook.content import load
from workbook.errors import CaseMismatch, InvalidAnswer, NoCase, PracticeProblem
from workbook.forms.counselor import CounselorPanel
from workbook.forms.form import FormPanel
from workbook.forms.head import HeadPanel, NextPanel
from workbook.forms.more import MorePanel
from workbook.forms.note import NotePanel
from workbook.forms.route import RoutePanel
from workbook.forms.screen import ScreenPanel
from workbook.forms.start import StartPanel
from workbook.record import keys, walk
from workbook.record.case import Case, Flag
from workbook.record.practice import Practice
from workbook.record.raising import raise_flags
from workbook.record.standing import form_gate, screen_questions, standing
from workbook.record.support import support
from workbook.rules import gates

TICKS = {"alone": True, "unseen": True}


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice."""
    made, _ = Practice.create(tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=64, passes=1))
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case without any answer."""
    return practice.add_case("Sample")


def danger(case: Case) -> None:
    """A screening with one yes, and the flag that it raises."""
    given = {question: "no" for question in screen_questions(load.form("screen"))} | {"afraid": "yes"}
    case.save("screen", given, respondent="counselor")
    raise_flags(case)


def test_an_empty_practice_shows_what_to_do_first(practice: Practice):
    """Without a case there is no rail, and nothing to fail on."""
    panel = StartPanel(practice, None)
    assert panel.spec == {"case": None, "any_cases": False}
    assert panel.on_counselor()["cases"] == []


def test_a_case_begins_with_an_alias_and_can_be_told_apart(practice: Practice):
    """Not before the recovery sheet is confirmed; an empty, overlong or taken alias is refused."""
    panel = StartPanel(practice, None)
    with pytest.raises(PracticeProblem, match="recovery sheet"):
        panel.on_add_case("Sample A")
    assert practice.cases() == []
    practice.confirm_sheet(True)
    made = panel.on_add_case("  Sample   A ")
    assert practice.case(made["id"]).info.alias == "Sample A"
    for wrong in ("", "  ", "x" * 41, "sample a"):
        with pytest.raises(InvalidAnswer):
            panel.on_add_case(wrong)
    assert StartPanel(practice, practice.case(made["id"])).spec["case"]["alias"] == "Sample A"


def test_the_client_part_of_the_start_page_tells_nothing_of_flags(practice: Practice, case: Case):
    """Flags, reasons and other cases are asked for by Counselor view alone."""
    danger(case)
    panel = StartPanel(practice, case)
    assert set(panel.spec) == {"case", "steps", "later", "next", "route", "review", "last_entry"}
    assert panel.on_counselor()["flags"][0]["closes"]


def test_settling_needs_a_sentence_and_keeps_every_entry(practice: Practice, case: Case):
    """An entry without words is refused; a later entry does not overwrite an earlier one."""
    danger(case)
    panel = StartPanel(practice, case)
    flag = panel.on_counselor()["flags"][0]["id"]
    with pytest.raises(InvalidAnswer):
        panel.on_settle(flag, "  ", "open")
    with pytest.raises(InvalidAnswer):
        panel.on_settle(flag, "Talked.", "maybe")
    panel.on_settle(flag, "Talked it through.", "keep-closed")
    view = panel.on_settle(flag, "Clarified with the client.", "open")
    assert [one["note"] for one in view["flags"]] == ["Talked it through.", "Clarified with the client."]
    with pytest.raises(NoCase):
        StartPanel(practice, None).on_settle(flag, "x", "open")


def test_settings_take_only_what_the_page_offers(practice: Practice):
    """Country, emergency number and idle minutes; anything else is refused."""
    panel = StartPanel(practice, None)
    assert panel.on_setting("country", "US")["settings"]["country"] == "US"
    assert panel.on_setting("emergency_number", "112")["settings"]["emergency_number"] == "112"
    assert panel.on_setting("idle_minutes", "5")["settings"]["idle_minutes"] == 5
    for name, value in [("country", "Atlantis"), ("emergency_number", "call me"), ("idle_minutes", 7), ("key", "x")]:
        with pytest.raises(InvalidAnswer):
            panel.on_setting(name, value)


def test_a_client_sees_a_helpline_only_after_somebody_confirmed_it(practice: Practice):
    """Unconfirmed lines stay away until the counselor confirms them with a date, and go when that is taken back."""
    code, line = next(
        (c.code, one.id) for c in load.helplines() for one in c.lines if not one.checked and c.code != "*"
    )
    start = StartPanel(practice, None)
    start.on_setting("country", code)

    def shown() -> set[str]:
        return {one["name"] for one in support(practice)["lines"]}

    before = shown()
    start.on_confirm_line(line, True)
    assert len(shown() - before) == 1
    start.on_confirm_line(line, False)
    assert shown() == before
    with pytest.raises(InvalidAnswer):
        start.on_confirm_line("nowhere-1", True)


def test_support_without_a_country_still_names_where_to_turn(practice: Practice):
    """findahelpline.com and the local emergency number stand in every case."""
    spec = support(practice)
    assert spec["lines"] == []
    assert any("findahelpline.com" in one["web"] for one in spec["everywhere"])


def test_the_screen_opens_only_behind_both_ticks(case: Case):
    """Nothing of the questions is on the page before; the attestation is stored with its date."""
    panel = ScreenPanel(load.form("screen"), case)
    assert panel.spec == {"case": case.info.id}
    assert set(panel.on_counselor()) == {"title", "purpose", "ticks", "asked_on", "open", "reasons"}
    for ticks in ({}, {"alone": True}, {"alone": True, "unseen": "yes"}):
        with pytest.raises(InvalidAnswer):
            panel.on_attest(case.info.id, ticks)
    with pytest.raises(CaseMismatch):
        panel.on_attest("another", TICKS)
    assert panel.on_attest(case.info.id, TICKS, "Europe/Berlin")["model"]
    assert case.entries("attestation")[0].answers == TICKS


def test_a_yes_on_self_harm_opens_the_crisis_path_when_finished(case: Case):
    """Flags arise when the screening is finished, not on a key press."""
    panel = ScreenPanel(load.form("screen"), case, on_leave=lambda: raise_flags(case))
    panel.on_attest(case.info.id, TICKS)
    asked: Any = panel._asked
    question = next(one.id for one in load.form("screen").fields if one.flag and one.flag.kind == "self-harm")
    asked.on_save(case.info.id, {question: "yes"})
    assert case.flags() == []
    answer = panel.on_finish(case.info.id)
    assert answer["waiting"]
    assert answer["crisis"]
    assert not answer["open"]


def test_todays_screening_goes_on_and_another_day_begins_a_new_one(case: Case):
    """Two openings on one day are one screening with one date."""
    for _ in range(2):
        panel = ScreenPanel(load.form("screen"), case)
        panel.on_attest(case.info.id, TICKS)
        asked: Any = panel._asked
        asked.on_save(case.info.id, {"afraid": "no"})
    assert len(case.entries("screen")) == 1
    assert len(case.entries("attestation")) == 2


def test_a_counselors_form_is_made_when_it_is_opened(case: Case):
    """Before Counselor view nothing of it exists; a form that is not on the list is refused."""
    made: list[str] = []

    def make(form: Any) -> FormPanel:
        made.append(form.id)
        return FormPanel(form, case)

    panel = CounselorPanel([load.form("about-case"), load.form("thresholds")], case, make)
    case.save("thresholds", {"calm": 5})
    assert (panel.spec, made) == ({}, [])
    states = {one["id"]: one["state"] for one in panel.on_counselor()["forms"]}
    assert states["about-case"] == "nothing written yet"
    assert states["thresholds"].startswith("last written")
    assert panel.on_open("about-case") == panel.on_open("about-case")
    assert made == ["about-case"]
    with pytest.raises(InvalidAnswer):
        panel.on_open("pause-plan")


def test_further_forms_are_made_when_they_are_opened(case: Case):
    """A long page opens as fast as a short one; a form that is not on the list is refused."""
    forms = [load.form("parking-list"), load.form("calm-menu")]
    made: list[str] = []

    def make(form: Any) -> FormPanel:
        made.append(form.id)
        return FormPanel(form, case)

    panel = MorePanel(forms, make)
    assert [one["id"] for one in panel.spec["forms"]] == ["parking-list", "calm-menu"]
    assert panel.on_open("parking-list") == panel.on_open("parking-list")
    assert made == ["parking-list"]
    with pytest.raises(InvalidAnswer):
        panel.on_open("screen")


def test_a_closed_page_says_one_sentence_and_what_is_open(case: Case):
    """The reasons are for Counselor view alone."""
    gate = gates.theme_gate("rebuild-trust", gates.Standing())
    panel = HeadPanel(case, "11-trust", gate)
    assert panel.spec["closed"] == gates.NEUTRAL
    assert {one["page"] for one in panel.spec["open"]} >= {"02-pause.ipynb", "support.ipynb", "log.ipynb"}
    assert not any(reason in str(panel.spec) for reason in gate.reasons)
    assert panel.on_counselor()["reasons"] == list(gate.reasons)


def test_the_last_line_leads_on(case: Case):
    """From a step to the next open one; everyday pages lead to each other."""
    assert NextPanel(case, "01-begin").spec["next"]["page"] == "02-pause.ipynb"
    assert NextPanel(case, "log").spec["next"] is None
    assert "log.ipynb" not in {one["page"] for one in NextPanel(case, "log").spec["links"]}


def test_the_counselors_note_is_asked_for_by_counselor_view_alone(case: Case):
    """The page itself carries nothing of it."""
    [step] = [one for one in load.steps() if one.page == "02-pause"]
    panel = NotePanel(step, case, page="02-pause", gate=gates.Gate(True))
    assert panel.spec == {}
    assert panel.on_counselor()["note"] == step.counselor_note


def finish_start(case: Case, contact: str = "welcome") -> None:
    """Contact, consent and a clear screen."""
    case.save("contact-status", {"status": contact}, respondent="counselor")
    case.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    case.save("screen", dict.fromkeys(screen_questions(load.form("screen")), "no"), respondent="counselor")


def test_the_counselor_opens_a_part_with_a_dated_note(case: Case):
    """Closed by default; an entry without words opens nothing; the newest entry counts."""
    finish_start(case)
    step = next(one for one in load.steps() if any("counselor" in load.form(form).needs for form in one.forms))
    panel = NotePanel(step, case, page=step.page, gate=gates.Gate(open=True))
    part = panel.on_counselor()["parts"][0]
    assert (part["open"], part["since"]) == (False, None)
    with pytest.raises(InvalidAnswer, match="talked about"):
        panel.on_opening(part["form"], opens=True, note="  ")
    with pytest.raises(InvalidAnswer):
        panel.on_opening("pause-plan", opens=True, note="not a part of the list")
    opened = panel.on_opening(part["form"], opens=True, note="Both wish it; talked over today.")["parts"][0]
    assert opened["open"]
    assert part["form"] in standing(case).opened
    panel.on_opening(part["form"], opens=False, note="Too early after all.")
    assert part["form"] not in standing(case).opened
    assert len(case.entries("opening")) == 2


def test_what_waits_for_the_clients_own_wish_opens_with_it(case: Case):
    """Until then title and purpose are all that the page holds; the wish is kept for the next opening."""
    form = next(one for one in load.forms().values() if one.needs == ("opt-in",) and not one.reaches_partner)
    finish_start(case)

    def make() -> FormPanel:
        return FormPanel(form, case, gate=form_gate(form, standing(case)), reopen=make)

    panel = make()
    assert (panel.spec["way"], "parts" in panel.spec) == ("opt-in", False)
    assert panel.on_again(case.info.id, want=False)
    assert form.id not in standing(case).chosen
    assert panel.on_again(case.info.id, want=True)
    assert form.id in standing(case).chosen
    assert "parts" in make().spec


def test_a_calm_moment_opens_what_waits_for_it(case: Case):
    """The level of the case counts, and a low calm logged later closes it again."""
    form = next(one for one in load.forms().values() if one.needs == ("calm",) and not one.reaches_partner)
    finish_start(case)
    case.save("thresholds", {"calm": 7}, respondent="counselor")
    assert form_gate(form, standing(case)).way == "calm"
    case.save("breathing-space", {"calm_after": 6})
    assert not form_gate(form, standing(case)).open
    case.save("breathing-space", {"calm_after": 7})
    assert form_gate(form, standing(case)).open
    case.save("daily", {"calm": 2}, response_id="11111111-1111-4111-8111-111111111111")
    assert not form_gate(form, standing(case)).open


def test_the_rail_says_what_opens_a_step(practice: Practice, case: Case):
    """A step that only waits for a calm moment can be gone to and says so; it is not the counselor who opens it."""
    finish_start(case)

    def rail() -> dict[str, dict[str, Any]]:
        return {one["page"]: one for one in StartPanel(practice, case).spec["steps"]}

    assert (rail()["04-understand.ipynb"]["open"], rail()["04-understand.ipynb"]["said"]) == (True, gates.CALM_FIRST)
    assert not rail()["07-listen.ipynb"]["said"]
    case.save("contact-status", {"status": "none"}, respondent="counselor")
    case.save("consent", {"what": "work", "given": "no"}, respondent="counselor")
    assert (rail()["04-understand.ipynb"]["open"], rail()["04-understand.ipynb"]["said"]) == (False, "later")
    assert StartPanel(practice, case).spec["later"] == gates.NEUTRAL


def test_the_way_counts_what_is_closed_and_names_none_of_it(case: Case):
    """Under a legal order nobody reads on the way what they may not do."""
    finish_start(case, "order")
    panel = RoutePanel(case)
    for route, _ in panel.spec["routes"]:
        view = panel.on_look(route)
        assert {point["state"] for one in view["sections"] for point in one["points"]} <= {"done", "open", "aside"}
        named = {point["form"] for one in view["sections"] for point in one["points"] if point["form"]}
        assert not [form for form in named if load.form(form).reaches_partner]
    assert sum(one["closed"] for one in panel.on_look("fourteen-steps")["sections"])


def test_titles_and_sources_of_guides_are_for_the_counselor(case: Case):
    """A client reads the name of the route; who wrote the guide is asked for by Counselor view."""
    case.save("about-case", {"route": "eight-steps"}, respondent="counselor")
    panel = RoutePanel(case)
    guide = next(one for one in load.points().guides if one.id == "eight-steps")
    assert panel.spec["name"] == guide.route_name
    assert guide.title not in str(panel.spec)
    assert guide.title in panel.on_counselor()["cited"]["eight-steps"]


def test_a_point_is_set_aside_on_the_page(case: Case):
    """With its reason, and taken up again; a route that is not there is refused."""
    panel = RoutePanel(case)
    points = panel.spec["sections"][0]["points"][0]["ids"]
    view = panel.on_aside(points, "Later", "integrated")
    assert (view["sections"][0]["points"][0]["state"], view["sections"][0]["points"][0]["reason"]) == ("aside", "Later")
    assert panel.on_take_up(points, "integrated")["sections"][0]["points"][0]["state"] == "open"
    with pytest.raises(InvalidAnswer):
        panel.on_look("nowhere")


def test_points_that_one_question_serves_are_one_on_the_page(case: Case):
    """Nobody reads the same line twice in a section; setting it aside sets all of them aside."""
    finish_start(case)
    panel = RoutePanel(case)
    seen = [
        (at, point["form"], point["field"])
        for at, section in enumerate(panel.on_look("eight-steps")["sections"])
        for point in section["points"]
        if point["field"]
    ]
    assert len(set(seen)) == len(seen)
    points = [point for one in panel.on_look("eight-steps")["sections"] for point in one["points"]]
    several = next(point["ids"] for point in points if len(point["ids"]) > 1)
    panel.on_aside(several, "Not now", "eight-steps")
    walked = {one.id: one.state for section in walk.walk(case, "eight-steps") for one in section.points}
    assert {walked[one] for one in several} == {"aside"}


def test_what_comes_next_follows_the_route(practice: Practice, case: Case):
    """On the twelve steps the next step; on a guide’s route its first open point; each page leads back to it."""
    finish_start(case)
    assert StartPanel(practice, case).spec["next"]["page"] == "01-begin.ipynb"
    assert NextPanel(case, "02-pause").spec["next"]["page"] == "03-care.ipynb"
    for route in [guide.id for guide in load.points().guides]:
        case.save("about-case", {"route": route}, respondent="counselor")
        first = next(one for section in walk.walk(case) for one in section.points if one.state == "open")
        ahead = StartPanel(practice, case).spec["next"]
        assert (ahead["page"], ahead["form"], ahead["field"]) == (f"{first.page}.ipynb", first.form, first.field)
        walk.set_aside(case, first.id, "Not for us")
        assert (after := StartPanel(practice, case).spec["next"])
        assert (after["form"], after["field"], after["title"]) != (first.form, first.field, "")
        assert after["begun"]
        led = {point.page for section in walk.walk(case) for point in section.points}
        assert {NextPanel(case, page).spec["next"]["page"] for page in led} == {"route.ipynb"}


def test_after_all_steps_the_look_back_comes_next(practice: Practice, case: Case):
    """Nobody is left without a way on: the last of the twelve comes again and again."""
    filled.open_everything(case)
    for form in (load.form(one) for step in load.steps() if not step.aside for one in step.core):
        filled.save(case, form, lambda one: "words")
    view = StartPanel(practice, case).spec
    assert {one["finished"] for one in view["steps"]} == {True}
    assert (view["next"]["page"], view["next"]["begun"]) == ("12-review.ipynb", True)


@pytest.mark.usefixtures("in_the_west")
def test_a_flag_is_dated_as_the_counselors_calendar_has_it(case: Case, monkeypatch: pytest.MonkeyPatch):
    """What is raised in the evening, in the west, is not dated to tomorrow."""
    flag = Flag("f", "danger", "screen", None, "x", raised_at=datetime(2026, 3, 11, 3, tzinfo=UTC))
    monkeypatch.setattr(case, "flags", lambda open_only=True: [flag])
    assert StartPanel(case.practice, case).on_counselor()["flags"][0]["raised"] == "2026-03-10"
