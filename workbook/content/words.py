"""The workbook's own phrases in the language of the case: `t("Not begun yet")`."""

from __future__ import annotations

from typing import Any

from workbook.content import edition
from workbook.rules import gates


def t(english: str, **values: Any) -> str:
    """The sentence in the language that is in use, English where it is not translated; `{name}` takes a value."""
    said = edition.current().words.get(english, english)
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", str(value))
    return said


def phrase(english: str) -> str:
    """Marks a phrase that is translated where it is shown."""
    return english


GATES_SAY = (phrase(gates.NEUTRAL), phrase(gates.CALM_FIRST))
"""The sentences of closed gates."""
