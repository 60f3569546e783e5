"""The certificate of an erased case: what was erased, searched and out of reach. No alias, no words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbook.report import moments
from workbook.report.glyphs import line
from workbook.report.markdown import tree
from workbook.report.pdf import typeset

if TYPE_CHECKING:
    from workbook.record.erasing import Result

_BEYOND = (
    "copies of the practice or its backups that were carried elsewhere: a stick, another computer, a cloud",
    "PDFs, prints and exports that were saved or handed out",
    "what the computer's own backups, restore points and snapshots kept of the workspace's folder",
    "blocks that an SSD or a file system puts aside by itself when a file is written anew (wear levelling)",
    "the memory of programs that are still running, and what the system wrote of it to the disk",
)


def certificate(result: Result, *, practice: str, now: datetime, paper: str = "a4") -> bytes:
    """The certificate as a PDF.

    Args:
        practice: the name of the practice as the counselor entered it; "" prints a line to write on.
        now: when it is made, with the zone of this computer.
    """
    data = {
        "title": "Certificate",
        "lang": "en",
        "paper": paper,
        "footer": f"Case {result.number} · {moments.day(now.date())}",
        "blocks": [*_head(result, practice, now), *_erased(result), *_searched(result), *_not_reached(result)],
    }
    return typeset(data, {}, now)


def _head(result: Result, practice: str, now: datetime) -> list[dict[str, Any]]:
    closed = _day(result.closed_at) if result.closed_at else "not closed before"
    rows = [
        ("Practice", practice or "________________________"),
        ("Case", f"number {result.number}"),
        ("Opened", _day(result.opened_at)),
        ("Closed", closed),
        ("Erased", _moment(result.erased_at)),
        ("Searched", _moment(now)),
    ]
    return [
        {"t": "heading", "level": 1, "text": line("Certificate of erasure")},
        {"t": "table", "head": [line("What"), line("Which")], "rows": [[line(a), line(b)] for a, b in rows]},
        _prose(
            "This certificate names the case by its number and dates only. The practice does not give the number to "
            "another case, unless a backup from before this case was opened is restored; the dates tell them apart."
        ),
    ]


def _erased(result: Result) -> list[dict[str, Any]]:
    lines = [
        "all answers, earlier versions, flags, notes, imports and settings of the case in the practice, whose file was "
        "then written anew",
        f"its copies in backups and put-aside practices: {_many(result.cleaned, 'file')} held the case and "
        f"{'was' if result.cleaned == 1 else 'were'} written anew, of {_opened(result)}",
    ]
    if result.exports:
        lines.append(f"{_many(result.exports, 'exported file')} of the case in the workspace")
    if result.swept:
        lines.append(f"{_many(result.swept, 'unfinished file')} that an interruption had left behind")
    if result.deleted:
        lines.append(f"{_many(len(result.deleted), 'copy', 'copies')} that could not be opened, as a whole")
    return _section("What was erased", lines)


def _searched(result: Result) -> list[dict[str, Any]]:
    left = f"found in {len(result.left)}" if result.left else "not found"
    found = f"found in {_many(len(result.found), 'file')}, shown to the counselor" if result.found else "not found"
    lines = [
        f"the practice and {_opened(result)}, each searched for the case's internal id: {left}",
        f"{_many(result.files, 'plain file')} of the workspace, searched for this id and for the aliases: {found}",
    ]
    if result.short_alias:
        lines.append("an alias of fewer than three characters was not searched for in plain files")
    return _section("What was searched afterwards", lines)


def _not_reached(result: Result) -> list[dict[str, Any]]:
    lines = []
    if result.kept:
        lines.append(f"{_many(len(result.kept), 'copy', 'copies')} in the workspace that could not be opened and stay")
    if result.closed:
        lines.append(f"{_many(len(result.closed), 'PDF')} in the workspace, which cannot be searched")
    return [
        *_section("What could not be reached", [*lines, *_BEYOND]),
        _prose("What is left of practice and backups in such places is encrypted with the key of the practice."),
    ]


def _section(title: str, lines: list[str]) -> list[dict[str, Any]]:
    heading = {"t": "heading", "level": 2, "text": line(title)}
    return [heading, _prose("\n".join(f"- {one}" for one in lines))]


def _prose(text: str) -> dict[str, Any]:
    return {"t": "md", "blocks": tree(text)}


def _opened(result: Result) -> str:
    asides = f" and {_many(result.asides, 'put-aside practice')}" if result.asides else ""
    return f"{_many(result.backups, 'backup')}{asides} that could be opened"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _day(at: datetime | None) -> str:
    return moments.day(at.astimezone().date()) if at else "–"


def _moment(at: datetime | None) -> str:
    return f"{_day(at)}, {at.astimezone():%H:%M %Z}" if at else "–"
