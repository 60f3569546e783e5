"""A text as it stands on paper: the names that the client wants for {partner} and {client}, and no button to press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.content.model import Field, Form
from workbook.content.words import phrase, t

if TYPE_CHECKING:
    from workbook.record.case import Case

Fill = Callable[[str], str]
_PRESS = phrase("press Help")
_CALL = phrase("call a helpline")
_PRESSED = re.compile(r"\b([Pp])ress\s+‘?Help’?(?: on any page)?")
_TEXTS = ("label", "help", "text", "unit", "low", "high")


def filler(case: Case | None) -> Fill:
    """What fills the names in; without a case the words for anyone."""
    from workbook.forms.spec import Names

    names = Names(case)
    return lambda text: on_paper(names.fill(text))


def on_paper(text: str) -> str:
    """The text with what a reader of paper can do in place of pressing ‘Help’."""
    text = text.replace(t(_PRESS), t(_CALL))
    return _PRESSED.sub(lambda found: _CALL.capitalize() if found[1] == "P" else _CALL, text)


def named(form: Form, fill: Fill) -> Form:
    """The form with its names filled in; the same form when it names nobody."""
    fields = tuple(_named(one, fill) for one in form.fields)
    changed = _filled(form, ("title", "purpose", "example"), fill)
    if any(new is not old for new, old in zip(fields, form.fields, strict=True)):
        changed["fields"] = fields
    return replace(form, **changed) if changed else form


def _named(field: Field, fill: Fill) -> Field:
    changed = _filled(field, _TEXTS, fill)
    options = tuple((value, fill(name)) for value, name in field.options)
    if options != field.options:
        changed["options"] = options
    inner = tuple(_named(one, fill) for one in field.fields)
    if any(new is not old for new, old in zip(inner, field.fields, strict=True)):
        changed["fields"] = inner
    return replace(field, **changed) if changed else field


def _filled(one: Form | Field, names: Iterable[str], fill: Fill) -> dict[str, Any]:
    return {name: told for name in names if (told := fill(text := getattr(one, name))) != text}
