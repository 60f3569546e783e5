"""What the server knows goes when it locks, and the tabs hear of it, also when something beside it fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.errors import DamagedPractice, Locked, NotAPractice, PracticeProblem
from workbook.lab.idle import IdleClock
from workbook.lab.keeper import Keeper
from workbook.lab.workspace import Workspace
from workbook.record import backup, keys
from workbook.record.keys import Cost
from workbook.record.practice import Practice

PASSPHRASE = "lantern orchard velvet thunder"
Do = Callable[[Keeper, list[str]], Awaitable[Any]]


class NoKernels:
    """No page is open."""

    async def end(self, but: str | None = None) -> None:
        """Nothing to end."""


@pytest.fixture
def with_keeper(workspace: Workspace) -> Callable[[Do], Any]:
    """Does something with a keeper of a new, open practice, and with the list of what its tabs hear."""
    Practice.create(workspace.practice, PASSPHRASE, cost=Cost(64, 1, 1))[0].close()

    async def run(do: Do) -> Any:
        heard: list[str] = []
        keeper = Keeper(workspace, NoKernels(), IdleClock())  # type: ignore[arg-type]
        keeper.tabs.say = lambda word, **_: heard.append(word)  # type: ignore[method-assign]
        await keeper.unlock(PASSPHRASE)
        heard.clear()
        return await do(keeper, heard)

    return lambda do: asyncio.run(run(do))


def full(*_: Any) -> None:
    """A disk without room."""
    raise OSError(28, "No space left on device")


def test_a_file_that_is_no_backup_locks_nothing(with_keeper: Callable[[Do], Any]) -> None:
    """It is refused where it was chosen, and the work goes on."""

    async def restore(keeper: Keeper, heard: list[str]) -> None:
        with pytest.raises(NotAPractice):
            await keeper.restore(Path("nowhere.backup"))
        assert keeper.practice is not None
        assert heard == []

    with_keeper(restore)


def test_a_restore_that_fails_late_is_heard_as_the_lock_that_it_was(
    with_keeper: Callable[[Do], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice locked first: no tab may go on showing what a client wrote. Nothing is left lying about."""

    async def restore(keeper: Keeper, heard: list[str]) -> None:
        assert keeper.practice
        kept = backup.make(keeper.practice, keeper.workspace.backups)
        monkeypatch.setattr(backup, "put", full)
        with pytest.raises(OSError, match="No space"):
            await keeper.restore(kept)
        assert (keeper.practice, heard) == (None, ["locking", "locked"])
        assert [path.name for path in keeper.workspace.folder.glob(".*")] == []

    with_keeper(restore)


def test_nobody_gets_the_key_while_the_backup_is_written(
    with_keeper: Callable[[Do], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernels have ended by then: one that asked now would keep the key after the lock."""

    async def close(keeper: Keeper, heard: list[str]) -> None:
        made = backup.make

        def slow(practice: Practice, folder: Path) -> Path:
            with pytest.raises(Locked):
                keeper.opened()
            return made(practice, folder)

        monkeypatch.setattr(backup, "make", slow)
        await keeper.close()
        assert heard == ["locking", "locked", "stopping"]
        assert len(list(keeper.workspace.backups.iterdir())) == 1

    with_keeper(close)


def test_a_backup_that_cannot_be_written_is_said_in_words(
    with_keeper: Callable[[Do], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the practice is locked all the same, and the sentence says what to do."""

    async def close(keeper: Keeper, heard: list[str]) -> None:
        monkeypatch.setattr(backup.archive, "write", full)
        with pytest.raises(PracticeProblem, match="No space left on device"):
            await keeper.close()
        assert (keeper.key, heard) == (None, ["locking", "locked"])

    with_keeper(close)


def test_a_workbook_that_only_locks_by_itself_has_one_backup_a_day(
    with_keeper: Callable[[Do], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who never closes it has one all the same, and ten idle hours of a day push no older day out."""

    async def wait(keeper: Keeper, heard: list[str]) -> None:
        monkeypatch.setattr(keeper._clock, "due", lambda: "lock")
        for _ in range(2):
            await keeper.tick()
            await keeper.unlock(PASSPHRASE)
        assert len(list(keeper.workspace.backups.iterdir())) == 1

    with_keeper(wait)


def test_the_recovery_key_stays_a_way_in_when_the_other_part_is_damaged(with_keeper: Callable[[Do], Any]) -> None:
    """The sentence says ‘use the recovery key’: then the lock screen must offer it, not only the backups."""

    async def unlock(keeper: Keeper, heard: list[str]) -> None:
        await keeper.lock()
        path = keeper.workspace.practice / keys.FILE
        data = json.loads(path.read_text())
        data["passphrase"]["sum"] = "0"
        path.write_text(json.dumps(data))
        with pytest.raises(DamagedPractice, match="Use the recovery key"):
            await keeper.unlock(PASSPHRASE)
        assert (await keeper.state())["practice"] == "locked"

    with_keeper(unlock)


def test_the_sheet_may_be_typed_back_as_it_is_read(with_keeper: Callable[[Do], Any]) -> None:
    """An O for the nought, an l for the one, as a recovery key may be typed: the sheet is the right one."""

    async def confirm(keeper: Keeper, heard: list[str]) -> None:
        keeper._recovery = "0A0B-1C1D-2222-3333-4444-5555-6666"
        await keeper.confirm({"1": "oAoB", "2": "lCiD"})
        assert (await keeper.state())["confirmed"]

    with_keeper(confirm)
