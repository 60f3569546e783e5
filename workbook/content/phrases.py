"""The workbook's own phrases, found in its source: what `t(…)` and `phrase(…)` are given, here and in the browser.

A phrase is a literal, or a constant of literals whose name stands there (`t(NEUTRAL)`, `t(_MONTHS[0])`). What a
variable brings from elsewhere is marked at its origin by `phrase("…")`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_CALLS = {"t": 0, "phrase": 0, "InvalidAnswer": 1, "CaseMismatch": 0, "WorkbookError": 0}
"""What takes a phrase, and which of its arguments it is: errors are said by `words.said_of`."""
_STRING = r'"((?:[^"\\]|\\.)*)"'
_JS_LITERAL = re.compile(rf"(?<![\w.])(?:t|phrase)\(\s*{_STRING}")
_JS_NAME = re.compile(r"(?<![\w.])t\(([A-Z][A-Z_]+)[,)]")
_JS_CONSTANT = re.compile(rf"^(?:export )?const ([A-Z][A-Z_]+) =((?:\s*\+?\s*{_STRING})+);", re.MULTILINE)


@cache
def phrases() -> frozenset[str]:
    """All phrases, in English."""
    return frozenset(phrase for found in by_file().values() for phrase in found)


@cache
def by_file() -> dict[str, frozenset[str]]:
    """The phrases of each file, by its path within the package (`forms/spec.py`)."""
    return {name: frozenset(said) for name, said in (*_python(), *_browser()) if said}


def _python() -> Iterator[tuple[str, list[str]]]:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    anywhere = {name: found for tree in trees.values() for name, found in _constants(tree)}
    for path, tree in trees.items():
        own = dict(_constants(tree))
        calls = [(node, _CALLS.get(_name(node.func))) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        given = [call.args[at] for call, at in calls if at is not None and len(call.args) > at]
        yield _short(path), [one for argument in given for one in _said(argument, own, anywhere)]


def _constants(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, [one.value for one in ast.walk(node.value) if _is_text(one)]  # type: ignore[attr-defined]


def _said(argument: ast.expr, own: dict[str, list[str]], anywhere: dict[str, list[str]]) -> list[str]:
    """What the argument stands for: a name is the module's own constant, `gates.NEUTRAL` one of another module."""
    if isinstance(argument, ast.Constant):
        return [argument.value] if isinstance(argument.value, str) else []
    inner = argument.value if isinstance(argument, ast.Subscript) else argument
    known = own if isinstance(inner, ast.Name) else anywhere
    return known.get(_name(inner), []) if _name(inner).isupper() else []


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _browser() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(PACKAGE.rglob("static/**/*.js")):
        text = path.read_text("utf-8")
        constants = {match[1]: "".join(re.findall(_STRING, match[2])) for match in _JS_CONSTANT.finditer(text)}
        named = [constants[match[1]] for match in _JS_NAME.finditer(text) if match[1] in constants]
        yield _short(path), [_plain(one) for one in (*(match[1] for match in _JS_LITERAL.finditer(text)), *named)]


def _short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _plain(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal)
