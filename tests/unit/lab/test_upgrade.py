"""A newer version of the workbook over an older workspace: what the counselor made stays, what is new comes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbook.content import edition, load
from workbook.lab.workspace import Workspace, install

MINE = """
forms:
  - id: calm-menu
    title: Our calm menu
    fields:
      - {id: own, hidden: true}
      - {id: my_place, kind: text, label: My quiet place, after: menu}
  - id: my-sentence
    title: My sentence
    fields: [{id: words, kind: area, label: What holds you?}]
"""
Upgrade = Callable[[str, str], None]


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upgrade]:
    """A newer version whose form `pause.yaml` says something else."""
    data = tmp_path / "newer" / "data"

    def to(old: str, new: str) -> None:
        shutil.copytree(load.data_dir(), data)
        path = data / "forms" / "pause.yaml"
        text = path.read_text("utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new), "utf-8")
        monkeypatch.setattr(load, "data_dir", lambda: data)
        fresh()

    def fresh() -> None:
        load.shipped_forms.cache_clear()
        load.shipped_steps.cache_clear()
        edition._made.clear()

    yield to
    monkeypatch.undo()
    fresh()
    edition.use(None)


def test_overlays_survive_an_upgrade(workspace: Workspace, shipped: Path, upgrade: Upgrade):
    """The counselor's words, questions and forms hold over the newer form, whose new parts are there, too."""
    (workspace.content / "forms").mkdir(parents=True)
    file = workspace.content / "forms" / "mine.yaml"
    file.write_text(MINE, "utf-8")
    install(workspace, shipped)
    edition.use(workspace.content)
    upgrade("label: Up to three small habits", "label: New words about habits")
    install(workspace, shipped)
    used = edition.use(workspace.content)
    assert not used.problems
    menu = load.form("calm-menu")
    assert (menu.title, [one.id for one in menu.fields][:2]) == ("Our calm menu", ["menu", "my_place"])
    assert menu.field("habits").label.startswith("New words about habits")
    assert load.form("my-sentence").title == "My sentence"
    assert file.read_text("utf-8") == MINE


def test_a_question_that_a_newer_version_dropped_is_told(workspace: Workspace, shipped: Path, upgrade: Upgrade):
    """The shipped form is used, and Counselor view says which line no longer fits."""
    (workspace.content / "forms").mkdir(parents=True)
    (workspace.content / "forms" / "mine.yaml").write_text(MINE, "utf-8")
    own = "- id: own\n        kind: area\n        label: What else belongs"
    upgrade(own, own.replace("id: own", "id: further"))
    used = edition.use(workspace.content)
    assert ["mine.yaml, line 6" in str(problem) for problem in used.problems] == [True]
    assert load.form("calm-menu").title == "My calm menu"
    assert load.form("my-sentence").title == "My sentence"
