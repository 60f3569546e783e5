"""How our JupyterLab is set: quiet, local, nothing kept. Written anew at each start into the workspace's own folder.

None of it touches the user's other Jupyter: configuration, data and run-time folders are the workspace's own.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from workbook.lab.workspace import START, Workspace

CONFIG_FILE = "workbook_lab.json"
_LONGEST_SOCKET_PATH = 100  # bytes; Linux allows 107, macOS 103
_KERNEL_SOCKET = len("/kernel-00000000-0000-0000-0000-000000000000-ipc-5")

OVERRIDES: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/notebook-extension:tracker": {
        "showInputPlaceholder": False,
        "scrollPastEnd": False,
        "autoStartDefaultKernel": True,
        "kernelShutdown": True,  # a page that is left ends its kernel, and the key with it
        "accessKernelHistory": False,
        "windowingMode": "defer",
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
    "@jupyterlab/application-extension:shell": {"startMode": "single"},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
}
DISABLED = (
    "@jupyterlab/application-extension:faviconbusy",  # it asks for a picture at every cell, while the page opens
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/apputils-extension:splash",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/notebook-extension:factory",  # ours (static/editors.js) stands in its place
)
KERNEL: dict[str, dict[str, Any]] = {
    "HistoryManager": {"enabled": False, "hist_file": ":memory:"},
    "IPKernelApp": {"extensions": ["workbook.lab.warm"], "exec_PYTHONSTARTUP": False},
    "InlineBackend": {"figure_formats": ["svg"]},
}
FAILING_EXPORTERS = (
    *("PDFExporter", "WebPDFExporter", "LatexExporter", "QtPDFExporter", "QtPNGExporter"),  # fail, or leak local files
    *("ASCIIDocExporter", "RSTExporter"),  # need pandoc
)


def environment(workspace: Workspace) -> dict[str, str]:
    """Variables that keep this JupyterLab, its kernels and matplotlib in the workspace's own folder."""
    lab = workspace.lab
    return {
        "JUPYTER_CONFIG_DIR": str(lab / "config"),
        "JUPYTER_DATA_DIR": str(lab / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime_folder(workspace)),
        "JUPYTER_NO_CONFIG": "1",  # neither the machine's nor the user's configuration
        "JUPYTER_PLATFORM_DIRS": "1",
        "IPYTHONDIR": str(lab / "ipython"),
        "MPLCONFIGDIR": str(lab / "matplotlib"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a debugger nobody uses here would warn about frozen modules
    }


def runtime_folder(workspace: Workspace) -> Path:
    """Folder of connection files and of the running server's address."""
    return workspace.lab / "runtime"


def write(workspace: Workspace, *, port: int, browser: bool, idle_seconds: float | None, expose_app: bool) -> Path:
    """Write all settings; returns the file to start JupyterLab with."""
    lab = workspace.lab
    for place in (lab / "config" / "settings", lab / "data", runtime_folder(workspace), lab / "ipython"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    # the application's own folder: with JUPYTER_NO_CONFIG the configuration folder is not read
    _json(lab / "config" / "settings" / "overrides.json", OVERRIDES)
    _json(lab / "config" / "settings" / "page_config.json", {"disabledExtensions": dict.fromkeys(DISABLED, True)})
    _json(lab / "ipython" / "profile_default" / "ipython_kernel_config.json", KERNEL)
    config = _server(workspace, port, browser, expose_app)
    if idle_seconds is not None:
        warning = min(60.0, idle_seconds / 2)
        config["WorkbookServer"] |= {"idle_seconds": idle_seconds, "warning_seconds": warning}
    return _json(lab / CONFIG_FILE, config)


def _server(workspace: Workspace, port: int, browser: bool, expose_app: bool) -> dict[str, Any]:
    lab, extension = workspace.lab, Path(__file__).parent / "labextension"
    transport = _transport(runtime_folder(workspace))
    return {
        "ServerApp": {
            "jpserver_extensions": {"jupyterlab": True, "jupyter_lsp": True, "workbook.lab.server": True},
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 50,
            "open_browser": False,  # ours does, see entrance.py
            "root_dir": str(workspace.pages),
            "default_url": f"/doc/tree/{START}.ipynb",
            "kernel_manager_class": "workbook.lab.kernels.PageKernels",
            "terminals_enabled": False,
            "answer_yes": True,
            "allow_remote_access": False,
            "allow_root": True,  # a container has no other user; the server listens to this computer alone
            "cookie_secret_file": str(lab / "cookie_secret"),  # kept, so that open tabs come back after a new start
            "log_level": "ERROR",
            "shutdown_no_activity_timeout": 0,
        },
        "LabApp": {
            "default_url": f"/doc/tree/{START}.ipynb",
            "extra_labextensions_path": [str(extension)],
            "labextensions_path": _widget_extensions(),
            "app_settings_dir": str(lab / "config" / "settings"),
            "workspaces_dir": str(lab / "config" / "workspaces"),
            "user_settings_dir": str(lab / "config" / "user-settings"),
            "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            "news_url": None,
            "extension_manager": "readonly",
            "expose_app_in_browser": expose_app,
            "log_level": "ERROR",
        },
        "WorkbookServer": {"workspace": str(workspace.folder), "show": browser, "log_level": "ERROR"},
        "KernelSpecManager": {"allowed_kernelspecs": ["python3"]},
        "KernelManager": {"transport": transport},
        "MappingKernelManager": {"transport_encryption": "disabled" if transport == "ipc" else "auto"},
        "ContentsManager": {
            "checkpoints_class": "workbook.lab.contents.NoCheckpoints",
            "pre_save_hook": "workbook.lab.contents.drop_answers",
        },
        "FileContentsManager": {"delete_to_trash": False},
        "LanguageServerManager": {"autodetect": False},  # it would run npm and look around the machine
        "NotebookNotary": {"db_file": ":memory:"},
        **{name: {"enabled": False} for name in FAILING_EXPORTERS},
    }


def _transport(runtime: Path) -> str:
    """Sockets in a private folder where the system has them and the path fits, otherwise (encrypted) TCP."""
    fits = len(os.fsencode(runtime)) + _KERNEL_SOCKET <= _LONGEST_SOCKET_PATH
    return "ipc" if os.name != "nt" and fits else "tcp"


def _widget_extensions() -> list[str]:
    """Where ipywidgets puts its browser part; what else the machine has is left out."""
    from jupyter_core.paths import ENV_JUPYTER_PATH, jupyter_path

    found = [place for place in jupyter_path("labextensions") if (Path(place) / "@jupyter-widgets").is_dir()]
    return found[:1] or [str(Path(ENV_JUPYTER_PATH[0]) / "labextensions")]


def _json(path: Path, content: object) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return path
