"""A counselor's YAML laid over a shipped form: words replaced, questions added, hidden, put in another order.

Safety may be added, never taken away. What a gate, a flag or a stored answer rests on stays as it is shipped, and the
private questions cannot be touched at all. A mistake is a ContentError with file, line and what would be right.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbook.content import parse, protected
from workbook.content.marked import Marked
from workbook.content.model import Field, Form

FORM_WORDS = ("title", "purpose", "example")
FIELD_WORDS = ("label", "help", "text", "unit", "low", "high", "add")
_FORM_KEYS = ("id", "kind", "audience", "version", *FORM_WORDS, "minutes", "reaches_partner", "needs", "show_if",
              "fields", "order")  # fmt: skip
_FIELD_KEYS = ("id", "kind", *FIELD_WORDS, "options", "core", "hidden", "after", "order", "flag", "reaches_partner",
               "show_if", "notices", "gated", "fields")  # fmt: skip
_FIXED = ("label", "options", "flag", "core", "reaches_partner", "gated")
"""What no overlay changes of a question that raises a flag: its meaning, and whether it is met."""
_ONLY_ON = ("reaches_partner", "notices", "gated")


def lay_form(form: Form, raw: Marked) -> Form:
    """The form with a counselor's block laid over it.

    Raises:
        ContentError: the block asks for something that is not known, or that would loosen what keeps people safe.
    """
    if form.kind == "screen" or form.id in protected.PRIVATE:
        raise raw.error("the private questions stay as they are shipped; remove this block.")
    raw.only(_FORM_KEYS)
    for key in ("kind", "audience", "version"):
        _unchanged(raw, key, getattr(form, key))
    shown, hidden = _lay_fields(form, form.fields, raw)
    needs = parse.parse_needs(raw) if "needs" in raw else form.needs
    if not set(form.needs) <= set(needs):
        raise raw.error(f"‘needs’ may be added to; {', '.join(form.needs)} must stay in it.", "needs")
    return replace(
        form,
        **words(raw, FORM_WORDS),
        minutes=raw.take("minutes", int, form.minutes),
        reaches_partner=_only_on(raw, "reaches_partner", form.reaches_partner),
        needs=needs,
        show_if=_narrowed(raw, form.show_if, any(map(protected.flagged, form.fields))),
        fields=shown,
        hidden=hidden,
    )


def new_form(raw: Marked, known: Iterable[str]) -> Form:
    """A form of the counselor's own; `known` are the ids that a mistyped one is compared with."""
    if "title" not in raw or "fields" not in raw:
        raise raw.error(_near(raw["id"], known, "form") + " A new form needs at least ‘title’ and ‘fields’.", "id")
    form = parse.parse_form(raw)
    if form.kind == "screen":
        raise raw.error("a new form cannot be a ‘screen’; use exercise, log, measure or note.", "kind")
    return form


def words(raw: Marked, keys: Iterable[str]) -> dict[str, Any]:
    """The texts among these keys; an empty title or label is a mistake."""
    found = {key: raw.need(key, str) for key in keys if key in raw}
    for key in ("title", "label"):
        if key in found and not found[key].strip():
            raise raw.error(f"‘{key}’ is empty; write words, or remove the line.", key)
    return found


def _lay_fields(form: Form, fields: Sequence[Field], raw: Marked) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """(shown, hidden) fields of a form or of rows, with the entries of `raw` laid over them."""
    shipped = {one.id: one for one in fields}
    shown, hidden, seen = dict(shipped), {}, set()
    for item in parse.entries(raw, "fields") if "fields" in raw else ():
        field_id = item.need("id", str)
        if field_id in seen:
            raise item.error(f"‘{field_id}’ stands twice in this list.", "id")
        seen.add(field_id)
        before = shipped.get(field_id)
        laid = _new_field(item, shipped) if before is None else _lay_field(form, before, item)
        if before is not None and item.take("hidden", bool, False):
            hidden[field_id] = shown.pop(field_id)
            if why := protected.why_kept(form, before):
                raise item.error(f"{why}, so it cannot be hidden; remove the line.", "hidden")
            continue
        shown = _placed(shown, laid, item)
    shown = _ordered(shown, raw, hidden)
    if not any(one.kind != "breath" for one in shown.values()):
        raise raw.error("at least one question or text must stay in sight.", "fields")
    _keep_in_front(fields, tuple(shown.values()), raw)
    return tuple(shown.values()), tuple(hidden.values())


def _new_field(item: Marked, known: Iterable[str]) -> Field:
    if "kind" not in item:
        raise item.error(_near(item["id"], known, "question") + " A new question needs a ‘kind’.", "id")
    own = Marked({key: value for key, value in item.items() if key != "after"})
    own.file, own.line, own.lines = item.file, item.line, item.lines
    return parse.parse_field(own)


