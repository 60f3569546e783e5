"""A CSV file as a table of texts: which encoding, which delimiter, is there a heading."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
from collections import Counter
from dataclasses import dataclass, field

from workbook.errors import ImportProblem
from workbook.rules.text import MAX_LENGTH, clean

MAX_BYTES = 20_000_000
"""Largest file that is read, in bytes; ten years of ten entries a day stay far below."""
SHORT = 60
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50
_EMPTY = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "–", "."})


@dataclass(frozen=True)
class Table:
    """The cells of a file as texts. `rows` holds (row number as a spreadsheet shows it, cells)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)
    delimiter: str = ","
    encoding: str = "utf-8"
    named: bool = True

    @property
    def signature(self) -> str:
        """The same for every file with these columns; by it a mapping is remembered."""
        return hashlib.sha256("\x1f".join(self.header).encode()).hexdigest()[:32]

    def column(self, name: str) -> tuple[str, ...]:
        """All cells of a column; ImportProblem if there is none of this name."""
        at = self.index(name)
        return tuple(cells[at] if at < len(cells) else "" for _, cells in self.rows)

    def index(self, name: str) -> int:
        """Where a column stands; ImportProblem if there is none of this name."""
        if name not in self.header:
            raise ImportProblem("A column that was chosen is not in this file. Please choose the columns again.")
        return self.header.index(name)


def missing(cell: str) -> bool:
    """True when nothing was answered: an empty cell, NA and the like. Missing is not zero."""
    return cell.strip().casefold() in _EMPTY


def short(text: str) -> str:
    """At most SHORT characters of a text, so that a long cell does not fill the page."""
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def read_table(data: bytes, *, named: bool | None = None) -> Table:
    """The table in a file.

    Args:
        data: the file's bytes.
        named: whether the first row names the columns; None: find out.

    Raises:
        ImportProblem: the file is empty, too large, or no table of texts.
    """
    if len(data) > MAX_BYTES:
        raise ImportProblem(f"The file has more than {MAX_BYTES // 1_000_000} MB. Please export a shorter period.")
    text, encoding = _decode(data)
    csv.field_size_limit(MAX_LENGTH)
    delimiter = _delimiter(text)
    records = [
        (number, cells) for number, cells in enumerate(_records(text, delimiter), 1) if any(map(str.strip, cells))
    ]
    if not records:
        raise ImportProblem("The file is empty. Please choose the file that the other app exported.")
    if named is None:
        named = _names_columns([cells for _, cells in records[:_SAMPLE]])
    first = records[0][1]
    header = _unique(first) if named else tuple(f"Column {number}" for number in range(1, len(first) + 1))
    return Table(header, tuple(records[1:] if named else records), delimiter, encoding, named)


def _decode(data: bytes) -> tuple[str, str]:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return clean(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise ImportProblem("The file is no text file. Please export it as CSV, in UTF-8 if the other app asks.")


def _records(text: str, delimiter: str) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[str, ...]] = []
    try:
        for cells in reader:
            found.append(tuple(cells))
    except csv.Error:
        raise ImportProblem(
            f"The file cannot be read after row {len(found)}: a cell there is too long or a quotation mark is missing."
        ) from None
    return found


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, more than one if possible."""

    def fitness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(cells) for cells in itertools.islice(reader, _SAMPLE) if cells)
        except csv.Error:
            return (0.0, 0)
        width, often = max(widths.items(), key=lambda one: one[1], default=(0, 0))
        return (often / widths.total() if width > 1 else 0.0, width)

    return max(_DELIMITERS, key=fitness)


def _names_columns(sample: list[tuple[str, ...]]) -> bool:
    """Names are words; a first row in which a cell reads like a number, a date or a time is data already."""
    first = [cell.strip() for cell in sample[0]]
    wordy = [not any(sign.isdigit() for sign in cell) or any(sign.isalpha() for sign in cell) for cell in first if cell]
    return bool(wordy) and all(wordy) and not all(missing(cell) for cell in first)


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they stand; an empty one gets a number, one that comes again too."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain = " ".join(name.split()) or f"Column {number}"
        found.append(plain if plain not in found else f"{plain} (column {number})")
    return tuple(found)
