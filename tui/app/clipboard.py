"""Copying to the clipboard of the person's terminal, which may be on another machine (over SSH)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path

MAX_COPY_BYTES = 74_000
"""Bytes of text that fit into the clipboard of every terminal: several accept at most 100,000 bytes of base64."""

_ESCAPE = "\x1b"


def copied_file() -> Path:
    """Return the file that every copied text is written to as well."""
    return user_cache_path("reinspect", appauthor=False) / "copied.txt"


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str:
    """Return the escape sequence (OSC 52) that asks the terminal to put a text on its clipboard.

    Inside tmux the sequence is sent twice: plain, which tmux accepts if its option `set-clipboard` is on, and wrapped,
    which it passes through if `allow-passthrough` is on.
    """
    encoded = base64.b64encode(text.encode()).decode()
    plain = f"{_ESCAPE}]52;c;{encoded}\x07"
    if not environment.get("TMUX"):
        return plain
    wrapped = plain.replace(_ESCAPE, _ESCAPE * 2)
    return f"{plain}{_ESCAPE}Ptmux;{wrapped}{_ESCAPE}\\"
