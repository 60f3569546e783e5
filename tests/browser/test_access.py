"""Everybody can use it: axe-core finds nothing in our own parts, light and dark, narrow and enlarged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import PASSPHRASE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, expect

ALIAS = "Heron"
PAGES = ("00-start", "01-begin", "02-pause", "log", "progress", "support")
OURS = (".wb-bar", ".wb-banners", ".wb-gate", ".wb-dialog", ".wb-panel", ".wb-notice", ".jp-MarkdownOutput")
WIDE, ENLARGED, NARROW = (
    {"width": 1200, "height": 900},
    {"width": 600, "height": 450},  # what is left of 1200 x 900 at 200 %
    {"width": 420, "height": 800},
)
_FITS = """() => {
  const front = document.querySelector(".wb-gate, dialog.wb-dialog[open]");
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const scroller = page?.querySelector(".jp-WindowedPanel-outer");
  return [document.documentElement, document.body, front, scroller].filter(Boolean)
    .filter(node => node.scrollWidth > node.clientWidth + 1)
    .map(node => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`);
}"""
_ALL_OPEN = """async () => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  let closed;
  for (let round = 0; round < 5; round += 1) {
    closed = [...page.querySelectorAll("details:not([open])")];
    closed.forEach(fold => { fold.removeAttribute("name"); fold.open = true; });
    await new Promise(done => setTimeout(done, 300));
  }
}"""
_IN_SIGHT = """() => [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .wb-field")]
  .filter(field => field.checkVisibility() && field.querySelector("input, textarea, select, .wb-buttons"))
  .filter(field => !field.matches("[data-kind=breath]") && !field.querySelector(".wb-breath"))
  .map(field => field.dataset.field)"""


@pytest.fixture(scope="module")
def front(workbook: Workbook, context: BrowserContext) -> Iterator[Tab]:
    """One tab for the module, on an empty workspace at first."""
    opened = new_tab(context)
    opened.page.goto(workbook.address)
    yield opened
    opened.page.close()
    assert not opened.trouble, opened.trouble


def faults(tab: Tab) -> list[str]:
    """What axe-core finds in our parts of the page, one line each."""
    there = [[one] for one in OURS if tab.page.locator(one).count()]
    found = Axe().run(tab.page, context={"include": there})
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def sound(tab: Tab) -> None:
    """No fault in light and dark; nothing to scroll sideways, wide, enlarged and narrow."""
    found = []
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme} {fault}" for fault in faults(tab)]
    tab.page.emulate_media(color_scheme="light")
    for size in (ENLARGED, NARROW):
        tab.page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{size['width']} {fault}" for fault in [*faults(tab), *tab.page.evaluate(_FITS)]]
    tab.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert not found, "\n".join(found)


# --- the lock screen and its views


def test_creating_a_practice(front: Tab) -> None:
    """The view that creates a practice, and the recovery sheet after it."""
    front.page.get_by_label("Passphrase", exact=True).wait_for()
    sound(front)
    front.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    front.page.get_by_label("Passphrase, once more", exact=True).fill(PASSPHRASE)
    front.button("Create the practice").click()
    front.page.locator(".wb-groups code").first.wait_for()
    sound(front)


def test_the_lock_screen(front: Tab, workbook: Workbook) -> None:
    """The lock screen, a wrong passphrase, and the way with the recovery key."""
    front.type_groups_back()
    front.bar("Close and lock").click()
    front.button("Only lock").click()
    front.unlock("not the passphrase")
    expect(front.page.locator(".wb-gate .wb-wrong")).not_to_be_empty()
    front.forgive("403 .*/workbook/unlock")
    sound(front)
    front.button("I lost the passphrase").click()
    sound(front)
    front.button("Back").click()
    front.button("Restore a backup").click()
    front.page.get_by_text("There is no backup").wait_for()
    sound(front)
    front.button("Back").click()
    front.unlock()
    front.page.locator(".wb-gate").wait_for(state="detached")
    front.ready()
    front.add_case(ALIAS)
    workbook.open_gates(ALIAS)
    with workbook.case(ALIAS) as case:
        for back in range(20):
            case.save("daily", {"mood": back % 8, "calm": 5, "urge": 3}, at=datetime.now(UTC) - timedelta(days=back))
            if back % 3 == 0:
                answers = {"initiator": "me", "channel": "call", "quality": back % 10}
                case.save("contact", answers, at=datetime.now(UTC) - timedelta(days=back))


# --- dialogs


@pytest.mark.parametrize("name", ["Help", "PDF", "Close and lock"])
def test_dialogs_of_the_bar(front: Tab, name: str) -> None:
    """Each window that a button of the bar opens."""
    front.go("02-pause")
    front.bar(name).click()
    front.page.locator("dialog.wb-dialog[open]").wait_for()
    sound(front)
    front.page.keyboard.press("Escape")
    expect(front.page.locator("dialog.wb-dialog")).to_have_count(0)


def test_dialogs_of_the_counselor(front: Tab) -> None:
    """Changing the passphrase and making a new recovery key."""
    front.go("00-start")
    front.counselor_view()
    front.unfold(front.page.locator("details.wb-settings"))
    for name in ("Change the passphrase", "New recovery key"):
        front.button(name).click()
        front.page.locator("dialog.wb-dialog[open]").wait_for()
        sound(front)
        front.page.keyboard.press("Escape")
        expect(front.page.locator("dialog.wb-dialog")).to_have_count(0)


def test_the_menu_of_a_narrow_bar(front: Tab) -> None:
    """The bar's menu at 420 px."""
    front.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    front.button("Menu").click()
    assert not faults(front)
    front.page.keyboard.press("Escape")
    front.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


# --- pages


@pytest.mark.parametrize("page", PAGES)
def test_pages(front: Tab, page: str) -> None:
    """Each page as it opens, and once more with Counselor view and every fold of it open."""
    front.go(page)
    if page == "progress":
        front.page.locator("img.wb-chart").first.wait_for()
    sound(front)
    front.counselor_view()
    front.page.evaluate(_ALL_OPEN)
    sound(front)


@pytest.mark.parametrize("page", ["01-begin", "02-pause"])
def test_few_fields_at_once(front: Tab, page: str) -> None:
    """At most five fields are in sight on a step that was just opened, and whichever exercise is unfolded."""
    front.go(page)
    front.page.locator("details.wb-form[open] .wb-field").first.wait_for()
    assert 1 <= len(front.page.evaluate(_IN_SIGHT)) <= 5
    for form in front.page.locator("details.wb-form").all():
        front.unfold(form)
        assert len(front.page.evaluate(_IN_SIGHT)) <= 5, form.get_attribute("data-form")
