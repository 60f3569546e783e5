"""The review on paper: what the log says since the last look back; blank, the same titles with room to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content.words import t
from workbook.report.glyphs import line, paragraphs
from workbook.report.wording import on_paper
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.forms.lookback import Section
    from workbook.report.compose import Composer

Block = dict[str, Any]
_ROOM = 2
"""Lines to write on under each title of a blank page."""


def blocks(composer: Composer) -> list[Block]:
    """The overview as tables; for a client without criteria the request to write them first, and no number."""
    from workbook.forms import lookback
    from workbook.forms.review import criteria_first
    from workbook.record import criteria

    if composer.case is None or composer.empty:
        titles = lookback.titles(apart=bool(composer.standing and gates.apart(composer.standing)))
        return [{"t": "write", "label": line(title), "help": "", "lines": _ROOM} for title in titles]
    if not criteria.written(composer.case) and not composer.counselor:
        return [{"t": "notice", "text": line(criteria_first())}]
    found = lookback.overview(composer.case, composer.today)
    parts = [block for one in found.sections for block in _section(one)]
    return [{"t": "small", "text": line(found.period)}, *parts, {"t": "small", "text": line(lookback.reading())}]


def _section(section: Section) -> list[Block]:
    rows = [[line(one.label), [line(one.says), *paragraphs(one.own)]] for one in section.lines]
    head = [line(t("What")), line(t("What was written"))]
    table = {"t": "table", "title": line(section.title), "head": head, "rows": rows}
    return [table, {"t": "small", "text": line(on_paper(section.note))}] if section.note else [table]
