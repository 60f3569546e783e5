"""The PDF as a file, read back: odd text whole, tagged, the same bytes twice, with a password, nothing left on disk."""

from __future__ import annotations

import io

import pikepdf
import pytest

from workbook.errors import PrintProblem
from workbook.report import pdf
from workbook.report.pdf import page_pdf

HOSTILE = '#eval("1+1") #import "x" $x^2$ \\ *b* _i_ `c` <label> @ref //c /*d*/ ~ -- --- [x] {y} = title\n= h\n- i\n#{'


# --- odd text


@pytest.mark.parametrize("place", ["answer", "prose", "alias"])
def test_markup_is_printed_literally(printed, case, place):
    """No text of anybody is read as typst markup."""
    if place == "answer":
        case.save("plan", {"why": HOSTILE})
        words = printed('page.form("plan")').words
    elif place == "alias":
        case.save("about-case", {"client_alias": HOSTILE[:60]}, respondent="counselor")
        words = printed("# A").words
        assert '#eval("1+1")' in words
        return
    else:
        words = printed("    " + HOSTILE.replace("\n", "\n    ")).words
    for piece in ('#eval("1+1")', '#import "x"', "$x^2$", "*b*", "<label>", "@ref", "//c /*d*/", "= h", "#{"):
        assert piece in words


def test_every_kind_of_text_prints(printed, case):
    """Right-to-left, Devanagari, emoji, NUL, controls and lone surrogates all reach paper in some visible form."""
    case.save("plan", {"why": "שלום\nمرحبا بك\nनमस्ते\n🙂 x\0y \ud800 z\x07\ufeff\u202e ok"})
    words = printed('page.form("plan")').words
    assert "[slightly smiling face] x␀y \ufffd z[U+0007]" in words
    assert "नम" in words
    assert "שלום" in words or "םולש" in words


def test_a_hundred_thousand_characters_print_whole(printed, case):
    """A very long answer runs over many pages, and nothing of it is cut."""
    case.save("plan", {"why": "word " * 19_999 + "END"})
    read = printed('page.form("plan")')
    assert read.words.count("word") == 19_999
    assert "END" in read.words


def test_a_hundred_thousand_letters_without_a_space_print_whole(printed, case):
    """Not even one unbroken run of letters is cut at the edge."""
    case.save("plan", {"why": "Q" * 100_000})
    assert printed('page.form("plan")').text.count("Q") >= 100_000


@pytest.mark.parametrize(
    "cells_", [(), ("### Deep first", "# Then", "#### Deeper"), ("",), ('page.form("plan")', "## L")]
)
def test_any_order_of_headings_can_be_set(printed, cells_):
    """Headings are brought into an order that PDF/UA takes."""
    assert printed(*cells_).pages


# --- the file itself


def test_alternative_text_is_in_the_tags(printed, practice, case, cells, now, svg):
    """A screen reader hears what a figure shows."""
    made = page_pdf(practice, case, "a.ipynb", notebook=cells("page.show(a)"), figures={1: (svg, "ALTWORDS")}, now=now)
    assert "ALTWORDS" in str([one.get("/Alt") for one in _objects(made) if isinstance(one, pikepdf.Dictionary)])


def test_the_file_is_tagged_titled_and_numbered(printed, case):
    """PDF/UA-1 with language and structure; the title says nothing of the content; pages are numbered n of m."""
    case.save("plan", {"why": "word\n" * 120})
    read = printed("# Pause", 'page.form("plan")')
    root = read.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert read.reader.metadata.title == pdf.TITLE == "Workbook page"
    assert read.reader.metadata.author is None
    for number, page in enumerate(read.pages, 1):
        assert f"{number} of {len(read.pages)}" in page
        assert "Robin · 21 Nov 2026" in page


def test_the_same_page_gives_the_same_bytes(practice, case, cells, now):
    """Equal answers and an equal moment give an equal file."""
    case.save("plan", {"why": "x"})
    made = [page_pdf(practice, case, "02-pause.ipynb", notebook=cells('page.form("plan")'), now=now) for _ in "ab"]
    assert made[0] == made[1]


def test_a_password_encrypts_and_keeps_the_tags(printed, practice, case, cells, now):
    """AES-256; without the password nothing can be read, with it the tags are still there."""
    case.save("plan", {"why": "SECRETWORD"})
    given = cells('page.form("plan")')
    made = page_pdf(practice, case, "02-pause.ipynb", notebook=given, now=now, password="öffne dich")
    assert b"SECRETWORD" not in made
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(made))
    with pikepdf.open(io.BytesIO(made), password="öffne dich") as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
        assert "/StructTreeRoot" in opened.Root
    assert "SECRETWORD" in printed('page.form("plan")', password="öffne dich").words


def test_an_endless_password_is_refused_in_words(practice, case, cells, now):
    """The format's limit is said, not cut silently."""
    with pytest.raises(PrintProblem, match="too long"):
        page_pdf(practice, case, "a.ipynb", notebook=cells("# A"), now=now, password="x" * 128)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"cells": 3}'])
def test_what_is_no_notebook_is_said(tmp_path, content):
    """A file that is no notebook gives a sentence, no traceback."""
    (tmp_path / "x.ipynb").write_bytes(content)
    with pytest.raises(PrintProblem, match="not a notebook"):
        page_pdf(None, None, tmp_path / "x.ipynb")


def test_a_missing_page_is_said(tmp_path):
    """So is a page that is not there."""
    with pytest.raises(PrintProblem, match="could not be opened"):
        page_pdf(None, None, tmp_path / "gone.ipynb")


def test_an_error_never_repeats_the_text(monkeypatch, now):
    """What typst says of a failing print may hold a client's words; ours does not."""
    monkeypatch.delenv("WORKBOOK_STRICT")
    blocks = [{"t": "heading", "level": 1, "text": "中CLIENTWORD"}]
    with pytest.raises(PrintProblem) as caught:
        pdf.typeset({"title": "T", "paper": "a4", "footer": "", "blocks": blocks}, {}, now)
    assert "CLIENTWORD" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_nothing_is_left_on_disk(printed, case, tmp_path, monkeypatch):
    """The print itself writes no file with content."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    case.save("plan", {"why": "x"})
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    printed('page.form("plan")')
    assert {path for path in tmp_path.rglob("*") if path.is_file()} - before <= {
        path for path in tmp_path.rglob("practice.db*")
    }


def _objects(made: bytes):
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield from list(opened.objects)
