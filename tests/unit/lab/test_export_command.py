"""`workbook export`: one file for the client, never inside the workspace, and a sentence for whatever is missing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from workbook import cli
from workbook.lab import export_command
from workbook.lab.workspace import prepare
from workbook.record.keys import Cost
from workbook.record.practice import Practice
from workbook.report import command

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, write_page: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command on a workspace with two cases and one page; passphrase and password are typed."""
    place = prepare(tmp_path / "workspace")
    practice, _ = Practice.create(place.practice, "plain words", cost=Cost(64, 1, 1))
    practice.add_case("Robin").save("contact-rules", {"hard_moment": "ROBINS"})
    practice.add_case("Kim")
    practice.close()
    write_page(place.pages, "02-pause", 'page.form("contact-rules")')
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setattr(export_command, "getpass", lambda _asked: "plain words")
    monkeypatch.setattr(command, "getpass", lambda _asked: "paper")
    return lambda *words: cli.main(["export", "--workspace", str(place.folder), *words])


def test_a_whole_case_in_one_file(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Data and pages, and a plain word on who can read them."""
    assert run("--case", "robin", "-o", "r.zip") == 0
    with zipfile.ZipFile("r.zip") as packed:
        assert json.loads(packed.read("case.json"))["responses"][0]["answers"] == {"hard_moment": "ROBINS"}
        assert "pages/02-pause.pdf" in packed.namelist()
    said = capsys.readouterr().out
    assert "can read it" in said
    assert "Page 1 of 1: 02-pause" in said


def test_the_pages_alone_with_a_password(run: Run) -> None:
    """Nothing but PDFs, each encrypted; the name says nothing of its content."""
    assert run("--case", "1", "--pages-only", "--password") == 0
    (made,) = Path().glob("pages-*.zip")
    with zipfile.ZipFile(made) as packed:
        assert packed.namelist() == ["pages/02-pause.pdf"]
        assert pypdf.PdfReader(io.BytesIO(packed.read("pages/02-pause.pdf"))).is_encrypted


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "r.zip"), "2 cases"),
        (("--case", "Nobody", "-o", "r.zip"), "No case has this alias"),
        (("--case", "1", "-o", "r.pdf"), "must end in .zip"),
        (("--case", "1", "-o", "../workspace/r.zip"), "elsewhere"),
        (("--case", "1", "-o", "no/such/folder/r.zip"), "cannot be written"),
        (("--case", "2", "--pages-only", "-o", "r.zip"), "Nothing is written"),
    ],
)
def test_what_is_refused(run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str) -> None:
    """One sentence, code 1, and no file."""
    assert run(*words) == 1
    assert told in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_a_file_that_is_there_stays(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written over."""
    Path("r.zip").write_text("mine")
    assert run("--case", "1", "-o", "r.zip") == 1
    assert Path("r.zip").read_text() == "mine"
    assert "already here" in capsys.readouterr().err
