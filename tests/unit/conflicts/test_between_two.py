"""Conflicts on what passes between two: a case walked into each sees what opens, closes, warns or flags."""

from __future__ import annotations

from datetime import timedelta

from workbook.content import load
from workbook.content.words import day, noticed
from workbook.forms.spec import Names
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.raising import opens_support, raise_flags
from workbook.record.standing import standing
from workbook.report.pdf import read_notebook
from workbook.rules import gates

from .given import (
    FORMS,
    TODAY,
    asked,
    contact,
    days_ago,
    gate,
    inside,
    let_in,
    raised,
    row,
    rule,
    screen,
    settle,
    text,
)


def test_say_once_or_keep_talking(case: Case):
    """The plan shows the next day; a talk before it, or before what comes first, is seen; safety never waits."""
    later = TODAY + timedelta(days=9)
    case.save("pause-plan", {"end": (TODAY + timedelta(days=5)).isoformat(), "next_talk": later.isoformat()})
    assert day(later) in Names(case).fill(inside("talk-planner.order").text)
    case.save("thresholds", {"next_talk": (TODAY + timedelta(days=12)).isoformat(), "talk_topics": "school fees"})
    shown = Names(case).fill(inside("talk-planner.order").text)
    assert day(TODAY + timedelta(days=12)) in shown
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
    assert Names(case).fill("{next_talk}") == day(held + timedelta(days=10))
    case.save("thresholds", {"talk_every": 1})  # a day that has come is not told as a date gone by
    assert Names(case).fill("{next_talk}") == "now"
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
    for back in range(2):
        case.save("contact", {"storm": 9, "outer_calm": 9}, at=days_ago(back))
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
