"""The step 'Pause' and the logs: what calms stays open, and what weighs most opens help."""

import pytest

from workbook.content import load

QUICK = (
    "mood", "calm", "feelings", "urge", "urge_type", "urge_acted", "space_kept", "positive", "negative", "noticed",
    "thanks", "sleep_hours", "sleep_quality", "for_me", "enjoyment",
)  # fmt: skip
OPEN_TO_ALL = (
    "breathing-space", "thought-urge-action", "before-i-act", "unsent-messages", "contact-rules",
    "control-circles", "steady-and-exit", "journal", "daily",
)  # fmt: skip


@pytest.mark.parametrize("form_id", OPEN_TO_ALL)
def test_calming_and_restraint_stay_open(form_id: str):
    """What calms or holds back is there under every contact status and before the start is finished.

    Only thanks, and the kinder step in place of a big one, wait until they are welcome.
    """
    form = load.form(form_id)
    assert not form.reaches_partner
    assert not form.show_if
    here = [one for one in form.fields if one.introduced_by in (None, "start-safe", "pause-and-calm")]
    assert {one.id for outer in here for one in (outer, *outer.fields) if one.reaches_partner} <= {"thanks", "instead"}


def test_every_pause_begins_with_the_question_of_safety():
    """The first question asks for safety at home; 'no' and 'not sure' open help and are flagged."""
    first = load.form("pause-plan").fields[0]
    assert first.id == "safe_home"
    assert first.flag
    assert set(first.flag.when) == {"no", "unsure"}
    assert (first.flag.kind, first.flag.opens) == ("unsafe-home", "support")
    assert "not-now" in dict(first.options)


def test_an_unsent_message_can_become_nothing_but_unsent_under_no_contact():
    """Under none, an order or an unknown status the draft is kept or deleted, never shortened for use."""
    inner = {one.id: one for one in load.form("unsent-messages").field("messages").fields}
    assert inner["rest"].kind == "wait"
    assert inner["rest"].hours == 24
    for state in ("none", "order", "unknown"):
        shown = [one for one in inner.values() if "contact" not in one.show_if or state in one.show_if["contact"]]
        assert not any("shorten" in dict(one.options) for one in shown)
        assert "two_sentences" not in {one.id for one in shown}
        assert {"archive", "delete"} <= {value for one in shown for value, _ in one.options}


def test_thoughts_of_not_living_open_help():
    """A racing thought of that kind is never only a thought to breathe through."""
    flag = load.form("thought-urge-action").field("thoughts").flag
    assert flag
    assert (flag.when, flag.kind, flag.opens) == (("not-live",), "self-harm", "support")


def test_quick_set_is_the_catalogues_in_its_order():
    """Fifteen items without a text, at most thirty keys: one for each, and Tab between them."""
    quick = [one for one in load.form("daily").fields if one.quick]
    assert tuple(one.id for one in quick) == QUICK
    assert load.form("daily").fields[: len(quick)] == tuple(quick)
    assert len(quick) * 2 <= 30
    for one in quick:
        assert one.kind in ("scale", "number", "choice", "choices"), one.id
        assert len(one.options) <= 9, one.id  # one digit picks each
        assert one.introduced_by is None, one.id
        assert len(one.label) <= 28, one.id  # the week's grid and its paper have narrow rows


def test_thanks_are_asked_only_where_contact_is_welcome():
    """No one is asked to thank somebody who wants no contact."""
    assert load.form("daily").field("thanks").show_if == {"contact": ("welcome",)}


def test_practice_and_children_wait_until_switched_on():
    """Faith is never suggested, and nobody is asked about children who has none."""
    daily = load.form("daily")
    for field_id in ("practice", "house_tension", "children_heard"):
        assert daily.field(field_id).opt_in, field_id


def test_no_contact_is_one_line():
    """Under no contact the contact log asks one yes or no."""
    [only] = load.form("no-contact").fields
    assert (only.kind, tuple(dict(only.options))) == ("choice", ("yes", "no"))


def test_contact_asks_what_the_charts_read():
    """Who began it, how, how it felt, a note: at once; the rest folded."""
    core = [one.id for one in load.form("contact").fields if one.core]
    assert core == ["initiator", "channel", "quality", "note"]


def test_journal_is_not_shared_unless_it_is_ticked():
    """The switch is a tick, so off is what an untouched entry says."""
    assert load.form("journal").field("share").kind == "tick"
