"""The start page: where the case stands, and, in Counselor view, the practice's own things."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

from workbook.content import load
from workbook.content.model import Step
from workbook.content.words import t
from workbook.errors import InvalidAnswer, NoCase
from workbook.forms.own import own_content
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record import walk
from workbook.record.case import Case, Flag
from workbook.record.practice import Practice
from workbook.record.responses import CaseInfo, Decision
from workbook.record.standing import closes, standing
from workbook.record.steps import decided, steps_of
from workbook.rules import gates

IDLE_MINUTES = (5, 10, 15, 30, 60)
_SECTION = "Section {number} of {all}: {title}"
_ENTRY_FORMS = ("daily", "contact", "no-contact")


class StartPanel(Panel):
    """Rail, next step and last entry for the client; case list, flags, reasons and settings for the counselor."""

    def __init__(self, practice: Practice, case: Case | None) -> None:
        self._practice, self._case = practice, case
        super().__init__(kind="start", spec=self._client_view())

    def on_counselor(self) -> dict[str, Any]:
        """What Counselor view shows; asked for when it is opened, so that nothing of it lies in the page before."""
        view: dict[str, Any] = {
            "cases": [self._listed(info.id) for info in self._practice.cases() if info.closed_at is None],
            "settings": self._settings(),
            "countries": [{"code": one.code, "name": one.name} for one in load.helplines() if one.code != "*"],
        }
        view["content"] = own_content()
        if self._case:
            view["flags"] = [_flag(flag) for flag in self._case.flags(open_only=False)]
            view["gates"] = _gates(self._case)
            view["channels"] = "See ‘Contact status’ below for each change with its date."
        return view

    def on_rules(self) -> dict[str, Any]:
        """Where the guides pull apart, and what is done here: [{title, rules}], as data/conflicts.yaml has it."""
        from workbook.content.conflicts import conflicts

        return {"rules": [{"title": one.title, "rules": [each.rule for each in one.rules]} for one in conflicts()]}

    def on_add_case(self, alias: str) -> dict[str, Any]:
        """A new case under an alias; answers its id, which the browser then opens."""
        self._practice.expect_sheet()
        name = CaseInfo.checked_alias(" ".join(str(alias).split()))
        if name.casefold() in {info.alias.casefold() for info in self._practice.cases()}:
            raise InvalidAnswer("Alias", "another case has this alias already; one that differs was expected.")
        case = self._practice.add_case(name)
        case.save("about-case", {"client_alias": name}, respondent="counselor")
        return {"id": case.info.id}

    def on_settle(self, flag: str, note: str, decision: Decision) -> dict[str, Any]:
        """The counselor's dated entry on a flag: what was done, and whether pages open again."""
        case = self._of_case()
        if decision not in get_args(Decision):
            raise InvalidAnswer("Decision", "‘open again’ or ‘keep closed’ was expected.")
        if not str(note).strip():
            raise InvalidAnswer("Entry", "a sentence on what was talked about or done was expected.")
        case.settle_flag(self._to_settle(flag).id, note, decision)
        return {**self.on_counselor(), "client": self._client_view()}

    def _to_settle(self, flag_id: str) -> Flag:
        """The open flag; for one kept closed a new one of the same answers, so that no entry is overwritten."""
        case = self._of_case()
        flag = next((one for one in case.flags(open_only=False) if one.id == flag_id), None)
        if flag is None:
            raise InvalidAnswer("Flag", "a flag from the list was expected; open the page again.")
        if flag.settled_at is None:
            return flag
        return case.raise_flag(flag.kind, flag.form_id, flag.response_id, flag.reason)

    def _of_case(self) -> Case:
        if self._case is None:
            raise NoCase("Open a case first, then settle its flags.")
        return self._case

    def on_setting(self, name: str, value: Any) -> dict[str, Any]:
        """Country, emergency number or minutes until the idle lock."""
        checked = _SETTINGS[name](value) if name in _SETTINGS else None
        if checked is None:
            raise InvalidAnswer("Setting", "a value from the page was expected.")
        self._practice.set_setting(name, checked)
        return {"settings": self._settings()}

    def on_confirm_line(self, line: str, confirmed: bool) -> dict[str, Any]:
        """The counselor checked a helpline's number today, or takes that back."""
        known = {one.id for country in load.helplines() for one in country.lines}
        if line not in known:
            raise InvalidAnswer("Helpline", "a line from the list was expected.")
        dates = dict(self._practice.setting("confirmed_lines", {}))
        dates.pop(line, None)
        if confirmed:
            dates[line] = date.today().isoformat()
        self._practice.set_setting("confirmed_lines", dates)
        return {"settings": self._settings()}

    def _client_view(self) -> dict[str, Any]:
        if self._case is None:
            return {"case": None, "any_cases": bool(self._practice.cases())}
        now, closed = standing(self._case), self._case.info.closed_at is not None
        answered = self._case.answered()
        steps = [_rail(self._case, step, answered, now) for step in steps_of(self._case, now.opened)]
        return {
            "case": {"id": self._case.info.id, "alias": self._case.alias},
            "steps": steps,
            "later": t(gates.NEUTRAL) if any(not one["open"] for one in steps) else "",
            "next": None if closed else _next(self._case, steps),
            "route": walk.route_name(walk.chosen_route(self._case)),
            "review": self._case.answers("about-case").get("review_date"),
            "last_entry": _last_entry(self._case),
        }

    def _listed(self, case_id: str) -> dict[str, Any]:
        case = self._practice.case(case_id)
        waiting = len(case.flags(open_only=True))
        return {
            "id": case_id,
            "number": case.info.number,
            "alias": case.info.alias,
            "flags": waiting,
            "last_entry": _last_entry(case),
            "current": bool(self._case and self._case.info.id == case_id),
        }

    def _settings(self) -> dict[str, Any]:
        code = self._practice.setting("country")
        country = next((one for one in load.helplines() if one.code == code), None)
        confirmed = self._practice.setting("confirmed_lines", {})
        lines = country.lines if country else ()
        return {
            "country": code,
            "emergency_number": self._practice.setting("emergency_number", ""),
            "idle_minutes": self._practice.setting("idle_minutes", 15),
            "idle_choices": list(IDLE_MINUTES),
            "lines": [
                {"id": one.id, "name": one.name, "call": one.call, "text": one.text, "web": one.web,
                 "shipped": one.checked.isoformat() if one.checked else None, "confirmed": confirmed.get(one.id)}
                for one in lines
            ],
        }  # fmt: skip


