"""The browser's way in: a link that is good once and for two minutes.

Jupyter would open the browser on a file in a hidden folder, which browsers in a sandbox (Ubuntu's) cannot read, or on
an address with the token, which then stands in the list of processes and in the browser's history.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler

PATH = "workbook/enter"
LIFETIME = 120.0  # seconds; a browser on a slow computer takes its time to start


class Entrance:
    """The links that were given out and not used yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[str, float] = {}

    def link(self) -> str:
        """A new link, to be put behind the server's base address."""
        once = secrets.token_urlsafe(32)
        self._given[once] = self._clock()
        return f"{PATH}?once={once}"

    def admit(self, once: str) -> bool:
        """True for a link that was given out less than two minutes ago, the first time it is used."""
        given = self._given.pop(once, None)
        return given is not None and self._clock() - given < LIFETIME


class Enter(JupyterHandler):
    """Lets the browser in that brings a link; any other is sent on and meets the usual login."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Set the login cookie and go to the start page."""
        provider: Any = self.identity_provider
        if self.settings["workbook_entrance"].admit(self.get_query_argument("once", "")):
            provider.set_login_cookie(self, provider.generate_anonymous_user(self))
        self.set_header("Cache-Control", "no-store")
        self.redirect(self.base_url)
