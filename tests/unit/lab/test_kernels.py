"""Kernels of pages: one that is still coming up can already be asked about."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from traitlets.config import Configurable

from workbook.lab.kernels import PageKernel, PageKernels, Seat


class Server(Configurable):
    """What the kernels ask of the server."""

    port, base_url = 0, "/"


def test_a_kernel_that_is_coming_up_has_a_last_activity() -> None:
    """The list of kernels asks every one for it, also the one that is just being made ready."""
    assert PageKernel().last_activity <= datetime.now(UTC)


def test_a_kernel_that_claims_the_key_while_the_others_end_is_ended_too() -> None:
    """Ending takes a moment; a page that opens in it must not keep the key after the lock."""
    late, ended = Seat("late", secret="s"), []

    class Kernels:
        def __init__(self) -> None:
            self.seats = {"first": Seat("first", secret="s"), "free": Seat("free")}
            self.parent = SimpleNamespace(session_manager=self)

        async def list_sessions(self) -> None:
            if late.kernel_id not in ended:
                self.seats["late"] = late

        async def _end(self, seat: Seat) -> None:
            ended.append(self.seats.pop(seat.kernel_id).kernel_id)

    asyncio.run(PageKernels.end(Kernels()))  # type: ignore[arg-type]
    assert ended == ["first", "late"]


def test_a_kernel_that_is_just_starting_ends_with_the_server(tmp_path: Path) -> None:
    """It is waited for: closing in that moment left a server behind that never ended."""

    async def close_while_one_starts() -> list[str]:
        kernels = PageKernels(parent=Server(), root_dir=str(tmp_path))
        making = asyncio.create_task(kernels.make_ready())
        while not kernels._pending_kernels:
            await asyncio.sleep(0)
        await kernels.shutdown_all(now=True)
        await making
        await kernels.make_ready()
        return kernels.list_kernel_ids()

    assert asyncio.run(close_while_one_starts()) == []
