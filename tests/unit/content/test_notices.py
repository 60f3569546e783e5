"""Thoughts on a draft: each notice finds what it is for and leaves plain words alone."""

from pathlib import Path

import pytest

from workbook.content import load, notices
from workbook.content.words import noticed
from workbook.errors import ContentError

FOUND = {
    "long": "word " * 121,
    "always-never": "You never listen to me.",
    "you-are": "You are so selfish.",
    "threat": "If you do not answer, I will tell everyone.",
    "harm-self": "I cannot live without you.",
    "sorry-but": "I am sorry about Sunday, but you started it.",
    "shared-fault": "I was late on Friday. So were you.",
    "guilt": "After everything I did for you!",
    "demand": "You have to answer me.",
    "promise": "I will never raise my voice again.",
    "pleading": "Give me one more chance.",
}
PLAIN = (
    "I felt alone on Sunday evening. Would you take the children to school on Friday?",
    "I am sorry that I raised my voice. You need not answer.",
    "The heating is paid. Keys are with my sister.",
)


@pytest.mark.parametrize("notice", FOUND)
def test_each_notice_finds_what_it_is_for(notice: str):
    """One sentence of its kind is enough, in any case of letters."""
    one = next(one for one in notices.shipped() if one.id == notice)
    assert one.meets(FOUND[notice])
    assert one.meets(FOUND[notice].upper())
    assert one.says in noticed(FOUND[notice])


def test_every_notice_has_an_example_here():
    """A notice that nobody tried is no notice."""
    assert set(FOUND) == {one.id for one in notices.shipped()}


@pytest.mark.parametrize("draft", PLAIN)
def test_plain_words_are_left_alone(draft: str):
    """A feeling, a request, a message about practical things: nothing to notice."""
    assert noticed(draft) == ()


@pytest.mark.parametrize(
    ("text", "line", "wanted"),
    [
        ("notices:\n  - id: one\n    says: x\n", 2, "either"),
        ("notices:\n  - id: one\n    pattern: '('\n    says: x\n", 3, "regular expression"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, wanted: str
):
    """A counselor who edits the list reads what is wrong and where."""
    (tmp_path / "notices.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(notices, "data_dir", lambda: tmp_path)
    assert load.data_dir() != tmp_path
    with pytest.raises(ContentError, match=rf"line {line}.*{wanted}"):
        notices.shipped.__wrapped__()
