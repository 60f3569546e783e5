"""The names of a case stand in its texts as somebody would write them."""

from __future__ import annotations

import pytest

from workbook.content.model import Field
from workbook.forms.spec import Names, parts
from workbook.record.case import Case


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{partner}’s part", "Your partner’s part"),
        ("What {partner} said", "What your partner said"),
        ("Think of it. {partner} need not know.", "Think of it. Your partner need not know."),
        ("What did “{partner}” say? “{partner} left.”", "What did “your partner” say? “Your partner left.”"),
        ("First line\n- **{their} words**", "First line\n- **Your partner’s words**"),
        ("{unknown} and {partner}", "{unknown} and your partner"),
    ],
)
def test_our_own_words_open_a_sentence_with_a_capital(text: str, filled: str) -> None:
    """Without an alias, ‘your partner’ is written as its place in the sentence wants it; other braces stay."""
    assert Names(None).fill(text) == filled


def test_an_alias_stays_as_it_was_typed(case: Case) -> None:
    """A name is never rewritten; a pronoun that opens a sentence has its capital."""
    case.save("about-case", {"partner_alias": "k.", "partner_pronouns": "they/them"}, respondent="counselor")
    assert Names(case).fill("{partner} left. {their} choice.") == "k. left. Their choice."
    case.save("about-case", {"partner_pronouns": "ze/zir"}, respondent="counselor")
    assert Names(case).fill("{their} choice.") == "k.’s choice."


def _further(*kinds: str) -> list[list[str]]:
    """The kinds of folded questions, part by part."""
    fields = [Field(f"f{number}", kind, core=False) for number, kind in enumerate(kinds)]  # type: ignore[arg-type]
    return [[one["kind"] for one in part["fields"]] for part in parts(fields, Names(None))]


def test_parts_are_about_as_long_as_each_other() -> None:
    """Nobody unfolds a part for one lonely question; five stay together."""
    assert [len(part) for part in _further(*["text"] * 5)] == [5]
    assert [len(part) for part in _further(*["text"] * 6)] == [3, 3]
    assert [len(part) for part in _further(*["text"] * 11)] == [4, 4, 3]


def test_a_text_leads_the_question_after_it() -> None:
    """It never ends the part before; one with nothing behind it stays where it is."""
    assert _further(*["text"] * 3, "read", *["text"] * 3) == [["text"] * 3, ["read", *["text"] * 3]]
    assert _further("text", "read") == [["text", "read"]]
    assert _further("read") == [["read"]]
