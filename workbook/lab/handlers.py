"""The server's answers under `<base>workbook/`: JSON, never cached, refusals as one kind sentence."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler
from tornado import web

from workbook.content import edition
from workbook.content.load import notebooks_dir
from workbook.errors import (
    CaseMismatch,
    HostProblem,
    KeyProblem,
    Locked,
    PageNotVouched,
    PracticeProblem,
    WorkbookError,
)
from workbook.lab import serving, strength, vouching
from workbook.lab.client import SECRET_HEADER, TICKET_HEADER
from workbook.lab.entrance import PATH, Enter
from workbook.lab.keeper import Keeper
from workbook.lab.live import Live
from workbook.lab.workspace import restore_page
from workbook.record import backup

_SORRY = "The workbook could not do that. Nothing that was stored is lost. Please try again."
_STRANGER = "This page was not opened by the workbook. Please open it from the start page."
_MAX_FIGURE = 20_000_000  # characters of SVG
_GOODBYE = 0.3  # seconds between the answer to ‘close’ and the server's end
Job = Callable[["Answer"], Any]  # what it returns, or what is awaited, is the answer


@dataclass(frozen=True)
class File:
    """What a browser saves: its bytes and their MIME type."""

    content: bytes = field(repr=False)
    kind: str


class Answer(APIHandler):
    """Base of all answers: what is asked is JSON, what fails is said in words.

    Args:
        show: what GET answers; None: GET is refused.
        do: what POST does; None: POST is refused.
    """

    def initialize(self, show: Job | None = None, do: Job | None = None) -> None:
        """Take what this route is for."""
        self._show, self._do = show, do

    @property
    def keeper(self) -> Keeper:
        """What the server knows."""
        keeper: Keeper = self.settings["workbook_keeper"]
        return keeper

    def set_default_headers(self) -> None:
        """Nothing of what is answered here may stay in the browser's cache."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")

    def body(self) -> dict[str, Any]:
        """The question's JSON object; HTTP 400 when it is something else."""
        try:
            found = json.loads(self.request.body or b"{}")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise web.HTTPError(400, "a JSON object was expected")
        return found

    def word(self, name: str) -> str:
        """A text of the question; HTTP 400 when it is missing or something else."""
        found = self.body().get(name)
        if not isinstance(found, str):
            raise web.HTTPError(400, f"‘{name}’ must be a text")
        return found

    async def answer(self, job: Job | None) -> None:
        """Do the job and send what it returns: bytes as a PDF, a File as it is, anything else as JSON."""
        if job is None:
            raise web.HTTPError(405, "this cannot be asked that way")
        try:
            found = await ensure_async(job(self))
        except WorkbookError as problem:
            self.set_status(_status(problem))
            found = {"message": str(problem), "kind": type(problem).__name__}
        if isinstance(found, bytes):
            found = File(found, "application/pdf")
        if isinstance(found, File):
            await self.finish(found.content, set_content_type=found.kind)
        else:
            await self.finish(json.dumps({"ok": True} if found is None else found))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A sentence, and no detail of the failure: it could carry what was sent. The page says a 403 itself."""
        problem = kwargs.get("exc_info", (None, None))[1]
        told = problem.log_message if isinstance(problem, web.HTTPError) else None
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"message": "" if status_code == HTTPStatus.FORBIDDEN else told or _SORRY}))


class Asked(Answer):
    """An answer to a browser that has logged in with the token."""

    @web.authenticated
    async def get(self) -> None:
        """Answer a question."""
        await self.answer(self._show)

    @web.authenticated
    async def post(self) -> None:
        """Do something; that somebody asks is a sign of life."""
        self.keeper.alive()
        await self.answer(self._do)


class FromKernel(Answer):
    """An answer to a page's kernel: it has no cookie but a ticket, and after the claim a secret."""

    def check_xsrf_cookie(self) -> None:
        """A browser cannot send the ticket, so no page on the web can forge these questions."""

    @allow_unauthenticated
    async def post(self) -> None:
        """Answer the kernel whose ticket or secret this is."""
        await self.answer(self._do)


def _status(problem: WorkbookError) -> int:
    if isinstance(problem, Locked):
        return HTTPStatus.LOCKED
    if isinstance(problem, (KeyProblem, HostProblem)):
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT if isinstance(problem, CaseMismatch) else HTTPStatus.BAD_REQUEST


# ---- how things stand, keys, locking --------------------------------------------------------------------------------


async def _create(ask: Answer) -> Any:
    return {"recovery": await ask.keeper.create(ask.word("passphrase"))}


async def _confirm(ask: Answer) -> None:
    groups = ask.body().get("groups")
    if not isinstance(groups, dict):
        raise web.HTTPError(400, "‘groups’ must be an object")
    await ask.keeper.confirm({str(place): str(text) for place, text in groups.items()})


def _strength(ask: Answer) -> Awaitable[dict[str, Any]]:
    return asyncio.to_thread(lambda: strength.judge(ask.word("passphrase"))._asdict())


async def _recovery(ask: Answer) -> Any:
    return {"recovery": await ask.keeper.new_recovery_key(ask.word("passphrase"))}


async def _close(ask: Answer) -> Any:
    """The workbook ends also when no backup could be made; then `say` is what is to be said."""
    say = ""
    try:
        await ask.keeper.close()
    except PracticeProblem as problem:
        say = f"The practice is locked. {problem}"
    asyncio.get_running_loop().call_later(_GOODBYE, ask.settings["serverapp"].stop)
    return {"say": say}


