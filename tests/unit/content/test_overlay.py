"""A counselor's YAML over a shipped form: words and questions are theirs, safety stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.content import load, overlay, parse, protected
from workbook.content.marked import Marked, read
from workbook.content.model import Field, Form
from workbook.errors import ContentError
from workbook.record import trends

SHIPPED = """
forms:
  - id: plan
    title: My plan
    needs: [calm]
    fields:
      - id: safe
        kind: choice
        label: Safe?
        options: {"yes": "Yes", "no": "No"}
        flag: {when: ["no"], kind: danger, opens: support}
      - {id: why, kind: area, label: Why?, help: A line.}
      - {id: who, kind: choice, label: Who knows?, options: {friend: A friend, nobody: Nobody}}
      - {id: tell, kind: text, label: Tell, reaches_partner: true, show_if: {contact: [welcome, limited]}}
      - id: lines
        kind: rows
        label: Lines
        add: Add
        summary: line
        fields:
          - {id: line, kind: text, label: Line}
          - {id: fear, kind: scale, label: Fear, flag: {at_least: 8, kind: fear}}
  - id: facts
    title: Facts
    kind: note
    audience: counselor
    fields: [{id: status, kind: choice, label: Status, options: {a: A, b: B}}, {id: note, kind: text, label: Note}]
  - id: screen
    title: Private
    kind: screen
    audience: counselor
    fields: [{id: afraid, kind: choice, label: Afraid, options: {"yes": "Yes", "no": "No", not-now: Not now}}]
"""


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Form]:
    """The forms above."""
    folder = tmp_path_factory.mktemp("forms")
    (folder / "a.yaml").write_text(SHIPPED, "utf-8")
    return load.read_forms(folder)


def block(folder: Path, text: str) -> Marked:
    """The first block of an overlay file."""
    path = folder / "mine.yaml"
    path.write_text(f"forms:\n{text}", "utf-8")
    return parse.entries(read(path), "forms")[0]


def ids(fields: tuple[Field, ...]) -> list[str]:
    """Ids in their order."""
    return [one.id for one in fields]


def test_words_are_replaced_and_the_rest_stays(forms, tmp_path):
    """Title, help and the words of an answer are the counselor's; stored answers keep their meaning."""
    raw = block(
        tmp_path,
        "- {id: plan, title: Our plan, fields: [{id: why, help: ''}, {id: who, options: {friend: Somebody near}}]}",
    )
    laid = overlay.lay_form(forms["plan"], raw)
    assert (laid.title, laid.field("why").label, laid.field("why").help) == ("Our plan", "Why?", "")
    assert laid.field("who").options == (("friend", "Somebody near"), ("nobody", "Nobody"))
    assert laid.version == forms["plan"].version


def test_questions_are_added_hidden_and_put_in_order(forms, tmp_path):
    """A new one stands where `after` says; a hidden one leaves the page, and its answers can still be read."""
    raw = block(
        tmp_path,
        "- id: plan\n  order: [safe, who]\n  fields:\n"
        "  - {id: my_walk, kind: text, label: A walk, after: safe}\n  - {id: why, hidden: true}\n",
    )
    laid = overlay.lay_form(forms["plan"], raw)
    assert ids(laid.fields) == ["safe", "who", "my_walk", "tell", "lines"]
    assert ids(laid.hidden) == ["why"]
    assert laid.field("why").check("kept") == "kept"


def test_rows_are_laid_over_like_a_form(forms, tmp_path):
    """Inner questions take words and company, too."""
    raw = block(
        tmp_path,
        "- id: plan\n  fields:\n  - id: lines\n    add: One more\n"
        "    fields: [{id: line, label: What}, {id: own, kind: tick, label: Mine}]\n",
    )
    lines = overlay.lay_form(forms["plan"], raw).field("lines")
    assert (lines.add, ids(lines.fields), lines.fields[0].label) == ("One more", ["line", "fear", "own"], "What")


