"""What the walks into the conflicts share: a case is led there, and looked at, in a word each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from workbook.content import conflicts, load
from workbook.forms.spec import open_fields
from workbook.record.case import Case
from workbook.record.raising import raise_flags
from workbook.record.responses import Flag
from workbook.record.standing import form_gate, screen_questions, standing
from workbook.rules import gates

TODAY = date.today()
FORMS = load.forms()
PARTNER_FORMS = tuple(form for form in FORMS.values() if form.reaches_partner and form.audience == "client")
STEPS = tuple(step for step in load.steps())


def contact(case: Case, status: str) -> None:
    """The counselor writes down what contact is."""
    case.save("contact-status", {"status": status, "note": "As it was said."}, respondent="counselor")


def screen(case: Case, **answers: str) -> str:
    """A screening with ‘no’ to all but what is named; answers its id."""
    given = dict.fromkeys(screen_questions(load.form("screen")), "no") | answers
    return case.save("screen", given, respondent="counselor").response.id


def let_in(case: Case, form_id: str) -> None:
    """The counselor opens a part, and the client wants it."""
    case.save("opening", {"form": form_id, "open": "yes", "note": "Talked about."}, respondent="counselor")
    case.save("log-items", {"forms": form_id})


def raised(case: Case) -> list[str]:
    """The kinds of the flags that are raised now."""
    return sorted(flag.kind for flag in raise_flags(case))


def settle(case: Case, kind: str, decision: Any = "open") -> Flag:
    """The counselor's dated entry on the open flag of a kind."""
    flag = next(flag for flag in case.flags() if flag.kind == kind)
    return case.settle_flag(flag.id, "Talked about.", decision)


def row(**cells: Any) -> dict[str, dict[str, Any]]:
    """One row of a list."""
    return {"one": cells}


def days_ago(days: int) -> datetime:
    """A moment some days back."""
    return datetime.now(UTC) - timedelta(days=days)


def gate(case: Case, form_id: str) -> gates.Gate:
    """The gate before a form."""
    return form_gate(load.form(form_id), standing(case))


def asked(case: Case, form_id: str) -> set[str]:
    """Ids of the questions that a form asks now, those of its lists as `list.question`."""
    fields = open_fields(load.form(form_id), case)
    return {one.id for one in fields} | {f"{one.id}.{inner.id}" for one in fields for inner in one.fields}


def inside(name: str) -> Any:
    """A question by its name in the table: `form.question` or `form.list.question`."""
    form_id, *path = name.split(".")
    one = FORMS[form_id].field(path[0])
    return next(inner for inner in one.fields if inner.id == path[1]) if len(path) > 1 else one


def rule(conflict: str, number: int) -> conflicts.Rule:
    """A rule of the table, from 0."""
    return next(one for one in conflicts.conflicts() if one.id == conflict).rules[number]


def text(name: str) -> str:
    """The words of a text or the help of a question, in lower case and one line."""
    one = inside(name)
    return " ".join(f"{one.text} {one.help}".lower().split())
