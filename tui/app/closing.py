"""Screens that close once: keys, clicks and messages that still arrive at a closed screen do nothing.

Textual's `dismiss` takes the screen in front off the stack, whichever screen asks for it. So a second Enter that had
reached a dialog before it closed would close the screen below as well.
"""

from __future__ import annotations

from typing import TypeVar

from textual.app import ScreenStackError
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.dom import DOMNode, NoScreen
from textual.events import Key
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

Result = TypeVar("Result")
_LONGEST_NAME = 100


class ClosableScreen(Screen[Result]):
    """A screen that closes only while it is in front, and so only once."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screen with a result; do nothing if it is closed already."""
        return super().dismiss(result) if is_in_front(self) else AwaitComplete()


class Dialog(ModalScreen[Result]):
    """A dialog, which closes only once: the screen below stays in view, and a result is returned when it closes.

    It is not a `ClosableScreen`, since Textual takes styles from the first base alone: the screen below was hidden.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the dialog with a result; do nothing if it is closed already."""
        return super().dismiss(result) if is_in_front(self) else AwaitComplete()

    def on_key(self, event: Key) -> None:
        """Take letters that are typed before the text field has the focus."""
        if self.focused is None:
            self.take_letter(event)

    def take_letter(self, event: Key) -> bool:
        """Put a letter into the text field that was typed just after the key for this dialog; return whether it can."""
        boxes = self.query(Input)
        if not (event.character and event.is_printable and boxes):
            return False
        event.stop()
        box = boxes.first()
        # A suggested text is selected once the field has the focus, so that typing replaces it.
        if self.focused is None and box.select_on_focus:
            box.clear()
            box.select_on_focus = False
        box.replace(event.character, *box.selection)
        return True


class Palette(CommandPalette):
    """Textual's list of commands, which closes only once.

    It is not a `ClosableScreen`, for the same reason.
    """

    def on_mount(self) -> None:
        """Take no longer text than the name of a command: each key compares it with all names."""
        self.query_one(Input).max_length = _LONGEST_NAME

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the list; do nothing if it is closed already."""
        return super().dismiss(result) if is_in_front(self) else AwaitComplete()


def is_in_front(node: DOMNode) -> bool:
    """Return whether a screen, or the screen of a widget, is the one that a person sees in front now."""
    try:
        return node.screen is node.app.screen
    except (NoScreen, ScreenStackError):
        return False
