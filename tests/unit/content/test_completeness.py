"""How much of each language there is, and whether the English has moved on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbook import cli
from workbook.content import completeness, edition, load, phrases


@pytest.fixture(autouse=True)
def eo(tmp_path: Path) -> Iterator[Path]:
    """A workspace whose own language has one form."""
    folder = tmp_path / "content" / "languages" / "eo"
    (folder / "forms").mkdir(parents=True)
    (folder / "language.yaml").write_text("{name: Esperanto, own_name: Esperanto, locale: eo}", "utf-8")
    (folder / "forms" / "a.yaml").write_text(
        "forms: [{id: calm-menu, title: Nun, fields: [{id: own, label: Kion?}]}]", "utf-8"
    )
    yield folder
    edition.use(None)


def test_each_text_is_counted_where_it_is_read(tmp_path: Path):
    """Two texts of one form: two, on the page that holds it, of all that clients read there."""
    found = completeness.texts("eo", tmp_path / "content")["02-pause"]
    assert [place for place, done in found.items() if done] == ["calm-menu.title", "calm-menu.own.label"]
    assert {"step.title", "step.why", "page.arrive", "breathing-space.settle=feet"} <= set(found)
    assert not any("counselor_note" in place for place in found)


def test_names_of_routes_and_sections_are_counted(eo: Path, tmp_path: Path):
    """Each of them once, as the phrases of the workbook are; a translated one counts."""
    (eo / "words.yaml").write_text('"Six focuses": Ses rigardoj\n', "utf-8")
    found = completeness.texts("eo", tmp_path / "content")["routes"]
    assert [text for text, done in found.items() if done] == ["Six focuses"]
    assert {section.title for guide in load.points().guides for section in guide.sections} < set(found)


def test_a_change_of_the_english_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    """Once compared, a form is up to date until its English words change."""
    content = tmp_path / "content"
    assert completeness.outdated("eo", content) == []
    assert cli.main(["languages", "--workspace", str(tmp_path), "--seen", "eo"]) == 0
    assert completeness.outdated("eo", content) == []
    forms = load.shipped_forms()
    changed = {**forms, "calm-menu": replace(forms["calm-menu"], purpose="Other words.")}
    monkeypatch.setattr(load, "shipped_forms", lambda: changed)
    assert completeness.outdated("eo", content) == ["calm-menu"]
    assert cli.main(["languages", "--workspace", str(tmp_path)]) == 0
    assert "changed in English since: calm-menu" in capsys.readouterr().out


def test_a_language_that_is_not_there_is_said_in_words(tmp_path: Path, capsys):
    """A slip in the code of a language."""
    assert cli.main(["languages", "--workspace", str(tmp_path), "--seen", "eoo"]) == 1
    assert "no such language" in capsys.readouterr().err


def test_phrases_are_found_in_python_and_in_the_browser():
    """Literals, constants by their name, and what is marked at its origin."""
    found = phrases.by_file()
    assert "Saving…" in found["lab/labextension/workbook/static/bar.js"]
    assert "Mon" in found["report/moments.py"]
    assert "Dec" in found["content/words.py"]
    assert "Your counselor opens this with you." in found["content/words.py"]
    assert "Log" in found["forms/head.py"]
