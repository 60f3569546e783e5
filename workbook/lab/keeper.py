"""What the server knows while the practice is open: the data key, the open case, the idle clock. All of it in memory.

Everything that touches the practice runs on one thread beside the event loop, so that Argon2, a backup or a PDF holds
up neither the other pages nor the lock screen, and no two of them meet.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workbook.content import edition, pages
from workbook.errors import Locked, NewerPractice, NoCase, PracticeProblem, WorkbookError, WrongKey
from workbook.lab import strength
from workbook.lab.idle import STANDARD_MINUTES, IdleClock
from workbook.lab.kernels import PageKernels, Seat
from workbook.lab.live import Tabs
from workbook.lab.vouching import SENTENCES, Vouching
from workbook.lab.workspace import START, Workspace, cloud_warning
from workbook.record import backup, keys
from workbook.record.practice import Practice
from workbook.record.standing import language_of, standing
from workbook.rules import gates

if TYPE_CHECKING:
    from workbook.record.case import Case

T = TypeVar("T")
_LONGEST_DELAY = 8.0  # seconds before another guess at a passphrase
_CONFIRMED = "recovery_confirmed"
_GROUPS_TO_TYPE = 2
_NOT_CONFIRMED = (
    "The recovery sheet is not confirmed yet. Please make a new recovery key on the start page "
    "and type back the two groups it asks for."
)
_LOCKED = "The practice is locked. Please unlock it first."
_NO_CASE = "No case is open. Go to the start page and choose one."


class Keeper:
    """The server's knowledge, in one place. Locking empties it.

    Args:
        workspace: where pages, practice and backups lie.
        kernels: the kernels of pages, to be ended when the key goes.
        vouching: says which pages may run.
        clock: the idle clock.
        fixed_idle: the clock's limit stands; otherwise the practice's setting does (15 minutes unless changed).
    """

    def __init__(
        self,
        workspace: Workspace,
        kernels: PageKernels,
        vouching: Vouching,
        clock: IdleClock,
        fixed_idle: bool = False,
    ) -> None:
        self.workspace, self.kernels, self.vouching = workspace, kernels, vouching
        self.tabs = Tabs()
        self.practice: Practice | None = None
        self.case: Case | None = None
        self.figures: dict[str, dict[int, tuple[str, str]]] = {}
        self._key: bytes | None = None
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

    @property
    def key(self) -> bytes | None:
        """The data key while the practice is open; for vouching and for the kernels of vouched pages."""
        return self._key

    async def work(self, job: Callable[[], T]) -> T:
        """Run something that touches the practice on its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    # ---- how things stand ------------------------------------------------------------------------------------------

    async def state(self) -> dict[str, Any]:
        """What every page may know: nothing of a client but the open case's id and alias."""
        practice = await self.work(self._look)
        known = {
            **practice,
            "case": self.case and {"id": self.case.info.id, "alias": self.case.info.alias},
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
            rehearsal = practice.rehearsal
            confirmed = rehearsal or bool(practice.setting(_CONFIRMED, False))
            return {"practice": "open", "rehearsal": rehearsal, "confirmed": confirmed}
        state = "damaged" if self._damaged else Practice.state(folder)
        return {"practice": state, "rehearsal": state == "locked" and keys.is_rehearsal(folder)}

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
        async with self._turn:
            await self.work(lambda: strength.require(passphrase))
            if self.practice is not None or await self.work(lambda: Practice.state(self.workspace.practice)) != "none":
                raise PracticeProblem("This workspace has a practice already. Please unlock it.")
            practice, recovery = await self.work(lambda: Practice.create(self.workspace.practice, passphrase))
            await self.work(practice.close)
            key = await self.work(lambda: Practice.unlock(self.workspace.practice, passphrase))
            await self._hold(key)
        self._recovery = recovery
        return recovery

    async def confirm(self, groups: dict[str, str]) -> None:
        """Two groups of the recovery sheet, typed back by their number (1-7).

        Raises:
            WrongKey: a group differs, or fewer than two were given.
        """
        if self._recovery is None:
            raise WrongKey("There is no recovery sheet to confirm. Please make a new recovery key on the start page.")
        right = dict(enumerate(self._recovery.split("-"), 1))
        typed = {int(place): text.strip().upper() for place, text in groups.items() if place.isdigit()}
        if len(typed) < _GROUPS_TO_TYPE or any(right.get(place) != text for place, text in typed.items()):
            raise WrongKey("That is not what the sheet says. Please look at the two groups once more.")
        await self.work(lambda: self._open().set_setting(_CONFIRMED, True))
        self._recovery = None

    async def unlock(self, passphrase: str) -> None:
        """Open the practice; wrong passphrases are answered more and more slowly.

        Raises:
            WrongKey, NotAPractice, DamagedPractice, NewerPractice: see `Practice`.
        """
        key = await self._guess(lambda: Practice.unlock(self.workspace.practice, passphrase))
        await self._unlocked(key)

    async def recover(self, recovery: str, passphrase: str) -> None:
        """Open the practice by the recovery key and give it a new passphrase; raises what `unlock` raises."""
        await self.work(lambda: strength.require(passphrase))
        key = await self._guess(lambda: Practice.recover(self.workspace.practice, recovery))
        await self.work(lambda: keys.change_passphrase(self.workspace.practice, key, passphrase))
        await self._unlocked(key)

    async def change_passphrase(self, old: str, new: str) -> None:
        """Let a new passphrase open the practice; the old one is asked for once more."""
        self._open()
        await self.work(lambda: strength.require(new))
        key = await self._guess(lambda: Practice.unlock(self.workspace.practice, old))
        await self.work(lambda: keys.change_passphrase(self.workspace.practice, key, new))

    async def new_recovery_key(self, passphrase: str) -> str:
        """A new recovery key, to be shown once and confirmed; the earlier one no longer opens the practice."""
        self._open()
        key = await self._guess(lambda: Practice.unlock(self.workspace.practice, passphrase))
        await self.work(lambda: self._open().set_setting(_CONFIRMED, False))
        self._recovery = await self.work(lambda: keys.new_recovery_key(self.workspace.practice, key))
        return self._recovery

    async def _guess(self, job: Callable[[], bytes]) -> bytes:
        async with self._guessing:
            if self._failures:
                await asyncio.sleep(min(0.25 * 2**self._failures, _LONGEST_DELAY))
            try:
                key = await self.work(job)
            except WrongKey:
                self._failures += 1
                raise
            except NewerPractice:  # no damage: an update of the workbook opens it
                raise
            except PracticeProblem as problem:
                self._damaged = str(problem) if (self.workspace.practice / keys.FILE).exists() else None
                raise
            self._failures = 0
            return key

    async def _unlocked(self, key: bytes) -> None:
        async with self._turn:
            if self.practice is None:
                await self._hold(key)
        self.tabs.say("unlocked")

    async def _hold(self, key: bytes) -> None:
        practice: Practice | None = None
        try:
            practice = await self.work(lambda: Practice.open(self.workspace.practice, key))
            await self.work(practice.check)
        except PracticeProblem as problem:
            if practice is not None:
                await self.work(practice.close)
            self._damaged = None if isinstance(problem, NewerPractice) else str(problem)
            raise
        self.practice, self._key, self._damaged = practice, key, None
        self.case = await self.work(lambda: _found(practice, self._left_open))
        self._clock.start()
        await self.work(lambda: self._read_settings(practice))

    # ---- cases and pages -------------------------------------------------------------------------------------------

    async def open_case(self, case_id: str | None) -> None:
        """Store and close the pages of the case before, then open another one; None closes it.

        Raises:
            Locked: the practice is not open. WorkbookError: no such case, or the recovery sheet is not confirmed.
        """
        async with self._turn:
            practice = self._open()
            if not (await self.work(self._look))["confirmed"]:
                raise WorkbookError(_NOT_CONFIRMED)
            case = await self.work(lambda: practice.case(case_id)) if case_id else None
            if _id(self.case) != _id(case):
                await self.tabs.store_words("close-pages", case=_id(case))
                await self.kernels.end([one for one in self._claimed() if one.page != START])
                self.figures.clear()
            self.case = case
        self.tabs.say("case", case=(await self.state())["case"])

    @asynccontextmanager
    async def alone(self, why: str) -> AsyncIterator[Practice]:
        """The practice while no page but the start page runs; the pages' words are stored first, and they say `why`.

        Nobody locks, closes or opens a case meanwhile. Raises Locked.
        """
        async with self._turn:
            practice = self._open()
            await self.tabs.store_words("close-pages", case=None, why=why)
            await self.kernels.end([one for one in self._claimed() if one.page != START])
            self.figures.clear()
            yield practice

    async def claim(self, seat: Seat) -> dict[str, Any]:
        """What a page's kernel needs to work on the practice, the key among it; or why not, in words.

        The start page runs with no case too and follows the open case; every other page keeps the one it began with.
        """
        path = await self.kernels.page_of(seat.kernel_id)
        if path is None:
            return _refused("not-vouched", SENTENCES["missing"])
        file = self.workspace.page(path)
        standing = await self.work(lambda: self.vouching.standing(file, self._key))
        if standing in ("changed", "missing"):
            return _refused("not-vouched", SENTENCES[standing])
        if self._key is None or standing == "locked":
            return _refused("locked", _LOCKED)
        if self.case is None and file.stem != START:
            return _refused("no-case", _NO_CASE)
        if not seat.claimed or file.stem == START:
            seat.case_id = _id(self.case)
        seat.page, seat.secret = file.stem, seat.secret or secrets.token_urlsafe(32)
        return {
            "session": seat.secret,
            "key": self._key.hex(),
            "folder": str(self.workspace.practice),
            "case_id": seat.case_id,
            "page": seat.page,
            "workspace": str(self.workspace.folder),
        }

    async def reading(self, file: Path) -> dict[str, Any]:
        """How a page reads for the open case: `{"language": code, "prose": {cell: Markdown}, "left_out": [cell]}`.

        Cells go by their ids. The prose is a translation; what is left out is not for one who stands like the case.
        """

        def facts() -> tuple[str, gates.Standing]:
            return language_of(self.case), standing(self.case) if self.case else gates.ANYBODY

        code, now = await self.work(facts)
        notebook = json.loads(file.read_bytes())
        with edition.speaking(code) as made:
            prose = pages.prose(file.stem, notebook)
            return {"language": made.language.code, "prose": prose, "left_out": pages.left_out(notebook, now)}

    async def print_page(self, path: str, **options: Any) -> bytes:
        """A page of the open case as a PDF; see `workbook.report.pdf.page_pdf` for the options and errors."""
        from workbook.report.pdf import page_pdf

        file = self.workspace.page(path)

        def made() -> bytes:
            practice, case = self._open(), self.case
            if case is None:
                raise NoCase(_NO_CASE)
            return page_pdf(practice, case, file, figures=self.figures.get(file.stem), **options)

        return await self.work(made)

    # ---- idle, lock, close -----------------------------------------------------------------------------------------

    def alive(self) -> None:
        """Somebody is there: the idle clock starts anew."""
        if self._clock.alive():
            self.tabs.say("active")

    async def tick(self) -> None:
        """Look at the idle clock: warn a minute before, then lock."""
        due = self._clock.due() if self.practice is not None else None
        if due == "lock":
            await self.lock()
        elif due == "warn":
            self.tabs.say("warn-idle", seconds=round(self._clock.left()))

    async def lock(self, word: str = "locking") -> None:
        """Let the tabs store their last words, end the kernels that hold the key, and forget it.

        `word` is what the tabs are told first: `locking`, or `blank` when somebody leaves quickly.
        """
        async with self._turn:
            await self._lock(word)
        self.tabs.say("locked")

    async def close(self) -> None:
        """Lock, and make a backup before the key goes; raises what the backup raises, with the practice locked."""
        async with self._turn:
            try:
                await self._lock("locking", backup.make)
            finally:
                self.tabs.say("locked")
        self.tabs.say("stopping")

    async def restore(self, file: Path) -> None:
        """Put a backup in the place of the practice, which is kept aside; the practice is locked afterwards."""
        async with self._turn:
            await self._lock("locking")
            self._left_open = None
            await self.work(lambda: backup.restore(file, self.workspace.practice))
            self._damaged = None
        self.tabs.say("locked")

    async def _lock(self, word: str, last: Callable[[Practice, Path], object] | None = None) -> None:
        practice = self.practice
        if practice is None:
            return
        await self.tabs.store_words(word)
        await self.kernels.end(self._claimed())
        # unlocking leads back to the same spot, unless somebody had to leave quickly
        self._left_open = _id(self.case) if word == "locking" else None
        try:
            if last is not None:
                await self.work(lambda: last(practice, self.workspace.backups))
        finally:
            self.practice, self.case, self._key, self._recovery = None, None, None, None
            self.figures.clear()
            await self.work(practice.close)

    def _claimed(self) -> list[Seat]:
        return [seat for seat in self.kernels.seats.values() if seat.claimed]

    def _open(self) -> Practice:
        if self.practice is None:
            raise Locked(_LOCKED)
        return self.practice

    def _read_settings(self, practice: Practice) -> None:
        if not self._fixed_idle:
            self._clock.limit = 60.0 * float(practice.setting("idle_minutes", STANDARD_MINUTES))


def _id(case: Case | None) -> str | None:
    return None if case is None else case.info.id


def _found(practice: Practice, case_id: str | None) -> Case | None:
    return practice.case(case_id) if case_id in {one.id for one in practice.cases()} and case_id else None


def _refused(why: str, say: str) -> dict[str, Any]:
    return {"refused": why, "say": say}
