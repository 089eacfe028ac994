"""The dialog for adding files to the store; it lists the result for each file."""

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
from textual.widgets import Input, Static

from reinspect.model import Evidence
from tui.app.closing import Dialog
from tui.app.widgets.grades import STRONG
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_box import LONGEST_PATH, LineBox
from tui.app.widgets.line_list import LineList, ListLine
from tui.import_report import ImportedFile, ImportProgress

_ABOUT = (
    "Reports, letters or press articles about an inspection, as PDF, Word, web page or text; or a folder of them. "
    "Files stay where they are; each is matched to its inspection automatically."
)
# Outcomes that need attention come first.
_HEADINGS = {
    "failed": "Could not be read",
    "unattached": "Added, but not matched to an inspection yet",
    "added": "Added",
    "already held": "Already in the store",
    "passed over": "Skipped",
}


class AddDialog(Dialog[None]):
    """A dialog that asks for a file or folder, starts its import, and lists the result for each file.

    It can be closed while the import goes on, and lists the last import when it is opened again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="add.back"),
        Binding("down", "to_list", "To the files", id="add.to-list", tooltip="to the list of files"),
    ]

    def __init__(
        self,
        progress: ImportProgress | None,
        start_import: Callable[[Path], object],
        open_page: Callable[[Evidence], object],
    ) -> None:
        """Show the `progress` of the last import, if any; `open_page` shows a page of an imported document."""
        super().__init__()
        self._progress = progress
        self._start_import = start_import
        self._open_page = open_page

    def compose(self) -> ComposeResult:
        """Compose the path, a message, the explanation and the list of results."""
        with Vertical(classes="dialog -wide"):
            yield Static("Add documents", classes="dialog-title", markup=False)
            yield LineBox(placeholder="path of a file or folder", id="path", most=LONGEST_PATH)
            yield Static("", id="message", markup=False)
            yield Static(_ABOUT, id="about", markup=False)
            yield Static("", id="summary", markup=False)
            yield LineList(id="files")
            yield ItemsLine(classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the results of the last import."""
        self._show()

    def show(self, progress: ImportProgress) -> None:
        """Show the progress of an import, or its results."""
        self._progress = progress
        self._show()

    def on_input_changed(self) -> None:
        """Clear the message."""
        self._show_message("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Start the import, if the path exists and no import is running."""
        typed = event.value.strip().strip("'\"")
        # For a text that cannot be a path these return that it does not exist; Path would raise.
        path = Path(os.path.expanduser(typed))  # noqa: PTH111
        if self._progress and self._progress.running:
            self._show_message("Another import is still running.")
        elif typed and os.path.exists(path):  # noqa: PTH110
            self._start_import(path)
        else:
            self._show_message(f"There is no file or folder {path}." if typed else "Type the path of a file or folder.")

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the document of a file."""
        event.stop()
        if event.line.evidence is not None:
            self._open_page(event.line.evidence)

    def action_to_list(self) -> None:
        """Move the focus from the path to the list of files."""
        if self._progress and self._progress.results:
            self.set_focus(self.query_one(LineList))

    def _show(self) -> None:
        file_list, results = self.query_one(LineList), self._progress.results if self._progress else ()
        file_list.fill(list(_result_lines(results)), file_list.place or 0)
        file_list.display = bool(results)
        self.query_one(".dialog").set_class(not results, "-low")
        self.query_one("#about").display = not results and not (self._progress and self._progress.running)
        self.query_one("#summary", Static).update(_summary(self._progress) if self._progress else "")
        to_files = ("↓ to the files, Enter opens one",) if results else ()
        self.query_one(ItemsLine).set_items(("Enter add", *to_files, "Esc back"))

    def _show_message(self, message: str) -> None:
        self.query_one("#message", Static).update(message)


def _summary(progress: ImportProgress) -> str:
    if progress.ended:
        return f"Last download, {progress.source}: {progress.ended}"
    return f"{progress.words} From {progress.source}"


def _result_lines(results: tuple[ImportedFile, ...]) -> Iterator[ListLine]:
    """List the files below the heading of their outcome."""
    order = list(_HEADINGS)
    by_outcome = sorted(results, key=lambda result: order.index(result.outcome))
    for outcome, group in groupby(by_outcome, lambda result: result.outcome):
        files = list(group)
        yield ListLine(Content.styled(f"{_HEADINGS[outcome]}: {len(files)}", STRONG), heading=True)
        for file in files:
            first_page = Evidence(document=file.document, page=1, start=0, end=0) if file.document else None
            yield ListLine(Content.assemble("- ", (file.name, STRONG), f": {file.words}"), first_page)
