"""A Form as the browser gets it: plain JSON, with the case's names filled in, in parts of at most five questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from workbook.content import edition, load, words
from workbook.content.model import Field, Form
from workbook.content.translation import ENGLISH
from workbook.content.words import noticed, phrase, t
from workbook.record.case import Case
from workbook.record.standing import standing, thresholds
from workbook.record.talks import next_talk
from workbook.record.talks import topics as settled_topics
from workbook.rules import gates

IN_SIGHT = 5
"""At most so many questions are visible at once."""
_PLAIN = ("label", "help", "text", "unit", "low", "high", "add", "summary")
_CLOSED_PART = "closed-part"
Say = Callable[[str], str]
_PARTNER, _YOU = phrase("your partner"), phrase("you")
_NOW, _NO_DAY, _NO_TOPICS = (
    phrase("now"),
    phrase("a day that you settle with your counselor"),
    phrase("those that you two settled"),
)
_PLACE = re.compile(r"\{(\w+)\}")
_OPENS = re.compile(r"(^|\n|[.!?…][”’\")*]*\s)[\s“‘\"(*_#>-]*$")  # what stands before the first word of a sentence


class Names:
    """Fills {partner}, {them}, {their}, {client} and the case's thresholds into texts; reads them when a text asks.

    Without a case, as on a blank page, the words are those for anyone. A text that is not translated keeps
    English ones, so that no sentence speaks two languages.
    """

    def __init__(self, case: Case | None) -> None:
        self._case = case
        self._names: dict[Say, dict[str, str]] = {}
        self._given: tuple[str, ...] = ()  # aliases, as somebody typed them

    def fill(self, text: str) -> str:
        """The text with its placeholders filled in; any other brace stays as it is."""
        if "{" not in text:
            return text
        say: Say = str if edition.current().language.code != ENGLISH and text in load.naming() else t
        if say not in self._names:
            self._names[say] = self._people(say) | {name: str(value) for name, value in thresholds(self._case).items()}
        text = _PLACE.sub(lambda place: self._name(place, self._names[say]), text)
        return self._talks(text, say) if "{next_talk}" in text or "{talk_topics}" in text else text

    def _name(self, place: re.Match[str], names: dict[str, str]) -> str:
        """What stands in one place: an alias as it was typed; a word of ours with a capital where it opens a line."""
        value = names.get(place[1], place[0])
        if value.startswith(self._given) or not _OPENS.search(place.string[: place.start()]):
            return value
        return value[0].upper() + value[1:]

    def thresholds(self) -> dict[str, int]:
        """The case's own thresholds, or the usual ones."""
        return thresholds(self._case)

    def _talks(self, text: str, say: Say) -> str:
        """The next allowed talk and its topics, as they were settled; on a blank page the words for it."""
        day, topics = (next_talk(self._case), settled_topics(self._case)) if self._case else (None, "")
        shown = (
            say(_NO_DAY) if day is None else say(_NOW) if day <= date.today() else words.day(day, english=say is str)
        )
        return text.replace("{next_talk}", shown).replace("{talk_topics}", topics or say(_NO_TOPICS))

    def _people(self, say: Say) -> dict[str, str]:
        about = self._case.read("about-case") if self._case else None
        answers = about.answers if about else {}
        partner = answers.get("partner_alias") or say(_PARTNER)
        them, their = _pronouns(answers.get("partner_pronouns", ""), partner)
        client = answers.get("client_alias") or (self._case.info.alias if self._case else say(_YOU))
        self._given = tuple(name for name in (answers.get("partner_alias"), self._case and client) if name)
        return {"partner": partner, "client": client, "them": them, "their": their}


def _pronouns(said: str, name: str) -> tuple[str, str]:
    """Object and possessive form of the pronouns as they were said; the name itself where we do not know the forms.

    There is no subject form: a verb would have to follow it. Texts name the partner there.
    """
    return _FORMS.get(said.split("/", maxsplit=1)[0].strip().casefold(), (name, f"{name}’s"))


_FORMS = {"she": ("her", "her"), "he": ("him", "his"), "they": ("them", "their")}


def open_fields(form: Form, case: Case) -> tuple[Field, ...]:
    """The fields that are asked now. Those that a gate closes leave one neutral sentence in their place, or none."""
    conditional = any(_conditional(one) for one in form.fields)
    return fields_under(form, standing(case)) if conditional else form.fields


def shown_fields(form: Form, now: gates.Standing) -> list[Field]:
    """The fields that a contact state like this is asked at all, those inside lists among them."""
    return [_with_inner(one, now) for one in form.fields if gates.shown(one.show_if, now)]


def fields_under(form: Form, now: gates.Standing) -> tuple[Field, ...]:
    """The fields that are asked under this standing; paper asks the same as the page."""
    if not any(_conditional(one) for one in form.fields):
        return form.fields
    asked = shown_fields(form, now)
    if form.audience == "counselor":
        return tuple(asked)
    reachable = gates.partner_gate(now).open

    def is_open(one: Field) -> bool:
        return (reachable or not one.reaches_partner) and gates.praise_open(f"{form.id}.{one.id}", now)

    if all(is_open(inner) for one in asked for inner in (one, *one.fields)):
        return tuple(asked)
    kept = [replace(one, fields=tuple(filter(is_open, one.fields))) for one in asked if is_open(one)]
    kept = [one for one in kept if one.fields or one.kind != "rows"]
    return tuple(kept) if gates.apart(now) else (*kept, Field(_CLOSED_PART, "read", text=t(gates.NEUTRAL)))


def _conditional(one: Field) -> bool:
    return bool(one.show_if or one.reaches_partner or any(_conditional(inner) for inner in one.fields))


