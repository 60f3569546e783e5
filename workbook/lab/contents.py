"""Nothing private in notebooks: what a page showed, or what was answered on it, never reaches the notebook's file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.contents.checkpoints import AsyncCheckpoints

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def drop_answers(model: dict[str, Any], **_more: Any) -> None:
    """Before a notebook is saved: no outputs, no execution counts or times, no attachments of them, no widget state."""
    if model.get("type") != "notebook" or not model.get("content"):
        return
    notebook = model["content"]
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell.get("metadata", {}).pop("execution", None)


class NoCheckpoints(AsyncCheckpoints):
    """JupyterLab asks for a checkpoint at each opening and save; it is told that there is one, and none is written."""

    async def create_checkpoint(self, contents_mgr: Any, path: str) -> dict[str, Any]:
        """Say that a checkpoint exists."""
        return {"id": "none", "last_modified": _NEVER}

    async def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        """There is never one."""
        return []

    async def _nothing(self, *_: str) -> None:
        """There is nothing to restore, to rename or to delete."""

    restore_checkpoint = rename_checkpoint = delete_checkpoint = _nothing
    rename_all_checkpoints = delete_all_checkpoints = _nothing
