"""Adding files to the store from inside the app, and reading what became of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reinspect.model import Evidence
from tui.app.widgets.grades import STRONG
from tui.app.widgets.line_list import LineList, ListLine
from tui.import_report import ImportedFile, ImportProgress

_ABOUT = (
    "A report, a letter or a piece about an inspection, as PDF or text; or a folder of them. "
    "Each is read where it lies and finds its own inspection by what it prints."
)
# What a person should look at comes first.
_HEADINGS = {
    "failed": "Not read",
    "unattached": "Kept, but of no inspection yet",
    "added": "Added",
    "already held": "Held already",
    "passed over": "Passed over",
}


class AddDialog(ModalScreen[None]):
    """Asks for a file or folder and has it read; lists what became of each file until Esc, and when it is opened again.

    `read` begins to read a path, `open_page` shows a page of what was read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="add.back"),
        Binding("down", "to_list", "To the files", id="add.to-list", tooltip="from the path to the files read"),
    ]

    def __init__(
        self, intake: ImportProgress | None, read: Callable[[Path], object], open_page: Callable[[Evidence], object]
    ) -> None:
        super().__init__()
        self._intake = intake
        self._read = read
        self._open_page = open_page

    def compose(self) -> ComposeResult:
        """The path, what may stand there, and what became of the files read last."""
        with Vertical(classes="dialog -wide"):
            yield Static("Add documents", classes="dialog-title", markup=False)
            yield Input(placeholder="path of a file or folder", id="path")
            yield Static("", id="obstacle", markup=False)
            yield Static(_ABOUT, id="about", markup=False)
            yield Static("", id="read", markup=False)
            yield LineList(id="files")
            yield Static("", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Show what was read last."""
        self._show()

    def show(self, intake: ImportProgress) -> None:
        """Show how far the reading is, or what came of it."""
        self._intake = intake
        self._show()

    def on_input_changed(self) -> None:
        """Another path is another question."""
        self._object("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read it, if there is something of that name."""
        typed = event.value.strip().strip("'\"")
        # Of what is no name at all, these say that it is not there; Path would raise.
        path = Path(os.path.expanduser(typed))  # noqa: PTH111
        if self._intake and self._intake.running:
            self._object("The files before it are still being read.")
        elif typed and os.path.exists(path):  # noqa: PTH110
            self._read(path)
        else:
            self._object(f"There is no file or folder {path}." if typed else "Name a file or a folder.")

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the document of a line."""
        event.stop()
        if event.line.evidence is not None:
            self._open_page(event.line.evidence)

    def action_to_list(self) -> None:
        """From the path to the files."""
        if self._intake and self._intake.results:
            self.set_focus(self.query_one(LineList))

    def _show(self) -> None:
        files, done = self.query_one(LineList), self._intake.results if self._intake else ()
        place = files.place or 0
        files.fill(list(_lines(done)), place)
        files.display = bool(done)
        self.query_one(".dialog").set_class(not done, "-low")
        self.query_one("#about").display = self._intake is None
        words = f"{self._intake.words} From {self._intake.path}" if self._intake else ""
        self.query_one("#read", Static).update(words)
        keys = "Enter reads it  ↓ files, Enter opens one  Esc back" if done else "Enter reads it  Esc leads back"
        self.query_one(".dialog-keys", Static).update(keys)

    def _object(self, words: str) -> None:
        self.query_one("#obstacle", Static).update(words)


def _lines(done: tuple[ImportedFile, ...]) -> Iterator[ListLine]:
    """Each file under what became of it."""
    order = list(_HEADINGS)
    for outcome, files in groupby(sorted(done, key=lambda each: order.index(each.outcome)), lambda each: each.outcome):
        some = list(files)
        yield ListLine(Content.styled(f"{_HEADINGS[outcome]}: {len(some)}", STRONG), heading=True)
        for each in some:
            page = Evidence(document=each.document, page=1, start=0, end=0) if each.document else None
            yield ListLine(Content.assemble("- ", (each.name, STRONG), f": {each.words}"), page)
