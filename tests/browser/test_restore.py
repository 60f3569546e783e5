"""A damaged practice is told in words and restored in three clicks; a backup opens on another computer, too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser

WORDS = "Written before the damage."
FIELD = ("contact-rules", "hard_moment")


@pytest.fixture(scope="module")
def other_computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """A second workbook with an empty workspace."""
    running = Workbook(tmp_path_factory.mktemp("other"))
    running.start()
    yield running
    running.stop()


def close(tab: Tab, workbook: Workbook) -> Path:
    """Close and lock; returns the newest backup."""
    tab.expect_end()
    tab.bar("Close and lock").click()
    tab.page.locator("dialog").get_by_role("button", name="Close and lock", exact=True).click()
    tab.page.get_by_role("heading", name="The workbook is closed").wait_for()
    workbook.wait_ended()
    return max((workbook.workspace / "backups").iterdir(), key=lambda path: path.stat().st_mtime)


def opens_with_the_words(tab: Tab) -> None:
    """After a restore: unlock, open the case, and the text from before stands in its field."""
    tab.page.get_by_label("Passphrase", exact=True).wait_for()
    tab.unlock()
    tab.page.locator(".wb-gate").wait_for(state="detached")
    tab.ready()
    tab.counselor_view()
    tab.button("Open Sample A").click()
    expect(tab.page.locator(".wb-bar .wb-alias")).to_have_text("Sample A", timeout=PATIENCE)
    tab.go("02-pause")
    expect(tab.field(*FIELD).locator("textarea")).to_have_value(WORDS, timeout=PATIENCE)


def test_a_damaged_practice_is_restored_in_three_clicks(tab: Tab, workbook: Workbook) -> None:
    """Restore a backup, Restore this backup (the newest is chosen), unlock: the words are back."""
    tab.create(workbook.address)
    tab.add_case("Sample A")
    tab.go("02-pause")
    tab.field(*FIELD).locator("textarea").fill(WORDS)
    tab.saved()
    close(tab, workbook)
    practice = workbook.workspace / "practice" / "practice.db"
    content = bytearray(practice.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    practice.write_bytes(content)
    tab.page.goto(workbook.start())
    tab.unlock()
    tab.page.locator(".wb-gate").get_by_text("damaged").first.wait_for()
    tab.forgive("")  # the browser reports the refused unlock as a failed request
    tab.page.locator(".wb-gate").get_by_role("button", name="Restore a backup").click()
    tab.button("Restore this backup").click()
    opens_with_the_words(tab)


def test_a_backup_opens_on_another_computer(
    context: BrowserContext, workbook: Workbook, other_computer: Workbook, tmp_path: Path
) -> None:
    """A copy of the backup file and the passphrase are enough."""
    backups = (workbook.workspace / "backups").iterdir()
    copy = shutil.copy(max(backups, key=lambda path: path.stat().st_mtime), tmp_path / "carried.backup")
    tab = new_tab(context)
    tab.page.goto(other_computer.address)
    tab.page.locator(".wb-gate").get_by_role("button", name="Restore a backup").click()
    tab.page.get_by_label("Backup file from another place").set_input_files(copy)
    tab.button("Restore this file").click()
    opens_with_the_words(tab)
    assert not tab.trouble, tab.trouble
    tab.page.close()
