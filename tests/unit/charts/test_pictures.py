"""Pictures of what a form holds: with nothing, with little, with much; under closed gates; what was deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts import shares
from workbook.charts.draw import NOTHING, Chart, chart
from workbook.charts.held import readable
from workbook.charts.panel import PicturePanel
from workbook.charts.style import THEMES, ThemeName
from workbook.content import load, pictures
from workbook.content.charts import ChartItem
from workbook.record import moments
from workbook.record.case import Case
from workbook.record.standing import standing
from workbook.report.figures import Figures

from .test_draw import texts
from .test_kinds import open_up

ALL = pictures.pictures()
LOOKS: tuple[dict[str, Any], ...] = ({}, {"theme": "dark"}, {"narrow": True})
On = Callable[[str], None]
FULL: dict[str, dict[str, Any]] = {
    "marriage-timeline": {
        "events": {
            "b": {"event": "First flat", "when": "2010-09-01", "closeness": 9},
            "a": {"event": "We met", "when": "2008-05-03", "closeness": 8, "changed": "All was new"},
            "c": {"event": "Night shifts", "when": "2018-01-01", "closeness": 4},
        },
        "fun_then": 5,
        "fun_now": 0,
        "hours_then": 14,
    },
    "responsibility-pie": {
        "shares": {"me": 40, "partner": 35, "life": 25},
        "in_mine": "Late again",
        "theirs_sure": 60,
    },
    "bridge": {"planks": {"a": {"plank": "Home by six", "mine": "mine", "state": "begun"}}},
    "circle-of-support": {
        "house": {"a": {"who": "A.", "now": "inside", "wanted": "door"}, "b": {"who": "B.", "now": "door"}}
    },
    "energy-shares": {
        "now": {"me": 10, "partner": 30, "others": 60},
        "wished": {"me": 30, "partner": 40, "others": 30},
        "hours": {"a": {"area": "self", "now": 3, "wished": 8}},
    },
    "pause-plan": {"clarity_start": 2, "clarity_end": 7},
    "what-i-want": {"rebuild": 6, "sure": 3},
    "monthly-look": {"calm": 4, "trust": 2, "self_work": 4, "help": 5},
    "halfway": {"load": {"me": 70, "partner": 20, "life": 10}, "examples": "Seen: a call"},
}


@pytest.fixture
def calm(case: Case) -> Case:
    """A case in which nothing is closed, and a calm was just logged."""
    open_up(case)
    case.save("daily", {"calm": 9})
    return case


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Let it be noon of another day."""

    def day(date: str) -> None:
        noon = datetime.fromisoformat(f"{date}T12:00").replace(tzinfo=UTC)
        monkeypatch.setattr(moments, "now", lambda: noon)

    return day


def fill(case: Case) -> None:
    """Something in every form that has a picture."""
    for form, answers in FULL.items():
        case.save(form, answers)


def empty(drawn: Chart) -> bool:
    """True when nothing is drawn and nothing is told."""
    return not drawn.svg and not drawn.rows and drawn.quiet


@pytest.mark.parametrize("name", ALL)
class TestEach:
    """Every picture of data/charts.yaml."""

    def test_nothing_is_quiet(self, calm: Case, name: str) -> None:
        """Without an answer nothing is drawn, and the words say so."""
        drawn = chart(name, calm)
        assert empty(drawn)
        assert drawn.alt == NOTHING

    def test_has_words_and_a_table_that_fits(self, calm: Case, name: str) -> None:
        """Its alternative text is made from the data, it says what it cannot show, and no name is left in braces."""
        fill(calm)
        drawn = chart(name, calm)
        assert drawn.rows
        assert all(len(row) == len(drawn.columns) for row in drawn.rows)
        assert len(drawn.alt) > len(drawn.title) + 10
        assert (
            "cannot tell" in drawn.cannot or "not how it was" in drawn.cannot or "No " in drawn.cannot or drawn.cannot
        )
        assert "{" not in drawn.title + drawn.alt + drawn.cannot + " ".join(drawn.columns) + texts(drawn.svg)

    def test_each_look_is_a_drawing_of_its_own(self, calm: Case, name: str) -> None:
        """Light, dark and narrow are well-formed, and equal data give equal bytes."""
        fill(calm)
        drawn = [chart(name, calm, **look) for look in LOOKS]
        assert len({one.svg for one in drawn}) == len(LOOKS)
        assert [chart(name, calm, **look) for look in LOOKS] == drawn
        for one in drawn:
            ElementTree.fromstring(one.svg)

    def test_no_colour_means_good_or_bad(self, calm: Case, name: str) -> None:
        """All colours are the theme's own, which were chosen for eyes that see them differently."""
        fill(calm)
        looks: tuple[ThemeName, ...] = ("light", "dark")
        for theme in looks:
            known = {color.lower() for color in vars(THEMES[theme]).values()}
            drawn = chart(name, calm, theme=theme)
            assert set(re.findall(r"#[0-9a-f]{6}\b", drawn.svg)) <= known

    def test_a_private_answer_is_not_drawn(self, calm: Case, name: str) -> None:
        """What is kept out of tables, charts and prints is kept out here."""
        fill(calm)
        form = ALL[name].form
        for entry in calm.entries(form):
            calm.set_private(entry.id, True)
        assert empty(chart(name, calm))

    def test_a_flag_closes_it_with_its_page(self, calm: Case, name: str) -> None:
        """Where the safety rules close a page, its picture is closed as well, wherever it is asked from."""
        fill(calm)
        calm.raise_flag("danger", "screen", None, "Told so.")
        pages = pictures.on_pages()[name]
        always = {"01-begin", "02-pause", "03-care", "06-boundaries", "12-review"}
        assert empty(chart(name, calm)) is not bool(always & set(pages))

    def test_its_questions_are_asked_and_its_points_are_real(self, name: str) -> None:
        """Each item is a question of a form; the main form is one that its pages show; points are the catalogue's."""
        spec = ALL[name]
        assert all(one.field.answers for one in spec.items)
        assert spec.items[0].form == spec.form
        assert spec.covers
        assert set(spec.covers) <= load.points().points
        assert pictures.on_pages()[name]


