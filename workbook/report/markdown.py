"""Markdown as a small tree of plain data, which the template can render without ever seeing markup.

Blocks: ["h", level, inline], ["p", inline], ["ul" or "ol", items], ["quote", blocks], ["table", head, rows],
["code", lines], ["rule"]. Inline: a text, {"rtl": text}, {"b", "i" or "m": inline}, or {"a": inline, "to": address}.
HTML tags are left out, their words are kept. Pictures are not fetched; their alternative text stands in for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import unescape
from typing import Any

from workbook.report.glyphs import printable, right_to_left, unbroken

_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.S | re.I)
_SAFE = re.compile(r"(https?|mailto|tel|sms):[^\s]+", re.I)
_DEEPEST = 12

Tree = list[Any]
Tokens = list[dict[str, Any]]


@cache
def _parser() -> Any:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "url"])


@lru_cache(maxsize=1024)
def tree(text: str) -> Tree:
    """The blocks of a Markdown text; kept, since pages and forms hardly change. Do not alter what it returns."""
    tokens, _ = _parser().parse(text)
    return _blocks(tokens, 0)


def _blocks(tokens: Iterable[dict[str, Any]], depth: int) -> Tree:
    found: Tree = []
    for token in tokens:
        if depth > _DEEPEST:  # nobody writes so deep by hand; its words are still printed
            found.append(["p", [_text(_plain(token))]])
        else:
            found.extend(_block(token, depth))
    return found


def _block(token: dict[str, Any], depth: int) -> Tree:
    make = _BLOCKS.get(token["type"])
    return make(token, token.get("children", []), depth) if make else []


def _heading(token: dict[str, Any], children: Tokens, _depth: int) -> Tree:
    return [["h", token["attrs"]["level"], _inline(children)]]


def _paragraph(_token: dict[str, Any], children: Tokens, _depth: int) -> Tree:
    inline = _inline(children)
    return [["p", inline]] if inline else []


def _list(token: dict[str, Any], children: Tokens, depth: int) -> Tree:
    items = [_blocks(one.get("children", []), depth + 1) for one in children]
    return [["ol" if token["attrs"].get("ordered") else "ul", items]]


def _quote(_token: dict[str, Any], children: Tokens, depth: int) -> Tree:
    return [["quote", _blocks(children, depth + 1)]]


def _code(token: dict[str, Any], _children: Tokens, _depth: int) -> Tree:
    lines = printable(token.get("raw", "")).rstrip("\n").split("\n")
    return [["code", [_text(one or " ") for one in lines]]]


def _rule(_token: dict[str, Any], _children: Tokens, _depth: int) -> Tree:
    return [["rule"]]


def _html(token: dict[str, Any], _children: Tokens, _depth: int) -> Tree:
    words = _without_tags(token.get("raw", ""))
    return [["p", [_text(words)]]] if words else []


def _table(_token: dict[str, Any], parts: Tokens, _depth: int) -> Tree:
    head: Tree = []
    rows: Tree = []
    for part in parts:
        if part["type"] == "table_head":
            head = [_inline(cell.get("children", [])) for cell in part["children"]]
        else:
            rows.extend([_inline(cell.get("children", [])) for cell in row["children"]] for row in part["children"])
    return [["table", head, rows]]


_BLOCKS: dict[str, Callable[[dict[str, Any], Tokens, int], Tree]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "list": _list,
    "block_quote": _quote,
    "table": _table,
    "block_code": _code,
    "thematic_break": _rule,
    "block_html": _html,
}


def _inline(tokens: Iterable[dict[str, Any]]) -> Tree:
    found: Tree = []
    for token in tokens:
        found.extend(_span(token))
    return found


def _span(token: dict[str, Any]) -> Tree:
    make = _SPANS.get(token["type"])
    if make:
        return make(token)
    return _inline(token["children"]) if "children" in token else [_text(_plain(token))]


def _words(token: dict[str, Any]) -> Tree:
    return [_text(unescape(token["raw"]))] if token["raw"] else []


def _styled(token: dict[str, Any]) -> Tree:
    return [{_STYLES[token["type"]]: _inline(token.get("children", []))}]


def _typed(token: dict[str, Any]) -> Tree:
    return [{"m": [_text(unescape(token["raw"]))]}]


def _picture(token: dict[str, Any]) -> Tree:
    return [_text(f"[picture: {_plain(token) or 'without words'}]")]


def _tag(token: dict[str, Any]) -> Tree:
    return ["\n"] if re.match(r"<br\b", token["raw"], re.I) else []


def _link(token: dict[str, Any]) -> Tree:
    """A link with its address in words, since paper cannot be clicked; links between pages are words only."""
    inline = _inline(token.get("children", []))
    address = printable(token["attrs"].get("url", ""))
    if not _SAFE.fullmatch(address):
        return inline
    words = _plain(token)
    said = address.split(":", 1)[1].strip("/") if not address.lower().startswith("http") else address
    tail = [] if words.strip() in (address, said) else [_text(f" ({said})")]
    return [{"a": inline or [_text(address)], "to": address}, *tail]


_STYLES = {"strong": "b", "emphasis": "i"}
_SPANS: dict[str, Callable[[dict[str, Any]], Tree]] = {
    "text": _words,
    "strong": _styled,
    "emphasis": _styled,
    "codespan": _typed,
    "link": _link,
    "image": _picture,
    "softbreak": lambda _token: [" "],
    "linebreak": lambda _token: ["\n"],
    "inline_html": _tag,
}


def _plain(token: dict[str, Any]) -> str:
    if "children" in token:
        return "".join(_plain(one) for one in token["children"])
    return _without_tags(str(token.get("raw", "")))


def _without_tags(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _text(words: str) -> Any:
    text = unbroken(printable(words))
    return {"rtl": text} if right_to_left(text) else text
