"""The five charts."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from xml.etree import ElementTree

import pytest

from workbook.charts.draw import EMPTY, chart
from workbook.content.charts import charts
from workbook.errors import WorkbookError
from workbook.record.case import Case

from .conftest import Write

ALWAYS = [one.id for one in charts().values() if one.always]
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> str:
    """All text of a drawing."""
    return " ".join(node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("chart_id", ALWAYS)
def test_every_charted_question_is_asked(chart_id: str) -> None:
    """No chart waits for a question that the log forms do not ask; ratings are from 0 to 10."""
    fields = [one.field for one in charts()[chart_id].items]
    assert {field.kind for field in fields} <= {"scale", "number", "choice"}
    ratings = [field for field in fields if field.kind == "scale"]
    assert all((field.min, 10 if field.max is None else field.max) == (0, 10) for field in ratings)


@pytest.mark.parametrize("chart_id", ALWAYS)
def test_an_empty_chart_says_so(case: Case, chart_id: str) -> None:
    """Nothing in the log: words, no drawing, no error."""
    drawn = chart(chart_id, case)
    assert drawn.svg == ""
    assert drawn.alt == EMPTY


@pytest.mark.parametrize("chart_id", ALWAYS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_has_text_as_text_and_no_date_of_its_own(
    case: Case, month: None, chart_id: str, theme: str
) -> None:
    """Text can be searched and read aloud; nothing tells when or where the chart was drawn."""
    drawn = chart(chart_id, case, theme=theme)
    assert "First meeting" in texts(drawn.svg)
    assert "Moved out" in texts(drawn.svg)
    assert "<metadata" not in drawn.svg or "<dc:date" not in drawn.svg


@pytest.mark.parametrize("chart_id", ALWAYS)
def test_equal_data_give_equal_bytes(case: Case, month: None, chart_id: str) -> None:
    """Also in several threads at once."""
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(lambda _: chart(chart_id, case).svg, range(3)))
    assert len(set(drawn)) == 1


@pytest.mark.parametrize("chart_id", ALWAYS)
def test_words_table_and_what_it_cannot_show(case: Case, month: None, chart_id: str) -> None:
    """Alternative text names period, number and marks; each row of the table fits its columns."""
    drawn = chart(chart_id, case)
    assert "1 March 2026 to 30 March 2026" in drawn.alt
    assert "1: 1 March 2026, First meeting (session)" in drawn.alt
    assert drawn.rows
    assert all(len(row) == len(drawn.columns) for row in drawn.rows)
    assert "cannot tell what caused what" in drawn.cannot
    assert drawn.few == ""
    assert not re.search(r"\b(better|worse|good progress|improv\w+|success\w*|fail\w*)\b", drawn.alt, re.IGNORECASE)


def test_mood_counts_its_gaps(case: Case, month: None) -> None:
    """Missing days are counted, and say so in the table; they are never a zero."""
    drawn = chart("mood-calm", case)
    assert "Mood: 27 entries, from 0 to 10, median" in drawn.alt
    assert "On 3 of 30 days there is no entry." in drawn.alt
    assert ("10 March 2026", "no entry", "–", "–", "–", "no entry", "–", "–", "–") in drawn.rows
    assert "no entry that day" in texts(drawn.svg)


def test_the_line_stops_at_a_missing_day(case: Case, month: None) -> None:
    """The median line of each panel has two parts: before and after the gap."""
    line = re.search(
        r'<path d="(M[^"]*)"[^>]*style="fill: none; stroke: #0072b2; stroke-width: 1.3', chart("mood-calm", case).svg
    )
    assert line
    assert line[1].count("M") == 2


def test_urges_tell_what_was_acted_on(case: Case, month: None, write: Write) -> None:
    """Acted on, not acted on, and not said are three things."""
    write("2026-03-30 21:00", urge=4)
    drawn = chart("urges", case)
    assert "Acted on: 5, not acted on: 22, not said: 1." in drawn.alt
    assert drawn.rows[-1] == ("30 March 2026, 21:00", "4", "not said")
    assert all(words in texts(drawn.svg) for words in ("acted on", "not acted on", "acted on: not said"))


def test_interactions_have_a_weekly_median(case: Case, month: None) -> None:
    """Each interaction stands in the table with the median of its week."""
    drawn = chart("interactions", case)
    assert drawn.alt.startswith(
        "Quality of each interaction, 1 March 2026 to 30 March 2026. 9 interactions, quality from"
    )
    assert ("30 March 2026, 12:30", "8", "8") in drawn.rows
    assert "the week’s median" in texts(drawn.svg)


def test_moments_are_counted_by_week(case: Case, month: None) -> None:
    """Sums of a week beside the number of days that they come from."""
    drawn = chart("moments", case)
    assert drawn.rows[0] == ("23 February 2026", "1", "1", "1")
    assert drawn.rows[2] == ("9 March 2026", "4", "3", "3")


def test_contacts_by_who_began(case: Case, month: None) -> None:
    """Who began how many, and weeks without a note are dashes, not zeros."""
    drawn = chart("contacts", case)
    assert "9 contacts. I did: 4, My partner did: 5." in drawn.alt
    assert drawn.rows[0] == ("23 February 2026", "–", "–", "–", "–", "–")


def test_few_points_stand_alone(case: Case, write: Write) -> None:
    """Under eight points: the points and a sentence, no line."""
    for day in range(1, 8):
        write(f"2026-03-{day:02} 20:00", mood=5)
    assert chart("mood-calm", case).few.startswith("Only 7 entries so far")
    assert "median" not in texts(chart("mood-calm", case).svg)
    write("2026-03-08 20:00", mood=5, calm=1)
    assert "the day’s median" in texts(chart("mood-calm", case).svg)
    assert chart("mood-calm", case).few.startswith("Calm: Only 1 entry so far")


def test_a_period_narrows_points_and_marks(case: Case, month: None) -> None:
    """Only what lies in the days that are shown."""
    drawn = chart("mood-calm", case, since=date(2026, 3, 8), until=date(2026, 3, 14))
    assert "8 March 2026 to 14 March 2026. Mood: 4 entries" in drawn.alt
    assert drawn.marks == ()
    assert drawn.few
    assert chart("mood-calm", case, since=date(2026, 4, 1)).svg == ""


def test_private_entries_are_in_no_chart(case: Case, month: None, write: Write) -> None:
    """Neither as a point nor in the words, nor do they stretch the axis."""
    before = chart("mood-calm", case)
    write("2026-04-20 20:00", mood=5, private=True)
    write("2026-04-20 12:00", "event", label="Hidden", kind="other", private=True)
    assert chart("mood-calm", case) == before


def test_all_charts_share_one_time_axis(case: Case, month: None) -> None:
    """The marks stand at the same place in each chart, so that they can be laid one under the other."""
    places = set()
    for chart_id in ALWAYS:
        svg = ElementTree.fromstring(chart(chart_id, case).svg)
        places.add(
            tuple(
                node.get("d", "").split()[1]
                for node in svg.iter(f"{SVG}path")
                if "stroke-dasharray: 1,1.65" in node.get("style", "")
            )
        )
    assert len(places) <= 2  # two panels have the line twice
    assert len({place[0] for place in places}) == 1


def test_labels_are_never_markup(case: Case, month: None, write: Write) -> None:
    """A label with tags, dollars and signs without a glyph is shown as text and breaks nothing."""
    label = '<script>alert("x")</script> $\\frac{1}{2}$ & 漢字 \u202e'
    write("2026-03-20 10:00", "event", label=label, kind="other")
    drawn = chart("mood-calm", case)
    ElementTree.fromstring(drawn.svg)
    assert "<script" not in drawn.svg
    assert "漢字" in drawn.alt


def test_narrow_is_narrow(case: Case, month: None) -> None:
    """The drawing for a small screen is smaller, its type is not."""
    wide, narrow = (chart("moments", case, narrow=narrow).svg for narrow in (False, True))
    width = [float(re.search(r'width="([\d.]+)pt"', svg)[1]) for svg in (wide, narrow)]
    assert width[1] < 0.6 * width[0]
    assert "font-size: 8.5px" in narrow


def test_an_unknown_chart_is_said_in_words(case: Case) -> None:
    """The message lists the charts that there are."""
    with pytest.raises(WorkbookError, match="mood-calm, interactions, urges, moments, contacts"):
        chart("mod", case)
    with pytest.raises(WorkbookError, match="light and dark"):
        chart("urges", case, theme="pink")
