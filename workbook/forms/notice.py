"""A few sentences of the page's own: a gate, a trouble, a way on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from workbook.forms.panel import Panel


def notice(
    title: str,
    *paragraphs: str,
    links: Iterable[tuple[str, str]] = (),
    tone: Literal["quiet", "support", "trouble"] = "quiet",
) -> Panel:
    """A panel with a title, paragraphs (Markdown bold, italic and lists) and links as (words, page file)."""
    listed = [{"label": label, "page": page} for label, page in links]
    return Panel(kind="notice", spec={"title": title, "paragraphs": list(paragraphs), "links": listed, "tone": tone})
