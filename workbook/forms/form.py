"""FormPanel: one form of a case on a page, saved while one types."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from workbook.content.model import Field, Form
from workbook.content.words import t
from workbook.errors import InvalidAnswer
from workbook.forms.panel import Panel
from workbook.forms.spec import Names, draft_notices, head, open_fields, parts, sections, shown_values
from workbook.forms.store import Keeper, Left, When, refuse_other_case
from workbook.record.case import Case
from workbook.record.raising import opens_support
from workbook.record.responses import LIVING
from workbook.record.standing import choose
from workbook.rules.gates import Gate

OPEN = Gate(open=True)


class FormPanel(Panel):
    """A form with its stored answers.

    A closed `gate` leaves title and sentence, all that the browser gets; `reopen` makes the panel anew when the
    client wants to look again. `only` limits the form to these fields. `on_leave` is called when the form is finished
    or its page left after something was stored: flags are weighed then. `opened` unfolds the form at once; None leaves
    it to the page, which unfolds its first. A form with one living response (exercise, note) goes on with it; any other
    begins a new response with its first answer, or goes on with `response_id`.
    """

    def __init__(
        self,
        form: Form,
        case: Case,
        *,
        page: str = "",
        gate: Gate = OPEN,
        reopen: Callable[[], Panel] | None = None,
        only: tuple[str, ...] | None = None,
        on_leave: Left | None = None,
        opened: bool | None = None,
        response_id: str | None = None,
        sitting: str | None = None,
    ) -> None:
        self._form, self._case, self._on_leave = form, case, on_leave
        self._gate, self._reopen, self._drafts = gate, reopen, list[Field]()
        names = Names(case)
        spec: dict[str, Any] = {"case": case.info.id, "page": page}
        if not gate.open:
            self._keeper = Keeper(form, case, (), sitting=sitting)
            super().__init__(kind="form", spec=spec | self._closed(names))
            return
        fields = [one for one in open_fields(form, case) if only is None or one.id in only]
        stored = case.read(form.id) if form.kind in LIVING else case.response(response_id) if response_id else None
        own_id = stored.id if stored else response_id or (None if form.kind in LIVING else str(uuid.uuid4()))
        self._keeper = Keeper(form, case, fields, response_id=own_id, sitting=sitting)
        self._keeper.saw(stored.answers if stored else {})
        self._drafts = [one for one in fields if any(inner.notices for inner in (one, *one.fields))]
        spec |= {
            "form": head(form, names),
            "parts": sections(fields, names) if form.kind == "screen" else parts(fields, names),
            "values": shown_values(fields, stored.answers) if stored else {},
            "saved_at": stored.updated_at.isoformat() if stored else None,
            "opened": opened,
            "bare": only is not None,
            "notices": draft_notices(fields, stored.answers) if stored else [],
        }
        super().__init__(kind="form", spec=spec)

    @property
    def response_id(self) -> str | None:
        """The response that this form writes to; None while a living one has no answer yet."""
        return self._keeper.response_id

    def _closed(self, names: Names) -> dict[str, Any]:
        """Title and sentence; what waits for the client's own wish says what it is for."""
        shown = {"id": self._form.id, "title": names.fill(self._form.title) if self._gate.named else ""}
        if self._gate.way == "opt-in":
            shown["purpose"] = names.fill(self._form.purpose)
        return {"form": shown, "closed": t(self._gate.says), "way": self._gate.way, "again": self._reopen is not None}

    def on_again(self, case: str, want: bool = False) -> dict[str, Any]:
        """Look at the gate again, or (`want`) show what waits for the client's own wish; answers the new panel."""
        refuse_other_case(self._case, case)
        if self._reopen is None:
            raise InvalidAnswer(self._form.title, "a part that can be opened here was expected; open the page again.")
        if want and self._gate.way == "opt-in":
            choose(self._case, self._form.id, on=True)
        self._opened = self._reopen()
        return {"model": self._opened.model_id}

    def on_save(self, case: str, patch: Any, seen: Any = None, zone: Any = None, **_: Any) -> dict[str, Any]:
        """Store a patch durably; see `Keeper.save` for the answer."""
        refuse_other_case(self._case, case)
        if self._form.audience == "client" and isinstance(patch, dict) and opens_support(self._form, patch):
            self.push("support", show=True)
        answer = self._keeper.save(patch, seen=seen, when=When(zone=zone))
        if self._drafts and isinstance(patch, dict):
            answer["notices"] = draft_notices(self._drafts, patch)
        return answer

    def on_take_earlier(self, case: str, path: Any, how: str) -> dict[str, Any]:
        """Settle a conflict; answers the value that stands now."""
        refuse_other_case(self._case, case)
        return self._keeper.take(path, how)

    def on_leave(self, case: str, **_: Any) -> dict[str, Any]:
        """The form is finished or its page left: the version closes, flags are weighed."""
        refuse_other_case(self._case, case)
        if self._keeper.close() and self._on_leave:
            self._on_leave()
        return {}
