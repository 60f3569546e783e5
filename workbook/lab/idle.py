"""The idle clock: how long nobody was there, when to warn, when to lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

STANDARD_MINUTES = 15
WARNING_SECONDS = 60.0


class IdleClock:
    """Counts from the last sign of life.

    Args:
        limit: seconds until the lock.
        warning: seconds between the warning and the lock.
        clocks: seconds by a steady clock and by the wall clock; the longer time counts, because a steady clock stands
            still while the lid is closed.
    """

    def __init__(
        self,
        limit: float = 60.0 * STANDARD_MINUTES,
        warning: float = WARNING_SECONDS,
        clocks: tuple[Callable[[], float], ...] = (time.monotonic, time.time),
    ) -> None:
        self.limit, self.warning = limit, warning
        self._clocks = clocks
        self.start()

    def start(self) -> None:
        """Count from now."""
        self._seen, self._warned = [clock() for clock in self._clocks], False

    def alive(self) -> bool:
        """Somebody is there; True when that takes back a warning. After the time it is too late: only a lock is due."""
        if self.left() <= 0:
            return False
        warned = self._warned
        self.start()
        return warned

    def left(self) -> float:
        """Seconds until the lock, never less than 0."""
        quiet = max(clock() - seen for clock, seen in zip(self._clocks, self._seen, strict=True))
        return max(0.0, self.limit - quiet)

    def due(self) -> Literal["lock", "warn"] | None:
        """What is to be done now; the warning is due once."""
        left = self.left()
        if left <= 0:
            return "lock"
        if left <= self.warning and not self._warned:
            self._warned = True
            return "warn"
        return None
