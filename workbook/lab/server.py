"""The server extension: JupyterLab's server learns to hold the key, to lock, and to keep notebooks clean."""

from __future__ import annotations

import asyncio
import webbrowser
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from tornado.ioloop import PeriodicCallback
from traitlets import Bool, Float, Unicode

from workbook.content import edition
from workbook.errors import WorkbookError, WorkspaceProblem
from workbook.lab import ending, exports
from workbook.lab.entrance import Entrance
from workbook.lab.handlers import ROUTES
from workbook.lab.idle import STANDARD_MINUTES, WARNING_SECONDS, IdleClock
from workbook.lab.keeper import Keeper
from workbook.lab.kernels import PageKernels
from workbook.lab.workspace import Workspace


class WorkbookServer(ExtensionApp):
    """The workbook in a Jupyter server that our launcher started."""

    name = "workbook"
    workspace = Unicode(help="Folder of the workspace.").tag(config=True)
    show = Bool(help="Open the browser once the server runs.").tag(config=True)
    idle_seconds = Float(None, allow_none=True, help="Until the lock; unset: as the practice says.").tag(config=True)
    warning_seconds = Float(WARNING_SECONDS, help="Between the warning and the lock.").tag(config=True)

    def initialize_settings(self) -> None:
        """Make what the handlers ask."""
        kernels = self.serverapp.kernel_manager  # type: ignore[union-attr]
        if not isinstance(kernels, PageKernels):
            raise WorkspaceProblem("Please start the workbook with its own command: workbook lab")
        workspace = Workspace(Path(self.workspace))
        edition.use(workspace.content)
        clock = IdleClock(self.idle_seconds or 60.0 * STANDARD_MINUTES, self.warning_seconds)
        fixed = self.idle_seconds is not None
        self.keeper = Keeper(workspace, kernels, clock, fixed_idle=fixed)
        self.settings["workbook_keeper"] = self.keeper
        self.settings["workbook_entrance"] = Entrance()
        _lend_to_exporter(self.keeper)

    def initialize_handlers(self) -> None:
        """Add the routes."""
        self.handlers.extend([*ROUTES, *ending.ROUTES, *exports.ROUTES])

    async def _start_jupyter_server_extension(self, serverapp: Any) -> None:
        every = max(0.1, min(1.0, self.warning_seconds / 4))
        self._clock = PeriodicCallback(self.keeper.tick, every * 1000)
        self._clock.start()
        _no_old_modules(serverapp.web_app.settings)
        await self.keeper.kernels.make_ready()
        base = f"http://127.0.0.1:{serverapp.port}{serverapp.base_url}"
        print(f"The workbook is open: {base}?token={serverapp.identity_provider.token}", flush=True)
        if self.show:
            await asyncio.to_thread(webbrowser.open, base + self.settings["workbook_entrance"].link())

    async def stop_extension(self) -> None:
        """The server ends, by ‘Close and lock’ or by a signal: a backup is made if none was."""
        self._clock.stop()
        try:
            await self.keeper.close()
        except WorkbookError as problem:
            print(f"No backup was made: {problem}")


def _no_old_modules(settings: dict[str, Any]) -> None:
    """JupyterLab lets browsers keep extension files for a year; ours have no hash in their names, so they ask again."""
    kept = settings.get("static_immutable_cache", [])
    settings["static_immutable_cache"] = [place for place in kept if "/extensions/workbook/" not in place]


def _lend_to_exporter(keeper: Keeper) -> None:
    """JupyterLab's export menu prints through the same server, and needs the open practice and case."""
    from workbook.report.exporter import WorkbookPDFExporter

    WorkbookPDFExporter.source = lambda: (keeper.practice, keeper.case, keeper.workspace.pages, keeper.figures)


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "workbook.lab.server", "app": WorkbookServer}]
