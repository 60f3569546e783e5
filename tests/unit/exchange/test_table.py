"""Any file that another app may export, and files that are none."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import ImportProblem
from workbook.exchange.table import MAX_BYTES, missing, read_table

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def test_header_rows_and_numbers() -> None:
    """Rows are numbered as a spreadsheet shows them; empty lines are no rows but keep the count."""
    table = read_table(b"a,b\n1,2\n\n3,4\n")
    assert table.header == ("a", "b")
    assert table.rows == ((2, ("1", "2")), (4, ("3", "4")))
    assert table.column("b") == ("2", "4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    """Umlauts arrive whatever the other app wrote, and no byte order mark clings to the first name."""
    table = read_table("für,ß\ncafé,1\n".encode(encoding))
    assert table.header == ("für", "ß")
    assert table.rows[0][1] == ("café", "1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    """Commas, semicolons (with decimal commas inside), tabs and bars."""
    text = f"date{delimiter}mood\n" + f'2026-01-01{delimiter}"3,5"\n' * 3
    table = read_table(text.encode())
    assert (table.delimiter, table.header) == (delimiter, ("date", "mood"))
    assert table.rows[0][1][1] == "3,5"


def test_a_file_without_a_heading() -> None:
    """A first row with numbers is data; the counselor may also say so."""
    table = read_table(b"2026-01-01,5,walk\n2026-01-02,6,rest\n")
    assert (table.named, table.header) == (False, ("Column 1", "Column 2", "Column 3"))
    assert [row for row, _ in table.rows] == [1, 2]
    assert read_table(b"a,b\n1,2\n", named=False).header == ("Column 1", "Column 2")


def test_names_that_are_missing_or_come_twice() -> None:
    """Every column can be chosen by a name of its own."""
    assert read_table(b'"",mood,mood\n1,2,3\n').header == ("Column 1", "mood", "mood (column 3)")


def test_the_signature_knows_the_columns_alone() -> None:
    """Other rows, the same columns: the same file to us."""
    assert read_table(b"a,b\n1,2\n").signature == read_table(b"a;b\n3;4\n5;6\n").signature
    assert read_table(b"a,b\n1,2\n").signature != read_table(b"b,a\n1,2\n").signature


@pytest.mark.parametrize("data", [b"", b"   \n \n", "\ufeff".encode(), b'"', b",,\n,\n"])
def test_an_empty_file(data: bytes) -> None:
    """Said in words, with what to do."""
    with pytest.raises(ImportProblem, match="empty"):
        read_table(data)


@pytest.mark.parametrize("data", [b"\x81\x8d\x00\xff", b"x" * (MAX_BYTES + 1)])
def test_no_text_or_too_much(data: bytes) -> None:
    """A picture or a film is refused in words."""
    with pytest.raises(ImportProblem):
        read_table(data)


def test_hostile_cells() -> None:
    """NUL becomes a visible stand-in; emoji, 100,000 characters, quotes and line breaks in a cell return unchanged."""
    long = "x" * 100_000
    text = f'date,note\n2026-01-01,"a\0b 🙂 ""q""\nnext"\n2026-01-02,{long}\n2026-01-03,=cmd|\'/c calc\'!A1\n'
    rows = [cells for _, cells in read_table(text.encode()).rows]
    assert rows[0][1] == 'a␀b 🙂 "q"\nnext'
    assert rows[1][1] == long
    assert rows[2][1] == "=cmd|'/c calc'!A1"


def test_a_cell_of_a_million_and_one_is_refused_in_words() -> None:
    """The message names the row before it and nothing of what stands there."""
    with pytest.raises(ImportProblem, match="after row 1") as refused:
        read_table(b"a,b\n1," + b"secret" * 200_000 + b"\n")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "null", "-", "."])
def test_missing(cell: str) -> None:
    """What apps write for nothing."""
    assert missing(cell)


@pytest.mark.parametrize("cell", ["0", "no", "none of it", "-1"])
def test_not_missing(cell: str) -> None:
    """Zero is an answer."""
    assert not missing(cell)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_round_trip(rows: list[tuple[str, str]], delimiter: str) -> None:
    """What a CSV writer wrote is read back character by character."""
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("first name", "second name"), *rows])
    table = read_table(made.getvalue().encode(), named=True)
    if table.delimiter == delimiter:
        assert [cells for _, cells in table.rows] == kept


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    """Whatever is chosen, nothing but our own sentence comes out."""
    try:
        table = read_table(data)
    except ImportProblem:
        return
    assert table.header