class TestYears:
    """The line of years."""

    def test_points_stand_in_the_order_of_time(self, calm: Case) -> None:
        """However they were written; each has its number, and its words stand below."""
        fill(calm)
        drawn = chart("years-line", calm)
        assert [row[1] for row in drawn.rows] == ["We met", "First flat", "Night shifts"]
        assert "3 May 2008 to 1 January 2018. 3 points, closeness from 4 to 9, median 8." in drawn.alt
        assert "1: 3 May 2008, We met" in texts(drawn.svg)
        assert "Only 3 points so far" in drawn.few

    def test_many_points_need_no_sentence(self, calm: Case) -> None:
        """From eight on a line may be read; beyond twelve the words stand in the table alone."""
        rows = {str(n): {"event": f"E{n}", "when": f"20{n:02}-01-01", "closeness": n % 11} for n in range(1, 15)}
        calm.save("marriage-timeline", {"events": rows})
        drawn = chart("years-line", calm)
        assert not drawn.few
        assert "E3" not in drawn.svg
        assert len(drawn.rows) == 14

    def test_one_point_is_no_line(self, calm: Case) -> None:
        """It is drawn as it is, and said to be one."""
        calm.save("marriage-timeline", {"events": {"a": {"when": "2010-01-01", "closeness": 5}}})
        drawn = chart("years-line", calm)
        assert "1 point, closeness at 5." in drawn.alt
        assert "Only 1 point so far" in drawn.few

    def test_what_is_missing_is_no_zero(self, calm: Case) -> None:
        """A point without closeness has a sign of its own, one without a readable date stands in the table alone."""
        rows = {"a": {"event": "A", "when": "2010-01-01"}, "b": {"event": "B", "closeness": 3},
                "c": {"event": "C", "when": "0201-01-01", "closeness": 3}}  # fmt: skip
        calm.save("marriage-timeline", {"events": rows})
        drawn = chart("years-line", calm)
        assert "closeness not said anywhere. 1 point without closeness." in drawn.alt
        assert "2 points without a date on the line stand in the table alone." in drawn.alt
        assert "a point without closeness" in texts(drawn.svg)

    def test_a_deleted_point_never_shows(self, calm: Case) -> None:
        """Neither drawn nor in the table nor in the words."""
        fill(calm)
        calm.save("marriage-timeline", {"events": {"c": {"_deleted": True}}})
        drawn = chart("years-line", calm)
        assert "Night shifts" not in drawn.svg + str(drawn.rows)
        assert "2 points" in drawn.alt

    def test_the_marker_comes_from_the_other_form(self, calm: Case) -> None:
        """With what was going on then; it goes with its gate."""
        fill(calm)
        calm.save("does-well", {"changed_date": "2016-06-01", "going_on": "Little sleep"})
        drawn = chart("years-line", calm)
        assert "Marked: 1 June 2016, The admiring got less." in drawn.alt
        assert drawn.rows[-1] == ("1 June 2016", "The admiring got less", "–", "Little sleep")
        assert "The admiring got less" in texts(drawn.svg)


