"""A line to type in, which a key leads out of: single letters are no commands while it has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBox(Input):
    """An `Input` that is left by Enter, Esc and Down."""

    BINDING_GROUP_TITLE = "Typing"
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that what is typed right behind it is a command and does not go into the box.
        Binding("enter,down", "leave", "To the list", priority=True, id="box.leave"),
        Binding("escape", "leave", "Stop typing", priority=True, id="box.stop"),
    ]

    @dataclass
    class Left(Message):
        """The person is done with typing, and the focus is elsewhere."""

        box: SearchBox

        @property
        def control(self) -> SearchBox:
            """The box that was left."""
            return self.box

    def on_mount(self) -> None:
        """Nothing blinks for longer than a person asked for (WCAG 2.2.2), or is sent down a slow line for nothing."""
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Put the focus on what stands behind the box, at once, and say so."""
        self.screen.focus_next()
        self.post_message(self.Left(self))
