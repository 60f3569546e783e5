"""A process that saves until it is killed: `fault_writer.py FOLDER KEY CASE NAME`, a line for each save."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record import keys
from workbook.record.practice import Practice

PASSPHRASE = "four plain words here"
MARKER = "marker word that must never be found"
CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
FORM = Form("diary", "A diary", "log", fields=(Field("text", "area", "A text"), Field("number", "number", "A number")))


def main(folder: str, key: str, case_id: str, name: str) -> None:
    """Grow one response and add others, and say so only after the store said so."""
    load.form = {FORM.id: FORM}.__getitem__  # type: ignore[assignment]
    case = Practice.open(Path(folder), bytes.fromhex(key)).case(case_id)
    mine = case.save(FORM.id, {"text": name}, sitting=name).response.id
    print(mine, flush=True)
    for count in range(1_000_000):
        case.save(FORM.id, {"number": count}, response_id=mine, sitting=name)
        case.save(FORM.id, {"text": f"{name} {count}"}, sitting=name)
        print(count, flush=True)
        time.sleep(0.002)  # a person types; without any pause SQLite's waiting gives the others no turn


if __name__ == "__main__":
    main(*sys.argv[1:])
