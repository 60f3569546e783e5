"""Panel: the one widget class of the product, and the way its messages go."""

from __future__ import annotations

import functools
import os
from typing import Any, ClassVar

import ipywidgets
import traitlets

from workbook.content.words import phrase, said_of, t
from workbook.errors import ContentError, WorkbookError

SORRY = phrase(
    "This could not be done just now. Your words are kept on the page; please try again or tell your counselor."
)
"""What a client reads when something failed that nobody foresaw."""

_MODULE, _VERSION = "workbook", "1.0.0"
"""The browser's half: static/widgets.js of our lab extension registers its classes under this name and version."""


@functools.cache
def _plain_layout() -> ipywidgets.Layout:
    """One for all panels: with a layout of its own each would be two models to send, while the page opens."""
    return ipywidgets.Layout()


def new_run() -> None:
    """A page runs, perhaps again in a kernel that outlived a reload: that browser has not been sent the last layout."""
    _plain_layout.cache_clear()


class Panel(ipywidgets.DOMWidget):  # type: ignore[misc]  # ipywidgets ships no types
    """A part of a page: `kind` names the browser module that draws it, `spec` (JSON) is what it draws.

    A subclass answers messages of the browser with methods `on_<do>(**args) -> dict`. A WorkbookError becomes its
    sentence, anything else a general one; under WORKBOOK_STRICT=1 what was not foreseen is raised as well.
    """

    _model_name = traitlets.Unicode("PanelModel").tag(sync=True)
    _model_module = traitlets.Unicode(_MODULE).tag(sync=True)
    _model_module_version = traitlets.Unicode(_VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("PanelView").tag(sync=True)
    _view_module = traitlets.Unicode(_MODULE).tag(sync=True)
    _view_module_version = traitlets.Unicode(_VERSION).tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    _messages: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, kind: str, spec: dict[str, Any]) -> None:
        super().__init__(kind=kind, spec=spec, layout=_plain_layout())
        self.on_msg(self._receive)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # the on_ methods of every widget (on_msg) are not for the browser to call
        cls._messages = frozenset(
            one for one in set(dir(cls)) - set(dir(ipywidgets.DOMWidget)) if one.startswith("on_")
        )

    def __repr__(self) -> str:
        """Constant: a notebook keeps this text, and it must never hold an answer."""
        return "A part of the workbook. Open the page in the workbook to see it."

    def push(self, name: str, **args: Any) -> None:
        """Tell the browser something that it did not ask for."""
        self.send({"push": name, **args})

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("do"), str):
            return
        args = {name: value for name, value in content.items() if name not in ("n", "do")}
        try:
            answer = self._handler(content["do"])(**args)
        except WorkbookError as problem:  # files and lines of the content are for Counselor view
            sentence = t(SORRY) if isinstance(problem, ContentError) else said_of(problem)
            self.send({"re": content.get("n"), "error": sentence})
        except Exception:
            self.send({"re": content.get("n"), "error": t(SORRY)})
            if os.environ.get("WORKBOOK_STRICT") == "1":
                raise
        else:
            self.send({"re": content.get("n"), "ok": True, **(answer or {})})

    def _handler(self, do: str) -> Any:
        name = f"on_{do}"
        if name not in self._messages:
            raise WorkbookError("This page and the workbook do not fit together; please reload the page.")
        return getattr(self, name)
