"""Panels in a bare page: the browser modules as they ship and the Python panel as it ships, with no Jupyter between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ipywidgets.widgets.widget import _instances
from playwright.sync_api import Page, Route

import workbook.lab
from workbook.forms.panel import Panel

STATIC = Path(workbook.lab.__file__).parent / "labextension" / "workbook" / "static"
ADDRESS = "http://localhost:9/bare/"
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<link rel="stylesheet" href="theme.css">
<style>body { background: var(--wb-paper); color: var(--wb-ink); margin: 1rem; }</style></head>
<body><main><h1>Page</h1><h2>Forms</h2></main></body></html>"""
_MODEL = """
async ({ id, kind, spec }) => {
  const make = (id, { kind, spec }, listeners = []) => ({
    get: name => ({ kind, spec: structuredClone(spec) })[name],
    on: (name, listener) => { if (name === "msg:custom") listeners.push(listener); },
    off: (name, listener) => listeners.splice(listeners.indexOf(listener), 1),
    send: content => {
      if (window.silent) return;
      const hear = one => listeners.forEach(listener => listener(one));
      void window.kernel(id, JSON.stringify(content)).then(said => JSON.parse(said).forEach(hear));
    },
    widget_manager: { get_model: async other => make(other, JSON.parse(await window.panel(other))) },
  });
  const model = make(id, { kind, spec });
  const el = document.createElement("div");
  el.id = id;
  document.querySelector("main").append(el);
  const { render } = await import("/bare/panel.js");
  (window.ends ??= {})[id] = await render({ model, el });
}
"""


class Bare:
    """A page on which panels are shown; `silence()` makes the kernel stop answering, `heard` keeps its messages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self._panels: dict[str, Panel] = {}
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.route(f"{ADDRESS}**", self._serve)
        page.expose_function("kernel", self._kernel)
        page.expose_function("panel", self._panel)
        page.goto(ADDRESS)

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS).split("?")[0]
        file = STATIC / name
        if not name:
            route.fulfill(body=_HTML, content_type="text/html")
        elif file.is_file():
            route.fulfill(body=file.read_text("utf-8"), content_type=_KINDS[file.suffix])
        else:
            route.fulfill(status=204)

    def _kernel(self, panel_id: str, content: str) -> str:
        panel = self._panels[panel_id]
        said: list[dict[str, Any]] = []
        panel.send = lambda message, buffers=None: said.append(message)  # type: ignore[method-assign]
        message = json.loads(content)
        self.heard.append(message)
        panel._receive(panel, message, [])
        return json.dumps(said)

    def _panel(self, model_id: str) -> str:
        """A panel that another panel made: it is known by the id of its model, as in JupyterLab."""
        panel = next(one for one in _instances.values() if one.model_id == model_id)
        self._panels[model_id] = panel
        return json.dumps({"kind": panel.kind, "spec": panel.spec})

    def show(self, panel: Panel, panel_id: str = "one") -> None:
        """Show a panel below those that are there."""
        self._panels[panel_id] = panel
        self.page.evaluate(_MODEL, {"id": panel_id, "kind": panel.kind, "spec": panel.spec})

    def end(self, panel_id: str = "one") -> None:
        """Take a panel away, as JupyterLab does when its cell runs again."""
        self.page.evaluate("id => { window.ends[id]?.(); document.getElementById(id).remove(); }", panel_id)

    def silence(self, silent: bool = True) -> None:
        """The kernel stops answering, or answers again."""
        self.page.evaluate("silent => { window.silent = silent; }", silent)

    def stored(self) -> None:
        """Wait until all that was typed is acknowledged."""
        assert self.page.evaluate("window.workbook.flushAll({ timeout: 20000 })")
