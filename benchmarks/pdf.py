"""A page as a PDF, ours against nbconvert's webpdf and against the bare typst compile of the same document.

All sides print the page `02-pause` after the first weeks: every field of its core path answered, the further exercises
not begun, and the page's own picture and four charts, drawn before; about ten pages. Drawing is not timed. Answers are
fresh each time, since typst and the browser remember what they set before. Every process is warm: nbconvert's
exporter is kept and has printed before, and its browser, which it starts anew for each file, is in the disk cache.
"""

from __future__ import annotations

import html
import os
import random
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat

from benchmarks.turns import in_turn
from workbook.charts.draw import chart
from workbook.content import load
from workbook.content.model import Field
from workbook.record.case import Case
from workbook.record.keys import Cost
from workbook.record.practice import Practice
from workbook.report import document, pdf

ROUNDS = 11
DRAWN = ("mood-calm", "urges", "moments", "contacts")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
_CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")


def pdf_vs_webpdf(rounds: int = ROUNDS) -> dict[str, Any]:
    """nbconvert's webpdf / ours: 30 or more is asked for. Ours reads the notebook and the practice each time."""
    with _bench() as bench, _browser():
        from nbconvert.exporters import WebPDFExporter

        exporter = WebPDFExporter(disable_sandbox=hasattr(os, "geteuid") and os.geteuid() == 0)

        def theirs(_turn: int) -> float:
            bench.answer()
            notebook = bench.with_outputs()
            return _timed(lambda: exporter.from_notebook_node(notebook))

        found = in_turn(bench.ours, theirs, rounds=rounds)
    return {"name": "pdf-vs-webpdf", "ratio": found.theirs / found.ours, "baseline": "nbconvert webpdf, warm process"}


def pdf_vs_typst(rounds: int = 5 * ROUNDS) -> dict[str, Any]:
    """Ours / the bare typst compile of the same document: at most 1.5 is asked for."""
    with _bench() as bench:
        import typst

        def theirs(_turn: int) -> float:
            bench.answer()
            bare = typst.compile
            with mock.patch.object(typst, "compile", return_value=b"") as asked:  # kept from typst until it is timed
                bench.print()
            return _timed(lambda: bare(*asked.call_args.args, **asked.call_args.kwargs))

        found = in_turn(bench.ours, theirs, rounds=rounds, warm_up=3)
    return {"name": "pdf-vs-typst", "ratio": found.ours / found.theirs, "baseline": "bare typst compile"}


