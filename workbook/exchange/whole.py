"""A whole case for its client: every answer with its question and earlier versions, as JSON, as CSV, in one ZIP file.

Without the counselor's notes and forms, the private screen and the flags. `export.md` tells the reader what is in it;
`export.schema.json` is the JSON's schema.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import edition, load
from workbook.content.model import Field, Form
from workbook.forms.spec import Names
from workbook.record.standing import language_of
from workbook.record.traces import EXPORTED

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.responses import Response

FORMAT = 1
_HERE = Path(__file__).parent
SCHEMA = _HERE / "export.schema.json"
"""The JSON Schema (draft 2020-12) of `record`."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP file knows no earlier time
Record = dict[str, Any]
_COLUMNS = (
    *("entry", "form", "question", "row", "label", "day", "at", "zone", "whole_day", "private", "value", "words"),
)
_VERSION_COLUMNS = ("entry", "form", "version", "from", "until", "question", "row", "label", "value", "words")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LOGS = ("log", "measure")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


def record(case: Case, now: datetime) -> Record:
    """All that the client wrote, as plain JSON; see `SCHEMA` for its shape. `now` (with a zone) is when it is made."""
    with edition.speaking(language_of(case)):
        names = Names(case)
        known = {form_id: entries for form_id in sorted(case.last_saved()) if (entries := _theirs(case, form_id))}
        info = case.info
        return {
            "format": FORMAT,
            "made_at": _moment(now),
            "language": edition.current().language.code,
            "case": {
                "id": info.id,
                "number": info.number,
                "alias": info.alias,
                "opened_at": _moment(info.opened_at),
                "closed_at": _moment(info.closed_at) if info.closed_at else None,
            },
            "forms": [_form(form_id, names) for form_id in known],
            "responses": [_response(case, entry) for entries in known.values() for entry in entries],
        }


def files(found: Record) -> dict[str, bytes]:
    """Names and contents of all files of an export but the PDFs."""
    return {
        EXPORTED: json.dumps(found, ensure_ascii=False, indent=1).encode(),
        "SCHEMA.md": read_me().encode(),
        **_csv_files(found),
    }


def pack(parts: Mapping[str, bytes], now: datetime) -> bytes:
    """One ZIP file; every file in it carries the time of the export and nothing of this computer."""
    stamp = max(now.timetuple()[:6], _EARLIEST)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            one = zipfile.ZipInfo(name, stamp)
            one.external_attr = 0o600 << 16  # for its owner alone, once it is unpacked
            out.writestr(one, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_me() -> str:
    """What is in the file, for whoever opens it; ends with the schema."""
    return f"{(_HERE / 'export.md').read_text('utf-8')}```json\n{SCHEMA.read_text('utf-8')}```\n"


def _theirs(case: Case, form_id: str) -> list[Response]:
    """The entries of a form that belong into the client's hands; of a form that is gone those the client wrote."""
    form = load.forms().get(form_id)
    if form is None:
        return [entry for entry in case.entries(form_id) if entry.respondent == "client"]
    return [] if form.audience == "counselor" or form.kind == "screen" else case.entries(form_id)


def _form(form_id: str, names: Names) -> Record:
    form: Form | None = load.forms().get(form_id)
    if form is None:
        return {"id": form_id, "title": form_id, "kind": "unknown", "fields": []}
    fields = [_field(one, names) for one in (*form.fields, *form.hidden) if one.answers]
    return {"id": form.id, "title": names.fill(form.title), "kind": form.kind, "fields": fields}


def _field(one: Field, names: Names) -> Record:
    found: Record = {"id": one.id, "kind": one.kind, "label": names.fill(one.label)}
    if one.options:
        found["options"] = {value: names.fill(label) for value, label in one.options}
    found |= {name: names.fill(value) for name in ("unit", "low", "high") if (value := getattr(one, name))}
    if one.fields:
        found["fields"] = [_field(inner, names) for inner in one.fields if inner.answers]
    return found


def _response(case: Case, entry: Response) -> Record:
    earlier = case.versions(entry.id) if entry.version > 1 else []
    return {
        "id": entry.id,
        "form": entry.form_id,
        "form_version": entry.form_version,
        "by": entry.respondent,
        "at": _moment(entry.at),
        "zone": entry.zone,
        "day": entry.day,
        "whole_day": entry.whole_day,
        "private": entry.private,
        "saved_at": _moment(entry.updated_at),
        "answers": entry.answers,
        "imported": entry.source or None,
        "versions": [
            {"number": v.number, "from": _moment(v.opened_at), "until": _moment(v.closed_at), "answers": v.answers}
            for v in earlier
        ],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _csv_files(found: Record) -> dict[str, bytes]:
    """One line for each answer: logs in one file, each other form in its own, earlier versions in one more."""
    forms = {form["id"]: form for form in found["forms"]}
    logs = [form_id for form_id, form in forms.items() if form["kind"] in _LOGS]
    made = {"csv/log.csv": _table(_COLUMNS, _lines(found, forms, logs))}
    for form_id in forms:
        if form_id not in logs:
            name = re.sub(r"[^0-9a-z._-]", "-", form_id.lower())  # a file name on every system,
            while f"csv/form-{name}.csv" in made:  # and of each form its own
                name += "-"
            made[f"csv/form-{name}.csv"] = _table(_COLUMNS, _lines(found, forms, [form_id]))
    made["csv/versions.csv"] = _table(_VERSION_COLUMNS, _versions(found, forms))
    return made


def _answers(given: Record, fields: Iterable[Record]) -> Iterator[Record]:
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


def _parts(question: str, row: str, field: Record, value: Any) -> Iterator[Record]:
    """Of shares and waiting times each part; anything else is one answer."""
    if not isinstance(value, dict):
        yield _answer(question, row, field, value)
        return
    for part, one in value.items():
        label = field.get("options", {}).get(part, "")
        yield _answer(f"{question}.{part}", row, {"label": " – ".join(filter(None, (field["label"], label)))}, one)


def _answer(question: str, row: str, field: Record, value: Any) -> Record:
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


def _lines(found: Record, forms: dict[str, Record], wanted: list[str]) -> Iterator[Record]:
    for one in found["responses"]:
        if one["form"] in wanted:
            head = {**one, "entry": one["id"], "whole_day": int(one["whole_day"]), "private": int(one["private"])}
            for line in _answers(one["answers"], forms[one["form"]]["fields"]):
                yield {**head, **line}


def _versions(found: Record, forms: dict[str, Record]) -> Iterator[Record]:
    for one in found["responses"]:
        for earlier in one["versions"]:
            head = {**earlier, "entry": one["id"], "form": one["form"], "version": earlier["number"]}
            for line in _answers(earlier["answers"], forms[one["form"]]["fields"]):
                yield {**head, **line}


def _table(columns: tuple[str, ...], lines: Iterable[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in line.items()} for line in lines)
    return (_BOM + out.getvalue()).encode()


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
