"""Pages as they could be shipped, and a workspace to install them into."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workbook.lab.workspace import Workspace, prepare

WritePage = Callable[..., Path]


@pytest.fixture
def write_page() -> WritePage:
    """Writes a notebook of one paragraph and one code cell."""

    def write(folder: Path, name: str, code: str = "page = open_page()", prose: str = "Welcome") -> Path:
        folder.mkdir(exist_ok=True)
        cells = [
            {"cell_type": "markdown", "metadata": {}, "source": prose},
            {"cell_type": "code", "metadata": {}, "source": [code], "outputs": [], "execution_count": None},
        ]
        page = folder / f"{name}.ipynb"
        page.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        return page

    return write


@pytest.fixture
def shipped(tmp_path: Path, write_page: WritePage) -> Path:
    """A folder of two shipped pages."""
    write_page(tmp_path / "shipped", "00-start")
    return write_page(tmp_path / "shipped", "02-pause", "page.form('pause-plan')").parent


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return prepare(tmp_path / "workspace")
