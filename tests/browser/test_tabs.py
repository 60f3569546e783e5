"""Two tabs, other cases, dead kernels and servers, changed pages, leaving quickly: nothing lost or run unasked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
from driver import PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, Route, expect

HERON, WREN = "Heron", "Wren"
SENTENCE = "This page is stored and closed, because another case was opened."
BROKEN_LINE = "net::ERR_|WebSocket connection|Connection lost"  # the browser itself reports it
WHY = '[data-form="pause-plan"] [data-field="why"] textarea'  # also while its fold is closed, or drawn anew
UNVOUCHED = "its program part is not the one that came with the workbook"
LOOK_FOR_KERNELS = """() => {
  const { kernels } = window.jupyterapp.serviceManager;
  setInterval(() => kernels.refreshRunning().catch(() => {}), 20);
}"""
SAVE_MODULE = "/lab/extensions/workbook/static/save.js"


@pytest.fixture(scope="module", autouse=True)
def practice(workbook: Workbook, context: BrowserContext) -> None:
    """An open practice with two cases; the first one is open."""
    tab = new_tab(context)
    tab.create(workbook.address)
    tab.add_case(WREN)
    tab.add_case(HERON)
    tab.page.close()
    assert not tab.trouble


@pytest.fixture
def other(context: BrowserContext) -> Iterator[Tab]:
    """A second tab of the same browser."""
    opened = new_tab(context)
    yield opened
    opened.page.close()
    assert not opened.trouble, opened.trouble


def stored(workbook: Workbook, alias: str, form_id: str = "pause-plan") -> dict[str, Any]:
    """The answers of a form as the practice holds them; empty while there are none."""
    with workbook.case(alias) as case:
        found = case.read(form_id)
        return found.answers if found else {}


def kernels_of(workbook: Workbook) -> list[psutil.Process]:
    """The kernel processes that the server started."""
    children = psutil.Process(workbook.pid).children(recursive=True)
    return [child for child in children if any("ipykernel" in word for word in child.cmdline())]


# --- the same field, two cases


def test_two_tabs_with_the_same_field(tab: Tab, other: Tab, workbook: Workbook) -> None:
    """The later text is current; the earlier one is offered beside it and can be taken back."""
    tab.visit(workbook, "02-pause")
    other.visit(workbook, "02-pause")
    mine, theirs = (one.field("pause-plan", "why") for one in (tab, other))
    mine.locator("textarea").fill("To sleep again")
    tab.saved()
    theirs.locator("textarea").fill("To see clearly")
    other.saved()
    assert stored(workbook, HERON)["why"] == "To see clearly"
    offer = theirs.get_by_role("group", name="An earlier answer")
    expect(offer.locator("blockquote")).to_have_text("To sleep again", timeout=PATIENCE)
    offer.get_by_role("button", name="Use the earlier one").click()
    expect(theirs.locator("textarea")).to_have_value("To sleep again", timeout=PATIENCE)
    assert stored(workbook, HERON)["why"] == "To sleep again"


def test_a_save_with_another_case_is_refused(tab: Tab, workbook: Workbook) -> None:
    """A save that carries another case's id is refused, said on the page, and stored nowhere."""
    tab.visit(workbook, "02-pause")
    gain = tab.field("pause-plan", "gain").locator("input")
    gain.fill("Rest")
    tab.saved()
    with workbook.practice() as opened:
        ids = {one.alias: one.id for one in opened.cases()}
    forge = f"""async ([mine, forged]) => {{
      const {{ drawer }} = await import("{SAVE_MODULE}");
      drawer("02-pause", mine, "pause-plan").caseId = forged;
    }}"""
    tab.page.evaluate(forge, [ids[HERON], ids[WREN]])
    gain.fill("Sent under the wrong name")
    expect(tab.form("pause-plan").locator(".wb-status").first).to_contain_text("Not saved yet", timeout=PATIENCE)
    assert stored(workbook, HERON)["gain"] == "Rest"
    assert not stored(workbook, WREN)
    tab.page.evaluate(forge, [ids[HERON], ids[HERON]])
    tab.saved()