class TestBridge:
    """My side to the middle."""

    def test_only_my_half_holds_planks(self, calm: Case) -> None:
        """What goes past the middle, or is not sure, is in the table; there is no tally in the words or the drawing."""
        fill(calm)
        more = {"b": {"plank": "An answer to my letter", "mine": "beyond"}, "c": {"plank": "A look", "mine": "unsure"},
                "d": {"plank": "Ask once"}}  # fmt: skip
        calm.save("bridge", {"planks": more})
        drawn = chart("bridge-planks", calm)
        assert "On my half, beginning at my side: Home by six; Ask once. It ends in the middle." in drawn.alt
        assert "letter" not in drawn.svg
        assert len(drawn.rows) == 4
        assert not drawn.few
        assert not [word for word in drawn.alt.split() if word.isdigit()]

    def test_the_other_half_is_blank(self, calm: Case) -> None:
        """Above the middle stands nothing but the other side's name."""
        calm.save("about-case", {"partner_alias": "Toni"}, respondent="counselor")
        fill(calm)
        drawn = chart("bridge-planks", calm)
        assert "The other half is left open." in drawn.alt
        assert "Toni’s side" in texts(drawn.svg)

    def test_a_deleted_plank_and_an_empty_row_never_show(self, calm: Case) -> None:
        """A bridge of those alone is none."""
        calm.save("bridge", {"planks": {"a": {"plank": "Home by six", "_deleted": True}, "b": {"mine": "mine"}}})
        assert empty(chart("bridge-planks", calm))

    def test_very_many_are_cut_and_it_is_said(self, calm: Case) -> None:
        """The table has all of them."""
        calm.save("bridge", {"planks": {str(n): {"plank": f"Thing {n}"} for n in range(60)}})
        drawn = chart("bridge-planks", calm)
        assert "The first 24 are drawn" in drawn.cannot
        assert len(drawn.rows) == 60


class TestHouse:
    """Names in their places."""

    def test_each_name_has_its_place(self, calm: Case) -> None:
        """An arrow tells a wish; a name without a place is said to have none; characters that no font has are seen."""
        fill(calm)
        calm.save("circle-of-support", {"house": {"c": {"who": "C. \U0001f642", "wanted": "outside"}}})
        drawn = chart("house-places", calm)
        assert "Inside: A. → at the door. At the door: B. Outside: nobody named." in drawn.alt
        assert "C. \U0001f642 → outside" in drawn.alt
        assert "C. ▯" in texts(drawn.svg)
        assert drawn.rows[0] == ("A.", "Inside", "At the door")


class TestShares:
    """Three shares of a hundred."""

    def test_each_word_stands_with_its_share(self, calm: Case) -> None:
        """And how sure somebody is of what is said about somebody else."""
        fill(calm)
        drawn = chart("pie-shares", calm)
        row = dict(zip(drawn.columns, drawn.rows[0], strict=True))
        assert (row["Me (%)"], row["In my share"], row["How sure of that"]) == ("40", "Late again", "60 %")
        assert "In my share: Late again" in texts(drawn.svg)
        assert "not how it was" in drawn.cannot

    def test_versions_stand_under_each_other_by_date(self, calm: Case, on: On) -> None:
        """One bar for each look; a version that changed other words is none; the fullest words stand with it."""
        for day, me, said in (("2026-03-02", 80, "All"), ("2026-04-01", 80, "Much"), ("2026-05-01", 40, "Some")):
            on(day)
            shared = {"me": me, "partner": 90 - me, "life": 10}
            calm.save("responsibility-pie", {"shares": shared, "in_mine": said}, zone="UTC")
        drawn = chart("pie-shares", calm)
        assert [(row[0], row[1], row[4]) for row in drawn.rows] == [
            ("2 March 2026", "80", "Much"), ("1 May 2026", "40", "Some"),
        ]  # fmt: skip
        assert "Only 2 answers so far" in drawn.few

    def test_what_was_taken_back_is_not_drawn(self, calm: Case, on: On) -> None:
        """Earlier versions do not speak for somebody who took the answer back."""
        on("2026-03-02")
        calm.save("responsibility-pie", {"shares": {"me": 80, "partner": 10, "life": 10}})
        on("2026-04-02")
        calm.save("responsibility-pie", {"shares": None})
        assert empty(chart("pie-shares", calm))

    def test_an_unfinished_hundred_is_left_out_and_said(self, calm: Case) -> None:
        """Nobody guesses how it was meant."""
        calm.save("energy-shares", {"now": {"me": 10}, "wished": {"me": 50, "partner": 50}})
        drawn = chart("strength-shares", calm)
        assert [row[0] for row in drawn.rows] == ["As I wish"]
        assert "1 answer did not make a hundred and is left out." in drawn.cannot

    def test_each_entry_of_a_log_has_its_bar(self, calm: Case) -> None:
        """Also when it looks as it did the month before."""
        for month in (3, 4):
            calm.save("halfway", FULL["halfway"], at=datetime(2026, month, 2, 12, tzinfo=UTC), zone="UTC")
        assert [row[0] for row in chart("load-shares", calm).rows] == ["2 March 2026", "2 April 2026"]

    @given(st.dictionaries(st.sampled_from(["me", "partner", "life"]), st.none() | st.floats(0, 100)))
    def test_shares_are_whole_or_nothing(self, given_: dict[str, float | None]) -> None:
        """For any answer: what is drawn makes a hundred, keeps each share as it was given, and adds none."""
        found = shares.whole(given_)
        known = {name: value for name, value in given_.items() if value is not None}
        if found is None:
            assert abs(sum(known.values()) - 100) >= 1
        else:
            assert found == known
            assert sum(found.values()) == pytest.approx(100, abs=1)


