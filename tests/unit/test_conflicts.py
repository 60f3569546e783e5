"""Where the guides pull apart: each case is walked into it, and what opens, closes, warns or flags is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from workbook import page as pages
from workbook.content import charts, conflicts, load
from workbook.content.model import Form
from workbook.content.words import noticed
from workbook.errors import ContentError, GateClosed, ImportProblem
from workbook.exchange import imports, mapping
from workbook.exchange.table import read_table
from workbook.forms import items
from workbook.forms.form import FormPanel
from workbook.forms.log import LogPanel
from workbook.forms.route import RoutePanel
from workbook.forms.spec import Names, open_fields
from workbook.forms.store import Keeper
from workbook.lab.client import Connection
from workbook.record import keys, walk
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.raising import opens_support, raise_flags
from workbook.record.responses import Flag, ImportedEntry
from workbook.record.standing import form_gate, screen_questions, standing
from workbook.report import document
from workbook.report.calls import compose
from workbook.report.compose import Composer
from workbook.report.figures import Figures
from workbook.report.pdf import read_notebook
from workbook.rules import alerts, gates

TODAY = date.today()
FORMS = load.forms()
PARTNER_FORMS = tuple(form for form in FORMS.values() if form.reaches_partner and form.audience == "client")
STEPS = tuple(step for step in load.steps())


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice."""
    made, _ = Practice.create(
        tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """A case whose start is finished: screen clear, contact welcome, consent given, calm just logged."""
    made = practice.add_case("Sample")
    contact(made, "welcome")
    made.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    screen(made)
    made.save("daily", {"calm": 9})
    return made


def contact(case: Case, status: str) -> None:
    """The counselor writes down what contact is."""
    case.save("contact-status", {"status": status, "note": "As it was said."}, respondent="counselor")


def screen(case: Case, **answers: str) -> str:
    """A screening with ‘no’ to all but what is named; answers its id."""
    given = dict.fromkeys(screen_questions(load.form("screen")), "no") | answers
    return case.save("screen", given, respondent="counselor").response.id


def let_in(case: Case, form_id: str) -> None:
    """The counselor opens a part, and the client wants it."""
    case.save("opening", {"form": form_id, "open": "yes", "note": "Talked about."}, respondent="counselor")
    case.save("log-items", {"forms": form_id})


def raised(case: Case) -> list[str]:
    """The kinds of the flags that are raised now."""
    return sorted(flag.kind for flag in raise_flags(case))


def settle(case: Case, kind: str, decision: Any = "open") -> Flag:
    """The counselor's dated entry on the open flag of a kind."""
    flag = next(flag for flag in case.flags() if flag.kind == kind)
    return case.settle_flag(flag.id, "Talked about.", decision)


def row(**cells: Any) -> dict[str, dict[str, Any]]:
    """One row of a list."""
    return {"one": cells}


def days_ago(days: int) -> datetime:
    """A moment some days back."""
    return datetime.now(UTC) - timedelta(days=days)


def gate(case: Case, form_id: str) -> gates.Gate:
    """The gate before a form."""
    return form_gate(load.form(form_id), standing(case))


def asked(case: Case, form_id: str) -> set[str]:
    """Ids of the questions that a form asks now, those of its lists as `list.question`."""
    fields = open_fields(load.form(form_id), case)
    return {one.id for one in fields} | {f"{one.id}.{inner.id}" for one in fields for inner in one.fields}


def inside(name: str) -> Any:
    """A question by its name in the table: `form.question` or `form.list.question`."""
    form_id, *path = name.split(".")
    one = FORMS[form_id].field(path[0])
    return next(inner for inner in one.fields if inner.id == path[1]) if len(path) > 1 else one


def rule(conflict: str, number: int) -> conflicts.Rule:
    """A rule of the table, from 0."""
    return next(one for one in conflicts.conflicts() if one.id == conflict).rules[number]


def text(name: str) -> str:
    """The words of a text or the help of a question, in lower case and one line."""
    one = inside(name)
    return " ".join(f"{one.text} {one.help}".lower().split())


# ---------------------------------------------------------------- the table


class TestTable:
    """One readable table, checked against what there is."""

    def test_every_conflict_has_its_rules_and_every_rule_a_carrier(self):
        """24 conflicts with 80 rules; none without something that carries it out."""
        table = conflicts.conflicts()
        assert len(table) == 24
        assert sum(len(one.rules) for one in table) == 80
        assert all(ids for one in table for each in one.rules for _, ids in each.by)

    @pytest.mark.parametrize(
        ("by", "line", "wanted"),
        [
            ("{form: [pause-pln]}", 7, "no form is called ‘pause-pln’. Did you mean ‘pause-plan’"),
            ("{flag: [dangr]}", 7, "no flag is called ‘dangr’"),
            ("{gaet: [calm]}", 7, "did you mean ‘gate’"),
            ("{}", 7, "nothing carries this rule out"),
        ],
    )
    def test_what_does_not_exist_is_told_with_its_line(self, tmp_path: Path, by: str, line: int, wanted: str):
        """A mistyped id is an error that names file and line."""
        path = tmp_path / "conflicts.yaml"
        path.write_text(
            f"conflicts:\n  - id: one\n    title: One\n    rules:\n      - rule: A rule\n\n        by: {by}\n"
        )
        with pytest.raises(ContentError, match=wanted) as told:
            conflicts.read_conflicts(path)
        assert told.value.line == line

    def test_every_named_gate_closes_something(self, case: Case):
        """No gate of the table is a word only: each closes what it says, and its way back is known."""
        assert set(gates.NAMES) == {"screen", "contact", "flags", "consent", "calm", "counselor", "opt-in", "praise"}
        assert {name for one in conflicts.conflicts() for each in one.rules for name in each.of("gate")} <= set(
            gates.NAMES
        )


# ---------------------------------------------------------------- the 24 conflicts


class TestContactAndPressure:
    """Reaching out to someone who asked for room."""

    def test_the_status_opens_and_closes_and_only_the_counselor_writes_it(self, case: Case):
        """None and order close; calming, care, understanding, limits and review stay; no client form sets it."""
        assert gate(case, "clear-statement").open
        for status in ("none", "order"):
            contact(case, status)
            assert not gate(case, "clear-statement").open
            still = ("pause-and-calm", "care-for-yourself", "understand-what-happened", "boundaries-and-support")
            assert all(gates.theme_gate(theme, standing(case)).open for theme in (*still, "patience-and-review"))
        assert load.form("contact-status").audience == "counselor"
        assert "contact-rule" in raised(case)

    def test_words_stay_drafts_and_the_box_can_only_keep_or_delete(self, case: Case):
        """Under no contact an unsent message cannot even be shortened to be used; no reply is an answer for now."""
        assert {"messages.two_sentences", "messages.then"} <= asked(case, "unsent-messages")
        for status in ("none", "order"):
            contact(case, status)
            now = asked(case, "unsent-messages")
            assert "messages.then_kept" in now
            assert not {"messages.two_sentences", "messages.then"} & now
        assert set(dict(inside("unsent-messages.messages.then_kept").options)) == {"archive", "delete"}
        assert "no reply is an answer for now" in text("contact-rules.nothing_sent")

    def test_every_draft_to_the_partner_is_looked_through_and_has_its_day(self):
        """A line meant for the partner is gently noticed, and says on which day it was used."""
        for form in FORMS.values():
            for fields in (form.fields, *(one.fields for one in form.fields)):
                drafts = [one for one in fields if one.notices and (form.reaches_partner or one.reaches_partner)]
                if drafts:
                    assert any(one.kind in ("date", "datetime") for one in fields), (form.id, drafts[0].id)


class TestSafety:
    """Abuse, control, addiction and self-harm."""

    def test_a_yes_stops_the_way_to_each_other_until_a_dated_entry(self, case: Case):
        """Help is shown at once, pages close, what is for two is dropped; ‘open’ opens again."""
        screen(case, afraid="yes")
        assert raised(case) == ["danger"]
        for form_id in ("counseling-invitation", "say-the-effect", "activity-planner", "talk-planner"):
            assert not gate(case, form_id).open
        assert not gates.theme_gate("speak-with-care", standing(case)).open
        settle(case, "danger")
        assert gates.theme_gate("speak-with-care", standing(case)).open

    def test_fear_that_is_written_down_makes_the_private_questions_due(self, case: Case):
        """The entry settles the flag; the questions are asked once more, alone, before pages open."""
        assert opens_support(load.form("steady-and-exit"), {"afraid": "yes"})
        case.save("steady-and-exit", {"afraid": "yes"})
        assert raised(case) == ["danger"]
        settle(case, "danger")
        assert standing(case).screen == "due"
        assert not gates.start_gate(standing(case)).open
        screen(case)
        assert gates.start_gate(standing(case)).open

    def test_a_settled_yes_is_still_due_at_the_review(self, case: Case):
        """An entry on old answers never outlives the day on which they are to be asked again."""
        case.save(
            "screen",
            {"afraid": "yes"} | dict.fromkeys(screen_questions(load.form("screen"))[1:], "no"),
            at=days_ago(20),
        )
        raise_flags(case)
        settle(case, "danger")
        case.save("about-case", {"review_date": (TODAY + timedelta(days=1)).isoformat()})
        newest = case.entries("screen")[-1]
        case.delete(newest.id)  # the clear one of today: only the settled one is left
        assert standing(case).screen == "clear"
        assert standing(case, TODAY + timedelta(days=1)).screen == "due"

    def test_own_conduct_counts_the_same(self, case: Case):
        """Turning up, threats, checking a phone: asked, and it closes, too."""
        screen(case, checked="yes")
        assert raised(case) == ["own-conduct"]
        assert not gates.partner_gate(standing(case)).open


def test_one_sided_blame(case: Case):
    """Three parts; above 80 the counselor sees it; parked complaints have a day; no blame for violence."""
    assert len(inside("responsibility-pie.shares").options) == 3
    case.save("responsibility-pie", {"shares": {"me": 80, "partner": 10, "life": 10}})
    assert raised(case) == []
    case.save("responsibility-pie", {"shares": {"me": 90, "partner": 5, "life": 5}})
    assert raised(case) == ["one-sided"]
    settle(case, "one-sided")
    assert raised(case) == []
    case.save("responsibility-pie", {"shares": {"me": 95, "partner": 5}})
    assert raised(case) == ["one-sided"]
    case.save("mirror-and-complaints", {"parked": row(complaint="x", look_again=TODAY.isoformat())})
    assert raised(case) == ["parked-due"]
    assert "nothing that you did made anyone do it" in text("responsibility-pie.card")


def test_infidelity_and_secrecy(case: Case):
    """Closed until the counselor opens it, then until the client wants it; choice, climate and hurt stand apart."""
    affair = [form for form in FORMS.values() if form.id.startswith("affair-")]
    assert all({"counselor", "opt-in"} <= set(form.needs) for form in affair)
    assert gate(case, "affair-start").way == "counselor"
    case.save("opening", {"form": "affair-start", "open": "yes", "note": "n"}, respondent="counselor")
    assert gate(case, "affair-start").way == "opt-in"
    let_in(case, "affair-start")
    assert gate(case, "affair-start").open
    assert {"choice", "climate", "hurt", "my_part"} <= asked(case, "affair-understand")
    case.save("assumption-tester", {"when_it_comes": ["check"]})
    assert raised(case) == ["own-conduct"]
    assert load.form("about-case").field("secrets_policy").options


def test_rituals_and_spells(case: Case):
    """Faith is put away until it is asked for; a paid promise of a return is seen by the counselor."""
    assert gate(case, "faith-support").way == "opt-in"
    assert "practice" not in {
        one.id for group in items.split(FORMS["daily"], case, FORMS["daily"].fields)[:2] for one in group
    }
    case.save("log-items", {"forms": "faith-support"})
    assert gate(case, "faith-support").open
    case.save("faith-support", {"cost": "paid"})
    assert raised(case) == ["paid-promise"]
    assert "nobody can bring another person back with a spell" in text("next-move-check.caution")


def test_attractiveness_motive(case: Case):
    """For whom is asked on a slider, with room to write it anew; no chart shows looks, weight or being wanted."""
    assert {"goals.for_whom", "goals.for_me"} <= asked(case, "for-me-goals")
    assert {"for_whom", "rewrite"} <= asked(case, "thought-urge-action")
    shown = " ".join(one.title for one in charts.charts().values()).lower()
    assert not {"weight", "looks", "attractive", "desire"} & set(shown.split())
    case.save("enough-as-i-am", {"pressure": "harm"})
    assert raised(case) == ["body-pressure"]


def test_gender_stereotypes(case: Case):
    """Any pair of pronouns is spoken; both are asked how they show distress."""
    for said, them in (("she/her", "her"), ("he/him", "him"), ("they/them", "them"), ("ze/zir", "Lou")):
        case.save("about-case", {"partner_alias": "Lou", "partner_pronouns": said})
        assert Names(case).fill("with {them}") == f"with {them}"
    mine, theirs = inside("their-side.mine"), inside("their-side.theirs")
    assert set(dict(mine.options)) == set(dict(theirs.options))


def test_one_sided_accommodation(case: Case):
    """Four weeks above 80 on one side reach the counselor, three do not; an entry settles them."""
    for week in range(3):
        case.save("weekly", {"energy": {"partner": 90, "self": 5, "others": 5}}, at=days_ago(7 * week))
    assert raised(case) == []
    case.save("weekly", {"energy": {"partner": 85, "self": 15}}, at=days_ago(21))
    flags = raise_flags(case)
    assert [flag.kind for flag in flags] == ["uneven-load"]
    assert "not more effort" in flags[0].reason
    settle(case, "uneven-load")
    assert raised(case) == []
    assert {"pairs.give", "pairs.back"} <= asked(case, "reciprocity")
    assert "no" in dict(inside("needs-of-both.needs.can").options)
    assert "ends in the middle" in text("halfway.card")


def test_isolation_or_outside_voices(case: Case):
    """A voice that fears for safety shows help; a week without company is seen, a week without entries is not."""
    assert opens_support(load.form("circle-of-support"), {"voices": row(worried="yes")})
    case.save("circle-of-support", {"voices": row(worried="yes")})
    assert raised(case) == ["safety-worry"]
    for day in range(3):
        case.save("daily", {"supporters": 0}, at=days_ago(day))
    assert raised(case) == []
    case.save("daily", {"supporters": 0}, at=days_ago(5))
    assert raised(case) == ["isolation"]
    settle(case, "isolation")
    assert raised(case) == []
    for day in range(4):
        case.save("daily", {"supporters": 0}, at=days_ago(day))
    assert raised(case) == ["isolation"]


def test_fake_or_genuine(case: Case):
    """Noticing needs no contact; kind words rest once harm is written down, until the counselor's entry."""
    assert gate(case, "thank-you-line").open
    assert {"told", "genuine"} <= asked(case, "good-noticed")
    assert "notes" in asked(case, "small-affections")
    case.save("before-noticing", {"fresh": "yes"})
    assert raised(case) == ["fresh-harm"]
    assert not gate(case, "thank-you-line").open
    assert "notes" not in asked(case, "small-affections")
    assert "noticed" in asked(case, "good-noticed")
    assert not {"told", "genuine", "tone"} & asked(case, "good-noticed")
    assert not {"thanks", "thanks_count"} & asked(case, "daily")
    assert gate(case, "clear-statement").open
    settle(case, "fresh-harm")
    assert gate(case, "thank-you-line").open
    assert {name.split(".")[0] for name in gates.PRAISE} <= set(FORMS)
    assert all(inside(name) for name in gates.PRAISE if name.count(".") and name != "does-well.told")


def test_say_once_or_keep_talking(case: Case):
    """The plan shows the next day; a talk before it, or before what comes first, is seen; safety never waits."""
    later = TODAY + timedelta(days=9)
    case.save("pause-plan", {"end": (TODAY + timedelta(days=5)).isoformat(), "next_talk": later.isoformat()})
    assert later.isoformat() in Names(case).fill(inside("talk-planner.order").text)
    case.save("thresholds", {"next_talk": (TODAY + timedelta(days=12)).isoformat(), "talk_topics": "school fees"})
    shown = Names(case).fill(inside("talk-planner.order").text)
    assert (TODAY + timedelta(days=12)).isoformat() in shown
    assert "school fees" in shown
    case.save("talk-planner", {"when": f"{later.isoformat()}T18:00"})
    assert "before the day" in next(flag for flag in raise_flags(case) if flag.kind == "talk-order").reason
    settle(case, "talk-order")
    case.save("talk-planner", {"when": f"{(TODAY + timedelta(days=14)).isoformat()}T18:00"})
    assert "one clear statement, listening" in next(f for f in raise_flags(case) if f.kind == "talk-order").reason
    settle(case, "talk-order")
    case.save("clear-statement", {"statement": "x"})
    case.save("listening-practice", {"rounds": row(topic="x")})
    case.save("talk-planner", {"topic": "x"})
    assert raised(case) == []
    assert "safety" in text("pause-plan.stays_open")
    assert "calm" in FORMS["talk-planner"].needs


def test_the_next_talk_comes_after_the_days_between_two(case: Case):
    """A talk that was held moves the next one by as many days as the counselor set."""
    held = TODAY - timedelta(days=1)
    case.save("talk-planner", {"when": f"{held.isoformat()}T18:00", "held": "yes"})
    case.save("thresholds", {"talk_every": 10})
    assert (held + timedelta(days=10)).isoformat() in Names(case).fill("{next_talk}")
    assert Names(None).fill("{next_talk} {talk_topics}").startswith("a day that you settle")


def test_ultimatum_or_boundary(case: Case):
    """A limit with a consequence is read together first; one for safety waits for nobody, and shows help."""
    case.save("my-boundaries", {"limits": row(limit="no shouting", if_crossed="I go out")})
    assert raised(case) == ["boundary-review"]
    settle(case, "boundary-review")
    assert raised(case) == []
    case.save("my-boundaries", {"limits": {"two": {"limit": "x", "if_crossed": "y", "reviewed": "not-yet"}}})
    assert raised(case) == ["boundary-review"]
    settle(case, "boundary-review")
    case.save("my-boundaries", {"limits": {one: {"reviewed": "safety"} for one in ("one", "two")}})
    assert raised(case) == []
    assert opens_support(load.form("boundary-converter"), {"sentences": row(sort="safety")})
    assert "outside this exercise" in text("boundary-converter.difference")


def test_persist_or_stop(case: Case):
    """All ways weigh the same and can be changed to at any time; the review asks and recommends nothing."""
    ways = dict(inside("decision.choice").options)
    assert {"good-separation", "letting-go"} <= set(ways)
    for way in ways:
        case.save("decision", {"choice": way})
    assert set(raised(case)) <= {"parting"}
    assert gates.theme_gate("patience-and-review", gates.Standing()).open
    assert all(gates.theme_gate(theme, gates.Standing()).open for theme in ("good-separation", "letting-go"))
    assert not {"fail", "failed", "failure"} & set(text("decision.careful").split())


def test_mind_reading_and_labels(case: Case):
    """Lines on the partner carry source and sureness; no list has the label; turned blame, twice, is seen."""
    for name in ("causes-map.causes", "their-side.lines", "needs-of-both.theirs"):
        assert {"source", "sure"} <= {one.id for one in inside(name).fields}, name
    offered = [
        label
        for form in FORMS.values()
        for one in form.fields
        for each in (one, *one.fields)
        for _, label in each.options
    ]
    assert not any("victim" in label.lower() for label in offered)
    assert {"what_if"} <= asked(case, "said-and-seen") & asked(case, "their-side")
    case.save("said-and-seen", {"pattern": "once"})
    assert raised(case) == []
    case.save("said-and-seen", {"pattern": "once"})
    assert raised(case) == ["repeated-blame"]
    settle(case, "repeated-blame")
    assert raised(case) == []
    assert "agree" in text("validation-builder.two_things")


def test_touch_and_flirting(case: Case):
    """Closed by default, also with contact welcome; limited contact shows nothing; each idea asks, and no means no."""
    assert gate(case, "small-affections").way == "counselor"
    let_in(case, "small-affections")
    assert gate(case, "small-affections").open
    contact(case, "limited")
    assert not gates.shown(FORMS["small-affections"].show_if, standing(case))
    assert {"yes", "no"} < set(dict(inside("small-affections.ideas.welcome").options))
    assert "unsure and no mean do not do it" in text("small-affections.stop_rule")
    case.save("enough-as-i-am", {"pressed": "yes"})
    assert raised(case) == ["danger"]
    assert not gate(case, "small-affections").open


def test_good_memories(case: Case):
    """The bank is one's own at any time; a shared memory needs a welcome, and says if it was to persuade."""
    contact(case, "limited")
    assert gates.shown(FORMS["memory-bank"].show_if, standing(case))
    assert not {"talked", "places"} & asked(case, "memory-bank")
    contact(case, "welcome")
    assert {"talked", "places"} <= asked(case, "memory-bank")
    contact(case, "none")
    assert gate(case, "memory-bank").open
    assert not {"talked", "places"} & asked(case, "memory-bank")
    assert "persuade" in dict(inside("memory-bank.talked.how").options)


def test_when_to_get_help(case: Case):
    """Help stands open from the first day; with fear no session for two is asked about any more."""
    assert gates.theme_gate("boundaries-and-support", gates.Standing()).open
    assert gates.form_gate("help-finder", reaches_partner=False, needs=(), standing=gates.Standing()).open
    assert {"format", "screened", "helpers.for_whom"} <= asked(case, "help-finder")
    case.save("help-finder", {"afraid": "yes"})
    assert raised(case) == ["danger"]
    assert not {"format", "screened", "helpers.for_whom"} & asked(case, "help-finder")
    assert {"depth", "helpers.who"} <= asked(case, "help-finder")
    case.save("help-finder", {"depth": 9})
    assert raised(case) == ["referral"]


def test_audience_and_spying():
    """The sentence against checking stands where one looks at the other side; each change asks if unseen."""
    for name in ("the-whole-picture.order", "their-side.card"):
        assert "phone, account, location or friend" in text(name)
    for name in rule("audience-and-spying", 1).of("field"):
        assert "nobody" in inside(name).label.lower(), name
    assert "post" in text("deeds.seen_by")


def test_lightness_or_honesty(case: Case):
    """A parked topic comes up on its day until an entry settles it; a wide gap for a week is seen."""
    case.save("parking-list", {"knots": row(topic="money", look_again=(TODAY + timedelta(days=1)).isoformat())})
    assert raised(case) == []
    case.save("parking-list", {"knots": row(look_again=(TODAY - timedelta(days=1)).isoformat())})
    assert raised(case) == ["parked-due"]
    settle(case, "parked-due")
    assert raised(case) == []
    for day in range(2):
        case.save("contact", {"storm": 9, "outer_calm": 9}, at=days_ago(day))
    assert raised(case) == []
    case.save("contact", {"storm": 8, "outer_calm": 8}, at=days_ago(4))
    assert raised(case) == ["inner-outer"]
    assert {"let_out"} <= asked(case, "contact")
    assert {"balance_light", "balance_hard"} <= asked(case, "light-moments")


def test_promises_and_urgency():
    """The notice stands on the first page; no page links out; a promise in a draft is noticed."""
    assert "welcome" in "".join(
        str(cell["source"]) for cell in read_notebook(load.notebooks_dir() / "01-begin.ipynb")["cells"]
    )
    assert "nobody can promise that" in text("honest-aim.free")
    shipped = [*load.data_dir().rglob("forms/*.yaml"), *load.notebooks_dir().glob("*.ipynb")]
    assert not [
        path.name for path in shipped if "http://" in path.read_text("utf-8") or "https://" in path.read_text("utf-8")
    ]
    assert noticed("I will never be late again.")
    assert {"source", "sure"} <= {one.id for one in inside("deeds.seen").fields}


def test_unverified_citations():
    """Where a quoted name stands, it says that nobody checked it, and no quotation is printed."""
    for name in rule("unverified-citations", 0).of("text"):
        assert "quoted in the guide, not verified" in text(name), name
    assert "–" in text("help-finder.sources")


def test_children_united_front(case: Case):
    """If the children are not safe the page stops, help is shown and the counselor is told; children are initials."""
    assert {"tell", "keep_to"} <= asked(case, "parents-agreement")
    assert opens_support(load.form("parents-agreement"), {"children_safe": "no"})
    case.save("parents-agreement", {"children_safe": "no"})
    assert raised(case) == ["children"]
    assert not {"tell", "keep_to", "agreed"} & asked(case, "parents-agreement")
    assert not gate(case, "talk-planner").open
    assert "outings" not in asked(case, "parents-agreement")
    assert {"no-messages", "no-secrets"} <= set(dict(inside("parents-agreement.keep_to").options))
    assert "initials" in text("parents-agreement.my_answer")
    assert "initials" in text("parents-agreement.keep_away")


def test_apology_and_shared_fault(case: Case):
    """‘But’ and ‘you too’ are noticed; the line on both waits for the tick; not offered unless the screen is clear."""
    assert noticed("I am sorry, but it was late.")
    assert noticed("I shouted. So did you.")
    for form_id in ("owning-up", "hard-question"):
        assert not gate(case, form_id).open
        let_in(case, form_id)
        assert gate(case, form_id).open
    case.save("hard-question", {"question": "x"})
    assert raised(case) == []
    case.save("hard-question", {"both_line": "x"})
    assert raised(case) == ["shared-fault"]
    case.save("hard-question", {"fits": True})
    settle(case, "shared-fault")
    assert raised(case) == []
    for name in rule("apology-and-shared-fault", 1).of("text"):
        assert "lawyer" in text(name), name
    screen(case, weapon="unsure")
    assert not gate(case, "owning-up").open
    assert not gate(case, "hard-question").open


def test_privacy_of_records(case: Case, practice: Practice):
    """A journal entry is shared only when ticked; what is deleted is gone; who can open the computer is asked."""
    from workbook.charts.frame import log_frame

    assert inside("journal.share").kind == "tick"
    entry = case.save("journal", {"text": "MARKER"}).response
    assert [one.id for one in case.entries("journal")] == [entry.id]
    assert case.entries("journal", include_private=False) == []
    assert "MARKER" not in log_frame(case).to_csv()
    case.save("journal", {"share": True}, response_id=entry.id)
    assert "MARKER" in log_frame(case).to_csv()
    case.save("weekly", {"week_step": "MY STEP", "week_step_done": "yes"})
    assert [one.answers for one in case.entries("weekly", include_private=False)] == [{"week_step_done": "yes"}]
    case.delete(entry.id)
    assert case.response(entry.id) is None
    assert "partner" in dict(load.form("about-case").field("computer_access").options)
    assert "initials" in text("about-case.names")


# ---------------------------------------------------------------- no path to the partner


@pytest.fixture(params=["none", "order"])
def apart(request: pytest.FixtureRequest, case: Case) -> Case:
    """Everything was opened and wanted while contact was welcome; now there is none, or an order."""
    for form in FORMS.values():
        if "counselor" in form.needs:
            let_in(case, form.id)
    case.save("log-items", {"forms": " ".join(one.id for one in FORMS.values() if "opt-in" in one.needs)})
    contact(case, request.param)
    return case


def reaching(form: Form) -> set[str]:
    """Ids of the questions of a form that reach the partner, those inside of lists among them."""
    whole = form.reaches_partner
    return {
        i.id for one in form.fields for i in (one, *one.fields) if whole or one.reaches_partner or i.reaches_partner
    }


class TestNoPathWithoutContact:
    """Under ‘none’ and ‘order’ no form that reaches the partner can be reached, by whatever way."""

    def page(self, case: Case, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[pages.Page, list[Any]]:
        """A page as its cells call it, and what it shows."""
        shown: list[Any] = []
        monkeypatch.setattr(pages, "_show", shown.append)
        place = case.practice.folder.parent
        return pages.Page(Connection(case.practice, case, name, place, server=False)), shown

    @pytest.mark.parametrize("name", ["00-start", "log", *(step.page for step in STEPS)])
    def test_page_and_cell(self, apart: Case, name: str, monkeypatch: pytest.MonkeyPatch):
        """`page.form` and `page.more` of any page, also of one where the form does not belong."""
        page, shown = self.page(apart, name, monkeypatch)
        for form in PARTNER_FORMS:
            page.form(form.id)
            page.more(form.id)
        assert shown == []

    def test_the_fold_of_a_page_does_not_name_it(self, apart: Case, monkeypatch: pytest.MonkeyPatch):
        """What else is there stays in the list; nobody reads there what they may not do."""
        page, shown = self.page(apart, "01-begin", monkeypatch)
        page.more("three-small-acts", "next-move-check")
        assert [one["id"] for one in shown[0].spec["forms"]] == ["next-move-check"]

    def test_no_question_that_reaches_is_asked(self, apart: Case):
        """Neither in a form that stays open, nor in one of its lists."""
        for form in FORMS.values():
            if form.audience == "client" and form_gate(form, standing(apart)).open:
                asked_now = open_fields(form, apart)
                assert not [i for one in asked_now for i in (one, *one.fields) if i.reaches_partner], form.id

    def test_log_items(self, apart: Case):
        """Not in the quick set, not in the fold, not among what can be switched on; the contact log is one line."""
        for log in ("daily", "contact", "weekly"):
            spec = json.dumps(LogPanel(load.form(log), apart).spec)
            assert not [one for one in reaching(load.form(log)) if f'"id": "{one}"' in spec], log

    def test_the_contact_log_is_one_line(self, apart: Case, monkeypatch: pytest.MonkeyPatch):
        """‘No contact kept today’ in place of a log of contacts."""
        page, shown = self.page(apart, "log", monkeypatch)
        page.contacts()
        assert shown[0].spec["form"]["id"] == "no-contact"

    def test_an_old_page_stores_nothing(self, apart: Case):
        """A page that was open before the status changed: its keeper takes nothing, and says the neutral sentence."""
        for form in FORMS.values():
            if form.audience != "client" or not reaching(form):
                continue
            keeper = Keeper(form, apart, form.fields)
            for one in form.fields:
                closed = form.reaches_partner or one.reaches_partner
                inner = next((i for i in one.fields if closed or i.reaches_partner), None)
                if one.answers and (closed or inner):
                    value = {"row": {inner.id: None}} if inner else None
                    assert keeper.save({one.id: value})["invalid"][one.id] == gates.NEUTRAL, (form.id, one.id)
            assert apart.read(form.id) is None or form.id in ("daily", "log-items")

    def test_a_form_that_was_open_before(self, case: Case):
        """The same through the panel: opened while contact was welcome, refused after."""
        panel = FormPanel(FORMS["clear-statement"], case)
        contact(case, "order")
        assert panel.on_save(case.info.id, {"statement": "words"})["invalid"] == {"statement": gates.NEUTRAL}
        assert case.read("clear-statement") is None

    def test_whoever_asks(self, apart: Case):
        """A call from a cell and an import too: what reaches the partner is not stored; what stays open is."""
        with pytest.raises(GateClosed):
            apart.save("clear-statement", {"statement": "words"})
        row = ImportedEntry("row", "clear-statement", datetime.now(UTC), "UTC", False, {"statement": "words"}, {})
        with pytest.raises(GateClosed):
            apart.add_import([row])
        saved = apart.save("daily", {"mood": 4, "thanks_count": 1})
        assert apart.read("clear-statement") is None
        assert saved.response.answers == {"mood": 4} and saved.refused == {"thanks_count": gates.NEUTRAL}

    @pytest.mark.parametrize("route", [walk.INTEGRATED, *(guide.id for guide in load.points().guides)])
    def test_route(self, apart: Case, route: str):
        """No point that reaches the partner is open on any way, nor named on its page."""
        spec = json.dumps(RoutePanel(apart).on_look(route))
        for section in walk.walk(apart, route):
            for point in section.points:
                if point.form and FORMS[point.form].reaches_partner:
                    assert point.state == "closed"
                    assert f'"form": "{point.form}"' not in spec

    @pytest.mark.parametrize("empty", [True, False])
    @pytest.mark.parametrize("name", [step.page for step in STEPS])
    def test_print(self, apart: Case, name: str, empty: bool):
        """Filled or blank, for the client: neither a title nor the sentence of a closed door."""
        path = load.notebooks_dir() / f"{name}.ipynb"
        composer = Composer(apart.practice, apart, name, "client", empty, Figures({}, None), TODAY)
        blocks = compose(composer, document.read(read_notebook(path)))
        titles = {Names(apart).fill(form.title) for form in PARTNER_FORMS}
        assert not [block["title"] for block in blocks if block["t"] == "form" and _plain(block["title"]) in titles]
        step = load.step(name)
        if step and gates.theme_gate(step.id, standing(apart)).open:
            assert gates.NEUTRAL not in [_plain(block.get("text")) for block in blocks if block["t"] == "notice"]

    def test_import(self, apart: Case):
        """A file cannot fill what reaches the partner, and the question is not offered."""
        now = standing(apart)
        offered = {(form, one.id) for form, one in mapping.questions(now)}
        assert not [one for form, one in offered if one in reaching(load.form(form))]
        table = read_table(b"day,thanks\n2026-01-02,3\n", named=True)
        chosen = mapping.Mapping(
            "day", "ymd", "Europe/Amsterdam", (mapping.Answered("daily", "thanks_count", "thanks"),)
        )
        with pytest.raises(ImportProblem, match="not open now"):
            imports.run(apart, table, chosen)
        assert all("thanks_count" not in one.answers for one in apart.entries("daily"))


def _plain(words: Any) -> str:
    return words if isinstance(words, str) else "".join(str(one) for one in words)


# ---------------------------------------------------------------- over time


def test_kinds_that_weigh_several_answers_are_all_named():
    """The table of conflicts may name them, so each must be raised somewhere, and none unnamed."""
    from workbook.record import trends

    named = {kind for kind, *_ in (*trends._OVER_TIME, *trends._LACKING)} | {
        "parked-due",
        "talk-order",
        "contact-rule",
        "low-mood",
    }
    assert named == alerts.OVER_TIME


def test_a_reason_never_holds_the_clients_words(case: Case):
    """Flags that weigh weeks, dates and missing ticks tell what to look at, not what was written."""
    marker = "MARKER WORDS"
    case.save("hard-question", {"both_line": marker})
    case.save("parking-list", {"knots": row(topic=marker, look_again=TODAY.isoformat())})
    case.save("my-boundaries", {"limits": row(limit=marker, if_crossed=marker)})
    assert all(marker not in flag.reason for flag in raise_flags(case))
    assert len(case.flags()) == 3
