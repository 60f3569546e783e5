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
_CALLS = frozenset({"t", "phrase"})
_STRING = r'"((?:[^"\\]|\\.)*)"'
_JS_LITERAL = re.compile(rf"(?<![\w.])(?:t|phrase)\(\s*{_STRING}")
_JS_NAME = re.compile(r"(?<![\w.])t\(([A-Z][A-Z_]+)[,)]")
_JS_CONSTANT = re.compile(rf"^(?:export )?const ([A-Z][A-Z_]+) =((?:\s*\+?\s*{_STRING})+);", re.MULTILINE)


@cache
def phrases() -> frozenset[str]:
    """All phrases, in English."""
    return frozenset({*_python(), *_browser()})


def _python() -> Iterator[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    constants = {name: found for tree in trees for name, found in _constants(tree)}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS and node.args:
            yield from _said(node.args[0], constants)


def _constants(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, [one.value for one in ast.walk(node.value) if _is_text(one)]  # type: ignore[attr-defined]


def _said(argument: ast.expr, constants: dict[str, list[str]]) -> list[str]:
    if isinstance(argument, ast.Constant):
        return [argument.value] if isinstance(argument.value, str) else []
    inner = argument.value if isinstance(argument, ast.Subscript) else argument
    name = _name(inner)
    return constants.get(name, []) if name.isupper() else []


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _browser() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("static/**/*.js")):
        text = path.read_text("utf-8")
        constants = {match[1]: "".join(re.findall(_STRING, match[2])) for match in _JS_CONSTANT.finditer(text)}
        yield from (_plain(match[1]) for match in _JS_LITERAL.finditer(text))
        yield from (_plain(constants[match[1]]) for match in _JS_NAME.finditer(text) if match[1] in constants)


def _plain(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal)
