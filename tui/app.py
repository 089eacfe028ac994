"""The app: looks, keys that are the same everywhere, and how it starts and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App, SystemCommand
from textual.events import Event, Paste
from textual.filter import LineFilter
from textual.screen import Screen

from reinspect.errors import unexpected
from reinspect.reading.safety import make_safe, safe_line
from tui.browse import Browse
from tui.last_door import LastDoor
from tui.library import Library

if TYPE_CHECKING:
    from store import Store

_WIDTHS = [(0, "-narrow"), (100, "-wide")]


class ReinspectApp(App[int]):
    """Inspections of an authority, in panes."""

    TITLE = "reinspect"
    CSS_PATH = "reinspect.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS

    def __init__(self, open_store: Callable[[], Store]) -> None:
        colourless = _without_colour()
        # Textual fits its filter for NO_COLOR here, by whether colours are the terminal's own: grey is a colour too.
        super().__init__(ansi_color=True if colourless else None)
        if colourless:
            self.theme = "ansi-dark"
        self._library = Library(open_store)
        self._last_door = LastDoor()

    def get_default_screen(self) -> Screen[None]:
        """The panes."""
        return Browse(self._library)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that lets no control byte out."""
        return [*super().get_line_filters(), self._last_door]

    async def on_event(self, event: Event) -> None:
        """What is pasted is text from elsewhere, and is made safe like any other."""
        if isinstance(event, Paste):
            event.text = make_safe(event.text)
        await super().on_event(event)

    def _fatal_error(self) -> None:
        """A fault of ours ends in words: Textual's traceback would print the texts that were at hand, raw."""
        if os.environ.get("REINSPECT_DEBUG") or self._exception is None:
            super()._fatal_error()
            return
        if not self._exit_renderables:
            self._exit_renderables.append(Text(f"reinspect: {safe_line(unexpected(self._exception))}"))
        self._close_messages_no_wait()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the screen, besides Textual's own."""
        yield from super().get_system_commands(screen)
        for _, binding, enabled, _ in screen.active_bindings.values():
            if enabled and binding.id and binding.id.startswith("browse.") and binding.action.startswith(_OFFERED):
                yield SystemCommand(binding.description, binding.tooltip, _run(self, screen, binding.action))


_OFFERED = ("choose_authority", "search", "export", "add", "pane")


def _run(app: App[int], screen: Screen[object], action: str) -> Callable[[], object]:
    async def act() -> None:
        await app.run_action(action, screen)

    return act


def _without_colour() -> bool:
    """Whether the person asked for no colour. An empty NO_COLOR asks for nothing (no-color.org) and is taken away."""
    if os.environ.get("NO_COLOR"):
        return True
    os.environ.pop("NO_COLOR", None)
    return False


def run(store_folder: Path) -> int:
    """Open the app on a store; returns the exit code: 2, with a word on stderr, where no screen can be painted."""
    # Textual paints on stderr, so that one must be a terminal too.
    if os.environ.get("TERM") == "dumb" or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        sys.stderr.write(
            "reinspect: the app needs a full terminal. The same panes as text: "
            "`reinspect timeline AUTHORITY`, `reinspect compare A B`, `reinspect search WORDS`.\n"
        )
        return 2

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    app = ReinspectApp(open_store)
    app.run()
    return app.return_code or 0
