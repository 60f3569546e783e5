"""What a client did not tick as shared stays out of what is shown together, and only that."""

from datetime import UTC, datetime
from typing import Any

from workbook.content.model import Field, Form
from workbook.record.responses import Response
from workbook.record.sharing import shared

WHOLE = Form("one", "One", "log", fields=(Field("text", "area", "Words"), Field("share", "tick", "Share it")))
PART = Form("two", "Two", "log", fields=(
    Field("step", "text", "A step"), Field("step_share", "tick", "Share the step"), Field("step_felt", "scale", "Felt"),
    Field("other", "text", "Other words"),
))  # fmt: skip


def entry(**answers: Any) -> Response:
    """An entry with these answers."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Response("id", "one", 1, "client", at, "UTC", "2026-03-01", False, False, answers, None, 1, 1, at)


def test_an_entry_waits_for_its_tick():
    """Not ticked, or taken back, it is left out whole; ticked it stands as it is."""
    assert shared(entry(text="words"), WHOLE) is None
    assert shared(entry(text="words", share=False), WHOLE) is None
    ticked = entry(text="words", share=True)
    assert shared(ticked, WHOLE) is ticked


def test_a_part_waits_for_its_own():
    """Its words are left out; numbers and other words stay, and the entry itself is not changed."""
    given = entry(step="words", step_felt=7, other="more")
    found = shared(given, PART)
    assert found is not None
    assert found.answers == {"step_felt": 7, "other": "more"}
    assert given.answers["step"] == "words"
    ticked = entry(step="words", step_share=True)
    assert shared(ticked, PART) is ticked
