"""A page and its record as a PDF: tagged (PDF/UA-1), same bytes for the same input, optionally with a password."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import edition, pages
from workbook.content.words import t
from workbook.errors import PrintProblem
from workbook.record.standing import language_of
from workbook.report import closing, document, moments
from workbook.report.calls import compose
from workbook.report.compose import Audience, Composer
from workbook.report.figures import Figures
from workbook.report.glyphs import FONTS, printable, unbroken
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.charts.draw import Chart
    from workbook.record.case import Case
    from workbook.record.practice import Practice

TITLE = "Workbook page"
"""The title of every PDF: it says nothing of its content, since viewers show it in tabs and lists of recent files."""
PAPER = {"US": "us-letter", "CA": "us-letter", "MX": "us-letter", "PH": "us-letter"}
_TEMPLATE = Path(__file__).parent / "template.typ"


def page_pdf(
    practice: Practice | None,
    case: Case | None,
    notebook_path: Path | str,
    *,
    audience: Audience = "client",
    blank: bool = False,
    password: str | None = None,
    figures: Mapping[int, tuple[str, str]] | None = None,
    charts: Callable[[str], Chart] | None = None,
    now: datetime | None = None,
    notebook: Mapping[str, Any] | None = None,
    whole: bool = False,
    only: str | None = None,
) -> bytes:
    """The page at `notebook_path` as a PDF; prints answers as they are stored now, current versions only.

    Args:
        practice, case: whose answers; without a case the page prints blank.
        audience: ‘client’ leaves out the screen, flags, notes and the counselor's forms; ‘counselor’ prints them.
        blank: a worksheet to write on instead of answers.
        password: encrypts the file (AES-256); empty or None leaves it open.
        figures: the page's own figures, (svg, words) by the number of their `page.show` call, from 1.
        charts: draws a chart by its id; without it workbook.charts does.
        now: the date in the footer and file; this moment when it is left out.
        notebook: the notebook when it was already read (nbformat 4); the path then only names the page.
        whole: for the export of a whole case: what was written on a page prints also while its theme is closed; forms
            that reach the partner stay closed.
        only: one form of the page by its id; None prints the whole page.

    Raises:
        PrintProblem: the notebook cannot be read, or the page cannot be set; the text says what to do.
    """
    path = Path(notebook_path)
    now = now or datetime.now().astimezone()
    with edition.speaking(language_of(case)):
        drawings = Figures(figures, charts or _own_charts(case))
        composer = Composer(
            practice=practice,
            case=case,
            page=path.stem,
            audience=audience,
            empty=blank or case is None,
            figures=drawings,
            today=now.date(),
            whole=whole,
            alone=bool(only),
        )
        page = pages.in_language(path.stem, notebook if notebook is not None else read_notebook(path))
        doc = document.read(pages.for_reader(page, composer.standing or gates.ANYBODY))
        doc = document.only(doc, only) if only else doc
        data = {
            "title": t(TITLE),
            "lang": edition.current().language.code,
            "paper": PAPER.get(practice.setting("country", "") if practice else "", "a4"),
            "words": {"yes": t("Yes"), "no": t("No"), "of": t("of"), "not-ticked": t("(not ticked)")},
            "footer": _footer(case, now),
            "numbers": "" if whole or audience == "counselor" else closing.numbers(practice),
            "blocks": compose(composer, doc),
        }
        pdf = typeset(data, drawings.files, now)
    return protect(pdf, password) if password else pdf


def read_notebook(path: Path) -> Mapping[str, Any]:
    """The notebook at a path; PrintProblem if there is none or it is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise PrintProblem(f"The page ‘{path.name}’ could not be opened. Is it still in the workspace?") from None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise PrintProblem(f"‘{path.name}’ is not a notebook (a JSON file with cells), so it cannot be printed.")
    return found


def typeset(data: Mapping[str, Any], files: Mapping[str, bytes], now: datetime) -> bytes:
    """The PDF of plain data by the fixed template; typst sees these files and nothing else."""
    import typst

    given = {"main": template(), "data.json": json.dumps(data, ensure_ascii=False).encode(), **files}
    try:
        made = typst.compile(
            given,
            root=_nowhere(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(now.timestamp()),
        )
    except typst.TypstError:
        if os.environ.get("WORKBOOK_STRICT") == "1":
            raise
        raise PrintProblem(_SORRY) from None  # what typst said may hold a client's words
    assert isinstance(made, bytes)  # noqa: S101 - one PDF, never pictures of pages
    return made


def protect(pdf: bytes, password: str) -> bytes:
    """The same PDF, readable with the password alone (AES-256); its tags stay."""
    import pikepdf

    if len(password.encode()) > _LONGEST_PASSWORD:
        raise PrintProblem(f"The password is too long for a PDF: {_LONGEST_PASSWORD} bytes at most.")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True))
    return out.getvalue()


@cache
def template() -> bytes:
    """The template's source."""
    return _TEMPLATE.read_bytes()


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def _room() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wb-empty-", ignore_cleanup_errors=True)


def _nowhere() -> str:
    """An empty folder as typst's root: without one it could read the current folder."""
    return _room().name


def _footer(case: Case | None, now: datetime) -> str:
    date = moments.day(now.date())
    if case is None:
        return date
    return unbroken(" ".join(printable(f"{case.alias} · {date}").split()))


def _own_charts(case: Case | None) -> Callable[[str], Chart] | None:
    if case is None:
        return None

    def draw(chart_id: str) -> Chart:
        from workbook.charts.draw import chart

        return chart(chart_id, case)

    return draw


_LONGEST_PASSWORD = 127  # bytes, as the PDF format has it (ISO 32000-2, algorithm 2.A)
_SORRY = (
    "The page could not be set on paper. Its answers are safe. Remove what was added to the page last, or print it "
    "blank, and tell whoever looks after the workbook which page it was."
)
