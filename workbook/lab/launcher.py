"""One command opens the workbook: checks the workspace, installs the pages, starts JupyterLab and the browser."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import sys
import zlib
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from workbook.lab import settings, shortcut
from workbook.lab.workspace import Workspace, cloud_warning, install, prepare

_FIRST_PORT, _PORTS = 20_000, 12_000  # below the ranges that systems hand out by themselves


def start(
    folder: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    idle_seconds: float | None = None,
    expose_app: bool = False,
) -> None:
    """Open the workbook on this workspace and serve it until ‘Close and lock’; if it runs already, just open it.

    Args:
        folder: the workspace.
        port: None for the workspace's own, so that a tab left open finds the server again; 0 for any free one.
        browser: open the browser; without a screen the address is printed in any case.
        idle_seconds: until the idle lock; None for the practice's own setting.
        expose_app: let tests reach JupyterLab's application object in the browser.

    Raises:
        WorkspaceProblem: the workspace lies in a git work tree or cannot be written to.
    """
    workspace = prepare(folder)
    browser = browser and has_screen()
    if running := running_address(workspace):
        _show(running, browser)
        return
    _install(workspace)
    if browser:
        shortcut.offer(workspace)
    for name in ("JUPYTER_TOKEN", "JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        os.environ.pop(name, None)  # it could switch the token off, or let others in
    os.environ.update(settings.environment(workspace))
    config = settings.write(
        workspace, port=_port(workspace, port), browser=browser, idle_seconds=idle_seconds, expose_app=expose_app
    )
    if hasattr(signal, "SIGHUP"):  # the terminal's window is closed: end as on any other request, with a backup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    from jupyterlab.labapp import LabApp

    # our own token, so that Jupyter does not explain itself at length; given in memory, it stands in no command line
    LabApp.launch_instance(argv=[f"--config={config}", f"--IdentityProvider.token={secrets.token_urlsafe(32)}"])
    # All is stored, locked and said. A question that was being answered may have left a thread that waits for ever, and
    # Python would wait for it: the process would never end.
    sys.stdout.flush()
    os._exit(0)


def has_screen() -> bool:
    """True when a browser can be shown to somebody."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not os.environ.get("SSH_CONNECTION")


def running_address(workspace: Workspace) -> str | None:
    """Address, with the token, of the workbook that serves this workspace now; None if none does."""
    runtime = settings.runtime_folder(workspace)
    if not runtime.is_dir():
        return None
    from jupyter_server.serverapp import list_running_servers

    for info in list_running_servers(str(runtime)):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", info["port"])) == 0:
                return f"http://127.0.0.1:{info['port']}{info['base_url']}?token={info['token']}"
    return None


def _show(address: str, browser: bool) -> None:
    print(f"The workbook is running already: {address}", flush=True)
    if not browser:
        return
    import webbrowser

    base, _, token = address.partition("?token=")
    asked = Request(f"{base}workbook/link", data=b"{}", headers={"Authorization": f"token {token}"})  # noqa: S310
    try:
        with build_opener(ProxyHandler({})).open(asked, timeout=10) as answer:
            webbrowser.open(base + json.load(answer)["path"])
    except (OSError, ValueError):
        print("It does not answer. Please open the address above, or end the workbook that runs and start it again.")


def _install(workspace: Workspace) -> None:
    from workbook.content.load import notebooks_dir

    done = install(workspace, notebooks_dir())
    for name in done.kept:
        print(f"Your own version of the page {name} is kept. ‘workbook restore --page {name}’ brings ours back.")
    for name in done.broken:
        print(f"The page {name} could not be read. It was put aside in ‘{workspace.kept_pages}’ and installed again.")
    if warning := cloud_warning(workspace.folder):
        print(warning)


def _port(workspace: Workspace, port: int | None) -> int:
    if port == 0:
        with socket.socket() as any_free:
            any_free.bind(("127.0.0.1", 0))
            return int(any_free.getsockname()[1])
    return port or _FIRST_PORT + zlib.crc32(str(workspace.folder).encode()) % _PORTS
