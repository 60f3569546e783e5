"""What a text may hold: everything a person can type, less the two things that no store or PDF can carry."""

from __future__ import annotations

import re

NUL_STAND_IN = "\u2400"  # ␀ SYMBOL FOR NULL: visible, so nothing vanishes silently
SURROGATE_STAND_IN = "\ufffd"  # � REPLACEMENT CHARACTER
MAX_LENGTH = 1_000_000  # characters in one text; ten times the longest paste that was tried

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with NUL and unpaired surrogates as visible stand-ins; all else unchanged."""
    if text.isascii():
        return text.replace("\0", NUL_STAND_IN)
    return _SURROGATE.sub(SURROGATE_STAND_IN, text.replace("\0", NUL_STAND_IN))
