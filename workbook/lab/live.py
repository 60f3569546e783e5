"""The live line to every open tab: the server tells them what happens, they say when their words are stored."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.websocket import WebSocketClosedError, WebSocketHandler

_LAST_WORDS = 4.5  # seconds that lock, leave, close and a change of case wait for the tabs' last words


class Tabs:
    """The tabs that are open now."""

    def __init__(self) -> None:
        self._open: set[Live] = set()
        self._leaving: set[Live] = set()
        self._waited_for: set[Live] = set()
        self._stored = asyncio.Event()

    def say(self, word: str, *, apart_from: Live | None = None, **more: Any) -> None:
        """Tell every tab; one that is gone already is passed over."""
        for tab in self._open - {apart_from}:
            with contextlib.suppress(WebSocketClosedError):
                tab.write_message(json.dumps({"say": word, **more}))

    async def store_words(self, word: str, **more: Any) -> None:
        """Say `word` (and `more`), which asks the tabs to store what is typed, and wait for them; not for ever."""
        self._waited_for = self._open - self._leaving
        self._stored.clear()
        self.say(word, **more)
        if self._waited_for:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stored.wait(), _LAST_WORDS)

    def came(self, tab: Live) -> None:
        """A tab was opened."""
        self._open.add(tab)

    def went(self, tab: Live) -> None:
        """A tab was closed; nobody waits for it any more."""
        self._open.discard(tab)
        self._leaving.discard(tab)
        self.stored(tab)

    def leaves(self, tab: Live) -> None:
        """A tab leaves quickly: the others go blank at once. It stores its own words before it asks for the lock."""
        self._leaving.add(tab)
        self.say("blank", apart_from=tab)

    def stored(self, tab: Live) -> None:
        """A tab has stored what was typed on it."""
        self._waited_for.discard(tab)
        if not self._waited_for:
            self._stored.set()


class Live(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """One tab's end of the line. Authenticated like every other answer of the server."""

    @property
    def keeper(self) -> Any:
        """What the server knows; see `workbook.lab.keeper`."""
        return self.settings["workbook_keeper"]

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open the line."""
        await super().get(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> None:
        """The tab is there."""
        super().open(*args, **kwargs)
        self.keeper.tabs.came(self)

    def on_message(self, message: str | bytes) -> None:
        """`blank`: this tab leaves quickly. `flushed`: its words are stored. `stay`: somebody is there."""
        try:
            said = json.loads(message).get("say")
        except (ValueError, AttributeError):
            return
        if said == "blank":
            self.keeper.tabs.leaves(self)
        elif said == "flushed":
            self.keeper.tabs.stored(self)
        elif said == "stay":
            self.keeper.alive()

    def on_close(self) -> None:
        """The tab is gone."""
        self.keeper.tabs.went(self)
        super().on_close()