def test_opening_another_case_closes_the_pages_of_the_first(tab: Tab, other: Tab, workbook: Workbook) -> None:
    """The other tab stores its words under its own case, shows nothing of it any more, and says why."""
    other.visit(workbook, "02-pause")
    expect(other.page.locator(".wb-bar .wb-alias")).to_have_text(HERON)
    tab.visit(workbook, "00-start")
    tab.counselor_view()
    words = other.field("pause-plan", "gain").locator("input")
    words.fill("Written at the last moment")
    tab.page.get_by_role("button", name=f"Open {WREN}").click()
    expect(other.page.get_by_text(SENTENCE)).to_be_visible(timeout=PATIENCE)
    assert stored(workbook, HERON)["gain"] == "Written at the last moment"
    assert not stored(workbook, WREN)
    expect(words).to_have_count(0)
    expect(tab.page.locator(".wb-bar .wb-alias")).to_have_text(WREN, timeout=PATIENCE)
    other.button("Go to the start").click()
    expect(other.page.get_by_text(f"Welcome, {WREN}.")).to_be_visible(timeout=PATIENCE)


# --- dead kernels, dead servers


def test_a_dead_kernel_loses_nothing(tab: Tab, workbook: Workbook) -> None:
    """The page says that its engine stopped, keeps what is typed meanwhile, and saves it when the engine is back."""
    tab.visit(workbook, "02-pause")
    why = tab.field("pause-plan", "why").locator("textarea")
    why.fill("Before")
    tab.saved()
    for kernel in kernels_of(workbook):
        kernel.kill()
    why.fill("Before and after")
    expect(tab.page.locator(".wb-banner[data-kind=died]")).to_contain_text("engine stopped", timeout=PATIENCE)
    expect(tab.page.locator(".wb-banner[data-kind=died]")).to_have_count(0, timeout=PATIENCE)
    expect(tab.page.locator(WHY)).to_have_value("Before and after", timeout=PATIENCE)
    tab.saved()
    assert stored(workbook, WREN)["why"] == "Before and after"
    tab.overlook(BROKEN_LINE)


def test_no_key_is_lost_while_a_page_is_drawn_anew(tab: Tab, workbook: Workbook) -> None:
    """Who types on while the engine stops and the page runs again finds every key in the field, in its place."""
    tab.visit(workbook, "02-pause")
    gain = tab.field("pause-plan", "gain").locator("input")
    gain.fill("Rest.")
    tab.saved()
    gain.press("Home")
    for kernel in kernels_of(workbook):
        kernel.kill()
    typed, died = "", tab.page.locator(".wb-banner[data-kind=died]")
    for seen in (True, False):
        while died.is_visible() is not seen:
            typed += "I stay. "
            tab.page.keyboard.type("I stay. ")
    tab.page.keyboard.type("So: ")
    expect(tab.page.locator('[data-form="pause-plan"] [data-field="gain"] input')).to_have_value(f"{typed}So: Rest.")
    tab.saved()
    assert stored(workbook, WREN)["gain"] == f"{typed}So: Rest."
    tab.overlook(BROKEN_LINE)


def test_a_dead_server_loses_nothing(tab: Tab, workbook: Workbook) -> None:
    """It says that the engine stopped; started again and unlocked, it saves what was typed and is on the same spot."""
    tab.visit(workbook, "02-pause")
    why = tab.field("pause-plan", "why").locator("textarea")
    port = workbook.port
    workbook.kill()
    why.fill("Typed while nobody listened")
    expect(tab.page.locator(".wb-banner[data-kind=stopped]")).to_contain_text("engine has stopped", timeout=PATIENCE)
    expect(why).to_have_value("Typed while nobody listened")
    storages = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert "nobody listened" not in tab.page.evaluate(storages)
    tab.page.evaluate(LOOK_FOR_KERNELS)  # that its kernel is gone is heard before the page knows that it is locked
    workbook.start(port)
    assert workbook.port == port
    tab.page.locator(".wb-gate").wait_for()
    tab.unlock()
    tab.page.locator(".wb-gate").wait_for(state="detached")
    expect(tab.page.locator(".wb-banner")).to_have_count(0, timeout=PATIENCE)
    expect(tab.page.locator(".wb-bar .wb-alias")).to_have_text(WREN, timeout=PATIENCE)
    tab.saved()
    assert stored(workbook, WREN)["why"] == "Typed while nobody listened"
    expect(tab.page.locator(WHY)).to_have_value("Typed while nobody listened", timeout=PATIENCE)
    expect(tab.page.locator(WHY)).to_be_focused(timeout=PATIENCE)
    tab.overlook(BROKEN_LINE)


