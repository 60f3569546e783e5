"""No contact, or a legal order: on no page, screen or paper, a word of what leads towards the partner."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import filled
import pytest

from workbook import page as pages
from workbook.content import load
from workbook.content import pages as prose
from workbook.lab.client import Connection
from workbook.record import keys, walk
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import standing
from workbook.report.pdf import page_pdf, read_notebook
from workbook.rules import gates

PAGES = sorted(load.notebooks_dir().glob("*.ipynb"))
REACHING = [form for form in load.forms().values() if form.reaches_partner and form.audience == "client"]
LEVEL_ONE, DEEPEST = 1, 6


@pytest.fixture(scope="module", params=["none", "order"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Everything was opened, wanted and answered while contact was welcome; then came the wish, or the order."""
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    practice, _ = Practice.create(tmp_path_factory.mktemp("apart") / "practice", "a long passphrase", cost=cheap)
    made = practice.add_case("Sample")
    filled.open_everything(made)
    for form in REACHING:
        filled.save(made, form, lambda one: "words")
    made.save("contact-status", {"status": request.param}, respondent="counselor")
    yield made
    practice.close()


def calls(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """What the page's cells call, less what only Counselor view fills."""
    for cell in read_notebook(path)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and not source.startswith("from "):
            [statement] = ast.parse(source).body
            call = statement.value  # type: ignore[attr-defined]
            yield call.func.attr, [ast.literal_eval(one) for one in call.args]


def said(case: Case, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that the browser is given for a page: of each part what it shows, and each further form opened."""
    shown: list[Any] = []
    monkeypatch.setattr(pages, "_show", shown.append)
    page = pages.Page(Connection(case.practice, case, path.stem, case.practice.folder.parent, server=False))
    page.head()
    for name, args in calls(path):
        getattr(page, name)(*args)
    for panel in [panel for panel in shown if panel.spec.get("forms") and hasattr(panel, "on_open")]:
        shown += [page._bare_panel(load.form(one["id"])) for one in panel.spec["forms"]]
    return json.dumps([panel.spec for panel in shown], ensure_ascii=False)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
class TestPage:
    """Each page, also one that is added later."""

    def test_no_form_that_reaches_is_there_or_named(self, case: Case, path: Path, monkeypatch: pytest.MonkeyPatch):
        """Neither its id nor its title in anything that the page shows, further forms and links among it."""
        given = said(case, path, monkeypatch)
        assert [form.id for form in REACHING if f'"{form.id}"' in given or f'"{form.title}"' in given] == []

    def test_an_open_page_says_nothing_of_closed_doors(self, case: Case, path: Path, monkeypatch: pytest.MonkeyPatch):
        """What stays open is the page; the one sentence stands on a page that is closed as a whole."""
        step = load.step(path.stem)
        if step is None or gates.theme_gate(step.id, standing(case)).open:
            assert said(case, path, monkeypatch).count(gates.NEUTRAL) == (
                _closed(case) if path.stem == "00-start" else 0
            )

    def test_prose_for_two_is_not_read(self, case: Case, path: Path):
        """What carries the tag is left out, what stands in its place is there, and no heading skips a level."""
        now, whole = standing(case), read_notebook(path)
        left = prose.for_reader(whole, now)["cells"]
        tags = [tag for cell in left for tag in cell["metadata"].get("tags", [])]
        everywhere = [tag for cell in whole["cells"] for tag in cell["metadata"].get("tags", [])]
        assert tags == ["without-contact"] * everywhere.count("without-contact")
        levels = [prose._level(cell) for cell in left if prose._level(cell)]
        assert levels[0] == LEVEL_ONE
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_no_heading_stands_over_nothing(self, case: Case, path: Path, monkeypatch: pytest.MonkeyPatch):
        """What calls for parts shows one of them, in its own section or in one below."""
        now = standing(case)
        step = load.step(path.stem)
        if step and not gates.theme_gate(step.id, now).open:
            return
        cells = prose.for_reader(read_notebook(path), now)["cells"]
        shows = [_shows(case, path, cell, monkeypatch) for cell in cells]
        empty = []
        for at, cell in enumerate(cells):
            code = [place for place in prose._section(cells, at) if cells[place]["cell_type"] == "code"]
            if code and not any(shows[place] for place in code):
                empty.append(cell["id"])
        assert empty == []


def _closed(case: Case) -> bool:
    """Is any step closed? Then the start page says so, once."""
    return not all(gates.theme_gate(step.id, standing(case)).open for step in load.steps())


def _shows(case: Case, path: Path, cell: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Does a cell put anything on the page?"""
    source = "".join(cell["source"])
    if cell["cell_type"] != "code" or source.startswith("from "):
        return False
    shown: list[Any] = []
    monkeypatch.setattr(pages, "_show", shown.append)
    page = pages.Page(Connection(case.practice, case, path.stem, case.practice.folder.parent, server=False))
    call = ast.parse(source).body[0].value  # type: ignore[attr-defined]
    getattr(page, call.func.attr)(*[ast.literal_eval(one) for one in call.args])
    return bool(shown)


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_paper_neither(case: Case, path: Path, blank: bool, monkeypatch: pytest.MonkeyPatch):
    """The client's print has no title of a form that reaches, no prose for two, and of an open page no closed door."""
    given: list[Any] = []
    monkeypatch.setattr("workbook.report.pdf.typeset", lambda data, *_: given.append(data["blocks"]) or b"")
    page_pdf(case.practice, case, path, blank=blank)
    [blocks] = given
    named = [json.dumps(block["title"]) for block in blocks if block["t"] == "form"]
    named += [json.dumps(block["text"]) for block in blocks if block["t"] == "small"]
    assert [form.id for form in REACHING if any(form.title in one for one in named)] == []
    text = json.dumps(blocks, ensure_ascii=False)
    assert [one for one in _for_two(path) if one in text] == []


def _for_two(path: Path) -> set[str]:
    """Paragraphs and headings that only those read who are not apart."""
    lines: dict[str, set[str]] = {"with-contact": set(), "": set()}
    for cell in read_notebook(path)["cells"]:
        tag = "with-contact" if "with-contact" in cell["metadata"].get("tags", []) else ""
        lines[tag] |= {one.lstrip("#- ") for one in "".join(cell["source"]).splitlines() if one}
    return lines["with-contact"] - lines[""]


def test_the_way_has_no_closed_doors(case: Case):
    """On no route a section without a point, or a word that more waits."""
    from workbook.forms.route import RoutePanel

    for route in (walk.INTEGRATED, *(guide.id for guide in load.points().guides)):
        panel = RoutePanel(case)
        sections = panel.on_look(route)["sections"]
        assert sections
        assert all(one["points"] for one in sections)
        assert not panel.on_look(route)["neutral"]
