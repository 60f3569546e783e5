"""Which prose of a page is read by whom: one tag on a Markdown cell, headings in order, translated or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from workbook.content import pages
from workbook.rules import gates
from workbook.rules.gates import Standing

WITH, WITHOUT = gates.PROSE
WELCOME = Standing(contact="welcome", screen="clear", consent=True)
NONE = replace(WELCOME, contact="none")


def notebook(*cells: tuple[str, ...]) -> dict[str, Any]:
    """A notebook of (id, source, tags …); what begins with `page.` is code."""
    return {
        "cells": [
            {
                "id": one,
                "cell_type": "code" if source.startswith("page.") else "markdown",
                "source": source.splitlines(keepends=True),
                "metadata": {"tags": list(tags)} if tags else {},
            }
            for one, source, *tags in cells
        ]
    }


def read(page: dict[str, Any], now: Standing) -> list[str]:
    """Ids of the cells that are left."""
    return [cell["id"] for cell in pages.for_reader(page, now)["cells"]]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (WELCOME, ["all", "for-two", "form"]),
        (replace(WELCOME, contact="limited"), ["all", "for-two", "form"]),
        (Standing(), ["all", "for-two", "form"]),
        (NONE, ["all", "alone", "form"]),
        (replace(WELCOME, contact="order"), ["all", "alone", "form"]),
        (replace(WELCOME, screen="danger"), ["all", "alone", "form"]),
        (replace(WELCOME, kept_closed=True), ["all", "alone", "form"]),
    ],
)
def test_a_paragraph_is_read_by_those_it_is_for(now: Standing, left: list[str]):
    """The same for the page, which hides cells by their ids, and for paper, which leaves them out."""
    page = notebook(("all", "# A"), ("for-two", "Two.", WITH), ("alone", "One.", WITHOUT), ("form", "page.form('a')"))
    assert read(page, now) == left
    assert {*pages.left_out(page, now), *left} == {"all", "for-two", "alone", "form"}


def test_a_heading_takes_its_section_along():
    """Prose and lesser headings below it go, too; code stays, its own gates say what it shows; what is tagged stays."""
    page = notebook(
        ("title", "# A"),
        ("for-two", "## For two\n\nWords.", WITH),
        ("deeper", "### Deeper"),
        ("plain", "More words."),
        ("form", "page.form('a')"),
        ("alone", "Words for one.", WITHOUT),
        ("next", "## Next"),
        ("after", "page.form('b')"),
    )
    assert read(page, NONE) == ["title", "form", "alone", "next", "after"]
    assert read(page, WELCOME) == ["title", "for-two", "deeper", "plain", "form", "next", "after"]


def test_a_heading_alone_over_nothing_goes():
    """One that stands by itself over nothing but what is left out; not one with words, nor one over a form."""
    page = notebook(
        ("title", "# A"),
        ("alone", "## Together"),
        ("below", "### At home"),
        ("for-two", "Words.", WITH),
        ("wordy", "## Wordy\n\nWords."),
        ("for-two-too", "Words.", WITH),
        ("formed", "## Formed"),
        ("for-two-as-well", "Words.", WITH),
        ("form", "page.form('a')"),
    )
    assert read(page, NONE) == ["title", "wordy", "formed", "form"]
    assert read(page, WELCOME) == [cell["id"] for cell in page["cells"]]


def test_other_tags_change_nothing():
    """A counselor may tag cells for anything else; what is no list of tags is none."""
    page = notebook(("title", "# A", "mine"), ("words", "Words.", "skip", WITHOUT))
    page["cells"].append({"cell_type": "markdown", "source": "x", "metadata": {"tags": "with-contact"}})
    assert len(pages.for_reader(page, NONE)["cells"]) == 3
    assert pages.left_out(page, WELCOME) == ["words"]
