"""Nothing leaks: what is typed into every field of every page is in the PDF that was asked for, and nowhere else."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import secrets
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from driver import PASSPHRASE, PATIENCE, QUIET, Tab, Workbook, browser_path
from playwright.sync_api import Browser, Locator, expect

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record.case import Case

PAGES = ("00-start", "01-begin", "02-pause", "log", "progress", "support")
MARKER = f"zq{secrets.token_hex(6)}xv"  # in every text field
ALIAS = f"Qv{secrets.token_hex(4)}"  # the case's alias
TEXTS = {"text", "area"}
HOME = Path.home()  # the real one; each test has one of its own
BIG = 60_000_000  # bytes; no file of ours comes near
_OPEN_MORE = """() => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  if (page.querySelector("[aria-busy=true]")) return 1;
  const asked = [...page.querySelectorAll("details.wb-counselor-form[open]")];
  if (asked.some(fold => !fold.querySelector(".wb-panel"))) return 1;
  const waiting = [...page.querySelectorAll("details.wb-further li > button")];
  const closed = [...page.querySelectorAll("details:not([open])")];
  waiting.forEach(button => button.click());
  closed.forEach(fold => { fold.removeAttribute("name"); fold.open = true; });
  return waiting.length + closed.length;
}"""
_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
_WRITABLE = ":is(input[type=text]:not(.wb-number):not([inputmode=decimal]):not([inputmode=numeric]), textarea):visible"


@pytest.fixture(scope="module")
def begun() -> float:
    """When this module began: what is older cannot hold the marker."""
    return time.time()


@pytest.fixture(scope="module")
def front(begun: float, workbook: Workbook, browser: Browser) -> Iterator[Tab]:
    """A tab of a browser that keeps its profile on disk, as a person's does."""
    profile = browser.browser_type.launch_persistent_context(
        workbook.root / "profile",
        executable_path=browser_path(),
        args=QUIET,
        env={**os.environ, "HOME": str(workbook.home)},
        downloads_path=workbook.root / "downloads",
        viewport={"width": 1200, "height": 900},
        locale="en-GB",
    )
    yield Tab(profile.pages[0])
    profile.close()


def quiet_names(tab: Tab) -> None:
    """Neither the tab's title nor its address says whose page it is."""
    assert tab.page.title() == "Workbook"
    assert ALIAS not in tab.page.url


def fill_all(tab: Tab) -> None:
    """Open every fold, every form that waits and a row in every list of the page in front, and write into each text."""
    quiet = 0
    while quiet < 3:  # what opens draws further folds
        quiet = 0 if tab.page.evaluate(_OPEN_MORE) else quiet + 1
        tab.page.wait_for_timeout(150)
    page = tab.page.locator(_FRONT)
    for rows in page.locator(".wb-rows:visible").all():
        rows.locator("> .wb-buttons button").click()
        card = rows.locator(".wb-card").last
        for fold in card.locator("details").all():
            tab.unfold(fold)
            write(card)
        write(card)
        card.get_by_role("button", name="Done").click()
    write(page)
    tab.saved()


def write(place: Locator) -> None:
    """The marker into every text of a place that is in sight and does not hold it yet."""
    for one in place.locator(f".wb-field {_WRITABLE}").all():
        if MARKER not in one.input_value():
            one.fill(f"{MARKER} typed here")


def test_a_marker_in_every_text(front: Tab, workbook: Workbook) -> None:
    """Every text field of every form that a page shows holds the marker in the store."""
    front.create(workbook.address)
    front.add_case(ALIAS)
    for name in PAGES:
        workbook.open_gates(ALIAS)  # again, because a contact status that is but a note closes them
        front.go(name)
        front.counselor_view()
        if name == "01-begin":
            attest(front)
        fill_all(front)
        quiet_names(front)
    with workbook.case(ALIAS) as case:
        missing = [f"{form.id}.{one.id}" for form in load.forms().values() for one in left_out(case, form)]
    assert not missing, " ".join(missing)


def left_out(case: Case, form: Form) -> list[Field]:
    """The texts of a form that is on a page in whose answers the marker is not."""
    if form.id in NOT_ON_PAGES:
        return []
    living = case.read(form.id) if form.kind in ("exercise", "note") else None
    entries = [living] if living else case.entries(form.id)
    said = {name for entry in entries for name, value in entry.answers.items() if MARKER in str(value)}
    return [one for one in form.fields if asked(one) and one.id not in said]


NOT_ON_PAGES = {"log-items"}  # kept by the log itself


