"""`workbook print`: from a page's name to a file, with a clear sentence for whatever is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbook.errors import PageNotVouched, PrintProblem, WrongKey
from workbook.report import command


@dataclass
class Place:
    """A workspace, as far as printing needs one."""

    pages: Path
    practice: Path


@pytest.fixture
def place(tmp_path, practice, cells, monkeypatch):
    """Pages and a practice; the passphrase is typed, and files land in a folder of their own."""
    (tmp_path / "pages").mkdir()
    draw = ">>> import matplotlib.figure as m\nlog = page.log\nf = m.Figure()\nf.add_subplot().set_title('DRAWNTITLE')"
    for name, content in {
        "02-pause": cells("# Pause", 'page.form("plan")'),
        "drawn": cells("# Drawn", draw, "page.show(f, 'Drawn words')"),
        "broken": cells("# Broken", ">>> 1 / 0", "page.show(f)"),
    }.items():
        (tmp_path / "pages" / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setattr(command, "getpass", lambda _asked: "a passphrase")
    return Place(tmp_path / "pages", tmp_path / "practice")


@pytest.fixture
def run(place):
    """Runs the command; pages are vouched for unless told otherwise."""

    def with_words(*words, require=lambda *_given: None):
        return command.main(words, place=lambda _asked: place, require=require)

    return with_words


def test_a_filled_page_is_saved_beside_us(run, case, read_pdf, capsys):
    """The only case is taken without asking."""
    case.save("plan", {"why": "ANSWER"})
    assert run("02-pause") == 0
    assert "ANSWER" in read_pdf(Path("02-pause.pdf").read_bytes()).words
    assert "--password" in capsys.readouterr().out


def test_a_blank_page_asks_for_no_passphrase(run, monkeypatch, read_pdf):
    """A worksheet needs no practice."""
    monkeypatch.setattr(command, "getpass", lambda _asked: pytest.fail("nobody should be asked"))
    run("02-pause", "--blank")
    assert "Why I pause" in read_pdf(Path("02-pause-blank.pdf").read_bytes()).words


def test_the_case_is_chosen_by_alias_or_number(run, practice, case, read_pdf):
    """Two cases: one must be named, whatever its capitals."""
    practice.add_case("Kim").save("plan", {"why": "KIMS"})
    with pytest.raises(PrintProblem, match="2 cases"):
        run("02-pause")
    with pytest.raises(PrintProblem, match="No case has this alias"):
        run("02-pause", "--case", "Nobody")
    run("02-pause", "--case", "kim", "-o", "k.pdf")
    assert "KIMS" in read_pdf(Path("k.pdf").read_bytes()).words
    run("02-pause", "--case", "2", "-o", "n.pdf")
    assert "KIMS" in read_pdf(Path("n.pdf").read_bytes()).words


def test_a_password_is_asked_twice(run, case, monkeypatch, read_pdf):
    """The password is never on the command line."""
    typed = iter(["paper", "paper", "a passphrase"])
    monkeypatch.setattr(command, "getpass", lambda _asked: next(typed))
    run("02-pause", "--password")
    assert read_pdf(Path("02-pause.pdf").read_bytes(), "paper").pages
    typed = iter(["paper", "other"])
    with pytest.raises(PrintProblem, match="not the same"):
        run("02-pause", "--password", "-o", "x.pdf")


def test_the_counselors_print_is_asked_for(run, case, read_pdf):
    """Without --for the client's print is made."""
    run("02-pause", "--for", "counselor")
    assert "For the counselor" in read_pdf(Path("02-pause.pdf").read_bytes()).words


def test_figures_are_drawn_by_the_pages_code(run, case, read_pdf):
    """A vouched page draws its figures without a server; their text stays text."""
    run("drawn")
    words = read_pdf(Path("drawn.pdf").read_bytes()).words
    assert "DRAWNTITLE" in words
    assert "Drawn words" in words


def test_code_that_nobody_vouches_for_does_not_run(run, case):
    """The page is refused before its code runs."""

    def refuse(*_given):
        raise PageNotVouched("no")

    with pytest.raises(PageNotVouched):
        run("drawn", require=refuse)
    assert not Path("drawn.pdf").exists()


def test_a_failing_cell_is_named_and_the_page_prints(run, case, capsys, read_pdf):
    """What the code said is not repeated."""
    run("broken")
    said = capsys.readouterr().err
    assert "cell 3, 4" in said
    assert "division" not in said
    assert "not drawn on paper yet" in read_pdf(Path("broken.pdf").read_bytes()).words


def test_what_is_missing_is_said(run, case, monkeypatch):
    """No page, no overwriting, no other kind of file, a wrong passphrase."""
    with pytest.raises(PrintProblem, match="02-pause"):
        run("03-nothing")
    with pytest.raises(PrintProblem, match="must end in"):
        run("02-pause", "-o", "x.txt")
    Path("02-pause.pdf").write_bytes(b"kept")
    with pytest.raises(PrintProblem, match="already here"):
        run("02-pause")
    with pytest.raises(PrintProblem, match="cannot be written"):
        run("02-pause", "--blank", "-o", "no/such/folder/x.pdf")
    monkeypatch.setattr(command, "getpass", lambda _asked: "wrong")
    with pytest.raises(WrongKey):
        run("02-pause", "-o", "y.pdf")
    assert Path("02-pause.pdf").read_bytes() == b"kept"
