"""Each kind of chart of data/charts.yaml: what it says, with many points, few points and none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts import bars, draw, points, series
from workbook.charts.draw import EMPTY, chart
from workbook.charts.source import source
from workbook.content import charts as content
from workbook.content import load, pictures
from workbook.exchange import fictional
from workbook.record.case import Case
from workbook.record.practice import Practice

from .conftest import CHEAP, Write
from .test_draw import texts

CHARTS = content.charts()
ONE_OF_A_KIND = {one.kind: one.id for one in CHARTS.values() if not one.always and not one.contact}
FIRST = date(2026, 3, 2)  # a Monday
OPEN = {"contact-status": {"status": "welcome"}, "consent": {"what": "work", "given": "yes"}}


def open_up(case: Case) -> None:
    """Contact is welcome, the start is finished, and the gated logs are opened."""
    for form, answers in OPEN.items():
        case.save(form, answers, respondent="counselor")
    screen = load.form("screen")
    asked = {one.id: "no" for one in screen.fields if "not-now" in dict(one.options)}
    case.save("screen", asked, respondent="counselor")
    for log in ("affection", "fun-and-outings", "comparison"):
        case.save("opening", {"form": f"log:{log}", "open": "yes", "note": "Talked about."}, respondent="counselor")


def fill(case: Case, days: int, seed: int = 7) -> None:
    """Some days with an answer to nearly everything; every fifth day is missing."""
    random = Random(seed)
    for number in range(days):
        if number % 5 == 4:
            continue
        day = (FIRST + timedelta(days=number)).isoformat()
        share = number / days
        for form, hour in (("daily", 20), ("contact", 12)):
            answers = fictional.made_up(load.form(form), random, share)
            save(case, form, f"{day}T{hour}:00", answers)
        if number % 7 == 6:
            save(case, "weekly", f"{day}T18:00", fictional.made_up(load.form("weekly"), random, share, monthly=True))
        if number % 9 == 3:
            said = {"happened": "It slipped.", "days": 2}
            save(case, "setbacks", f"{day}T21:00", fictional.made_up(load.form("setbacks"), random, share) | said)


def save(case: Case, form: str, when: str, answers: dict[str, Any]) -> None:
    """One entry at a moment in UTC."""
    case.save(form, answers, at=pd.Timestamp(when, tz="UTC").to_pydatetime(), zone="UTC")


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case with ten weeks of everything; no test writes into it."""
    practice, _ = Practice.create(tmp_path_factory.mktemp("m") / "p", "four plain words", rehearsal=True, cost=CHEAP)
    case = practice.add_case("Robin")
    open_up(case)
    fill(case, 70)
    save(case, "event", "2026-03-05T15:00", {"label": "First meeting", "kind": "session"})
    yield case
    practice.close()


@pytest.fixture
def open_case(case: Case) -> Case:
    """A case in which nothing is closed."""
    open_up(case)
    return case


def test_each_kind_has_a_maker_and_a_chart() -> None:
    """What data/charts.yaml may say can be drawn, and is drawn somewhere."""
    own = {one.id for one in CHARTS.values() if one.kind == "own"}
    assert {*ONE_OF_A_KIND, *own, *(one.kind for one in pictures.pictures().values())} == set(draw.MAKERS)


@pytest.mark.parametrize("chart_id", [one.id for one in CHARTS.values() if not one.contact])
def test_words_table_and_what_it_cannot_show(months: Case, chart_id: str) -> None:
    """Every chart names its period, has a table that fits, says what it cannot show, and gives no verdict."""
    drawn = chart(chart_id, months)
    assert "2 March 2026 to" in drawn.alt
    assert drawn.rows
    assert all(len(row) == len(drawn.columns) for row in drawn.rows)
    assert "cannot tell what caused what" in drawn.cannot
    assert "{" not in drawn.title + drawn.alt + drawn.cannot + " ".join(drawn.columns)
    if CHARTS[chart_id].kind != "table":
        assert "First meeting" in texts(drawn.svg)
        assert "1: 5 March 2026, First meeting (session)" in drawn.alt


