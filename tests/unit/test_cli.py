"""The command line says what went wrong and returns a code that a script can use."""

import json

import pytest

from workbook import cli


def test_coverage_is_printed_as_json(capsys):
    """Themes and guides, each with a count."""
    assert cli.main(["coverage", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"themes", "guides"}
    assert set(report["themes"]["pause-and-calm"]) == {"covered", "of"}


def test_a_workspace_in_a_clone_is_refused_in_words(tmp_path, capsys):
    """One sentence on the error stream, no traceback, code 1."""
    (tmp_path / ".git").mkdir()
    assert cli.main(["lab", "--workspace", str(tmp_path / "w"), "--no-browser"]) == 1
    assert "version control" in capsys.readouterr().err


def test_a_page_can_be_brought_back(tmp_path, capsys):
    """`workbook restore --page` writes the shipped page."""
    assert cli.main(["restore", "--workspace", str(tmp_path), "--page", "00-start"]) == 0
    assert (tmp_path / "pages" / "00-start.ipynb").is_file()


def test_backups_are_listed_and_restored(tmp_path, capsys):
    """Without a name they are listed; with one, the practice comes back and opens with its passphrase."""
    from workbook.record import backup
    from workbook.record.keys import Cost
    from workbook.record.practice import Practice

    practice, _ = Practice.create(tmp_path / "practice", "lantern orchard", cost=Cost(64, 1, 1))
    kept = backup.make(practice, tmp_path / "backups")
    practice.close()
    assert cli.main(["restore", "--workspace", str(tmp_path)]) == 0
    assert kept.name in capsys.readouterr().out
    (tmp_path / "practice" / "practice.db").write_bytes(b"torn")
    assert cli.main(["restore", "--workspace", str(tmp_path), kept.name]) == 0
    Practice.open(tmp_path / "practice", Practice.unlock(tmp_path / "practice", "lantern orchard")).close()


def test_a_file_that_cannot_be_written_is_said_in_words(tmp_path, capsys):
    """A full disk, a folder in the way: one sentence with the file, no traceback."""
    (tmp_path / "lab" / "installed.json").mkdir(parents=True)
    assert cli.main(["restore", "--workspace", str(tmp_path), "--page", "00-start"]) == 1
    assert "could not be read or written" in capsys.readouterr().err


def test_an_unknown_command_is_a_wrong_command_line():
    """Code 2, as everywhere."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["no-such-command"])
    assert ended.value.code == 2
