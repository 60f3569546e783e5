"""A real Jupyter server, started by the launcher as its own process."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import starting

from .client import PATIENCE, Server, Start


def begin(workspace: Path, **options: Any) -> Server:
    """Start a workbook on this workspace and wait for its address."""
    process = subprocess.Popen(
        starting.command(workspace, **options), stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    assert process.stdout
    server = Server(process, starting.started(process.stdout), workspace)
    threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would hold the server up
    return server


def end(server: Server) -> None:
    """End a workbook, if it has not ended by itself."""
    server.process.terminate()
    server.process.wait(PATIENCE)
    assert server.process.stdout
    server.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path, own_home: Path) -> Iterator[Start]:
    """Starts servers, each on a workspace of its own unless one is given; ends them after the test."""
    running: list[Server] = []

    def one_more(workspace: Path | None = None, **options: Any) -> Server:
        running.append(begin(workspace or tmp_path / f"workspace{len(running)}", **options))
        return running[-1]

    yield one_more
    for server in running:
        end(server)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server without a practice, for the tests of a module that change nothing in it."""
    server = begin(tmp_path_factory.mktemp("bare") / "workspace")
    yield server
    end(server)
