"""A small content of its own, one case, and PDFs that are read back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest

from workbook.content import load
from workbook.content.model import Step
from workbook.record.case import Case
from workbook.record.keys import Cost
from workbook.record.practice import Practice
from workbook.report import glyphs
from workbook.report.pdf import page_pdf, typeset

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FORMS = """
forms:
  - id: plan
    title: My plan
    purpose: A little room for {partner} and for me.
    fields:
      - {id: intro, kind: read, label: What a pause is, text: "A **pause** has an end."}
      - {id: why, kind: area, label: Why I pause}
      - {id: calm, kind: scale, label: How calm, low: not at all, high: very}
      - {id: who, kind: choice, label: Who knows, options: {friend: A friend, nobody: Nobody}}
      - {id: helps, kind: choices, label: What helps, options: {walk: A walk, call: A call}}
      - {id: done, kind: tick, label: It is in my calendar}
      - {id: from, kind: date, label: Begins on}
      - {id: further, kind: text, label: Further words, core: false}
      - {id: gift, kind: text, label: A gift to bring over, reaches_partner: true}
  - id: thoughts
    title: Thoughts
    fields:
      - id: list
        kind: rows
        label: What came up
        fields:
          - {id: thought, kind: text, label: The thought}
          - {id: strong, kind: scale, label: How strong}
          - {id: kept, kind: tick, label: Kept where nobody asks, show_if: {contact: [none]}}
  - {id: other, title: Another exercise, fields: [{id: a, kind: text, label: A word}]}
  - {id: wish, title: Only if wanted, needs: [opt-in], fields: [{id: a, kind: text, label: A wish}]}
  - id: letter
    title: One clear statement
    reaches_partner: true
    fields: [{id: words, kind: area, label: What I want to say}]
  - id: daily
    title: Today
    kind: log
    fields:
      - {id: mood, kind: scale, label: Mood, quick: true}
      - {id: hours, kind: number, label: Sleep, unit: h, min: 0, max: 24, quick: true}
      - {id: note, kind: area, label: In a sentence}
  - id: contact
    title: A contact
    kind: log
    show_if: {contact: [welcome, limited, unknown]}
    fields: [{id: quality, kind: scale, label: How it felt}, {id: note, kind: text, label: Short note}]
  - id: no-contact
    title: No contact kept today
    kind: log
    show_if: {contact: [none, order]}
    fields: [{id: kept, kind: tick, label: Kept today}]
  - id: weekly
    title: This week
    kind: log
    fields:
      - {id: hope, kind: scale, label: How much hope was there in you}
      - {id: sleep, kind: number, label: Hours of sleep, unit: h, min: 0, max: 24}
      - {id: cost, kind: number, label: What it cost, min: 0, max: 99999}
      - {id: safe, kind: choice, label: Did you feel safe, options: {"yes": "Yes", "no": "No"}}
      - {id: wish, kind: choice, label: The wish to stop, options: {less: Less than before, more: More than before}}
      - {id: felt, kind: choices, label: What you felt, options: {sad: Sad, calm: Calm}}
      - {id: walked, kind: tick, label: I took a walk}
      - {id: note, kind: area, label: In a few words}
  - id: screen
    title: Private questions
    kind: screen
    audience: counselor
    fields:
      - {id: fear, kind: choice, label: Afraid at home, options: {"yes": "Yes", "no": "No", not-now: Not now}}
  - {id: counselor-notes, title: Notes, kind: note, audience: counselor,
     fields: [{id: general, kind: area, label: The case as a whole}, {id: pause-and-calm, kind: area, label: Pausing}]}
  - {id: about-case, title: About this case, kind: note, audience: counselor,
     fields: [{id: client_alias, kind: text, label: Alias}, {id: partner_alias, kind: text, label: Partner},
              {id: review_date, kind: date, label: Review}]}
  - id: contact-status
    title: Contact status
    kind: log
    audience: counselor
    fields: [{id: status, kind: choice, label: Status, options: {welcome: Welcome, none: None, order: Order}}]
  - id: consent
    title: Consent
    kind: log
    audience: counselor
    fields: [{id: given, kind: choice, label: Given, options: {"yes": "Yes", "no": "No"}},
             {id: what, kind: choice, label: What, options: {work: The work}}]
