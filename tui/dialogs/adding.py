"""Adding files to the store from inside the app."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

_ABOUT = (
    "A report, a letter or a piece about an inspection, as PDF or text; or a folder of them. "
    "Each is read where it lies and finds its own inspection by what it prints."
)


class AddDialog(ModalScreen[Path | None]):
    """Asks for a file or folder: answers with its path, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", id="add.back")]

    def compose(self) -> ComposeResult:
        """The path, and what may stand there."""
        with Vertical(classes="dialog -low"):
            yield Static("Add documents", classes="dialog-title", markup=False)
            yield Input(placeholder="path of a file or folder", id="path")
            yield Static("", id="obstacle", markup=False)
            yield Static(_ABOUT, markup=False)
            yield Static("Enter reads it  Esc leads back", classes="dialog-keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, if there is something of that name."""
        typed = event.value.strip().strip("'\"")
        # Of what is no name at all, these say that it is not there; Path would raise.
        path = Path(os.path.expanduser(typed))  # noqa: PTH111
        if typed and os.path.exists(path):  # noqa: PTH110
            self.dismiss(path)
        else:
            words = f"There is no file or folder {path}." if typed else "Name a file or a folder."
            self.query_one("#obstacle", Static).update(words)
