"""Only code that the workbook shipped, or the unlocked counselor saved, counts as trusted."""

import json

import pytest

from workbook.errors import Locked, PageNotVouched
from workbook.lab.vouching import Vouching, code_digest

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


@pytest.fixture
def vouching(tmp_path, shipped):
    """The vouching of a workspace with nothing sealed."""
    return Vouching(tmp_path / "vouched.json", shipped)


def test_a_shipped_page_runs_before_there_is_a_practice(vouching, shipped):
    """The start page must open on a fresh computer."""
    assert vouching.standing(shipped / "00-start.ipynb", None) == "ok"


def test_prose_may_be_changed_code_may_not(vouching, workspace, write_page):
    """Words of a page are the counselor's; one letter of code takes its standing away."""
    assert vouching.standing(write_page(workspace.pages, "00-start", prose="Other words"), None) == "ok"
    changed = write_page(workspace.pages, "02-pause", "page.form('pause-plan') ")
    assert vouching.standing(changed, KEY) == "changed"


def test_the_order_of_code_cells_counts(tmp_path):
    """The same two cells the other way round are another program."""
    digests = set()
    for codes in (("a", "b"), ("b", "a"), ("ab",)):
        page = tmp_path / "page.ipynb"
        page.write_text(json.dumps({"cells": [{"cell_type": "code", "source": code} for code in codes]}))
        digests.add(code_digest(page))
    assert len(digests) == 3


def test_a_page_the_counselor_saved_runs_once_the_practice_is_open(vouching, workspace, write_page):
    """Its seal can be checked only with the key of the practice in which it was vouched for."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    vouching.vouch(page, KEY)
    assert [vouching.standing(page, key) for key in (KEY, None, OTHER_KEY)] == ["ok", "locked", "changed"]


def test_a_seal_that_was_written_by_hand_is_worth_nothing(vouching, tmp_path, workspace, write_page):
    """Whoever can write to the workspace still cannot make a page trusted."""
    page = write_page(workspace.pages, "planted", "steal()")
    for forged in ({code_digest(page): "0" * 64}, {code_digest(page): code_digest(page)}, [], "nonsense"):
        (tmp_path / "vouched.json").write_text(json.dumps(forged))
        assert vouching.standing(page, KEY) == "changed"


def test_a_seal_does_not_cover_the_next_edit(vouching, workspace, write_page):
    """What was vouched for is this code, not this file."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    vouching.vouch(page, KEY)
    write_page(workspace.pages, "mine", "page.chart('contacts')")
    assert vouching.standing(page, KEY) == "changed"


def test_a_locked_practice_vouches_for_nothing(vouching, workspace, write_page):
    """The client who sits alone at the computer cannot make a page trusted."""
    page = write_page(workspace.pages, "mine", "page.chart('urges')")
    with pytest.raises(Locked):
        vouching.vouch(page, None)
    assert vouching.standing(page, KEY) == "changed"


NO_NOTEBOOKS = ["", "{}", "[1]", '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "source": 3}]}', None]


@pytest.mark.parametrize("content", NO_NOTEBOOKS)
def test_a_file_that_is_no_notebook_is_missing_not_a_crash(vouching, workspace, content):
    """And it cannot be vouched for; nor can one that is not there."""
    page = workspace.pages / "02-pause.ipynb"
    if content is not None:
        page.write_text(content)
    assert vouching.standing(page, KEY) == "missing"
    with pytest.raises(PageNotVouched):
        vouching.vouch(page, KEY)


def test_requiring_says_why(vouching, workspace, write_page):
    """The command line refuses with the same words as the page."""
    page = write_page(workspace.pages, "planted", "steal()")
    with pytest.raises(PageNotVouched, match="not opened"):
        vouching.require(page, KEY)
    vouching.vouch(page, KEY)
    with pytest.raises(Locked, match="Unlock"):
        vouching.require(page, None)
    vouching.require(page, KEY)
