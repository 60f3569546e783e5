"""A small client for a real server: its routes, a tab's live line, a page's kernel."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import websocket

PASSPHRASE = "lantern orchard velvet thunder"
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """Status and JSON (or bytes) of an answer, and its headers."""

    status: int
    content: Any
    headers: dict[str, str]


class Server:
    """A running workbook, asked with the token."""

    def __init__(self, process: subprocess.Popen[str], address: str, workspace: Path) -> None:
        self.process, self.workspace = process, workspace
        self.base, _, self.token = address.partition("?token=")

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        given = {"Authorization": f"token {self.token}"} if headers is None else headers
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = Request(self.base + path, data=data, method=method, headers=given)
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, _content(answer.read()), dict(answer.headers))
        except HTTPError as error:
            return Answer(error.code, _content(error.read()), dict(error.headers))

    def get(self, what: str) -> Any:
        answer = self.ask("GET", f"workbook/{what}")
        assert answer.status == 200, answer
        return answer.content

    def post(self, what: str, /, **body: Any) -> Any:
        answer = self.ask("POST", f"workbook/{what}", body)
        assert answer.status == 200, answer
        return answer.content

    def refused(self, what: str, /, **body: Any) -> str:
        answer = self.ask("POST", f"workbook/{what}", body)
        assert answer.status >= 400, answer
        return str(answer.content["message"])

    def open_practice(self) -> str:
        """Create and confirm a practice; returns its recovery key."""
        recovery: str = self.post("create", passphrase=PASSPHRASE)["recovery"]
        groups = recovery.split("-")
        self.post("confirm", groups={"2": groups[1], "5": groups[4]})
        return recovery

    @contextmanager
    def tab(self) -> Iterator[Tab]:
        """A browser tab's end of the live line."""
        line = self._websocket("workbook/live")
        try:
            yield Tab(line)
        finally:
            line.close()

    @contextmanager
    def page(self, path: str) -> Iterator[Kernel]:
        """A page's session, and its kernel."""
        body = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.ask("POST", "api/sessions", body).content
        line = self._websocket(f"api/kernels/{session['kernel']['id']}/channels")
        try:
            yield Kernel(session["kernel"]["id"], line)
        finally:
            line.close()

    def kernels(self) -> list[str]:
        return [one["id"] for one in self.ask("GET", "api/kernels").content]

    def _websocket(self, path: str) -> websocket.WebSocket:
        address = self.base.replace("http", "ws", 1) + path
        return websocket.create_connection(address, header={"Authorization": f"token {self.token}"}, timeout=PATIENCE)


class Tab:
    """Hears what the server says and answers."""

    def __init__(self, line: websocket.WebSocket) -> None:
        self._line = line

    def hear(self) -> dict[str, Any]:
        return dict(json.loads(self._line.recv()))

    def say(self, word: str) -> None:
        self._line.send(json.dumps({"say": word}))


class Kernel:
    """Runs code in a page's kernel."""

    def __init__(self, kernel_id: str, line: websocket.WebSocket) -> None:
        self.id, self._line = kernel_id, line

    def run(self, code: str) -> str:
        """What the code prints, or the name and words of its error."""
        message = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        header = {
            "msg_id": message,
            "session": message,
            "username": "",
            "msg_type": "execute_request",
            "version": "5.3",
        }
        request = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self._line.send(json.dumps(request))
        said = ""
        while True:
            found = json.loads(self._line.recv())
            if found["parent_header"].get("msg_id") != message:
                continue
            if found["msg_type"] == "stream":
                said += found["content"]["text"]
            elif found["msg_type"] == "error":
                said += f"{found['content']['ename']}: {found['content']['evalue']}"
            elif found["msg_type"] == "status" and found["content"]["execution_state"] == "idle":
                return said.strip()


def _content(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw


Start = Callable[..., Server]