class TestPairs:
    """Then and of late, now and wished."""

    def test_not_said_is_no_zero(self, calm: Case) -> None:
        """A zero is a zero; what was not said has words in place of a bar. No difference is reckoned."""
        fill(calm)
        drawn = chart("then-now-bars", calm)
        assert drawn.rows == (
            ("Fun together in a week", "5 times", "0 times"), ("Good hours together in a week", "14 hours", "–"),
        )  # fmt: skip
        assert "not said" in texts(drawn.svg)

    def test_rows_of_a_list_are_pairs(self, calm: Case) -> None:
        """Called by what they are for; a deleted one never shows."""
        fill(calm)
        calm.save("energy-shares", {"hours": {"b": {"area": "duties", "now": 60, "_deleted": True}}})
        assert chart("hours-now-wished", calm).rows == (("Myself", "3 hours", "8 hours"),)


class TestRatings:
    """Ratings from entry to entry, and along a pause."""

    def test_entries_stand_by_their_days(self, calm: Case) -> None:
        """A rating that was left open on a day is a dash there; nothing is joined over less than three."""
        for day, answers in (("02", {"calm": 4}), ("09", {"calm": 6, "trust": 2}), ("16", {"calm": 5})):
            calm.save("monthly-look", answers, at=datetime.fromisoformat(f"2026-03-{day}T12:00+00:00"), zone="UTC")
        drawn = chart("monthly-line", calm)
        assert [row[1:] for row in drawn.rows] == [("4", "–"), ("6", "2"), ("5", "–")]
        assert "Calm: 3 entries, from 4 to 6, median 5." in drawn.alt
        assert "Only 3 entries so far" in drawn.few

    def test_a_stretch_keeps_its_places(self, calm: Case) -> None:
        """The middle that was not asked yet stays empty between the other two."""
        fill(calm)
        drawn = chart("clarity-stretch", calm)
        assert drawn.rows == (("At the start", "2"), ("In the middle", "–"), ("At the end", "7"))


def test_nothing_of_a_form_is_in_the_page(calm: Case) -> None:
    """The spec that lies in the page holds no answer."""
    fill(calm)
    panel = PicturePanel(ALL["bridge-planks"], calm, "11-trust")
    assert panel.spec == {"title": "Your half of the bridge", "case": calm.info.id, "periods": []}


def test_on_the_page_it_waits_for_calm_as_its_form_does(case: Case) -> None:
    """The page says it above; the picture is silent until then. Paper prints what was written, and draws it."""
    open_up(case)
    fill(case)
    panel = PicturePanel(ALL["years-line"], case, "04-understand")
    said = panel.on_draw(case.info.id)
    assert (said["svg"], said["rows"], said["alt"]) == ("", (), "")
    assert chart("years-line", case).svg
    case.save("daily", {"calm": 9})
    assert panel.on_draw(case.info.id, theme="dark", narrow=True)["svg"]


def test_what_reaches_the_partner_is_not_read_without_contact(calm: Case) -> None:
    """Question by question: planks are one's own, the first to lay is for both; a flag closes a marker's page."""
    first, plank = ChartItem("bridge", "first"), ChartItem("bridge", "planks.plank")
    assert [readable(one, standing(calm)) for one in (first, plank)] == [True, True]
    calm.save("contact-status", {"status": "none"}, respondent="counselor")
    assert [readable(one, standing(calm)) for one in (first, plank)] == [False, True]
    calm.raise_flag("danger", "screen", None, "Told so.")
    assert not readable(ChartItem("does-well", "changed_date"), standing(calm))


def test_paper_has_the_picture_and_no_word_where_there_is_none(calm: Case) -> None:
    """An empty picture prints nothing; the form says that nothing is written yet."""
    figures = Figures(charts=lambda name: chart(name, calm))
    assert figures.chart("house-places") is None
    fill(calm)
    block = figures.chart("house-places")
    assert block is not None
    assert block["t"] == "figure"
    assert "Inside: A." in block["alt"]