def test_a_page_opened_again_at_once_gets_a_kernel_of_its_own(tab: Tab, workbook: Workbook) -> None:
    """While the kernel that it had still ends; it was given that one, and stayed empty."""
    tab.visit(workbook, "support")
    held: list[Route] = []

    def hold(ending: Route) -> None:
        held.append(ending)

    left = next(one["id"] for one in tab.fetch("api/sessions").json() if one["path"] == "support.ipynb")
    tab.page.route(f"**/api/sessions/{left}*", hold)
    tab.go("progress")
    while not held:
        tab.page.wait_for_timeout(50)
    tab.page.evaluate("() => { void window.workbook.open('support.ipynb'); }")
    tab.page.wait_for_timeout(1000)  # whoever does not wait has that kernel by now
    assert "progress" in tab.page.url
    for one in held:
        one.continue_()
    tab.page.wait_for_url("**/support.ipynb")
    tab.ready()


# --- pages that nobody vouched for


def add_cell(workbook: Workbook, page: str, source: str) -> None:
    """Change a page behind the workbook's back."""
    file = next(workbook.workspace.rglob(f"{page}.ipynb"))
    notebook = json.loads(file.read_text("utf-8"))
    cell = {"cell_type": "code", "id": "added", "metadata": {}, "source": source}
    notebook["cells"].append({**cell, "outputs": [], "execution_count": None})
    file.write_text(json.dumps(notebook), "utf-8")


def test_a_changed_page_opens_unrun(tab: Tab, workbook: Workbook) -> None:
    """Code that nobody vouched for does not run: the page says so; the counselor looks at it, says yes, and it runs."""
    add_cell(workbook, "support", "page.form('my-seven-days')")
    tab.page.goto(f"http://127.0.0.1:{workbook.port}/doc/tree/support.ipynb")
    notice = tab.page.locator(".wb-notice")
    expect(notice).to_contain_text(UNVOUCHED, timeout=PATIENCE)
    expect(tab.page.locator(".wb-panel")).to_have_count(0)
    notice.get_by_role("button", name="Look at it in ‘Edit page’").click()
    tab.bar("Back to the page").click()
    tab.button("Leave it as it is").click()
    expect(notice).to_contain_text(UNVOUCHED, timeout=PATIENCE)
    expect(tab.page.locator(".wb-panel")).to_have_count(0)
    notice.get_by_role("button", name="Look at it in ‘Edit page’").click()
    tab.bar("Back to the page").click()
    tab.button("I read it, use it").click()
    expect(tab.page.locator('[data-form="my-seven-days"]')).to_be_attached(timeout=PATIENCE)
    expect(notice).to_have_count(0)
    tab.ready()


def test_the_counselor_edits_a_page(tab: Tab, workbook: Workbook) -> None:
    """In ‘Edit page’ a text and a code cell are changed; back on the page the text is there and the code has run."""
    tab.visit(workbook, "support")
    tab.counselor_view()
    tab.bar("Edit page").click()
    notebook = tab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    text = notebook.locator(".jp-MarkdownCell").first
    text.dblclick()
    text.locator(".cm-content").click()
    tab.page.keyboard.press("Control+End")
    tab.page.keyboard.insert_text("\n\nOur own line for this week.")
    code = notebook.locator(".jp-CodeCell").last.locator(".cm-content")
    code.click()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.insert_text("page.form('hard-moment')\npage.form('what-i-want')")
    tab.bar("Back to the page").click()
    expect(tab.page.get_by_text("Our own line for this week.")).to_be_visible(timeout=PATIENCE)
    expect(tab.page.locator('[data-form="what-i-want"]')).to_be_attached(timeout=PATIENCE)
    expect(tab.page.locator('[data-form="my-seven-days"]')).to_have_count(0)
    expect(code).to_be_hidden()
    saved = json.loads(next(workbook.workspace.rglob("support.ipynb")).read_text("utf-8"))
    assert all(not cell.get("outputs") for cell in saved["cells"])
    tab.visit(workbook, "support")
    expect(tab.page.locator('[data-form="what-i-want"]')).to_be_attached(timeout=PATIENCE)


# --- leaving quickly


def twice_escape(tab: Tab) -> None:
    """Esc twice, as fast as keys are pressed; what follows begins anew."""
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")


