"""The counselor's own content as Counselor view tells of it: which files are in use, and what is wrong in them."""

from __future__ import annotations

from typing import Any

from workbook.content import edition


def own_content() -> dict[str, Any]:
    """`files` in use (`forms/mine.yaml`), and `problems` as sentences with file, line and what would be right."""
    used = edition.current()
    return {"files": list(used.own), "problems": [str(problem) for problem in used.problems]}