@pytest.mark.parametrize("chart_id", ONE_OF_A_KIND.values(), ids=ONE_OF_A_KIND)
@pytest.mark.parametrize("look", [{"theme": "dark"}, {"narrow": True}], ids=["dark", "narrow"])
def test_dark_and_narrow_are_drawings_of_their_own(months: Case, chart_id: str, look: dict[str, Any]) -> None:
    """Both are well-formed, and equal data give equal bytes."""
    drawn, again = chart(chart_id, months, **look), chart(chart_id, months, **look)
    assert drawn == again
    if CHARTS[chart_id].kind != "table":
        ElementTree.fromstring(drawn.svg)
        assert drawn.svg != chart(chart_id, months).svg


@pytest.mark.parametrize("chart_id", ONE_OF_A_KIND.values(), ids=ONE_OF_A_KIND)
def test_nothing_is_words(open_case: Case, chart_id: str) -> None:
    """Without an answer a chart says so, draws nothing and fails nowhere."""
    assert chart(chart_id, open_case).alt == EMPTY
    save(open_case, "daily", "2026-03-02T20:00", {"moment_note": "A word that no chart reads."})
    assert chart(chart_id, open_case).alt == EMPTY


@pytest.mark.parametrize("chart_id", ONE_OF_A_KIND.values(), ids=ONE_OF_A_KIND)
def test_few_points_are_said_to_be_few(open_case: Case, chart_id: str) -> None:
    """Three days are drawn as they are, with a sentence."""
    fill(open_case, 7)
    drawn = chart(chart_id, open_case)
    if drawn.rows:
        assert "so far" in drawn.few or "No entry yet" in drawn.few
        assert "the day’s median" not in texts(drawn.svg) if drawn.svg else True


class TestLines:
    """Lines, averages, two lines."""

    def test_the_average_needs_four_of_seven_days(self, open_case: Case, write: Write) -> None:
        """It is never drawn over a gap nor from a thin week; a missing day is no zero."""
        for day, mood in ((1, 4), (2, 6), (3, 8), (9, 2), (10, 2), (11, 2), (12, 6)):
            write(f"2026-03-{day:02} 20:00", mood=mood)
        rows = {row[0]: row[1:] for row in chart("mood", open_case).rows}
        assert rows["3 March 2026"] == ("8", "–")
        assert rows["5 March 2026"] == ("–", "–")
        assert rows["12 March 2026"] == ("6", "3")

    def test_weekly_answers_are_joined_week_by_week(self, open_case: Case) -> None:
        """Three weeks make a line; a missing week breaks it."""
        for day in ("2026-03-04", "2026-03-11", "2026-03-18", "2026-04-01"):
            save(open_case, "weekly", f"{day}T18:00", {"hope": 4})
        drawn = chart("hope", open_case)
        assert "In 1 of 5 weeks there is no entry." in drawn.alt
        assert "the week’s median" in texts(drawn.svg)

    def test_two_lines_are_told_apart_without_colour(self, months: Case) -> None:
        """One is filled and solid, one open and dashed."""
        said = texts(chart("reciprocity", months).svg)
        assert "My own effort" in said
        assert "Effort of your partner, as I saw it" in said

    def test_a_point_may_lie_below_zero(self, open_case: Case) -> None:
        """Minus five to plus five is drawn in full."""
        save(open_case, "contact", "2026-03-04T12:00", {"tone": -4})
        assert "1 entry, at -4." in chart("tone", open_case).alt


