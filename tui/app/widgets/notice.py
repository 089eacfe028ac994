"""The line for messages of the program: results, progress and errors."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reinspect.reading.sanitise import make_safe


class Notice(Static):
    """A line above the keys, hidden while there is no message."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def say(self, message: str) -> None:
        """Show the message of something that succeeded or is going on."""
        self._show(Content(make_safe(message)), is_error=False)

    def say_error(self, message: str) -> None:
        """Show the message of an error, after the word "Error" because colour alone says nothing to some readers."""
        self._show(Content.assemble(("Error: ", "bold"), make_safe(message)), is_error=True)

    def clear(self) -> None:
        """Hide the line."""
        self.display = False

    def _show(self, content: Content, *, is_error: bool) -> None:
        self.set_class(is_error, "-error")
        self.update(content)
        self.display = True
