"""The text fields of the app: each takes so many characters and no more, and a dialog says what it left out."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input, Static

# The characters of a path that a system takes.
LONGEST_PATH = 4096


class LimitedInput(Input):
    """A text field of one line that takes all lines of a pasted text, up to a number of characters.

    A long line makes each key slow, as Textual lays out all of it, and checks of it take longer still.
    """

    def __init__(
        self,
        value: str = "",
        *,
        most: int,
        placeholder: str = "",
        id: str,  # noqa: A002  (the name that Textual gives it)
        select_on_focus: bool = True,
    ) -> None:
        """Start with a value; `most` is the number of characters that are taken."""
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=select_on_focus)
        self._most = most

    def on_mount(self) -> None:
        """Stop the cursor from blinking (WCAG 2.2.2), which would also send bytes over a slow line all the time."""
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of another, or as much of it as there is room for."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        room = max(0, self._most - len(self.value) + end - start)
        taken = text[:room]
        if taken or not text:
            super().replace(taken, start, end)
        self.was_cut(is_cut=len(taken) < len(text))

    def was_cut(self, *, is_cut: bool) -> None:
        """Take note of whether the end of a text that was typed or pasted found no room."""

    def on_paste(self, event: Paste) -> None:
        """Let Textual paste all lines as one: it takes the first alone, and a copied sentence often has several."""
        event.text = " ".join(line.strip() for line in event.text.splitlines())


class LineBox(LimitedInput):
    """The text field of a dialog, which says below itself when it left something out."""

    _note: Static | None = None

    def was_cut(self, *, is_cut: bool) -> None:
        """Say that the end was left out, until the next change."""
        if self._note is None and is_cut and self.is_attached:
            words = f"The end was cut: {self._most:,} characters fit here."
            self._note = Static(words, classes="cut", markup=False)
            self.screen.mount(self._note, after=self)
        elif self._note is not None:
            self._note.display = is_cut
