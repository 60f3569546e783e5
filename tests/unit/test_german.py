"""The step ‘Pause’ in German: complete, warm and neutral, on the page and on paper; the machinery of any language."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest

from workbook.charts.draw import chart
from workbook.content import completeness, edition, load, notices, pages, phrases, translation
from workbook.content.words import said_of, t
from workbook.errors import CaseMismatch
from workbook.forms.form import FormPanel
from workbook.forms.head import HeadPanel, NextPanel
from workbook.forms.log import LogPanel
from workbook.forms.route import RoutePanel
from workbook.forms.spec import Names
from workbook.forms.start import StartPanel
from workbook.record import keys, walk
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.steps import opened_steps
from workbook.report.pdf import page_pdf
from workbook.rules import gates

PAGE = "02-pause"
NOTEBOOK = load.notebooks_dir() / f"{PAGE}.ipynb"
HOLES = re.compile(r"\{[^}]*\}")
GENDERED = re.compile(r"\b(Ehemann|Ehefrau|Mann|Frau|Partnerin|Berater|Beraterin|Therapeut|Freundin)\b")
PROMISES = re.compile(r"\b(garantiert|versprochen|Alkohol|Wein|gut gemacht)\b", re.IGNORECASE)
SAID_THERE = (
    *("forms/spec.py", "forms/form.py", "forms/head.py", "content/words.py", "report/answers.py", "report/blank.py"),
    *("report/moments.py", "report/pdf.py", "static/bar.js", "static/choices.js", "static/dialog.js", "static/help.js"),
    *("static/entries.js", "static/fields.js", "static/rows.js", "static/timers.js", "static/sheetview.js"),
    *("static/support.js", "static/parts.js", "static/pdf.js", "static/idle.js", "static/close.js", "static/page.js"),
    *("panels/form.js", "panels/more.js", "panels/head.js", "panels/next.js", "panels/log.js", "panels/chart.js"),
    *("static/switches.js", "static/server.js", "static/panel.js", "static/links.js", "static/formlet.js"),
    *("forms/log.py", "forms/due.py", "forms/ending.py", "forms/store.py", "forms/panel.py", "charts/ratings.py"),
    *("charts/pictures.py", "content/checks.py", "record/case.py", "workbook/page.py", "panels/route.js"),
    "panels/start.js",
)
"""The modules that draw and print the page, and lead to it."""
DRAFTS = {
    "long": "Wort " * 121,
    "always-never": "Nie hörst du mir zu.",
    "you-are": "Du bist so egoistisch.",
    "threat": "Wenn du nicht antwortest, dann erzähle ich es allen.",
    "harm-self": "Ich kann ohne dich nicht leben.",
    "sorry-but": "Das mit Sonntag tut mir leid, aber du hast angefangen.",
    "shared-fault": "Ich kam am Freitag zu spät. Du auch.",
    "guilt": "Nach allem, was ich für dich getan habe!",
    "demand": "Du musst mir antworten.",
    "promise": "Ich werde nie wieder laut.",
    "pleading": "Gib mir noch eine Chance.",
}
PLAIN = (
    "Am Sonntagabend war ich allein und traurig. Bringst du am Freitag die Kinder zur Schule?",
    "Es tut mir leid, dass ich laut wurde. Eine Antwort braucht es nicht.",
    "Die Heizung ist bezahlt. Die Schlüssel liegen bei meiner Schwester.",
)
GERMAN = load.data_dir() / "languages" / "de"


@pytest.fixture(autouse=True)
def german() -> Iterator[edition.Edition]:
    """German for the time of a test."""
    yield edition.use(None, "de")
    edition.use(None)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case that reads in German."""
    cheap = keys.Cost(memory_kib=8, passes=1, lanes=1)
    practice, _ = Practice.create(tmp_path / "practice", "four plain words here", rehearsal=True, cost=cheap)
    made = practice.add_case("Robin")
    made.save("about-case", {"language": "de"}, respondent="counselor")
    yield made
    practice.close()


def said() -> str:
    """Every German text of the page's forms, prose and step."""
    files = [GERMAN / "forms" / "pause.yaml", GERMAN / "pages" / f"{PAGE}.yaml", GERMAN / "steps" / f"{PAGE}.yaml"]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_text_of_the_page_is_translated(german: edition.Edition):
    """Its forms, its prose, its step: nothing of it is left in English, and no file has a mistake."""
    assert not german.problems
    assert [place for place, done in completeness.texts("de")[PAGE].items() if not done] == []


def test_every_phrase_that_the_page_says_is_translated():
    """Buttons, save states, folds, help, leaving, and what stands between the answers on paper."""
    words = translation.texts(GERMAN / "words.yaml")
    found = {one for name, said in phrases.by_file().items() if name.endswith(SAID_THERE) for one in said}
    assert len(found) > 100
    assert sorted(found - set(words)) == []


