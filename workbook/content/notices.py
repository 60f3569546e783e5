"""What a draft meant for the partner is gently looked through for; the list lies in data/notices.yaml.

A language has its own words for it, and its own patterns, in `notices.yaml` of its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from workbook.content.load import data_dir
from workbook.content.marked import Marked, read
from workbook.content.translation import cached


@dataclass(frozen=True)
class Notice:
    """One thing to notice: a pattern that a draft holds, or a number of words that it exceeds."""

    id: str
    says: str
    pattern: re.Pattern[str] | None = None
    words_over: int | None = None

    def meets(self, text: str) -> bool:
        """Does the text hold what this notice looks for?"""
        if self.words_over is not None and len(text.split()) > self.words_over:
            return True
        return self.pattern is not None and self.pattern.search(text) is not None


@cache
def shipped() -> tuple[Notice, ...]:
    """All notices in English; ContentError with file and line for a mistake in the list."""
    return tuple(map(_notice, read(data_dir() / "notices.yaml").need("notices", list)))


def in_words(known: Iterable[Notice], path: Path) -> tuple[Notice, ...]:
    """The notices with what a language's file says in the place of their words, and looks for in its own drafts."""
    given = {raw.need("id", str): raw for raw in cached(path).need("notices", list)}
    known = tuple(known)
    for strange in sorted(given.keys() - {one.id for one in known}):
        raise given[strange].error(f"no notice is called ‘{strange}’; remove it.", "id")
    return tuple(_laid(one, given[one.id]) if one.id in given else one for one in known)


def _laid(one: Notice, raw: Marked) -> Notice:
    raw.only(("id", "pattern", "says"))
    return replace(one, says=raw.take("says", str, one.says), pattern=_pattern(raw) or one.pattern)


def _notice(raw: Marked) -> Notice:
    raw.only(("id", "pattern", "words_over", "says"))
    if ("pattern" in raw) == ("words_over" in raw):
        raise raw.error("a notice needs either ‘pattern’ or ‘words_over’.")
    return Notice(raw.need("id", str), raw.need("says", str), _pattern(raw), raw.take("words_over", int))


def _pattern(raw: Marked) -> re.Pattern[str] | None:
    pattern = raw.take("pattern", str)
    try:
        return None if pattern is None else re.compile(pattern, re.IGNORECASE)
    except re.error as problem:
        raise raw.error(f"‘pattern’ is no regular expression: {problem}.", "pattern") from None
