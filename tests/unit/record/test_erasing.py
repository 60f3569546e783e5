"""A case is erased from every file that can be opened; what cannot be opened stays until somebody says otherwise."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from workbook.content import load
from workbook.content.model import Field, Form
from workbook.errors import PracticeProblem
from workbook.record import archive, backup, ending, erasing, keys, traces
from workbook.record.case import Case, ImportedEntry
from workbook.record.engine import PAGE_BYTES
from workbook.record.practice import Practice

WORD = "unmistakable"
ALIAS = "Quillfeather"
CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)


class Workspace:
    """A workspace with two cases, three backups of which two hold the case, and a practice put aside."""

    def __init__(self, root: Path, practice: Practice, forms: dict[str, Form]) -> None:
        self.root, self.practice, self.key, self.backups = root, practice, practice._key, root / "backups"
        self.other = practice.add_case("Kim")
        self.other.save("living", {"text": "stays"})
        self.before = backup.make(practice, self.backups)
        self.case = practice.add_case(ALIAS)
        write(self.case)
        self.made = [backup.make(practice, self.backups)]
        aside = practice.folder.with_name(f"practice{keys.REPLACED}2026-01-01-000000")
        practice.close()
        self.aside = Path(shutil.copytree(practice.folder, aside))
        self.case.save("diary", {"text": f"{WORD} later"})
        self.made.append(backup.make(practice, self.backups))
        self.target = erasing.target(practice, self.case.info.id)

    def run(self, delete: tuple[str, ...] = ()) -> erasing.Result:
        """Erase the case to the end."""
        steps = erasing.run(
            self.practice, self.key, self.target, workspace=self.root, backups=self.backups, delete=delete
        )
        return to_the_end(steps)


def write(case: Case) -> None:
    """All that a case can leave: answers, versions, flags, a deleted entry, settings."""
    case.save("living", {"text": WORD, "list": {"r": {"text": WORD}}}, sitting="one")
    entry = case.save("living", {"text": f"{WORD} again"}, sitting="two").response
    case.raise_flag("kind", "living", entry.id, WORD)
    gone = case.save("diary", {"text": WORD}).response
    case.delete(gone.id)
    case.add_import([ImportedEntry("k", "diary", datetime(2026, 1, 1, tzinfo=UTC), "UTC", False, {"text": WORD}, {})])
    mine = [{"id": "x", "file": WORD, "signature": "only-mine", "at": "", "added": 1}, {"signature": "both"}]
    case.practice.set_setting(f"imports/{case.info.id}", mine)
    case.practice.set_setting("imports/another", [{"signature": "both"}])
    for signature in ("only-mine", "both"):
        case.practice.set_setting(f"import-mapping/{signature}", {"column": WORD if signature == "only-mine" else "c"})


def to_the_end(steps: Iterator[erasing.Step]) -> erasing.Result:
    """Go through all steps; they count up to their end."""
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as ended:
            assert [one.done for one in seen] == sorted(one.done for one in seen)
            assert seen[-1].done == seen[-1].of - 1
            result: erasing.Result = ended.value
            return result


@pytest.fixture
def place(tmp_path: Path, practice: Practice, forms: dict[str, Form]) -> Workspace:
    """That workspace."""
    return Workspace(tmp_path, practice, forms)


def decrypted(folder: Path, key: bytes) -> bytes:
    """All pages of a practice file as plain bytes; a page ends in its IV (16 bytes) and HMAC (64)."""
    content, plain = (folder / "practice.db").read_bytes(), b""
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start + (16 if start == 0 else 0) : start + PAGE_BYTES]
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        plain += cipher.update(page[:-80]) + cipher.finalize()
    return plain


def words_in(place: Workspace, tmp_path: Path) -> list[str]:
    """Names of files whose decrypted pages hold a word, an alias or the id of the case."""
    place.practice.close()
    found = []
    for path in [*archive.kept(place.backups), place.aside, place.practice.folder]:
        folder = path
        if path.is_file():
            folder = tmp_path / f"unpacked-{path.name}"
            folder.mkdir()
            archive.unpack(path, folder)
        pages = decrypted(folder, place.key)
        if any(word.encode() in pages for word in (WORD, ALIAS, place.case.info.id)):
            found.append(path.name)
        if folder != path:
            shutil.rmtree(folder)
    return found


def test_erased_everywhere(place: Workspace, tmp_path: Path) -> None:
    """No page of practice, backups and put-aside practices holds a word of the case, free pages included."""
    assert len(words_in(place, tmp_path)) == 4
    result = place.run()
    assert words_in(place, tmp_path) == []
    assert (result.clean, result.backups, result.asides, result.cleaned) == (True, 3, 1, 3)
    assert result.kept == result.deleted == []
    assert not (place.practice.folder / "practice.db-wal").exists()
    assert result.erased_at is not None


def test_everything_else_is_as_it_was(place: Workspace) -> None:
    """The other case keeps its words in every file; the untouched backup keeps its bytes; all backups restore."""
    untouched = place.before.read_bytes()
    place.run()
    assert place.before.read_bytes() == untouched
    assert [one.alias for one in place.practice.cases()] == ["Kim"]
    assert place.practice.setting("imports/another") == [{"signature": "both"}]
    assert place.practice.setting("import-mapping/both") == {"column": "c"}
    assert place.practice.setting("import-mapping/only-mine") is None
    place.practice.close()
    for number, made in enumerate([place.before, *place.made]):
        folder = place.root / "elsewhere" / str(number) / "practice"
        backup.restore(made, folder)
        restored = Practice.open(folder, place.key)
        restored.check()
        text = restored.case(place.other.info.id).read("living")
        assert text is not None
        assert text.answers == {"text": "stays"}
        restored.close()


def test_the_number_is_not_given_again(place: Workspace) -> None:
    """A line with number and dates is all that is left, and the next case gets another number."""
    number = place.case.info.number
    result = place.run()
    assert result.number == number
    (left,) = ending.erased(place.practice)
    assert (left.number, left.opened_at, left.pending) == (number, place.case.info.opened_at, False)
    assert place.practice.add_case("Sam").info.number == number + 1


def test_what_cannot_be_opened_is_named_and_stays(place: Workspace, tmp_path: Path) -> None:
    """A backup under another key, a damaged one and a newer one: kept unless the counselor names them."""
    strange, _ = Practice.create(tmp_path / "strange" / "practice", "four other plain words", cost=CHEAP)
    alien = backup.make(strange, place.backups).rename(place.backups / "alien.backup")
    strange.close()
    broken = place.backups / "broken.backup"
    content = bytearray(place.made[0].read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)
    why = {copy.path.name: copy.why for copy in erasing.copies(place.practice, place.backups, place.key) if copy.why}
    assert set(why) == {"alien.backup", "broken.backup"}
    assert "another key" in why["alien.backup"]
    assert "damaged" in why["broken.backup"]
    result = place.run(delete=("broken.backup", place.made[0].name))
    assert (result.kept, result.deleted) == (["alien.backup"], ["broken.backup"])
    assert alien.exists()
    assert not broken.exists()
    assert place.made[0].exists()  # what can be opened is never deleted as a whole
    assert result.backups == 3


def test_run_again_after_it_was_done(place: Workspace, tmp_path: Path) -> None:
    """A second run leaves every copy as it is, and says the same as the first."""
    first = place.run()
    stands = [path.read_bytes() for path in archive.kept(place.backups)]
    assert vars(place.run()) == vars(first)
    assert [path.read_bytes() for path in archive.kept(place.backups)] == stands


def test_interrupted_before_the_end_it_is_still_known(place: Workspace, tmp_path: Path) -> None:
    """After the practice itself was done and before the search, the id waits for the next run, and goes with it."""
    steps = erasing.run(place.practice, place.key, place.target, workspace=place.root, backups=place.backups)
    for step in steps:
        if step.say == "Tidying up":
            break
    steps.close()
    assert [one.alias for one in place.practice.cases()] == ["Kim"]
    (waiting,) = erasing.pending(place.practice)
    assert waiting == place.target
    backup.make(place.practice, place.backups)  # it holds the id that waits
    result = place.run()
    assert (result.clean, result.backups, result.asides, result.cleaned) == (True, 4, 1, 4)
    assert erasing.pending(place.practice) == []
    assert words_in(place, tmp_path) == []


def test_a_page_that_still_reads_does_not_end_it_for_good(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step says to close all pages and to try again: then it must be there to be tried."""
    with monkeypatch.context() as busy, pytest.raises(PracticeProblem):
        vacuum = Practice.vacuum

        def reading(practice: Practice) -> None:
            if practice is place.practice:
                raise PracticeProblem("Another page is still reading the practice.")
            vacuum(practice)

        busy.setattr(Practice, "vacuum", reading)
        place.run()
    assert [one.number for one in erasing.pending(place.practice)] == [place.target.number]
    assert place.run().clean
    assert erasing.pending(place.practice) == []


