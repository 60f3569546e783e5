"""Nothing leaks: what is typed into every field of every page is in the PDF that was asked for, and nowhere else."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import secrets
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import filled
import pypdf
import pytest
from driver import PAGES, PASSPHRASE, PATIENCE, QUIET, Tab, Workbook, browser_path
from playwright.sync_api import Browser, expect

from workbook.content import load
from workbook.content.model import Form
from workbook.record.case import Case

MARKER = f"zq{secrets.token_hex(6)}xv"  # in every text field
ALIAS = f"Qv{secrets.token_hex(4)}"  # the case's alias
TEXTS = {"text", "area"}
NO_WORDS = {"log-items", "progress-charts", "opening.form"}  # names of ours, kept by the workbook itself
HOME = Path.home()  # the real one; each test has one of its own
BIG = 60_000_000  # bytes; no file of ours comes near
_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
_NO_WORDS = ".wb-number, [inputmode=decimal], [inputmode=numeric]"
_WRITABLE = f"{_FRONT} .wb-field :is(input[type=text]:not({_NO_WORDS}), textarea)"
# A card in every list and the words in every text that is in sight, with the events that typing sends.
_FILL = """async ([writable, words]) => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const write = place => [...document.querySelectorAll(writable)]
    .filter(one => place.contains(one) && one.checkVisibility() && !one.value.includes(words))
    .forEach(one => {
      one.value = words;
      for (const name of ["input", "change"]) one.dispatchEvent(new Event(name, { bubbles: true }));
    });
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  for (const rows of page.querySelectorAll(".wb-rows")) {
    if (!rows.checkVisibility()) continue;
    rows.querySelector(":scope > .wb-buttons button").click();
    const card = [...rows.querySelectorAll(".wb-card")].find(one => one.querySelector(".wb-field"));
    let folds;
    while ((folds = [...card.querySelectorAll("details:not([open])")]).length) {
      folds.forEach(fold => { fold.removeAttribute("name"); fold.open = true; });
      await drawn();
    }
    await drawn();
    write(card);
    card.querySelector(":scope > .wb-buttons button").click();
  }
  write(page);
}"""


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


@pytest.fixture(scope="module")
def case(front: Tab, workbook: Workbook) -> str:
    """The alias of a case in a new practice."""
    front.create(workbook.address)
    front.add_case(ALIAS)
    return ALIAS


def quiet_names(tab: Tab) -> None:
    """Neither the tab's title nor its address says whose page it is."""
    assert tab.page.title() == "Workbook"
    assert ALIAS not in tab.page.url


def type_in_sight(tab: Tab) -> None:
    """Type into each text that is in sight on the page as it opened, key by key."""
    for one in tab.page.locator(f"{_WRITABLE}:visible").all():
        one.press_sequentially(MARKER)


def fill_all(tab: Tab) -> None:
    """Open whatever the page in front holds, and write into each text of it."""
    tab.open_all()
    tab.page.evaluate(_FILL, [_WRITABLE, MARKER])
    tab.saved()


def test_a_reason_on_the_way(front: Tab, case: str) -> None:
    """A point of the route is set aside, with a reason; later, when all is answered, none is open."""
    front.go("route")
    front.page.get_by_role("button", name=re.compile("^Set aside:")).first.click()
    front.page.get_by_label("Why not now?").fill(MARKER)
    front.page.get_by_role("button", name="Set aside", exact=True).click()
    front.page.get_by_text(f"set aside: {MARKER}").first.wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_a_marker_in_every_text(front: Tab, workbook: Workbook, case: str, name: str) -> None:
    """Every text that a page shows, the counselor's too, is written into and stored."""
    workbook.open_everything(case)  # again, because a screen or a status that is but a note closes pages
    front.go(name)
    type_in_sight(front)
    front.counselor_view()
    front.attest()
    fill_all(front)
    if front.page.locator(".wb-openings").count():
        turn_a_part(front)
    quiet_names(front)


def turn_a_part(tab: Tab) -> None:
    """Close a part that the counselor opened, or open one, with a note."""
    part = tab.page.locator(".wb-openings li").first
    part.get_by_label("Why now").fill(MARKER)
    part.get_by_role("button", name=re.compile("^(Close|Open):")).click()
    part.get_by_text(MARKER).wait_for(state="attached")


def test_a_case_is_closed_and_opened_again(front: Tab, case: str) -> None:
    """Both with a note."""
    front.go("00-start")
    front.counselor_view()
    for go, reason in (("Close the case", "agreed"), ("Open the case again", "again")):
        front.button(f"{go}…").click()
        box = front.page.locator("dialog.wb-dialog[open]")
        box.get_by_label("Reason").select_option(reason)
        box.get_by_label("Note").fill(MARKER)
        box.get_by_role("button", name=go, exact=True).click()
        box.wait_for(state="detached")
    front.page.locator('[data-kind="start"] .wb-table').get_by_text(case).first.wait_for()
    front.ready()


def test_no_text_was_left_out(workbook: Workbook, case: str) -> None:
    """Each text of each form that can be asked while contact is welcome holds the marker in the store."""
    with workbook.case(case) as stored:
        missing = [f"{form.id}.{one}" for form in load.forms().values() for one in left_out(stored, form)]
    assert not missing, " ".join(missing)


def left_out(case: Case, form: Form) -> list[str]:
    """The texts of a form in whose answers the marker is not; of a list its inner ones."""
    if form.id in NO_WORDS or not filled.shown(form):
        return []
    living = case.read(form.id) if form.kind in filled.LIVING else None
    given = [entry.answers for entry in ([living] if living else case.entries(form.id))]
    return [name for name, texts in wanted(form) if not any(texts(answers) for answers in given)]


def wanted(form: Form) -> Iterator[tuple[str, Callable[[dict[str, Any]], bool]]]:
    """Each text of a form by its name, with what tells whether answers hold the marker there."""
    for one in filled.asked(form.fields):
        if one.kind in TEXTS and f"{form.id}.{one.id}" not in NO_WORDS:
            yield one.id, lambda answers, name=one.id: MARKER in answers.get(name, "")
        for inner in filled.asked(one.fields):
            if inner.kind in TEXTS:
                yield (
                    f"{one.id}.{inner.id}",
                    lambda answers, rows=one.id, name=inner.id: any(
                        MARKER in row.get(name, "") for row in answers.get(rows, {}).values()
                    ),
                )


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
