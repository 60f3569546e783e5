"""The pages hold words and short calls, nothing private, and nothing that tells an onlooker what they are about."""

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from workbook.content import load
from workbook.page import Page
from workbook.rules import gates

PAGES = sorted(load.notebooks_dir().glob("*.ipynb"))
OPENING = "from workbook import open_page\n\npage = open_page()"
NAMES = re.compile(r"(\d\d(-[a-z]+)+|[a-z]+)\.ipynb")
TELLING = re.compile(
    r"marri|wife|husband|spouse|divorc|partner|couple|love|affair|reconcil|separat|relationship|safe|abus|violen|"
    r"suicid|crisis|danger|screen|therap|counsel|alias",
    re.IGNORECASE,
)
LONGEST_CALL = 120
TAKES_FORMS = {"form", "more", "screen"}


def cells(path: Path, kind: str) -> list[Any]:
    """The cells of a kind, in order."""
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def call(source: str) -> ast.Call:
    """The one call that a code cell is made of."""
    [statement] = ast.parse(source).body
    assert isinstance(statement, ast.Expr), source
    assert isinstance(statement.value, ast.Call), source
    return statement.value


def calls(path: Path) -> list[tuple[str, list[Any]]]:
    """Method name and literal arguments of each cell but the opening one."""
    found = []
    for cell in cells(path, "code")[1:]:
        one = call(cell.source)
        assert isinstance(one.func, ast.Attribute), cell.source
        assert ast.unparse(one.func.value) == "page", cell.source
        assert not one.keywords, cell.source
        found.append((one.func.attr, [ast.literal_eval(argument) for argument in one.args]))
    return found


def forms_asked(path: Path) -> list[str]:
    """Ids of the forms that a page calls for, in order."""
    return [form_id for name, forms in calls(path) if name in TAKES_FORMS for form_id in forms]


def title(path: Path) -> str:
    """The first heading."""
    return str(cells(path, "markdown")[0].source).splitlines()[0]


def test_the_pages_are_there():
    """Start, beginning, progress and support ship with the workbook."""
    assert {"00-start", "01-begin", "progress", "support"} <= {path.stem for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
class TestPage:
    """Each page, whoever wrote it."""

    def test_is_valid(self, path: Path):
        """Notebook format 4.5 with stable, telling cell ids that no tool will replace."""
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        ids = [cell.id for cell in notebook.cells]
        assert len(set(ids)) == len(ids)
        assert not [one for one in ids if re.fullmatch(r"[0-9a-f]{8}(-.*)?", one)]

    def test_names_its_kernel_and_nothing_else(self, path: Path):
        """Any Python 3 runs it; no widget state, no version of anyone's computer."""
        meta = nbformat.read(path, as_version=4).metadata
        assert meta.kernelspec.name == "python3"
        assert meta.workbook == {"page": True}
        assert set(meta) <= {"kernelspec", "language_info", "workbook"}
        assert set(meta.get("language_info", {})) <= {"name"}

    def test_holds_no_output(self, path: Path):
        """What a client reads on the page is never in the file."""
        for cell in cells(path, "code"):
            assert cell.outputs == [], cell.id
            assert cell.execution_count is None, cell.id
        notebook = nbformat.read(path, as_version=4)
        assert not [cell.id for cell in notebook.cells if cell.get("attachments") or set(cell.metadata) - {"tags"}]

    def test_tags_only_say_who_reads_a_paragraph(self, path: Path):
        """One tag of the rule on a Markdown cell; a mistyped one would show its words to everybody."""
        for cell in nbformat.read(path, as_version=4).cells:
            tags = cell.metadata.get("tags", [])
            assert not tags or (cell.cell_type == "markdown" and len(tags) == 1 and tags[0] in gates.PROSE), cell.id

    def test_opens_first_and_then_makes_short_calls(self, path: Path):
        """Every code cell reads like English, and its arguments can be read without running it."""
        first, *rest = cells(path, "code")
        assert first.source.strip() == OPENING
        for cell in rest:
            assert "\n" not in cell.source.strip(), cell.id
            assert len(cell.source) <= LONGEST_CALL, cell.id
        for name, _ in calls(path):
            assert hasattr(Page, name), name
            assert not name.startswith("_"), name

    def test_asks_for_forms_that_exist(self, path: Path):
        """No page calls for a form that data/ does not hold, nor for one twice."""
        asked = forms_asked(path)
        assert [form_id for form_id in asked if form_id not in load.forms()] == []
        assert len(set(asked)) == len(asked)

    def test_holds_all_forms_of_its_step(self, path: Path):
        """What a step lists is on its page."""
        step = load.step(path.stem)
        asked = forms_asked(path)
        assert [form_id for form_id in (step.forms if step else ()) if form_id not in asked] == []

    def test_tells_an_onlooker_nothing(self, path: Path):
        """File name and first heading, which stand in tabs, addresses and histories, are neutral."""
        assert NAMES.fullmatch(path.name)
        assert not TELLING.search(path.stem)
        assert title(path).startswith("# ")
        assert not TELLING.search(title(path))


def test_limits_are_read_before_any_other_form():
    """On the first step, the limits of confidentiality come before the first answer and the private questions."""
    asked = forms_asked(load.notebooks_dir() / "01-begin.ipynb")
    assert asked[0] == "confidentiality"
    assert "screen" in asked


def test_progress_shows_the_five_charts():
    """Mood and calm, interactions, urges, moments and contacts are each on the page once."""
    shown = [args for name, args in calls(load.notebooks_dir() / "progress.ipynb") if name == "chart"]
    assert shown == [["mood-calm"], ["interactions"], ["urges"], ["moments"], ["contacts"]]
