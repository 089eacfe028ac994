"""The clipboard of the terminal that a person sits at, which may be far from this machine."""

from __future__ import annotations

import base64
from collections.abc import Mapping

MOST = 74_000
"""How many bytes of text are offered to a terminal: several take no more than 100,000 of base64."""

_ESCAPE = "\x1b"


def copying(text: str, environment: Mapping[str, str]) -> str:
    """The sequence that asks the terminal to put a text on its clipboard (OSC 52).

    tmux keeps it to itself unless told otherwise, in one of two ways: it takes the plain sequence where `set-clipboard`
    is on, and hands the wrapped one through where `allow-passthrough` is. So it is sent both.
    """
    encoded = base64.b64encode(text.encode()).decode()
    plain = f"{_ESCAPE}]52;c;{encoded}\x07"
    if not environment.get("TMUX"):
        return plain
    wrapped = plain.replace(_ESCAPE, _ESCAPE * 2)
    return f"{plain}{_ESCAPE}Ptmux;{wrapped}{_ESCAPE}\\"
