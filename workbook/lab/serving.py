"""What a page gets of the open practice: the key for its kernel, the words for its reader, its PDF."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import edition, pages
from workbook.errors import PageNotVouched
from workbook.lab import vouching
from workbook.lab.workspace import START
from workbook.record.standing import language_of, standing
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.lab.keeper import Keeper
    from workbook.lab.kernels import Seat


async def claim(keeper: Keeper, seat: Seat) -> dict[str, Any]:
    """What a page's kernel needs to work on the practice, the key among it.

    The start page runs with no case too and follows the open case; every other page keeps the one it began with.

    Raises:
        PageNotVouched, Locked, NoCase: why the kernel gets nothing.
    """
    path = await keeper.kernels.page_of(seat.kernel_id)
    if path is None:
        raise PageNotVouched(vouching.SENTENCES["missing"])
    file = keeper.workspace.page(path)
    await keeper.work(lambda: vouching.require(keeper.workspace, file, keeper.key))
    _, key = keeper.opened()
    case = keeper.case if file.stem == START else keeper.opened_case()
    if not seat.claimed or file.stem == START:
        seat.case_id = case.info.id if case else None
    seat.page, seat.secret = file.stem, seat.secret or secrets.token_urlsafe(32)
    return {
        "session": seat.secret,
        "key": key.hex(),
        "folder": str(keeper.workspace.practice),
        "case_id": seat.case_id,
        "page": seat.page,
        "workspace": str(keeper.workspace.folder),
    }


async def reading(keeper: Keeper, file: Path) -> dict[str, Any]:
    """How a page reads for the open case: `{"language": code, "prose": {cell: Markdown}, "left_out": [cell]}`.

    Cells go by their ids. The prose is a translation; what is left out is not for one who stands like the case.
    """

    def facts() -> tuple[str, gates.Standing]:
        return language_of(keeper.case), standing(keeper.case) if keeper.case else gates.ANYBODY

    code, now = await keeper.work(facts)
    notebook = json.loads(file.read_bytes())
    with edition.speaking(code) as made:
        prose = pages.prose(file.stem, notebook)
        return {"language": made.language.code, "prose": prose, "left_out": pages.left_out(notebook, now)}


async def print_page(keeper: Keeper, path: str, **options: Any) -> bytes:
    """A page of the open case as a PDF; see `workbook.report.pdf.page_pdf` for the options and errors."""
    from workbook.report.pdf import page_pdf

    file = keeper.workspace.page(path)

    def made() -> bytes:
        (practice, _), case = keeper.opened(), keeper.opened_case()
        return page_pdf(practice, case, file, figures=keeper.figures.get(file.stem), **options)

    return await keeper.work(made)
