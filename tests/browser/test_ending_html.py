"""A case ends well: closed, read, exported, opened again and erased from the start page; then nothing of it is left."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, Locator, expect

pytestmark = pytest.mark.browser

ALIAS = "Quillfeather"
WORDS = "Written before the end."
FIELD = ("contact-rules", "hard_moment")


@pytest.fixture(scope="module")
def front(workbook: Workbook, context: BrowserContext) -> Iterator[Tab]:
    """One tab for the module, with a case that has written something and a backup that holds it."""
    tab = new_tab(context)
    tab.create(workbook.address)
    tab.add_case("Heron")
    tab.add_case(ALIAS)
    workbook.open_gates(ALIAS)
    tab.go("02-pause")
    tab.field(*FIELD).locator("textarea").fill(WORDS)
    tab.saved()
    with workbook.practice() as practice:
        from workbook.record import backup

        backup.make(practice, workbook.workspace / "backups")
    to_the_end(tab)
    yield tab
    tab.page.close()
    assert not tab.trouble, tab.trouble


def to_the_end(tab: Tab) -> Locator:
    """The start page in Counselor view; its part on how a case ends."""
    tab.go("00-start")
    tab.counselor_view()
    part = tab.page.locator('[data-kind="ending"]')
    part.get_by_role("heading", name="When the work ends").wait_for()
    return part


def sound(tab: Tab, part: str) -> None:
    """No fault in light and dark, at 1200 and 420 pixels; nothing to scroll sideways in a dialog."""
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (1200, 420):
            tab.page.set_viewport_size({"width": width, "height": 800})
            found = Axe().run(tab.page, context={"include": [[part]]}).response["violations"]
            assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
            wide = "node => node.scrollWidth > node.clientWidth + 1"
            assert not tab.page.locator(part).first.evaluate(wide), (part, width)
    tab.page.emulate_media(color_scheme="light")
    tab.page.set_viewport_size({"width": 1200, "height": 900})


def dialog(tab: Tab, name: str) -> Locator:
    """The window with this title, once it is there."""
    box = tab.page.locator("dialog.wb-dialog[open]")
    box.get_by_role("heading", name=name, exact=True).wait_for()
    return box


def test_it_is_closed_and_can_be_read(front: Tab) -> None:
    """Years give the date; the case is listed apart; its pages are read, and a word typed there is refused in words."""
    part = front.page.locator('[data-kind="ending"]')
    front.unfold(part.locator("details.wb-settings"))
    part.get_by_label("Records are kept").fill("5")
    part.get_by_label("Records are kept").press("Tab")
    expect(part.get_by_text("Saved.")).to_be_visible()
    sound(front, '[data-kind="ending"]')
    front.button("Close the case…").click()
    box = dialog(front, "Close the case")
    expect(box.get_by_label("Keep the record until")).not_to_have_value("")
    sound(front, "dialog.wb-dialog")
    front.shot("ending-close")
    box.get_by_role("button", name="Close the case", exact=True).click()
    expect(box.get_by_role("alert")).to_have_text("Please choose a reason.")
    box.get_by_label("Reason").select_option("agreed")
    box.get_by_role("button", name="Close the case", exact=True).click()
    expect(front.page.get_by_role("table").filter(has_text="Closed case")).to_contain_text(ALIAS, timeout=PATIENCE)
    expect(front.page.get_by_role("heading", name="This work is closed for now")).to_be_visible()
    expect(front.page.locator('[data-kind="start"] .wb-table')).not_to_contain_text(ALIAS)
    front.shot("ending-closed")
    front.go("02-pause")
    expect(front.page.get_by_role("heading", name="This work is closed for now")).to_be_visible()
    box = front.field(*FIELD)
    expect(box.locator("textarea")).to_have_value(WORDS)
    box.locator("textarea").fill(f"{WORDS} And more.")
    expect(box).to_contain_text("This case is closed, so nothing new is kept.", timeout=PATIENCE)
    front.shot("ending-refused")


def test_it_is_exported(front: Tab, tmp_path: Path) -> None:
    """One file under a name that says nothing, with the words and without the counselor's."""
    to_the_end(front)
    front.button("Export the whole case…").click()
    box = dialog(front, "Export the whole case")
    sound(front, "dialog.wb-dialog")
    front.shot("ending-export")
    with front.page.expect_download(timeout=PATIENCE) as coming:
        box.get_by_role("button", name="Save the file").click()
    assert re.fullmatch(r"pages-\d{4}-\d\d-\d\d\.zip", coming.value.suggested_filename)
    coming.value.save_as(tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as packed:
        assert WORDS in packed.read("case.json").decode()
        assert {one["form"] for one in json.loads(packed.read("case.json"))["responses"]} == {FIELD[0]}
        pages = pypdf.PdfReader(io.BytesIO(packed.read("pages/02-pause.pdf"))).pages
        assert WORDS in " ".join("".join(page.extract_text() for page in pages).split())
    expect(front.page.locator("dialog.wb-dialog[open]")).to_have_count(0)


def test_it_is_opened_again(front: Tab, workbook: Workbook) -> None:
    """With a reason; then it stands among the open cases and takes words."""
    to_the_end(front)
    front.button("Open the case again…").click()
    box = dialog(front, "Open the case again")
    box.get_by_label("Reason").select_option("again")
    box.get_by_role("button", name="Open the case again", exact=True).click()
    expect(front.page.locator('[data-kind="start"] .wb-table')).to_contain_text(ALIAS, timeout=PATIENCE)
    with workbook.case(ALIAS) as case:
        case.save(FIELD[0], {FIELD[1]: "More."})


def test_it_is_erased(front: Tab, workbook: Workbook, tmp_path: Path) -> None:
    """Only after its number was typed; then the certificate comes, the case is gone, and no file holds the alias."""
    (workbook.workspace / "backups" / "odd.backup").write_bytes(b"PK")
    to_the_end(front)
    front.button("Erase the case…").click()
    box = dialog(front, "Erase case no. 2")
    box.get_by_role("button", name="Erase for good").wait_for()
    sound(front, "dialog.wb-dialog")
    box.get_by_label("odd.backup – it is damaged").check()
    box.get_by_label("type the number").fill("1")
    box.get_by_role("button", name="Erase for good").click()
    expect(box.get_by_role("alert")).to_contain_text("type the number of the case")
    front.shot("ending-erase")
    box.get_by_label("type the number").fill("2")
    with front.page.expect_download(timeout=PATIENCE) as coming:
        box.get_by_role("button", name="Erase for good").click()
    assert coming.value.suggested_filename == "certificate-case-2.pdf"
    coming.value.save_as(tmp_path / "certificate.pdf")
    box = dialog(front, "Case no. 2 is erased")
    expect(box).to_contain_text("The search found nothing")
    sound(front, "dialog.wb-dialog")
    front.shot("ending-erased")
    words = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "certificate.pdf").pages)
    assert "number 2" in words
    assert ALIAS not in words
    box.get_by_role("button", name="Done").click()
    expect(front.page.locator("body")).not_to_contain_text(ALIAS, timeout=PATIENCE)
    with workbook.practice() as practice:
        assert [one.alias for one in practice.cases()] == ["Heron"]
    front.page.goto("about:blank")  # a running page keeps what it shows in its own memory
    left = [path for path in workbook.workspace.rglob("*") if path.is_file() and holds(path)]
    assert not left


def holds(path: Path) -> bool:
    """Whether a file's name or bytes hold the alias or the words."""
    content = path.read_bytes()
    marks = [word.encode(code) for word in (ALIAS, WORDS) for code in ("utf-8", "utf-16-le")]
    return ALIAS in path.name or any(mark in content for mark in marks)