def test_unfinished_files_are_swept(place: Workspace) -> None:
    """Copies that a crash left behind go, too."""
    (place.backups / ".half.part").mkdir()
    shutil.copy(place.practice.folder / "practice.db", place.backups / ".half.part" / "practice.db")
    (place.backups / ".file.part").write_bytes(b"x")
    shutil.copytree(place.aside, place.root / ".practice-abc" / "restored")
    (place.root / ".sent-x").mkdir()
    assert place.run().swept == 4
    assert sorted(path.name for path in place.root.iterdir()) == ["backups", "practice", place.aside.name]
    assert all(path.suffix == ".backup" for path in place.backups.iterdir())


def test_the_old_file_is_written_over(place: Workspace, tmp_path: Path) -> None:
    """The blocks of the backup that was replaced hold zeros; one that another name leads to is left alone."""
    linked = tmp_path / "linked"
    linked.hardlink_to(place.made[1])
    content = linked.read_bytes()
    with place.made[0].open("rb") as old:
        place.run()
        assert not any(old.read())
    assert linked.read_bytes() == content


# --- the search of plain files


def test_plain_files_are_searched(place: Workspace, tmp_path: Path) -> None:
    """The alias in a page, in UTF-16, in a file's name and inside a zip, and the id in a log are all found."""
    (place.root / "pages").mkdir()
    (place.root / "pages" / "own.ipynb").write_text(f"… with {ALIAS}.")
    (place.root / "notes.txt").write_bytes(ALIAS.encode("utf-16-le"))
    (place.root / f"{ALIAS} letter.txt").write_text("nothing")
    (place.root / "log").write_text(f"case={place.case.info.id};")
    (place.root / "plain.txt").write_text(f"{ALIAS}s and X{ALIAS}")
    (place.root / "sheet.pdf").write_bytes(b"%PDF-1.7 and more")
    with zipfile.ZipFile(place.root / "packed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.txt", f"{ALIAS} " * 9)
    result = place.run()
    assert sorted(result.found) == sorted(["pages/own.ipynb", "notes.txt", f"{ALIAS} letter.txt", "log", "packed.zip"])
    assert (result.closed, result.left, result.clean) == (["sheet.pdf"], [], False)