def test_a_picture_speaks_german(case: Case):
    """Title, places, alternative text, table and what it cannot show; what was not answered is a dash."""
    case.save("pause-plan", {"clarity_start": 3, "clarity_end": 6})
    drawn = chart("clarity-stretch", case)
    assert drawn.title == "Wie klar du siehst, im Lauf deiner Pause"
    assert drawn.alt == f"{drawn.title}. Am Anfang: 3; In der Mitte: –; Am Ende: 6."
    assert drawn.columns == ("Wann", "Wie es war")
    assert drawn.rows == (("Am Anfang", "3"), ("In der Mitte", "–"), ("Am Ende", "6"))
    assert drawn.cannot.startswith("Drei Blicke sind noch kein Weg.")
    assert "Am Anfang" in drawn.svg
    assert not [word for word in ("At the", "In the", "clear") if word in drawn.svg]


@pytest.mark.parametrize("notice", DRAFTS)
def test_a_thought_on_a_draft_is_german(notice: str):
    """Each notice finds in German what it is for, and says so in German; plain words are left alone."""
    english = {one.id: one.says for one in notices.shipped()}
    found = {one.id: one.says for one in edition.current().notices if one.meets(DRAFTS[notice])}
    assert found[notice] not in english.values()
    assert not [one.id for one in edition.current().notices for text in PLAIN if one.meets(text)]
    assert set(DRAFTS) == set(english)


def test_a_refusal_is_german(case: Case):
    """An answer that does not fit, one that came too late, and a page of another case."""
    panel = FormPanel(load.form("pause-plan"), case)
    told = panel.on_save(case=case.info.id, patch={"clarity_start": 99})["invalid"]["clarity_start"]
    assert told.endswith("wurde nicht gespeichert: Hier gehört eine Zahl von 0 bis 10 hin.")
    with pytest.raises(CaseMismatch) as refused:
        panel.on_save(case="another", patch={})
    assert said_of(refused.value).startswith("Diese Seite gehört zu einer anderen Arbeit.")


def test_a_phrase_keeps_what_is_filled_in():
    """The holes of a sentence are those of the English one."""
    words = translation.texts(GERMAN / "words.yaml")
    assert [one for one in words if set(HOLES.findall(one)) != set(HOLES.findall(words[one]))] == []


def test_names_are_filled_in_as_in_english():
    """A text asks for no other name than the English one does, so that none is printed with braces."""
    english = load.shipped_forms()
    for form_id in load.step(PAGE).forms:  # type: ignore[union-attr]
        for one in (inner for outer in load.form(form_id).fields for inner in (outer, *outer.fields)):
            fields = {inner.id: inner for outer in english[form_id].fields for inner in (outer, *outer.fields)}
            for text in (one.label, one.help, one.text):
                assert set(HOLES.findall(text)) <= {"{partner}", "{calm}"}, one.id
            assert set(HOLES.findall(one.help)) <= set(HOLES.findall(fields[one.id].help)), one.id


def test_no_sentence_is_half_german(case: Case):
    """Without an alias, a text that is not translated keeps the English words for the partner."""
    names = Names(case)
    assert names.fill("Lässt es {partner} die Freiheit?") == "Lässt es die andere Person die Freiheit?"
    shown = json.dumps(LogPanel(load.form("daily"), case).spec, ensure_ascii=False)
    assert "Was your partner’s space kept?" in shown
    every = [text for text in load.naming() if re.search(r"\{(partner|them|their)\}", text)]
    assert len(every) > 100
    assert [text for text in every if "andere Person" in names.fill(text)] == []


def test_it_is_worded_for_anyone():
    """Du, no gendered person, no promise; the partner is named only where any name fits."""
    text = said()
    assert GENDERED.search(text) is None
    assert PROMISES.search(text) is None
    assert not re.search(r"\b(Sie können|Ihre|Ihnen)\b", text)
    assert not re.search(r"\b(mit|von|bei|zu|nach|aus|vor) \{partner\}", text)


def test_prose_keeps_its_headings():
    """A translated page has the outline of the shipped one."""
    cells = pages.markdown(json.loads(NOTEBOOK.read_bytes()))
    prose = pages.prose(PAGE, json.loads(NOTEBOOK.read_bytes()))
    assert set(prose) == set(cells)
    for cell, text in prose.items():
        assert re.findall(r"^#+", text, re.MULTILINE) == re.findall(r"^#+", cells[cell], re.MULTILINE), cell


