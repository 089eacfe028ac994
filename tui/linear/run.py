"""The app without a screen, for a screen reader or any terminal: a person types a line and is answered in plain words.

Nothing is ever painted over. What is asked of the person goes to stderr, so that a pipe gets the answers alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.app.selection import Selection
from tui.cli.output import say
from tui.last_session import load_last_session, save_last_session
from tui.library import Library
from tui.linear.session import Session
from tui.settings import settings

if TYPE_CHECKING:
    from store import Store

_LINES_AT_ONCE = 30
_END = {"quit", "q", "exit"}


def run_linear(store_folder: Path) -> None:
    """Begin with the timeline where the person left off, then answer line by line until the end.

    Raises:
        ReinspectError: the store cannot be opened, or the settings cannot be read.
    """
    from store.location import settings_file

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    library = Library(open_store)
    library.open()
    file = settings_file()
    chosen, left = settings(file), load_last_session(file.parent, store_folder)
    begun = left.location.selection
    known = begun.authority if begun.authority and library.authorities().by_slug(begun.authority) else None
    selection = Selection(authority=known or library.first_authority(), cohort=begun.cohort or chosen.cohort)
    dialogue = Session(library, selection, chosen, _LINES_AT_ONCE if sys.stdin.isatty() else 0)
    try:
        _converse(dialogue)
    finally:
        location = replace(left.location, selection=dialogue.selection)
        save_last_session(file.parent, store_folder, replace(left, location=location))


def _converse(dialogue: Session) -> None:
    """Begin with the timeline, then ask and answer until the person leaves."""
    dialogue.answer("timeline")
    say("help says what may be typed.")
    while True:
        if sys.stdin.isatty():
            sys.stderr.write(dialogue.prompt())
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line or line.strip().casefold() in _END:
            return
        dialogue.answer(line)
