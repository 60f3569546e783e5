"""A whole case as one ZIP file, step by step; and `workbook export`, which makes it from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workbook.errors import PrintProblem
from workbook.lab.workspace import Workspace, default_folder, prepare
from workbook.report.command import chosen_case, new_password

if TYPE_CHECKING:
    from workbook.record.case import Case

Step = TypeVar("Step")
Result = TypeVar("Result")


def next_of(steps: Generator[Step, None, Result]) -> Step | Result:
    """The next step of some work, or its result once there is none."""
    try:
        return next(steps)
    except StopIteration as ended:
        result: Result = ended.value
        return result


def whole_case(
    case: Case,
    place: Workspace,
    now: datetime,
    *,
    pages_only: bool = False,
    password: str | None = None,
    figures: Callable[[str], Mapping[int, tuple[str, str]] | None] = lambda _: None,
) -> Generator[tuple[int, int, str], None, bytes]:
    """Make the file of a case: yields (pages done, pages in all, next page) before each page, returns the ZIP's bytes.

    Args:
        now: when it is made, with the zone of this computer.
        password: encrypts the PDFs.
        figures: those that a page, by its name, drew by its own code.

    Raises:
        PrintProblem: there is nothing to export.
    """
    from workbook.exchange import whole
    from workbook.report.pdf import page_pdf
    from workbook.report.whole import pages_with_answers

    pages = pages_with_answers(case, place.pages)
    parts = {} if pages_only else whole.files(whole.record(case, now))
    for done, page in enumerate(pages):
        yield done, len(pages), page.stem
        drawn = figures(page.stem)
        made = page_pdf(case.practice, case, page, password=password, whole=True, now=now, figures=drawn)
        parts[f"pages/{page.stem}.pdf"] = made
    if not parts:
        raise PrintProblem("Nothing is written that a page would print, so there is nothing to export.")
    return whole.pack(parts, now)


def _parser() -> argparse.ArgumentParser:
    about = "A whole case as one ZIP file, on the client's request. It is not encrypted."
    parser = argparse.ArgumentParser(prog="workbook export", description=about)
    parser.add_argument("--workspace", type=Path, help="folder of pages, practice and backups")
    parser.add_argument("--case", metavar="ALIAS", help="whose: the alias or number of a case")
    parser.add_argument("--pages-only", action="store_true", help="the PDFs alone, without JSON and CSV")
    parser.add_argument("--password", action="store_true", help="ask for a password and encrypt the PDFs with it")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="where to save; otherwise pages-DATE.zip, here"
    )
    return parser


def main(words: Sequence[str]) -> int:
    """Export a case; returns 0.

    Raises:
        WorkbookError: with the sentence to show, for whatever is missing or does not fit.
    """
    from workbook.content import edition
    from workbook.record.practice import Practice

    asked = _parser().parse_args(words)
    place, now = prepare(asked.workspace or default_folder()), datetime.now().astimezone()
    target = _target(asked.output or Path(f"pages-{now:%Y-%m-%d}.zip"), place)
    password = new_password() if asked.password else None
    key = Practice.unlock(place.practice, getpass("Passphrase of the practice: "))
    with closing(Practice.open(place.practice, key)) as practice:
        edition.use(place.content)
        case = chosen_case(practice, asked.case)
        steps = whole_case(case, place, now, pages_only=asked.pages_only, password=password)
        while not isinstance(made := next_of(steps), bytes):
            print(f"Page {made[0] + 1} of {made[1]}: {made[2]}", flush=True)
    try:
        target.write_bytes(made)
    except OSError as error:
        raise PrintProblem(
            f"‘{target}’ cannot be written ({error.strerror}). Name another file with -o FILE."
        ) from None
    print(f"Saved: {target}")
    print("Whoever finds this file can read it. Figures that a page draws by its own code are not in it.")
    return 0


def _target(target: Path, place: Workspace) -> Path:
    if target.suffix.lower() != ".zip":
        raise PrintProblem("The file after -o must end in .zip.")
    if target.resolve().is_relative_to(place.folder.resolve()):
        raise PrintProblem("The workspace holds encrypted files only. Name a file elsewhere with -o FILE.")
    if target.exists():
        raise PrintProblem(f"‘{target}’ is already here. Move it away, or name another file with -o FILE.")
    return target
