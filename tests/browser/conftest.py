"""A browser for the session; a workbook of its own for each module that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bare import Bare
from driver import PATIENCE, Tab, Workbook, launch, new_tab
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

SIZE = {"width": 1200, "height": 900}
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all browser tests."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """A running workbook with an empty workspace."""
    running = Workbook(tmp_path_factory.mktemp("workbook"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for a module: its tabs share cookies, as a person's do."""
    profile = browser.new_context(viewport=SIZE, locale="en-GB", timezone_id="Europe/Berlin")
    yield profile
    profile.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Tab]:
    """A fresh tab; the test fails if the page reported an error."""
    opened = new_tab(context)
    yield opened
    opened.page.close()
    assert not opened.trouble, opened.trouble


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window."""
    profile = browser.new_context(viewport={"width": 900, "height": 1000}, locale="en-GB", timezone_id="Europe/Berlin")
    yield profile.new_page()
    profile.close()


@pytest.fixture
def bare(page: Page) -> Iterator[Bare]:
    """A bare page that must end without an error."""
    shown = Bare(page)
    yield shown
    assert shown.errors == []
