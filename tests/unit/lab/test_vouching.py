"""Only code that the workbook shipped, or the unlocked counselor saved, counts as trusted."""

import json

import pytest

from workbook.errors import Locked, PageNotVouched
from workbook.lab import vouching
from workbook.lab.vouching import code_digest

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


@pytest.fixture(autouse=True)
def as_shipped(monkeypatch, shipped):
    """Pages of their own in the place of those of the installed package."""
    monkeypatch.setattr(vouching, "notebooks_dir", lambda: shipped)


def test_a_shipped_page_runs_before_there_is_a_practice(workspace, shipped):
    """The start page must open on a fresh computer."""
    assert vouching.standing(workspace, shipped / "00-start.ipynb", None) == "ok"


def test_prose_may_be_changed_code_may_not(workspace, write_page):
    """Words of a page are the counselor's; one letter of code takes its standing away."""
    assert vouching.standing(workspace, write_page(workspace.pages, "00-start", prose="Other words"), None) == "ok"
    changed = write_page(workspace.pages, "02-pause", "page.form('pause-plan') ")
    assert vouching.standing(workspace, changed, KEY) == "changed"


def test_the_order_of_code_cells_counts(tmp_path):
    """The same two cells the other way round are another program."""
    digests = set()
    for codes in (("a", "b"), ("b", "a"), ("ab",)):
        page = tmp_path / "page.ipynb"
        page.write_text(json.dumps({"cells": [{"cell_type": "code", "source": code} for code in codes]}))
        digests.add(code_digest(page))
    assert len(digests) == 3


def test_a_page_the_counselor_saved_runs_once_the_practice_is_open(workspace, write_page):
    """Its seal can be checked only with the key of the practice in which it was vouched for."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    vouching.vouch(workspace, page, KEY)
    assert [vouching.standing(workspace, page, key) for key in (KEY, None, OTHER_KEY)] == ["ok", "locked", "changed"]


def test_a_seal_that_was_written_by_hand_is_worth_nothing(workspace, write_page):
    """Whoever can write to the workspace still cannot make a page trusted."""
    page = write_page(workspace.pages, "planted", "steal()")
    for forged in ({code_digest(page): "0" * 64}, {code_digest(page): code_digest(page)}, [], "nonsense"):
        (workspace.lab / "vouched.json").write_text(json.dumps(forged))
        assert vouching.standing(workspace, page, KEY) == "changed"


def test_a_seal_does_not_cover_the_next_edit(workspace, write_page):
    """What was vouched for is this code, not this file."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    vouching.vouch(workspace, page, KEY)
    write_page(workspace.pages, "mine", "page.chart('contacts')")
    assert vouching.standing(workspace, page, KEY) == "changed"


def test_a_locked_practice_vouches_for_nothing(workspace, write_page):
    """The client who sits alone at the computer cannot make a page trusted."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    with pytest.raises(Locked):
        vouching.vouch(workspace, page, None)
    assert vouching.standing(workspace, page, KEY) == "changed"


NO_NOTEBOOKS = ["", "{}", "[1]", '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "source": 3}]}', None]


@pytest.mark.parametrize("content", NO_NOTEBOOKS)
def test_a_file_that_is_no_notebook_is_missing_not_a_crash(workspace, content):
    """And it cannot be vouched for; nor can one that is not there."""
    page = workspace.pages / "02-pause.ipynb"
    if content is not None:
        page.write_text(content)
    assert vouching.standing(workspace, page, KEY) == "missing"
    with pytest.raises(PageNotVouched):
        vouching.vouch(workspace, page, KEY)


def test_requiring_says_why(workspace, write_page):
    """The command line refuses with the same words as the page."""
    page = write_page(workspace.pages, "planted", "steal()")
    with pytest.raises(PageNotVouched, match="not opened"):
        vouching.require(workspace, page, KEY)
    vouching.vouch(workspace, page, KEY)
    with pytest.raises(Locked, match="Unlock"):
        vouching.require(workspace, page, None)
    vouching.require(workspace, page, KEY)
