"""Pages by the clock of open-page: the longest against the shortest, and with a year of answers against none."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import sync_playwright
from sqlalchemy import insert

from benchmarks.open_page import VIEW, first_key
from benchmarks.turns import in_turn
from workbook.content import load
from workbook.content.model import Field, Form
from workbook.record import tables
from workbook.record.case import Case
from workbook.record.responses import ImportedEntry

# `benchmarks.open_page` puts the tests' own helpers on the path
import filled  # isort: skip
from driver import PAGES, Tab, Workbook, launch  # isort: skip

ROUNDS = 9
YEAR = 365  # days
EVERYDAY = ("02-pause", "log")
WITH_FIELDS = ("page.form(", "page.daily(")
ALIAS = "Bench"
_BANK = ("bread", "river", "coat", "slowly", "Tuesday", "garden", "because", "lamp", "together", "quiet", "table")


def longest_page() -> dict[str, Any]:
    """Ratio of the medians of one workbook with everything open; at most 1.3 is asked for."""
    longest, shortest = max(_pages(), key=_cells), min(_pages(), key=_cells)
    with _browser() as (stack, browser):
        tab = stack.enter_context(_workbook(browser, year=False))
        found = in_turn(lambda _: first_key(tab, longest), lambda _: first_key(tab, shortest), rounds=ROUNDS)
    return {
        "name": "longest-page",
        "ratio": found.ours / found.theirs,
        "baseline": f"{shortest} ({longest} is the longest page)",
    }


def year_of_answers() -> dict[str, Any]:
    """The slower of two pages, after a year of daily answers in every tool / with none; at most 1.2 is asked for."""
    with _browser() as (stack, browser):
        full, empty = (stack.enter_context(_workbook(browser, year=year)) for year in (True, False))
        ratios = {}
        for name in EVERYDAY:
            found = in_turn(lambda _: first_key(full, name), lambda _: first_key(empty, name), rounds=ROUNDS)  # noqa: B023
            ratios[name] = found.ours / found.theirs
    slower = max(ratios, key=ratios.__getitem__)
    return {
        "name": "year-of-answers",
        "ratio": ratios[slower],
        "baseline": f"{slower} without answers (of {', '.join(EVERYDAY)})",
    }


# ---- pages -----------------------------------------------------------------------------------------------------------


def _pages() -> list[str]:
    """Pages on which a key is accepted."""
    return [name for name in PAGES if any(cell.source.startswith(WITH_FIELDS) for cell in _notebook(name).cells)]


def _cells(name: str) -> int:
    return len(_notebook(name).cells)


def _notebook(name: str) -> Any:
    return nbformat.read(load.notebooks_dir() / f"{name}.ipynb", as_version=4)


# ---- workbooks -------------------------------------------------------------------------------------------------------


@contextmanager
def _browser() -> Iterator[tuple[ExitStack, Any]]:
    with ExitStack() as stack:
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        yield stack, browser


@contextmanager
def _workbook(browser: Any, *, year: bool) -> Iterator[Tab]:
    """A tab on a workbook of its own, whose case has everything open."""
    with tempfile.TemporaryDirectory(prefix="wb-", ignore_cleanup_errors=True) as folder:
        workbook = Workbook(Path(folder))
        tab = Tab(browser.new_context(viewport=VIEW).new_page())
        tab.create(workbook.start())
        tab.add_case(ALIAS)
        with workbook.case(ALIAS) as case:
            if year:
                answer_a_year(case)
            filled.open_everything(case)
        yield tab
        workbook.stop()


def answer_a_year(case: Case) -> None:
    """An entry a day in each log; a card a day in each list of an exercise, and a version a day of the rest."""
    last = datetime.now(UTC) - timedelta(days=1)
    days = [last - timedelta(days=back) for back in range(YEAR)]
    for form in load.forms().values():
        if form.audience == "client" and form.kind in ("log", "measure"):
            case.add_import(_entry(form, day) for day in days)
        elif form.kind == "exercise":
            case.save(form.id, _exercise(form.fields, days), at=last)
            _keep_versions(case, form, days)


def _entry(form: Form, day: datetime) -> ImportedEntry:
    answers = filled.answers(form.fields, _words)
    return ImportedEntry(f"{form.id} {day:%Y-%m-%d}", form.id, day, "UTC", False, answers, {})


def _exercise(fields: tuple[Field, ...], days: list[datetime]) -> dict[str, Any]:
    answers = filled.answers(fields, _words)
    for one in fields:
        if one.kind == "rows":
            answers[one.id] = {f"row-{day:%Y-%m-%d}": _card(one, day) for day in days}
    return answers


def _card(one: Field, day: datetime) -> dict[str, Any]:
    return {**filled.answers(one.fields, _words), "_created": day.isoformat()}


def _keep_versions(case: Case, form: Form, days: list[datetime]) -> None:
    held = case.read(form.id)
    plain = tuple(one for one in form.fields if one.kind != "rows")
    if held is None or not any(one.answers for one in plain):
        return
    kept = [
        {"response_id": held.id, "number": -number, "form_version": form.version, "opened_at": day, "closed_at": day,
         "answers": filled.answers(plain, _words)}
        for number, day in enumerate(days, 1)
    ]  # fmt: skip
    with case.practice.writing() as connection:
        connection.execute(insert(tables.version), kept)


def _words(one: Field) -> str:
    return " ".join(random.choices(_BANK, k=40 if one.kind == "area" else 8))
