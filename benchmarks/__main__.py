"""`python -m benchmarks [--only NAME]`: measure, print each ratio beside its limit, write benchmarks/latest.json."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LATEST = Path(__file__).with_name("latest.json")


@dataclass(frozen=True)
class Bench:
    """One ratio: where it is measured, and what is asked of it."""

    name: str
    place: str
    limit: float
    at_least: bool = False

    def met(self, ratio: float) -> bool:
        return ratio >= self.limit if self.at_least else ratio <= self.limit

    def run(self) -> dict[str, Any]:
        module, function = self.place.split(":")
        measure: Callable[[], dict[str, Any]] = getattr(importlib.import_module(f"benchmarks.{module}"), function)
        return measure()


ALL = (
    Bench("import", "imports:import_time", 1.15),
    Bench("keystroke-to-durable", "store:keystroke_to_durable", 1.5),
    Bench("pdf-vs-typst", "pdf:pdf_vs_typst", 1.5),
    Bench("pdf-vs-webpdf", "pdf:pdf_vs_webpdf", 30, at_least=True),
    Bench("open-page", "open_page:open_page", 1.0),
    Bench("longest-page", "all_pages:longest_page", 1.3),
    Bench("year-of-answers", "all_pages:year_of_answers", 1.2),
)


def main() -> int:
    """Run what was asked for; returns how many limits were missed or could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", choices=[one.name for one in ALL], help="one of: %(choices)s")
    only = parser.parse_args().only
    results, missed = _measured_before(only), 0
    print(f"{'name':<22} {'ratio':>8} {'limit':>12}  met   baseline")
    for bench in ALL:
        if only not in (None, bench.name):
            continue
        try:
            found = bench.run()
        except Exception as problem:  # the others are still worth measuring
            print(f"{bench.name:<22} {'-':>8} {_limit(bench):>12}  no    not measured: {problem!r}"[:300], flush=True)
            missed += 1
            continue
        met = bench.met(found["ratio"])
        missed += not met
        start = f"{bench.name:<22} {found['ratio']:>8.2f} {_limit(bench):>12}"
        print(f"{start}  {'yes' if met else 'no':<5} {found['baseline']}", flush=True)
        results[bench.name] = {name: found[name] for name in ("name", "ratio", "baseline")}
    LATEST.write_text(json.dumps(list(results.values()), indent=1) + "\n", encoding="utf-8")
    return missed


def _measured_before(only: str | None) -> dict[str, dict[str, Any]]:
    """What stays when one ratio alone is measured anew."""
    if only is None or not LATEST.exists():
        return {}
    return {found["name"]: found for found in json.loads(LATEST.read_text("utf-8"))}


def _limit(bench: Bench) -> str:
    return f"{'at least' if bench.at_least else 'at most'} {bench.limit:g}"


if __name__ == "__main__":
    sys.exit(min(main(), 1))
