"""Erasing a case, killed at every step: each file is whole, the other case is untouched, and a second run ends it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fault_writer import CHEAP, FORM, PASSPHRASE

from workbook.content import load
from workbook.record import backup, erasing, keys
from workbook.record.erasing import Target
from workbook.record.practice import Practice

ERASER = Path(__file__).with_name("fault_eraser.py")


class Place:
    """A workspace with two cases, two backups and a practice put aside."""

    def __init__(self, root: Path) -> None:
        practice, _ = Practice.create(root / "practice", PASSPHRASE, cost=CHEAP)
        self.key = practice._key
        self.other = practice.add_case("Kim").info.id
        practice.case(self.other).save(FORM.id, {"text": "stays"})
        case = practice.add_case("Robin")
        case.save(FORM.id, {"text": "goes " * 200})
        self.target = Target(case.info.id, case.info.number)
        for _ in range(2):
            backup.make(practice, root / "backups")
        practice.close()
        shutil.copytree(practice.folder, root / f"practice{keys.REPLACED}2026-01-01-000000")
        self.root = root


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """That workspace, made once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(load, "form", {FORM.id: FORM}.__getitem__)
        return Place(tmp_path_factory.mktemp("place") / "workspace")


class Eraser:
    """The process that erases in a workspace of its own and can be let go on, line by line."""

    def __init__(self, place: Place, root: Path) -> None:
        shutil.copytree(place.root, root)
        given = [str(root), place.key.hex(), place.target.id, str(place.target.number)]
        self.process = subprocess.Popen(
            [sys.executable, str(ERASER), *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def go_on(self) -> str:
        """Where it stands next."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the eraser ended by itself"
        return line

    def let(self) -> None:
        """Let it do what it stands before."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.communicate()


def points(place: Place, root: Path) -> list[str]:
    """All places at which an erasing can be killed, in their order."""
    eraser = Eraser(place, root)
    seen = []
    while (line := eraser.go_on()) != "done":
        seen.append(line)
        eraser.let()
    eraser.kill()
    return seen


def cases(practice: Practice, place: Place) -> set[str]:
    """Ids of the cases; the practice is whole, and the other case's words are there."""
    practice.check()
    found = {info.id for info in practice.cases()}
    (entry,) = practice.case(place.other).entries(FORM.id)
    assert entry.answers == {"text": "stays"}
    return found


def look(place: Place, root: Path) -> list[bool]:
    """For each file, whether the case is in it; fails when one of them is half done."""
    practice = Practice.open(root / "practice", place.key)
    there = [place.target.id in cases(practice, place)]
    for copy in erasing.copies(practice, root / "backups", place.key):
        assert not copy.why, copy
        with erasing._opened(copy, place.key) as opened:
            there.append(place.target.id in cases(opened, place))
    practice.close()
    return there


def test_killed_at_any_point(original: Place, tmp_path: Path) -> None:
    """Wherever the process dies, every file opens whole, with the case or without it, and running again erases it."""
    all_points = points(original, tmp_path / "whole")
    assert look(original, tmp_path / "whole") == [False] * 4
    assert {"replace", "fsync", "vacuum", "Searching the files"} <= set(all_points)
    seen = set()
    for number in range(len(all_points)):
        root = tmp_path / f"at-{number}"
        eraser = Eraser(original, root)
        for _ in range(number):
            eraser.go_on()
            eraser.let()
        eraser.go_on()
        eraser.kill()
        before = look(original, root)
        seen.add(tuple(before))
        assert before[0] or not any(before), "the practice is erased before its copies"
        finish(original, root)
        assert look(original, root) == [False] * 4
        assert not [path for path in root.rglob("*") if path.name.endswith(".part")]
        shutil.rmtree(root)
    assert {(True, True, True, True), (False, False, False, False)} < seen


def finish(place: Place, root: Path) -> None:
    """Run it again, as the counselor would: by the case if it is still there, else by what waits."""
    practice = Practice.open(root / "practice", place.key)
    waiting = erasing.pending(practice)
    assert (
        waiting
        or place.target.id in {info.id for info in practice.cases()}
        or not erasing.holds(practice, place.target.id)
    )
    target = waiting[0] if waiting else place.target
    steps = erasing.run(practice, place.key, target, workspace=root, backups=root / "backups")
    try:
        while True:
            next(steps)
    except StopIteration as ended:
        assert ended.value.clean
    assert erasing.pending(practice) == []
    practice.close()
