"""Conflicts on contact, safety and oneself: a case walked into each sees what opens, closes, warns or flags."""

from __future__ import annotations

from datetime import timedelta

from workbook.content import charts, load
from workbook.forms import items
from workbook.forms.spec import Names
from workbook.record.case import Case
from workbook.record.raising import opens_support, raise_flags
from workbook.record.standing import screen_questions, standing
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
    screen,
    settle,
    text,
)


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
    assert "nobody can bring another person back with a spell" in text("before-i-act.caution")


def test_attractiveness_motive(case: Case):
    """For whom is asked on a slider, with room to write it anew; no chart shows looks, weight or being wanted."""
    assert {"goals.for_whom", "goals.for_me"} <= asked(case, "for-me-goals")
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
    assert opens_support(load.form("circle-of-support"), {"people": row(worried="yes")})
    case.save("circle-of-support", {"people": row(worried="yes")})
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
    case.save("does-well", {"fresh": "yes"})
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