def _lay_field(form: Form, field: Field, item: Marked) -> Field:
    for key in item:
        if key in parse.FIELD_KEYS and key not in _FIELD_KEYS:
            raise item.error(
                f"‘{key}’ of a shipped question stays as it is, since stored answers rest on it; remove the line, or "
                "add a question of your own.",
                key,
            )
    item.only(_FIELD_KEYS)
    _unchanged(item, "kind", field.kind)
    for key in _FIXED if field.flag else ():
        if key in item and item[key] != getattr(field, key):
            raise item.error(f"this question raises a flag, so its ‘{key}’ stays as shipped; remove the line.", key)
    changed: dict[str, Any] = {
        **words(item, FIELD_WORDS),
        **{key: _only_on(item, key, getattr(field, key)) for key in _ONLY_ON},
        "core": item.take("core", bool, field.core),
        "show_if": _narrowed(item, field.show_if, protected.flagged(field)),
        "options": _options(form, field, item),
    }
    if "fields" in item or "order" in item:
        if field.kind != "rows":
            raise item.error("only a question of kind ‘rows’ has fields.", "fields" if "fields" in item else "order")
        changed["fields"] = parse.columns(_lay_fields(form, field.fields, item)[0], item)
    laid = replace(field, **changed)
    return replace(laid, flag=parse.parse_flag(item, laid.kind, laid.options)) if "flag" in item else laid


def _options(form: Form, field: Field, item: Marked) -> tuple[tuple[str, str], ...]:
    """The answers with their new words, and further ones at the end; none can be taken away."""
    given = dict(parse.parse_options(item))
    if given and not field.options:
        raise item.error(f"a question of kind ‘{field.kind}’ has no options; remove the line.", "options")
    known = dict(field.options)
    fixed = form.audience == "counselor" or bool(field.show_if) or field.id in protected.READ_BY_RULES.get(form.id, ())
    strange = [value for value in given if value not in known]
    if strange and fixed:
        raise item.error(
            f"‘{strange[0]}’ is no answer of this question; only the words can be changed, of: {', '.join(known)}.",
            "options",
        )
    return tuple({**known, **given}.items())


def _placed(shown: dict[str, Field], field: Field, item: Marked) -> dict[str, Field]:
    """The fields with this one in its place: where it was, at the end if it is new, or after the one that is named."""
    after = item.take("after", str)
    if after is None:
        return {**shown, field.id: field}
    rest = {key: one for key, one in shown.items() if key != field.id}
    if after not in rest:
        raise item.error(_near(after, rest, "question") + " ‘after’ names a question that is in sight.", "after")
    placed: dict[str, Field] = {}
    for key, one in rest.items():
        placed[key] = one
        if key == after:
            placed[field.id] = field
    return placed


def _ordered(shown: dict[str, Field], raw: Marked, hidden: Iterable[str]) -> dict[str, Field]:
    """What `order` lists comes first and in that order; the rest follows as it was."""
    wanted = raw.names("order")
    for one in wanted:
        if one in hidden:
            raise raw.error(f"‘{one}’ is hidden, so it has no place in ‘order’; take it out.", "order")
        if one not in shown or wanted.count(one) > 1:
            raise raw.error(_near(one, shown, "question") + " ‘order’ names each question once.", "order")
    return {key: shown[key] for key in (*wanted, *shown)}


def _keep_in_front(before: Sequence[Field], after: Sequence[Field], raw: Marked) -> None:
    """A question that raises a flag comes no later than it does in the shipped form, and is folded no deeper."""
    was = [one.id for one in before if one.answers]
    now = [one.id for one in after if one.answers]
    for one in before:
        if protected.flagged(one) and one.answers and now.index(one.id) > was.index(one.id):
            raise raw.error(
                f"‘{one.id}’ can raise a flag and must not come later than in the shipped form; put what you add or "
                f"move after it (after: {one.id}).",
                "order" if "order" in raw else "fields",
            )


def _narrowed(raw: Marked, before: dict[str, tuple[str, ...]], flagged: bool) -> dict[str, tuple[str, ...]]:
    if "show_if" not in raw:
        return before
    asked = parse.parse_show_if(raw)
    if flagged and asked != before:
        raise raw.error("this can raise a flag, so when it is asked stays as shipped; remove the line.", "show_if")
    if not set(asked["contact"]) <= set(before.get("contact", asked["contact"])):
        raise raw.error(f"‘show_if’ may be narrower, not wider than {', '.join(before['contact'])}.", "show_if")
    return asked


def _only_on(raw: Marked, key: str, before: bool) -> bool:
    asked: bool = raw.take(key, bool, before)
    if before and not asked:
        raise raw.error(f"‘{key}’ can be switched on, not off; remove the line.", key)
    return asked


def _unchanged(raw: Marked, key: str, value: Any) -> None:
    if key in raw and raw[key] != value:
        raise raw.error(f"‘{key}’ stays ‘{value}’ as it is shipped; remove the line, or choose an id of your own.", key)


def _near(name: str, known: Iterable[str], what: str) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"no {what} is called ‘{name}’; did you mean ‘{near[0]}’?" if near else f"no {what} is called ‘{name}’."
