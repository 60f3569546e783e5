"""What a draft meant for the partner is gently looked through for; the list lies in data/notices.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbook.content.load import data_dir
from workbook.content.marked import Marked, read


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


def noticed(text: str) -> tuple[str, ...]:
    """The sentences to show under a draft, in the order of the list; none for an empty one."""
    return tuple(one.says for one in notices() if one.meets(text))


@cache
def notices() -> tuple[Notice, ...]:
    """All notices; ContentError with file and line for a mistake in the list."""
    return tuple(map(_notice, read(data_dir() / "notices.yaml").need("notices", list)))


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
