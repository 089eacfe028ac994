"""Writing what a pane shows to a file: nothing is overwritten unless a person says so twice."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.printing import write_file

_PREVIEW_LINES = 60


class ExportDialog(ModalScreen[Path | None]):
    """Asks for a path and writes the text there: answers with the path written, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", id="export.back")]

    def __init__(self, text: str, suggested: Path) -> None:
        super().__init__()
        self._text = text
        self._suggested = suggested
        self._may_replace: Path | None = None

    def compose(self) -> ComposeResult:
        """The path, what it will hold, and what stands in the way."""
        lines = self._text.splitlines()
        with Vertical(classes="dialog -wide"):
            yield Static(f"Export as text ({len(lines)} lines)", classes="dialog-title", markup=False)
            yield Input(str(self._suggested), id="path", select_on_focus=False)
            yield Static("", id="obstacle", markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static("\n".join(lines[:_PREVIEW_LINES]), markup=False)
            yield Static("Enter writes the file  Esc leads back", classes="dialog-keys", markup=False)

    def on_input_changed(self) -> None:
        """Another path is another question."""
        self._may_replace = None
        self.query_one("#obstacle", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write, unless something stands in the way: then say what."""
        path = Path(event.value.strip()).expanduser()
        if not event.value.strip():
            self._object("Name a file.")
        elif self.app.is_web:
            self._deliver(path.name or self._suggested.name)
        elif os.path.lexists(path) and path != self._may_replace:
            self._may_replace = path
            self._object("This file exists. Enter again replaces it; or change the name.")
        else:
            self._write(path)

    def _deliver(self, name: str) -> None:
        """In a browser the file goes to the person's own folder of downloads; the disk here may not be theirs."""
        self.app.deliver_text(StringIO(self._text), save_filename=name)
        self.dismiss(Path(name))

    def _write(self, path: Path) -> None:
        try:
            write_file(path, self._text.encode(), replace=path == self._may_replace)
        except OSError as error:
            self._object(f"Cannot write there: {error.strerror or error}. Choose another place.")
        else:
            self.dismiss(path.resolve())

    def _object(self, words: str) -> None:
        self.query_one("#obstacle", Static).update(words)
