"""Two sides measured in turn: what else the machine does meets both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Medians:
    """Median of each side, in the unit of what was measured."""

    ours: float
    theirs: float


def in_turn(ours: Callable[[int], float], theirs: Callable[[int], float], *, rounds: int, warm_up: int = 1) -> Medians:
    """The medians over `rounds` pairs, after some that do not count; each side gets the number of its turn.

    Who begins changes from pair to pair, so that neither side always finds what the other left behind.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(warm_up + rounds):
        for place in (0, 1) if turn % 2 else (1, 0):
            value = (ours, theirs)[place](turn)
            if turn >= warm_up:
                taken[place].append(value)
    return Medians(*(statistics.median(times) for times in taken))


def clocked(job: Callable[[int], object]) -> Callable[[int], float]:
    """The job with its duration in seconds as the result."""

    def timed(turn: int) -> float:
        start = time.perf_counter()
        job(turn)
        return time.perf_counter() - start

    return timed
