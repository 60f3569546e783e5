"""ImportPanel: a CSV log from a file that is chosen in the browser."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from workbook.errors import ImportProblem
from workbook.exchange import facts, imports
from workbook.exchange.csv_log import read_log
from workbook.exchange.mapping import Mapping
from workbook.exchange.table import MAX_BYTES, Table, read_table
from workbook.forms.panel import Panel
from workbook.forms.spec import Names
from workbook.record.case import Case
from workbook.record.standing import standing

_NAME_LENGTH = 120


class ImportPanel(Panel):
    """Choose a file, say what its columns mean, look at the preview, bring it in, undo it. The file stays in memory."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._data, self._name = b"", ""
        self._table: Table | None = None
        super().__init__(kind="import", spec={"case": case.info.id, "max_bytes": MAX_BYTES})

    def on_history(self, case: str) -> dict[str, Any]:
        """The imports that can be undone; asked for when the fold is opened."""
        self._case.expect(case)
        return {"history": self._history()}

    def on_read(self, case: str, data: str, name: str = "", named: bool | None = None) -> dict[str, Any]:
        """Take the file (base64) and answer what is in it, with the mapping that such a file had last."""
        self._case.expect(case)
        try:
            self._data = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            raise ImportProblem("The file did not arrive whole. Please choose it again.") from None
        self._name = str(name)[:_NAME_LENGTH]
        return self._facts(named)

    def on_heading(self, case: str, named: bool) -> dict[str, Any]:
        """Read the same file again, with or without a first row that names the columns."""
        self._case.expect(case)
        return self._facts(bool(named))

    def on_preview(self, case: str, mapping: dict[str, Any]) -> dict[str, Any]:
        """What would be brought in, and what not; nothing is stored."""
        self._case.expect(case)
        chosen = Mapping.from_json(mapping)
        table = self._file()
        return facts.of_reading(read_log(table, chosen), chosen, table)

    def on_import(self, case: str, mapping: dict[str, Any]) -> dict[str, Any]:
        """Bring the file in."""
        self._case.expect(case)
        done = imports.run(
            self._case,
            self._file(),
            Mapping.from_json(mapping),
            file=self._name,
            progress=lambda stage: self.push("progress", stage=stage),
        )
        counts = done.reading.counts()
        return {"added": done.added, "known": done.known, "counts": counts, "history": self._history()}

    def on_undo(self, case: str, id: str) -> dict[str, Any]:
        """Take an import out again."""
        self._case.expect(case)
        return {"removed": imports.undo(self._case, id), "history": self._history()}

    def _facts(self, named: bool | None) -> dict[str, Any]:
        self._table = read_table(self._data, named=named)
        kept = imports.remembered(self._case.practice, self._table)
        found = facts.of_file(self._table, Names(self._case).fill, standing(self._case))
        return {**found, "mapping": kept.to_json() if kept else None}

    def _file(self) -> Table:
        if self._table is None:
            raise ImportProblem("Please choose a file first.")
        return self._table

    def _history(self) -> list[dict[str, Any]]:
        shown = ("id", "file", "at", "added")
        return [{name: one[name] for name in shown} for one in imports.history(self._case)]
