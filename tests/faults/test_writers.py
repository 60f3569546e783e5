"""Two processes at once, one of them killed: no acknowledged save is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.record.practice import Practice

WRITER = Path(__file__).with_name("fault_writer.py")
ROUNDS, SAVES = 2, 15


class Writer:
    """A process that saves and acknowledges."""

    def __init__(self, practice: Practice, case_id: str, name: str) -> None:
        command = [sys.executable, str(WRITER), str(practice.folder), practice._key.hex(), case_id, name]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.name, self.acknowledged = name, -1
        self.response = self.line()

    def line(self) -> str:
        """The next line; fails when the writer died by itself."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the writer ended by itself"
        return line

    def save(self, count: int) -> None:
        """Wait for acknowledged saves."""
        for _ in range(count):
            self.acknowledged = int(self.line())

    def kill(self) -> None:
        """End it at once, and read what it had acknowledged up to then."""
        self.process.kill()
        assert self.process.stdout is not None
        with self.process.stdout as rest:
            for line in rest.read().splitlines(keepends=True):
                if line.endswith("\n"):
                    self.acknowledged = int(line)
        self.process.wait()


@pytest.fixture
def writers(opened: Practice) -> Iterator[list[Writer]]:
    """Writers that end with the test."""
    started: list[Writer] = []
    yield started
    for writer in started:
        if writer.process.poll() is None:
            writer.kill()


def test_killed_writer_loses_nothing(opened: Practice, writers: list[Writer], form: str) -> None:
    """Kill one of two writers again and again: every save that it acknowledged is there, and all pages are whole."""
    case = opened.add_case("Robin")
    for turn in range(ROUNDS):
        writers += [Writer(opened, case.info.id, f"{turn} {name}") for name in ("first", "second")]
        for writer in writers[-2:]:
            writer.save(SAVES)
        for writer in writers[-2:]:
            writer.kill()
            case.save(form, {"text": f"meanwhile {turn}"})
    texts = {entry.answers.get("text") for entry in case.entries(form)}
    for writer in writers:
        assert writer.acknowledged >= SAVES - 1
        assert {f"{writer.name} {count}" for count in range(writer.acknowledged + 1)} <= texts
        grown = case.response(writer.response)
        assert grown is not None
        assert grown.answers["number"] >= writer.acknowledged
    opened.check()
    opened.close()
    Practice.open(opened.folder, opened._key).close()


def test_two_writers_of_one_response(opened: Practice, writers: list[Writer], form: str) -> None:
    """While another process saves without pause, every save of this one gets its turn and is kept."""
    case = opened.add_case("Robin")
    writers.append(Writer(opened, case.info.id, "other"))
    for count in range(50):
        case.save(form, {"text": f"mine {count}"}, response_id=writers[0].response, sitting="mine")
    writers[0].save(1)
    writers[0].kill()
    both = case.response(writers[0].response)
    assert both is not None
    assert both.answers["text"] == "mine 49"
    assert both.answers["number"] >= writers[0].acknowledged
