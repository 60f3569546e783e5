"""What ends a case, as the server does it: close, open again, export, erase. Pages of the case are stored first."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tornado import web

from workbook.errors import InvalidAnswer, PracticeProblem, WorkbookError
from workbook.lab.export_command import next_of, whole_case
from workbook.lab.handlers import Answer, Asked, File, Job
from workbook.lab.keeper import find_case
from workbook.record import ending, erasing

if TYPE_CHECKING:
    from workbook.lab.keeper import Keeper
    from workbook.record.case import Case
    from workbook.record.erasing import Target

_CLOSING = "This page is stored. The case was closed; open the page again to read or print it."
_REOPENING = "This page is stored. The case was opened again; open the page again to go on."
_ERASING = "This page is closed, because its case is being erased."


async def _noted(ask: Answer, why: str, write: Callable[[Case, str, str], object]) -> None:
    """`case`, `reason`, `note`."""
    reason, note = ask.word("reason"), str(ask.body().get("note") or "")
    case = _current(ask.keeper, ask.word("case"))
    async with ask.keeper.alone(why):
        await ask.keeper.work(lambda: write(case, reason, note))


async def _close(ask: Answer) -> None:
    """Also `keep_until`: a date or empty."""
    from workbook.forms.ending import read_day

    day = read_day(ask.body().get("keep_until"))
    await _noted(ask, _CLOSING, lambda case, reason, note: ending.close(case, reason, note, day))


async def _reopen(ask: Answer) -> None:
    await _noted(ask, _REOPENING, ending.reopen)


async def _export(ask: Answer) -> File:
    """`case`, `what` (‘all’ or ‘pages’), `password` for the PDFs. The file itself; the server writes it nowhere."""
    keeper, asked, case_id = ask.keeper, ask.body(), ask.word("case")
    steps = whole_case(
        _current(keeper, case_id),
        keeper.workspace,
        datetime.now().astimezone(),
        pages_only=asked.get("what") == "pages",
        password=str(asked["password"]) if asked.get("password") else None,
        figures=keeper.figures.get,
    )

    def on() -> tuple[int, int, str] | bytes:
        _current(keeper, case_id)  # locked or changed meanwhile: then nothing more is read
        return next_of(steps)

    while not isinstance(found := await keeper.work(on), bytes):
        keeper.alive()
        keeper.tabs.say("exporting", done=found[0], of=found[1])
    return File(found, "application/zip")


async def _look(ask: Answer) -> Any:
    """How many copies of a case can be opened, and which cannot."""
    keeper = ask.keeper
    practice, key = keeper.opened()
    copies = await keeper.work(lambda: erasing.copies(practice, keeper.workspace.backups, key))
    return {
        "backups": sum(one.kind == "backup" and not one.why for one in copies),
        "asides": sum(one.kind == "aside" and not one.why for one in copies),
        "unopened": [{"name": one.path.name, "why": one.why} for one in copies if one.why],
    }


async def _erase(ask: Answer) -> Any:
    """`case` and `number` as it was typed, or `pending`: a number whose erasing was interrupted. `delete`: names.

    Answers what was found afterwards, with the certificate (PDF, base64).
    """
    keeper, asked = ask.keeper, ask.body()
    delete = asked.get("delete") or []
    if not isinstance(delete, list):
        raise web.HTTPError(400, "‘delete’ must be a list")
    target = await keeper.work(lambda: _target(keeper, asked))
    async with keeper.alone(_ERASING) as (practice, key):
        keeper.case = None  # no page can be given it any more
        steps = erasing.run(
            practice,
            key,
            target,
            workspace=keeper.workspace.folder,
            backups=keeper.workspace.backups,
            delete=[str(name) for name in delete],
        )
        try:
            result = await _run(keeper, steps)
        finally:
            keeper.case = await keeper.work(lambda: find_case(practice, target.id))
    pdf = await keeper.work(lambda: _certificate(keeper, result))
    told = {name: value for name, value in vars(result).items() if not isinstance(value, datetime)}
    return {**told, "clean": result.clean, "certificate": base64.b64encode(pdf).decode()}


async def _run(keeper: Keeper, steps: Generator[erasing.Step, None, erasing.Result]) -> erasing.Result:
    """Go through the steps on the practice's own thread, and tell the tabs how far it is."""

    def on() -> erasing.Step | erasing.Result:
        try:
            return next_of(steps)
        except OSError as problem:
            raise PracticeProblem(
                f"A file in the workspace could not be read or written ({problem.strerror}). What was erased is gone; "
                "please look at the folder and erase once more."
            ) from None

    while not isinstance(found := await keeper.work(on), erasing.Result):
        keeper.alive()
        keeper.tabs.say("erasing", done=found.done, of=found.of, what=found.say)
    return found


def _target(keeper: Keeper, asked: dict[str, Any]) -> Target:
    practice, _ = keeper.opened()
    if asked.get("pending") is not None:
        found = next((one for one in erasing.pending(practice) if one.number == asked["pending"]), None)
        if found is None:
            raise WorkbookError("No erasing of this case waits to be finished. Please reload the page.")
        return found
    case = _current(keeper, str(asked.get("case")))
    if str(asked.get("number", "")).strip() != str(case.info.number):
        raise InvalidAnswer("Number", "the number of the case, as it stands in the list, was expected.")
    return erasing.target(practice, case.info.id)


def _current(keeper: Keeper, case_id: str) -> Case:
    """The open case, which must be the one that the page means."""
    case = keeper.opened_case()
    case.expect(case_id)
    return case


def _certificate(keeper: Keeper, result: erasing.Result) -> bytes:
    from workbook.forms.ending import NAME
    from workbook.report.certificate import certificate
    from workbook.report.pdf import PAPER

    practice = keeper.practice
    name = practice.setting(NAME, "") if practice else ""
    paper = PAPER.get(practice.setting("country", "") if practice else "", "a4")
    return certificate(result, practice=name, now=datetime.now().astimezone(), paper=paper)


_DONE: dict[str, Job] = {"close": _close, "reopen": _reopen, "export": _export, "look": _look, "erase": _erase}
ROUTES: list[tuple[Any, ...]] = [(f"/workbook/ending/{name}", Asked, {"do": job}) for name, job in _DONE.items()]
