"""A closed case can be looked at: every page opens and prints for it, and opening one writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbook import page as pages
from workbook.content.load import notebooks_dir
from workbook.lab.client import Connection
from workbook.record import ending, keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import screen_questions
from workbook.report import document
from workbook.report.pdf import page_pdf

PAGES = sorted(notebooks_dir().glob("*.ipynb"))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case that began, wrote something that asks for a flag and an opinion, and was closed."""
    from workbook.content import load

    made, _ = Practice.create(
        tmp_path_factory.mktemp("closed") / "practice", "plain words", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    found = made.add_case("Robin")
    found.save("screen", dict.fromkeys(screen_questions(load.form("screen")), "no"), respondent="counselor")
    found.save("contact-status", {"status": "none"}, respondent="counselor")
    found.save("consent", {"what": "work", "given": "yes"}, respondent="counselor")
    found.save("daily", {"mood": 0, "calm": 2})
    found.save("contact-rules", {"hard_moment": "Words."})
    ending.close(found, "agreed")
    yield found
    made.close()


def stored(case: Case) -> list[Any]:
    """How often each response was saved, and all flags."""
    with case.practice.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, revision FROM response ORDER BY id").all()
        return [*map(tuple, rows), *connection.exec_driver_sql("SELECT id FROM flag ORDER BY id").all()]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_it_opens_and_prints(path: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind sentence stands first; no part fails, and nothing is stored by looking."""
    shown: list[Any] = []
    monkeypatch.setattr(pages, "_show", shown.append)
    before = stored(case)
    notebook = json.loads(path.read_text("utf-8"))
    page = pages.Page(Connection(case.practice, case, path.stem, path.parent, server=False))
    page.head()
    assert shown[0].spec["title"] == "This work is closed for now"
    for block in document.read(notebook).blocks:
        if isinstance(block, document.Call) and block.name != "show":
            getattr(page, block.name)(*block.args, **block.options)
    assert page_pdf(case.practice, case, path, notebook=notebook)
    assert stored(case) == before
