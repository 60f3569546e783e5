"""A page's blocks in the page's own order: what each of its `page.` calls prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from workbook.content import load
from workbook.content.words import t
from workbook.report import blank, closing, entries, look
from workbook.report.compose import Composer
from workbook.report.document import Call, Document, Prose
from workbook.report.glyphs import line
from workbook.report.wording import named
from workbook.rules import gates

_COUNSELOR_START = ("about-case", "contact-status", "consent", "event", "thresholds")


def compose(composer: Composer, document: Document) -> list[dict[str, Any]]:
    """The page's blocks, and for the counselor what belongs at its end."""
    composer.calls = {block.name for block in document.blocks if isinstance(block, Call)}
    composer.forms = frozenset(document.forms())
    for block in document.blocks:
        if isinstance(block, Prose):
            composer.prose(block)
        elif composer.may_print:
            _PRINTERS[block.name](composer, block)
    if not composer.level:
        composer.blocks.insert(0, {"t": "heading", "level": 1, "text": line(t("Page"))})
    composer.blocks.extend(closing.blocks(composer, document))
    return composer.blocks


def _forms(composer: Composer, call: Call) -> None:
    for form_id in call.ids():
        composer.form(load.form(form_id))


def _more(composer: Composer, call: Call) -> None:
    """Further forms: blank ones at home here, filled ones that hold something; the rest are named in a few lines."""
    before = len(composer.blocks)
    rest = [form for form in map(load.form, call.ids()) if not composer.form(form, quiet=True)]
    if rest and composer.empty:
        items = [line(f"{composer.fill(form.title)} – {composer.home(form)}") for form in rest]
        title = line(t("Also here: the sheets of these print with the page named beside each."))
        composer.blocks.append({"t": "list", "title": title, "items": items})
    elif rest:
        titles = "; ".join(composer.fill(form.title) for form in rest)
        said = t("Not begun yet: {titles}.", titles=titles)
        composer.blocks.append({"t": "small", "text": line(re.sub(r"([?!…])\.$", r"\1", said))})
    if len(composer.blocks) == before:  # what waits for the client's own wish is not on paper: nor is its heading
        composer.untell()


def _screen(composer: Composer, call: Call) -> None:
    composer.form(load.form((call.ids() or ("screen",))[0]))


def _daily(composer: Composer, _call: Call) -> None:
    if composer.empty and "week" in composer.calls:  # on paper the week is the daily log
        composer.untell()
    else:
        composer.form(load.form("daily"), every=True)


def _contacts(composer: Composer, _call: Call) -> None:
    for form_id in ("contact", "no-contact"):
        composer.form(load.form(form_id), every=True)


def _weekly(composer: Composer, _call: Call) -> None:
    composer.form(load.form("weekly"), every=True)


def _week(composer: Composer, _call: Call) -> None:
    form = named(load.form("daily"), composer.fill)
    fields = composer.fields(form)
    if composer.empty or composer.case is None:
        composer.picture(blank.week(fields))
        return
    if "daily" in composer.calls:  # where each day stands, the week is among them
        composer.untell()
        return
    first = composer.today - timedelta(days=6)
    kept = composer.case.entries(form.id, include_private=False, since=first, until=composer.today)
    composer.picture(entries.week(fields, kept, first))


def _chart(composer: Composer, call: Call) -> None:
    from workbook.charts.offers import applies

    chart_id = next(iter(call.ids()), "")
    if not composer.empty and applies(chart_id, composer.standing or gates.ANYBODY):
        composer.picture(composer.figures.chart(chart_id))
    else:
        composer.untell()


def _charts(composer: Composer, _call: Call) -> None:
    """The charts that were chosen on the page, less what may not be seen now."""
    if composer.case is None or composer.empty:
        composer.untell()
        return
    from workbook.charts import offers

    chosen = offers.chosen(composer.case)
    if not chosen:
        composer.untell()
    for chart_id in chosen:
        composer.picture(composer.figures.chart(chart_id))
        if table := composer.figures.words(chart_id):
            composer.blocks.append(table)


def _importer(composer: Composer, _call: Call) -> None:
    """A tool of the screen."""
    composer.untell()


def _show(composer: Composer, call: Call) -> None:
    if not composer.empty:
        composer.picture(composer.figures.own(call.number))


def _support(composer: Composer, _call: Call) -> None:
    composer.blocks.append(closing.support(composer.practice))


def _start(composer: Composer, _call: Call) -> None:
    composer.blocks.extend(closing.steps(composer.case, composer.standing))
    for form_id in _COUNSELOR_START:
        form = load.forms().get(form_id)
        if form is not None:
            composer.form(form, quiet=True)


def _route(composer: Composer, _call: Call) -> None:
    """The way of the case; without a case there is none to print. What is closed is not named."""
    if composer.case is None or composer.empty:
        return
    from workbook.record import walk

    apart = composer.standing is not None and gates.apart(composer.standing)
    for section in walk.walk(composer.case):
        shown = [point for point in section.points if point.state != "closed"]
        if apart and not shown:
            continue
        composer.blocks.append({"t": "heading", "level": 2, "text": line(section.title)})
        items = []
        for point in shown:
            words = {"done": t("done"), "open": t("open"), "aside": f"{t('set aside')}: {point.reason}"}[point.state]
            name = point.label if point.label == point.title else f"{point.title}: {point.label}"
            items.append(line(f"{composer.fill(name)} – {words}"))
        if items:
            composer.blocks.append({"t": "list", "items": items})
        if len(shown) < len(section.points) and not apart:
            composer.blocks.append({"t": "small", "text": line(t(gates.NEUTRAL))})


def _review(composer: Composer, _call: Call) -> None:
    composer.blocks.extend(look.blocks(composer))


def _ways(composer: Composer, _call: Call) -> None:
    """Where the choices lead is for the screen; on paper they stand in the decision itself."""


def _next(composer: Composer, _call: Call) -> None:
    """What the counselor put on the step beside its own; where to go from here is for the screen, paper has no link."""
    added = tuple(one for one in load.added_forms(composer.page) if one not in composer.forms)
    if added:
        _more(composer, Call("more", added))


def _note(composer: Composer, _call: Call) -> None:
    """The counselor's note stands at the end of the counselor's print."""


_PRINTERS: Mapping[str, Callable[[Composer, Call], None]] = {
    "form": _forms,
    "more": _more,
    "screen": _screen,
    "daily": _daily,
    "contacts": _contacts,
    "week": _week,
    "weekly": _weekly,
    "chart": _chart,
    "charts": _charts,
    "importer": _importer,
    "show": _show,
    "support": _support,
    "start": _start,
    "route": _route,
    "review": _review,
    "ways": _ways,
    "next": _next,
    "note": _note,
}
