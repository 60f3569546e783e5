"""Setting up needs nothing but Python, is done once, and says in words what is missing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from workbook import bootstrap


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """A project of its own, and every command that would have been run."""
    (tmp_path / "requirements.lock").write_text("anyio==1")
    (tmp_path / "pyproject.toml").write_text("")
    for name, place in {
        "ROOT": tmp_path,
        "LOCK": tmp_path / "requirements.lock",
        "VENV": tmp_path / ".venv",
        "STAMP": tmp_path / ".venv" / "stamp.json",
    }.items():
        monkeypatch.setattr(bootstrap, name, place)
    ran: list[list[str]] = []

    def call(line, **_):
        ran.append(list(line))
        if "venv" in line:
            bootstrap.python().parent.mkdir(parents=True)
            bootstrap.python().touch()
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    return ran


def test_it_needs_the_standard_library_alone():
    """It runs before anything is installed."""
    tree = ast.parse(Path(bootstrap.__file__).read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_the_lock_is_installed_with_hashes_once(calls):
    """A second start runs nothing, so it works offline; a new lock is installed."""
    bootstrap.set_up()
    assert any("--require-hashes" in line for line in calls)
    assert any("--no-deps" in line and "--editable" in line for line in calls)
    calls.clear()
    bootstrap.set_up()
    assert calls == []
    bootstrap.LOCK.write_text("anyio==2")
    bootstrap.set_up()
    assert any("--require-hashes" in line for line in calls)
    assert not any("venv" in line for line in calls)


def test_what_failed_is_tried_again(calls, monkeypatch, capsys):
    """No network: said in words, code 1, and not taken for done."""
    monkeypatch.setattr(subprocess, "call", lambda line, **_: calls.append(list(line)) or int("pip" in line))
    bootstrap.python().parent.mkdir(parents=True)
    bootstrap.python().touch()
    assert bootstrap.main(["setup"]) == 1
    assert "internet" in capsys.readouterr().err
    assert not bootstrap.STAMP.exists()


def test_a_folder_that_was_left_half_made_is_made_anew(calls, monkeypatch):
    """The first start was stopped while pip was still on its way; the next one does not blame the internet."""
    bootstrap.python().parent.mkdir(parents=True)
    bootstrap.python().touch()
    call = subprocess.call

    def without_pip(line, **more):
        made = any("venv" in one for one in calls)
        return call(line, **more) if made or "pip" not in line else 1

    monkeypatch.setattr(subprocess, "call", without_pip)
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    bootstrap.set_up()
    assert any("--clear" in line for line in calls)
    assert any("--require-hashes" in line for line in calls)


def test_an_old_python_is_said_in_words(monkeypatch, capsys):
    """With no newer one on the computer, the version that is needed is named."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    assert bootstrap.main(["lab"]) == 1
    assert "3.11 or newer, and this is 3.9.2" in capsys.readouterr().err


def test_a_newer_python_beside_an_old_one_is_used(calls, monkeypatch):
    """`python3` is often old where `python3.12` is there."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/x/python3.12" if name == "python3.12" else None)
    assert bootstrap.main(["lab", "--no-browser"]) == 0
    assert calls == [["/x/python3.12", "-m", "workbook.bootstrap", "lab", "--no-browser"]]


def test_a_missing_venv_module_is_said_in_words(calls, monkeypatch, capsys):
    """Debian ships Python without it; the package is named."""
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)
    assert bootstrap.main(["setup"]) == 1
    assert "python3-venv" in capsys.readouterr().err


def test_an_unknown_command_lists_the_known_ones(capsys):
    """Code 2."""
    assert bootstrap.main(["lob"]) == 2
    assert "setup, lab, demo, test, bench" in capsys.readouterr().err


def test_the_browser_named_by_the_environment_is_used(monkeypatch):
    """Whoever knows better is believed."""
    monkeypatch.setenv("WORKBOOK_BROWSER", "/opt/browser")
    assert bootstrap.browser() == "/opt/browser"
