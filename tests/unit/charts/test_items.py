"""The questions behind the charts."""

import pytest

from workbook.charts.items import CHARTED, EVENT_FORM, item, log_forms
from workbook.content import load


@pytest.mark.parametrize("named", CHARTED)
def test_every_charted_question_is_asked(named: tuple[str, str]) -> None:
    """No chart waits for a question that the log forms do not ask."""
    assert item(named).field.kind in ("scale", "number", "choice")


def test_ratings_are_from_0_to_10() -> None:
    """Mood, calm, urges and quality share one range."""
    for named in (("daily", "mood"), ("daily", "calm"), ("daily", "urge"), ("contact", "quality")):
        assert (item(named).field.min, item(named).top) == (0, 10)


def test_counselors_notes_are_no_client_log() -> None:
    """Contact status, consent, events and the crisis path never reach page.log()."""
    ids = {form.id for form in log_forms()}
    assert {"daily", "contact", "no-contact"} <= ids
    assert not ids & {EVENT_FORM, "contact-status", "consent", "attestation", "crisis-path", "screen"}


def test_events_have_a_label_and_a_kind() -> None:
    """What the marks on a chart are made of."""
    assert {one.id for one in load.form(EVENT_FORM).fields} >= {"label", "kind"}
