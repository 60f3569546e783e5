"""JupyterLab's own ways to save a page as something else, asked for by their address."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.nbconvert.handlers import NbconvertFileHandler, NbconvertPostHandler
from tornado import web

from workbook.errors import WorkbookError

_NO_EXPORT = "This page cannot be saved that way. Please use ‘PDF’ in the bar above the page."


class _Export(JupyterHandler):
    """Says one sentence in the place of JupyterLab's page of errors."""

    async def prepare(self) -> None:  # type: ignore[override]
        """What the menu does not offer cannot be asked for by its address either."""
        from nbconvert.exporters import ExporterDisabledError, ExporterNameError, get_exporter

        await super().prepare()
        try:
            get_exporter(self.path_kwargs["format"], config=self.config)  # type: ignore[no-untyped-call]
        except (ExporterDisabledError, ExporterNameError):
            raise web.HTTPError(404) from None

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """What our own exporter says, or what to use instead."""
        problem = getattr(kwargs.get("exc_info", (None, None))[1], "__cause__", None)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(str(problem) if isinstance(problem, WorkbookError) else _NO_EXPORT)


class ExportFile(_Export, NbconvertFileHandler):
    """A page of the workspace."""


class ExportSent(_Export, NbconvertPostHandler):
    """A page that was sent along."""


ROUTES: list[tuple[Any, ...]] = [
    (r"/nbconvert/(?P<format>\w+)", ExportSent),
    (r"/nbconvert/(?P<format>\w+)(?P<path>/.*)", ExportFile),
]
