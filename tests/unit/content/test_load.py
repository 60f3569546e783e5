"""Content is checked when it is read, and a mistake is told with file and line."""

from pathlib import Path

import pytest

from workbook.content import coverage, load
from workbook.errors import ContentError

GOOD = """forms:
- id: one
  title: One
  fields:
  - id: how
    kind: scale
    label: How?
"""
ROWS = "{id: in, kind: rows, label: In, fields: [{id: a, kind: text, label: A}]}"


def problem(tmp_path: Path, text: str) -> ContentError:
    """The error that reading this text raises."""
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load.read_forms(tmp_path)
    return caught.value


def test_a_form_is_read_with_its_defaults(tmp_path: Path):
    """What is not said has a sensible default."""
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    form = load.read_forms(tmp_path)["one"]
    assert (form.kind, form.audience, form.version, form.fields[0].core) == ("exercise", "client", 1, True)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: scale", "kind: scael", 6, "must be one of"),
        ("label: How?", "lable: How?", 7, "did you mean ‘label’"),
        ("  title: One\n", "", 2, "‘title’ is missing"),
        ("title: One", "title: [1]", 3, "must be a text"),
        ("kind: scale", "kind: choice", 5, "options"),
        ("label: How?", "label: How?\n    options: {yes: Yes}", 8, "options"),
        ("label: How?", "label: How?\n    label: Again", 8, "twice"),
        ("label: How?", "label: How?\n    max: many", 8, "must be a whole number or a number"),
        ("- id: how", "- {id: how", 5, "YAML"),
        ("forms:", "form:", 1, "‘forms’ is missing"),
        ("title: One", "title: 2026-02-30", 3, "no date or number; quote it"),
        ("title: One", 'title: "O\x07ne"', 3, "cannot be seen"),
        ("title: One", "title: One\n  needs: [{calm: x}]", 4, "‘needs’ must be a list of plain texts"),
        ("title: One", "title: One\n  show_if: {contact: [[none]]}", 4, "‘contact’ must be a list of plain texts"),
        ("id: how", "id: how so", 5, "one word"),
        ("id: how", "id: _deleted", 5, "one word"),
        ("label: How?", "label: How?\n    max: 1000", 8, "100 steps at most"),
        ("label: How?", "label: How?\n    max: .inf", 8, "100 steps at most"),
        ("label: How?", "label: How?\n    step: 0", 8, "‘step’ must be above"),
        ("kind: scale", "kind: number\n    min: 5\n    max: 1", 7, "‘min’ must be below ‘max’"),
        ("kind: scale", "kind: number\n    max: .inf", 7, "‘min’ must be below ‘max’"),
        ("kind: scale", "kind: tick\n    flag: {when: [yes], kind: my-worry}", 7, 'in quotes: "yes", "no"'),
        ("kind: scale", "kind: scale\n    flag: {when: [9, 10], kind: my-worry}", 7, "it has none"),
        ("kind: scale", "kind: tick\n    flag: {at_least: 1, kind: my-worry}", 7, "are for scale, number, shares"),
        ("kind: scale", f"kind: rows\n    fields: [{ROWS}]", 7, "rows cannot hold rows"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str):
    """File, line, what is wrong and what would be right."""
    error = problem(tmp_path, GOOD.replace(old, new))
    assert words in str(error)
    assert error.file.name == "a.yaml"
    assert abs(error.line - line) <= 1, str(error)


def test_a_block_that_holds_itself_is_told(tmp_path: Path):
    """It would be read for ever."""
    assert "holds itself" in str(problem(tmp_path, "forms: &all\n- *all\n"))


def test_yes_and_no_must_be_quoted(tmp_path: Path):
    """YAML reads a bare yes as true; the message says what to do."""
    text = GOOD.replace("kind: scale", "kind: choice\n    options: {true: Yes}")
    assert "quote" in str(problem(tmp_path, text))


def test_an_id_is_taken_once(tmp_path: Path):
    """Two forms of one name would share answers."""
    assert "taken" in str(problem(tmp_path, GOOD + GOOD.removeprefix("forms:\n")))


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path):
    """The counselor's editor may save in another encoding."""
    (tmp_path / "a.yaml").write_bytes("forms: ü".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load.read_forms(tmp_path)


def test_everything_shipped_is_readable_and_points_at_what_exists():
    """Steps name forms that exist; forms name points that exist; log items name themes that exist."""
    forms, themes = load.forms(), {theme.id for theme in load.points().themes}
    for step in load.steps():
        assert step.aside or step.id in themes
        assert set(step.forms) <= set(forms), step.id
    assert not coverage.unknown()
    for form in forms.values():
        assert {one.introduced_by for one in form.fields} <= themes | {None}, form.id


def test_coverage_counts_a_point_in_each_of_its_themes():
    """The catalogue has 497 points; the step Pause is complete."""
    report = coverage.report()
    assert sum(guide["of"] for guide in report["guides"].values()) == len(load.points().points) == 497
    assert report["themes"]["pause-and-calm"] == {"covered": 69, "of": 69}
    assert all(count["covered"] <= count["of"] for group in report.values() for count in group.values())
