"""A search of every file for what was typed: none of it is found, in whatever encoding."""

import base64
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fault_writer import MARKER, PASSPHRASE

from workbook.record import backup, keys
from workbook.record.engine import PAGE_BYTES
from workbook.record.practice import Practice


def traces(root: Path, *secrets: bytes) -> list[str]:
    """Names of files that hold one of the secrets: as it is, as UTF-16, hex or base64, or in their own name."""
    found = []
    for path in root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in secrets:
            forms = [
                secret,
                secret.decode("latin-1").encode("utf-16-le"),
                secret.hex().encode(),
                base64.b64encode(secret),
            ]
            if any(form in content for form in forms) or secret.decode("latin-1") in path.name:
                found.append(path.name)
    return found


def test_no_plain_text_in_any_file(opened: Practice, form: str, recovery_key: str) -> None:
    """Practice, log, shared memory, keys and backups hold no word, alias, passphrase or key; open or closed."""
    root = opened.folder.parent
    case = opened.case(opened.cases()[0].id)
    entry = case.save(form, {"text": MARKER * 100}).response
    case.raise_flag("kind", form, entry.id, MARKER)
    opened.set_setting("setting", MARKER)
    backup.make(opened, root / "backups")
    secrets = (MARKER.encode(), PASSPHRASE.encode(), opened._key, recovery_key.encode(), form.encode())
    assert (opened.folder / "practice.db-wal").stat().st_size > 0
    assert traces(root, *secrets) == []
    case.delete(entry.id)
    opened.close()
    keys.new_recovery_key(opened.folder, opened._key)
    assert traces(root, *secrets) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The search itself works: a plain file with the marker is found."""
    (tmp_path / "a").write_text(f"before {MARKER} after")
    (tmp_path / "b").write_bytes(MARKER.encode("utf-16-le"))
    assert sorted(traces(tmp_path, MARKER.encode())) == ["a", "b"]


def test_encrypted_means_it_does_not_shrink(folder: Path) -> None:
    """The practice file looks random: a hundred near-equal entries do not compress."""
    content = (folder / "practice.db").read_bytes()
    assert len(zlib.compress(content)) > 0.98 * len(content)


def test_deleted_entry_leaves_the_file(opened: Practice, form: str) -> None:
    """After a deletion, the decrypted pages hold the words nowhere, free pages included."""
    case = opened.case(opened.cases()[0].id)
    entry = case.save(form, {"text": "unmistakable " + "y" * 20_000}).response
    case.save(form, {"text": "unmistakable too"}, response_id=entry.id, sitting="later")
    opened.checkpoint()
    assert decrypted(opened).count(b"unmistakable") == 2
    case.delete(entry.id)
    assert b"unmistakable" not in decrypted(opened)
    assert MARKER.encode() in decrypted(opened)
    assert not (opened.folder / "practice.db-wal").stat().st_size


def decrypted(practice: Practice) -> bytes:
    """All pages of the practice file as plain bytes; a page ends in its IV (16 bytes) and HMAC (64)."""
    content = (practice.folder / "practice.db").read_bytes()
    plain = b""
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start + (16 if start == 0 else 0) : start + PAGE_BYTES]  # the first one begins with the salt
        cipher = Cipher(algorithms.AES(practice._key), modes.CBC(page[-80:-64])).decryptor()
        plain += cipher.update(page[:-80]) + cipher.finalize()
    return plain
