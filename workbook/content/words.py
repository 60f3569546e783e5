"""The workbook's own phrases in the language of the case: `t("Not begun yet")`."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.content import edition
from workbook.errors import InvalidAnswer, WorkbookError
from workbook.rules import gates

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def t(english: str, **values: Any) -> str:
    """The sentence in the language that is in use, English where it is not translated; `{name}` takes a value."""
    said = edition.current().words.get(english, english)
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", str(value))
    return said


def day(when: date, *, english: bool = False) -> str:
    """‘12 Nov 2026’; `english` for a sentence that is not translated."""
    if english:
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return t("{day} {month} {year}", day=when.day, month=t(MONTHS[when.month - 1]), year=when.year)


def said_of(problem: WorkbookError) -> str:
    """What a page says of an error."""
    if isinstance(problem, InvalidAnswer):
        return t(
            "“{field}” was not stored: {expected}", field=problem.field, expected=t(problem.expected, **problem.values)
        )
    return t(str(problem))


def noticed(draft: str) -> tuple[str, ...]:
    """The sentences to show under a draft, in the order of the list; none for an empty one."""
    return tuple(one.says for one in edition.current().notices if one.meets(draft))


def phrase(english: str) -> str:
    """Marks a phrase that is translated where it is shown."""
    return english


GATES_SAY = (phrase(gates.NEUTRAL), phrase(gates.CALM_FIRST))
"""The sentences of closed gates."""
