"""What a picture reads of a case: the answers of open forms that are shared, without what was deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbook.charts import words
from workbook.charts.offers import asked_now
from workbook.content import load
from workbook.content.charts import ChartItem
from workbook.content.model import Form
from workbook.content.pictures import PictureSpec
from workbook.forms.spec import Names
from workbook.record import moments
from workbook.record.responses import LIVING, Answers, Response, live_rows
from workbook.record.sharing import shared
from workbook.record.standing import form_gate, standing
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """Answers as they stood from a day on."""

    day: date
    answers: Answers


class Held:
    """The answers behind one picture, as the case stands now."""

    def __init__(self, case: Case, spec: PictureSpec) -> None:
        now = standing(case)
        self._case, self._names = case, Names(case)
        self.spec = replace(spec, items=tuple(one for one in spec.items if readable(one, now)))

    def role(self, role: str) -> ChartItem | None:
        """The item with this role; None when there is none, or it is closed."""
        return next((one for one in self.spec.items if one.role == role), None)

    def fill(self, text: str) -> str:
        """The text with the case's names, on one line and with a capital at its beginning."""
        said = " ".join(self._names.fill(text).split())
        return said[:1].upper() + said[1:]

    def words(self, one: ChartItem) -> str:
        """What the picture calls an item."""
        return self.fill(one.words)

    def answer(self, one: ChartItem | None) -> Any:
        """The answer as it stands now; None where nothing was answered, or nothing may be seen."""
        return None if one is None else self._now.get(one.form, {}).get(one.item)

    def rows(self, one: ChartItem | None) -> list[Row]:
        """The rows of the list that the item belongs to, in their order; an empty one has nothing to show."""
        listed = self._now.get(one.form, {}).get(one.outer.id) if one else None
        return [row for row in live_rows(listed) if any(not name.startswith("_") for name in row)]

    def said(self, one: ChartItem | None, value: Any) -> str:
        """An answer in words, on one line; a dash where nothing was said."""
        return " ".join(words.said(one.field, value, self.fill).split()) or words.NONE if one else words.NONE

    def cell(self, row: Row, one: ChartItem | None) -> str:
        """The same of a row's answer to one of the list's questions."""
        return self.said(one, cell(row, one))

    @staticmethod
    def logs(one: ChartItem) -> bool:
        """True when the item's form has an entry for each time, not one living answer."""
        return load.form(one.form).kind not in LIVING

    def kept(self, one: ChartItem | None) -> list[Kept]:
        """What was kept of the item's form, the last of each local day, on days on which the item was answered.

        Of a log: its entries. Of an exercise: its versions and what stands now; none when the item was taken back.
        """
        if one is None:
            return []
        form = load.form(one.form)
        if self.logs(one):
            entries = self._case.entries(form.id, include_private=False)
            found = [Kept(date.fromisoformat(entry.day), entry.answers) for entry in entries]
        else:
            found = self._versions(form) if self.answer(one) is not None else []
        days = {kept.day: kept for kept in found if kept.answers.get(one.item) is not None}
        return [days[day] for day in sorted(days)]

    def _versions(self, form: Form) -> list[Kept]:
        living = self._living(form.id)
        if living is None:
            return []
        earlier = self._case.versions(living.id) if living.version > 1 else []
        olden = [(one.opened_at, shared(replace(living, answers=one.answers), form)) for one in earlier]
        dated = [*olden, (living.updated_at, living)]
        return [
            Kept(date.fromisoformat(moments.day(at, living.zone)), one.answers) for at, one in dated if one is not None
        ]

    @cached_property
    def _now(self) -> dict[str, Answers]:
        found = {one.form: self._living(one.form) for one in self.spec.items}
        return {form_id: living.answers for form_id, living in found.items() if living is not None}

    def _living(self, form_id: str) -> Response | None:
        living = self._case.read(form_id) if load.form(form_id).kind in LIVING else None
        return None if living is None or living.private else shared(living, load.form(form_id))


def cell(row: Row, one: ChartItem | None) -> Any:
    """What a row of a list holds for one of its questions."""
    return row.get(one.item.partition(".")[2]) if one else None


def readable(one: ChartItem, now: gates.Standing) -> bool:
    """May the item's answers be drawn now? Its page, its form and its question have to be open, or wait for calm."""
    form = load.forms().get(one.form)
    if form is None or not form_gate(form, now).in_reach or not gates.shown(form.show_if, now):
        return False
    if not any(gates.theme_gate(step.id, now).in_reach for step in load.steps() if form.id in step.forms):
        return False
    names = (f"{form.id}.{asked.id}" for asked in (one.outer, one.field))
    return asked_now(one, now) and all(gates.praise_open(name, now) for name in names)
