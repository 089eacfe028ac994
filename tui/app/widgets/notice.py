"""The one place where the program speaks of itself: what it did, what it is doing, what went wrong."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reinspect.reading.sanitise import make_safe


class Notice(Static):
    """A line above the footer, gone when there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def say(self, words: str) -> None:
        """Tell something that went well, or is under way."""
        self._show(Content(make_safe(words)), trouble=False)

    def trouble(self, words: str) -> None:
        """Tell what went wrong. The word "Error" stands before it, for colour alone tells nothing."""
        self._show(Content.assemble(("Error: ", "bold"), make_safe(words)), trouble=True)

    def clear(self) -> None:
        """Say nothing."""
        self.display = False

    def _show(self, content: Content, *, trouble: bool) -> None:
        self.set_class(trouble, "-trouble")
        self.update(content)
        self.display = True
