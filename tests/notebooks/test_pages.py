"""Every page runs: on a rehearsal practice through nbval, and once more without a server, where it says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import filled
import nbformat
import pytest

from workbook.content.load import notebooks_dir
from workbook.record.practice import Practice

PAGES = sorted(notebooks_dir().glob("*.ipynb"))
NAMES = [path.stem for path in PAGES]
SAYS = "words = said.outputs[0].data['text/html']\nassert 'workbook lab' in words, words"


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a rehearsal practice, made once by the program itself; in its first case everything is open."""
    from workbook.exchange import rehearsal

    workspace = tmp_path_factory.mktemp("rehearsal")
    rehearsal.make(workspace)
    folder = workspace / "practice"
    practice = Practice.open(folder, Practice.unlock(folder, rehearsal.PASSPHRASE))
    filled.open_everything(practice.case(practice.cases()[0].id))
    practice.close()
    return workspace


def nbval(notebook: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a notebook through nbval: each cell must run without an error."""
    folder = notebook.parent
    env = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), **environment}
    for name in ("WORKBOOK_SERVER", "WORKBOOK_TICKET"):
        env.pop(name, None)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval-lax", "-q", "-W", "ignore"]
    return subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(folder), str(notebook)],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=folder,
    )


def test_there_are_pages():
    """The loops below must not pass for want of pages."""
    assert set(NAMES) >= {"00-start", "01-begin", "02-pause", "log", "progress", "support"}


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_runs_on_a_rehearsal_practice(path: Path, tmp_path: Path, rehearsal: Path):
    """Strictly: whatever fails is raised."""
    page = nbformat.read(path, 4)
    nbformat.write(page, tmp_path / path.name)
    run = nbval(tmp_path / path.name, WORKBOOK_REHEARSAL=str(rehearsal), WORKBOOK_PAGE=path.stem, WORKBOOK_STRICT="1")
    assert run.returncode == 0, run.stdout[-4000:]
    assert f"{sum(cell.cell_type == 'code' for cell in page.cells)} passed" in run.stdout


def test_every_page_says_what_to_do_without_a_server(tmp_path: Path):
    """No traceback: a sentence that names what to start, and silent parts. All pages in one kernel, for speed."""
    all_pages = nbformat.v4.new_notebook()
    for path in PAGES:
        cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        lines = "".join(f"    {line}\n" for line in cells[0].source.splitlines())
        cells[0].source = f"from IPython.utils.capture import capture_output\nwith capture_output() as said:\n{lines}"
        all_pages.cells += [*cells, nbformat.v4.new_code_cell(SAYS)]
    for number, cell in enumerate(all_pages.cells):
        cell.id = f"cell-{number}"
    nbformat.write(all_pages, tmp_path / "all.ipynb")
    run = nbval(tmp_path / "all.ipynb", WORKBOOK_STRICT="0", WORKBOOK_REHEARSAL="")
    assert run.returncode == 0, run.stdout[-4000:]
    assert f"{len(all_pages.cells)} passed" in run.stdout
