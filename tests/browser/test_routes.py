"""Every link of every section of every route leads to its part: it is there, unfolded, in sight, and has the focus.

The routes are those that the counselor may choose; a new one joins without being named. Each page is opened once, by a
click on one of its links; to its other parts the page leads in place, as it does for a link from elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from driver import PATIENCE, Tab, Workbook, new_tab
from playwright.sync_api import BrowserContext, expect

from workbook.content import load
from workbook.content.model import Step
from workbook.record import walk

pytestmark = pytest.mark.browser
ALIAS = "Plover"
ROUTES = [route for route, _ in load.form("about-case").field("route").options]
_ANCHORS = """() => [...document.querySelectorAll(".wb-route .wb-points a")]
  .map(({ dataset }) => [dataset.wbOpen, dataset.wbForm || "", dataset.wbField || ""])"""
_ARRIVED = """async ([form, field, lead, patience]) => {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const missing = () => {
    const whole = page.querySelector(`[data-form="${form}"]`);
    const part = field ? whole?.querySelector(`[data-field="${field}"]`) : whole?.closest("details.wb-form") || whole;
    if (!part) return "not there";
    if (part.closest("details:not([open])")) return "folded";
    const { top, height } = part.getBoundingClientRect();
    if (!height || top < 0 || top > innerHeight - 20) return `out of sight (${Math.round(top)})`;
    return part.contains(document.activeElement) ? "" : "without the focus";
  };
  if (lead) {
    document.activeElement.blur();
    window.workbook.emit("wanted", { form, field });
  }
  for (const until = performance.now() + patience; missing() && performance.now() < until;) await drawn();
  return missing();
}"""


class Link(NamedTuple):
    """Where a link of a route leads: a page, and there a form, and of it a question."""

    page: str
    form: str
    field: str


@pytest.fixture(scope="module")
def front(workbook: Workbook, context: BrowserContext) -> Iterator[Tab]:
    """One tab for the module, in a case where everything is open and each log asks what the steps bring to it."""
    opened = new_tab(context)
    opened.create(workbook.address)
    opened.add_case(ALIAS)
    workbook.open_everything(ALIAS)
    with workbook.case(ALIAS) as case:
        for step in load.steps():
            case.save("event", {"label": step.title, "kind": "step"}, respondent="counselor")
    yield opened
    opened.page.close()
    assert not opened.trouble, opened.trouble


def choose(tab: Tab, route: str) -> None:
    """Look at a route on ‘My way’."""
    if "route.ipynb" not in tab.page.url:
        tab.go("route")
    pick, title = tab.page.get_by_label("Look at another way"), tab.page.locator(".wb-panel[data-kind=route] h2")
    if pick.input_value() != route:
        pick.select_option(route)
    expect(title).to_have_text(walk.route_name(route), timeout=PATIENCE)


def links(tab: Tab, route: str) -> list[Link]:
    """All links that ‘My way’ shows for a route."""
    choose(tab, route)
    return [Link(page.removesuffix(".ipynb"), form, field) for page, form, field in tab.page.evaluate(_ANCHORS)]


def click(tab: Tab, route: str, link: Link) -> None:
    """Unfold the section in which a link stands, and click it."""
    choose(tab, route)
    marks = {"open": f"{link.page}.ipynb", "form": link.form, "field": link.field}
    sign = "".join(f"[data-wb-{name}={json.dumps(value)}]" for name, value in marks.items() if value)
    anchor = tab.page.locator(f".wb-points a{sign}").first
    tab.unfold(anchor.locator("xpath=ancestor::details"))
    anchor.click()
    tab.page.wait_for_url(re.compile(re.escape(link.page)))
    tab.ready()


@pytest.fixture(scope="module")
def seen(front: Tab) -> dict[Link, str]:
    """What is missing where a link leads, for each link of each route."""
    on = {link: route for route in ROUTES for link in links(front, route)}
    found: dict[Link, str] = {}
    for page in dict.fromkeys(link.page for link in on):
        *others, clicked = [link for link in on if link.page == page]
        click(front, on[clicked], clicked)
        found[clicked] = arrived(front, clicked)
        found |= {link: arrived(front, link, lead=True) for link in others}
    return found


def arrived(tab: Tab, link: Link, *, lead: bool = False) -> str:
    """What is missing of the part that a link leads to; `lead`: the page leads to it, as for a link from elsewhere."""
    if not link.form:
        return "" if f"{link.page}.ipynb" in tab.page.url else "another page"
    return str(tab.page.evaluate(_ARRIVED, [link.form, link.field, lead, PATIENCE / 20]))


@pytest.mark.parametrize("route", ROUTES)
def test_each_link_leads_to_its_part(front: Tab, workbook: Workbook, seen: dict[Link, str], route: str) -> None:
    """Of each section, and each point of the route has one, for nothing is closed here."""
    shown = links(front, route)
    assert [(link, seen[link]) for link in shown if seen[link]] == []
    with workbook.case(ALIAS) as case:
        points = [point for section in walk.walk(case, route) for point in section.points]
    assert points and {point.state for point in points} <= {"open", "done"}
    assert {Link(point.page, point.form, point.field) for point in points} <= set(shown)


@pytest.mark.parametrize("step", [step for step in load.steps() if step.aside], ids=lambda step: step.page)
def test_a_decision_leads_to_its_page_and_back(front: Tab, workbook: Workbook, step: Step) -> None:
    """Chosen on the review it stands among the steps and opens whole; after ‘go on’ it stands there no more."""
    for choice in (step.id, "go-on"):
        front.go("12-review")
        front.answer("decision", "choice", choice)
        front.saved()
        onward = front.page.locator(".wb-next")
        onward.scroll_into_view_if_needed()  # the last line of the page leads on to what was just chosen
        link = onward.get_by_role("link", name=f"Next: {step.title}", exact=True)
        expect(link).to_have_count(int(choice == step.id), timeout=PATIENCE)
        if choice == step.id:
            front.page.locator(".wb-ways").get_by_role("link", name=step.title, exact=True).click()
            front.page.wait_for_url(re.compile(step.page))
            front.ready()
            assert not front.page.locator(".wb-gate-closed").count()
            drawn = front.page.locator("details.wb-form > summary h3")
            for form_id in step.core:  # a part is drawn a moment after its cell has run
                expect(drawn.filter(has_text=load.form(form_id).title).first).to_be_attached(timeout=PATIENCE)
        front.go("00-start")
        rail = front.page.locator(".wb-rail")
        expect(rail.get_by_role("link", name=step.title, exact=True)).to_have_count(int(choice == step.id))
        expect(rail.get_by_role("link")).to_have_count(12 + int(choice == step.id))


@pytest.mark.parametrize(
    ("route", "one"),
    [
        ("six-focuses", Link("log", "weekly", "softer")),
        ("eight-steps", Link("log", "daily", "patience")),
    ],
)
def test_a_question_not_asked_yet_leads_to_its_tick(front: Tab, workbook: Workbook, route: str, one: Link) -> None:
    """An optional item of a log is the client's choice: the link leads to the tick, and ticked it is asked."""
    with workbook.case(ALIAS) as case:
        case.save("log-items", {"wanted": ""})
    click(front, route, one)
    log = front.page.locator(f'[data-form="{one.form}"]').first
    tick = log.locator(f'[data-items~="{one.field}"] input')
    expect(tick).to_be_focused(timeout=PATIENCE)
    expect(tick).to_be_in_viewport()
    drawn = log.locator(".wb-entry > *").first.element_handle()
    tick.check()
    front.page.wait_for_function("drawn => !drawn.isConnected", arg=drawn)
    expect(log.locator(f'.wb-entry [data-field="{one.field}"]')).to_be_visible()
