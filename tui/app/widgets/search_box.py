"""The text field for searching and filtering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from reinspect.phrases.query import LONGEST_QUERY
from tui.app.widgets.line_box import LimitedInput


class SearchBox(LimitedInput):
    """A text field that Enter, Esc and Down leave, so that single letters are commands again.

    A long line makes each key slow, so the box takes one character more than are searched for: the answer then says
    that the query was cut.
    """

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

    def __init__(self, *, placeholder: str, id: str) -> None:  # noqa: A002  (the name that Textual gives it)
        super().__init__(placeholder=placeholder, id=id, most=LONGEST_QUERY + 1)

    def action_leave(self) -> None:
        """Focus the widget after the box."""
        self.screen.focus_next()
        self.post_message(self.Left(self))
