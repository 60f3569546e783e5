"""‘Save and Export Notebook As … WorkbookPDF’ in JupyterLab, and `jupyter nbconvert --to WorkbookPDF`.

The exporter reads the saved notebook, which holds no answers. Inside the workbook's own server it asks that server for
the open practice and case; everywhere else it prints the page blank. It always prints for the client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.exporters import Exporter

from workbook.report.pdf import page_pdf

Source = Callable[[], tuple[Any, Any, Path, Mapping[str, Mapping[int, tuple[str, str]]]]]


class WorkbookPDFExporter(Exporter):
    """One page as a PDF. The server sets `source`, which gives practice, case, folder of pages and own figures."""

    source: ClassVar[Source | None] = None
    export_from_notebook = "PDF of this page"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **_options: Any) -> tuple[Any, dict[str, Any]]:
        """The PDF, and the resources with its extension; raises PrintProblem when the page cannot be set."""
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        resources["output_extension"] = ".pdf"
        name = str(resources.get("metadata", {}).get("name") or "page")
        source = type(self).source
        practice, case, pages, figures = source() if source else (None, None, Path(), {})
        made = page_pdf(practice, case, pages / f"{name}.ipynb", notebook=nb, figures=figures.get(name))
        return made, resources
