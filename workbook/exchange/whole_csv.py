"""The answers of a whole case as CSV files: one line for each answer, logs in one file, each other form in its own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

Record = dict[str, Any]
Line = dict[str, Any]
COLUMNS = (
    *("entry", "form", "question", "row", "label", "day", "at", "zone", "whole_day", "private", "value", "words"),
)
VERSION_COLUMNS = ("entry", "form", "version", "from", "until", "question", "row", "label", "value", "words")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LOGS = ("log", "measure")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


def files(found: Record) -> dict[str, bytes]:
    """Names and contents of the CSV files of an exported case (see `workbook.exchange.whole.record`)."""
    forms = {form["id"]: form for form in found["forms"]}
    logs = [form_id for form_id, form in forms.items() if _is_log(form)]
    made = {"csv/log.csv": _table(COLUMNS, _lines(found, forms, logs))}
    for form_id, form in forms.items():
        if not _is_log(form):
            made[f"csv/form-{_plain(form_id)}.csv"] = _table(COLUMNS, _lines(found, forms, [form_id]))
    made["csv/versions.csv"] = _table(VERSION_COLUMNS, _versions(found, forms))
    return made


def answers(given: Record, fields: Iterable[Record]) -> Iterator[Line]:
    """Each answer by itself: question, row, label, value and words. Rows that were taken out are left out."""
    known = {one["id"]: one for one in fields}
    for name, value in given.items():
        field = known.get(name, {"label": name})
        if not isinstance(value, dict):
            yield _answer(name, "", field, value)
        elif value and all(isinstance(cells, dict) for cells in value.values()):
            inner = {one["id"]: one for one in field.get("fields", [])}
            for row, cells in value.items():
                if not cells.get("_deleted"):
                    for cell, one in cells.items():
                        if not cell.startswith("_"):
                            yield from _parts(f"{name}.{cell}", row, inner.get(cell, {"label": cell}), one)
        else:
            yield from _parts(name, "", field, value)


def _parts(question: str, row: str, field: Record, value: Any) -> Iterator[Line]:
    """Of shares and waiting times each part; anything else is one answer."""
    if not isinstance(value, dict):
        yield _answer(question, row, field, value)
        return
    for part, one in value.items():
        label = field.get("options", {}).get(part, "")
        yield _answer(f"{question}.{part}", row, {"label": " – ".join(filter(None, (field["label"], label)))}, one)


def _answer(question: str, row: str, field: Record, value: Any) -> Line:
    options = field.get("options", {})
    stored: Any = value
    if isinstance(value, bool):
        stored, words = int(value), "yes" if value else "no"
    elif isinstance(value, list):
        stored, words = "; ".join(value), "; ".join(options.get(one, one) for one in value)
    elif isinstance(value, str):
        words = options.get(value, value)
    else:
        words = " ".join(filter(None, (str(value), field.get("unit", ""))))
    return {"question": question, "row": row, "label": field["label"], "value": stored, "words": words}


def _lines(found: Record, forms: dict[str, Record], wanted: list[str]) -> Iterator[Line]:
    when = ("day", "at", "zone")
    for one in found["responses"]:
        if one["form"] in wanted:
            head = {"entry": one["id"], "form": one["form"], **{name: one[name] for name in when}}
            marks = {"whole_day": int(one["whole_day"]), "private": int(one["private"])}
            for line in answers(one["answers"], forms[one["form"]]["fields"]):
                yield {**head, **marks, **line}


def _versions(found: Record, forms: dict[str, Record]) -> Iterator[Line]:
    for one in found["responses"]:
        for earlier in one["versions"]:
            head = {"entry": one["id"], "form": one["form"], "version": earlier["number"]}
            for line in answers(earlier["answers"], forms[one["form"]]["fields"]):
                yield {**head, "from": earlier["from"], "until": earlier["until"], **line}


def _table(columns: tuple[str, ...], lines: Iterable[Line]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in line.items()} for line in lines)
    return (_BOM + out.getvalue()).encode()


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _plain(form_id: str) -> str:
    """A form's id as part of a file name on every system."""
    return re.sub(r"[^0-9A-Za-z._-]", "-", form_id)


def _is_log(form: Record) -> bool:
    return form["kind"] in _LOGS
