"""A link leads to one part of a page: that part unfolds and has the focus, wherever on the page it lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bare import Bare
from playwright.sync_api import expect

from workbook.content import load
from workbook.content.model import Form
from workbook.forms.form import FormPanel
from workbook.forms.log import LogPanel
from workbook.forms.more import MorePanel
from workbook.forms.route import RoutePanel
from workbook.record import keys
from workbook.record.case import Case
from workbook.record.practice import Practice
from workbook.record.standing import form_gate, standing

pytestmark = pytest.mark.browser
FOCUSED = "id => document.activeElement.closest('.wb-form, .wb-log')?.textContent.includes(id)"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case of an empty practice."""
    made, _ = Practice.create(
        tmp_path / "practice", "a long passphrase", cost=keys.Cost(memory_kib=8, passes=1, lanes=1)
    )
    yield made.add_case("Sample")
    made.close()


def lead(bare: Bare, form: str) -> Any:
    """Tell the page that a link led to a form; was it found?"""
    return bare.page.evaluate(
        "form => { const led = { form }; window.workbook.emit('wanted', led); return led.found; }", form
    )


def panel(form: Form, case: Case) -> FormPanel | LogPanel:
    """The form as a page of the programme shows it."""
    if form.kind == "log":
        return LogPanel(form, case, page="01-begin")
    return FormPanel(
        form, case, page="01-begin", gate=form_gate(form, standing(case)), reopen=lambda: panel(form, case)
    )


@pytest.mark.parametrize("form_id", ["control-circles", "what-i-want", "faith-support"])
@pytest.mark.parametrize("further", [False, True])
def test_a_link_unfolds_what_it_leads_to(bare: Bare, case: Case, form_id: str, further: bool) -> None:
    """An exercise, a log, and a part that waits for the client's own wish; in sight, or under ‘More’."""
    form = load.form(form_id)
    bare.show(panel(load.form("my-seven-days"), case))
    bare.show(MorePanel([form], lambda one: panel(one, case)) if further else panel(form, case), "two")
    assert lead(bare, form_id)
    expect(bare.page.get_by_role("heading", name=form.title)).to_be_visible()
    bare.page.wait_for_function(FOCUSED, arg=form.title)
    assert not lead(bare, "no-such-form")


def test_a_page_that_was_left_does_not_take_the_link(bare: Bare, case: Case) -> None:
    """Opened a second time, the page leads to its part, though what was drawn the first time still listens."""
    form = load.form("calm-menu")
    for element in ("one", "two"):
        bare.show(MorePanel([form], lambda one: panel(one, case)), element)
        if element == "one":
            bare.page.evaluate("document.querySelector('.wb-panel').remove()")
    assert lead(bare, form.id)
    expect(bare.page.get_by_role("heading", name=form.title)).to_be_visible()
    bare.page.wait_for_function(FOCUSED, arg=form.title)


@pytest.mark.parametrize(("form_id", "field"), [("pause-plan", "clarity_end"), ("confidentiality", "welcome")])
def test_a_link_leads_to_one_question(bare: Bare, case: Case, form_id: str, field: str) -> None:
    """Its fold opens, and it has the focus; a text that takes no answer holds it, too."""
    bare.show(panel(load.form(form_id), case))
    bare.page.locator(f'[data-form="{form_id}"]').wait_for()
    bare.page.evaluate("led => window.workbook.emit('wanted', led)", {"form": form_id, "field": field})
    held = "id => document.activeElement.closest('[data-field]')?.dataset.field === id"
    bare.page.wait_for_function(held, arg=field)


def test_a_mark_on_the_way_keeps_the_focus_at_its_point(bare: Bare, case: Case) -> None:
    """The list is drawn anew after each mark; by keyboard one goes on where one was."""
    bare.show(RoutePanel(case))
    aside = bare.page.get_by_role("button", name="Set aside: ").first
    name = str(aside.get_attribute("aria-label")).removeprefix("Set aside: ")
    aside.press("Enter")
    bare.page.keyboard.type("Another day")
    bare.page.keyboard.press("Enter")
    expect(bare.page.get_by_role("button", name=f"Take up again: {name}").first).to_be_focused()
    bare.page.keyboard.press("Enter")
    expect(bare.page.get_by_role("button", name=f": {name}").first).to_be_focused()


def test_help_after_a_no_at_home_speaks_of_that(bare: Bare, case: Case) -> None:
    """Whoever is not safe at home is not told of low days that nobody wrote down."""
    bare.show(FormPanel(load.form("pause-plan"), case))
    bare.page.locator('[data-field="safe_home"] label:has(input[value="no"])').click()
    bare.stored()
    expect(bare.page.get_by_role("heading", name="You do not have to be alone with this")).to_be_visible()
    assert not bare.page.get_by_text("low days").count()