"""
STEPS = (
    Step("pause-and-calm", "02-pause", "Pause", "Because.", ("plan",), counselor_note="STEPNOTE *for you*"),
    Step("rebuild-trust", "12-trust", "Trust", "Because.", ("other",)),
    Step("care-for-yourself", "03-care", "Care", "Because.", ()),
    Step("speak-with-care", "08-speak", "Speaking", "Because.", ()),
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100">'
    '<path d="M10 90 L290 10" stroke="#000" fill="none"/><text x="10" y="20">Axis words</text></svg>'
)


class Pdf:
    """A PDF, read back."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(data), password=password)
        self.pages = [page.extract_text() for page in self.reader.pages]
        self.text = "\n".join(self.pages)
        self.words = " ".join(self.text.replace("\u200b", "").split())


def notebook(*cells: str) -> dict[str, Any]:
    """Cells that begin with `page` are code, `>>> ` marks other code, and all else is Markdown."""
    found = [{"cell_type": "code", "source": "from workbook import open_page\n\npage = open_page()"}]
    for cell in cells:
        is_code = cell.startswith(("page.", ">>> "))
        found.append({"cell_type": "code" if is_code else "markdown", "source": cell.removeprefix(">>> ")})
    return {"nbformat": 4, "cells": found}


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms and steps above, so that these tests do not move with data/."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "all.yaml").write_text(FORMS, encoding="utf-8")
    forms = load.read_forms(tmp_path / "forms")
    monkeypatch.setattr(load, "forms", lambda: forms)
    monkeypatch.setattr(load, "steps", lambda: STEPS)
    monkeypatch.setattr(load, "shipped_steps", lambda: STEPS)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice whose passphrase costs nothing to check."""
    made, _ = Practice.create(tmp_path / "practice", "a passphrase", cost=Cost(memory_kib=64, passes=1, lanes=1))
    yield made
    made.close()


@pytest.fixture
def case(practice: Practice) -> Case:
    """One case, called Robin."""
    return practice.add_case("Robin")


@pytest.fixture
def cleared(case: Case) -> Case:
    """Robin after the start: screen asked and clear, contact welcome, consent given."""
    case.save("screen", {"fear": "no"}, respondent="counselor")
    case.save("contact-status", {"status": "welcome"}, respondent="counselor")
    case.save("consent", {"given": "yes", "what": "work"}, respondent="counselor")
    return case


@pytest.fixture
def printed(practice: Practice, case: Case) -> Callable[..., Pdf]:
    """Print cells for Robin and read the PDF back."""

    def run(*cells: str, page: str = "02-pause", password: str | None = None, **options: Any) -> Pdf:
        given = {"now": NOW, "notebook": notebook(*cells), "password": password, "charts": chart, **options}
        return Pdf(page_pdf(practice, case, f"{page}.ipynb", **given), password)

    return run


def chart(_chart_id: str) -> Any:
    """A drawn chart, as workbook.charts hands it out."""
    return SimpleNamespace(svg=SVG, alt="Mood rises.", title="Mood and calm", cannot="It cannot show why.",
                           few="Few points.", marks=("1 Session",))  # fmt: skip


@pytest.fixture
def set_text() -> Callable[..., Pdf]:
    """Prints these texts alone, and reads them back."""

    def run(*texts: str) -> Pdf:
        title = {"t": "heading", "level": 1, "text": "T"}
        blocks = [title, *({"t": "small", "text": glyphs.line(one)} for one in texts)]
        return Pdf(typeset({"title": "T", "paper": "a4", "footer": "f", "blocks": blocks}, {}, NOW))

    return run


@pytest.fixture
def now() -> datetime:
    """The moment of every print."""
    return NOW


@pytest.fixture
def cells() -> Callable[..., dict[str, Any]]:
    """Makes a notebook of cells."""
    return notebook


@pytest.fixture
def read_pdf() -> type[Pdf]:
    """Reads a PDF back."""
    return Pdf


@pytest.fixture
def svg() -> str:
    """A small drawing."""
    return SVG
