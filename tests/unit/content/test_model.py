"""What an answer may be, for each kind of field, and that a refusal never repeats the answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.content.model import Field
from workbook.errors import InvalidAnswer

OPTIONS = (("a", "A"), ("b", "B"))
ROWS = Field("list", "rows", "List", fields=(Field("what", "text", "What"), Field("how", "scale", "How")))


def make(kind: Any, **more: Any) -> Field:
    """A field of a kind."""
    return Field("it", kind, "It", **more)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (make("text"), "🙂 \u200fשלום", "🙂 \u200fשלום"),
        (make("area"), "a\0b\ud800", "a␀b�"),
        (make("scale"), "7", 7),
        (make("scale"), 0, 0),
        (make("number", step=0.5), "7,5", 7.5),
        (make("choice", options=OPTIONS), "b", "b"),
        (make("choices", options=OPTIONS), ["b", "a", "a"], ["a", "b"]),
        (make("tick"), False, False),
        (make("date"), "2027-02-28", "2027-02-28"),
        (make("datetime"), "2026-01-31T18:30", "2026-01-31T18:30"),
        (make("wait"), {"until": "2026-01-31T18:30"}, {"until": "2026-01-31T18:30"}),
        (make("text"), "", None),
        (make("choices", options=OPTIONS), [], None),
        (ROWS, {"r1": {"what": "x", "how": 3, "_created": "2026-01-31T18:30"}},
         {"r1": {"what": "x", "how": 3, "_created": "2026-01-31T18:30"}}),
    ],
)  # fmt: skip
def test_a_fitting_answer_is_kept(field: Field, given: Any, kept: Any):
    """What fits comes back, tidied where the field says so; empty means taken back, zero means zero."""
    assert field.check(given) == kept


@pytest.mark.parametrize(
    ("field", "given"),
    [
        (make("text"), 7),
        (make("text"), "secret " * 200_000),
        (make("scale"), 11),
        (make("scale"), -1),
        (make("scale"), 3.5),
        (make("scale"), "secret"),
        (make("scale"), True),
        (make("number"), float("nan")),
        (make("number", max=24), 25),
        (make("choice", options=OPTIONS), "secret"),
        (make("choices", options=OPTIONS), ["secret"]),
        (make("choices", options=OPTIONS), "a"),
        (make("tick"), "secret"),
        (make("date"), "31.01.2026"),
        (make("date"), "2026-02-30"),
        (make("date", past=True), (date.today() + timedelta(1)).isoformat()),
        (make("datetime", past=True), f"{date.today() + timedelta(2)}T10:00"),
        (make("datetime"), "secret"),
        (make("wait"), {"until": "secret"}),
        (make("wait"), "secret"),
        (make("read", text="x"), "secret"),
        (ROWS, {"r1": {"nothing-like-this": "secret"}}),
        (ROWS, {"r1": {"how": "secret"}}),
        (ROWS, "secret"),
    ],
)
def test_a_wrong_answer_is_refused_in_words_that_do_not_repeat_it(field: Field, given: Any):
    """The message names the question and what is expected, never the answer."""
    with pytest.raises(InvalidAnswer) as caught:
        field.check(given)
    assert "secret" not in str(caught.value)
    assert "expected" in str(caught.value) or "answer" in str(caught.value) or "reload" in str(caught.value) or (
        "characters" in str(caught.value)
    )  # fmt: skip


@given(st.text())
def test_any_text_is_stored_whole(text: str):
    """Whatever it is, an empty one takes the answer back."""
    assert make("area").check(text) == (text.replace("\0", "␀") or None)


@given(st.integers(-100, 100))
def test_a_scale_keeps_exactly_its_range(value: int):
    """0 to 10 unless said otherwise."""
    if 0 <= value <= 10:
        assert make("scale").check(value) == value
    else:
        with pytest.raises(InvalidAnswer):
            make("scale").check(value)