def _with_inner(one: Field, now: gates.Standing) -> Field:
    if not any(inner.show_if for inner in one.fields):
        return one
    return replace(one, fields=tuple(inner for inner in one.fields if gates.shown(inner.show_if, now)))


def head(form: Form, names: Names) -> dict[str, Any]:
    """Title and introduction of a form."""
    return {
        "id": form.id,
        "title": names.fill(form.title),
        "purpose": names.fill(form.purpose),
        "example": names.fill(form.example),
        "minutes": form.minutes,
        "kind": form.kind,
        "audience": form.audience,
    }


def parts(fields: Iterable[Field], names: Names) -> list[dict[str, Any]]:
    """The fields in parts of at most five questions: core fields first, the rest under ‘More when you want it’."""
    fields = tuple(fields)
    core = _chunks([one for one in fields if one.core])
    more = _chunks([one for one in fields if not one.core])
    titles = [None, *(_title(t("Next"), chunk, names) for chunk in core[1:])][: len(core)]
    titles += [t("More when you want it"), *(_title(t("More"), chunk, names) for chunk in more[1:])][: len(more)]
    return [
        {"title": title, "fields": [field_spec(one, names) for one in chunk]}
        for title, chunk in zip(titles, [*core, *more], strict=True)
    ]


def sections(fields: Iterable[Field], names: Names) -> list[dict[str, Any]]:
    """The questions of a screen by their sections, each headed by the text before it; asked in any order."""
    found: list[dict[str, Any]] = []
    for one in fields:
        if not found or (one.kind == "read" and found[-1]["fields"][-1]["kind"] != "read"):
            found.append({"title": names.fill(one.text).strip().strip("*") if found else None, "fields": []})
        found[-1]["fields"].append(field_spec(one, names))
    return found


def _title(word: str, chunk: list[Field], names: Names) -> str:
    """A fold tells what lies in it: its first question."""
    first = next((one.label for one in chunk if one.label), "")
    return f"{word}: {names.fill(first)} …" if first else f"{word} …"


def _chunks(fields: Sequence[Field]) -> list[list[Field]]:
    """Parts of at most five questions: as few as can be, about as long as each other; a text leads what follows it."""
    least = len(_cut(fields, IN_SIGHT))
    return next(cut for most in range(1, IN_SIGHT + 1) if len(cut := _cut(fields, most)) <= least)


def _cut(fields: Sequence[Field], most: int) -> list[list[Field]]:
    chunks: list[list[Field]] = []
    leading: list[Field] = []  # texts whose question is still to come
    room = 0
    for one in fields:
        leading.append(one)
        if weight := _weight(one):
            if not chunks or weight > room:
                chunks.append([])
                room = most
            chunks[-1] += leading
            leading = []
            room -= weight
    if leading:
        chunks = chunks or [[]]
        chunks[-1] += leading
    return chunks


def _weight(one: Field) -> int:
    """How many questions a field shows at once: none for a text, for rows those of one open card."""
    if one.kind == "rows":
        return min(IN_SIGHT, max(1, sum(_weight(inner) for inner in one.fields if inner.core)))
    return int(one.answers)


def field_spec(one: Field, names: Names) -> dict[str, Any]:
    """One field as JSON; what says nothing is left out."""
    spec: dict[str, Any] = {"id": one.id, "kind": one.kind}
    spec |= {name: names.fill(value) for name in _PLAIN if (value := getattr(one, name))}
    if one.options:
        spec["options"] = [[value, names.fill(label)] for value, label in one.options]
    if one.kind in ("scale", "number", "breath"):
        spec |= {"min": _tidy(one.min), "step": _tidy(one.step)}
        top = 10 if one.kind == "scale" and one.max is None else one.max
        if top is not None:
            spec["max"] = _tidy(top)
    if one.kind == "wait":
        spec["hours"] = names.thresholds()["wait_hours"]
    if one.past:
        spec["past"] = True
    if one.fields:
        spec |= {"fields": [field_spec(inner, names) for inner in one.fields], "parts": parts(one.fields, names)}
    return spec


def _tidy(number: float) -> float:
    return int(number) if number == int(number) else number


def shown_values(fields: Iterable[Field], answers: dict[str, Any]) -> dict[str, Any]:
    """The answers of these fields, without deleted rows."""
    found = {one.id: answers[one.id] for one in fields if one.id in answers}
    for one in fields:
        if one.kind == "rows" and isinstance(found.get(one.id), dict):
            found[one.id] = {row: cells for row, cells in found[one.id].items() if not cells.get("_deleted")}
    return found


def draft_notices(fields: Iterable[Field], answers: dict[str, Any]) -> list[dict[str, Any]]:
    """[{path, says: [sentences]}] for each draft to the partner among the answers; an empty list takes one back."""
    found = []
    for one in fields:
        value = answers.get(one.id)
        if one.notices and isinstance(value, str | None) and one.id in answers:
            found.append({"path": [one.id], "says": list(noticed(value or ""))})
        for row, cells in value.items() if one.kind == "rows" and isinstance(value, dict) else ():
            drafts = [inner.id for inner in one.fields if inner.notices and inner.id in cells]
            found += [{"path": [one.id, row, inner], "says": list(noticed(cells[inner] or ""))} for inner in drafts]
    return found


def in_words(one: Field, value: Any, names: Names) -> str:
    """An answer as a person reads it."""
    labels = {option: names.fill(label) for option, label in one.options}
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, list):
        return ", ".join(labels.get(item, str(item)) for item in value)
    if one.kind == "shares" and isinstance(value, dict):
        return ", ".join(f"{labels.get(option, option)} {share} %" for option, share in value.items())
    if isinstance(value, dict):
        return str(value.get("until", ""))
    return labels.get(value, str(value)) if value is not None else ""
