"""`workbook print PAGE`: a page as a PDF, from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from workbook.content.load import notebooks_dir
from workbook.errors import PrintProblem
from workbook.report import document, own
from workbook.report.pdf import page_pdf, read_notebook

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice


class Place(Protocol):
    """Where pages and practice lie; the lab's workspace is one."""

    @property
    def pages(self) -> Path:
        """Folder of the pages."""

    @property
    def practice(self) -> Path:
        """Folder of the practice."""


Require = Callable[[Any, Path, bytes], None]
"""Raises unless a page's code may run: (place, page, data key)."""


def main(words: Sequence[str], *, place: Callable[[Path | None], Place], require: Require) -> int:
    """Print one page; returns 0. `place` gives the workspace, `require` refuses pages whose code nobody vouches for.

    Raises:
        WorkbookError: with the sentence to show, for whatever is missing or does not fit.
    """
    asked = _parser().parse_args(words)
    where = place(asked.workspace)
    page = _page(asked.page, where)
    target = _target(asked, page)
    password = new_password() if asked.password else None
    if asked.blank and not asked.case:
        made = page_pdf(None, None, page, audience=asked.audience, blank=True, password=password, only=asked.only)
    else:
        made = _from_practice(asked, where, page, password, require)
    try:
        target.write_bytes(made)
    except OSError as error:
        raise PrintProblem(
            f"‘{target}’ cannot be written ({error.strerror}). Name another file with -o FILE."
        ) from None
    print(f"Saved: {target}")
    if not (asked.blank or password):
        print("Whoever finds this file can read it. With --password it asks for one and encrypts the file.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbook print", description="A page as a PDF, filled or blank.")
    parser.add_argument("page", metavar="PAGE", help="a page's name, for example 02-pause, or a notebook file")
    parser.add_argument("--case", metavar="ALIAS", help="whose answers: the alias or number of a case")
    parser.add_argument("--workspace", type=Path, help="folder of pages, practice and backups")
    parser.add_argument("--for", dest="audience", choices=("client", "counselor"), default="client",
                        help="the client's print has nothing of screen, flags and notes (usual)")  # fmt: skip
    parser.add_argument("--blank", action="store_true", help="a worksheet to write on")
    parser.add_argument("--only", metavar="FORM", help="one exercise of the page by its id, for example pause-plan")
    parser.add_argument("--password", action="store_true", help="ask for a password and encrypt the file with it")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to save; otherwise PAGE.pdf, here")
    return parser


def _page(asked: str, place: Place) -> Path:
    given = Path(asked)
    name = given.name if given.suffix == ".ipynb" else f"{given.name}.ipynb"
    places = [given] if given.suffix == ".ipynb" else []
    for path in (*places, place.pages / name, notebooks_dir() / name):
        if path.is_file():
            return path
    known = sorted({one.stem for folder in (place.pages, notebooks_dir()) for one in folder.glob("*.ipynb")})
    raise PrintProblem(f"There is no page called ‘{given.stem}’. The pages: {', '.join(known) or 'none yet'}.")


def _target(asked: argparse.Namespace, page: Path) -> Path:
    if asked.output is not None:
        if asked.output.suffix.lower() != ".pdf":
            raise PrintProblem("The file after -o must end in .pdf.")
        return Path(asked.output)
    target = Path(f"{page.stem}-blank.pdf" if asked.blank else f"{page.stem}.pdf")
    if target.exists():
        raise PrintProblem(f"‘{target}’ is already here. Move it away, or name another file with -o FILE.")
    return target


def new_password() -> str:
    """A password for a PDF, typed twice; PrintProblem when it is empty or differs."""
    first = getpass("Password for the PDF: ")
    if not first:
        raise PrintProblem("No password was typed, so nothing was saved.")
    if getpass("Once more: ") != first:
        raise PrintProblem("The two passwords are not the same, so nothing was saved.")
    return first


def _from_practice(
    asked: argparse.Namespace, place: Place, page: Path, password: str | None, require: Require
) -> bytes:
    from workbook.record.practice import Practice

    key = Practice.unlock(place.practice, getpass("Passphrase of the practice: "))
    with closing(Practice.open(place.practice, key)) as practice:
        case = chosen_case(practice, asked.case)
        figures = None if asked.blank else _figures(page, case, lambda: require(place, page, key))
        how = {"audience": asked.audience, "blank": asked.blank, "password": password, "only": asked.only}
        return page_pdf(practice, case, page, figures=figures, **how)


def _figures(page: Path, case: Case, require: Callable[[], None]) -> Mapping[int, tuple[str, str]]:
    """The page's own figures; its code runs only when it shows some, and only when somebody vouches for it."""
    notebook = read_notebook(page)
    shows = any(isinstance(one, document.Call) and one.name == "show" for one in document.read(notebook).blocks)
    if not shows:
        return {}
    require()
    drawn, problem = own.figures(notebook, case)
    if problem:
        print(problem, file=sys.stderr)
    return drawn


def chosen_case(practice: Practice, wanted: str | None) -> Case:
    """The case with this alias or number, the only one without; PrintProblem when that names none or several."""
    infos = practice.cases()
    cases = [practice.case(info.id) for info in infos]
    if wanted is None and len(cases) == 1:
        return cases[0]
    if wanted is None:
        raise PrintProblem(f"The practice holds {len(cases)} cases. Say whose it shall be with --case ALIAS.")
    found = [one for one in cases if wanted.casefold() in _names(one)]
    if len(found) != 1:
        why = "No case has" if not found else "Several cases have"
        raise PrintProblem(f"{why} this alias. The case's number works, too; both stand on the start page.")
    return found[0]


def _names(case: Case) -> set[str]:
    return {case.info.alias.casefold(), case.alias.casefold(), str(case.info.number)}
