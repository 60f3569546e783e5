"""data/charts.yaml: every log has its picture, and every picture reads questions that are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.charts.draw import MAKERS
from workbook.content import charts as content
from workbook.content import coverage, load
from workbook.errors import ContentError

LOGS = [
    "mood",
    "calm",
    "fear-thoughts",
    "urges",
    "contact",
    "space-respected",
    "pause-kept",
    "interaction-quality",
    "tone",
    "positive-negative",
    "appreciation-noticed",
    "appreciation-given",
    "genuineness",
    "own-boundaries-kept",
    "body",
    "self-care-and-joy",
    "supportive-people",
    "alone-time",
    "journal",
    "faith-practice",
    "listening",
    "speaking",
    "requests",
    "old-fights",
    "fun-and-outings",
    "laughter",
    "simple-pleasures",
    "affection",
    "chore-free-time",
    "outside-voices",
    "consistency",
    "weekly-step",
    "setbacks",
    "signs-of-change",
    "patience",
    "blame-balance",
    "assumptions",
    "comparison",
    "reciprocity",
    "energy-balance",
    "self-respect-confidence",
    "hope",
    "children",
    "help-used",
]
"""The 44 logs of the catalogue that are charted."""


def by_log() -> dict[str, list[content.ChartSpec]]:
    """The charts of each log."""
    found: dict[str, list[content.ChartSpec]] = {}
    for one in content.charts().values():
        for log in one.logs:
            found.setdefault(log, []).append(one)
    return found


def test_every_log_of_the_catalogue_is_charted_but_the_safety_check():
    """44 are drawn; what the counselor has to talk about is no line to watch."""
    assert sorted(by_log()) == sorted(LOGS)
    assert list(content.not_charted()) == ["safety-check"]


@pytest.mark.parametrize("log", LOGS)
def test_every_charted_log_is_asked_by_a_theme(log: str):
    """Its chart reads questions of that log, and a theme's page brings at least one of them."""
    themes = {theme.id for theme in load.points().themes}
    read = [item for one in by_log()[log] for item in one.items]
    own = [item for item in read if log in (item.field.log, item.outer.log)]
    assert own
    assert [item for item in own if item.outer.quick or item.outer.introduced_by in themes or not item.outer.opt_in]


@pytest.mark.parametrize("spec", content.charts().values(), ids=lambda spec: spec.id)
def test_every_chart_can_be_read(spec: content.ChartSpec):
    """Its questions exist, its theme and kind are known, it says what it cannot show, and its points are real."""
    assert all(item.field.answers for item in spec.items)
    assert spec.theme in {theme.id for theme in load.points().themes}
    assert (spec.id if spec.kind == "own" else spec.kind) in MAKERS
    assert spec.kind == "own" or spec.cannot
    assert set(spec.covers) <= load.points().points


def test_answers_about_safety_are_in_no_chart():
    """Neither the private check nor what raises a flag that closes pages."""
    read = [item.field for one in content.charts().values() for item in one.items]
    assert [field.id for field in read if field.log == "safety-check"] == []
    assert [field.id for field in read if field.flag and field.flag.opens == "support"] == []


def test_points_count_when_their_chart_is_on_the_page(monkeypatch: pytest.MonkeyPatch):
    """A chart that nobody can reach covers nothing."""
    assert "eight-steps.1.10" in content.covered()
    assert content.covered() <= coverage.covered()
    monkeypatch.setattr(content, "_on_the_page", lambda: frozenset({"moments"}))
    assert content.covered() == {"eight-steps.5.14"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("charts:\n  - id: a\n    kind: pie\n", 3, "kind"),
        ("charts:\n  - id: a\n    kid: line\n", 3, "did you mean ‘kind’"),
        ("charts:\n  - {id: a, kind: line, logs: [mood], theme: t, title: T, items: [mood]}\n", 2, "daily.mood"),
        ("charts:\n  - {id: a, kind: line, logs: [mood], theme: t, title: T, items: [], every: hour}\n", 2, "every"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str):
    """A counselor who adds a chart hears where it is wrong."""
    (tmp_path / "charts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=says) as caught:
        content.read_charts(tmp_path / "charts.yaml")
    assert caught.value.line == line


def test_a_question_that_nobody_asks_is_told():
    """With the name that was written."""
    with pytest.raises(ContentError, match=r"daily\.moood"):
        _ = content.ChartItem("daily", "moood").field
