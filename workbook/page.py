"""A page as a notebook's cells call it: `page = open_page()`, then one short call for each part."""

from __future__ import annotations

import functools
import html
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from IPython import display as ipython

from workbook.content import edition, load
from workbook.content.model import Form
from workbook.content.words import phrase, said_of, t
from workbook.errors import ContentError, GateClosed, NoCase, WorkbookError
from workbook.record.raising import raise_flags
from workbook.record.standing import called_gate, language_of, standing
from workbook.record.steps import mark_of
from workbook.rules import gates

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

    from workbook.lab.client import Connection
    from workbook.record.case import Case

P = ParamSpec("P")
_COUNSELOR_START = ("about-case", "contact-status", "consent", "event", "thresholds", "counselor-notes")
_SORRY = phrase(
    "This part of the page could not be shown. What you wrote is safe. Open the page again, or tell your counselor."
)


_show: Callable[[object], object] = ipython.display
_html: Callable[[str], object] = ipython.HTML


def strict() -> bool:
    """True under test: what fails is raised, so that nothing passes by being polite."""
    return os.environ.get("WORKBOOK_STRICT") == "1"


def say(words: str) -> None:
    """Show a sentence on the page."""
    _show(_html(f'<p class="wb-notice" role="status">{html.escape(words)}</p>'))


