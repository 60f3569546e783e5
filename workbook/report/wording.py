"""A form with the names that the client wants in it: {partner} and {client} are filled in before it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.content.model import Field, Form

if TYPE_CHECKING:
    from workbook.record.case import Case

Fill = Callable[[str], str]
_HOLE = "{"
_TEXTS = ("label", "help", "text", "unit", "low", "high")


def filler(case: Case | None) -> Fill:
    """What fills the names in; without a case the words for anyone."""
    from workbook.forms.spec import Names

    return Names(case).fill


def named(form: Form, fill: Fill) -> Form:
    """The form with its names filled in; the same form when it names nobody."""
    fields = tuple(_named(one, fill) for one in form.fields)
    changed = _filled(form, ("title", "purpose", "example"), fill)
    if any(new is not old for new, old in zip(fields, form.fields, strict=True)):
        changed["fields"] = fields
    return replace(form, **changed) if changed else form


def _named(field: Field, fill: Fill) -> Field:
    changed = _filled(field, _TEXTS, fill)
    if any(_HOLE in name for _, name in field.options):
        changed["options"] = tuple((value, fill(name)) for value, name in field.options)
    inner = tuple(_named(one, fill) for one in field.fields)
    if any(new is not old for new, old in zip(inner, field.fields, strict=True)):
        changed["fields"] = inner
    return replace(field, **changed) if changed else field


def _filled(one: Form | Field, names: Iterable[str], fill: Fill) -> dict[str, Any]:
    return {name: fill(text) for name in names if _HOLE in (text := getattr(one, name))}
