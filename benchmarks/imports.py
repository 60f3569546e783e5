"""What `import workbook` costs a fresh process, against `import ipywidgets`."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from benchmarks.turns import clocked, in_turn

ROUNDS = 15
BASELINE = "ipywidgets"


def import_time() -> dict[str, Any]:
    """Ratio of whole processes that import and end; the start of Python itself is on both sides."""
    found = in_turn(clocked(_process("workbook")), clocked(_process(BASELINE)), rounds=ROUNDS, warm_up=2)
    return {"name": "import", "ratio": found.ours / found.theirs, "baseline": f"import {BASELINE}"}


def _process(module: str) -> Any:
    def run(_turn: int) -> None:
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    return run
