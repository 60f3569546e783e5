"""The figures that a vouched page draws by itself (`page.show`), made without a server or a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import workbook

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.record.case import Case


class _Recorder:
    """Stands in for the page: keeps its figures, hands out the log, and shows nothing."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.figures: dict[int, tuple[str, str]] = {}

    def show(self, figure: Any, alt: str = "") -> None:
        from workbook.charts.leaf import own_figure

        self.figures[len(self.figures) + 1] = (own_figure(figure), alt)

    def log(self) -> DataFrame:
        from workbook.charts.frame import log_frame

        return log_frame(self.case)

    def __getattr__(self, _name: str) -> Any:
        return lambda *_args, **_options: None


def figures(notebook: Mapping[str, Any], case: Case) -> tuple[dict[int, tuple[str, str]], str]:
    """Run the code cells in their order; returns (svg, words) by number, and a sentence when a cell failed.

    Call it only for a page that is vouched for: this runs its code. What a failing cell said is not repeated, since it
    may hold a client's words; later cells still run, as they would on the page.
    """
    import matplotlib as mpl

    recorder = _Recorder(case)
    space: dict[str, Any] = {"__name__": "__main__", "page": recorder}
    failed: list[int] = []
    before = workbook.__dict__.get("open_page")
    with mpl.rc_context({"backend": "agg"}):
        workbook.open_page = lambda: recorder  # type: ignore[assignment,return-value]
        try:
            for number, cell in enumerate(notebook["cells"], 1):
                if cell.get("cell_type") == "code" and not _run("".join(cell.get("source", "")), space):
                    failed.append(number)
        finally:
            if before is None:
                del workbook.open_page
            else:
                workbook.open_page = before
    said = f"Code that failed, so its figures are missing: cell {', '.join(map(str, failed))}." if failed else ""
    return recorder.figures, said


def _run(source: str, space: dict[str, Any]) -> bool:
    code = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    try:
        exec(compile(code, "<page>", "exec"), space)  # noqa: S102 - a vouched page, in the counselor's own process
    except Exception:
        return False
    return True
