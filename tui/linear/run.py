"""Run the text mode: read a line, answer in plain words, and so on until the person leaves.

The screen is never cleared or redrawn. Prompts go to stderr, so that a pipe gets the answers alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

from tui.last_session import load_last_session, save_last_session
from tui.linear.session import Session
from tui.selection import Selection
from tui.settings import settings
from tui.streams import say

_LINES_AT_ONCE = 30
_WORDS_TO_LEAVE = {"quit", "q", "exit"}


def run_linear(store_folder: Path) -> None:
    """Run the text mode on a store until the person leaves. It starts with the selection of the last session.

    Raises:
        ReinspectError: the store cannot be opened, or the settings cannot be read.
    """
    from reinspect.answers import Library
    from reinspect.authorities import authorities
    from store import Store
    from store.location import settings_file

    store = Store.open(store_folder)
    library = Library(store)
    file = settings_file()
    chosen, left = settings(file), load_last_session(file.parent, store_folder)
    begun = left.location.selection
    known = begun.authority if begun.authority and authorities().by_slug(begun.authority) else None
    selection = Selection(authority=known or library.first_authority(), cohort=begun.cohort or chosen.group)
    session = Session(store, selection, chosen, _LINES_AT_ONCE if sys.stdin.isatty() else 0)
    try:
        _converse(session)
    finally:
        location = replace(left.location, selection=session.selection)
        save_last_session(file.parent, store_folder, replace(left, location=location))


def _converse(session: Session) -> None:
    """Print the timeline, then answer one line after another until the person leaves."""
    session.answer("timeline")
    say("Type help for the list of commands.")
    while True:
        if sys.stdin.isatty():
            sys.stderr.write(session.prompt())
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line or line.strip().casefold() in _WORDS_TO_LEAVE:
            return
        session.answer(line)
