"""Small forms that stand in the place of those in data/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.content.model import Field, Form, Step

YES_NO = (("yes", "Yes"), ("no", "No"))
PLAN = Form(
    "plan",
    "A plan with {partner}",
    fields=(
        Field("about", "read", text="Read this, {client}."),
        Field("aim", "text", "What do you want from {partner}?"),
        Field("story", "area", "Tell it"),
        Field("calm", "scale", "Calm"),
        Field("days", "number", "Days", max=30),
        Field("kept", "choice", "Kept?", options=(*YES_NO, ("them", "{partner} did"))),
        Field("lines", "rows", "Lines", fields=(Field("text", "area", "Line"), Field("said", "tick", "Said"))),
        Field("later", "wait", "Wait", core=False),
        Field("call", "text", "Say to {partner}", core=False, reaches_partner=True),
        Field("no", "text", "Only without contact", core=False, show_if={"contact": ("order",)}),
    ),
)
DAILY = Form(
    "daily",
    "Today",
    "log",
    fields=(
        Field("mood", "scale", "Mood", quick=True),
        Field("kept", "choice", "Kept?", options=YES_NO, quick=True),
        Field("note", "text", "A note", core=False, introduced_by="start-safe"),
        Field("repeats", "number", "Repeats", core=False, introduced_by="pause-and-calm"),
        Field("house", "scale", "At home", core=False, opt_in=True),
    ),
)
STATUS = Form("contact-status", "Contact", "log", audience="counselor", fields=(
    Field("status", "choice", "Status", options=(("welcome", "Welcome"), ("none", "None"))),
))  # fmt: skip
ABOUT = Form(
    "about-case",
    "About",
    "note",
    fields=tuple(Field(name, "text", name) for name in ("partner_alias", "partner_pronouns")),
)
EVENT = Form("event", "Event", "log", fields=(Field("label", "text", "Label"), Field("kind", "text", "Kind")))
WISHES = Form("log-items", "Items", "note", fields=(Field("wanted", "text", "Items"), Field("forms", "text", "Forms")))
FORMS = {form.id: form for form in (PLAN, DAILY, STATUS, ABOUT, EVENT, WISHES)}
STEPS = (Step("pause-and-calm", "02-pause", "Pause", "why", ("plan",)),)

Tell = Callable[..., dict[str, Any]]
