"""The case's facts, the beginning, the private screen, the help page and the helplines keep what they promise."""

import re
from datetime import date, timedelta

import pytest

from workbook.content import load
from workbook.content.model import Field, Helpline
from workbook.rules import gates

CASE_FORMS = {
    "about-case": ("note", {"client_alias", "client_pronouns", "partner_alias", "partner_pronouns", "situation",
                            "computer_access", "secrets_policy", "route", "review_date", "counselor"}),
    "contact-status": ("log", {"status", "channels", "note"}),
    "consent": ("log", {"what", "version", "given"}),
    "event": ("log", {"label", "kind"}),
    "counselor-notes": ("note", {"general"}),
    "thresholds": ("note", {"calm", "pause_days"}),
    "screen": ("screen", set()),
    "attestation": ("log", {"alone", "unseen"}),
    "crisis-path": ("log", {"ask", "means", "called", "told"}),
    "safer-at-home-notes": ("note", {"service"}),
}  # fmt: skip
WEIGHTIEST = ("afraid", "breath", "threats", "weapon", "tonight", "found-out", "child-harmed", "dark", "within-reach",
              "harm-others")  # fmt: skip
SCREEN_KINDS = {"danger", "self-harm", "own-conduct", "children"}
LONGEST_CONFIRMATION = timedelta(days=365)


def screen_questions() -> list[Field]:
    """The questions of the private screen: every choice that offers a yes."""
    return [one for one in load.form("screen").fields if "yes" in dict(one.options)]


def lines() -> list[tuple[str, Helpline]]:
    """All helplines with their country's code."""
    return [(country.code, line) for country in load.helplines() for line in country.lines]


@pytest.mark.parametrize("form_id", CASE_FORMS)
def test_case_forms_keep_the_ids_that_rules_read(form_id: str):
    """Rules, charts and the start page find the fields that they ask for, and clients never get these forms."""
    kind, fields = CASE_FORMS[form_id]
    form = load.form(form_id)
    assert (form.kind, form.audience) == (kind, "counselor")
    assert fields <= {one.id for one in form.fields}


def test_contact_status_and_consent_offer_what_the_gates_know():
    """The gates' own words are answers that a counselor can choose."""
    status = dict(load.form("contact-status").field("status").options)
    assert set(status) == {"welcome", "limited", "none", "order"}
    assert {"work", "import", "pdf", "research"} <= set(dict(load.form("consent").field("what").options))
    assert "yes" in dict(load.form("consent").field("given").options)
    assert {kind for kind, _ in load.form("event").field("kind").options} >= {"session", "step", "phase", "holiday"}


def test_counselor_has_a_note_for_each_step():
    """The note under a step's page finds a field with the step's id."""
    notes = {one.id for one in load.form("counselor-notes").fields}
    assert {step.id for step in load.steps()} | {theme.id for theme in load.points().themes} <= notes


def test_every_yes_of_the_screen_raises_a_flag_and_opens_support():
    """No yes passes unseen, and each kind of danger is asked about."""
    questions = screen_questions()
    assert {one.flag.kind for one in questions if one.flag} == SCREEN_KINDS
    for one in questions:
        assert one.flag, one.id
        assert "yes" in one.flag.when, one.id
        assert one.flag.opens == "support", one.id


def test_what_the_beginning_calls_danger_closes_gates():
    """Each kind of danger, also one told in the client's own check, closes pages; a need for help alone does not."""
    asked = [load.form(form_id) for form_id in ("screen", "wellbeing-check", "what-i-want")]
    kinds = {one.flag.kind for form in asked for one in form.fields if one.flag}
    assert kinds - gates.CLOSING_FLAGS == {"low-wellbeing", "addiction"}
    assert kinds >= SCREEN_KINDS | {"unsafe-home"}


def test_screen_offers_not_now_and_unsure_everywhere():
    """Nobody is pressed into yes or no; these answers exist for every question."""
    assert len(screen_questions()) > 20
    for one in screen_questions():
        assert [value for value, _ in one.options] == ["yes", "no", "unsure", "not-now"], one.id


