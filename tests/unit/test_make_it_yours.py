"""The worked example of docs/make-it-yours.md does what the page says: it is taken from the page and run."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

import workbook.page
from workbook import cli, open_page
from workbook.content import completeness, edition, load, pages
from workbook.content.words import t
from workbook.exchange import rehearsal
from workbook.lab import client, vouching
from workbook.lab.workspace import Workspace, install, prepare
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.report.pdf import page_pdf

DOCUMENT = (Path(__file__).parents[2] / "docs" / "make-it-yours.md").read_text("utf-8")
BLOCK = re.compile(r"^`((?:content|pages)/[^`]+)`\n((?:```\w+\n.*?^```\n)+)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)


def examples() -> dict[str, list[tuple[str, str]]]:
    """Each file of the worked example with its blocks as (language, text)."""
    return {name: FENCE.findall(blocks) for name, blocks in BLOCK.findall(DOCUMENT)}


def notebook(blocks: list[tuple[str, str]]) -> dict[str, Any]:
    """The page of the example as JupyterLab would save it."""
    cells = [
        {"cell_type": "code", "source": text.strip(), "metadata": {}, "outputs": [], "execution_count": None}
        if language == "python"
        else {"cell_type": "markdown", "source": text.strip(), "metadata": {}}
        for language, text in blocks
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with every file of the example in it."""
    made = prepare(tmp_path / "workspace")
    install(made, load.notebooks_dir())
    for name, blocks in examples().items():
        path = made.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = json.dumps(notebook(blocks)) if path.suffix == ".ipynb" else blocks[0][1]
        path.write_text(whole, "utf-8")
    yield made
    edition.use(None)


@pytest.fixture
def case(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case of a rehearsal in that workspace, as a page outside of JupyterLab meets it."""
    practice, _ = Practice.create(place.practice, rehearsal.PASSPHRASE, rehearsal=True, cost=CHEAP)
    yield practice.add_case("Robin")
    practice.close()


def test_the_document_has_the_worked_example():
    """Edit a form, add one, change a step, reorder a route, write a page, add a language."""
    assert {name.rsplit("/", 1)[0] for name in examples()} == {
        "content/forms", "content/steps", "content/routes", "pages",
        "content/languages/eo", "content/languages/eo/forms", "content/languages/eo/pages",
    }  # fmt: skip


def test_forms_steps_and_routes_are_as_the_page_says(place: Workspace):
    """Words, answers, a hidden and a new question; a new form on a step; a route of one's own."""
    used = edition.use(place.content)
    assert used.problems == ()
    menu = load.form("calm-menu")
    assert menu.title == "What calms us here"
    assert dict(menu.field("menu").options)["walk"] == "Twice round the pond"
    assert [value for value, _ in menu.field("menu").options][-1] == "garden"
    assert [one.id for one in menu.fields][:2] == ["menu", "my_place"]
    assert [one.id for one in menu.hidden] == ["own"]
    step = load.step("02-pause")
    assert step is not None
    assert step.core[1] == "calm-menu"
    assert "unsent-messages" in step.more
    assert load.added_forms("02-pause") == ("my-evening-round",)
    assert [one.title for one in used.routes[0].sections] == ["Arrive", "Evenings"]
    assert dict(load.form("about-case").field("route").options)["gentle"] == "A gentle beginning"


def test_the_page_runs_and_prints(place: Workspace, case: Case, monkeypatch: pytest.MonkeyPatch):
    """Vouched for by the unlocked counselor, its cells show the forms; what is answered is saved and printed."""
    path = place.pages / "my-evenings.ipynb"
    assert vouching.standing(place, path, b"key") == "changed"
    vouching.vouch(place, path, b"key")
    assert vouching.standing(place, path, b"key") == "ok"
    shown: list[Any] = []
    monkeypatch.setattr(workbook.page, "_show", shown.append)
    monkeypatch.setattr(client, "_practice", {})
    monkeypatch.setenv(client.REHEARSAL, str(place.folder))
    monkeypatch.setenv("WORKBOOK_PAGE", "my-evenings")
    names: dict[str, Any] = {"open_page": open_page}
    for cell in json.loads(path.read_bytes())["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)
    kinds = [panel.kind for panel in shown]
    assert kinds == ["head", "form", "more"]
    assert shown[1].spec["form"]["title"] == "Our evening round"
    shown[1].on_save(case.info.id, {"today": "The bus was on time."})
    names["page"].next()
    made = page_pdf(names["page"]._practice, names["page"].case, path)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "Our evening round" in text
    assert "The bus was on time." in " ".join(text.split())
    client._practice[str(place.practice)].close()


def test_a_form_put_on_a_step_is_on_its_page(place: Workspace, case: Case, monkeypatch: pytest.MonkeyPatch):
    """Without an edit of the notebook; on screen before the way on, and on paper."""
    shown: list[Any] = []
    monkeypatch.setattr(workbook.page, "_show", shown.append)
    connection = client.Connection(case.practice, case, "02-pause", place.folder, server=False)
    page = workbook.page.Page(connection)
    page._read_content()
    page.form("breathing-space")
    page.next()
    assert [panel.kind for panel in shown] == ["form", "more", "next"]
    assert [form["id"] for form in shown[1].spec["forms"]] == ["my-evening-round"]
    made = page_pdf(case.practice, case, place.pages / "02-pause.ipynb", blank=True)
    assert "Our evening round" in " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def test_the_language_is_there(place: Workspace):
    """A form, a paragraph and the phrases are translated, the rest is English, and the report counts them."""
    used = edition.use(place.content, "eo")
    assert used.problems == ()
    assert load.form("breathing-space").title == "Alveni kaj spiri"
    assert t("Saved {time}", time="14:02") == "Konservita je 14:02"
    shipped = json.loads((place.pages / "02-pause.ipynb").read_bytes())
    assert pages.prose("02-pause", shipped) == {"arrive": "## Alveni\n\nKomencu ĉi tie.\n"}
    assert completeness.report("eo", place.content)["02-pause"]["translated"] == 3


def test_the_commands_say_what_is_wrong(place: Workspace, capsys: pytest.CaptureFixture[str]):
    """`workbook content` names file, line and what would be right, as the page quotes it."""
    assert cli.main(["content", "--workspace", str(place.folder)]) == 0
    assert "evening.yaml" in capsys.readouterr().out
    mine = place.content / "forms" / "mine.yaml"
    mine.write_text("forms:\n  - id: pause-plan\n    fields:\n      - {id: safe_home, hidden: true}\n", "utf-8")
    assert cli.main(["content", "--workspace", str(place.folder)]) == 1
    quoted = re.search(r"`mine\.yaml, (line 4: [^`]*)`", DOCUMENT)
    assert quoted
    assert f"mine.yaml, {' '.join(quoted[1].split())}" in capsys.readouterr().out
    assert cli.main(["languages", "--workspace", str(place.folder)]) == 0
    assert "Esperanto (eo)" in capsys.readouterr().out


def test_the_pages_own_words_are_true():
    """The commands, buttons and folders that the page names exist."""
    assert "workbook restore --page" in DOCUMENT
    button = "Bring back the page as it came"
    assert button in DOCUMENT
    static = Path(vouching.__file__).parent / "labextension" / "workbook" / "static"
    assert button in (static / "edit.js").read_text("utf-8")
    assert (load.data_dir() / "languages" / "de" / "language.yaml").is_file()
