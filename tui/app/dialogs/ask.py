"""The dialog for typing one line, which is checked while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from reinspect.errors import ReinspectError
from tui.app.closing import Dialog, is_in_front
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_box import LineBox

_TYPING_PAUSE = 0.12
# The characters of a note, or of a value that is corrected.
_LONGEST = 1000


class _Check(NamedTuple):
    """The result of checking a line: its meaning or, if it is not valid, the reason."""

    text: str
    is_valid: bool


class AskDialog(Dialog[str | None]):
    """A dialog that returns the typed line, or None after Esc. It closes only with a valid line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", id="asking.back")]

    def __init__(self, title: str, about: str, value: str, understand: Callable[[str], str]) -> None:
        """Ask for a line, starting with `value`; `about` explains what may be typed.

        `understand` runs in a thread. It returns the meaning of a line in words, and raises ReinspectError with the
        reason if the line is not valid.
        """
        super().__init__()
        self._heading = title
        self._about = about
        self._value = value
        self._understand = understand

    def compose(self) -> ComposeResult:
        """Compose the title, the text field, the meaning of the line, the explanation and the keys."""
        with Vertical(classes="dialog -low"):
            yield Static(self._heading, classes="dialog-title", markup=False)
            yield LineBox(self._value, id="line", most=_LONGEST)
            yield Static("", id="understood", markup=False)
            yield Static(self._about, markup=False)
            yield ItemsLine("Enter apply", "Esc back", classes="dialog-keys")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the line means so far."""
        self._check_after_pause(event.value.strip())

    @work(exclusive=True, group="understand", exit_on_error=False)
    async def _check_after_pause(self, line: str) -> None:
        await asyncio.sleep(_TYPING_PAUSE)
        self._show(await asyncio.to_thread(self._check, line))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the line, or show why it is not valid."""
        if not is_in_front(self):
            return
        line = event.value.strip()
        check = await asyncio.to_thread(self._check, line)
        if check.is_valid:
            self.dismiss(line)
        else:
            self._show(check)

    def _check(self, line: str) -> _Check:
        try:
            return _Check(self._understand(line), is_valid=True)
        except ReinspectError as error:
            return _Check(str(error), is_valid=False)

    def _show(self, check: _Check) -> None:
        message = self.query_one("#understood", Static)
        message.set_class(not check.is_valid, "-error")
        message.update(check.text if check.is_valid else f"Not accepted: {check.text}")