@pytest.mark.parametrize("question", WEIGHTIEST)
def test_not_sure_is_flagged_where_life_may_be_at_risk(question: str):
    """At the questions that weigh most, ‘not sure’ reaches the counselor like a yes."""
    flag = load.form("screen").field(question).flag
    assert flag
    assert "unsure" in flag.when


def test_client_checks_open_support_at_once():
    """A low well-being, feeling unsafe and dark thoughts open the help page from the client's own check."""
    check = load.form("wellbeing-check")
    asked = {field_id: check.field(field_id).flag for field_id in ("well-being", "felt-safe", "dark-thoughts")}
    assert all(flag and flag.opens == "support" for flag in asked.values())
    assert asked["felt-safe"].when == ("no", "unsure")  # type: ignore[union-attr]
    assert asked["dark-thoughts"].when == ("yes", "unsure")  # type: ignore[union-attr]


def test_the_limits_are_told_first():
    """Nothing is asked before the client knows what stays in this room and what may not."""
    step = load.step("start-safe")
    assert step
    assert step.page == "01-begin"
    assert step.core[0] == "confidentiality"


def test_feeling_in_pieces_is_flagged():
    """A well-being of 0 to 3 shows people to turn to at once, as the question itself says."""
    flag = load.form("wellbeing-check").field("well-being").flag
    assert flag
    assert [flag.meets(value) for value in (0, 3, 4)] == [True, True, False]
    assert (flag.kind, flag.opens) == ("low-wellbeing", "support")


def test_help_page_forms_never_close():
    """The steps for a hard moment and the pointers for home are open under every contact status."""
    for form_id in ("hard-moment", "safer-at-home"):
        form = load.form(form_id)
        assert form.audience == "client"
        assert not form.reaches_partner
        assert not form.show_if


def test_hard_moment_credits_its_idea():
    """The authors of safety planning are named with their site."""
    words = " ".join(one.text for one in load.form("hard-moment").fields)
    assert "Stanley" in words
    assert "Brown" in words
    assert "suicidesafetyplan.com" in words


def test_no_shipped_confirmation_is_over_a_year_old():
    """Wrong numbers harm: each shipped confirmation is re-checked within a year, or this fails."""
    today = date.today()
    checked = [(line.id, line.checked) for _, line in lines() if line.checked]
    checked += [(c.code, c.emergency_checked) for c in load.helplines() if c.emergency_checked]
    assert checked
    for line_id, day in checked:
        assert day <= today, line_id
        assert today - day <= LONGEST_CONFIRMATION, f"{line_id}: check the number at its own site, then move the date"


def test_only_the_numbers_that_were_read_are_confirmed():
    """Exactly the lines that the research read in a source ship as confirmed; every one names its source."""
    confirmed = {line.id: line for _, line in lines() if line.checked}
    assert {key: (line.call, line.text) for key, line in confirmed.items()} == {
        "us-988": ("988", "988"),
        "us-dv-hotline": ("1-800-799-7233", ""),
        "us-crisis-text": ("", "HOME to 741741"),
    }
    assert all(line.source for line in confirmed.values())
    assert not any(country.emergency_checked for country in load.helplines())


def test_unconfirmed_lines_claim_no_source():
    """A line without a date carries no words that look like a confirmation."""
    for code, line in lines():
        assert line.checked or not line.source, (code, line.id)


def test_each_line_can_be_reached_and_named_apart():
    """Ids are the counselor's confirmations' keys: unique, never made from a position in the file."""
    ids = [line.id for _, line in lines()]
    assert len(ids) == len(set(ids))
    for code, line in lines():
        assert line.call or line.text or line.web, line.id
        assert line.about in ("suicide", "violence", "any"), line.id
        assert not re.fullmatch(rf"{re.escape(code)}-\d+", line.id), f"{line.name}: give it an id of its own"


def test_a_way_for_everywhere_is_always_there():
    """Somebody in a country without lines still finds a directory."""
    everywhere = next(country for country in load.helplines() if country.code == "*")
    assert [line.web for line in everywhere.lines] == ["findahelpline.com"]
