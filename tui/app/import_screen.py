"""Base screen for importing files into the store while the screen stays usable."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from reinspect.model import Evidence
from tui.app.store_screen import StoreScreen
from tui.app.widgets.progress import progress_bar
from tui.import_report import ImportProgress, import_with_report

if TYPE_CHECKING:
    from tui.app.dialogs.add_files import AddDialog


class ImportScreen(StoreScreen):
    """A screen that imports files in the background and remembers the result for each file until the next import."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("A", "add", "Add files", show=False, id="browse.add", tooltip="add reports and letters to the store"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._progress: ImportProgress | None = None
        self._add_dialog: AddDialog | None = None
        self._stop_requested = False

    def action_add(self) -> None:
        """Open the dialog that asks for files and lists the results of the last import."""
        from tui.app.dialogs.add_files import AddDialog

        self._add_dialog = AddDialog(self._progress, self._import_files, self.open_page)
        self.app.push_screen(self._add_dialog)

    def open_page(self, evidence: Evidence) -> object:
        """Open the reader at a place in a stored document."""
        raise NotImplementedError

    def stop_import(self) -> None:
        """End a running import after the batch of files that is being read."""
        self._stop_requested = True

    def clear_outdated_notice(self) -> None:
        """Clear the notice, as another location is shown or the store has changed.

        The progress of an import stays, and so does the reason why the store cannot be opened.
        """
        is_importing = self._progress is not None and self._progress.running
        if self.opened.is_open and not is_importing:
            self.notice.clear()

    @work(exclusive=True, group="add", exit_on_error=False)
    async def _import_files(self, path: Path) -> None:
        """Import a file or folder in worker processes, and show the progress."""
        worker = get_current_worker()

        def report(progress: ImportProgress) -> None:
            self.app.call_from_thread(self._show_progress, progress)

        def is_stopped() -> bool:
            return self._stop_requested or worker.is_cancelled

        self._stop_requested = False
        try:
            progress = await asyncio.to_thread(import_with_report, self.opened.store, path, report, is_stopped)
        except BaseException:
            # The batches before the error are in the store.
            self._show_progress(replace(self._progress or ImportProgress(source=str(path)), running=False))
            raise
        self._show_progress(progress)
        await self.refresh_from_store()

    def _keep_progress(self, progress: ImportProgress) -> None:
        """Remember the progress of an import or download, and show it in the dialog, if that is open."""
        self._progress = progress
        if self._add_dialog is not None and self._add_dialog.is_attached:
            self._add_dialog.show(progress)

    def _show_progress(self, progress: ImportProgress) -> None:
        """Show the progress in the dialog, if it is open, and in the notice below the panes."""
        self._keep_progress(progress)
        if progress.running:
            bar = progress_bar(len(progress.results), progress.files)
            self.notice.say(f"{bar} read; Esc stops. From {progress.source}")
        else:
            self.notice.say(f"{progress.words} Press A to see what happened to each file.")