class _Bench:
    """A practice with one case, the page's notebook with four charts more, and fresh answers on demand."""

    def __init__(self, practice: Practice, folder: Path) -> None:
        self.practice, self.case = practice, practice.add_case("Bench")
        notebook = nbformat.read(load.notebooks_dir() / "02-pause.ipynb", as_version=4)
        for name in DRAWN:
            notebook.cells.append(nbformat.v4.new_code_cell(f"page.chart({name!r})"))
        self.path = folder / "02-pause.ipynb"
        nbformat.write(notebook, self.path)
        self.notebook = notebook
        calls = [one for one in document.read(notebook).blocks if isinstance(one, document.Call)]
        self.forms = [load.form(form_id) for one in calls if one.name == "form" for form_id in one.ids()]
        _keep_a_log(self.case)
        self.answer()
        drawn = [chart_id for one in calls if one.name == "chart" for chart_id in one.ids()]
        self.drawings = {name: chart(name, self.case) for name in drawn}

    def answer(self) -> None:
        """An answer in every field, new words each time."""
        words = random.Random(uuid.uuid4().int)
        for form in self.forms:
            answers = {one.id: given for one in form.fields if (given := _answer(one, words)) is not None}
            log = form.kind in ("log", "measure")
            self.case.save(form.id, answers, sitting=uuid.uuid4().hex, response_id=f"bench-{form.id}" if log else None)

    def print(self) -> bytes:
        """The filled page, by our own way from the file and the practice."""
        return pdf.page_pdf(self.practice, self.case, self.path, charts=self.drawings.__getitem__, now=NOW)

    def ours(self, _turn: int) -> float:
        """Seconds of one print with fresh answers."""
        self.answer()
        return _timed(self.print)

    def with_outputs(self) -> Any:
        """The notebook as a browser prints it: the same answers and drawings stand in it as outputs."""
        notebook = nbformat.from_dict(self.notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.v4.new_output("display_data", data=one) for one in self._outputs(cell.source)]
        return notebook

    def _outputs(self, source: str) -> Iterator[dict[str, str]]:
        for call in document.read({"cells": [{"cell_type": "code", "source": source}]}).blocks:
            for one in call.ids() if isinstance(call, document.Call) else ():
                if call.name == "chart":
                    yield {"image/svg+xml": self.drawings[one].svg}
                elif call.name == "form":
                    yield {"text/html": self._form_html(one)}

    def _form_html(self, form_id: str) -> str:
        form, response = load.form(form_id), self.case.read(form_id)
        answers = response.answers if response else {}
        lines = [f"<h3>{html.escape(form.title)}</h3><p>{html.escape(form.purpose)}</p>"]
        for one in form.fields:
            label, value = html.escape(one.label or one.text), html.escape(str(answers.get(one.id, "")))
            lines.append(f"<p><b>{label}</b><br>{value}</p>")
        return "".join(lines)


@contextmanager
def _bench() -> Iterator[_Bench]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        practice, _ = Practice.create(Path(folder) / "practice", "bench", True, cost=_CHEAP)
        try:
            yield _Bench(practice, Path(folder))
        finally:
            practice.close()


def _answer(field: Field, words: random.Random) -> Any:
    """An answer that fits, or None."""
    if field.kind in ("text", "area"):
        return " ".join(f"{words.getrandbits(24):07d}" for _ in range(24 if field.kind == "area" else 5))
    if field.kind == "rows":
        return {f"row-{n}": {one.id: given for one in field.fields if (given := _answer(one, words)) is not None}
                for n in range(2)}  # fmt: skip
    top = int(field.max if field.max is not None else 10)
    made: dict[str, Callable[[], Any]] = {
        "scale": lambda: words.randint(int(field.min), top),
        "number": lambda: words.randint(int(field.min), top),
        "choice": lambda: words.choice(field.options)[0],
        "choices": lambda: [value for value, _ in field.options[:2]],
        "tick": lambda: True,
        "date": lambda: f"2026-{words.randint(1, 12):02}-{words.randint(1, 28):02}",
        "datetime": lambda: f"2026-01-{words.randint(10, 28)}T10:00",
    }
    return made[field.kind]() if field.kind in made else None


def _keep_a_log(case: Case) -> None:
    """Two months of log, for the charts."""
    words = random.Random(7)
    fields = [one for one in load.form("daily").fields if one.quick]
    for day in range(60):
        answers = {one.id: given for one in fields if (given := _answer(one, words)) is not None}
        case.save("daily", answers, response_id=f"day-{day}", at=NOW - timedelta(days=day), zone="UTC")


@contextmanager
def _browser() -> Iterator[None]:
    """Lets webpdf find the installed browser: it has no setting for that and would look for Playwright's own alone."""
    from playwright.async_api import BrowserType

    found = os.environ.get("WORKBOOK_BROWSER") or next(filter(None, map(shutil.which, _CHROMIUM)), None)
    launch = BrowserType.launch

    async def with_path(self: Any, **options: Any) -> Any:
        return await launch(self, **options, **({"executable_path": found} if found else {}))

    with mock.patch.object(BrowserType, "launch", with_path):
        yield


def _timed(job: Callable[[], Any]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(pdf_vs_typst(), pdf_vs_webpdf(int(sys.argv[1]) if sys.argv[1:] else ROUNDS))
