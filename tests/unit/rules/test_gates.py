"""The table of gates: what opens, what closes, and that no answer but a clear one reads as safe."""

from dataclasses import replace
from datetime import date

import pytest

from workbook.rules import gates
from workbook.rules.gates import Standing, form_gate, partner_gate, screen_state, shown, start_gate, theme_gate

CLEAR = Standing(contact="welcome", screen="clear", consent=True, calm=True)
TODAY = date(2026, 11, 20)


def test_every_theme_of_the_catalogue_stands_in_the_table():
    """No theme is forgotten and none is in both lists."""
    from workbook.content import load

    themes = {theme.id for theme in load.points().themes}
    assert themes | {"good-separation", "letting-go"} == gates.ALWAYS_OPEN | gates.NEEDS_START
    assert gates.NEEDS_CALM <= gates.NEEDS_START
    assert not gates.ALWAYS_OPEN & gates.NEEDS_START


@pytest.mark.parametrize("theme", sorted(gates.ALWAYS_OPEN))
def test_calming_care_help_and_review_are_open_before_anything_is_asked(theme: str):
    """Self-care, calming, boundaries, help and the review never wait for the screen."""
    assert theme_gate(theme, Standing()).open


@pytest.mark.parametrize("theme", sorted(gates.NEEDS_START))
@pytest.mark.parametrize(
    "standing",
    [
        Standing(),
        Standing(contact="welcome", screen="danger", consent=True),
        Standing(contact="welcome", screen="unsure", consent=True),
        Standing(contact="welcome", screen="unfinished", consent=True),
        Standing(contact="welcome", screen="due", consent=True),
        Standing(contact="welcome", screen="not-done", consent=True),
        Standing(contact="unknown", screen="clear", consent=True),
        Standing(contact="welcome", screen="clear", consent=False),
        Standing(contact="welcome", screen="clear", consent=True, kept_closed=True),
    ],
)
def test_a_theme_stays_closed_with_a_reason_while_anything_is_missing(theme: str, standing: Standing):
    """One missing fact is enough to keep a theme closed, and the counselor reads why."""
    gate = theme_gate(theme, standing)
    assert not gate.open
    assert all(gate.reasons)
    assert gate.reasons


@pytest.mark.parametrize("theme", sorted(gates.NEEDS_START))
def test_a_finished_start_opens_every_theme_even_under_no_contact(theme: str):
    """Reflection stays open under no contact; only partner-facing forms close."""
    assert theme_gate(theme, CLEAR).open
    assert theme_gate(theme, Standing(contact="none", screen="clear", consent=True, calm=True)).open


@pytest.mark.parametrize("theme", sorted(gates.NEEDS_CALM))
def test_some_themes_wait_for_a_calm_moment(theme: str):
    """Without a calm of the last day they say how to open them; a missing start weighs more."""
    restless = theme_gate(theme, replace(CLEAR, calm=False))
    assert (restless.open, restless.way, restless.in_reach, restless.says) == (False, "calm", True, gates.CALM_FIRST)
    assert theme_gate(theme, Standing()).way == "counselor"


class TestFormGate:
    """What opens one form of an open page."""

    def gate(self, standing: Standing, *needs: str, reaches_partner: bool = False) -> gates.Gate:
        """The gate of a form called ‘one’."""
        return form_gate("one", reaches_partner=reaches_partner, needs=needs, standing=standing)

    def test_a_form_without_needs_is_open(self):
        """Also before anything was asked: the page's own gate is another matter."""
        assert self.gate(Standing()).open

    @pytest.mark.parametrize("contact", ["unknown", "none", "order"])
    def test_contact_weighs_more_than_any_wish(self, contact: gates.Contact):
        """Opened by the counselor, wanted and calm: without contact what reaches the partner stays closed."""
        standing = replace(CLEAR, contact=contact, opened=frozenset({"one"}), chosen=frozenset({"one"}))
        gate = self.gate(standing, "counselor", "opt-in", "calm", reaches_partner=True)
        assert (gate.open, gate.way, gate.says) == (False, "counselor", gates.NEUTRAL)

    def test_needs_open_one_after_the_other(self):
        """First the counselor, then the client's own wish, then a calm moment."""
        standing = replace(CLEAR, calm=False)
        assert self.gate(standing, "counselor", "opt-in", "calm").way == "counselor"
        standing = replace(standing, opened=frozenset({"one"}))
        assert self.gate(standing, "counselor", "opt-in", "calm").way == "opt-in"
        standing = replace(standing, chosen=frozenset({"one"}))
        assert self.gate(standing, "counselor", "opt-in", "calm").way == "calm"
        assert self.gate(replace(standing, calm=True), "counselor", "opt-in", "calm").open

    def test_what_was_opened_for_another_form_opens_nothing_here(self):
        """An entry names one form."""
        assert not self.gate(replace(CLEAR, opened=frozenset({"two"})), "counselor").open
        assert not self.gate(replace(CLEAR, chosen=frozenset({"two"})), "opt-in").open


