"""The text field for searching and filtering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBox(Input):
    """A text field that Enter, Esc and Down leave, so that single letters are commands again."""

    BINDING_GROUP_TITLE = "Typing"
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that a letter typed right after it is a command and does not go into the box.
        Binding("enter,down", "leave", "To the list", priority=True, id="box.leave"),
        Binding("escape", "leave", "Stop typing", priority=True, id="box.stop"),
    ]

    @dataclass
    class Left(Message):
        """The box was left, and the focus has moved on."""

        box: SearchBox

        @property
        def control(self) -> SearchBox:
            """The box that was left."""
            return self.box

    def on_mount(self) -> None:
        """Stop the cursor from blinking (WCAG 2.2.2), which would also send bytes over a slow line all the time."""
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Focus the widget after the box."""
        self.screen.focus_next()
        self.post_message(self.Left(self))