async def _backups(ask: Answer) -> Any:
    """Name, time and size in bytes, the newest first; those that cannot be read are left out."""
    found = await ask.keeper.work(lambda: backup.listing(ask.keeper.workspace.backups))
    return [{"name": one.name, "made_at": one.made_at.isoformat(), "size": one.size} for one in found if one.made_at]


async def _restore(ask: Answer) -> None:
    """One of the list by its name, or a file from another computer."""
    sent = ask.request.files.get("file")
    if not sent:
        await ask.keeper.restore(ask.keeper.workspace.backups / Path(ask.word("name")).name)
        return
    with tempfile.TemporaryDirectory(prefix=".sent-", dir=ask.keeper.workspace.folder) as folder:
        file = Path(folder) / "sent.backup"
        file.write_bytes(sent[0]["body"])
        await ask.keeper.restore(file)


# ---- case and pages -------------------------------------------------------------------------------------------------


def _case(ask: Answer) -> Awaitable[None]:
    case_id = ask.body().get("id")
    return ask.keeper.open_case(str(case_id) if case_id else None)


async def _standing(ask: Answer) -> Any:
    """Whether the page may run; the language of the case, the page's prose in it, and what of it is left out."""
    page = ask.keeper.workspace.page(ask.get_query_argument("path"))
    standing = vouching.standing(ask.keeper.workspace, page, ask.keeper.key)
    reading = await serving.reading(ask.keeper, page) if standing != "missing" else {}
    shipped = (notebooks_dir() / page.name).exists()
    return {
        "vouched": standing == "ok",
        "why": standing,
        "say": vouching.SENTENCES[standing],
        "shipped": shipped,
        **reading,
    }


def _words(ask: Answer) -> Any:
    """The workbook's own phrases in a language; asked once by each tab that needs them."""
    with edition.speaking(ask.get_query_argument("language")) as made:
        return {"code": made.language.code, "locale": made.language.locale, "words": dict(made.words)}


def _vouch(ask: Answer) -> None:
    """The unlocked counselor saved the page in ‘Edit page’."""
    workspace = ask.keeper.workspace
    vouching.vouch(workspace, workspace.page(ask.word("path")), ask.keeper.key)


def _restore_page(ask: Answer) -> None:
    """A page as it was shipped; the present one is kept aside."""
    if ask.body().get("do") != "restore":
        raise web.HTTPError(400, "‘do’ must be ‘restore’")
    restore_page(ask.keeper.workspace, ask.word("path"), notebooks_dir())


def _print(ask: Answer) -> Awaitable[bytes]:
    """The file itself; the server writes it nowhere."""
    asked = ask.body()
    return serving.print_page(
        ask.keeper,
        ask.word("path"),
        audience="counselor" if asked.get("audience") == "counselor" else "client",
        blank=bool(asked.get("blank")),
        only=str(asked["only"]) if asked.get("only") else None,
        password=str(asked["password"]) if asked.get("password") else None,
    )


# ---- a page's kernel ------------------------------------------------------------------------------------------------


async def _claim(ask: Answer) -> Any:
    """A kernel asks for the key with its ticket, or once more with the secret that it got for it."""
    ticket, secret = ask.request.headers.get(TICKET_HEADER, ""), ask.request.headers.get(SECRET_HEADER, "")
    kernels = ask.keeper.kernels
    seat = kernels.by_secret(secret) if secret else kernels.by_ticket(ticket)
    if seat is None:
        raise PageNotVouched(_STRANGER)
    return await serving.claim(ask.keeper, seat)


def _figure(ask: Answer) -> None:
    """A figure that the counselor drew on a page; kept in memory until the lock, printed with the page."""
    seat, asked = ask.keeper.kernels.by_secret(ask.request.headers.get(SECRET_HEADER, "")), ask.body()
    if seat is None:
        raise PageNotVouched(_STRANGER)
    number, svg = asked.get("n"), str(asked.get("svg", ""))
    if not isinstance(number, int) or len(svg) > _MAX_FIGURE:
        raise web.HTTPError(400, "‘n’ must be a number and the figure smaller than 20 MB")
    ask.keeper.figures.setdefault(seat.page, {})[number] = (svg, str(asked.get("alt", "")))


_SHOWN: dict[str, Job] = {
    "state": lambda ask: ask.keeper.state(),
    "help": lambda ask: ask.keeper.support(),
    "backups": _backups,
    "vouch": _standing,
    "words": _words,
}
_DONE: dict[str, Job] = {
    "active": lambda ask: None,  # the idle clock was set back by the question itself
    "case": _case,
    "close": _close,
    "confirm": _confirm,
    "create": _create,
    "leave": lambda ask: ask.keeper.lock("blank"),
    "link": lambda ask: {"path": ask.settings["workbook_entrance"].link()},  # for a second start, which has the token
    "lock": lambda ask: ask.keeper.lock(),
    "page": _restore_page,
    "passphrase": lambda ask: ask.keeper.change_passphrase(ask.word("old"), ask.word("new")),
    "print": _print,
    "recover": lambda ask: ask.keeper.recover(ask.word("recovery"), ask.word("passphrase")),
    "recovery": _recovery,
    "restore": _restore,
    "strength": _strength,
    "unlock": lambda ask: ask.keeper.unlock(ask.word("passphrase")),
    "vouch": _vouch,
}
ROUTES: list[tuple[Any, ...]] = [
    *(
        (f"/workbook/{name}", Asked, {"show": _SHOWN.get(name), "do": _DONE.get(name)})
        for name in sorted({*_SHOWN, *_DONE})
    ),
    ("/workbook/kernel/claim", FromKernel, {"do": _claim}),
    ("/workbook/kernel/figure", FromKernel, {"do": _figure}),
    ("/workbook/live", Live),
    (f"/{PATH}", Enter),
]
