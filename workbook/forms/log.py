"""LogPanel: a log of many dated entries: the daily log, the contact log, and the counselor's dated facts."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.content.words import t
from workbook.errors import WorkbookError
from workbook.forms import due, items
from workbook.forms.days import MOOD, day_of, mood_is_low, when_of, whole_day_entry
from workbook.forms.panel import Panel
from workbook.forms.pause import pause_day, planned_pause
from workbook.forms.spec import Names, field_spec, head, in_words, open_fields, parts, shown_values
from workbook.forms.store import Keeper, Left, refuse_other_case
from workbook.record.case import Case, Response
from workbook.record.raising import opens_support

UNREAD = (
    "Nobody reads this between your sessions. It is here for you, and for your next talk with your counselor. "
    "If you need somebody now, press Help."
)
"""Said on every log page."""
NO_LOCK = (
    "Private entries are left out of charts, tables and printed pages. "
    "This is no lock: your counselor can still open them."
)
ONCE_A_DAY = frozenset({"no-contact"})
"""Logs of one entry a day; the contact log under no contact is such a line."""
RECENT = 8
PAUSE_KEPT = "pause_kept"
"""Id of the question that says which day of the planned pause it is."""
_OF_THE_PAUSE = "Today is {day} of your pause."
_LINE = 3


class LogPanel(Panel):
    """A new entry that begins with its first answer, and the entries made before, each open to correction.

    `on_leave` is called when an entry is finished or its page left after something was stored.
    """

    def __init__(
        self, form: Form, case: Case, *, page: str = "", on_leave: Left | None = None, sitting: str | None = None
    ) -> None:
        self._form, self._case, self._on_leave = form, case, on_leave
        self._sitting = sitting or str(uuid.uuid4())
        self._fields = self._open_fields()
        self._names = Names(case)
        self._keepers: dict[str, Keeper] = {}
        self._low = False
        super().__init__(kind="log", spec=self._spec(page))

    def _open_fields(self) -> tuple[Field, ...]:
        """What this log may ask now; a log has no sentence in the place of what a gate closes."""
        shown = (one for one in open_fields(self._form, self._case) if one.answers or one in self._form.fields)
        return items.allowed(shown, self._case)

    # --- what the browser shows

    def _spec(self, page: str) -> dict[str, Any]:
        client = self._form.audience == "client"
        once = self._form.id in ONCE_A_DAY
        self._low = self._has_mood() and self._mood_is_low()
        return {
            "form": head(self._form, self._names),
            "case": self._case.info.id,
            "page": page,
            "notice": t(UNREAD) if client else None,
            "no_lock": t(NO_LOCK) if client else None,
            "once": once,
            "focus": self._has_mood(),
            "folded": client and load.step(page) is not None,
            "support": self._low,
            "due": [self._names.fill(said) for said in due.reminders(self._form, self._case)],
            "gated": any(one.gated for one in self._form.fields),
            **self._asked(),
            **self.on_recent(case=self._case.info.id),
        }

    def _asked(self) -> dict[str, Any]:
        quick, further, _ = items.split(self._form, self._case, self._fields)
        more = parts([self._with_help(_uncore(one)) for one in further], self._names)
        if any(one.quick for one in quick):  # the quick set is answered at one go
            return {"quick": [self._field(one) for one in quick], "more": more, "optional": self._switches()}
        first, *rest = parts(quick, self._names) or [{"fields": []}]
        return {"quick": first["fields"], "more": rest + more, "optional": self._switches()}

    def _switches(self, counselor: bool = False) -> list[dict[str, Any]]:
        """The optional items, those of one log together under the first one's words."""
        on = items.wanted(self._form, self._case)
        return [
            {
                "id": family[0].id,
                "ids": [one.id for one in family],
                "label": self._names.fill(family[0].label),
                "more": [self._names.fill(one.label) for one in family[1:]],
                "on": any(one.id in on for one in family),
            }
            for family in items.switches(self._form, self._case, self._fields, counselor=counselor)
        ]

    def _field(self, one: Field) -> dict[str, Any]:
        return field_spec(self._with_help(one), self._names)

    def _with_help(self, one: Field) -> Field:
        """The pause says which of its days today is."""
        if one.id != PAUSE_KEPT:
            return one
        day = pause_day(planned_pause(self._case), date.today())
        return replace(one, help=f"{t(_OF_THE_PAUSE, day=day)} {one.help}".strip()) if day else one

    def on_recent(self, case: str, count: int = RECENT) -> dict[str, Any]:
        """The newest entries, newest first, and how many there are in all."""
        refuse_other_case(self._case, case)
        newest = self._case.newest(self._form.id, count if isinstance(count, int) else 0)
        return {"entries": [self._listed(entry) for entry in newest], "in_all": self._case.count(self._form.id)}

    def _listed(self, entry: Response) -> dict[str, Any]:
        said = [(one, entry.answers[one.id]) for one in self._fields if one.id in entry.answers and one.kind != "rows"]
        words = [f"{self._names.fill(one.label)} {in_words(one, value, self._names)}" for one, value in said[:_LINE]]
        return {
            "response": entry.id,
            "at": entry.at.isoformat(),
            "day": entry.day,
            "whole_day": entry.whole_day,
            "private": entry.private,
            "line": " · ".join(words),
        }

    # --- what the browser asks for

    def on_save(self, case: str, response: str, patch: Any, seen: Any = None, **when: Any) -> dict[str, Any]:
        """Store a patch of one entry. `at` (ISO) or `day` (a whole day), and `zone`, say when the entry was true."""
        refuse_other_case(self._case, case)
        answer = self._keeper(response).save(patch, seen=seen, when=when_of(**when))
        if self._about_mood(patch):
            self._show_support()
        if self._form.audience == "client" and isinstance(patch, dict) and opens_support(self._form, patch):
            self.push("support", show=True, low=False)
        return answer

    def on_take_earlier(self, case: str, response: str, path: Any, how: str) -> dict[str, Any]:
        """Settle a conflict within an entry; answers the value that stands now."""
        refuse_other_case(self._case, case)
        return self._keeper(response).take(path, how)

    def on_leave(self, case: str, response: str | None = None, **_: Any) -> dict[str, Any]:
        """An entry is finished, or the page left: its version closes, flags are weighed."""
        refuse_other_case(self._case, case)
        chosen = [self._keepers[response]] if response in self._keepers else list(self._keepers.values())
        if any([keeper.close() for keeper in chosen]) and self._on_leave:
            self._on_leave()
        return {}

    def on_open(self, case: str, response: str) -> dict[str, Any]:
        """An entry to correct. Its version closes first, so that the correction keeps what it said before."""
        refuse_other_case(self._case, case)
        entry = self._entry(response)
        self._case.close_version(entry.id)
        self._keeper(entry.id).saw(entry.answers)
        return self._opened(entry)

    def on_day(self, case: str, day: str) -> dict[str, Any]:
        """The entry for a whole day: the one that is there, or an id for a new one."""
        refuse_other_case(self._case, case)
        wanted = day_of(day)
        found = whole_day_entry(self._case, self._form.id, wanted)
        if found is None:
            return {"response": str(uuid.uuid4()), "day": wanted.isoformat(), "values": {}}
        self._keeper(found.id).saw(found.answers)
        return self._opened(found)

    def on_when(self, case: str, response: str, **when: Any) -> dict[str, Any]:
        """Another time for an entry that is stored already; `at` or `day`, and `zone`, as in on_save."""
        refuse_other_case(self._case, case)
        self._keeper(self._entry(response).id).save({}, when=when_of(**when))
        return self.on_recent(case)

    def on_private(self, case: str, response: str, private: bool) -> dict[str, Any]:
        """Leave an entry out of tables, charts and PDFs, or take it in again."""
        refuse_other_case(self._case, case)
        self._case.set_private(self._entry(response).id, private is True)
        return self.on_recent(case)

    def on_delete(self, case: str, response: str) -> dict[str, Any]:
        """Delete an entry with all its versions. It cannot be brought back from here."""
        refuse_other_case(self._case, case)
        self._case.delete(self._entry(response).id)
        self._keepers.pop(response, None)
        return self.on_recent(case)

    def on_counselor(self, case: str) -> dict[str, Any]:
        """For Counselor view: the gated logs, and all optional items, those of steps not opened yet among them."""
        refuse_other_case(self._case, case)
        return {"gated": items.gated_logs(self._form, self._case), "optional": self._switches(counselor=True)}

    def on_open_log(self, case: str, log: str, on: bool, note: str) -> dict[str, Any]:
        """The counselor opens or closes a gated log, with a note; answers the fields to ask from now on."""
        refuse_other_case(self._case, case)
        items.open_log(self._form, self._case, log, on is True, note if isinstance(note, str) else "")
        self.on_leave(case)
        self._keepers.clear()  # each knows the fields that were open when it was made
        self._fields = self._open_fields()
        return self._asked() | self.on_counselor(case)

    def on_switch(self, case: str, item: str, on: bool) -> dict[str, Any]:
        """Switch an optional item of the log on or off; answers the fields to ask from now on."""
        refuse_other_case(self._case, case)
        items.switch(self._form, self._case, item, on is True)
        return self._asked()

    # --- helpers

    def _opened(self, entry: Response) -> dict[str, Any]:
        listed = {name: value for name, value in self._listed(entry).items() if name != "line"}
        return {**listed, "values": shown_values(self._fields, entry.answers)}

    def _entry(self, response: str) -> Response:
        entry = self._case.response(response) if isinstance(response, str) else None
        if entry is None or entry.form_id != self._form.id:
            raise WorkbookError("This entry is not there any more. Please reload the page.")
        return entry

    def _keeper(self, response: str) -> Keeper:
        if response not in self._keepers:
            try:
                uuid.UUID(response)
            except (ValueError, TypeError, AttributeError):
                raise WorkbookError("This entry has no proper name; please reload the page.") from None
            keeper = Keeper(self._form, self._case, self._fields, response_id=response, sitting=self._sitting)
            stored = self._case.response(response)
            keeper.saw(stored.answers if stored else {})
            self._keepers[response] = keeper
        return self._keepers[response]

    def _has_mood(self) -> bool:
        asked = any(one.id == MOOD and one.kind == "scale" for one in self._form.fields)
        return asked and self._form.audience == "client"

    def _about_mood(self, patch: Any) -> bool:
        return isinstance(patch, dict) and MOOD in patch and self._has_mood()

    def _mood_is_low(self) -> bool:
        return mood_is_low(self._case, self._form.id)

    def _show_support(self) -> None:
        """Two low days running show support at once; it goes again when that is no longer so."""
        low = self._mood_is_low()
        if low != self._low:
            self._low = low
            self.push("support", show=low)


def _uncore(one: Field) -> Field:
    return replace(one, core=False)