def test_earlier_aliases_are_searched_for(
    practice: Practice, forms: dict[str, Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's own alias counts, and the one before; one of two letters is said to be too short."""
    about = Form("about-case", "About", "note", fields=(Field("client_alias", "text", "Alias"),))
    monkeypatch.setattr(load, "form", {**forms, "about-case": about}.__getitem__)
    case = practice.add_case(ALIAS)
    for number, alias in enumerate(("Feather", "Qx")):
        case.save("about-case", {"client_alias": alias}, sitting=str(number))
    target = erasing.target(practice, case.info.id)
    assert set(target.aliases) == {ALIAS, "Feather", "Qx"}
    (practice.folder.parent / "a.txt").write_text("about Feather")
    seen = traces.search(practice.folder.parent, target)
    assert ([path.name for path in seen.found], seen.short) == (["a.txt"], True)


def test_an_export_in_the_workspace_is_deleted(place: Workspace) -> None:
    """Our own export of this case goes; that of another case and a stranger's zip stay."""
    for name, case_id in (("mine", place.case.info.id), ("other", place.other.info.id)):
        with zipfile.ZipFile(place.root / f"{name}.zip", "w") as packed:
            packed.writestr("case.json", json.dumps({"case": {"id": case_id}}))
    (place.root / "odd.zip").write_bytes(b"PK no zip")
    result = place.run()
    assert result.exports == 1
    assert sorted(path.name for path in place.root.glob("*.zip")) == ["odd.zip", "other.zip"]
