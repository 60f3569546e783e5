"""A whole case goes into its client's hands: every answer once, nothing of the counselor's, in a documented shape."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.exchange import whole
from workbook.record import ending
from workbook.record.case import Case
from workbook.record.practice import Practice

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DOCS = Path(__file__).parents[3] / "docs" / "export.md"
OPTIONS = (("walk", "A walk"), ("call", "A call to {partner}"))
FIELDS = (
    Field("text", "area", "Why, {client}?"),
    Field("number", "number", "Hours", unit="h"),
    Field("tick", "tick", "Done"),
    Field("pick", "choices", "What helps", options=OPTIONS),
    Field("one", "choice", "Which", options=OPTIONS),
    Field("cake", "shares", "Shares", options=OPTIONS),
    Field("pause", "wait", "Wait"),
    Field("list", "rows", "A list", fields=(Field("thought", "text", "Thought"), Field("strong", "scale", "Strong"))),
    Field("intro", "read", text="Read me."),
)
FORMS = {
    "plan": Form("plan", "A plan with {partner}", fields=FIELDS),
    "daily": Form("daily", "Today", "log", fields=FIELDS),
    "screen": Form("screen", "Screen", "screen", fields=FIELDS),
    "counselor-notes": Form("counselor-notes", "Notes", "note", audience="counselor", fields=FIELDS),
    "contact-status": Form("contact-status", "Contact", "log", audience="counselor", fields=FIELDS),
    "about-case": Form("about-case", "About", "note", audience="counselor", fields=(
        Field("client_alias", "text", "Alias"), Field("partner_alias", "text", "Partner"))),
    "ending": Form("ending", "Ending", "log", audience="counselor", fields=(
        Field("what", "text", "What"), Field("reason", "text", "Why"), Field("note", "area", "Note"))),
}  # fmt: skip
Words = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@pytest.fixture(autouse=True)
def forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms above in the place of those in data/."""
    monkeypatch.setattr(load, "form", FORMS.__getitem__)
    monkeypatch.setattr(load, "forms", lambda: FORMS)


