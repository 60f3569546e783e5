"""The certificate says what was erased, searched and not reached, and names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workbook.record.erasing import Result
from workbook.report.certificate import certificate

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
HERE = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


@pytest.fixture
def result() -> Result:
    """A run with something of everything."""
    return Result(
        number=7, opened_at=AT - timedelta(400), erased_at=AT, backups=3, asides=1, cleaned=2, files=1200,
        deleted=["Secret name.backup"], kept=["Other secret.backup"], exports=1, swept=1, found=["Secret alias.txt"],
        closed=["Secret sheet.pdf"], short_alias=True,
    )  # fmt: skip


@pytest.mark.usefixtures("in_the_west")
def test_all_of_it_in_words(result: Result, read_pdf: type[Any]) -> None:
    """Number, dates on this computer's calendar, counts; the practice's own name."""
    words = read_pdf(certificate(result, practice="House by the lake", now=HERE)).words
    for said in ("number 7", "House by the lake", "20 Nov 2026, 15:30 PST", "21 Nov 2026, 09:00 PST",
                 "not closed before", "2 files held the case",
                 "3 backups and 1 put-aside practice", "1,200 plain files", "found in 1 file, shown", "1 exported file",
                 "1 copy that could not be opened, as a whole", "1 copy in the workspace that could not be opened",
                 "1 PDF in the workspace", "wear levelling", "fewer than three characters"):  # fmt: skip
        assert said in words, said


def test_it_names_nobody(result: Result, read_pdf: type[Any]) -> None:
    """Names of files may carry an alias, so none of them stands there."""
    read = read_pdf(certificate(result, practice="", now=HERE))
    assert "Secret" not in read.words
    assert read.reader.metadata["/Title"] == "Certificate"


def test_a_clean_run(read_pdf: type[Any]) -> None:
    """Nothing found, nothing kept: said so, and no line about what was not there."""
    words = read_pdf(certificate(Result(1, AT, AT, AT, backups=1), practice="", now=HERE)).words
    assert words.count("not found") == 2
    assert "1 backup that could be opened" in words
    for absent in ("could not be opened", "exported", "unfinished", "PDF in the workspace"):
        assert absent not in words


@pytest.mark.usefixtures("in_the_west")
def test_days_are_those_of_this_computer_then(read_pdf: type[Any]) -> None:
    """A case opened on a summer evening has that day, whatever the clock's offset on the day of the certificate."""
    opened = datetime(2026, 7, 1, 7, 30, tzinfo=UTC)  # half past midnight on 1 July; in winter it would be June still
    assert "1 Jul 2026" in read_pdf(certificate(Result(1, opened, AT, AT), practice="", now=HERE)).words


def test_what_an_older_backup_undoes(read_pdf: type[Any]) -> None:
    """It promises no more than the practice keeps."""
    words = read_pdf(certificate(Result(1, AT, AT, AT), practice="", now=HERE)).words
    assert "unless a backup from before this case was opened is restored" in words