def test_answers_may_be_added_where_no_rule_reads_them(forms, tmp_path):
    """A further way to calm down is welcome; a further contact status is not."""
    laid = overlay.lay_form(
        forms["plan"], block(tmp_path, "- {id: plan, fields: [{id: who, options: {cat: The cat}}]}")
    )
    assert ids_of(laid.field("who")) == ["friend", "nobody", "cat"]
    with pytest.raises(ContentError, match="only the words can be changed"):
        overlay.lay_form(forms["facts"], block(tmp_path, "- {id: facts, fields: [{id: status, options: {c: C}}]}"))


def ids_of(field: Field) -> list[str]:
    """The values that a field offers."""
    return [value for value, _ in field.options]


def test_safety_may_be_added(forms, tmp_path):
    """A flag, a gate and a narrower condition can be put on what had none."""
    raw = block(
        tmp_path,
        "- id: plan\n  needs: [calm, counselor]\n  reaches_partner: true\n  fields:\n"
        "  - {id: who, flag: {when: [nobody], kind: isolation}, show_if: {contact: [none]}}\n",
    )
    laid = overlay.lay_form(forms["plan"], raw)
    assert (laid.needs, laid.reaches_partner) == (("calm", "counselor"), True)
    assert laid.field("who").flag.when == ("nobody",)
    assert laid.field("who").show_if == {"contact": ("none",)}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- id: plan\n  tilte: X\n", 3, "did you mean ‘title’"),
        ("- id: plan\n  audience: counselor\n", 3, "stays ‘client’"),
        ("- id: plan\n  needs: []\n", 3, "calm must stay"),
        ("- id: plan\n  show_if: {contact: [none]}\n", 3, "raise a flag"),
        ("- id: plan\n  fields:\n  - id: saef\n    label: X\n", 4, "did you mean ‘safe’.*needs a ‘kind’"),
        ("- id: plan\n  fields:\n  - id: safe\n    hidden: true\n", 5, "raise a flag.*cannot be hidden"),
        ("- id: plan\n  fields:\n  - id: safe\n    label: Fine?\n", 5, "raises a flag.*‘label’"),
        ("- id: plan\n  fields:\n  - id: safe\n    options: {'no': Yes indeed}\n", 5, "raises a flag.*‘options’"),
        ("- id: plan\n  fields:\n  - id: safe\n    core: false\n", 5, "raises a flag.*‘core’"),
        ("- id: plan\n  fields:\n  - id: tell\n    reaches_partner: false\n", 5, "switched on, not off"),
        ("- id: plan\n  fields:\n  - id: tell\n    show_if: {contact: [none]}\n", 5, "not wider than welcome, limited"),
        ("- id: plan\n  fields:\n  - id: tell\n    show_if: {contact: [often]}\n", 5, "unknown, welcome"),
        ("- id: plan\n  fields:\n  - id: why\n    kind: text\n", 5, "stays ‘area’"),
        ("- id: plan\n  fields:\n  - id: why\n    max: 3\n", 5, "stored answers rest on it"),
        ("- id: plan\n  fields:\n  - id: why\n    label: ''\n", 5, "‘label’ is empty"),
        ("- id: plan\n  fields:\n  - id: why\n    after: whom\n", 5, "did you mean ‘who’"),
        ("- id: plan\n  order: [why, safe]\n", 3, "must not come later"),
        ("- id: plan\n  order: [safe, whi]\n", 3, "did you mean ‘why’"),
        ("- id: plan\n  order:\n  - id: safe\n", 3, "list of plain texts"),
        ("- id: plan\n  fields:\n  - {id: why, flag: {at_least: 3, kind: my-worry}}\n", 4, "are for scale, number"),
        ("- id: plan\n  fields:\n  - {id: why, flag: {when: [yes], kind: my-worry}}\n", 4, "it has none"),
        (
            "- id: plan\n  fields:\n  - id: lines\n    fields:\n    - {id: in, kind: rows, label: In, fields: "
            "[{id: a, kind: text, label: A}]}\n",
            5,
            "rows cannot hold rows",
        ),
        ("- id: plan\n  fields:\n  - id: lines\n    fields:\n    - id: fear\n      hidden: true\n", 7, "raise a flag"),
        ("- id: facts\n  fields:\n  - id: note\n    hidden: true\n", 5, "gates and pages read"),
        ("- id: screen\n  title: Questions\n", 2, "private questions stay"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(forms, tmp_path, text, line, says):
    """Whoever writes the file finds the line, and reads what to write there."""
    raw = block(tmp_path, text)
    with pytest.raises(ContentError, match=says) as caught:
        overlay.lay_form(forms[raw["id"]], raw)
    assert (caught.value.file.name, caught.value.line) == ("mine.yaml", line)


def test_a_new_form_is_a_form_of_its_own(forms, tmp_path):
    """It needs a title and fields; a mistyped id is told with the nearest one; the screen has no second."""
    made = overlay.new_form(
        block(tmp_path, "- {id: my-form, title: Mine, fields: [{id: a, kind: text, label: A}]}"), forms
    )
    assert (made.id, made.kind, made.audience) == ("my-form", "exercise", "client")
    with pytest.raises(ContentError, match="did you mean ‘plan’"):
        overlay.new_form(block(tmp_path, "- {id: plam, purpose: X}"), forms)
    with pytest.raises(ContentError, match="cannot be a ‘screen’"):
        overlay.new_form(
            block(tmp_path, "- {id: s, title: S, kind: screen, fields: [{id: a, kind: text, label: A}]}"), forms
        )


def test_what_rules_read_over_time_cannot_be_hidden(tmp_path):
    """Every question that a sign of days and weeks rests on is in the list, and the list names questions there are."""
    listed = {(form, one) for form, questions in protected.READ_BY_RULES.items() for one in questions}
    assert {(form, when) for form, _, when in trends._PARKED} <= listed
    assert {("pause-week", question) for question in trends._ENERGY} <= listed
    assert {form for _, form, _ in trends._OVER_TIME} <= set(protected.READ_BY_RULES)
    assert {form for _, form, *_ in trends._LACKING} <= set(protected.READ_BY_RULES)
    for form_id, question in listed:
        form = load.shipped_forms()[form_id]
        assert question in {inner.id for one in form.fields for inner in (one, *one.fields)}, (form_id, question)
    with pytest.raises(ContentError, match="workbook itself reads"):
        overlay.lay_form(
            load.shipped_forms()["daily"], block(tmp_path, "- {id: daily, fields: [{id: supporters, hidden: true}]}")
        )


# --- whatever somebody writes


def _protected(form: Form) -> bool:
    fields = [inner for one in form.fields for inner in (one, *one.fields)]
    return bool(form.needs or any(one.flag or one.reaches_partner or one.show_if for one in fields))


FORMS = [form for form in load.shipped_forms().values() if _protected(form) or form.kind == "screen"]
CONTACTS = st.lists(st.sampled_from(["welcome", "limited", "none", "order"]), min_size=1, max_size=4, unique=True)


def _one_of(keys: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """One of the keys with a value; a mistake in a second one would only hide what the first does."""
    return st.one_of(*(st.fixed_dictionaries({key: value}) for key, value in keys.items()))


def _edit(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    answers = [*dict(field.options), "own"]
    keys: dict[str, st.SearchStrategy[Any]] = {
        "label": st.just("Other words"), "help": st.just("Help"), "hidden": st.just(True), "core": st.booleans(),
        "options": st.fixed_dictionaries({}, optional=dict.fromkeys(answers, st.just("Words"))),
        "reaches_partner": st.booleans(), "gated": st.booleans(), "max": st.just(3),
        "show_if": st.fixed_dictionaries({"contact": CONTACTS}),
        "flag": st.fixed_dictionaries({"when": st.just(answers[:1]), "kind": st.just("x")}),
    }  # fmt: skip
    if field.fields:
        keys["fields"] = st.lists(_edits(field.fields), min_size=1, max_size=1)
    return _one_of(keys).map(lambda content: {"id": field.id, **content})


def _edits(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """A question of one's own, or an edit; what a rule protects is edited most often."""
    own = st.sampled_from(ids(fields)).map(
        lambda place: {"id": "own_question", "kind": "text", "label": "Own", "after": place}
    )
    guarded = [one for one in fields if one.flag or one.reaches_partner or one.show_if or one.fields]
    return st.one_of(own, *map(_edit, guarded), st.sampled_from(fields).flatmap(_edit))


@st.composite
def overlays(draw: st.DrawFn) -> tuple[Form, dict[str, Any]]:
    """A shipped form, and what somebody may lay over it."""
    form = draw(st.sampled_from(FORMS))
    keys = {
        "title": st.just("Another title"), "audience": st.sampled_from(["client", "counselor"]),
        "kind": st.sampled_from([form.kind, "note"]), "reaches_partner": st.booleans(),
        "needs": st.lists(st.sampled_from(["calm", "counselor", "opt-in"]), unique=True),
        "show_if": st.fixed_dictionaries({"contact": CONTACTS}),
        "order": st.lists(st.sampled_from(ids(form.fields)), min_size=1, max_size=3, unique=True),
        "fields": st.lists(_edits(form.fields), min_size=1, max_size=2, unique_by=lambda one: str(one["id"])),
    }  # fmt: skip
    fields = {"fields": keys["fields"]}
    return form, {"id": form.id, **draw(st.one_of(_one_of(fields), _one_of(fields), _one_of(keys)))}


def _looser(before: Form | Field, after: Form | Field) -> Iterator[str]:
    """What `after` lets happen that `before` did not; an oracle of its own."""
    if before.kind != after.kind:
        yield "kind"
    if before.reaches_partner and not after.reaches_partner:
        yield "reaches_partner"
    if "contact" in before.show_if and not set(after.show_if.get("contact", ["any"])) <= set(before.show_if["contact"]):
        yield "show_if"
    if isinstance(before, Field) and isinstance(after, Field):
        if before.flag and (before.flag, before.options, before.label, before.show_if) != (
            after.flag, after.options, after.label, after.show_if
        ):  # fmt: skip
            yield "flag"
        if before.flag and (before.core, before.reaches_partner) != (after.core, after.reaches_partner):
            yield "flag out of reach"
        if not set(ids_of(before)) <= set(ids_of(after)):
            yield "options"
        if (before.min, before.max, before.gated) != (after.min, after.max, before.gated and after.gated):
            yield "limits"
    now = {one.id: place for place, one in enumerate(one for one in after.fields if one.answers)}
    was = {one.id: place for place, one in enumerate(one for one in before.fields if one.answers)}
    shown = {one.id: one for one in after.fields}
    for one in before.fields:
        if one.id in shown:
            yield from (f"{one.id}: {what}" for what in _looser(one, shown[one.id]))
        elif one.flag or any(inner.flag for inner in one.fields):
            yield f"{one.id} is gone"
        if one.flag and one.id in shown and now[one.id] > was[one.id]:
            yield f"{one.id} comes later"


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(asked=overlays())
def test_no_overlay_ever_loosens_safety(tmp_path_factory, asked):
    """Whatever is asked for, over whatever form: it is refused with a line, or the form is as safe as before."""
    form, content = asked
    folder = tmp_path_factory.mktemp("overlay")
    (folder / "mine.yaml").write_text(yaml.safe_dump({"forms": [content]}), "utf-8")
    raw = parse.entries(read(folder / "mine.yaml"), "forms")[0]
    try:
        laid = overlay.lay_form(form, raw)
    except ContentError as refused:
        assert refused.line >= 1
        return
    assert form.kind != "screen"
    assert laid.audience == form.audience
    assert set(form.needs) <= set(laid.needs)
    assert list(_looser(form, laid)) == []
    assert {one.id for one in form.fields} <= {one.id for one in (*laid.fields, *laid.hidden)}
