"""A whole case on paper: which pages hold something, in the order in which a client meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.content import load
from workbook.content.model import Step
from workbook.content.pictures import pictures
from workbook.errors import PrintProblem
from workbook.report import answers, document
from workbook.report.pdf import read_notebook

if TYPE_CHECKING:
    from workbook.record.case import Case

_CHARTED = ("daily", "contact", "no-contact")


def pages_with_answers(case: Case, folder: Path) -> list[Path]:
    """The pages in a folder on which the client wrote something that is printed: the steps in order, then the rest.

    Entries marked private print nowhere, so they alone make no page; a page that cannot be read has none to show.
    """
    order = {f"{step.page}.ipynb": number for number, step in enumerate(load.steps())}
    pages = sorted(folder.glob("*.ipynb"), key=lambda path: (order.get(path.name, len(order)), path.name))
    written = {form_id for form_id in case.last_saved() if _prints(case, form_id)}
    return [page for page in pages if written & _of_its_own(page)]


def _of_its_own(page: Path) -> set[str]:
    """Forms that a page shows; of a page beside the steps only those whose place it is: at its core, else there first.

    A journal is met on many pages: it alone must not bring a page about parting into a print.
    """
    shown, step = set(_shown(page)), load.step(page.stem)
    return {one for one in shown if _place(one) == step} if step and step.aside else shown


def _place(form_id: str) -> Step | None:
    return next((one for one in load.steps() if form_id in one.core), load.step_of(form_id))


def _prints(case: Case, form_id: str) -> bool:
    form = load.forms().get(form_id)
    if form is None or form.audience == "counselor" or form.kind == "screen":
        return False
    return any(answers.written(one.answers) for one in case.entries(form_id, include_private=False))


def _shown(page: Path) -> Iterator[str]:
    try:
        blocks = document.read(read_notebook(page)).blocks
    except PrintProblem:
        return
    for block in blocks:
        if isinstance(block, document.Call):
            yield from block.ids() if block.name in ("form", "more") else document.LOGS.get(block.name, ())
            of_log = block.name == "chart" and not set(block.ids()) & set(pictures())  # a picture stands by its form
            yield from _CHARTED if of_log else ()
