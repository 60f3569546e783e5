"""JupyterLab's export menu: filled inside the workbook's server, blank elsewhere, always the client's print."""

from __future__ import annotations

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from workbook.report.exporter import WorkbookPDFExporter


@pytest.fixture
def page(cells):
    """A page as nbconvert reads it."""
    return nbformat.from_dict({**cells("# Pause", 'page.form("plan")', "page.screen()"), "metadata": {}})


def test_it_is_found_by_its_name():
    """The name that the menu shows."""
    assert get_exporter("WorkbookPDF") is WorkbookPDFExporter


def test_outside_the_workbook_it_prints_blank(page, read_pdf):
    """There is no practice to ask."""
    made, resources = WorkbookPDFExporter().from_notebook_node(page, {"metadata": {"name": "02-pause"}})
    assert resources["output_extension"] == ".pdf"
    assert "Why I pause" in read_pdf(made).words


def test_inside_it_prints_the_open_case(page, practice, case, tmp_path, read_pdf, monkeypatch):
    """The saved notebook holds no answer; the server's open case does."""
    case.save("plan", {"why": "ANSWER"})
    case.save("screen", {"fear": "yes"}, respondent="counselor")
    monkeypatch.setattr(WorkbookPDFExporter, "source", lambda: (practice, case, tmp_path, {}))
    made, _ = WorkbookPDFExporter().from_notebook_node(page, {"metadata": {"name": "02-pause"}})
    words = read_pdf(made).words
    assert "ANSWER" in words
    assert "Afraid" not in words
