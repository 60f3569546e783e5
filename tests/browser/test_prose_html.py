"""A page's prose follows the case: under no contact it does not speak of talks; ‘Edit page’ shows every cell."""

from __future__ import annotations

import re

import nbformat
import pytest
from driver import PATIENCE, Tab, Workbook
from playwright.sync_api import Locator, expect

from workbook.content import load

pytestmark = pytest.mark.browser
ALIAS = "Plover"
FOR_TWO, ALONE = "once", "about-apart"


def words(cell: str) -> re.Pattern[str]:
    """The beginning of a cell of ‘Speaking’, as it is read."""
    page = nbformat.read(load.notebooks_dir() / "08-speak.ipynb", as_version=4)
    source = next(one.source for one in page.cells if one.id == cell)
    return re.compile("^" + re.escape(source.splitlines()[0].lstrip("# ")[:40]))


def test_prose_follows_the_contact_status(workbook: Workbook, tab: Tab):
    """Welcome, none, and welcome again: what is read changes with the next opening of the page; the file does not."""
    page = tab.page
    tab.create(workbook.address)
    tab.add_case(ALIAS)
    workbook.open_everything(ALIAS)

    def prose(cell: str) -> Locator:
        return page.locator(".jp-RenderedMarkdown").get_by_text(words(cell))

    file = workbook.workspace / "pages" / "08-speak.ipynb"
    before = nbformat.read(file, as_version=4).cells
    for status, read, unread in (("welcome", FOR_TWO, ALONE), ("none", ALONE, FOR_TWO), ("welcome", FOR_TWO, ALONE)):
        with workbook.case(ALIAS) as case:
            case.save("contact-status", {"status": status}, respondent="counselor")
        tab.go("00-start")
        tab.go("08-speak")
        expect(prose(read)).to_be_visible(timeout=PATIENCE)
        expect(prose(unread)).to_be_hidden()
    page.evaluate("window.workbook.counselor(true)")
    tab.bar("Edit page").click()
    for cell in (FOR_TWO, ALONE):
        expect(prose(cell)).to_be_visible(timeout=PATIENCE)
    tab.bar("Back to the page").click()
    expect(prose(ALONE)).to_be_hidden(timeout=PATIENCE)
    tab.ready()
    assert nbformat.read(file, as_version=4).cells == before
