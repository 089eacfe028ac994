"""The file that remembers where a person left off, read at the next start by the app and by its text mode.

It is kept beside the settings file, one for each store, so that two stores do not share a location:

    left-off/3f1c...e2.json    {"place": {"pane": "Compare", "selection": {"authority": "camden"}}}
    left-off.json              {"theme": "nord"}    (the theme is the same for all stores)
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import msgspec

from tui.selection import Location

_THEME_FILE = "left-off.json"


class LastSession(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"location": "place"}):
    """The location and the theme to start with; the defaults start at the beginning."""

    location: Location = Location()
    theme: str | None = None


def session_file(folder: Path, store: Path) -> Path:
    """Return the path of a store's session file; `folder` is the one of the settings."""
    return folder / "left-off" / f"{sha256(os.fsencode(store.resolve())).hexdigest()}.json"


def load_last_session(folder: Path, store: Path) -> LastSession:
    """Return the last session of a store with the theme of all stores; defaults for what cannot be read."""
    own, shared = _read(session_file(folder, store)), _read(folder / _THEME_FILE)
    return LastSession(location=own.location, theme=shared.theme)


def save_last_session(folder: Path, store: Path, session: LastSession) -> None:
    """Write a session for the next start. Errors of the disk are ignored: the program is ending."""
    file = session_file(folder, store)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(LastSession(location=session.location)))
        (folder / _THEME_FILE).write_bytes(msgspec.json.encode(LastSession(theme=session.theme)))
    except OSError:
        return


def _read(file: Path) -> LastSession:
    try:
        return msgspec.json.decode(file.read_bytes(), type=LastSession)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return LastSession()
