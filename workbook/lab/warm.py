"""Loaded by every kernel as it starts: what a page needs first is imported before the page asks."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

_NEEDED_FIRST = (
    "ipywidgets",
    "workbook.page",
    "workbook.lab.client",
    "workbook.record.practice",
    "workbook.record.case",
)


def load_ipython_extension(shell: Any) -> None:
    """Import and read once; pandas, matplotlib and typst still wait until a page draws or prints."""
    from workbook import forms
    from workbook.content import load

    panels = (f"workbook.forms.{module.name}" for module in pkgutil.iter_modules(forms.__path__))
    for name in (*_NEEDED_FIRST, *panels):
        importlib.import_module(name)

    load.forms(), load.steps(), load.helplines()
