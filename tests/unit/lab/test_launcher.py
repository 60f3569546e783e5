"""What our JupyterLab is told: local, quiet, nothing kept, and nothing of the user's own Jupyter touched."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
import starting

from workbook.lab import launcher, settings, shortcut


@pytest.fixture
def config(workspace):
    """The configuration of a start."""
    path = settings.write(workspace, port=20001, browser=False, idle_seconds=None, expose_app=False)
    return json.loads(path.read_text())


def test_the_server_listens_to_this_computer_alone(config):
    """127.0.0.1, no remote hosts, no terminals, and no token on the disk."""
    server = config["ServerApp"]
    assert (server["ip"], server["allow_remote_access"], server["terminals_enabled"]) == ("127.0.0.1", False, False)
    assert "token" not in json.dumps(config)


def test_nothing_is_fetched_from_the_web(config):
    """No news, no search for updates, no extension manager: a start works offline."""
    lab = config["LabApp"]
    assert lab["news_url"] is None
    assert lab["check_for_updates_class"].endswith("NeverCheckForUpdate")
    assert lab["extension_manager"] == "readonly"


def test_notebooks_are_saved_clean(config):
    """The hook and the checkpoints that write nothing are named as they are called."""
    from traitlets.utils.importstring import import_item

    contents = config["ContentsManager"]
    assert callable(import_item(contents["pre_save_hook"]))
    assert callable(import_item(contents["checkpoints_class"]))
    assert config["FileContentsManager"]["delete_to_trash"] is False


def test_the_kernels_keep_no_history(workspace, config):
    """IPython would write every executed cell into a database."""
    kernel = workspace.lab / "ipython" / "profile_default" / "ipython_kernel_config.json"
    assert json.loads(kernel.read_text())["HistoryManager"]["enabled"] is False


def test_routes_to_pdf_that_fail_or_leak_are_hidden(config):
    """The export menu offers ours instead."""
    for name in ("PDFExporter", "WebPDFExporter", "LatexExporter"):
        assert config[name] == {"enabled": False}


def test_everything_of_jupyter_lies_in_the_workspace(workspace):
    """Configuration, data, run-time files, IPython and matplotlib: none goes to the user's own folders."""
    found = settings.environment(workspace)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        assert found[name].startswith(str(workspace.lab)), name


def test_a_short_idle_time_still_warns_before_it_locks(workspace):
    """The warning comes half way when there is less than two minutes."""
    path = settings.write(workspace, port=1, browser=False, idle_seconds=30, expose_app=False)
    server = json.loads(path.read_text())["WorkbookServer"]
    assert (server["idle_seconds"], server["warning_seconds"]) == (30, 15)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such sockets")
def test_kernels_that_cannot_use_sockets_talk_encrypted(workspace, tmp_path):
    """A path too long for a socket means TCP, and then with keys."""
    long = type(workspace)(tmp_path / ("x" * 120))
    config = json.loads(settings.write(long, port=1, browser=False, idle_seconds=None, expose_app=False).read_text())
    assert config["KernelManager"]["transport"] == "tcp"
    assert config["MappingKernelManager"]["transport_encryption"] == "auto"


def test_a_workspace_has_its_own_port_at_every_start(workspace, tmp_path):
    """So a tab that was left open finds its server again, and never another workspace's."""
    other = type(workspace)(tmp_path / "other")
    assert launcher._port(workspace, None) == launcher._port(workspace, None) != launcher._port(other, None)
    assert launcher._port(workspace, 8123) == 8123


def test_the_address_is_read_from_what_was_printed():
    """Whatever stands before it; and an end without it is an error, not a wait."""
    line = "The workbook is open: http://127.0.0.1:20001/?token=abc\n"
    assert starting.started(iter(["Your own version is kept.\n", line])) == "http://127.0.0.1:20001/?token=abc"
    with pytest.raises(RuntimeError, match="ended"):
        starting.started(iter([]))


def test_without_a_screen_no_browser_is_opened(monkeypatch):
    """A server in a cupboard prints its address."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not launcher.has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert launcher.has_screen()


HUNG = """
import pathlib, sys, threading
from jupyterlab.labapp import LabApp
from workbook.lab import launcher
LabApp.launch_instance = lambda **_: threading.Thread(target=threading.Event().wait).start()
launcher.start(pathlib.Path(sys.argv[1]), port=0, browser=False)
"""


def test_the_process_ends_with_the_server(workspace):
    """Also when a question that was being answered left a thread behind that waits for ever."""
    line = [sys.executable, "-c", HUNG, str(workspace.folder)]
    assert subprocess.run(line, timeout=120, check=False).returncode == 0


def test_shortcuts_quote_folders_as_their_system_does():
    """A blank, a percent sign or a quote in a folder's name does not break the shortcut."""
    line = ["/opt/my python", "-m", "workbook.cli", "--workspace", '/home/a "b" 100%/w']
    assert '"/opt/my python" "-m"' in shortcut.linux(line)
    assert "100%%" in shortcut.linux(line)
    assert shlex.split(shortcut.macos(line).splitlines()[1])[1:] == line
    assert '"/opt/my python" "-m"' in shortcut.windows(line)
    assert shortcut.windows(line).index("chcp 65001") < shortcut.windows(line).index("/opt")  # else Müller is not found
    assert "100%%" in shortcut.windows(line)


@pytest.mark.skipif(sys.platform != "linux", reason="writes this system's own kind of shortcut")
def test_a_shortcut_is_written_and_starts_this_workspace(workspace, own_home):
    """It names the workspace, and nothing that tells an onlooker what the program is for."""
    (entry,) = {path.name: path for path in shortcut.make(workspace)}.values()
    text = entry.read_text()
    assert entry.is_relative_to(own_home)
    assert str(workspace.folder) in text
    assert "\nName=Workbook\n" in text


def test_nobody_is_asked_where_nobody_sits(workspace, monkeypatch):
    """A start from a script does not wait for an answer."""
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115 - closed below
    shortcut.offer(workspace)
    sys.stdin.close()
    assert not (workspace.lab / "shortcut-offered").exists()


def test_a_desktop_that_refuses_a_shortcut_does_not_keep_the_workbook_from_opening(workspace, monkeypatch, capsys):
    """As Windows guards it against programs it does not know: a sentence, and the first start goes on."""
    monkeypatch.setattr(sys, "stdin", Mock(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _: "y")
    monkeypatch.setattr(Path, "write_text", Mock(side_effect=PermissionError(13, "Permission denied")))
    shortcut.offer(workspace)
    assert "opens without it" in capsys.readouterr().out


def test_a_running_workbook_that_does_not_answer_is_said_in_words(capsys):
    """It hangs, or something else took its port: the address stands there, and no traceback."""
    launcher._show("http://127.0.0.1:9/?token=x", browser=True)
    assert "does not answer" in capsys.readouterr().out
