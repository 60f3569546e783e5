"""The idle clock warns once and then locks; a closed lid counts as time."""

import pytest

from workbook.lab.idle import IdleClock


class Hands:
    """Two clocks that a test moves."""

    def __init__(self):
        self.steady = self.wall = 1000.0

    def move(self, seconds, asleep=False):
        self.wall += seconds
        if not asleep:
            self.steady += seconds


@pytest.fixture
def hands():
    """Both clocks, standing still."""
    return Hands()


@pytest.fixture
def clock(hands):
    """Ten minutes until the lock, the warning a minute before."""
    return IdleClock(600, 60, (lambda: hands.steady, lambda: hands.wall))


def test_it_warns_once_and_then_locks(clock, hands):
    """Nothing a second before the warning, one warning, the lock on the second."""
    hands.move(539)
    assert clock.due() is None
    hands.move(1)
    assert (clock.due(), clock.due()) == ("warn", None)
    hands.move(59)
    assert (clock.due(), clock.left()) == (None, 1)
    hands.move(1)
    assert (clock.due(), clock.left()) == ("lock", 0)


def test_a_sign_of_life_starts_it_anew(clock, hands):
    """And says whether a warning is taken back by it."""
    hands.move(100)
    assert clock.alive() is False
    hands.move(550)
    assert clock.due() == "warn"
    assert clock.alive() is True
    assert (clock.due(), clock.left()) == (None, 600)


def test_a_closed_lid_counts(clock, hands):
    """The steady clock stood still for an hour: the first look locks."""
    hands.move(3600, asleep=True)
    assert clock.due() == "lock"


def test_whoever_opens_the_lid_comes_too_late(clock, hands):
    """The first key after an hour's sleep may arrive before the first look: it does not keep the practice open."""
    hands.move(3600, asleep=True)
    assert clock.alive() is False
    assert clock.due() == "lock"
    clock.start()
    assert (clock.due(), clock.left()) == (None, 600)


def test_a_wall_clock_set_back_does_not_keep_it_open(clock, hands):
    """Whoever moves the computer's clock back gains nothing."""
    hands.move(600)
    hands.wall -= 100_000
    assert clock.due() == "lock"


def test_a_shorter_limit_holds_at_once(clock, hands):
    """The counselor may change it while the practice is open."""
    hands.move(300)
    clock.limit = 300
    assert clock.due() == "lock"
