"""What one keystroke costs, from the message handler to its acknowledgement, against one bare durable commit."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.turns import clocked, in_turn
from workbook.content import load
from workbook.content.model import Form
from workbook.forms.form import FormPanel
from workbook.record import engine, keys
from workbook.record.practice import Practice

ROUNDS = 400
WARM_UP = 40


def keystroke_to_durable() -> dict[str, Any]:
    """Ratio of the medians, both sides in turn, fresh text each time; lower is better, at most 1.5 is asked for."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        practice, _ = Practice.create(Path(folder) / "practice", "rehearsal", True, cost=keys.Cost(8, 1, 1))
        bare = engine.connect(Path(folder) / "bare.db", secrets.token_bytes(32), create=True)
        try:
            sides = clocked(_fresh(_our_save(practice))), clocked(_fresh(_bare_commit(bare)))
            found = in_turn(*sides, rounds=ROUNDS, warm_up=WARM_UP)
        finally:
            bare.close()
            practice.close()
    return {
        "name": "keystroke-to-durable",
        "ratio": found.ours / found.theirs,
        "baseline": "one bare durable SQLCipher commit",
    }


def _our_save(practice: Practice) -> Callable[[str], object]:
    case = practice.add_case("Bench")
    form, field = _a_text_field()
    panel = FormPanel(form, case, page="bench")
    acknowledged: list[dict[str, Any]] = []
    panel.send = acknowledged.append

    def save(text: str) -> None:
        message = {"n": 1, "do": "save", "case": case.info.id, "patch": {field: text}, "zone": "Europe/Berlin"}
        panel._receive(panel, message, [])
        if not acknowledged.pop().get("saved_at"):
            raise RuntimeError("the save was not acknowledged")

    return save


def _bare_commit(connection: Any) -> Callable[[str], object]:
    connection.execute("CREATE TABLE response (id TEXT PRIMARY KEY, answers TEXT)")
    connection.execute("INSERT INTO response VALUES ('one', '')")

    def save(text: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE response SET answers = ? WHERE id = ?", (text, "one"))
        connection.execute("COMMIT")

    return save


def _fresh(save: Callable[[str], object]) -> Callable[[int], object]:
    """The save with a new text of 80 to 90 characters each time; SQLite skips what did not change."""
    texts = [f"{turn} {secrets.token_hex(40)}" for turn in range(WARM_UP + ROUNDS)]
    return lambda turn: save(texts[turn])


def _a_text_field() -> tuple[Form, str]:
    for form in load.forms().values():
        for field in form.fields:
            if form.kind == "exercise" and field.kind == "area":
                return form, field.id
    raise LookupError("no exercise has a text to write in")


if __name__ == "__main__":
    print(json.dumps(keystroke_to_durable()))
