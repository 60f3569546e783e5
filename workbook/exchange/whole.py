"""A whole case for its client: every answer with its question and earlier versions, as JSON, as CSV, in one ZIP file.

Without the counselor's notes and forms, the private screen and the flags. `export.md` tells the reader what is in it;
`export.schema.json` is the JSON's schema.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import edition, load
from workbook.content.model import Field, Form
from workbook.exchange import whole_csv
from workbook.forms.spec import Names
from workbook.record.standing import language_of
from workbook.record.traces import EXPORTED

if TYPE_CHECKING:
    from workbook.record.case import Case
    from workbook.record.responses import Response

FORMAT = 1
_HERE = Path(__file__).parent
_PLAIN = ("unit", "low", "high")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP file knows no earlier time
Record = dict[str, Any]


def record(case: Case, now: datetime) -> Record:
    """All that the client wrote, as plain JSON; see `schema` for its shape. `now` (with a zone) is when it is made."""
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
        **whole_csv.files(found),
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


def schema() -> Record:
    """The JSON Schema (draft 2020-12) of `record`."""
    found: Record = json.loads(_schema_text())
    return found


def read_me() -> str:
    """What is in the file, for whoever opens it; ends with the schema."""
    return f"{(_HERE / 'export.md').read_text('utf-8')}```json\n{_schema_text()}```\n"


@cache
def _schema_text() -> str:
    return (_HERE / "export.schema.json").read_text("utf-8")


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
    fields = [_field(one, names) for one in form.fields if one.answers]
    return {"id": form.id, "title": names.fill(form.title), "kind": form.kind, "fields": fields}


def _field(one: Field, names: Names) -> Record:
    found: Record = {"id": one.id, "kind": one.kind, "label": names.fill(one.label)}
    if one.options:
        found["options"] = {value: names.fill(label) for value, label in one.options}
    found |= {name: names.fill(value) for name in _PLAIN if (value := getattr(one, name))}
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
            {
                "number": one.number,
                "from": _moment(one.opened_at),
                "until": _moment(one.closed_at),
                "answers": one.answers,
            }
            for one in earlier
        ],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
