"""A file is the old one or the new one."""

import os
from pathlib import Path

import pytest

from workbook.record import files


def test_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, the earlier file stands and no part file is left."""
    path = tmp_path / "a"
    files.write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_patience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds for a moment, as on Windows, is replaced a moment later."""
    path, refused, replace = tmp_path / "a", [1, 2], os.replace

    def busy(*names: Path) -> None:
        if refused:
            refused.pop()
            raise PermissionError
        replace(*names)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(files, "_PAUSE", 0)
    files.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
