"""The kernels of pages: each gets a ticket of its own, and one is held ready so that a page opens at once.

A ticket is good for one claim, by one kernel process; a restarted kernel gets a new one. The kernel held ready has a
ticket too, but no page, and without a page no claim is granted.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from jupyter_server.utils import ApiPath
from tornado.web import HTTPError
from traitlets import Bool, Float, default

from workbook.lab.client import SERVER, TICKET


@dataclass
class Seat:
    """What the server knows of one kernel process: its ticket, and after the claim its page and case."""

    kernel_id: str
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    secret: str = field(default="", repr=False)
    page: str = ""
    case_id: str | None = None

    @property
    def claimed(self) -> bool:
        """True once the kernel holds the key."""
        return bool(self.secret)


class PageKernel(ServerKernelManager):
    """One kernel. Every start of its process, a restart too, gets a fresh ticket in the environment."""

    parent: Any  # the PageKernels that it belongs to

    @default("last_activity")
    def _born(self) -> datetime:
        """A kernel that is still coming up may be listed already; jupyter_server then asks for its last activity."""
        return datetime.now(UTC)

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        kernel_id = self.kernel_id or kw["kernel_id"]
        kw["env"] = {**(kw.get("env") or self.parent.environment()), **self.parent.seat_for(kernel_id)}
        return await super()._async_pre_start_kernel(**kw)


class PageKernels(AsyncMappingKernelManager):
    """All kernels of the server, who sits in them, and the one that is held ready."""

    parent: Any  # the ServerApp
    hold_ready = Bool(True, help="Keep one kernel ready for the next page.").tag(config=True)
    ready_after = Float(2.0, help="Seconds after a page took the ready kernel until the next is made.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.seats: dict[str, Seat] = {}
        self._ready: str | None = None
        self._making: asyncio.Task[None] | None = None

    @default("kernel_manager_class")
    def _page_kernel(self) -> str:
        return "workbook.lab.kernels.PageKernel"

    def environment(self) -> dict[str, str]:
        """The environment of a kernel that no notebook has asked for yet."""
        return dict(os.environ)

    def seat_for(self, kernel_id: str) -> dict[str, str]:
        """A new seat for a kernel process that is about to start, as environment variables."""
        seat = self.seats[kernel_id] = Seat(kernel_id)
        return {SERVER: f"http://127.0.0.1:{self.parent.port}{self.parent.base_url}", TICKET: seat.ticket}

    def by_ticket(self, ticket: str) -> Seat | None:
        """The seat whose ticket this is and that has not claimed yet."""
        free = (seat for seat in self.seats.values() if not seat.claimed and seat.kernel_id in self)
        return next((seat for seat in free if hmac.compare_digest(seat.ticket, ticket)), None)

    def by_secret(self, secret: str) -> Seat | None:
        """The seat that got this secret at its claim."""
        taken = (seat for seat in self.seats.values() if seat.claimed and seat.kernel_id in self)
        return next((seat for seat in taken if hmac.compare_digest(seat.secret, secret)), None)

    async def page_of(self, kernel_id: str) -> str | None:
        """Path of the one notebook that this kernel runs; None if there is none, or more than one.

        JupyterLab opens a session under a random name and renames it a moment later, so a name that is no notebook's
        is waited for.
        """
        for _ in range(100):
            paths = {
                row["path"]
                for row in await self.parent.session_manager.list_sessions()
                if row["kernel"]["id"] == kernel_id and row["type"] == "notebook"
            }
            if len(paths) != 1:
                return None
            (path,) = paths
            if path.endswith(".ipynb"):
                return str(path)
            await asyncio.sleep(0.03)
        return None

    async def end(self, but: str | None = None) -> None:
        """End the kernels that hold the key, apart from those of the page `but`, at once.

        What they stored is durable, and the key goes with their memory. When this returns, none holds it, nor one that
        claimed it meanwhile.
        """
        while seats := [seat for seat in self.seats.values() if seat.claimed and seat.page != but]:
            await asyncio.gather(*(self._end(seat) for seat in seats))
            await self.parent.session_manager.list_sessions()  # forgets the sessions whose kernel is gone

    async def _end(self, seat: Seat) -> None:
        self.seats.pop(seat.kernel_id, None)
        with contextlib.suppress(HTTPError, KeyError):  # it ended by itself meanwhile
            await self.shutdown_kernel(seat.kernel_id, now=True)

    # ---- one held ready --------------------------------------------------------------------------------------------

    async def _async_start_kernel(self, *, kernel_id: str | None = None, path: Any = None, **kwargs: Any) -> str:
        usual = kwargs.get("kernel_name") in (None, "", self.default_kernel_name)
        taken = await self._take_ready() if kernel_id is None and usual else None
        if taken is not None:
            return taken
        self._make_ready_soon()
        return str(await super()._async_start_kernel(kernel_id=kernel_id, path=path, **kwargs))

    start_kernel = _async_start_kernel  # type: ignore[assignment]  # as jupyter_server itself does

    def list_kernels(self) -> list[dict[str, Any]]:
        """All kernels but the one held ready: nobody shall shut it down by mistake."""
        known: list[dict[str, Any]] = super().list_kernels()  # type: ignore[no-untyped-call]
        return [model for model in known if model["id"] != self._ready]

    async def make_ready(self) -> None:
        """Start the kernel that the next page gets; does nothing when there is one."""
        if self.hold_ready and self._ready is None:
            self._ready = await super()._async_start_kernel(path=ApiPath(""))

    async def _take_ready(self) -> str | None:
        ready, self._ready = self._ready, None
        if ready is None or ready not in self:
            return None
        self._make_ready_soon()
        alive = await ensure_async(self.get_kernel(ready).is_alive())
        return ready if alive else None

    def _make_ready_soon(self) -> None:
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._later())

    async def _later(self) -> None:
        await asyncio.sleep(self.ready_after)
        with contextlib.suppress(HTTPError, RuntimeError):  # the server ends meanwhile
            await self.make_ready()

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        if not restart:
            self.seats.pop(kernel_id, None)
        await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)  # type: ignore[no-untyped-call]

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]

    async def _async_shutdown_all(self, now: bool = False) -> None:
        """End all kernels, for the server ends.

        One that is still starting is waited for: it could not be ended yet, and the server would stay for ever.
        """
        self.hold_ready = False
        if self._pending_kernels:
            await asyncio.wait(list(self._pending_kernels.values()))
        await super()._async_shutdown_all(now=now)

    shutdown_all = _async_shutdown_all  # type: ignore[assignment]
