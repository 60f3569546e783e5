"""In which language a case reads its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content.translation import ENGLISH

if TYPE_CHECKING:
    from workbook.record.case import Case


def language_of(case: Case | None) -> str:
    """The code that the counselor chose for the case, English without a choice; it may name a language that is gone."""
    about = case.read("about-case") if case else None
    return (about.answers.get("language") if about else None) or ENGLISH
