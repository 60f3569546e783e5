"""An import as one thing: run it, run it again without doubles, undo it; and the mapping that a file had last."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.errors import ImportProblem
from workbook.exchange.csv_log import Reading, read_log
from workbook.exchange.mapping import Mapping
from workbook.exchange.table import Table
from workbook.record.moments import now
from workbook.record.standing import standing

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice

_MAPPING = "import-mapping"
_DONE = "imports"
_UNDONE = "imports-undone"


@dataclass(frozen=True)
class Imported:
    """What an import did: entries that are new, and those that were there already."""

    id: str
    reading: Reading
    added: int

    @property
    def known(self) -> int:
        """Entries of the file that the log had already, or that the client deleted since."""
        return len(self.reading.entries) - self.added


def remembered(practice: Practice, table: Table) -> Mapping | None:
    """The mapping that a file with the same columns had last, or None."""
    kept = practice.setting(f"{_MAPPING}/{table.signature}")
    try:
        return Mapping.from_json(kept) if kept else None
    except ImportProblem:
        return None


def run(
    case: Case, table: Table, mapping: Mapping, *, file: str = "", progress: Callable[[str], None] = lambda _: None
) -> Imported:
    """Bring the file in, in one transaction, and remember the mapping. Running it again adds nothing.

    Raises:
        ImportProblem: the mapping does not fit the file, or fills a question that a gate closes.
    """
    mapping.expect_open(standing(case))
    batch = str(uuid.uuid4())
    progress("reading")
    undone = case.practice.setting(_of(_UNDONE, case), {}).get(table.signature, 0)
    reading = read_log(table, mapping, batch=batch, salt=str(undone), file=file)
    progress("storing")
    added = case.add_import(reading.entries)
    case.practice.set_setting(f"{_MAPPING}/{table.signature}", mapping.to_json())
    if added:
        at = now().isoformat(timespec="seconds")
        done = {"id": batch, "file": file, "signature": table.signature, "at": at, "added": added}
        case.practice.set_setting(_of(_DONE, case), [*history(case), done])
    return Imported(batch, reading, added)


def history(case: Case) -> list[dict[str, Any]]:
    """The imports of a case that can be undone, oldest first: id, file, signature, at (UTC, ISO), added."""
    kept: list[dict[str, Any]] = case.practice.setting(_of(_DONE, case), [])
    return kept


def undo(case: Case, import_id: str) -> int:
    """Take an import out again; returns how many entries were removed. Entries that were changed since are kept.

    Raises:
        ImportProblem: the case has no such import.
    """
    done = history(case)
    found = next((one for one in done if one["id"] == import_id), None)
    if found is None:
        raise ImportProblem("This import is not there any more. Please reload the page.")
    removed = case.remove_import(import_id)
    case.practice.set_setting(_of(_DONE, case), [one for one in done if one["id"] != import_id])
    undone: dict[str, int] = case.practice.setting(_of(_UNDONE, case), {})
    undone[found["signature"]] = undone.get(found["signature"], 0) + 1
    case.practice.set_setting(_of(_UNDONE, case), undone)
    return removed


def _of(name: str, case: Case) -> str:
    return f"{name}/{case.info.id}"
