"""What a stranger gets from the server, and what stays on the disk: nothing."""

from __future__ import annotations

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from workbook.lab import launcher
from workbook.lab.handlers import ROUTES
from workbook.lab.workspace import Workspace

from .client import PASSPHRASE, Server, Start

MARK = "marker-5e1f"


def test_nothing_is_served_without_the_token(bare: Server) -> None:
    """Every route of ours, the notebooks and the kernels are refused to whoever has no token."""
    for path, _, wanted in (route for route in ROUTES if len(route) > 2):
        method = "GET" if wanted.get("show") else "POST"
        answer = bare.ask(method, path.removeprefix("/"), None if method == "GET" else {}, headers={})
        assert answer.status == 403, path
    for path in ("api/contents", "api/kernels", "api/sessions", "workbook/live"):
        assert bare.ask("GET", path, headers={}).status == 403, path


def test_a_browser_that_logged_in_still_needs_the_forgery_token(bare: Server) -> None:
    """The cookie alone, as another site could make the browser send it, does nothing."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    browser.open(f"{bare.base}?token={bare.token}").close()
    with browser.open(f"{bare.base}workbook/state") as answer:
        assert answer.status == 200
    with pytest.raises(HTTPError) as refused:
        browser.open(Request(f"{bare.base}workbook/lock", data=b"{}", method="POST"))
    refused.value.close()
    assert refused.value.code == 403


def test_the_link_for_the_browser_lets_one_browser_in(bare: Server) -> None:
    """The first to use it is logged in without the token; the second meets the login page."""
    link = bare.base + bare.post("link")["path"]
    first, second = (build_opener(HTTPCookieProcessor(CookieJar())) for _ in range(2))
    with first.open(link) as page:
        assert page.url == f"{bare.base}doc/tree/00-start.ipynb"
    with second.open(link) as page:
        assert "/login" in page.url


def test_answers_are_never_cached(bare: Server) -> None:
    """What is answered about a practice stays in no browser's cache."""
    assert bare.ask("GET", "workbook/state").headers["Cache-Control"] == "no-store"


def test_terminals_are_off(bare: Server) -> None:
    """No terminal can be opened through the bare."""
    assert bare.ask("POST", "api/terminals", {}).status in (403, 404)


@pytest.mark.parametrize("format", ["pdf", "webpdf", "latex", "qtpng", "rst", "nothing"])
def test_a_way_to_save_that_is_hidden_answers_in_words(bare: Server, format: str) -> None:
    """Asked for by its address: one sentence on what to use instead, no page of errors."""
    for method, path in (("GET", f"nbconvert/{format}/02-pause.ipynb"), ("POST", f"nbconvert/{format}")):
        answer = bare.ask(method, path, None if method == "GET" else {})
        assert (answer.status, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert "Please use ‘PDF’" in answer.content.decode()
        assert "<" not in answer.content.decode()


def test_outputs_counts_and_widget_state_never_reach_the_file(bare: Server) -> None:
    """A page that is saved with what it showed is stored without it, and no checkpoint is written."""
    output = {"output_type": "stream", "name": "stdout", "text": MARK}
    cell = {"cell_type": "code", "source": "1", "metadata": {"execution": {"iopub": MARK}}, "execution_count": 7}
    notebook = {
        "cells": [{**cell, "id": "a", "outputs": [output]}],
        "metadata": {"widgets": {"state": MARK}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = "api/contents/02-pause.ipynb"
    assert bare.ask("PUT", path, {"type": "notebook", "format": "json", "content": notebook}).status == 200
    assert bare.ask("POST", f"{path}/checkpoints").status == 201
    assert MARK not in (bare.workspace / "pages" / "02-pause.ipynb").read_text()
    assert [one.name for one in bare.workspace.rglob("*checkpoint*")] == []


def test_what_a_page_runs_is_in_no_history(start: Start) -> None:
    """Neither code nor a word that a kernel handled lies in the workspace afterwards."""
    server = start()
    server.open_practice()
    with server.page("00-start.ipynb") as kernel:
        kernel.run(f"word = {MARK!r}")
    server.post("close")
    server.process.wait(30)
    for file in (one for one in server.workspace.rglob("*") if one.is_file()):
        assert MARK.encode() not in file.read_bytes(), file
        assert PASSPHRASE.encode() not in file.read_bytes(), file


def test_a_second_start_finds_the_first(start: Start) -> None:
    """While the workbook runs, its address is known to the next start; afterwards it is not."""
    server = start()
    workspace = Workspace(server.workspace)
    assert launcher.running_address(workspace) == f"{server.base}?token={server.token}"
    server.post("close")
    server.process.wait(30)
    assert launcher.running_address(workspace) is None


def test_a_tab_that_was_left_open_is_let_in_after_a_new_start(start: Start) -> None:
    """Same port, same cookie secret: the page goes on by itself, though the token is another one."""
    server = start()
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    browser.open(f"{server.base}?token={server.token}").close()
    server.post("close")
    server.process.wait(60)
    again = start(server.workspace, port=int(server.base.rstrip("/").rpartition(":")[2]))
    assert (again.base, again.token == server.token) == (server.base, False)
    with browser.open(f"{again.base}workbook/state") as answer:
        assert answer.status == 200
