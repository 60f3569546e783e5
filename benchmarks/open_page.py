"""From the link to the first key that is accepted: a page of ours, and JupyterLab with a slider that runs by itself."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page, sync_playwright

from benchmarks.turns import in_turn

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from driver import Tab, Workbook, launch

ROUNDS = 9
PAGE = "02-pause"
REST = 4.0  # seconds between two openings: the server makes its next ready kernel, and both sides are quiet
PATIENCE = 60.0  # seconds for the first key
VIEW = {"width": 1200, "height": 900}
SLIDER = "import ipywidgets\nipywidgets.IntSlider(description={name!r})"

# Begins the clock with `go`, focuses the first field as soon as one is there, and ends it when a key moved that field.
_WATCH = """
({ field, go, state }) => new Promise((focused, failed) => {
  setTimeout(() => failed(new Error("nothing opened")), 120000);
  const clock = window.openingClock = { begun: performance.now(), accepted: null };
  const at = (node) => state ? node.getAttribute(state) : node.value + node.checked;
  const look = () => {
    const fields = [...document.querySelectorAll(field)];
    const node = fields.find((one) => one.checkVisibility() && !one.closest(".openingOld"));
    if (!node) return requestAnimationFrame(look);
    node.focus();
    const before = at(node);
    const wait = () => {
      if (at(node) === before) return requestAnimationFrame(wait);
      clock.accepted = performance.now();
    };
    clock.seen = performance.now();
    wait();
    focused(node.type || "slider");
  };
  document.querySelectorAll(field).forEach((node) => node.classList.add("openingOld"));
  (new Function(go))();
  look();
})
"""
_OURS = (
    ".wb-panel:is([data-kind=form], [data-kind=log]) :is(input:not([type^=date]), textarea)"  # a date takes no one key
)
_CLICK = """
const link = document.body.appendChild(document.createElement("a"));
link.dataset.wbOpen = "%s.ipynb";
link.click();
link.remove();
"""
_RUN_ALL = """
(async () => {
  const { commands } = window.jupyterapp;
  const panel = await commands.execute("docmanager:open", { path: %r, factory: "Notebook" });
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.revealed;
  await commands.execute("notebook:run-all-cells");
})();
"""
_CLOSE = """
(async () => {
  const panels = [...window.jupyterapp.shell.widgets("main")].filter((one) => one.sessionContext);
  for (const panel of panels) {
    await panel.sessionContext.shutdown();
    panel.model.dirty = false;
    panel.dispose();
  }
})()
"""


def open_page() -> dict[str, Any]:
    """Ratio of the medians, both servers warm, in the same browser, each in its own tab; at most 1.0 is asked for."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wb-", ignore_cleanup_errors=True)))
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        ours = stack.enter_context(_our_side(root, browser))
        theirs = stack.enter_context(_their_side(root, browser))
        found = in_turn(ours, theirs, rounds=ROUNDS)
    return {
        "name": "open-page",
        "ratio": found.ours / found.theirs,
        "baseline": "JupyterLab, a notebook with one slider",
    }


def first_key(tab: Tab, name: str) -> float:
    """Milliseconds from a link on the start page to the first key that a field of the page took."""
    tab.go("00-start")
    time.sleep(REST)
    taken = _measure(tab.page, _OURS, _CLICK % name)
    tab.ready()
    tab.page.keyboard.type(secrets.token_hex(8))  # the next opening finds other answers
    tab.saved()
    return taken


# ---- the two sides ---------------------------------------------------------------------------------------------------


@contextmanager
def _our_side(root: Path, browser: Any) -> Iterator[Any]:
    workbook = Workbook(root)
    page = browser.new_context(viewport=VIEW).new_page()
    tab = Tab(page)
    tab.create(workbook.start())
    tab.add_case("Bench")

    yield lambda _turn: first_key(tab, PAGE)
    workbook.stop()


@contextmanager
def _their_side(root: Path, browser: Any) -> Iterator[Any]:
    folder = root / "lab"
    folder.mkdir()
    with _jupyterlab(folder) as address:
        page = browser.new_context(viewport=VIEW).new_page()
        page.goto(address)
        page.wait_for_function("window.jupyterapp?.shell")
        page.evaluate("window.jupyterapp.restored")

        def opened(turn: int) -> float:
            path = _notebook(folder, turn)
            page.evaluate(_CLOSE)
            time.sleep(REST)
            return _measure(page, ".jupyter-widgets .noUi-handle", _RUN_ALL % path, state="aria-valuenow")

        yield opened


def _notebook(folder: Path, turn: int) -> str:
    name = f"slider-{turn}.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SLIDER.format(name=secrets.token_hex(4)))])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / name)
    return name


@contextmanager
def _jupyterlab(folder: Path) -> Iterator[str]:
    """JupyterLab as it comes, on a home of its own; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(16)
    line = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", f"--IdentityProvider.token={token}"]
    line += [f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True", "--allow-root"]
    places = {
        name: str(folder / ".own") for name in ("HOME", "USERPROFILE", "APPDATA", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")
    }
    server = subprocess.Popen(
        line, env={**os.environ, **places}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
        yield f"http://127.0.0.1:{port}/lab?token={token}"
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("JupyterLab did not start.")


# ---- the clock, in the page itself -----------------------------------------------------------------------------------


def _measure(page: Page, field: str, go: str, state: str = "") -> float:
    """Milliseconds from `go` to the first key that the field took."""
    page.bring_to_front()
    kind = page.evaluate(_WATCH, {"field": field, "go": go, "state": state})
    key = {"checkbox": "Space", "radio": "ArrowRight", "slider": "ArrowRight"}.get(kind, "a")
    ends = time.monotonic() + PATIENCE
    while (clock := page.evaluate("window.openingClock"))["accepted"] is None:
        if time.monotonic() > ends:
            raise RuntimeError("the first field took no key")
        page.keyboard.press(key)
    return float(clock["accepted"] - clock["begun"])