def test_words_of_the_counselors_own_are_not_replaced():
    """Where the counselor rewrote a paragraph, the client reads that, not a translation of another text."""
    notebook = json.loads(NOTEBOOK.read_bytes())
    notebook["cells"][0]["source"] = "# Unsere Pause"
    assert "title" not in pages.prose(PAGE, notebook)
    assert "arrive" in pages.prose(PAGE, notebook)


def test_what_a_panel_says_is_german(case: Case):
    """Title, questions, folds, links and the sentence of a gate."""
    spec = json.dumps(FormPanel(load.form("breathing-space"), case).spec, ensure_ascii=False)
    assert "Ankommen und atmen" in spec
    assert "Mehr, wenn du willst" in spec
    closed = HeadPanel(case, PAGE, gates.Gate(False)).spec["closed"]
    assert closed == "Das öffnet ihr gemeinsam, du und deine Beratung."
    assert {one["title"] for one in NextPanel(case, PAGE).spec["links"]} >= {"Tageszahlen", "Beistand"}


ROUTES = (walk.INTEGRATED, *(guide.id for guide in load.points().guides))


@pytest.mark.parametrize("route", ROUTES)
def test_a_way_is_german(case: Case, route: str):
    """Its name, each of its sections, and the names of the other ways; none of them is left out of the report."""
    assert len(ROUTES) == 6
    english = {title for one in load.points().guides for title in (one.route_name, *(s.title for s in one.sections))}
    english |= {walk.TWELVE, *(step.title for step in load.shipped_steps() if step.page != PAGE)}
    view = RoutePanel(case).on_look(route)
    shown = [view["name"], *(section["title"] for section in view["sections"]), *(name for _, name in view["routes"])]
    assert len(view["sections"]) > 5
    assert [one for one in shown if one in english or not one] == []
    assert not [one for one in shown if GENDERED.search(one) or PROMISES.search(one)]
    assert all(completeness.texts("de")["routes"].values())
    notebook = json.loads((load.notebooks_dir() / "route.ipynb").read_bytes())
    assert set(pages.prose("route", notebook)) == set(pages.markdown(notebook))


def test_the_next_section_on_the_start_page_is_german(case: Case):
    """On a guide's route, with its number."""
    case.save("about-case", {"route": "six-focuses"}, respondent="counselor")
    view = StartPanel(case.practice, case).spec
    assert view["route"] == "Sechs Blickpunkte"
    assert view["next"]["section"] == "Abschnitt 1 von 13: Zu Beginn: Verloren sein, Atem holen"


def test_the_day_of_the_pause_is_german(case: Case):
    """Beside the question of the log whether it was kept. A step opened under its English title stays open."""
    today = date.today()
    english = {step.page: step.title for step in load.shipped_steps()}
    case.save("event", {"label": english["07-listen"], "kind": "step"}, respondent="counselor")
    case.save("event", {"label": load.step(PAGE).title, "kind": "step"}, respondent="counselor")  # type: ignore[union-attr]
    case.save("pause-plan", {"start": today.isoformat(), "end": (today + timedelta(days=6)).isoformat()})
    fields = [one for part in LogPanel(load.form("daily"), case).spec["more"] for one in part["fields"]]
    assert "Heute ist Tag 1 von 7 deiner Pause." in next(one["help"] for one in fields if one["id"] == "pause_kept")
    assert opened_steps(case) == {"pause-and-calm", "listen-to-understand"}


def test_a_missing_translation_is_english():
    """Silently, for the client; the report counts it."""
    assert t("No such phrase") == "No such phrase"
    report = completeness.report("de")
    assert report[PAGE]["translated"] == report[PAGE]["of"]
    assert all(count["translated"] <= count["of"] for count in report.values())


@pytest.mark.parametrize("blank", [False, True])
def test_the_print_is_german(case: Case, blank: bool):
    """Prose, forms, answers, the words between them and the language that a screen reader is told."""
    case.save("pause-plan", {"safe_home": "yes", "start": "2026-03-02"})
    edition.use(None)  # the server prints for a case whatever else it was asked before
    practice = case.practice
    made = page_pdf(practice, case, NOTEBOOK, blank=blank)
    reader = pypdf.PdfReader(io.BytesIO(made))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.trailer["/Root"]["/Lang"] == "de"
    expected = ["Platz schaffen", "Meine Pause", "bist du zu Hause sicher?"]
    expected += ["Ein Beispiel", "Tag, Monat, Jahr"] if blank else ["2. März 2026", "Hier steht noch nichts."]
    assert [one for one in expected if one not in text] == []
    english = ["Nothing written", "An example", "day, month", "More, if", "Not begun yet", "When the storm"]
    assert [one for one in english if one in text] == []
    assert load.form("pause-plan").title == load.shipped_forms()["pause-plan"].title
