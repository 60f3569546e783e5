"""A page's way to the practice: its kernel shows the server a ticket and gets the key of the open practice.

Outside the workbook's own JupyterLab, `WORKBOOK_REHEARSAL=<workspace folder>` opens a rehearsal practice instead, whose
people are made up and whose passphrase is public: for training, and for running the notebooks under test.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from workbook.errors import HostProblem, Locked, NoCase, NoServer, PageNotVouched, WorkbookError
from workbook.lab.workspace import Workspace

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice

TICKET, SERVER, REHEARSAL = "WORKBOOK_TICKET", "WORKBOOK_SERVER", "WORKBOOK_REHEARSAL"  # in the environment
TICKET_HEADER, SECRET_HEADER = "X-Workbook-Ticket", "X-Workbook-Session"
_PATIENCE = 15  # seconds for an answer of the server on this computer
_OUTSIDE = (
    "This page works inside the workbook only. Start it with ‘workbook lab’ (or ‘make lab’), then open the page from "
    "the start page."
)
_REFUSED: dict[str, type[HostProblem]] = {one.__name__: one for one in (Locked, PageNotVouched, NoCase)}


@dataclass(frozen=True)
class Connection:
    """What a page works with. `case` is None on the start page while no case is open."""

    practice: Practice = field(repr=False)
    case: Case | None = field(repr=False)
    page: str
    workspace: Path
    server: bool
    """False in a rehearsal outside the workbook."""
    sitting: str = field(default_factory=lambda: str(uuid.uuid4()), repr=False)
    """One opening of the page; saves of one sitting never conflict with each other."""

    @property
    def content(self) -> Path:
        """Folder of the counselor's own forms, steps and languages."""
        return Workspace(self.workspace).content

    def keep_figure(self, number: int, svg: str, alt: str) -> None:
        """Hand a figure to the server, so that it prints with the page; nothing happens outside the workbook."""
        if self.server:
            _ask("kernel/figure", {"n": number, "svg": svg, "alt": alt}, {SECRET_HEADER: _granted["session"]})


_granted: dict[str, Any] = {}  # this kernel's grant; it ends with the kernel, which ends with the lock
_practice: dict[str, Practice] = {}


def connect() -> Connection:
    """The open practice, and the case that this page belongs to.

    May be called again when the page runs again: the start page then gets the case that is open now, every other page
    keeps the case it was opened with.

    Raises:
        NoServer: the notebook runs outside the workbook, or the workbook has stopped.
        Locked: the practice is locked, or there is none yet.
        NoCase: no case is open, and this is not the start page.
        PageNotVouched: the page's code is neither the installed one nor saved by the unlocked counselor.
    """
    if os.environ.get(SERVER):
        return _connect_to_server()
    if os.environ.get(REHEARSAL):
        return _connect_to_rehearsal(Path(os.environ[REHEARSAL]))
    raise NoServer(_OUTSIDE)


def _connect_to_server() -> Connection:
    known = _granted.get("session")
    headers = {SECRET_HEADER: known} if known else {TICKET_HEADER: os.environ.get(TICKET, "")}
    answer = _ask("kernel/claim", {}, headers)
    practice = _open(Path(answer["folder"]), bytes.fromhex(answer.pop("key")))
    _granted.update(answer)
    case = practice.case(answer["case_id"]) if answer["case_id"] else None
    return Connection(practice, case, answer["page"], Path(answer["workspace"]), server=True)


def _connect_to_rehearsal(workspace: Path) -> Connection:
    from workbook.exchange import rehearsal
    from workbook.record.practice import Practice

    folder = workspace / "practice"
    try:
        practice = _practice.get(str(folder)) or _open(folder, Practice.unlock(folder, rehearsal.PASSPHRASE))
    except WorkbookError as problem:
        raise NoServer(f"{REHEARSAL} names no rehearsal practice ({problem}) Make one with ‘workbook demo’.") from None
    if not practice.rehearsal:
        raise NoServer(f"{REHEARSAL} may only name a rehearsal, and this is a real practice.")
    cases = practice.cases()
    case = practice.case(cases[0].id) if cases else None
    return Connection(practice, case, _notebook_name(), workspace, server=False)


def _open(folder: Path, key: bytes) -> Practice:
    """One practice for each kernel, however often its page runs."""
    from workbook.record.practice import Practice

    if str(folder) not in _practice:
        _practice[str(folder)] = Practice.open(folder, key)
    return _practice[str(folder)]


def _notebook_name() -> str:
    """The notebook's name where JupyterLab, VS Code or nbval tell it; otherwise the start page's."""
    for name in ("WORKBOOK_PAGE", "JPY_SESSION_NAME"):
        if os.environ.get(name):
            return Path(os.environ[name]).stem
    return "00-start"


def _ask(what: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    request = Request(  # noqa: S310 - always the server on this computer, from our own environment
        f"{os.environ[SERVER]}workbook/{what}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
    )
    try:
        # no proxy: the key must not be sent through whatever HTTP_PROXY names
        with build_opener(ProxyHandler({})).open(request, timeout=_PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except HTTPError as error:
        raise _refusal(error) from None
    except (URLError, OSError, ValueError):
        raise NoServer(
            "The workbook does not answer. Start it again with its shortcut or ‘workbook lab’. What you typed stays."
        ) from None


def _refusal(answer: HTTPError) -> HostProblem:
    """The server's own sentence, as the error that it names."""
    try:
        told = json.load(answer)
        return _REFUSED.get(told.get("kind"), NoServer)(told["message"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return NoServer(_OUTSIDE)
