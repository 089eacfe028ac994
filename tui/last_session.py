"""The file that remembers where a person left off, so that the next start can continue there.

There is one file for each store, next to the settings file, and one file for the theme of all stores:

    left-off/3f1c...e2.json    {"place": {"pane": "Compare", "selection": {"authority": "camden"}}}
    left-off.json              {"theme": "nord"}
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import msgspec

from reinspect.regular_files import read_regular_file
from tui.selection import Location

_THEME_FILE = "left-off.json"


class LastSession(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"location": "place"}):
    """The last session as it is remembered: the location (pane and selection) and the colour theme."""

    location: Location = Location()
    theme: str | None = None


def session_file(folder: Path, store: Path) -> Path:
    """Return the path of the session file of a store; `folder` is the folder of the settings file."""
    return folder / "left-off" / f"{sha256(os.fsencode(store.resolve())).hexdigest()}.json"


def load_last_session(folder: Path, store: Path) -> LastSession:
    """Load the last session with a store; what cannot be read has its default value."""
    own, shared = _read(session_file(folder, store)), _read(folder / _THEME_FILE)
    return LastSession(location=own.location, theme=shared.theme)


def save_last_session(folder: Path, store: Path, session: LastSession) -> None:
    """Save a session for the next start; errors of the disk are ignored."""
    from store.atomic_write import replace_file

    file = session_file(folder, store)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, msgspec.json.encode(LastSession(location=session.location)))
        replace_file(folder / _THEME_FILE, msgspec.json.encode(LastSession(theme=session.theme)))
    except OSError:
        # The program is ending, so nobody could act on the error.
        return


def _read(file: Path) -> LastSession:
    try:
        return msgspec.json.decode(read_regular_file(file), type=LastSession)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return LastSession()