@pytest.mark.parametrize(
    ("contact", "opens"), [("welcome", True), ("limited", True), ("none", False), ("order", False)]
)
def test_what_reaches_the_partner_needs_contact(contact: gates.Contact, opens: bool):
    """No contact and a legal order close every partner-facing form."""
    assert partner_gate(Standing(contact=contact, screen="clear", consent=True)).open is opens


def test_a_reason_is_named_once():
    """An unknown contact status is one reason, not two."""
    reasons = partner_gate(Standing(screen="clear", consent=True)).reasons
    assert len(reasons) == len(set(reasons)) == 1


def test_an_unknown_theme_is_closed():
    """What the table does not know stays closed."""
    assert not theme_gate("something-new", CLEAR).open


@pytest.mark.parametrize("answer", ["not-now", "unsure", "yes", None])
def test_only_a_plain_no_to_everything_reads_as_clear(answer: str | None):
    """'Not now', 'unsure' and silence never read as safe."""
    answers = {"a": "no", "b": answer} if answer else {"a": "no"}
    assert screen_state(answers, ("a", "b"), TODAY, None, TODAY) != "clear"
    assert screen_state({"a": "no", "b": "no"}, ("a", "b"), TODAY, None, TODAY) == "clear"


def test_the_screen_is_due_again_once_a_review_date_has_come():
    """A screening before the review date is due on that date, not before; a yes outweighs it."""
    asked, review = date(2026, 11, 1), date(2026, 11, 20)
    assert screen_state({"a": "no"}, ("a",), asked, review, date(2026, 11, 19)) == "clear"
    assert screen_state({"a": "no"}, ("a",), asked, review, review) == "due"
    assert screen_state({"a": "no"}, ("a",), review, review, review) == "clear"
    assert screen_state({"a": "yes"}, ("a",), asked, review, review) == "danger"


def test_the_neutral_sentence_gives_nothing_away():
    """The sentence at a closed gate names no safety, partner or screen."""
    assert not {"safe", "partner", "screen", "contact", "flag"} & set(gates.NEUTRAL.lower().split())
    assert start_gate(CLEAR) == gates.Gate(True)


def test_a_condition_on_contact_hides_a_form():
    """show_if names the contact statuses under which a form is asked at all."""
    rule = {"contact": ("welcome",)}
    assert shown({}, Standing())
    assert shown(rule, CLEAR)
    assert not shown(rule, Standing(contact="none"))


def test_fear_makes_the_screen_due_but_hides_no_yes():
    """What was written down since outdates a clear screening; a yes or an ‘unsure’ in it still weighs more."""
    assert screen_state({"a": "no"}, ("a",), TODAY, None, TODAY, feared=True) == "due"
    assert screen_state({"a": "yes"}, ("a",), TODAY, None, TODAY, feared=True) == "danger"
    assert screen_state({"a": "unsure"}, ("a",), TODAY, None, TODAY, feared=True) == "unsure"


def test_kind_words_rest_after_harm_and_nothing_else_does():
    """A form of praise is closed with a reason for the counselor; any other stays as it was."""
    hurt = replace(CLEAR, harm=True)
    kind_word = form_gate("thank-you-line", reaches_partner=True, needs=(), standing=hurt)
    assert (kind_word.open, kind_word.says) == (False, gates.NEUTRAL)
    assert kind_word.reasons
    assert form_gate("clear-statement", reaches_partner=True, needs=(), standing=hurt).open
    assert form_gate("thank-you-line", reaches_partner=True, needs=(), standing=CLEAR).open


def test_without_contact_a_list_does_not_even_name_it():
    """Only what reaches the partner, and only under ‘none’ and ‘order’."""
    assert gates.hidden(Standing(contact="order"), reaches_partner=True)
    assert not gates.hidden(Standing(contact="order"), reaches_partner=False)
    assert not gates.hidden(Standing(contact="unknown"), reaches_partner=True)
