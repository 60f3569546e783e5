"""The names of a case stand in its texts as somebody would write them."""

from __future__ import annotations

import pytest

from workbook.forms.spec import Names
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