class TestBars:
    """Bars, stacks and shares."""

    def test_weeks_without_an_answer_are_no_zero(self, open_case: Case) -> None:
        """A dash where nothing is known, a zero where zero was written."""
        for day, count in (("2026-03-02", 3), ("2026-03-03", 0), ("2026-03-17", 0)):
            save(open_case, "daily", f"{day}T20:00", {"supporters": count, "mood": 5})
        rows = [(row[0], row[1], row[2]) for row in chart("supportive-people", open_case).rows]
        assert rows == [("2 March 2026", "2", "3"), ("9 March 2026", "0", "–"), ("16 March 2026", "1", "0")]

    def test_a_choice_counts_by_what_says_yes(self, open_case: Case) -> None:
        """‘Not today’ is an answer, and no count."""
        for day, said in (("02", "yes"), ("03", "not-today"), ("04", "yes")):
            save(open_case, "daily", f"2026-03-{day}T20:00", {"noticed": said})
        assert chart("noticed", open_case).rows == (("2 March 2026", "3", "2"),)

    def test_answers_are_stacked_by_week(self, open_case: Case) -> None:
        """Each answer has its own part."""
        for day, said in (("02", "kept"), ("03", "not"), ("04", "kept")):
            save(open_case, "daily", f"2026-03-{day}T20:00", {"boundary_kept": said})
        drawn = chart("own-boundaries", open_case)
        assert drawn.columns == ("Week from", "Kept", "Kept in part", "Not kept", "Not tested")
        assert drawn.rows == (("2 March 2026", "2", "0", "1", "0"),)

    def test_shares_that_make_no_hundred_are_left_out_and_said(self, open_case: Case) -> None:
        """Nobody guesses how an unfinished answer was meant; in a finished one an empty share is none."""
        save(open_case, "weekly", "2026-03-04T18:00", {"energy": {"partner": 70, "self": 30}})
        save(open_case, "weekly", "2026-03-11T18:00", {"energy": {"partner": 40}})
        drawn = chart("energy-balance", open_case)
        first, second = (dict(zip(drawn.columns, row, strict=True)) for row in drawn.rows)
        assert (first["Me (%)"], sorted(list(first.values())[1:])) == ("30", ["0", "30", "70"])
        assert set(list(second.values())[1:]) == {"–"}
        assert "1 answer did not make a hundred and is left out" in drawn.cannot

    @pytest.mark.parametrize("chart_id", [one.id for one in CHARTS.values() if one.kind == "stacked-shares"])
    def test_days_without_any_shares_are_words(self, open_case: Case, chart_id: str) -> None:
        """A log that asks for none, or the last four weeks of one that did, stop nobody's page."""
        save(open_case, "daily", "2026-03-02T20:00", {"mood": 5})
        assert chart(chart_id, open_case).alt == EMPTY

    @given(st.lists(st.lists(st.none() | st.integers(0, 40), min_size=2, max_size=2), min_size=1, max_size=20))
    def test_reckoned_shares_make_a_hundred_or_nothing(self, counts: list[list[int | None]]) -> None:
        """For any counts: each step sums to a hundred, or is unknown throughout; none is negative."""
        table = bars.share_table(pd.DataFrame(counts, columns=["a", "b"], dtype="float64"))
        for given_, row in zip(counts, table.itertuples(index=False), strict=True):
            known = sum(one or 0 for one in given_) > 0
            assert bool(pd.notna(list(row)).all()) is known
            if known:
                assert sum(row) == pytest.approx(100)
                assert min(row) >= 0

    @given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), max_size=25))
    def test_given_shares_make_a_hundred_by_the_week(self, answers: list[tuple[int, int]]) -> None:
        """The mean of answers that make a hundred makes a hundred; weeks without one stay open."""
        rows = pd.DataFrame([(FIRST + timedelta(days=ahead), one, 100 - one) for ahead, one in answers],
                            columns=["day", "a", "b"])  # fmt: skip
        rows["day"] = pd.to_datetime(rows["day"]).astype("datetime64[us]")
        span = series.Window(FIRST, FIRST + timedelta(days=60))
        means = rows.groupby(series.step_of(rows, "week"))[["a", "b"]].mean().reindex(span.steps("week"))
        assert all(total == pytest.approx(100) for total in means.dropna().sum(axis=1))
        assert len(means.dropna()) == len({ahead // 7 for ahead, _ in answers})


class TestDays:
    """Calendar and strip."""

    def test_the_last_answer_of_a_day_stands(self, open_case: Case) -> None:
        """Two entries on one day are one sign; days without an entry are said."""
        for when, said in (("02T08:00", "slipped"), ("02T20:00", "kept"), ("04T20:00", "not-needed")):
            save(open_case, "daily", f"2026-03-{when}", {"space_kept": said})
        drawn = chart("space-respected", open_case)
        assert [row[1] for row in drawn.rows] == ["Yes", "no entry", "Not needed"]
        assert "Yes on 1 day, Not needed on 1 day. On 1 of 3 days there is no entry." in drawn.alt

    def test_the_pause_counts_its_days(self, open_case: Case) -> None:
        """Day n of m comes from the plan, not from an answer."""
        open_case.save("pause-plan", {"start": "2026-03-03", "end": "2026-03-05"})
        for day in ("02", "03", "05"):
            save(open_case, "daily", f"2026-03-{day}T20:00", {"pause_kept": "yes"})
        drawn = chart("pause-kept", open_case)
        assert [row[1] for row in drawn.rows] == ["–", "day 1 of 3", "day 2 of 3", "day 3 of 3"]
        assert "Planned pause: 3 March 2026 to 5 March 2026." in drawn.alt

    def test_a_word_is_noted_and_not_read_out(self, open_case: Case) -> None:
        """What somebody calls their practice stands in the table alone."""
        save(open_case, "daily", "2026-03-02T20:00", {"practice": {"a": {"what": "Evening words", "minutes": 5}}})
        drawn = chart("faith-practice", open_case)
        assert "Evening words" in drawn.rows[0]
        assert "Evening words" not in drawn.alt + drawn.svg


class TestTalks:
    """‘In n of m’."""

    def test_n_of_m_counts_talks_with_an_answer(self, open_case: Case) -> None:
        """A talk without the checklist is no talk without listening."""
        for hour, ticked in ((9, ["phone-away", "reflected"]), (10, ["phone-away"]), (11, None)):
            answers = {"quality": 5} | ({"listened": ticked} if ticked else {})
            save(open_case, "contact", f"2026-03-02T{hour}:00", answers)
        drawn = chart("listening", open_case)
        row = dict(zip(drawn.columns, drawn.rows[0], strict=True))
        assert row["Phone away"] == "2 of 2"
        assert row["Said back what I understood"] == "1 of 2"
        assert "Phone away: in 2 of 2 talks." in drawn.alt

    def test_days_are_counted_once(self, open_case: Case) -> None:
        """Two entries of one day are one day; what one of them says is true of it."""
        for day, hour, felt in (("02", 9, ["calm"]), ("02", 20, ["sad"]), ("03", 20, ["sad"])):
            save(open_case, "daily", f"2026-03-{day}T{hour:02}:00", {"feelings": felt})
        drawn = chart("feelings", open_case)
        row = dict(zip(drawn.columns, drawn.rows[0], strict=True))
        names = dict(load.form("daily").field("feelings").options)
        assert (row[names["calm"]], row[names["sad"]]) == ("1 of 2", "2 of 2")
        assert f"{names['calm']}: in 1 of 2 days." in drawn.alt


class TestPairs:
    """Before and after, setbacks, the next day."""

    def test_pairs_need_both_answers(self, open_case: Case) -> None:
        """Half a pair is in the table and not in the drawing; rows of a list are pairs of their own."""
        save(open_case, "daily", "2026-03-02T20:00", {"calm_before": 3, "calm_after": 6})
        save(open_case, "daily", "2026-03-03T20:00", {"calm_before": 3})
        two = {
            "a": {"what": "x", "calm_before": 2, "calm_after": 2},
            "b": {"what": "y", "calm_before": 5, "calm_after": 4},
        }
        save(open_case, "daily", "2026-03-04T20:00", {"practice": two})
        drawn = chart("calm", open_case)
        assert "What you did to come to rest: 1 pair. Before at 3; after at 6." in drawn.alt
        assert "Your own practice: 2 pairs." in drawn.alt
        assert "Higher after in 0, the same in 1, lower in 1." in drawn.alt

    def test_setbacks_stand_on_the_line_of_mood(self, open_case: Case) -> None:
        """Each once, with the days that it took."""
        save(open_case, "daily", "2026-03-02T20:00", {"mood": 3, "step_back": "yes"})
        save(open_case, "daily", "2026-03-03T20:00", {"mood": 5, "step_back": "no"})
        save(
            open_case, "setbacks", "2026-03-03T21:00", {"happened": "It slipped.", "trigger": "A bad night", "days": 2}
        )
        drawn = chart("setbacks", open_case)
        assert "2 setbacks marked; days until back on the way at 2." in drawn.alt
        assert "It slipped." not in drawn.svg + drawn.alt

    def test_setbacks_are_drawn_without_the_questions_that_are_closed(self, open_case: Case) -> None:
        """Neither signs nor days have to be asked; what is not there is not marked."""
        save(open_case, "daily", "2026-03-02T20:00", {"mood": 3, "step_back": "yes"})
        asked = tuple(one for one in CHARTS["setbacks"].items if one.role not in ("sign", "days"))
        drawn = points.mood_markers(source(open_case), replace(CHARTS["setbacks"], items=asked))
        assert drawn.alt[1:] == ["1 setback marked."]

    def test_the_day_before_is_described_and_nothing_more(self, open_case: Case) -> None:
        """Acted on, not acted on, and nothing said of it are three groups; the words claim no cause."""
        save(open_case, "daily", "2026-03-02T20:00", {"urge": 7, "urge_acted": "yes"})
        save(open_case, "daily", "2026-03-03T20:00", {"urge": 5, "urge_acted": "no"})
        save(open_case, "daily", "2026-03-05T20:00", {"urge": 9})  # strong, and not said what became of it
        for day, quality in (("03", 3), ("04", 6), ("06", 8)):
            save(open_case, "contact", f"2026-03-{day}T12:00", {"quality": quality})
        drawn = chart("urge-next-day", open_case)
        assert [row[2] for row in drawn.rows] == [
            "acted on an urge", "acted on no urge", "not said whether acted on an urge",
        ]  # fmt: skip
        assert "description only" in drawn.title
        assert "says nothing of why" in drawn.cannot


class TestLists:
    """Tables, lists and timelines."""

    def test_a_table_holds_what_was_said_in_its_order(self, open_case: Case) -> None:
        """One row for each request, options in words, a dash where nothing was answered."""
        save(open_case, "contact", "2026-03-02T12:00", {"request": "Ten quiet minutes?", "request_answer": "later"})
        drawn = chart("requests", open_case)
        assert drawn.svg == ""
        assert drawn.rows == (("2 March 2026, 12:00", "Ten quiet minutes?", "Later", "–"),)

    def test_rows_of_a_list_are_rows_of_the_table(self, open_case: Case) -> None:
        """Two signs in one contact are two rows."""
        two = {"a": {"idea": "A hand", "welcome": "yes"}, "b": {"idea": "A note", "welcome": "unsure"}}
        save(open_case, "contact", "2026-03-02T12:00", {"affection": two})
        assert [row[1] for row in chart("affection", open_case).rows] == ["A hand", "A note"]

    def test_a_timeline_has_a_lane_for_each_answer(self, open_case: Case) -> None:
        """Numbers lead to the words, which stand in the table alone."""
        save(open_case, "weekly", "2026-03-04T18:00", {"sign": "A short laugh", "sign_in": "me", "sign_sure": 4})
        save(open_case, "weekly", "2026-03-11T18:00", {"sign": "A question"})
        drawn = chart("signs-of-change", open_case)
        assert "In me: 1, not said: 1." in drawn.alt
        assert drawn.rows[0][:3] == ("1", "4 March 2026, 18:00", "A short laugh")
        assert "A short laugh" not in drawn.svg
        assert "not said" in texts(drawn.svg)


class TestLimits:
    """A limit that the client set for themselves."""

    def test_it_stands_across_the_bars(self, open_case: Case) -> None:
        """In the drawing and in words; without one there is no line, and no limit of ours."""
        for day, count in (("02", 3), ("03", 0), ("05", 6)):
            save(open_case, "daily", f"2026-03-{day}T20:00", {"started": count})
        assert "limit" not in chart("started-limit", open_case).alt.partition(".")[2]
        open_case.save("contact-rules", {"limit": 4})
        drawn = chart("started-limit", open_case)
        assert "My own limit: 4." in drawn.alt
        assert "My own limit" in texts(drawn.svg)
        assert [row[1] for row in drawn.rows] == ["3", "0", "–", "6"]

    def test_urges_are_counted_by_what_they_were_about(self, open_case: Case) -> None:
        """Week by week, one urge in one group."""
        for hour, kind in ((9, "convince"), (12, "convince"), (15, "text")):
            save(open_case, "daily", f"2026-03-02T{hour:02}:00", {"urge": 5, "urge_type": kind})
        assert chart("urge-kinds", open_case).rows == (("2 March 2026", "1", "2", "1", "0"),)