def asked(one: Field) -> bool:
    """A text that is asked while contact is welcome, or a list with one."""
    if one.opt_in or "welcome" not in one.show_if.get("contact", ("welcome",)):
        return False
    return one.kind in TEXTS or any(inner.kind in TEXTS for inner in one.fields)


def attest(tab: Tab) -> None:
    """Open the private questions."""
    box = tab.page.locator(".wb-attest")
    for at in range(2):
        box.locator("input[type=checkbox]").nth(at).check()
    tab.button("Open the questions").click()
    tab.page.locator('[data-form="screen"]').first.wait_for(state="attached")


def test_print_export_and_close(front: Tab, workbook: Workbook) -> None:
    """The printed page holds the words; a notebook, an HTML export and a script of the same page do not."""
    front.go("02-pause")
    front.bar("PDF").click()
    with front.page.expect_download() as coming:
        front.button("Save the PDF").click()
    coming.value.save_as(workbook.root / "asked-for.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(workbook.root / "asked-for.pdf").pages)
    assert MARKER in text.replace("\u200b", "").replace("\n", "")
    for address in ("nbconvert/html", "nbconvert/notebook", "nbconvert/script", "files"):
        answer = front.fetch(f"{address}/02-pause.ipynb")
        assert answer.ok, address
        assert MARKER.encode() not in answer.body()
    assert front.fetch("nbconvert/WorkbookPDF/02-pause.ipynb").ok
    front.bar("Close and lock").click()
    front.page.locator("dialog.wb-dialog").get_by_role("button", name="Close and lock", exact=True).click()
    expect(front.page.get_by_role("heading", name="The workbook is closed")).to_be_visible(timeout=PATIENCE)
    workbook.wait_ended()
    front.page.context.close()


def test_nothing_is_left_anywhere(begun: float, workbook: Workbook) -> None:
    """Workspace, home, browser profile, temporary, runtime and log folders hold neither words, alias nor passphrase."""
    assert (workbook.root / "profile").is_dir()
    assert any((workbook.workspace / "backups").iterdir())
    left = [file for file in own_files(workbook.root) if holds(file, MARKER, ALIAS, PASSPHRASE)]
    left += [file for file in other_files(workbook.root, begun) if holds(file, MARKER, ALIAS)]
    assert not left


def test_the_search_would_find_it(tmp_path: Path) -> None:
    """Plain, in UTF-16, in a zip and in a gz file the marker is found: the search above can fail."""
    (tmp_path / "plain").write_bytes(b"\0" + MARKER.encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner", MARKER * 50)
    (tmp_path / "squeezed").write_bytes(b"head" + gzip.compress(MARKER.encode()))
    assert all(holds(file, MARKER) for file in own_files(tmp_path))
    assert len(list(own_files(tmp_path))) == 3
    assert not any(holds(file, "something else") for file in own_files(tmp_path))


def own_files(root: Path) -> Iterator[Path]:
    """All that the workbook and its browser wrote, less the PDF that was asked for."""
    for folder, _, names in os.walk(root):
        if Path(folder) != root / "downloads":
            yield from (Path(folder, name) for name in names if name != "asked-for.pdf")


def other_files(root: Path, since: float) -> Iterator[Path]:
    """What was written meanwhile to the places where programs leave things behind."""
    places = [Path(tempfile.gettempdir()), Path("/dev/shm"), Path(os.environ.get("XDG_RUNTIME_DIR", "/dev/shm"))]
    places += [HOME / name for name in (".ipython", ".jupyter", ".local", ".cache", ".config", "Downloads")]
    for place in places:
        for folder, inner, names in os.walk(place):
            inner[:] = [name for name in inner if Path(folder, name) != root]
            yield from (Path(folder, name) for name in names if written_since(Path(folder, name), since))


def written_since(file: Path, since: float) -> bool:
    """A file of some size, changed since then; one that is gone already holds nothing."""
    try:
        facts = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_size < BIG and facts.st_mtime >= since


def holds(file: Path, *words: str) -> bool:
    """Whether a file's name or its bytes, as they are or squeezed, hold one of the words."""
    try:
        content = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    except OSError:
        content = b""
    marks = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")]
    named = any(word in file.name for word in words)
    return named or any(mark in one for one in (content, *unpacked(content)) for mark in marks)


def unpacked(content: bytes) -> Iterator[bytes]:
    """What is inside a zip file, and every gzip stream in the bytes."""
    if content[:2] == b"PK":
        with contextlib.suppress(zipfile.BadZipFile, RuntimeError), zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    at = content.find(b"\x1f\x8b\x08")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(content[at:], 50_000_000)
        at = content.find(b"\x1f\x8b\x08", at + 1)
