"""What a client shares: a tick called `share` stands for its whole entry, `…_share` for the words that begin so.

Without the tick it stays out of what is printed, charted or shown together. It is no lock.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook.content.model import Form

if TYPE_CHECKING:
    from workbook.record.responses import Response

_TICK = "share"


def shared(response: Response, form: Form) -> Response | None:
    """The entry as it may be shown together: less what was not shared; None when all of it was not."""
    switches = [one.id for one in form.fields if _is_switch(one.id, one.kind)]
    hidden = [name for name in switches if response.answers.get(name) is not True]
    if not hidden:
        return response
    if _TICK in hidden:
        return None
    parts = tuple(name.removesuffix(_TICK) for name in hidden)
    words = {one.id for one in form.fields if one.kind in ("text", "area") and f"{one.id}_".startswith(parts)}
    kept = {name: value for name, value in response.answers.items() if name not in words}
    return replace(response, answers=kept)


def _is_switch(name: str, kind: str) -> bool:
    return kind == "tick" and (name == _TICK or name.endswith(f"_{_TICK}"))
