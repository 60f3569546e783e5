"""Without contact no form that reaches the partner can be reached, by whatever way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from workbook import page as pages
from workbook.content import load
from workbook.content.model import Form
from workbook.errors import GateClosed, ImportProblem
from workbook.exchange import imports, mapping
from workbook.exchange.table import read_table
from workbook.forms.form import FormPanel
from workbook.forms.log import LogPanel
from workbook.forms.route import RoutePanel
from workbook.forms.spec import Names, open_fields
from workbook.forms.store import Keeper
from workbook.lab.client import Connection
from workbook.record import walk
from workbook.record.case import Case
from workbook.record.responses import ImportedEntry
from workbook.record.standing import form_gate, standing
from workbook.report import document
from workbook.report.calls import compose
from workbook.report.compose import Composer
from workbook.report.figures import Figures
from workbook.report.pdf import read_notebook
from workbook.rules import gates

from .given import (
    FORMS,
    PARTNER_FORMS,
    STEPS,
    TODAY,
    contact,
    let_in,
)


@pytest.fixture(params=["none", "order"])
def apart(request: pytest.FixtureRequest, case: Case) -> Case:
    """Everything was opened and wanted while contact was welcome; now there is none, or an order."""
    for form in FORMS.values():
        if "counselor" in form.needs:
            let_in(case, form.id)
    case.save("log-items", {"forms": " ".join(one.id for one in FORMS.values() if "opt-in" in one.needs)})
    contact(case, request.param)
    return case


def reaching(form: Form) -> set[str]:
    """Ids of the questions of a form that reach the partner, those inside of lists among them."""
    whole = form.reaches_partner
    return {
        i.id for one in form.fields for i in (one, *one.fields) if whole or one.reaches_partner or i.reaches_partner
    }


class TestNoPathWithoutContact:
    """Under ‘none’ and ‘order’ no form that reaches the partner can be reached, by whatever way."""

    def page(self, case: Case, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[pages.Page, list[Any]]:
        """A page as its cells call it, and what it shows."""
        shown: list[Any] = []
        monkeypatch.setattr(pages, "_show", shown.append)
        place = case.practice.folder.parent
        return pages.Page(Connection(case.practice, case, name, place, server=False)), shown

    @pytest.mark.parametrize("name", ["00-start", "log", *(step.page for step in STEPS)])
    def test_page_and_cell(self, apart: Case, name: str, monkeypatch: pytest.MonkeyPatch):
        """`page.form` and `page.more` of any page, also of one where the form does not belong."""
        page, shown = self.page(apart, name, monkeypatch)
        for form in PARTNER_FORMS:
            page.form(form.id)
            page.more(form.id)
        assert shown == []

    def test_the_fold_of_a_page_does_not_name_it(self, apart: Case, monkeypatch: pytest.MonkeyPatch):
        """What else is there stays in the list; nobody reads there what they may not do."""
        page, shown = self.page(apart, "01-begin", monkeypatch)
        page.more("three-small-acts", "before-i-act")
        assert [one["id"] for one in shown[0].spec["forms"]] == ["before-i-act"]

    def test_no_question_that_reaches_is_asked(self, apart: Case):
        """Neither in a form that stays open, nor in one of its lists."""
        for form in FORMS.values():
            if form.audience == "client" and form_gate(form, standing(apart)).open:
                asked_now = open_fields(form, apart)
                assert not [i for one in asked_now for i in (one, *one.fields) if i.reaches_partner], form.id

    def test_log_items(self, apart: Case):
        """Not in the quick set, not in the fold, not among what can be switched on; the contact log is one line."""
        for log in ("daily", "contact", "weekly"):
            spec = json.dumps(LogPanel(load.form(log), apart).spec)
            assert not [one for one in reaching(load.form(log)) if f'"id": "{one}"' in spec], log

    def test_the_contact_log_is_one_line(self, apart: Case, monkeypatch: pytest.MonkeyPatch):
        """‘No contact kept today’ in place of a log of contacts."""
        page, shown = self.page(apart, "log", monkeypatch)
        page.contacts()
        assert shown[0].spec["form"]["id"] == "no-contact"

    def test_an_old_page_stores_nothing(self, apart: Case):
        """A page that was open before the status changed: its keeper takes nothing, and says the neutral sentence."""
        for form in FORMS.values():
            if form.audience != "client" or not reaching(form):
                continue
            keeper = Keeper(form, apart, form.fields)
            for one in form.fields:
                closed = form.reaches_partner or one.reaches_partner
                inner = next((i for i in one.fields if closed or i.reaches_partner), None)
                if one.answers and (closed or inner):
                    value = {"row": {inner.id: None}} if inner else None
                    assert keeper.save({one.id: value})["invalid"][one.id] == gates.NEUTRAL, (form.id, one.id)
            assert apart.read(form.id) is None or form.id in ("daily", "log-items")

    def test_a_form_that_was_open_before(self, case: Case):
        """The same through the panel: opened while contact was welcome, refused after."""
        panel = FormPanel(FORMS["clear-statement"], case)
        contact(case, "order")
        assert panel.on_save(case.info.id, {"statement": "words"})["invalid"] == {"statement": gates.NEUTRAL}
        assert case.read("clear-statement") is None

    def test_whoever_asks(self, apart: Case):
        """A call from a cell and an import too: what reaches the partner is not stored; what stays open is."""
        with pytest.raises(GateClosed):
            apart.save("clear-statement", {"statement": "words"})
        row = ImportedEntry("row", "clear-statement", datetime.now(UTC), "UTC", False, {"statement": "words"}, {})
        with pytest.raises(GateClosed):
            apart.add_import([row])
        saved = apart.save("daily", {"mood": 4, "thanks_count": 1})
        assert apart.read("clear-statement") is None
        assert saved.response.answers == {"mood": 4} and saved.refused == {"thanks_count": gates.NEUTRAL}

    @pytest.mark.parametrize("route", [walk.INTEGRATED, *(guide.id for guide in load.points().guides)])
    def test_route(self, apart: Case, route: str):
        """No point that reaches the partner is open on any way, nor named on its page."""
        spec = json.dumps(RoutePanel(apart).on_look(route))
        for section in walk.walk(apart, route):
            for point in section.points:
                if point.form and FORMS[point.form].reaches_partner:
                    assert point.state == "closed"
                    assert f'"form": "{point.form}"' not in spec

    @pytest.mark.parametrize("empty", [True, False])
    @pytest.mark.parametrize("name", [step.page for step in STEPS])
    def test_print(self, apart: Case, name: str, empty: bool):
        """Filled or blank, for the client: neither a title nor the sentence of a closed door."""
        path = load.notebooks_dir() / f"{name}.ipynb"
        composer = Composer(apart.practice, apart, name, "client", empty, Figures({}, None), TODAY)
        blocks = compose(composer, document.read(read_notebook(path)))
        titles = {Names(apart).fill(form.title) for form in PARTNER_FORMS}
        assert not [block["title"] for block in blocks if block["t"] == "form" and _plain(block["title"]) in titles]
        step = load.step(name)
        if step and gates.theme_gate(step.id, standing(apart)).open:
            assert gates.NEUTRAL not in [_plain(block.get("text")) for block in blocks if block["t"] == "notice"]

    def test_import(self, apart: Case):
        """A file cannot fill what reaches the partner, and the question is not offered."""
        now = standing(apart)
        offered = {(form, one.id) for form, one in mapping.questions(now)}
        assert not [one for form, one in offered if one in reaching(load.form(form))]
        table = read_table(b"day,thanks\n2026-01-02,3\n", named=True)
        chosen = mapping.Mapping(
            "day", "ymd", "Europe/Amsterdam", (mapping.Answered("daily", "thanks_count", "thanks"),)
        )
        with pytest.raises(ImportProblem, match="not open now"):
            imports.run(apart, table, chosen)
        assert all("thanks_count" not in one.answers for one in apart.entries("daily"))


def _plain(words: Any) -> str:
    return words if isinstance(words, str) else "".join(str(one) for one in words)
