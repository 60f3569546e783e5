"""A client whose language is German opens ‘Pause’: words, buttons, save states and help are German; the file is not."""

from __future__ import annotations

import pytest
from driver import PASSPHRASE, PATIENCE, Tab, Workbook
from playwright.sync_api import expect
from test_access import faults

from workbook.content import load

pytestmark = pytest.mark.browser
ALIAS = "Wren"


def test_the_step_is_german_from_the_first_word_to_the_last(workbook: Workbook, tab: Tab):
    """Prose, forms, bar, saving, help and the way on; ‘Edit page’ shows the page itself, and saves nothing else."""
    page = tab.page
    tab.create(workbook.address, PASSPHRASE)
    tab.add_case(ALIAS)
    with workbook.case(ALIAS) as case:
        case.save("about-case", {"language": "de"}, respondent="counselor")
    page.reload()
    tab.ready()
    expect(page.get_by_role("heading", name="Die Schritte")).to_be_visible(timeout=PATIENCE)
    tab.go("02-pause")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", name="Platz schaffen")).to_be_visible(timeout=PATIENCE)
    for name in ("Hilfe", "Schnell weg", "PDF", "Schließen und sperren"):
        expect(tab.bar(name)).to_be_visible()
    form = page.locator('[data-form="pause-plan"]')
    expect(form.locator("summary h3").first).to_have_text("Meine Pause")
    form.locator("summary").first.click()
    form.locator('[data-field="why"] textarea').fill("Um wieder zu schlafen")
    tab.saved()
    expect(page.locator(".wb-bar .wb-saved")).to_contain_text("Gespeichert um")
    expect(page.get_by_text("Mehr, wenn du willst").first).to_be_attached()
    assert not page.get_by_text("When the storm comes").count()
    assert not page.get_by_text("Done for now").count()
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_contain_text("Hilfe und Beistand")
    page.get_by_role("dialog").get_by_role("button", name="Schließen").click()
    assert not faults(tab)

    file = workbook.workspace / "pages" / "02-pause.ipynb"
    before = file.read_bytes()
    page.evaluate("window.workbook.counselor(true)")
    tab.bar("Seite bearbeiten").click()
    expect(page.get_by_text("When the storm comes").first).to_be_attached(timeout=PATIENCE)
    tab.bar("Zurück zur Seite").click()
    expect(page.get_by_role("heading", name="Platz schaffen")).to_be_visible(timeout=PATIENCE)
    tab.ready()
    assert "Platz schaffen" not in file.read_text("utf-8")
    assert before == (load.notebooks_dir() / "02-pause.ipynb").read_bytes()
    with workbook.case(ALIAS) as case:
        kept = case.read("pause-plan")
        assert kept and kept.answers["why"] == "Um wieder zu schlafen"
        case.save("about-case", {"language": "en"}, respondent="counselor")
    page.reload()
    tab.ready()
    expect(page.get_by_role("heading", name="Make room")).to_be_visible(timeout=PATIENCE)
    expect(tab.bar("Help")).to_be_visible()
