"""A real workbook in a real browser: started by the launcher, driven as a person would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filled
import starting
from playwright.sync_api import APIResponse, Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, expect

from workbook.content import load
from workbook.record.case import Case
from workbook.record.practice import Practice

PAGES = tuple(path.stem for path in sorted(load.notebooks_dir().glob("*.ipynb")))
"""All pages that there are; a new one joins the loops over them without being named."""
PASSPHRASE = "orbit lantern velvet canoe"
QUIET = [f"--{word}" for word in ("no-sandbox", "disable-gpu", "disable-sync")]
QUIET += [f"--disable-{word}" for word in ("background-networking", "component-update")]
PATIENCE = 60_000  # milliseconds; a shared machine may be slow, and no test measures time
_HAS_RUN = """() => {
  const cells = [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")];
  if (document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .wb-notice")) return true;
  return cells.length > 0 && cells.every(cell => /^\\[\\d+\\]/.test(cell.querySelector(".jp-InputPrompt").textContent));
}"""
_AT_REST = "() => !document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) [aria-busy=true]')"
_OPEN_ALL = """async () => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  for (let quiet = 0; quiet < 3; await drawn()) {
    const waiting = [...page.querySelectorAll(".wb-further-list li:not([aria-busy]) > button")];
    const closed = [...page.querySelectorAll("details:not([open])")];
    page.querySelectorAll("details[name]").forEach(fold => fold.removeAttribute("name"));
    waiting.forEach(button => button.click());
    closed.forEach(fold => { fold.open = true; });
    quiet = waiting.length + closed.length || page.querySelector("[aria-busy=true]") ? 0 : quiet + 1;
  }
}"""
_NOISE = (
    re.compile("Disabling terminals plugin"),
    re.compile("status of 404 .*/api/(kernels|sessions)/"),  # JupyterLab asks after a kernel that the lock has ended
    # the same, when it was just about to connect to the kernel of a page that is being left
    re.compile("WebSocket connection to .*/api/kernels/.* 404"),
)


def browser_path() -> str | None:
    """The browser that `make test` found, or one on the path; None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return os.environ.get("WORKBOOK_BROWSER") or next(filter(None, map(shutil.which, names)), None)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium."""
    return playwright.chromium.launch(executable_path=browser_path(), args=QUIET)


class Workbook:
    """One running workbook on a workspace of its own, with everything that a user has: home, temp folder, browser."""

    def __init__(self, root: Path, *, idle_seconds: float | None = None) -> None:
        self.root, self.workspace, self.home, self.temp = root, root / "workspace", root / "home", root / "temp"
        for folder in (self.home, self.temp):
            folder.mkdir(exist_ok=True)
        self.idle_seconds = idle_seconds
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self, port: int = 0) -> str:
        """Start the server; returns its address with the token."""
        homes = {name: str(self.home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME")}
        temps = {name: str(self.temp) for name in ("TMPDIR", "TEMP", "TMP")}
        env = {**os.environ, **homes, **temps, "WORKBOOK_STRICT": "1"}
        line = starting.command(self.workspace, port, idle_seconds=self.idle_seconds, expose_app=True)
        with (self.root / "server.log").open("a") as log:
            self._process = subprocess.Popen(
                line, stdout=subprocess.PIPE, stderr=log, text=True, env=env, cwd=self.root
            )
        assert self._process.stdout
        self.address = starting.started(self._process.stdout)
        return self.address

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found.group(1))

    @property
    def pid(self) -> int:
        """The process of the server."""
        assert self._process
        return self._process.pid

    def stop(self) -> None:
        """End the server as a signal would."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self.wait_ended()

    def kill(self) -> None:
        """End the server as a power cut would."""
        assert self._process
        self._process.kill()
        self.wait_ended()

    def wait_ended(self) -> None:
        """Wait until the server has ended."""
        assert self._process and self._process.stdout
        self._process.wait(60)
        self._process.stdout.close()

    @contextmanager
    def practice(self) -> Iterator[Practice]:
        """The practice read beside the running workbook: what is in it is stored, whatever a page says."""
        folder = self.workspace / "practice"
        opened = Practice.open(folder, Practice.unlock(folder, PASSPHRASE))
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def case(self, alias: str) -> Iterator[Case]:
        """The stored case with this alias."""
        with self.practice() as practice:
            yield practice.case(next(one.id for one in practice.cases() if one.alias == alias))

    def open_gates(self, alias: str) -> None:
        """Write down what finishes the start: the screen asked and clear, contact welcome, consent given."""
        with self.case(alias) as case:
            filled.open_gates(case)

    def open_everything(self, alias: str) -> None:
        """Write down what opens every page and every part of it."""
        with self.case(alias) as case:
            filled.open_everything(case)


class Tab:
    """One tab, driven with the words and keys of a person."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.trouble: list[str] = []
        self._noise = list(_NOISE)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        line = f"{said.text} {said.location.get('url', '')}"
        if said.type == "error" and not any(noise.search(line) for noise in self._noise):
            self.trouble.append(line)

    def forgive(self, sign: str) -> None:
        """Take out what the browser had to report because the test asked for it; fails if it did not."""
        left = [line for line in self.trouble if not re.search(sign, line)]
        assert len(left) < len(self.trouble), self.trouble
        self.trouble[:] = left

    def expect_end(self) -> None:
        """The server is about to end; JupyterLab, behind the last page, will go on asking for it."""
        self._noise.append(re.compile("ERR_CONNECTION_REFUSED"))

    def overlook(self, sign: str) -> None:
        """Take out what the browser may have had to report because of what the test did."""
        self.trouble[:] = [line for line in self.trouble if not re.search(sign, line)]

    # --- the practice

    def create(self, address: str, passphrase: str = PASSPHRASE) -> str:
        """Create a practice on the start page, type the two groups back; returns the recovery key."""
        self.page.goto(address)
        self.page.get_by_label("Passphrase", exact=True).fill(passphrase)
        self.page.get_by_label("Passphrase, once more", exact=True).fill(passphrase)
        self.button("Create the practice").click()
        return self.type_groups_back()

    def type_groups_back(self) -> str:
        """Type the two groups that the recovery sheet asks for; returns the recovery key."""
        sheet = self.page.locator(".wb-groups code")
        sheet.first.wait_for()
        groups = sheet.all_inner_texts()
        for box in self.page.locator("input.wb-group").all():
            label = box.evaluate("node => node.labels[0].textContent")
            box.fill(groups[int(re.search(r"\d+", label).group()) - 1])  # type: ignore[union-attr]
        self.button("I have the sheet").click()
        self.page.locator(".wb-gate").wait_for(state="detached")
        self.ready()
        return "-".join(groups)

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase at the lock screen."""
        self.page.get_by_label("Passphrase", exact=True).fill(passphrase)
        self.button("Unlock").click()

    def add_case(self, alias: str) -> None:
        """Add a case in Counselor view; it opens at once."""
        self.counselor_view()
        self.page.get_by_label("New case: alias").fill(alias)
        self.button("Add and open").click()
        expect(self.page.locator(".wb-bar .wb-alias")).to_have_text(alias, timeout=PATIENCE)
        self.ready()

    def counselor_view(self) -> None:
        """Unfold Counselor view, if it is folded."""
        if "wb-counselor" not in (self.page.locator("body").get_attribute("class") or ""):
            self.bar("Counselor view").click()
        self.page.locator("body.wb-counselor").wait_for(state="attached")

    # --- pages

    def visit(self, workbook: Workbook, name: str) -> None:
        """Open a page by its address, as a bookmark or a second tab would."""
        self.page.goto(f"http://127.0.0.1:{workbook.port}/doc/tree/{name}.ipynb")
        self.ready()

    def go(self, name: str) -> None:
        """Open a page in place, as its link would."""
        self.page.evaluate("path => window.workbook.open(path)", f"{name}.ipynb")
        self.page.wait_for_url(re.compile(re.escape(name)))
        self.ready()

    def ready(self) -> None:
        """Wait until the page in front has run; fails with the page's own words if a part of it did not."""
        self.page.wait_for_function(_HAS_RUN)
        failed = self.page.locator(".wb-notice.wb-failed")
        assert not failed.count(), failed.all_inner_texts()

    def form(self, form_id: str) -> Locator:
        """A form or log of the page, unfolded; one that waits to be asked for is asked for first."""
        form = self.page.locator(f'[data-form="{form_id}"]').first
        title = load.form(form_id).title
        further = self.page.locator(".wb-further-list")
        button = further.get_by_role("button", name=title, exact=True, include_hidden=True)
        named = re.compile(f"^{re.escape(title)}( –|$)")
        fold = self.page.locator("details.wb-counselor-form > summary", has_text=named)
        form.or_(button).or_(fold).first.wait_for(state="attached")
        if not form.count():
            if button.count():
                for closed in button.locator("xpath=ancestor::details[not(@open)]").all():
                    self.unfold(closed)
                button.click()
            elif fold.count():
                self.unfold(fold.locator(".."))
            form.wait_for(state="attached")
        closed = form.locator("xpath=ancestor-or-self::details[not(@open)]")
        while closed.count():
            self.unfold(closed.first)
        return form

    def unfold(self, fold: Locator) -> None:
        """Open a fold by its summary, if it is closed."""
        node = fold.element_handle()
        if not node.evaluate("fold => fold.open"):
            summary = node.query_selector(":scope > summary")
            assert summary
            summary.click()
        self.page.wait_for_function("fold => fold.open", arg=node)

    def open_all(self) -> None:
        """Everything on the page in front that is folded or waits to be asked for, at once; drawn when this returns."""
        self.page.evaluate(_OPEN_ALL)

    def attest(self) -> None:
        """Open the private questions in Counselor view, if the page has them and they are closed."""
        self.page.wait_for_function(_AT_REST)
        box = self.page.locator(".wb-attest")
        if box.count():
            for tick in box.locator("input[type=checkbox]").all():
                tick.check()
            self.button("Open the questions").click()
            self.page.locator('[data-form="screen"]').first.wait_for(state="attached")

    def field(self, form_id: str, field_id: str) -> Locator:
        """One field of a form, in sight; parts of the form are unfolded until it is there."""
        form = self.form(form_id)
        found = form.locator(f'[data-field="{field_id}"]').first
        folds = form.locator("details.wb-part")
        for at in range(0 if found.count() else folds.count()):  # a part is drawn when it is first unfolded
            self.unfold(folds.nth(at))
            if found.count():
                break
        closed = found.locator("xpath=ancestor::details[not(@open)]")
        while closed.count():
            self.unfold(closed.first)
        found.wait_for()
        return found

    def answer(self, form_id: str, field_id: str, value: str | tuple[str, ...]) -> Locator:
        """Answer a field as its kind wants it: text is typed, an option (by its value) is clicked."""
        return self.put(self.field(form_id, field_id), value)

    def put(self, field: Locator, value: str | tuple[str, ...]) -> Locator:
        """Answer a field that is in sight."""
        if field.evaluate("node => node.matches('fieldset')"):
            for one in (value,) if isinstance(value, str) else value:
                field.locator(f'label:has(input[value="{one}"])').click()
        else:
            field.locator("input, textarea").first.fill(value)  # type: ignore[arg-type]
        return field

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def bar(self, name: str) -> Locator:
        """A button of the top bar."""
        return self.page.locator(".wb-bar").get_by_role("button", name=name, exact=True)

    def saved(self) -> None:
        """Wait until everything typed is acknowledged by the store."""
        stored = self.page.evaluate("window.workbook.flushAll({timeout: 30000})")
        assert stored is not False, self.page.locator(".wb-status:visible, .wb-trouble:visible").all_inner_texts()

    def fetch(self, path: str) -> APIResponse:
        """Ask the server for something as JupyterLab's menus do: with the tab's cookies and its XSRF token."""
        base = re.match(r"http://[^/]+/", self.page.url)
        assert base
        cookies = self.page.context.cookies(base.group())
        token = next(one["value"] for one in cookies if one["name"] == "_xsrf")
        return self.page.request.get(base.group() + path, params={"_xsrf": token})

    def says_saved(self) -> None:
        """Wait until the bar says when everything was saved."""
        expect(self.page.locator(".wb-bar .wb-saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=PATIENCE)

    def shot(self, name: str) -> None:
        """A screenshot for people to look at, beside the tests (not tracked)."""
        folder = Path(__file__).parent / "shots"
        folder.mkdir(exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=False)


def new_tab(context: BrowserContext) -> Tab:
    """A tab of a browser context."""
    return Tab(context.new_page())
