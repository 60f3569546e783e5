"""Who to call: what a client may see of the helplines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load
from workbook.content.model import Helpline

if TYPE_CHECKING:
    from workbook.record.practice import Practice


def support(practice: Practice | None) -> dict[str, Any]:
    """Numbers fit to show: shipped with a source and date, or confirmed by the counselor with a date.

    Everything else stays away from clients; the counselor's own emergency number and findahelpline.com always stand.
    Without a practice (locked), or before a country was chosen, only what holds everywhere.
    """
    code = practice.setting("country") if practice else None
    confirmed = practice.setting("confirmed_lines", {}) if practice else {}
    country = next((one for one in load.helplines() if one.code == code), None)
    everywhere = next(one for one in load.helplines() if one.code == "*")
    own_number = practice.setting("emergency_number", "") if practice else ""
    shipped = country.emergency if country and country.emergency_checked else ""
    lines = [_line(one, confirmed.get(one.id)) for one in (country.lines if country else ())]
    return {
        "emergency": own_number or shipped,
        "country": country.name if country else "",
        "lines": [one for one in lines if one["checked"]],
        "everywhere": [{"name": one.name, "web": one.web} for one in everywhere.lines],
    }


def _line(one: Helpline, confirmed: str | None) -> dict[str, Any]:
    checked = confirmed or (one.checked.isoformat() if one.checked else None)
    return {**{name: getattr(one, name) for name in ("name", "about", "call", "text", "web")}, "checked": checked}