def test_escape_twice_in_a_list_or_menu_leaves_nothing(tab: Tab, workbook: Workbook) -> None:
    """While a list, a help window or a menu is open, Esc closes that, and nobody is taken away from the page."""
    tab.visit(workbook, "log")
    chosen = tab.page.locator("table.wb-week select").first
    chosen.wait_for()
    tab.page.keyboard.press("Shift")  # with the first key the log stops holding the focus in its first question
    chosen.focus()
    tab.page.keyboard.press("Alt+ArrowDown")
    twice_escape(tab)
    still_here(tab)
    tab.page.keyboard.press("F1")
    expect(tab.page.locator("dialog.wb-help-dialog")).to_be_visible()
    twice_escape(tab)
    expect(tab.page.locator("dialog.wb-help-dialog")).to_have_count(0)
    still_here(tab)
    tab.page.set_viewport_size({"width": 420, "height": 800})
    tab.button("Menu").click()
    twice_escape(tab)
    still_here(tab)
    expect(tab.button("Menu")).to_have_attribute("aria-expanded", "false")


def test_escape_twice_while_a_word_is_composed_leaves_nothing(tab: Tab, workbook: Workbook) -> None:
    """Whoever writes with an input method closes its suggestions with Esc, and is not taken away from the page."""
    tab.visit(workbook, "log")
    tab.field("contact", "note").locator("textarea, input").first.focus()
    keyboard = tab.page.context.new_cdp_session(tab.page)
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    twice_escape(tab)
    still_here(tab)


def still_here(tab: Tab) -> None:
    """Longer than two presses of Esc may lie apart, the page is there."""
    tab.page.wait_for_timeout(700)
    expect(tab.page.locator("html.wb-blank")).to_have_count(0)
    assert "log" in tab.page.url


def test_escape_twice_blanks_all_tabs_and_locks(
    tab: Tab, other: Tab, workbook: Workbook, context: BrowserContext
) -> None:
    """All tabs go blank, the last words are stored, the practice locks, and no kernel keeps the key."""
    tab.visit(workbook, "02-pause")
    other.visit(workbook, "log")
    other.answer("daily", "mood", "3")
    tab.field("pause-plan", "why").locator("textarea").fill("The last words before leaving")
    twice_escape(tab)
    tab.page.wait_for_url("about:blank")
    other.page.wait_for_url("about:blank")
    state = context.request.get(f"http://127.0.0.1:{workbook.port}/workbook/state").json()
    assert (state["practice"], state["case"]) == ("locked", None)
    assert stored(workbook, WREN)["why"] == "The last words before leaving"
    with workbook.case(WREN) as case:
        assert case.latest("daily").answers == {"mood": 3}  # type: ignore[union-attr]
    sessions = context.request.get(f"http://127.0.0.1:{workbook.port}/api/sessions").json()
    assert sessions == []


def test_closing_waits_for_words_that_cannot_be_stored(tab: Tab, workbook: Workbook) -> None:
    """While the engine hangs, ‘Close and lock’ says that they are not saved, and ends nothing; then it stores them."""
    tab.page.goto(workbook.address)
    tab.unlock()
    tab.page.locator(".wb-gate").wait_for(state="detached")
    tab.ready()
    tab.counselor_view()
    tab.button(f"Open {WREN}").click()
    expect(tab.page.locator(".wb-bar .wb-alias")).to_have_text(WREN, timeout=PATIENCE)
    tab.go("02-pause")
    why = tab.field("pause-plan", "why").locator("textarea")
    kernels = kernels_of(workbook)
    for kernel in kernels:
        with suppress(psutil.NoSuchProcess):
            kernel.suspend()
    why.fill("The last words before closing")
    tab.bar("Close and lock").click()
    tab.page.locator("dialog").get_by_role("button", name="Close and lock", exact=True).click()
    news = tab.page.locator(".wb-banner[data-kind=close]")
    expect(news).to_contain_text("Not saved yet", timeout=PATIENCE)
    expect(why).to_have_value("The last words before closing")
    for kernel in kernels:
        with suppress(psutil.NoSuchProcess):  # the kernel of the page before may just have ended
            kernel.resume()
    tab.saved()
    tab.expect_end()
    news.get_by_role("button", name="Try again").click()
    tab.page.get_by_role("heading", name="The workbook is closed").wait_for()
    workbook.wait_ended()
    assert stored(workbook, WREN)["why"] == "The last words before closing"
