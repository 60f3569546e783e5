"""Every page of a case in which all is open and answered: it opens whole, is looked at, and prints what it holds.

The pages are those of the notebooks folder; the screenshots are for people (tests/browser/shots, not tracked).
"""

from __future__ import annotations

import ast
import io
import secrets
from collections.abc import Iterator

import filled
import nbformat
import pypdf
import pytest
from driver import PAGES, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, expect

from workbook.content import load
from workbook.content.model import Field, Form

ALIAS = "Heron"
NARROW, WIDE = {"width": 420, "height": 800}, {"width": 1200, "height": 900}
TALLEST = 16_000  # pixels that Chromium paints at once
LOGS = {"page.daily": "daily", "page.contacts": "contact", "page.weekly": "weekly"}
SKIP = {"log-items", "progress-charts", "route-marks", "ending", "opening", "contact-status", "screen", "consent"}
SCROLLER = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
_HEIGHT = """() => {
  const scroller = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer");
  return scroller.scrollHeight + document.documentElement.clientHeight - scroller.clientHeight;
}"""
WORDS: dict[tuple[str, str], str] = {}
"""The word that was written into each text, by form and field; of a list's texts the inner field."""


def word(form: Form, one: Field) -> str:
    """A word of its own for each text, short enough to stand in one line of a narrow column."""
    return WORDS.setdefault((form.id, one.id), f"q{secrets.token_hex(3)}")


@pytest.fixture(scope="module")
def front(workbook: Workbook, context: BrowserContext) -> Iterator[Tab]:
    """One tab for the module, in the case where all is answered."""
    opened = new_tab(context)
    opened.create(workbook.address)
    opened.add_case(ALIAS)
    with workbook.case(ALIAS) as case:
        for form in load.forms().values():
            if form.id not in SKIP and filled.shown(form):
                filled.save(case, form, lambda one, form=form: word(form, one))  # type: ignore[misc]
        filled.open_everything(case)
    yield opened
    opened.page.close()
    assert not opened.trouble, opened.trouble


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_is_looked_at(front: Tab, name: str) -> None:
    """At its top; nothing on it failed, nothing that could be opened is closed; light, dark, narrow, folded or not."""
    front.go(name)
    front.shot(f"{name}-light")
    assert front.page.locator(SCROLLER).evaluate("scroller => scroller.scrollTop") == 0
    front.page.emulate_media(color_scheme="dark")
    front.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    front.shot(f"{name}-dark-420")
    front.page.emulate_media(color_scheme="light")
    front.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    front.open_all()
    assert not front.page.locator(".wb-gate-closed").all_inner_texts()
    expect(front.page.locator(".wb-trouble:visible")).to_have_count(0)
    tall = min(front.page.evaluate(_HEIGHT), TALLEST)
    front.page.set_viewport_size({**WIDE, "height": tall})  # type: ignore[typeddict-item]
    front.shot(f"{name}-open")
    front.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_what_it_holds(front: Tab, name: str) -> None:
    """The PDF of the page, read back, has each of its forms by its title, with every word that was written there."""
    answer = front.fetch(f"nbconvert/WorkbookPDF/{name}.ipynb")
    assert answer.ok, answer.status_text
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    joined = "".join(text.replace("\u200b", "").replace("\u00ad", "").split())
    heading = notebook(name).cells[0].source.splitlines()[0].removeprefix("# ")
    assert "".join(heading.split()) in joined
    forms = [form for form in forms_of(name) if form.audience == "client" and filled.shown(form)]
    lost = [form.id for form in forms if "".join(form.title.replace("{partner}", "your partner").split()) not in joined]
    assert not lost
    lost = [f"{form.id}.{one.id}" for form in forms for one in texts(form) if WORDS[form.id, one.id] not in joined]
    assert not lost


def notebook(name: str) -> nbformat.NotebookNode:
    """A page as it is shipped."""
    return nbformat.read(load.notebooks_dir() / f"{name}.ipynb", as_version=4)


def forms_of(name: str) -> list[Form]:
    """The forms that a page calls for."""
    calls = [ast.parse(cell.source).body[-1] for cell in notebook(name).cells if cell.cell_type == "code"]
    values = [one.value for one in calls if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    logs = [form_id for one in values if (form_id := LOGS.get(ast.unparse(one.func)))]
    asked = [one for one in values if ast.unparse(one.func) in ("page.form", "page.more")]
    return [load.form(name) for name in (*logs, *(ast.literal_eval(each) for one in asked for each in one.args))]


def texts(form: Form) -> list[Field]:
    """The texts of a form that were answered, those of its lists among them."""
    found = [one for outer in filled.asked(form.fields) for one in (outer, *filled.asked(outer.fields))]
    return [one for one in found if one.kind in ("text", "area")]
