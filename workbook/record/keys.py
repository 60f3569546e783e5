"""keys.json: the random data key of a practice, wrapped by the passphrase and by the recovery key.

Each part of the file carries a checksum of its own. So a damaged file is told apart from a wrong passphrase, and when
one part is damaged the other still opens the practice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbook.errors import DamagedPractice, NewerPractice, NotAPractice, PracticeProblem, WeakPassphrase, WrongKey
from workbook.record import archive, recovery
from workbook.record.engine import KEY_BYTES
from workbook.record.files import write_atomically

FORMAT = 1
FILE = archive.KEYS
BACKUPS = "backups"
"""Name of the folder of backups beside the practice's folder."""
REPLACED = "-replaced-"
"""Stands in the name of a practice's folder that a restored one replaced."""
_SALT_BYTES, _NONCE_BYTES = 16, 12
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 4 * 1024 * 1024, 64, 64  # an altered file must not freeze the computer

Json = dict[str, Any]


@dataclass(frozen=True)
class Cost:
    """What one guess at the passphrase costs: Argon2id's memory (KiB), passes and lanes.

    The standard is RFC 9106's second recommended choice, 64 MiB and 3 passes.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


STANDARD = Cost()


def create(folder: Path, passphrase: str, *, rehearsal: bool = False, cost: Cost = STANDARD) -> tuple[bytes, str]:
    """Write keys.json for a new data key; returns the data key (32 bytes) and the recovery key to write down.

    Raises:
        WeakPassphrase: the passphrase is empty.
    """
    key, secret = secrets.token_bytes(KEY_BYTES), recovery.new()
    head = {"format": FORMAT, "rehearsal": rehearsal, "check": _check(key)}
    parts = {"passphrase": _by_passphrase(head, key, passphrase, cost), "recovery": _by_recovery(head, key, secret)}
    write_atomically(folder / FILE, _bytes({**head, **parts}))
    return key, recovery.spell(secret)


def unlock(folder: Path, passphrase: str) -> bytes:
    """The data key (32 bytes).

    Raises:
        WrongKey: the passphrase does not fit.
        DamagedPractice: keys.json is missing or altered.
        NotAPractice: there is no practice in the folder.
    """
    data = read(folder)
    words = "This passphrase does not open the practice. Please try again, or use the recovery key."
    return _unwrap(data, "passphrase", lambda part: _stretch(passphrase, part), words)


def recover(folder: Path, recovery_key: str) -> bytes:
    """The data key (32 bytes), by the recovery key; raises the same errors as `unlock`."""
    secret = recovery.parse(recovery_key)
    data = read(folder)
    words = "This recovery key does not open the practice. Perhaps a newer one was made: use the latest recovery sheet."
    return _unwrap(data, "recovery", lambda part: _derive(secret, part), words)


def change_passphrase(folder: Path, key: bytes, new: str, *, cost: Cost = STANDARD) -> None:
    """Let `new` open the practice and its kept backups; the earlier passphrase no longer does.

    Raises:
        WrongKey: `key` is not this practice's data key.
        WeakPassphrase: the new passphrase is empty.
    """
    _rewrap(folder, key, "passphrase", lambda head: _by_passphrase(head, key, new, cost))


def new_recovery_key(folder: Path, key: bytes) -> str:
    """A new recovery key for the practice and its kept backups; the earlier one no longer opens them.

    Copies of a backup that lie elsewhere (a stick, another computer) still open with the keys of their day.
    """
    secret = recovery.new()
    _rewrap(folder, key, "recovery", lambda head: _by_recovery(head, key, secret))
    return recovery.spell(secret)


def fits(folder: Path, key: bytes) -> bool:
    """True when `key` is the data key that keys.json belongs to."""
    return hmac.compare_digest(str(read(folder)["check"]), _check(key))


def read(folder: Path) -> Json:
    """The content of keys.json, its head checked."""
    path = folder / FILE
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        if (folder / archive.DB).exists():
            raise DamagedPractice(
                f"{FILE} is missing in the folder ‘{folder.name}’. Without it nothing opens the practice: "
                "please restore a backup."
            ) from None
        raise NotAPractice(f"There is no practice in the folder ‘{folder.name}’.") from None


def is_rehearsal(folder: Path) -> bool:
    """True when the people in the practice are made up; False for one that a newer version wrote."""
    with suppress(NewerPractice):
        return bool(read(folder)["rehearsal"])
    return False


def parse(content: bytes) -> Json:
    """The content of a keys.json, its head checked; DamagedPractice or NewerPractice if it cannot be used."""
    damaged = DamagedPractice(f"{FILE} is damaged. Please restore a backup: it brings this file along.")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(data, dict):
        raise damaged
    version = data.get("format")
    is_ours = {"rehearsal", "check"} <= data.keys() and _whole({**data, "format": FORMAT}, "recovery")
    if isinstance(version, int) and version > FORMAT and not is_ours:  # else: only the number is damaged
        raise NewerPractice(
            "A newer version of the workbook wrote this practice. Please update the workbook on this computer."
        )
    if version != FORMAT or not isinstance(data.get("rehearsal"), bool) or not isinstance(data.get("check"), str):
        raise damaged
    if not _whole(data, "passphrase") and not _whole(data, "recovery"):
        raise damaged
    return data


def whole(data: Json) -> bool:
    """True when passphrase and recovery key both can open the practice."""
    return _whole(data, "passphrase") and _whole(data, "recovery")


def update_copies(folder: Path, backups: Path | None = None) -> None:
    """Give kept backups and replaced practices of the same data key the present keys.json.

    What cannot be read or written now is left for the next time, which is the next backup: a broken copy must not keep
    anybody from changing a passphrase.
    """
    check, content = read(folder)["check"], (folder / FILE).read_bytes()
    for path in archive.kept(backups or folder.parent / BACKUPS):
        with suppress(PracticeProblem, OSError):
            if archive.manifest(path).check == check and archive.keys_of(path) != content:
                archive.replace_keys(path, content)
    for aside in folder.parent.glob(f"{folder.name}{REPLACED}*/{FILE}"):
        with suppress(PracticeProblem, OSError):
            present = aside.read_bytes()
            if present != content and parse(present)["check"] == check:
                write_atomically(aside, content)


def _rewrap(folder: Path, key: bytes, name: str, wrap: Callable[[Json], Json]) -> None:
    if not fits(folder, key):
        raise WrongKey("The open practice and its folder do not belong together. Nothing was changed.")
    data = read(folder)
    data[name] = wrap(_head(data))
    write_atomically(folder / FILE, _bytes(data))
    update_copies(folder)


def _by_passphrase(head: Json, key: bytes, passphrase: str, cost: Cost) -> Json:
    if not passphrase.strip():
        raise WeakPassphrase("A practice needs a passphrase: several words that only you put together.")
    part: Json = {"kdf": "argon2id", "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
    part["salt"] = secrets.token_hex(_SALT_BYTES)
    return _wrap(head, part, "passphrase", key, _stretch(passphrase, part))


def _by_recovery(head: Json, key: bytes, secret: bytes) -> Json:
    part: Json = {"kdf": "hkdf-sha256", "salt": secrets.token_hex(_SALT_BYTES)}
    return _wrap(head, part, "recovery", key, _derive(secret, part))


def _stretch(passphrase: str, part: Json) -> bytes:
    memory, passes, lanes = part["memory_kib"], part["passes"], part["lanes"]
    if memory > _MOST_MEMORY_KIB or passes > _MOST_PASSES or lanes > _MOST_LANES:
        raise DamagedPractice(f"{FILE} asks for more memory or time than any practice needs. Please restore a backup.")
    salt = bytes.fromhex(part["salt"])
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory)
    # NFKC: the same passphrase typed on another keyboard or system gives the same bytes
    return argon.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def _derive(secret: bytes, part: Json) -> bytes:
    # no stretching: 128 random bits cannot be guessed
    salt = bytes.fromhex(part["salt"])
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=b"workbook recovery").derive(secret)


def _wrap(head: Json, part: Json, name: str, key: bytes, by: bytes) -> Json:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(by).encrypt(nonce, key, _bound(head, part, name))
    part = {**part, "nonce": nonce.hex(), "wrapped": wrapped.hex()}
    return {**part, "sum": _sum(head, part)}


def _unwrap(data: Json, name: str, by: Callable[[Json], bytes], wrong: str) -> bytes:
    other = "recovery key" if name == "passphrase" else "passphrase"
    damaged = DamagedPractice(f"The part of {FILE} for this key is damaged. Use the {other}, or restore a backup.")
    if not _whole(data, name):
        raise damaged
    part = data[name]
    plain = {key: value for key, value in part.items() if key not in ("nonce", "wrapped", "sum")}
    try:
        nonce, wrapped = bytes.fromhex(part["nonce"]), bytes.fromhex(part["wrapped"])
        return AESGCM(by(part)).decrypt(nonce, wrapped, _bound(_head(data), plain, name))
    except InvalidTag:
        raise WrongKey(wrong) from None
    except (ValueError, TypeError, KeyError, OverflowError):  # its checksum was made to fit, its values were not
        raise damaged from None


def _whole(data: Json, name: str) -> bool:
    part = data.get(name)
    return isinstance(part, dict) and part.get("sum") == _sum(_head(data), part)


def _head(data: Json) -> Json:
    return {name: data[name] for name in ("format", "rehearsal", "check")}


def _sum(head: Json, part: Json) -> str:
    return hashlib.sha256(_bytes({**head, **part, "sum": ""})).hexdigest()


def _bound(head: Json, part: Json, name: str) -> bytes:
    return _bytes({**head, **part, "for": name})


def _check(key: bytes) -> str:
    return hmac.new(key, b"workbook key check", hashlib.sha256).hexdigest()


def _bytes(data: Json) -> bytes:
    return json.dumps(data, sort_keys=True, indent=1).encode()