def _country(value: Any) -> str | None:
    return value if value in {one.code for one in load.helplines()} else None


def _emergency(value: Any) -> str | None:
    text = str(value).strip()
    return text if all(sign.isdigit() or sign in "+ ()-/" for sign in text) else None


def _idle(value: Any) -> int | None:
    return int(value) if str(value).isdigit() and int(value) in IDLE_MINUTES else None


_SETTINGS = {"country": _country, "emergency_number": _emergency, "idle_minutes": _idle}


def _rail(case: Case, step: Step, answered: frozenset[str], now: gates.Standing) -> dict[str, Any]:
    """A step of the list; the sentence of closed ones stands once, below the list."""
    begun = answered.intersection(step.core)
    gate = gates.theme_gate(step.id, now)
    decides = "decision" in step.core  # the look back ends with it; the rest of that page may be left out
    return {
        "page": f"{step.page}.ipynb",
        "title": step.title,
        "open": gate.in_reach,  # what a calm moment opens is begun on its own page
        "said": "" if gate.open else t(gate.says) if gate.in_reach else t("later"),
        "begun": bool(begun),
        "finished": decided(case) if decides else begun == set(step.core),
        "decides": decides,
    }


def _next(case: Case, steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What comes next on the case's own way: the next step, or on a guide's route its first open point.

    Once all that is open is finished: the last of the twelve steps, the look back, which comes again and again.
    """
    route = walk.chosen_route(case)
    if route == walk.INTEGRATED:
        last = f"{[step.page for step in load.steps() if not step.aside][-1]}.ipynb"
        unfinished = [one for one in steps if not (one["said"] or one["finished"])]
        return next(iter([*unfinished, *(one for one in steps if one["page"] == last and not one["said"])]), None)
    sections = walk.walk(case, route)
    ahead = walk.ahead(sections)
    if ahead is None:
        return None
    return {
        "page": f"{ahead.point.page}.ipynb",
        "form": ahead.point.form,
        "field": ahead.point.field,
        "title": Names(case).fill(ahead.point.title),
        "begun": ahead.begun,
        "section": t(_SECTION, number=ahead.number, all=len(sections), title=ahead.section.title),
    }


def _last_entry(case: Case) -> str | None:
    days = [newest.day for form_id in _ENTRY_FORMS if (newest := case.latest(form_id))]
    return max(days, default=None)


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "id": flag.id,
        "kind": flag.kind,
        "form": load.form(flag.form_id).title,
        "reason": flag.reason,
        "raised": _local_day(flag.raised_at),
        "settled": _local_day(flag.settled_at) if flag.settled_at else None,
        "note": flag.note,
        "decision": flag.decision,
        "closes": closes(flag),
    }


def _local_day(at: datetime) -> str:
    return at.astimezone().date().isoformat()


def _gates(case: Case) -> list[dict[str, Any]]:
    now = standing(case)
    start, partner = gates.start_gate(now), gates.partner_gate(now)
    return [
        {"what": "Themes beyond calming, care, boundaries and review", "open": start.open, "reasons": start.reasons},
        {"what": "Whatever reaches the partner", "open": partner.open, "reasons": partner.reasons},
    ]
