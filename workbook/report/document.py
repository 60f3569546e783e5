"""A notebook as its reader sees it: Markdown and `page.` calls in their own order, and what cannot be printed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.errors import PrintProblem

PRINTED = frozenset(
    (
        *("form", "more", "chart", "charts", "show", "daily", "contacts", "weekly", "week", "screen", "note"),
        *("support", "start", "next", "route", "review", "ways", "importer"),
    )
)
"""The calls of a page that a print knows."""
LOGS = {
    "daily": ("daily",),
    "week": ("daily",),
    "weekly": ("weekly",),
    "contacts": ("contact", "no-contact"),
}
"""The forms that a call shows without naming them."""
_OPENER = "open_page"


@dataclass(frozen=True)
class Prose:
    """The Markdown of one cell."""

    markdown: str


@dataclass(frozen=True)
class Call:
    """One `page.` call with literal arguments. `number` counts the page's show calls from 1; 0 for all others."""

    name: str
    args: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0

    def ids(self) -> tuple[str, ...]:
        """The texts among the arguments: ids of forms or of a chart."""
        given = [*self.args, *self.options.values()]
        flat = [one for item in given for one in (item if isinstance(item, list | tuple) else [item])]
        return tuple(one for one in flat if isinstance(one, str))


@dataclass(frozen=True)
class Document:
    """Blocks to print in order, and one line for each code cell that holds something else."""

    blocks: tuple[Prose | Call, ...]
    not_printed: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """Ids of the forms that the page shows by name."""
        return tuple(
            one
            for block in self.blocks
            if isinstance(block, Call) and block.name in ("form", "more", "screen")
            for one in block.ids()
        )


def only(doc: Document, form_id: str) -> Document:
    """One form of the page under the page's own heading.

    Raises:
        PrintProblem: the page has no such form.
    """
    if form_id not in doc.forms():
        raise PrintProblem(f"This page has no part called ‘{form_id}’. Its parts: {', '.join(doc.forms()) or 'none'}.")
    first = next((block.markdown.strip().splitlines()[0] for block in doc.blocks if isinstance(block, Prose)), "")
    heading = [Prose(first)] if first.startswith("# ") else []
    return Document((*heading, Call("form", (form_id,))))


def read(notebook: Mapping[str, Any]) -> Document:
    """The document of a notebook (nbformat 4, as a dict). Works on any notebook; never runs its code."""
    blocks: list[Prose | Call] = []
    left: list[str] = []
    reader = _CodeReader()
    for number, cell in enumerate(notebook.get("cells", []), 1):
        source = cell.get("source", "")
        text = "".join(source) if isinstance(source, list) else str(source)
        if cell.get("cell_type") == "markdown":
            blocks.append(Prose(text))
        elif cell.get("cell_type") == "code" and text.strip():
            others = reader.read(text, blocks)
            if others:
                left.append(_leftover(number, others))
    return Document(tuple(blocks), tuple(left))


class _CodeReader:
    """Walks the code cells of one notebook; remembers what the page is called and how many figures were shown."""

    def __init__(self) -> None:
        self.page_names = {"page"}
        self.shown = 0

    def read(self, source: str, blocks: list[Prose | Call]) -> list[str]:
        """Append the cell's calls to `blocks`; return the source lines of everything else."""
        try:
            statements = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError):  # magics, half-written code, NUL
            return [line for line in source.splitlines() if line.strip()]
        others: list[str] = []
        for statement in statements:
            call = self._call(statement)
            if call is not None and call.name in PRINTED:
                blocks.append(call)
            elif not self._opens_page(statement):
                others.extend((ast.get_source_segment(source, statement) or "").splitlines())
        return others

    def _call(self, statement: ast.stmt) -> Call | None:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
            return None
        call = statement.value
        target = call.func
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
            return None
        if target.value.id not in self.page_names:
            return None
        if target.attr == "show":  # its argument is a figure: drawn elsewhere, found again by its number
            self.shown += 1
            return Call("show", number=self.shown)
        try:
            args = tuple(ast.literal_eval(one) for one in call.args)
            options = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
        return None if any(one.arg is None for one in call.keywords) else Call(target.attr, args, options)

    def _opens_page(self, statement: ast.stmt) -> bool:
        """True for the import of open_page and for `page = open_page()`, which print nothing and miss nothing."""
        if isinstance(statement, ast.ImportFrom | ast.Import):
            module = getattr(statement, "module", None)
            return module == "workbook" or [one.name for one in statement.names] == ["workbook"]
        if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)):
            return False
        if _OPENER not in _names(statement.value.func):
            return False
        self.page_names.update(one.id for one in statement.targets if isinstance(one, ast.Name))
        return True


def _names(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id
        elif isinstance(one, ast.Attribute):
            yield one.attr


def _leftover(number: int, lines: list[str]) -> str:
    first = lines[0].strip()
    shown = first if len(first) <= _WIDTH else first[: _WIDTH - 1] + "…"
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    return f"Cell {number}: {count} of code, beginning ‘{shown}’"


_WIDTH = 60
