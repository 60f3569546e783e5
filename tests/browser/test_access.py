"""Everybody can use it: axe-core finds nothing in our own parts, light and dark, narrow and enlarged."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import PAGES, PASSPHRASE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, expect

ALIAS = "Heron"
TOGETHER = {"log": "the quick set is answered at one go, and the week is a grid"}
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
# Each form of the page unfolded after the other, those that wait asked for first, and in each its parts one by one; the
# ids of the questions in sight of whatever shows more than five.
_TOO_MANY = """async most => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const fields = () => [...page.querySelectorAll(".wb-field")]
    .filter(one => one.checkVisibility() && one.querySelector("input, textarea, select, .wb-buttons"))
    .filter(one => !one.matches("[data-kind=breath]") && !one.querySelector(".wb-breath"))
    .map(one => one.dataset.field);
  const found = [];
  const look = place => {
    const seen = fields(), name = place.dataset.form || place.querySelector("[data-form]")?.dataset.form;
    if (seen.length > most) found.push(`${name || "as it opens"}: ${seen.join(" ")}`);
  };
  look(page);
  page.querySelectorAll("details.wb-further").forEach(fold => { fold.open = true; });
  for (const button of page.querySelectorAll(".wb-further-list li > button")) button.click();
  do await drawn(); while (page.querySelector("[aria-busy=true]"));
  for (const form of page.querySelectorAll("details.wb-form")) {
    form.open = true;
    await drawn();
    look(form);
    for (const part of form.querySelectorAll("details.wb-part")) {
      part.open = true;
      await drawn();
      look(form);
    }
    form.open = false;
  }
  return found;
}"""

# What can be used on the page in front, each thing numbered (the options of a question are one); answers how many.
_NUMBER = """() => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)"), groups = new Map();
  const usable = [...page.querySelectorAll(":is(a[href], button, input, select, textarea, summary, [tabindex='0'])")]
    .filter(one => one.closest(".wb-panel, .wb-notice") && one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
  let count = 0;
  for (const one of usable) {
    const name = one.type === "radio" ? one.name : one;
    if (!groups.has(name)) groups.set(name, count++);
    one.dataset.usable = groups.get(name);
  }
  window.reached = new Set();
  page.addEventListener("focusin", ({ target: { dataset } }) => {
    if (dataset.usable) window.reached.add(dataset.usable);
  });
  return count;
}"""
_UNREACHED = """() => [...document.querySelectorAll("[data-usable]")]
  .filter(one => !window.reached.has(one.dataset.usable) && one.checkVisibility())
  .map(one => one.outerHTML.slice(0, 160))"""


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


def unreached(tab: Tab) -> list[str]:
    """The questions, buttons, links and folds of the page in front to which Tab does not lead from the bar."""
    count = tab.page.wait_for_function(_NUMBER).json_value()
    tab.page.locator(".wb-bar button").first.focus()
    for _ in range(4 * count):  # what is drawn anew on the way takes the focus with it, once
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("window.reached.size") >= count:
            break
    return list(tab.page.evaluate(_UNREACHED))


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


def test_the_recovery_sheet_on_paper(front: Tab) -> None:
    """The browser prints the sheet with its key on one page, and nothing else of what is in sight."""
    groups = front.page.locator(".wb-groups code").all_inner_texts()
    front.page.evaluate("window.print = () => {}")
    front.button("Print the sheet").click()
    (paper,) = pypdf.PdfReader(io.BytesIO(front.page.pdf())).pages
    front.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    words = paper.extract_text()
    assert all(group in words for group in groups)
    assert not any(other in words for other in ("Leave quickly", "quick check", "I have the sheet"))


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
    with workbook.case(ALIAS) as case:
        for back in range(20):
            case.save("daily", {"mood": back % 8, "calm": 5, "urge": 3}, at=datetime.now(UTC) - timedelta(days=back))
            if back % 3 == 0:
                answers = {"initiator": "me", "channel": "call", "quality": back % 10}
                case.save("contact", answers, at=datetime.now(UTC) - timedelta(days=back))
    closed_page(front)
    workbook.open_everything(ALIAS)


def closed_page(tab: Tab) -> None:
    """What a page says before the start is finished, with the reasons in Counselor view."""
    tab.go("08-speak")
    tab.counselor_view()
    tab.page.get_by_text("Why this page is closed").wait_for()
    sound(tab)


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
    front.unfold(front.page.locator("details.wb-settings", has_text="Practice settings"))
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
def test_few_fields_at_once(front: Tab, page: str) -> None:
    """At most five fields are in sight on a page that was just opened, whichever exercise and part is unfolded."""
    front.go(page)
    if page not in TOGETHER:
        assert not front.page.evaluate(_TOO_MANY, 5)


@pytest.mark.parametrize("page", PAGES)
def test_pages(front: Tab, page: str) -> None:
    """With Counselor view and every fold open: no fault in light and dark; Tab leads everywhere; nothing is cut."""
    front.go(page)
    front.counselor_view()
    front.attest()
    front.open_all()
    found = []
    for scheme in ("light", "dark"):
        front.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme} {fault}" for fault in faults(front)]
    front.page.emulate_media(color_scheme="light")
    found += [f"not reached by Tab: {one}" for one in unreached(front)]
    for size in (WIDE, ENLARGED, NARROW):
        front.page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{size['width']} {fault}" for fault in front.page.evaluate(_FITS)]
    front.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert not found, "\n".join(found)
