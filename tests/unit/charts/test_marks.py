"""Steps, sessions and events as marks with a key."""

from __future__ import annotations

import pandas as pd

from workbook.charts.marks import DASHES, KEY_LINES, NAMES, SIGNS, key, marks
from workbook.content import load


def _events(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["day", "label", "kind"])
    frame["day"] = pd.to_datetime(frame["day"])
    return frame.assign(at=frame["day"].dt.tz_localize("UTC"))


def test_numbered_in_the_order_of_time() -> None:
    """The first event is number 1, whatever order they were written in."""
    found = marks(_events(("2026-03-15", "Moved  out", "phase"), ("2026-03-01", "Begin", "session")))
    assert [mark.words() for mark in found] == [
        "1: 1 March 2026, Begin (session)",
        "2: 15 March 2026, Moved out (new phase)",
    ]


def test_every_kind_of_event_has_its_own_sign() -> None:
    """What the form offers as a kind can be drawn and named; signs differ, so that grey copies read as well."""
    offered = dict(load.form("event").field("kind").options)
    assert set(offered) == set(SIGNS) == set(DASHES) == set(NAMES)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_an_unknown_kind_is_another_event() -> None:
    """An event without a kind is not lost."""
    assert (
        marks(_events(("2026-03-01", "", "never-heard-of")))[0].words() == "1: 1 March 2026, other event (other event)"
    )


def test_many_marks_are_counted_in_the_key() -> None:
    """A key longer than the chart helps nobody; the table has them all."""
    many = marks(_events(*[("2026-03-01", "x", "session")] * (KEY_LINES + 1)))
    assert key(many, 60) == [f"{KEY_LINES + 1} x session"]
    assert len(key(many[:KEY_LINES], 60)) == KEY_LINES
