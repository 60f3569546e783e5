"""A page that cannot reach the practice says why, and what to do."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from workbook.errors import Locked, NoCase, NoServer, PageNotVouched
from workbook.lab import client


@pytest.fixture(autouse=True)
def no_grant(monkeypatch):
    """A kernel that has asked for nothing yet, outside the workbook."""
    for name in (client.SERVER, client.TICKET, client.REHEARSAL, "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(client, "_granted", {})
    monkeypatch.setattr(client, "_practice", {})


@pytest.fixture
def answering(monkeypatch):
    """A stand-in for the server: answers what it is told, and remembers what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        status, content = 200, b"{}"

        def do_POST(self):
            asked.append((self.path, dict(self.headers)))
            self.send_response(Handler.status)
            self.end_headers()
            self.wfile.write(Handler.content)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv(client.SERVER, f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv(client.TICKET, "ticket")

    def answer(content, status=200):
        Handler.status = status
        Handler.content = content if isinstance(content, bytes) else json.dumps(content).encode()
        return asked

    yield answer
    server.shutdown()
    thread.join()
    server.server_close()


def test_outside_the_workbook_a_page_says_how_to_start_it():
    """Opened in another Jupyter, a notebook names the command."""
    with pytest.raises(NoServer, match="workbook lab"):
        client.connect()


@pytest.mark.parametrize("error", [Locked, PageNotVouched, NoCase])
def test_a_refusal_is_passed_on_in_the_servers_words(answering, error):
    """Each reason is an error of its own."""
    answering({"message": "One sentence.", "kind": error.__name__}, 403)
    with pytest.raises(error, match="One sentence"):
        client.connect()


def test_a_stranger_is_told_so(answering):
    """HTTP 403 carries the sentence to show."""
    answering({"message": "This page was not opened by the workbook."}, 403)
    with pytest.raises(NoServer, match="not opened by the workbook"):
        client.connect()


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff"])
def test_an_answer_that_is_none_is_said_in_words(answering, content):
    """Something else on the port: no traceback of a parser."""
    answering(content)
    with pytest.raises(NoServer, match="does not answer"):
        client.connect()


def test_a_stopped_server_is_said_in_words(monkeypatch):
    """Nobody there: the words stay on the page, and the way back is named."""
    monkeypatch.setenv(client.SERVER, "http://127.0.0.1:9/")
    with pytest.raises(NoServer, match="does not answer"):
        client.connect()


def test_the_key_goes_through_no_proxy(answering, monkeypatch):
    """A proxy that the environment names never sees the ticket or the key."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    asked = answering({"message": "Locked.", "kind": "Locked"}, 423)
    with pytest.raises(Locked):
        client.connect()
    assert asked[0][0] == "/workbook/kernel/claim"
    assert asked[0][1]["X-Workbook-Ticket"] == "ticket"


def test_a_rehearsal_must_be_one(tmp_path, monkeypatch):
    """A folder that holds none is refused with the command that makes one."""
    monkeypatch.setenv(client.REHEARSAL, str(tmp_path))
    with pytest.raises(NoServer, match="workbook demo"):
        client.connect()


def test_importing_it_is_cheap():
    """A page pays for the database and the tables only when it connects."""
    heavy = ("sqlalchemy", "pandas", "jupyter_server")
    code = f"import sys, workbook.lab.client; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
