"""What the server knows while the practice is open: the data key, the open case, the idle clock. All of it in memory.

Everything that touches the practice runs on one thread beside the event loop, so that Argon2, a backup or a PDF holds
up neither the other pages nor the lock screen, and no two of them meet.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workbook.errors import Locked, NewerPractice, NoCase, PracticeProblem, WrongKey
from workbook.lab import strength
from workbook.lab.idle import STANDARD_MINUTES, IdleClock
from workbook.lab.kernels import PageKernels
from workbook.lab.live import Tabs
from workbook.lab.workspace import START, Workspace, cloud_warning
from workbook.record import backup, keys, recovery
from workbook.record.practice import Practice

if TYPE_CHECKING:
    from workbook.record.case import Case

T = TypeVar("T")
_LONGEST_DELAY = 8.0  # seconds before another guess at a passphrase
_GROUPS_TO_TYPE = 2


class Keeper:
    """The server's knowledge, in one place. Locking empties it.

    Args:
        workspace: where pages, practice and backups lie.
        kernels: the kernels of pages, to be ended when the key goes.
        clock: the idle clock.
        fixed_idle: the clock's limit stands; otherwise the practice's setting does (15 minutes unless changed).
    """

    def __init__(
        self,
        workspace: Workspace,
        kernels: PageKernels,
        clock: IdleClock,
        fixed_idle: bool = False,
    ) -> None:
        self.workspace, self.kernels = workspace, kernels
        self.tabs = Tabs()
        self.practice: Practice | None = None
        self.case: Case | None = None
        self.figures: dict[str, dict[int, tuple[str, str]]] = {}
        self.key: bytes | None = None  # for vouching, and for the kernels of vouched pages
        self._recovery: str | None = None
        self._damaged: str | None = None
        self._left_open: str | None = None  # id of the case that was open when the practice locked
        self._support: dict[str, Any] | None = None
        self._clock, self._fixed_idle = clock, fixed_idle
        self._failures = 0
        self._turn, self._guessing = asyncio.Lock(), asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="workbook-record")

    def __repr__(self) -> str:
        return "<Keeper>"

    def opened(self) -> tuple[Practice, bytes]:
        """The open practice and its data key; raises Locked."""
        if self.practice is None or self.key is None:
            raise Locked("The practice is locked. Please unlock it first.")
        return self.practice, self.key

    def opened_case(self) -> Case:
        """The open case; raises Locked or NoCase."""
        self.opened()
        if self.case is None:
            raise NoCase("No case is open. Go to the start page and choose one.")
        return self.case

    async def work(self, job: Callable[[], T]) -> T:
        """Run something that touches the practice on its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    # ---- how things stand ------------------------------------------------------------------------------------------

    async def state(self) -> dict[str, Any]:
        """What every page may know: nothing of a client but the open case's id and alias."""
        known = {
            **await self.work(self._look),
            "case": self._named_case(),
            "idle_seconds": self._clock.limit,
            "idle_seconds_left": self._clock.left(),
            "workspace": self.workspace.folder.name,
            "warn": cloud_warning(self.workspace.folder),
            "message": self._damaged,
        }
        return {name: value for name, value in known.items() if value is not None or name == "case"}

    def _look(self) -> dict[str, Any]:
        """How the practice stands; on its thread, so that a lock comes before or after, never in the middle."""
        practice, folder = self.practice, self.workspace.practice
        if practice is not None:
            self._read_settings(practice)
            return {"practice": "open", "rehearsal": practice.rehearsal, "confirmed": practice.sheet_confirmed}
        state = "damaged" if self._damaged else Practice.state(folder)
        return {"practice": state, "rehearsal": state == "locked" and keys.is_rehearsal(folder)}

    def _named_case(self) -> dict[str, str] | None:
        return {"id": self.case.info.id, "alias": self.case.info.alias} if self.case else None

    async def support(self) -> dict[str, Any]:
        """Whom to call, as a client may see it. Public numbers alone, so they stay at hand after a lock."""
        from workbook.record.support import support

        if self.practice is not None or self._support is None:
            self._support = await self.work(lambda: support(self.practice))
        return self._support

    # ---- create, unlock, keys --------------------------------------------------------------------------------------

    async def create(self, passphrase: str) -> str:
        """A new practice, open at once; returns the recovery key, to be shown once and confirmed.

        Raises:
            WeakPassphrase: it is too easy to guess.
            PracticeProblem: the workspace has a practice already.
        """
        folder = self.workspace.practice

        def made() -> tuple[bytes, str]:
            strength.require(passphrase)
            if Practice.state(folder) != "none":
                raise PracticeProblem("This workspace has a practice already. Please unlock it.")
            practice, sheet = Practice.create(folder, passphrase)
            practice.close()
            return Practice.unlock(folder, passphrase), sheet

        async with self._turn:
            key, sheet = await self.work(made)
            await self._hold(key)
        self._recovery = sheet
        return sheet

    async def confirm(self, groups: dict[str, str]) -> None:
        """Two groups of the recovery sheet, typed back by their number (1-7).

        Raises:
            WrongKey: a group differs, or fewer than two were given.
        """
        if self._recovery is None:
            raise WrongKey("There is no recovery sheet to confirm. Please make a new recovery key on the start page.")
        right = dict(enumerate(self._recovery.split("-"), 1))
        typed = {int(place): recovery.plain(text) for place, text in groups.items() if place.isdigit()}
        if len(typed) < _GROUPS_TO_TYPE or any(right.get(place) != text for place, text in typed.items()):
            raise WrongKey("That is not what the sheet says. Please look at the two groups once more.")
        await self.work(lambda: self.opened()[0].confirm_sheet(True))
        self._recovery = None

    async def unlock(self, passphrase: str) -> None:
        """Open the practice; wrong passphrases are answered more and more slowly.

        Raises:
            WrongKey, NotAPractice, DamagedPractice, NewerPractice: see `Practice`.
        """
        await self._unlocked(await self._guess(Practice.unlock, passphrase))

    async def recover(self, recovery_key: str, passphrase: str) -> None:
        """Open the practice by the recovery key and give it a new passphrase; raises what `unlock` raises."""
        await self.work(lambda: strength.require(passphrase))
        key = await self._guess(Practice.recover, recovery_key)
        await self.work(lambda: keys.change_passphrase(self.workspace.practice, key, passphrase))
        await self._unlocked(key)

    async def change_passphrase(self, old: str, new: str) -> None:
        """Let a new passphrase open the practice; the old one is asked for once more."""
        self.opened()
        await self.work(lambda: strength.require(new))
        key = await self._guess(Practice.unlock, old)
        await self.work(lambda: keys.change_passphrase(self.workspace.practice, key, new))

    async def new_recovery_key(self, passphrase: str) -> str:
        """A new recovery key, to be shown once and confirmed; the earlier one no longer opens the practice."""
        self.opened()
        key = await self._guess(Practice.unlock, passphrase)

        def made() -> str:
            self.opened()[0].confirm_sheet(False)
            return keys.new_recovery_key(self.workspace.practice, key)

        self._recovery = await self.work(made)
        return self._recovery

    async def _guess(self, opens: Callable[[Path, str], bytes], secret: str) -> bytes:
        async with self._guessing:
            if self._failures:
                await asyncio.sleep(min(0.25 * 2**self._failures, _LONGEST_DELAY))
            try:
                key = await self.work(lambda: opens(self.workspace.practice, secret))
            except WrongKey:
                self._failures += 1
                raise
            self._failures = 0
            return key

    async def _unlocked(self, key: bytes) -> None:
        async with self._turn:
            if self.practice is None:
                await self._hold(key)
        self.tabs.say("unlocked")

    async def _hold(self, key: bytes) -> None:
        def opened() -> tuple[Practice, Case | None]:
            practice = Practice.open(self.workspace.practice, key)
            try:
                practice.check()
            except PracticeProblem:
                practice.close()
                raise
            self._read_settings(practice)
            return practice, find_case(practice, self._left_open)

        try:
            self.practice, self.case = await self.work(opened)
        except PracticeProblem as problem:
            self._damaged = None if isinstance(problem, NewerPractice) else str(problem)
            raise
        self.key, self._damaged = key, None
        self._clock.start()

    # ---- cases -------------------------------------------------------------------------------------------------------

    async def open_case(self, case_id: str | None) -> None:
        """Store and close the pages of the case before, then open another one; None closes it.

        Raises:
            Locked: the practice is not open. WorkbookError: there is no such case. PracticeProblem: the sheet is not
                confirmed.
        """
        async with self._turn:
            practice, _ = self.opened()
            await self.work(practice.expect_sheet)
            case = await self.work(lambda: practice.case(case_id)) if case_id else None
            if _id(self.case) != _id(case):
                await self._end_pages(case=_id(case))
            self.case = case
        self.tabs.say("case", case=self._named_case())

    @asynccontextmanager
    async def alone(self, why: str) -> AsyncIterator[tuple[Practice, bytes]]:
        """The practice and its key while no page but the start page runs; the others store their words and say `why`.

        Nobody locks, closes or opens a case meanwhile; the tabs hear how the case stands afterwards. Raises Locked.
        """
        async with self._turn:
            held = self.opened()
            await self._end_pages(case=None, why=why)
            yield held
        self.tabs.say("case", case=self._named_case())

    async def _end_pages(self, **news: Any) -> None:
        """All but the start page: it follows the open case."""
        await self.tabs.store_words("close-pages", **news)
        await self.kernels.end(but=START)
        self.figures.clear()

    # ---- idle, lock, close -----------------------------------------------------------------------------------------

    def alive(self) -> None:
        """Somebody is there: the idle clock starts anew."""
        if self._clock.alive():
            self.tabs.say("active")

    async def tick(self) -> None:
        """Look at the idle clock: warn a minute before, then lock."""
        due = self._clock.due() if self.practice is not None else None
        if due == "lock":
            with suppress(PracticeProblem):  # there is nobody to tell; the next close says it
                await self.lock(make_backup=not await self.work(self._kept_today))
        elif due == "warn":
            self.tabs.say("warn-idle", seconds=round(self._clock.left()))

    async def lock(self, word: str = "locking", *, make_backup: bool = False) -> None:
        """Let the tabs store their last words, end the kernels that hold the key, and forget it.

        `word` is what the tabs are told first: `locking`, or `blank` when somebody leaves quickly. With `make_backup`
        it raises what the backup raises, with the practice locked.
        """
        async with self._turn:
            await self._lock(word, make_backup)

    async def close(self) -> None:
        """Lock, and make a backup before the key goes; raises what the backup raises, with the practice locked."""
        await self.lock(make_backup=True)
        self.tabs.say("stopping")

    async def restore(self, file: Path) -> None:
        """Put a backup in the place of the practice, which is kept aside; the practice is locked afterwards.

        A file that cannot be used is refused before anything is locked.
        """
        folder, held = self.workspace.practice, ExitStack()
        async with self._turn:
            try:
                fresh = await self.work(lambda: held.enter_context(backup.unpacked(file, folder)))
                await self._lock("locking")
                self._left_open = None
                await self.work(lambda: backup.put(fresh, folder))
            finally:
                await self.work(held.close)
            self._damaged = None
        self.tabs.say("locked")  # to those, too, that saw a damaged one

    async def _lock(self, word: str, make_backup: bool = False) -> None:
        practice = self.practice
        if practice is None:
            return
        await self.tabs.store_words(word)
        await self.kernels.end()
        # unlocking leads back to the same spot, unless somebody had to leave quickly
        self._left_open = _id(self.case) if word == "locking" else None
        # before anything else is waited for: a kernel that asks meanwhile would keep the key
        self.practice = self.case = self.key = self._recovery = None
        self.figures.clear()
        try:
            if make_backup:
                await self.work(lambda: backup.make(practice, self.workspace.backups))
        finally:
            self.tabs.say("locked")
            await self.work(practice.close)

    def _kept_today(self) -> bool:
        """Was a backup made today? Who never closes the workbook, and lets it lock by itself, has one a day."""
        newest = next(iter(backup.listing(self.workspace.backups)), None)
        return bool(newest and newest.made_at and newest.made_at.astimezone().date() == date.today())

    def _read_settings(self, practice: Practice) -> None:
        if not self._fixed_idle:
            self._clock.limit = 60.0 * float(practice.setting("idle_minutes", STANDARD_MINUTES))


def _id(case: Case | None) -> str | None:
    return None if case is None else case.info.id


def find_case(practice: Practice, case_id: str | None) -> Case | None:
    """The case with this id; None when the practice has none."""
    return next((practice.case(one.id) for one in practice.cases() if one.id == case_id), None)
