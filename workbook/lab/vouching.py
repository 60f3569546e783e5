"""Which pages may run: those whose code the workbook shipped, or the unlocked counselor saved.

A page is known by a digest of its code cells, so that prose may be changed freely and a page keeps its standing under
another name. Two things vouch for a digest, and neither is a file that someone could write to:

- the installed package ships a page with the same code;
- `lab/vouched.json` holds a seal of it (HMAC-SHA-256), made with a key that is derived from the practice's data key.
  So only someone who could open the practice has vouched, and a seal can be checked only while the practice is open;
  until then the key is given to nobody anyway.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbook.content.load import notebooks_dir
from workbook.errors import Locked, PageNotVouched, WorkbookError
from workbook.record.files import write_atomically

if TYPE_CHECKING:
    from workbook.lab.workspace import Workspace

Standing = Literal["ok", "locked", "changed", "missing"]
"""ok: may run. locked: sealed, but only the open practice can check it. changed: nobody vouches. missing: no page."""

SENTENCES: dict[Standing, str] = {
    "ok": "",
    "locked": "This page was changed by hand. Unlock the practice, then it can be checked and opened.",
    "changed": (
        "This page was not opened, because its program part is not the one that came with the workbook, nor one that "
        "the counselor saved. Counselor: unlock the practice, choose ‘Edit page’, read it, save it if you trust it."
    ),
    "missing": "This page is not there any more, or its file cannot be read. The counselor can bring it back.",
}


def code_digest(page: Path) -> str | None:
    """Digest of the code cells in their order; None when the file is missing or is no notebook."""
    cells = _cells(page)
    if cells is None:
        return None
    return _digest([source for kind, source, *_ in cells if kind == "code" and source.strip()])


def cells_digest(page: Path) -> str | None:
    """Digest of all cells, prose and tags too; None when the file is missing or is no notebook."""
    cells = _cells(page)
    return None if cells is None else _digest(cells)


def standing(workspace: Workspace, page: Path, data_key: bytes | None) -> Standing:
    """Whether a page of the workspace may run now; `data_key` is None while the practice is locked."""
    digest = code_digest(page)
    if digest is None:
        return "missing"
    if digest in _shipped_digests(notebooks_dir()):
        return "ok"
    seal = read_texts(_seals(workspace)).get(digest)
    if seal is None:
        return "changed"
    if data_key is None:
        return "locked"
    return "ok" if hmac.compare_digest(seal, _seal(data_key, digest)) else "changed"


def vouch(workspace: Workspace, page: Path, data_key: bytes | None) -> None:
    """Take the page's present code as trusted, on the counselor's word.

    Raises:
        Locked: the practice is not open.
        PageNotVouched: the page cannot be read.
    """
    if data_key is None:
        raise Locked("Please unlock the practice first: only then can a changed page be trusted.")
    digest = code_digest(page)
    if digest is None:
        raise PageNotVouched(SENTENCES["missing"])
    seals = {**read_texts(_seals(workspace)), digest: _seal(data_key, digest)}
    write_atomically(_seals(workspace), json.dumps(seals, indent=1).encode())


def require(workspace: Workspace, page: Path, data_key: bytes | None) -> None:
    """Raise PageNotVouched, or Locked, unless the page may run."""
    found = standing(workspace, page, data_key)
    if found != "ok":
        error: type[WorkbookError] = Locked if found == "locked" else PageNotVouched
        raise error(SENTENCES[found])


def read_texts(file: Path) -> dict[str, str]:
    """A JSON object of texts; empty when the file is missing or is something else."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _seals(workspace: Workspace) -> Path:
    return workspace.lab / "vouched.json"


def _cells(page: Path) -> list[tuple[str, ...]] | None:
    """Kind, source and tags of each cell."""
    try:
        notebook = json.loads(page.read_bytes())
        return [
            (str(cell["cell_type"]), _text(cell["source"]), *map(str, cell.get("metadata", {}).get("tags", ())))
            for cell in notebook["cells"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _text(source: Any) -> str:
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n")


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


@lru_cache(maxsize=4)
def _shipped_digests(folder: Path) -> frozenset[str]:
    return frozenset(digest for page in folder.glob("*.ipynb") if (digest := code_digest(page)))


def _seal(data_key: bytes, digest: str) -> str:
    key = hmac.new(data_key, b"workbook: vouched pages", hashlib.sha256).digest()
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()
