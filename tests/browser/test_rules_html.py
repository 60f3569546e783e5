"""The table of conflicts in Counselor view: asked for when it is unfolded, readable by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bare import Bare
from playwright.sync_api import BrowserContext, expect

from workbook.content.conflicts import conflicts
from workbook.forms.start import StartPanel
from workbook.record import keys
from workbook.record.practice import Practice

pytestmark = pytest.mark.browser


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A practice with one case."""
    made, _ = Practice.create(
        tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    made.add_case("Sample")
    yield made
    made.close()


@pytest.mark.parametrize("width", [420, 1200])
def test_the_rules_unfold(practice: Practice, context: BrowserContext, width: int):
    """Nothing of it lies on the page before; then each conflict has its heading and its rules."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    shown = Bare(page)
    shown.show(StartPanel(practice, practice.case(practice.cases()[0].id)))
    last = conflicts()[-1]
    page.evaluate("import('/bare/counselorview.js').then(view => view.setCounselor(true))")
    fold = page.get_by_text("Where the guides pull apart")
    expect(fold).to_be_visible()
    assert page.get_by_text(last.title).count() == 0
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=last.title)).to_be_visible()
    expect(page.get_by_text(last.rules[-1].rule)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert not shown.errors
    page.close()
