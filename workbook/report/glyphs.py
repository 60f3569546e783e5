"""Text as the fonts can print it: nothing vanishes, nothing is cut, nothing stops the printer.

The fonts beside this file, and those that typst brings, have Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari and
many signs. A character that none of them has is named in brackets: [slightly smiling face].
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from workbook.rules.text import clean

FONTS = Path(__file__).parent / "fonts"
LONGEST_RUN = 30
"""Characters without a space that always fit into one line; longer runs may break after every BREAK_EVERY."""
BREAK_EVERY = 20

_BROUGHT_BY_TYPST = frozenset("≈≠≤≥∞∑√∂∫∆∏∈∉∩∪⊂⊃∧∨¬∀∃ﬁﬂ")  # in Libertinus Serif, which is compiled into typst
_BREAK = "\u200b"
_LINES = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\ufe00-\ufe0f\ufeff\u200b\u2060\u00ad\U000e0000-\U000e01ef]")
_LONG = re.compile(rf"[^\s\u200b-]{{{LONGEST_RUN + 1},}}")
_SPACES = frozenset("\n\r\t")
_PLAIN = re.compile(r"[ -~\n]*")
_STRONG_RTL = frozenset(("R", "AL"))


@cache
def code_points() -> frozenset[int]:
    """All code points that the shipped fonts can draw; read once from their character maps."""
    from fontTools.ttLib import TTFont

    found: set[int] = {ord(one) for one in _BROUGHT_BY_TYPST}
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(one for one in found if unicodedata.category(chr(one)) != "Cc")  # some fonts draw those as nothing


def printable(text: str) -> str:
    """The text with stand-ins for what no font has; line ends become \\n, tabs become spaces."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LINES.sub("\n", clean(text)).replace("\t", "    ")
    text = _UNSEEN.sub("", text)
    known = code_points()
    unknown = {one for one in set(text) if ord(one) not in known} - {"\n"}
    return _named(text, known) if unknown else text


def unbroken(text: str) -> str:
    """The text with a place to break in every long run, so that no line is cut at the edge of the paper."""
    if len(text) <= LONGEST_RUN:
        return text
    return _LONG.sub(lambda run: _broken(run[0]), text)


def paragraphs(text: str) -> list[str | dict[str, str]]:
    """A text as data for the template: one entry a line, right-to-left ones as {'rtl': text}, empty ones left out."""
    lines = (unbroken(line.rstrip()) for line in printable(text).split("\n"))
    return [{"rtl": line} if right_to_left(line) else line for line in lines if line]


def line(text: str) -> str | dict[str, str]:
    """A text as one line of data for the template."""
    one = unbroken(" ".join(printable(text).split("\n")).strip())
    return {"rtl": one} if right_to_left(one) else one


def drawing(svg: str) -> str:
    """An SVG with stand-ins for characters that no font has; its markup is ASCII and stays as it is."""
    known = code_points()
    return svg if svg.isascii() or all(one in _SPACES or ord(one) in known for one in set(svg)) else printable(svg)


def right_to_left(text: str) -> bool:
    """True when the first letter with a direction is Hebrew or Arabic."""
    if text.isascii():
        return False
    for one in text:
        kind = unicodedata.bidirectional(one)
        if kind == "L":
            return False
        if kind in _STRONG_RTL:
            return True
    return False


def _named(text: str, known: frozenset[int]) -> str:
    parts: list[str] = []
    names: list[str] = []
    for one in text:
        if unicodedata.category(one) == "Cf" and (names or ord(one) not in known):
            continue  # a joiner between named characters, or a mark that no font knows, says nothing by itself
        if ord(one) in known or one == "\n":
            _close(parts, names)
            parts.append(one)
        else:
            names.append(unicodedata.name(one, "").lower() or f"U+{ord(one):04X}")
    _close(parts, names)
    return "".join(parts)


def _close(parts: list[str], names: list[str]) -> None:
    if names:
        parts.append(f"[{', '.join(names)}]")
        names.clear()


def _broken(run: str) -> str:
    """The run with a break before every twentieth character, never between a letter and its marks."""
    parts: list[str] = []
    since = 0
    for one in run:
        if since >= BREAK_EVERY and not unicodedata.combining(one) and one != "\u200d":
            parts.append(_BREAK)
            since = 0
        parts.append(one)
        since += 1
    return "".join(parts)