def tables(found: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The CSV files of an export, read back."""
    return {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        for name, content in whole.files(found).items()
        if name.endswith(".csv")
    }


def valid(found: dict[str, Any]) -> None:
    """Raises unless the record has the documented shape."""
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(json.loads(whole.SCHEMA.read_bytes()), format_checker=checker).validate(
        json.loads(json.dumps(found))
    )


def fill(case: Case, form_id: str, mark: str, **more: Any) -> str:
    """One response with an answer of every kind; its texts carry the mark. Returns its id."""
    answers = {
        "text": mark,
        "number": 2.5,
        "tick": True,
        "pick": ["walk", "call"],
        "one": "call",
        "cake": {"walk": 40, "call": 60},
        "pause": {"until": "2026-01-01T10:00"},
        "list": {"r1": {"thought": f"{mark} row", "strong": 7}, "r2": {"thought": f"{mark} gone", "_deleted": True}},
    }
    return case.save(form_id, answers, **more).response.id


@settings(max_examples=40)
@given(
    words=st.lists(Words, min_size=1, max_size=6),
    forms=st.lists(st.sampled_from(sorted(FORMS)[2:]), min_size=6, max_size=6),
    again=st.sets(st.integers(0, 5)),
    private=st.sets(st.integers(0, 5)),
)
def test_every_answer_is_in_it_exactly_once(
    practice: Practice, words: list[str], forms: list[str], again: set[int], private: set[int]
) -> None:
    """Whatever is written, corrected, taken out or marked: each word of the client once in JSON and CSV, no other."""
    case = practice.add_case("Robin")
    theirs: list[str] = []
    others: list[str] = []
    for number, word in enumerate(words):
        form_id, mark = forms[number], f"<{number}>{word}</{number}>"
        if form_id not in ("plan", "daily"):
            fields = {one.id for one in FORMS[form_id].fields}
            case.save(form_id, {name: mark for name in ("text", "note", "partner_alias") if name in fields})
            others.append(f"<{number}>")
            continue
        saved = case.save(
            form_id, {"text": mark, "list": {f"r{number}": {"thought": f"{mark}row"}}}, sitting=str(number)
        )
        stored = saved.response.answers
        theirs.append(stored["text"])
        if number in again:
            case.save(form_id, {"text": f"{mark}new"}, response_id=saved.response.id, sitting=f"{number} again")
        if number in private:
            case.set_private(saved.response.id, True)
    found = whole.record(case, NOW)
    valid(found)
    all_json = json.dumps(found, ensure_ascii=False)
    assert not [mark for mark in others if mark in all_json]
    expected = sorted(value for entry in all_texts(case) for value in entry)
    assert sorted(texts_of_json(found)) == expected
    assert sorted(texts_of_csv(found)) == sorted(_escaped(one) for one in expected)
    assert set(theirs) <= set(expected)


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def all_texts(case: Case) -> list[list[str]]:
    """Every text that is stored of the client: current answers and versions."""
    kept = [entry for form_id in ("plan", "daily") for entry in case.entries(form_id)]
    every = [entry.answers for entry in kept] + [old.answers for entry in kept for old in case.versions(entry.id)]
    return [[one["text"], *(row["thought"] for row in one["list"].values())] for one in every if "text" in one]


def texts_of_json(found: dict[str, Any]) -> list[str]:
    """The same out of the record."""
    every = [one["answers"] for one in found["responses"]]
    every += [old["answers"] for one in found["responses"] for old in one["versions"]]
    return [text for one in every for text in (one["text"], *(row["thought"] for row in one["list"].values()))]


def texts_of_csv(found: dict[str, Any]) -> list[str]:
    """The same out of the CSV files."""
    return [line["value"] for lines in tables(found).values() for line in lines]


def test_every_kind_of_answer(practice: Practice, case: Case) -> None:
    """Numbers, ticks, choices, shares, waits and rows in both shapes, labelled with the case's own names."""
    case.save("about-case", {"client_alias": "Robin", "partner_alias": "Rowan"})
    fill(case, "plan", "words")
    entry = fill(case, "daily", "logged")
    case.set_private(entry, True)
    found = whole.record(case, NOW)
    valid(found)
    assert [form["id"] for form in found["forms"]] == ["daily", "plan"]
    assert found["forms"][1]["title"] == "A plan with Rowan"
    assert [one["id"] for one in found["forms"][1]["fields"]] == [one.id for one in FIELDS if one.answers]
    logged = next(one for one in found["responses"] if one["form"] == "daily")
    assert (logged["private"], logged["answers"]["cake"]) == (True, {"walk": 40, "call": 60})
    assert logged["answers"]["list"]["r2"]["_deleted"] is True
    read = tables(found)
    assert set(read) == {"csv/log.csv", "csv/form-plan.csv", "csv/versions.csv"}
    lines = {(line["question"], line["row"]): line for line in read["csv/form-plan.csv"]}
    assert {key: (line["value"], line["words"]) for key, line in lines.items()} == {
        ("text", ""): ("words", "words"),
        ("number", ""): ("2.5", "2.5 h"),
        ("tick", ""): ("1", "yes"),
        ("pick", ""): ("walk; call", "A walk; A call to Rowan"),
        ("one", ""): ("call", "A call to Rowan"),
        ("cake.walk", ""): ("40", "40"),
        ("cake.call", ""): ("60", "60"),
        ("pause.until", ""): ("2026-01-01T10:00", "2026-01-01T10:00"),
        ("list.thought", "r1"): ("words row", "words row"),
        ("list.strong", "r1"): ("7", "7"),
    }
    assert lines["cake.call", ""]["label"] == "Shares – A call to Rowan"
    assert {line["private"] for line in read["csv/log.csv"]} == {"1"}
    assert {line["private"] for line in read["csv/form-plan.csv"]} == {"0"}
    assert "gone" not in str(read)


def test_nothing_of_the_counselor(case: Case) -> None:
    """Notes, contact status, screen, closing words and a flag's reason stay; so do their forms."""
    for form_id in ("screen", "counselor-notes", "contact-status"):
        fill(case, form_id, "SECRET", respondent="counselor")
    case.save("about-case", {"partner_alias": "SECRETNAME"})
    entry = fill(case, "daily", "mine")
    case.raise_flag("kind", "daily", entry, "SECRET reason")
    ending.close(case, "agreed", "SECRET words")
    found = whole.record(case, NOW)
    valid(found)
    assert found["case"]["closed_at"]
    assert [form["id"] for form in found["forms"]] == ["daily"]
    assert "SECRET " not in json.dumps(found)


def test_a_form_that_is_gone_keeps_its_answers(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the client wrote into a form that is not there any more is exported; what the counselor wrote is not."""
    fill(case, "plan", "kept")
    fill(case, "contact-status", "SECRET", respondent="counselor")
    left = {name: form for name, form in FORMS.items() if name not in ("plan", "contact-status")}
    monkeypatch.setattr(load, "forms", lambda: left)
    found = whole.record(case, NOW)
    valid(found)
    assert [(form["id"], form["kind"]) for form in found["forms"]] == [("plan", "unknown")]
    assert {line["value"] for line in tables(found)["csv/form-plan.csv"]} >= {"kept", "kept row", "2.5"}
    assert "SECRET" not in json.dumps(found)


def test_a_question_that_was_taken_off_the_page_keeps_its_words(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client reads what was asked, and the answer in words, also where the counselor hid the question since."""
    fill(case, "plan", "kept")
    plan = FORMS["plan"]
    bare = replace(plan, fields=plan.fields[:1], hidden=plan.fields[1:])
    monkeypatch.setattr(load, "forms", lambda: {**FORMS, "plan": bare})
    found = whole.record(case, NOW)
    valid(found)
    labels = {line["label"] for line in tables(found)["csv/form-plan.csv"]}
    assert labels.isdisjoint(one.id for one in plan.fields[1:])


def test_each_form_has_its_own_file(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where two ids would make one file name, or two that Windows takes for the same."""
    ids = ("my-tür", "my-tor", "my-tör", "MY-TOR")
    known = {**FORMS, **{one: replace(FORMS["plan"], id=one) for one in ids}}
    monkeypatch.setattr(load, "form", known.__getitem__)
    monkeypatch.setattr(load, "forms", lambda: known)
    for one in ids:
        case.save(one, {"text": f"words in {one}"})
    found = tables(whole.record(case, NOW))
    assert len({name.casefold() for name in found}) == len(found)
    assert {line["value"] for lines in found.values() for line in lines} == {f"words in {one}" for one in ids}


def test_a_text_is_no_formula(case: Case) -> None:
    """A spreadsheet shows what was written instead of running it; the JSON has it as it was."""
    for sign in "=+-@\t":
        case.save("daily", {"text": f"{sign}1+2"}, at=NOW + timedelta(minutes=ord(sign)))
    found = whole.record(case, NOW)
    assert all(line["value"][0] == line["words"][0] == "'" for line in tables(found)["csv/log.csv"])
    assert {one["answers"]["text"][0] for one in found["responses"]} <= set("=+-@\t1")


def test_the_file_itself(case: Case) -> None:
    """A ZIP file that any program opens, the same bytes for the same content, nothing of this computer in it."""
    fill(case, "plan", "words")
    parts = {**whole.files(whole.record(case, NOW)), "pages/02-pause.pdf": b"%PDF"}
    packed = whole.pack(parts, NOW)
    assert packed == whole.pack(parts, NOW)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        assert opened.namelist()[:2] == ["case.json", "SCHEMA.md"]
        assert json.loads(opened.read("case.json"))["case"]["id"] == case.info.id
        assert opened.read("pages/02-pause.pdf") == b"%PDF"
        assert {one.date_time for one in opened.infolist()} == {(2026, 11, 21, 12, 0, 0)}
        assert all(one.external_attr >> 16 == 0o600 for one in opened.infolist())


def test_an_empty_case(case: Case) -> None:
    """Nothing written: the same files, with nothing in them."""
    found = whole.record(case, NOW)
    valid(found)
    assert found["responses"] == []
    assert tables(found) == {"csv/log.csv": [], "csv/versions.csv": []}


def test_the_schema_says_what_is_documented() -> None:
    """docs/export.md ends with what every exported file says of itself, the schema in it."""
    documented = DOCS.read_text("utf-8")
    assert documented.endswith(whole.read_me()), "docs/export.md must end with workbook.exchange.whole.read_me()"
    (block,) = re.findall(r"```json\n(.*?)```", documented, re.DOTALL)
    assert json.loads(block) == json.loads(whole.SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(json.loads(whole.SCHEMA.read_bytes()))


@pytest.mark.parametrize("wrong", [{"format": 2}, {"responses": None}, {"secret": 1}, {"case": {}}])
def test_the_schema_can_refuse(case: Case, wrong: dict[str, Any]) -> None:
    """The check above can fail: another shape is not valid."""
    fill(case, "plan", "words")
    with pytest.raises(jsonschema.ValidationError):
        valid({**whole.record(case, NOW), **wrong})
