"""Enter, Esc and q answer a dialog once, even if they arrive twice before anyone could see what the first one did."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

_ANSWERING_KEYS = ("enter", "escape", "q")


class AnsweringKey:
    """The Enter, Esc or q that a dialog or the reader received last, until what it did has been painted.

    Another one before that was meant for the dialog: it must neither do something on the screen below, where q quits,
    nor answer a question that nobody has read. A q that is typed into a text field is a letter.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._is_unpainted = False

    def is_too_early(self, key: str) -> bool:
        """Return whether a key answers what has not been painted yet; take note of the key otherwise."""
        if key not in _ANSWERING_KEYS or (key == "q" and isinstance(self._app.focused, Input)):
            return False
        if self._is_unpainted:
            return True
        if len(self._app.screen_stack) > 1:
            self._is_unpainted = True
            self._wait_for_paint()
        return False

    def screen_changed(self, _: Screen[Any]) -> None:
        """Wait until the new screen is painted; what the old one waited for may never come."""
        if self._is_unpainted:
            self._wait_for_paint()

    def _wait_for_paint(self) -> None:
        self._app.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._is_unpainted = False
