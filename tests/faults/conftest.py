"""Forms of the tests' own, and a practice that a fault can be done to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fault_writer import CHEAP, FORM, MARKER, PASSPHRASE

from workbook.content import load
from workbook.record.case import ImportedEntry
from workbook.record.practice import Practice

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def form(monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a form with one text, in the place of those in data/."""
    monkeypatch.setattr(load, "form", {FORM.id: FORM}.__getitem__)
    return FORM.id


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A closed practice with one case and a hundred entries, and its recovery key; made once."""
    folder = tmp_path_factory.mktemp("original") / "practice"
    practice, recovery_key = Practice.create(folder, PASSPHRASE, cost=CHEAP)
    case = practice.add_case(MARKER)
    answers = [{"text": f"{MARKER} {count} " + "x" * 500} for count in range(100)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(load, "form", {FORM.id: FORM}.__getitem__)
        case.add_import(ImportedEntry(str(n), FORM.id, NOON, "UTC", False, one, {}) for n, one in enumerate(answers))
    practice.close()
    return folder, recovery_key


@pytest.fixture
def recovery_key(original: tuple[Path, str]) -> str:
    """The recovery key of that practice."""
    return original[1]


@pytest.fixture
def folder(tmp_path: Path, original: tuple[Path, str]) -> Path:
    """The folder of the test's own copy of it."""
    return Path(shutil.copytree(original[0], tmp_path / "practice"))


@pytest.fixture
def key(folder: Path) -> bytes:
    """Its data key."""
    return Practice.unlock(folder, PASSPHRASE)


@pytest.fixture
def opened(folder: Path, key: bytes) -> Iterator[Practice]:
    """The practice, open."""
    practice = Practice.open(folder, key)
    yield practice
    practice.close()
