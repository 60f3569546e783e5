"""Which charts may be chosen, and what is remembered."""

from __future__ import annotations

import pytest

from workbook.charts import offers
from workbook.charts.draw import EMPTY, chart
from workbook.errors import InvalidAnswer
from workbook.record.case import Case

from .conftest import Write
from .test_kinds import fill, open_up


def ids(case: Case) -> set[str]:
    """Ids of the charts on offer."""
    return {one.id for one in offers.offered(case)}


def test_only_what_has_something_to_show_is_offered(case: Case, write: Write) -> None:
    """The list is short: no empty charts, and not those that stand on the page anyway."""
    open_up(case)
    assert ids(case) == set()
    write("2026-03-02 20:00", sleep_hours=7)
    assert ids(case) == {"body"}
    write("2026-03-03 20:00", mood=5, step_back="no")
    assert ids(case) == {"body", "mood"}  # no step back: nothing to mark


def test_private_entries_offer_nothing(case: Case, write: Write) -> None:
    """Not even that there is something."""
    write("2026-03-02 20:00", mood=5, private=True)
    assert ids(case) == set()


def test_the_choice_is_remembered_in_the_order_of_the_list(case: Case, write: Write) -> None:
    """And taken back; whatever is not on the list is refused."""
    write("2026-03-02 20:00", mood=5, sleep_hours=7)
    offers.choose(case, "body", True)
    offers.choose(case, "mood", True)
    assert offers.chosen(case) == ("mood", "body")
    offers.choose(case, "mood", False)
    assert offers.chosen(case) == ("body",)
    with pytest.raises(InvalidAnswer, match="from the list"):
        offers.choose(case, "tone", True)


def test_under_no_contact_what_reaches_the_partner_is_gone(case: Case) -> None:
    """Neither offered nor drawn, though it was chosen before; what is one's own stays, and the one line is there."""
    open_up(case)
    fill(case, 21)
    before = ids(case)
    assert {"thanks", "tone", "affection", "fun", "listening", "requests", "urge-next-day"} <= before
    offers.choose(case, "tone", True)
    for status in ("none", "order"):
        case.save("contact-status", {"status": status}, respondent="counselor")
        case.save("no-contact", {"kept": "yes"})
        gone = {"thanks", "tone", "affection", "fun", "listening", "requests", "urge-next-day", "fun-and-tension"}
        assert not gone & ids(case)
        assert {"mood", "hope", "own-boundaries", "no-contact"} <= ids(case)
        assert "tone" not in offers.chosen(case)
        assert chart("tone", case).alt == EMPTY
    assert "contact" not in " ".join(chart("pause-kept", case).columns)


def test_a_closed_log_is_not_drawn(case: Case) -> None:
    """What the counselor closes again is neither offered nor drawn; the answers stay."""
    open_up(case)
    fill(case, 21)
    assert "comparison" in ids(case)
    case.save("opening", {"form": "log:comparison", "open": "no", "note": "It fed the worry."}, respondent="counselor")
    assert "comparison" not in ids(case)
    assert chart("comparison", case).rows == ()
