"""The frame around every page: lock screen, bar, help, keys, links, idle lock, closing; also by axe, dark, narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import PASSPHRASE, PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import Browser, BrowserContext, expect

ALIAS = "Heron"
OTHER_PASSPHRASE = "granite whisper orchard tandem"
SPOT = "The spot I come back to"
SCROLL = "document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer').scrollTop"


@pytest.fixture(scope="module", autouse=True)
def recovery_key(workbook: Workbook, context: BrowserContext) -> str:
    """An open practice with one open case; returns the recovery key."""
    opened = new_tab(context)
    key = opened.create(workbook.address)
    opened.add_case(ALIAS)
    opened.page.close()
    assert not opened.trouble
    return key


@pytest.fixture
def pause(tab: Tab, workbook: Workbook) -> Tab:
    """The pause page of the open case; unlocked first if a test before has locked."""
    return on_page(tab, workbook, "02-pause")


def on_page(tab: Tab, workbook: Workbook, name: str) -> Tab:
    tab.page.goto(workbook.address.replace("/?", f"/doc/tree/{name}.ipynb?"))
    tab.page.wait_for_function("window.workbook && window.workbook.state.practice !== 'unknown'")
    if tab.page.evaluate("window.workbook.state.practice") == "locked":
        tab.unlock()
        tab.page.locator(".wb-gate").wait_for(state="detached")
    tab.ready()
    return tab


def violations(tab: Tab) -> list[str]:
    """What axe-core finds on the page as it stands."""
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(tab.page).response["violations"]]


def escape_twice(tab: Tab) -> None:
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")


# --- one page


def test_the_window_says_nothing(pause: Tab) -> None:
    """Title and address name neither the theme nor the alias; no code, prompt or menu is in sight."""
    assert pause.page.title() == "Workbook"
    assert pause.page.url.endswith("/doc/tree/02-pause.ipynb")
    expect(pause.page.locator(".wb-bar .wb-alias")).to_have_text(ALIAS)
    for hidden in (".jp-CodeCell .jp-InputArea", ".jp-InputPrompt", "#jp-top-panel", ".jp-Toolbar", ".jp-SideBar"):
        assert not pause.page.locator(f"{hidden}:visible").count(), hidden


def test_no_shortcut_reaches_a_form(pause: Tab) -> None:
    """Keys that cut, delete and add cells in JupyterLab do nothing on a page, wherever the focus is."""
    count = "document.querySelectorAll('.jp-Cell').length"
    before = pause.page.evaluate(count)
    radio = pause.field("pause-plan", "safe_home").locator("input").first
    for focus in (radio.focus, pause.page.locator(".jp-RenderedMarkdown").first.click):
        focus()
        for key in ("x", "d", "d", "a", "b", "m", "Control+s", "Control+Shift+c"):
            pause.page.keyboard.press(key)
    assert pause.page.evaluate(count) == before
    assert not pause.page.locator(".jp-Dialog:visible, .lm-CommandPalette:visible").count()


def test_links_open_in_place(pause: Tab, workbook: Workbook) -> None:
    """A link closes the page left behind; Back and Forward lead to the pages, not only to their addresses."""
    page = pause.page
    page.locator(".wb-bar a").click()
    page.wait_for_url(re.compile("00-start"))
    pause.ready()
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1, timeout=PATIENCE)
    page.go_back()
    expect(page.locator(".wb-where")).to_have_text("Pause", timeout=PATIENCE)
    page.go_forward()
    expect(page.locator(".wb-where")).to_have_text("Start", timeout=PATIENCE)
    pause.ready()
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_counselor_edits_the_page_and_comes_back(pause: Tab) -> None:
    """Edit page is offered in Counselor view alone; only there the code has its editors. The way back runs the page."""
    expect(pause.bar("Edit page")).to_be_hidden()
    cells = pause.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    editors = cells.locator(".cm-content")
    assert editors.count() <= 1 < cells.count()
    pause.counselor_view()
    pause.bar("Edit page").click()
    pause.page.locator(".jp-CodeCell .jp-InputArea:visible").first.wait_for()
    pause.page.locator(".jp-Toolbar:visible").first.wait_for()
    expect(editors).to_have_count(cells.count(), timeout=PATIENCE)
    expect(editors.filter(has_text='page.form("pause-plan")')).to_have_count(1)
    pause.bar("Back to the page").click()
    pause.page.locator("body.wb-page").wait_for(state="attached")
    pause.ready()
    assert not pause.page.locator(".jp-CodeCell .jp-InputArea:visible, .wb-notice:visible").count()


# --- lock


def test_lock_and_come_back_to_the_same_spot(pause: Tab) -> None:
    """Nothing written stays behind the lock screen; afterwards the same field has its words and the focus."""
    box = pause.field("pause-plan", "why").locator("textarea")
    box.fill(SPOT)
    pause.says_saved()
    box.focus()
    before = pause.page.evaluate(SCROLL)
    pause.page.evaluate("window.workbook.lock()")
    pause.page.get_by_role("heading", name="The workbook is locked").wait_for()
    kept = "[...document.querySelectorAll('textarea, input')].map(node => node.value).join() + document.body.innerHTML"
    assert SPOT not in pause.page.evaluate(kept)
    escape = pause.page.keyboard
    escape.press("Escape")
    expect(pause.page.locator(".wb-gate")).to_be_visible()
    pause.unlock()
    back = pause.page.locator("[data-form=pause-plan] [data-field=why] textarea")
    expect(back).to_be_focused(timeout=PATIENCE)
    expect(back).to_have_value(SPOT)
    assert abs(pause.page.evaluate(SCROLL) - before) < 200
    pause.trouble.clear()  # the browser reports the ended kernel's line


def test_wrong_passphrase_and_recovery_key_are_said_in_words(pause: Tab) -> None:
    """A wrong key opens nothing and is answered by a sentence; the typed passphrase is nowhere in it."""
    pause.page.evaluate("window.workbook.lock()")
    pause.page.get_by_role("heading", name="The workbook is locked").wait_for()
    pause.unlock("not the right one")
    wrong = pause.page.locator(".wb-wrong")
    expect(wrong).not_to_be_empty(timeout=PATIENCE)
    assert "not the right one" not in wrong.inner_text()
    pause.button("I lost the passphrase").click()
    pause.page.get_by_label("Recovery key from the sheet").fill("AAAA-BBBB")
    for label in ("New passphrase", "New passphrase, once more"):
        pause.page.get_by_label(label, exact=True).fill(OTHER_PASSPHRASE)
    pause.button("Set the new passphrase").click()
    expect(wrong).not_to_be_empty(timeout=PATIENCE)
    assert violations(pause) == []
    pause.trouble.clear()  # refused questions and the ended kernel's line


def test_recovery_key_sets_a_new_passphrase(pause: Tab, recovery_key: str) -> None:
    """With the sheet a lost passphrase is replaced; the dialog changes it back; the old one is refused."""
    pause.page.evaluate("window.workbook.lock()")
    pause.button("I lost the passphrase").click()
    pause.page.get_by_label("Recovery key from the sheet").fill(recovery_key.lower().replace("-", " "))
    for label in ("New passphrase", "New passphrase, once more"):
        pause.page.get_by_label(label, exact=True).fill(OTHER_PASSPHRASE)
    pause.button("Set the new passphrase").click()
    pause.page.locator(".wb-gate").wait_for(state="detached")
    pause.page.evaluate("void window.workbook.dialogs.passphrase()")
    pause.page.get_by_label("Passphrase until now").fill(OTHER_PASSPHRASE)
    for label in ("New passphrase", "New passphrase, once more"):
        pause.page.get_by_label(label, exact=True).fill(PASSPHRASE)
    assert violations(pause) == []
    pause.button("Change it").click()
    pause.page.get_by_text("The passphrase is changed").wait_for()
    pause.button("Done").click()
    pause.trouble.clear()


# --- help, leaving, PDF


def test_help_in_one_key(pause: Tab) -> None:
    """F1 shows whom to call and what the workbook does not do; Escape gives the focus back to the field."""
    box = pause.field("pause-plan", "why").locator("textarea")
    box.focus()
    pause.page.keyboard.press("F1")
    dialog = pause.page.get_by_role("dialog", name="Help and support")
    for words in ("findahelpline.com", "Nobody reads this", "between sessions", "history is not erased", "Esc twice"):
        expect(dialog).to_contain_text(words)
    assert violations(pause) == []
    pause.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(box).to_be_focused()


def test_escape_in_a_dialog_menu_or_list_does_not_leave(pause: Tab) -> None:
    """Two presses of Esc leave only when no dialog, menu or list takes one of them."""
    pause.page.keyboard.press("F1")
    escape_twice(pause)
    bar = pause.page.locator(".wb-bar").element_handle()
    pause.page.evaluate("bar => bar.insertAdjacentHTML('beforeend', '<select id=list><option>a</select>')", bar)
    pause.page.locator("#list").focus()
    pause.page.keyboard.press("Alt+ArrowDown")
    pause.page.wait_for_function("document.querySelector('select:open')")
    escape_twice(pause)
    assert pause.page.evaluate("document.documentElement.classList.contains('wb-blank')") is False
    assert "02-pause" in pause.page.url


def test_leave_quickly_blanks_every_tab(pause: Tab, context: BrowserContext, workbook: Workbook) -> None:
    """Esc twice: both tabs go to an empty page, the words are stored, and the practice is locked."""
    second = on_page(new_tab(context), workbook, "log")
    box = pause.field("pause-plan", "why").locator("textarea")
    pause.page.bring_to_front()
    box.fill("Last words before leaving")
    escape_twice(pause)
    pause.page.wait_for_url("about:blank")
    second.page.wait_for_url("about:blank")
    with workbook.case(ALIAS) as case:
        found = case.read("pause-plan")
        assert found and found.answers["why"] == "Last words before leaving"
    second.page.goto(workbook.address)
    second.page.get_by_role("heading", name="The workbook is locked").wait_for()
    second.page.close()
    pause.trouble.clear()


def test_pdf_dialog(tab: Tab, workbook: Workbook) -> None:
    """The counselor's version is offered in Counselor view alone; the file's name says nothing."""
    choose_case(on_page(tab, workbook, "00-start"))  # leaving quickly has closed it
    pause = on_page(tab, workbook, "02-pause")
    pause.bar("PDF").click()
    dialog = pause.page.get_by_role("dialog", name="This page as a PDF")
    expect(dialog.get_by_label("For the counselor, with notes and reasons")).to_have_count(0)
    assert violations(pause) == []
    dialog.get_by_label("Blank, a worksheet to write on").check()
    with pause.page.expect_download() as saved:
        dialog.get_by_role("button", name="Save the PDF").click()
    assert saved.value.suggested_filename == "02-pause-blank.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    expect(dialog).to_have_count(0)
    pause.counselor_view()
    pause.bar("PDF").click()
    expect(dialog.get_by_label("For the counselor, with notes and reasons")).to_be_visible()


def choose_case(tab: Tab) -> None:
    """After a lock no case is open: open the one there is."""
    case_id = tab.page.evaluate("window.workbook.state.case && window.workbook.state.case.id")
    if case_id:
        return
    tab.go("00-start")
    tab.counselor_view()
    tab.button(f"Open {ALIAS}").click()
    expect(tab.page.locator(".wb-bar .wb-alias")).to_have_text(ALIAS, timeout=PATIENCE)
    tab.ready()


# --- the look


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 420), ("dark", 640)])
def test_every_size_and_scheme(browser: Browser, workbook: Workbook, scheme: str, width: int) -> None:
    """No violation, nothing wider than the window, the bar in one line; 640 px is 1280 px at 200 %."""
    profile = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = on_page(new_tab(profile), workbook, "00-start")
    page = tab.page
    assert violations(tab) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.wb-bar').scrollWidth <= innerWidth")
    if width < 1000:
        tab.bar("Menu").click()
        expect(tab.bar("Close and lock")).to_be_visible()
        assert violations(tab) == []
        page.keyboard.press("Escape")
        expect(tab.bar("Close and lock")).to_be_hidden()
    dialogs = {
        "close": "Close and lock",
        "dialogs.recovery": "A new recovery key",
        "dialogs.restore": "Restore a backup",
    }
    for opens, heading in dialogs.items():
        page.evaluate(f"void window.workbook.{opens}()")
        page.get_by_role("dialog", name=heading).wait_for()
        assert violations(tab) == []
        page.keyboard.press("Escape")
    tab.shot(f"frame-{scheme}-{width}")
    profile.close()


# --- the idle clock, closing


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """A workbook that locks after some seconds."""
    running = Workbook(tmp_path_factory.mktemp("impatient"), idle_seconds=12)
    running.start()
    yield running
    running.stop()


def test_idle_warns_stays_and_locks(browser: Browser, impatient: Workbook) -> None:
    """The warning can be answered with Stay; unanswered, the practice locks and comes back to the page."""
    profile = browser.new_context()
    tab = new_tab(profile)
    tab.create(impatient.address)
    warning = tab.page.get_by_role("dialog", name="Still there?")
    warning.wait_for()
    assert violations(tab) == []
    tab.button("Stay").click()
    expect(warning).to_have_count(0)
    warning.wait_for()
    tab.page.get_by_role("heading", name="The workbook is locked").wait_for()
    expect(warning).to_have_count(0)
    tab.unlock()
    tab.page.locator(".wb-gate").wait_for(state="detached")
    expect(tab.page.locator(".wb-where")).to_have_text("Start")
    profile.close()


def test_close_and_lock_ends_everything(tab: Tab, workbook: Workbook) -> None:
    """The last test: pages, kernels and server end, a backup lies in the workspace, and the tab says so."""
    on_page(tab, workbook, "00-start")
    tab.expect_end()
    tab.bar("Close and lock").click()
    tab.page.get_by_role("dialog").get_by_role("button", name="Close and lock").click()
    tab.page.get_by_role("heading", name="The workbook is closed").wait_for()
    assert violations(tab) == []
    workbook.wait_ended()
    assert list((workbook.workspace / "backups").iterdir())
