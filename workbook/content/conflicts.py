"""The table of conflicts between the guides: what each asks of the workbook, and what here carries it out.

data/conflicts.yaml is the one source; its ids are checked against forms, pages, flags, logs, charts, notices and gates.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbook.content import charts, load, notices, parse
from workbook.content.marked import Marked, read
from workbook.content.model import Field
from workbook.rules import alerts, gates

_CONFLICT_KEYS = ("id", "title", "rules")
_RULE_KEYS = ("rule", "by", "but")
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Rule:
    """One line of how a conflict is handled. `by` names what carries it out: (kind, ids), as in ('flag', ('danger',)).

    `but` says where the workbook does otherwise, and why.
    """

    rule: str
    by: tuple[tuple[str, tuple[str, ...]], ...]
    but: str = ""

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind."""
        return next((ids for name, ids in self.by if name == kind), ())


@dataclass(frozen=True)
class Conflict:
    """Two pieces of advice that pull apart, and the rules that keep a client safe between them."""

    id: str
    title: str
    rules: tuple[Rule, ...]


@cache
def conflicts() -> tuple[Conflict, ...]:
    """All conflicts in their order; ContentError with file and line for what is not understood or does not exist."""
    return read_conflicts(load.data_dir() / "conflicts.yaml")


def read_conflicts(path: Path) -> tuple[Conflict, ...]:
    """The conflicts in a file; raises as `conflicts` does."""
    top = read(path)
    top.only(("conflicts",))
    found: dict[str, Conflict] = {}
    for raw in parse.entries(top, "conflicts"):
        raw.only(_CONFLICT_KEYS)
        one = Conflict(raw.need("id", str), raw.need("title", str), tuple(map(_rule, parse.entries(raw, "rules"))))
        if one.id in found:
            raise raw.error(f"the conflict ‘{one.id}’ stands here twice.", "id")
        found[one.id] = one
    return tuple(found.values())


def _rule(raw: Marked) -> Rule:
    raw.only(_RULE_KEYS)
    carriers: Marked = raw.need("by", dict)
    carriers.only(_KNOWN)
    by = []
    for kind in carriers:
        known = _KNOWN[kind]()
        ids = carriers.need(kind, list)
        for name in ids:
            _expect(carriers, kind, str(name), known)
        by.append((kind, tuple(ids)))
    if not any(ids for _, ids in by):
        raise raw.error("nothing carries this rule out; name a form, a gate, a flag …", "by")
    return Rule(raw.need("rule", str), tuple(by), raw.take("but", str, ""))


def _expect(raw: Marked, kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, list(known), 1)
        hint = f" Did you mean ‘{near[0]}’?" if near else ""
        raise raw.error(f"no {kind} is called ‘{name}’.{hint}", kind)


def _fields() -> dict[str, Field]:
    """Questions and texts of shipped forms as `form.question`, those inside of rows as `form.rows.question`."""
    found = {}
    for form in load.shipped_forms().values():
        for one in form.fields:
            found[f"{form.id}.{one.id}"] = one
            found |= {f"{form.id}.{one.id}.{inner.id}": inner for inner in one.fields}
    return found


def _texts() -> Collection[str]:
    return {name for name, one in _fields().items() if one.kind == "read" or one.help}


def _flags() -> Collection[str]:
    return {one.flag.kind for one in _fields().values() if one.flag} | alerts.OVER_TIME


def _counselor() -> Collection[str]:
    """What the counselor alone writes: a form, or a question of one."""
    own = {form.id for form in load.shipped_forms().values() if form.audience == "counselor"}
    return own | {name for name in _fields() if name.split(".")[0] in own}


def _modules() -> Collection[str]:
    """Modules of the workbook, as `record.raising`."""
    return {".".join(path.relative_to(_PACKAGE).with_suffix("").parts) for path in _PACKAGE.rglob("*.py")}


def _browser() -> Collection[str]:
    """Modules of the pages in the browser, as `leave`."""
    return {path.stem for path in (_PACKAGE / "lab").rglob("static/*.js")}


_KNOWN: dict[str, Callable[[], Collection[str]]] = {
    "gate": lambda: gates.NAMES,
    "flag": _flags,
    "form": load.shipped_forms,
    "field": _fields,
    "text": _texts,
    "log": lambda: {one.log for one in _fields().values() if one.log},
    "chart": charts.charts,
    "notice": lambda: {one.id for one in notices.shipped()},
    "page": lambda: {path.stem for path in load.notebooks_dir().glob("*.ipynb")},
    "counselor": _counselor,
    "module": _modules,
    "browser": _browser,
}
"""What may carry a rule out, and the ids that there are."""
