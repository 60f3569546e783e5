"""Taking a whole import out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from workbook.record import tables

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.practice import Practice


def remove(practice: Practice, case: Case, import_id: str) -> int:
    """Delete all entries of a case that came with one import and were not changed since; returns how many.

    Unlike an entry that a client deletes, they leave no mark behind: the same file may come in again.
    """
    r = tables.response.c
    of_import = (r.case_id == case.info.id, r.source["import"].as_string() == import_id, r.revision == 1)
    with practice.writing() as connection:
        removed: int = connection.execute(delete(tables.response).where(*of_import)).rowcount
    practice.checkpoint()  # also out of the write-ahead log
    return removed
