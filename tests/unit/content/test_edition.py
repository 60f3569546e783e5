"""What is shipped, a language over it, the counselor's own over both: read anew when a page opens, never in the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbook.content import edition, load
from workbook.content.model import Form, Step

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def back_to_shipped() -> Iterator[None]:
    """Whatever a test used, the next one begins with what is shipped."""
    yield
    edition.use(None)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the workspace's content."""

    def to(name: str, text: str) -> Path:
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return to


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder of the counselor's content."""
    return tmp_path / "content"


def form(form_id: str) -> Form:
    """The form as it holds now."""
    return load.form(form_id)


def step(page: str) -> Step:
    """The step as it holds now."""
    return next(one for one in load.steps() if one.page == page)


def test_without_own_files_it_is_what_is_shipped(content):
    """A workspace without the folder works; nothing of it is made."""
    edition.use(content)
    assert form("pause-plan") == load.shipped_forms()["pause-plan"]
    assert load.steps() == load.shipped_steps()
    assert not content.exists()


def test_a_change_holds_when_a_page_opens_next(content, write):
    """Between two openings the words of a page stay; then the file is read again, and gone it leaves nothing."""
    path = write("forms/mine.yaml", "forms: [{id: pause-plan, title: One}]")
    edition.use(content)
    path.write_text("forms: [{id: pause-plan, title: Another}]", "utf-8")
    assert form("pause-plan").title == "One"
    edition.use(content)
    assert form("pause-plan").title == "Another"
    path.unlink()
    edition.use(content)
    assert form("pause-plan").title == load.shipped_forms()["pause-plan"].title


def test_workspaces_do_not_mix(tmp_path, write, content):
    """Each has content of its own."""
    write("forms/mine.yaml", "forms: [{id: pause-plan, title: Mine}]")
    edition.use(content)
    assert form("pause-plan").title == "Mine"
    edition.use(tmp_path / "other")
    assert form("pause-plan").title != "Mine"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("forms:\n- id: pause-plan\n  titel: X\n", 3, "did you mean ‘title’"),
        ("forms:\n- {id: pause-plan\n", 3, "YAML"),
        ("form:\n- id: pause-plan\n", 1, "did you mean ‘forms’"),
        ("forms:\n- id: screen\n  title: X\n", 2, "private questions"),
    ],
)
def test_a_broken_file_stops_nothing_and_is_told(content, write, text, line, says):
    """What is shipped stands in its place; another file still counts; the mistake waits with file and line."""
    write("forms/broken.yaml", text)
    write("forms/fine.yaml", "forms: [{id: breathing-space, title: Fine}]")
    used = edition.use(content)
    assert form("pause-plan") == load.shipped_forms()["pause-plan"]
    assert form("breathing-space").title == "Fine"
    [problem] = used.problems
    assert (problem.file.name, says in str(problem)) == ("broken.yaml", True)
    assert abs(problem.line - line) <= 1


def test_a_list_of_blocks_where_ids_belong_stops_nothing(content, write):
    """As in a form’s fields, somebody writes ‘- id: …’: told with its file, and no page is in the way."""
    write("steps/02-pause.yaml", "core:\n- id: calm-menu\n")
    write("routes/mine.yaml", "name: Mine\nsections:\n- title: One\n  forms:\n  - id: calm-menu\n")
    said = [str(problem) for problem in edition.use(content).problems]
    assert ["list of plain texts" in one for one in said] == [True, True]


def test_what_editors_and_systems_leave_beside_the_files_is_no_file_of_the_counselor(content, write):
    """A lock that points nowhere, a Mac’s twin of a file, a folder with such a name."""
    path = write("forms/mine.yaml", "forms: [{id: pause-plan, title: Mine}]")
    (path.parent / "folder.yaml").mkdir()
    (path.parent / "._mine.yaml").write_bytes(b"\x00\x05\xff")
    if os.name != "nt":
        (path.parent / ".#mine.yaml").symlink_to("somebody@here.123")
    used = edition.use(content)
    assert (form("pause-plan").title, used.problems, used.own) == ("Mine", (), ("forms/mine.yaml",))


def test_a_form_is_edited_in_one_place(content, write):
    """Two blocks for one form: the first counts, and the second is told with the name of the first file."""
    write("forms/a.yaml", "forms: [{id: pause-plan, title: First}]")
    write("forms/b.yaml", "forms: [{id: pause-plan, title: Second}]")
    used = edition.use(content)
    assert form("pause-plan").title == "First"
    assert "‘a.yaml’" in str(used.problems[0])


