"""WeekPanel: seven days of the daily log as a grid, each cell an answer of that day's entry for the whole day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from workbook.content.model import Form
from workbook.content.words import t
from workbook.forms import items
from workbook.forms.days import MOOD, day_of, mood_is_low, noon, of_whole_day, whole_day_entry
from workbook.forms.log import UNREAD
from workbook.forms.panel import Panel
from workbook.forms.spec import Names, field_spec, head, open_fields, shown_values
from workbook.forms.store import Keeper, Left, When, refuse_other_case
from workbook.record.case import Case

DAYS = 7
CELLS = frozenset({"scale", "number", "choice", "choices", "tick", "text"})
"""Field kinds that fit into a cell; the rest is answered in the daily log."""


class WeekPanel(Panel):
    """The quick items as rows, seven days as columns; the newest week ends today."""

    def __init__(
        self, form: Form, case: Case, *, page: str = "", on_leave: Left | None = None, sitting: str | None = None
    ) -> None:
        self._form, self._case, self._on_leave = form, case, on_leave
        self._sitting = sitting or str(uuid.uuid4())
        quick, _, _ = items.split(form, case, open_fields(form, case))
        self._fields = [one for one in quick if one.kind in CELLS]
        self._keepers: dict[date, Keeper] = {}
        names = Names(case)
        spec = {
            "form": head(form, names),
            "case": case.info.id,
            "page": page,
            "notice": t(UNREAD),
            "fields": [field_spec(one, names) for one in self._fields],
            **self._week(date.today()),
        }
        super().__init__(kind="week", spec=spec)

    def on_week(self, case: str, last: str) -> dict[str, Any]:
        """The seven days that end with `last` (YYYY-MM-DD; never later than today)."""
        refuse_other_case(self._case, case)
        return self._week(min(day_of(last), date.today()))

    def on_save(
        self, case: str, response: str, patch: Any, zone: Any = None, seen: Any = None, **_: Any
    ) -> dict[str, Any]:
        """Store cells of one day; `response` is that day, as in 2026-01-31."""
        refuse_other_case(self._case, case)
        day = day_of(response)
        keeper = self._keeper(day)
        answer = keeper.save(patch, seen=seen, when=When(noon(day), zone, whole_day=True))
        if isinstance(patch, dict) and MOOD in patch and mood_is_low(self._case, self._form.id):
            self.push("support", show=True)
        return answer

    def on_take_earlier(self, case: str, response: str, path: Any, how: str) -> dict[str, Any]:
        """Settle a conflict within a day; answers the value that stands now."""
        refuse_other_case(self._case, case)
        return self._keeper(day_of(response)).take(path, how)

    def on_leave(self, case: str, **_: Any) -> dict[str, Any]:
        """The page is left: the versions close."""
        refuse_other_case(self._case, case)
        if any([keeper.close() for keeper in self._keepers.values()]) and self._on_leave:
            self._on_leave()
        return {}

    def _week(self, last: date) -> dict[str, Any]:
        days = [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
        entries = self._case.entries(self._form.id, since=days[0], until=days[-1])
        values = {}
        for day in days:
            if whole := of_whole_day(entries, day):
                self._keeper(day).saw(whole.answers)
                values[day.isoformat()] = shown_values(self._fields, whole.answers)
        others = {day.isoformat(): sum(e.day == day.isoformat() and not e.whole_day for e in entries) for day in days}
        return {
            "days": [day.isoformat() for day in days],
            "values": values,
            "others": others,
            "today": date.today().isoformat(),
        }

    def _keeper(self, day: date) -> Keeper:
        """The keeper of a day's entry: looked up again until there is one, so that two pages make one entry."""
        keeper = self._keepers.get(day)
        if keeper is None or not keeper.stored:
            found = whole_day_entry(self._case, self._form.id, day)
            wanted = found.id if found else (keeper.response_id if keeper else None) or str(uuid.uuid4())
            if keeper is None or keeper.response_id != wanted:
                keeper = Keeper(self._form, self._case, self._fields, response_id=wanted, sitting=self._sitting)
                self._keepers[day] = keeper
        return keeper