def part(method: Callable[Concatenate[Page, P], Iterator[Any]]) -> Callable[Concatenate[Page, P], None]:
    """A method that shows one part of the page; what fails is said in words, never as a traceback."""

    @functools.wraps(method)
    def shown(page: Page, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            for panel in method(page, *args, **kwargs):
                _show(panel)
        except Exception as problem:
            if strict():
                raise
            _tell(problem)

    return shown


def _tell(problem: Exception) -> None:
    """A client never sees a traceback, nor the files and lines that are for the counselor."""
    if isinstance(problem, WorkbookError) and not isinstance(problem, ContentError):
        say(said_of(problem))
    else:
        say(t(_SORRY))


def open_page() -> Page:
    """The page that this notebook is, with the case that is open now; it belongs to that case from then on.

    Says in words what to do when the notebook runs outside the workbook, the practice is locked or cannot be opened, or
    the page's code is not vouched for; under WORKBOOK_STRICT=1 that is raised.
    """
    from workbook.forms.panel import new_run
    from workbook.lab.client import connect

    new_run()
    try:
        page = Page(connect())
        page._read_content()
    except Exception as problem:
        if strict():
            raise
        _tell(problem)
        return ClosedPage()
    page.head()
    return page


class Page:
    """One page of the workbook. Each method shows a part; `log` gives the counselor the log as a DataFrame."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._practice = connection.practice
        self._figures = 0
        self._named: set[str] = set()  # forms that the notebook's cells have shown

    def __repr__(self) -> str:
        return "Page()"

    @property
    def name(self) -> str:
        """The page's name, as in `02-pause`."""
        return self._connection.page

    @property
    def case(self) -> Case:
        """The case that the page belongs to; raises NoCase when none was open."""
        if self._connection.case is None:
            raise NoCase("No case is open. Go to the start page and choose one.")
        return self._connection.case

    @part
    def head(self) -> Iterator[Any]:
        """Whose page this is, and the one neutral sentence when the page is closed."""
        from workbook.forms.head import HeadPanel

        if self._connection.case is None:
            return
        raise_flags(self.case)
        gate = self._gate()
        if self.case.info.closed_at is not None:
            from workbook.forms.ending import closed_notice

            yield closed_notice()
        yield HeadPanel(self.case, self.name, gate)
        if gate.way == "calm" and not gate.open:  # what opens the page stands on it
            yield self._bare_panel(load.form("breathing-space"))
        if gate.open:
            self._mark_step()

    @part
    def start(self) -> Iterator[Any]:
        """The start page: where the case stands; in Counselor view the cases, flags and settings."""
        from workbook.forms.ending import EndingPanel
        from workbook.forms.start import StartPanel

        yield StartPanel(self._practice, self._connection.case)
        if self._connection.case:
            yield self._counselor([load.form(form_id) for form_id in _COUNSELOR_START])
        yield EndingPanel(self._practice, self._connection.case)

    @part
    def form(self, form_id: str) -> Iterator[Any]:
        """One form by its id. A closed one says the neutral sentence; one that does not apply shows nothing."""
        self._named.add(form_id)
        for form in self._applying((form_id,)):
            yield self._panel(form)

    @part
    def more(self, *form_ids: str) -> Iterator[Any]:
        """Further forms, folded under ‘More when you want it’."""
        self._named.update(form_ids)
        yield from self._further(form_ids)

    def _further(self, form_ids: Iterable[str]) -> Iterator[Any]:
        from workbook.forms.more import MorePanel
        from workbook.forms.spec import Names

        if forms := self._applying(form_ids):
            yield MorePanel(forms, self._panel, Names(self.case).fill)

    def _applying(self, form_ids: Iterable[str]) -> list[Form]:
        """Of these forms those that the case is asked at all, closed ones among them; none on a closed page."""
        forms = [load.form(form_id) for form_id in form_ids]
        if not self._gate().open:
            return []
        now = standing(self.case)
        return [one for one in forms if gates.shown(one.show_if, now)
                and not gates.hidden(now, reaches_partner=one.reaches_partner)]  # fmt: skip

    @part
    def screen(self, form_id: str = "screen") -> Iterator[Any]:
        """The counselor's private screen, behind its attestation."""
        from workbook.forms.screen import ScreenPanel

        yield ScreenPanel(load.form(form_id), self.case, page=self.name, on_leave=self._left)

    @part
    def daily(self) -> Iterator[Any]:
        """The daily log."""
        yield self._log("daily")

    @part
    def contacts(self) -> Iterator[Any]:
        """The contact log; under no contact one line, ‘no contact kept today’."""
        yield from map(self._panel, self._applying(("contact", "no-contact")))

    @part
    def week(self) -> Iterator[Any]:
        """A week of the daily log as a grid."""
        from workbook.forms.week import WeekPanel

        yield WeekPanel(load.form("daily"), self.case, **self._common())

    @part
    def weekly(self) -> Iterator[Any]:
        """The look back on a week; above it a quiet line when the last one is some time ago."""
        yield self._log("weekly")

    @part
    def importer(self) -> Iterator[Any]:
        """Reading in a log that was kept elsewhere (a CSV file)."""
        from workbook.exchange.panel import ImportPanel

        yield ImportPanel(self.case)

    @part
    def route(self) -> Iterator[Any]:
        """The case's way: its route section by section, with what is done, open or set aside."""
        from workbook.forms.route import RoutePanel

        yield RoutePanel(self.case)

    @part
    def chart(self, chart_id: str) -> Iterator[Any]:
        """A chart of the log by its id in data/charts.yaml, as mood-calm; or the picture of a form, if it is open."""
        from workbook.charts.offers import applies
        from workbook.charts.panel import ChartPanel, PicturePanel
        from workbook.content.pictures import pictures

        drawn = pictures().get(chart_id)
        if drawn is None:
            if applies(chart_id, standing(self.case)):
                yield ChartPanel(chart_id, self.case)
        elif self._gate().open and gates.shown(load.form(drawn.form).show_if, standing(self.case)):
            yield PicturePanel(drawn, self.case, self.name)

    @part
    def charts(self) -> Iterator[Any]:
        """Further charts to choose from; the chosen ones are drawn below, and printed with the page."""
        from workbook.charts.panel import ChartsPanel

        yield ChartsPanel(self.case)

    @part
    def review(self) -> Iterator[Any]:
        """What the log says of the time since the last look back, once the criteria are written; no recommendation."""
        from workbook.forms.review import ReviewPanel

        if self._gate().open:
            yield ReviewPanel(self.case)

    @part
    def ways(self) -> Iterator[Any]:
        """Where each choice of the decision leads, after the client has seen and chosen."""
        from workbook.forms.review import WaysPanel

        if self._gate().open:
            yield WaysPanel()

    @part
    def support(self) -> Iterator[Any]:
        """Who to call: the emergency number and the lines that were confirmed."""
        from workbook.forms.panel import Panel
        from workbook.record.support import support

        yield Panel("support", support(self._practice))

    @part
    def note(self) -> Iterator[Any]:
        """The counselor's note on this step and their own notes; shown in Counselor view only."""
        from workbook.forms.note import NotePanel

        step = load.step(self.name)
        if step:
            yield NotePanel(step, self.case, page=self.name, gate=gates.theme_gate(step.id, standing(self.case)))

    @part
    def next(self) -> Iterator[Any]:
        """What the counselor put on this step beside its own exercises, and where to go from here."""
        from workbook.forms.head import NextPanel

        yield from self._further(one for one in load.added_forms(self.name) if one not in self._named)
        yield NextPanel(self.case, self.name)

    @part
    def show(self, figure: Figure, alt: str = "") -> Iterator[Any]:
        """A matplotlib figure of the counselor's own; `alt` says in words what it shows. It prints with the page."""
        from workbook.charts.leaf import own_figure

        svg = own_figure(figure)
        self._figures += 1
        self._connection.keep_figure(self._figures, svg, alt)
        words = html.escape(alt or "A figure by your counselor", quote=True)
        yield _html(f'<figure class="wb-figure" role="img" aria-label="{words}">{svg}</figure>')

    def log(self) -> DataFrame:
        """The log as a tidy DataFrame, less private entries; see `workbook.charts.frame.log_frame` for its columns."""
        from workbook.charts.frame import log_frame

        return log_frame(self.case)

    def _read_content(self) -> None:
        """Take up what the workspace holds now, in the case's language; Counselor view says what is wrong in it."""
        used = edition.use(self._connection.content, language_of(self._connection.case))
        if used.problems and strict():
            raise used.problems[0]

    def _gate(self) -> gates.Gate:
        step = load.step(self.name)
        return gates.theme_gate(step.id, standing(self.case)) if step else gates.Gate(True)

    def _panel(self, form: Form) -> Any:
        """The form's panel; a counselor's form is made only when Counselor view opens."""
        return self._counselor([form]) if form.audience == "counselor" else self._bare_panel(form)

    def _counselor(self, forms: list[Form]) -> Any:
        from workbook.forms.counselor import CounselorPanel

        return CounselorPanel(forms, self.case, self._bare_panel)

    def _bare_panel(self, form: Form) -> Any:
        from workbook.forms.form import FormPanel
        from workbook.forms.log import LogPanel

        gate = called_gate(form, standing(self.case))
        if form.kind == "log" and gate.open:
            return LogPanel(form, self.case, **self._common())
        return FormPanel(form, self.case, gate=gate, reopen=lambda: self._bare_panel(form), **self._common())

    def _common(self) -> dict[str, Any]:
        return {"page": self.name, "on_leave": self._left, "sitting": self._connection.sitting}

    def _log(self, form_id: str) -> Any:
        return self._panel(load.form(form_id))

    def _left(self) -> None:
        raise_flags(self.case)

    def _mark_step(self) -> None:
        """The first opening of a step is a dated mark on the charts."""
        step = load.step(self.name)
        mark = mark_of(self.case, self.name)
        if step and self.case.info.closed_at is None and self.case.response(mark) is None:
            answers = {"label": step.title, "kind": "step"}
            with suppress(WorkbookError):  # a mark that the counselor deleted stays deleted
                self.case.save("event", answers, response_id=mark, at=datetime.now(UTC), respondent="counselor")


class ClosedPage(Page):
    """A page that cannot open here; it said why, and its parts stay silent."""

    def __init__(self) -> None:
        """Needs no connection: nothing is shown."""

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name not in Page.__dict__:
            return object.__getattribute__(self, name)
        if name == "log":
            return _no_log
        return _nothing


def _nothing(*_args: Any, **_kwargs: Any) -> None:
    """A part of a page that is not open."""


def _no_log() -> DataFrame:
    raise GateClosed("The log can be read once the practice is unlocked and a case is open.")