def test_a_step_is_put_in_another_order_and_loses_nothing(content, write):
    """Exercises move and join; one that is left out goes to the end of the fold, never away."""
    write("forms/mine.yaml", "forms: [{id: my-form, title: Mine, fields: [{id: a, kind: text, label: A}]}]")
    write("steps/02-pause.yaml", "title: Breathe\ncore: [pause-plan, my-form]\n")
    assert not edition.use(content).problems
    shipped = next(one for one in load.shipped_steps() if one.page == "02-pause")
    assert (step("02-pause").title, step("02-pause").core) == ("Breathe", ("pause-plan", "my-form"))
    assert set(step("02-pause").forms) == {*shipped.forms, "my-form"}
    write("steps/02-pause.yaml", "core: [pause-plam]\n")
    write("steps/02-paus.yaml", "title: X\n")
    said = [str(problem) for problem in edition.use(content).problems]
    assert any("did you mean ‘pause-plan’" in one for one in said)
    assert any("02-pause" in one and "no step is called" in one for one in said)


def test_a_route_of_ones_own_and_a_shipped_one_in_another_order(content, write):
    """A new route is offered for a case; a shipped one keeps every section."""
    guide = next(one for one in load.points().guides if one.id == "first-steps")
    first, last = guide.sections[0].id, guide.sections[-1].id
    write("routes/gentle.yaml", "name: Gentle\nsections:\n- {title: Arrive, forms: [breathing-space, calm-menu]}\n")
    write("routes/first-steps.yaml", f"sections:\n- {{id: {last}}}\n- {{id: {first}, title: Then}}\n")
    used = edition.use(content)
    assert not used.problems
    routes = {one.id: one for one in used.routes}
    assert routes["gentle"].sections[0].forms == ("breathing-space", "calm-menu")
    assert dict(form("about-case").field("route").options)["gentle"] == "Gentle"
    assert {one.id for one in routes["first-steps"].sections} == {one.id for one in guide.sections}
    assert [one.title for one in routes["first-steps"].sections[:2]] == [guide.sections[-1].title, "Then"]
    write("routes/gentle.yaml", "name: Gentle\nsections:\n- {title: Arrive, forms: [breathing-spce]}\n")
    assert "did you mean ‘breathing-space’" in str(edition.use(content).problems[0])


def test_a_language_is_added_by_files_alone(content, write):
    """Names, words, a form, a step: what is translated is said so, what is not stays English."""
    write("languages/eo/language.yaml", "name: Esperanto\nown_name: Esperanto\nlocale: eo\n")
    write("languages/eo/forms/pause.yaml", "forms: [{id: pause-plan, title: Mia paŭzo}]")
    write("languages/eo/steps/02-pause.yaml", "title: Paŭzo\n")
    write("languages/eo/words.yaml", '"Saving…": "Konservas …"\n')
    used = edition.use(content, "eo")
    assert not used.problems
    assert (form("pause-plan").title, step("02-pause").title) == ("Mia paŭzo", "Paŭzo")
    assert form("pause-plan").purpose == load.shipped_forms()["pause-plan"].purpose
    assert used.words["Saving…"] == "Konservas …"
    assert dict(form("about-case").field("language").options)["eo"] == "Esperanto"
    edition.use(content)
    assert form("pause-plan").title == load.shipped_forms()["pause-plan"].title


def test_a_language_that_is_gone_is_english(content):
    """A case that names it still opens."""
    used = edition.use(content, "tlh")
    assert used.language.code == "en"
    assert form("pause-plan").title == load.shipped_forms()["pause-plan"].title


def test_a_counselors_words_outweigh_a_translation(content, write):
    """What the counselor wrote is what the client reads, in every language."""
    write("forms/mine.yaml", "forms: [{id: pause-plan, title: Our words}]")
    edition.use(content, "de")
    assert form("pause-plan").title == "Our words"
    assert form("breathing-space").title != load.shipped_forms()["breathing-space"].title


def test_a_language_can_only_say(content, write):
    """A translation that would change more than words is refused, and the form stays English."""
    write("languages/eo/language.yaml", "name: Esperanto\nown_name: Esperanto\nlocale: eo\n")
    write(
        "languages/eo/forms/a.yaml",
        "forms:\n- {id: pause-plan, title: T, reaches_partner: false}\n"
        "- {id: breathing-space, fields: [{id: settle, options: {new: Nova}}]}\n- {id: gone, title: X}\n",
    )
    said = [str(problem) for problem in edition.use(content, "eo").problems]
    assert len(said) == 3
    assert form("pause-plan") == load.shipped_forms()["pause-plan"]


def test_another_language_for_a_while(content):
    """A print in German leaves the page in English."""
    edition.use(content)
    with edition.speaking("de") as german:
        assert german.language.code == "de"
        assert form("breathing-space").title == "Ankommen und atmen"
    assert form("breathing-space").title == load.shipped_forms()["breathing-space"].title
