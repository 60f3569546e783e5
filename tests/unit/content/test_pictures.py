"""The pictures of data/charts.yaml: read with their mistakes told, and counted where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.content import coverage, pictures
from workbook.errors import ContentError

WANTED = {
    *("eight-steps.2.1", "pause-detective-bridge.6.2", "pause-detective-bridge.5.4", "eight-steps.6.9"),
    *("eight-steps.2.13", "six-focuses.7.9", "fourteen-steps.12.3", "fourteen-steps.4.2", "six-focuses.8.4"),
    "pause-detective-bridge.1.8",
}
"""Points whose exercise is a drawing."""


def test_points_that_ask_for_a_drawing_have_one() -> None:
    """On a page of the form that it is drawn from."""
    assert pictures.covered() >= WANTED
    assert pictures.covered() <= coverage.covered()


def test_a_picture_that_no_page_calls_for_covers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be seen."""
    monkeypatch.setattr(pictures, "_called", lambda page: frozenset({"bridge-planks"}))
    assert pictures.covered() == {"pause-detective-bridge.5.4"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("pictures:\n  - id: a\n    kind: cake\n", 3, "kind"),
        ("pictures:\n  - id: a\n    kid: bridge\n", 3, "did you mean ‘kind’"),
        ("pictures:\n  - {id: a, kind: bridge, form: f, title: T, items: [mood]}\n", 2, "daily.mood"),
        ("charts:\n  - id: a\npictures:\n  - {id: a, kind: bridge, form: f, title: T, items: []}\n", 4, "taken"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    """As for every file of content."""
    (tmp_path / "charts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=says) as caught:
        pictures.read_pictures(tmp_path / "charts.yaml")
    assert caught.value.line == line
