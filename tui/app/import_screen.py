"""A screen from which files are read into the store, behind whatever else is done in it."""

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
from tui.import_report import ImportProgress, import_with_report

if TYPE_CHECKING:
    from tui.app.dialogs.add_files import AddDialog


class ImportScreen(StoreScreen):
    """Reads files while its panes are used, and keeps what became of each until others are read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "A", "add", "Add files", show=False, id="browse.add", tooltip="read reports and letters into the store"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._intake: ImportProgress | None = None
        self._dialog: AddDialog | None = None
        self._stops = False

    def action_add(self) -> None:
        """Ask for files, and list what became of those read last."""
        from tui.app.dialogs.add_files import AddDialog

        self._dialog = AddDialog(self._intake, self._read_in, self.open_page)
        self.app.push_screen(self._dialog)

    def open_page(self, evidence: Evidence) -> object:
        """Open a page of a held document."""
        raise NotImplementedError

    def stop_adding(self) -> None:
        """Read no more files after those at hand."""
        self._stops = True

    def put_notice_away(self) -> None:
        """Say no more what was said of another place or of a store that has changed since.

        That files are being read is so everywhere, and that the store cannot be opened as well.
        """
        under_way = self._intake is not None and self._intake.running
        if self.opened.is_open and not under_way:
            self.notice.clear()

    @work(exclusive=True, group="add", exit_on_error=False)
    async def _read_in(self, path: Path) -> None:
        """Read files in their own processes, and say how it goes."""
        worker = get_current_worker()

        def tell(intake: ImportProgress) -> None:
            self.app.call_from_thread(self._tell, intake)

        self._stops = False
        try:
            intake = await asyncio.to_thread(
                import_with_report, self.opened.store, path, tell, lambda: self._stops or worker.is_cancelled
            )
        except BaseException:
            # What was read until then is in the store.
            self._tell(replace(self._intake or ImportProgress(path=path), running=False))
            raise
        self._tell(intake)
        await self.changed()

    def _tell(self, intake: ImportProgress) -> None:
        """In the dialog while that is open; below the panes as well, for when it is not."""
        self._intake = intake
        if self._dialog is not None and self._dialog.is_attached:
            self._dialog.show(intake)
        if intake.running:
            self.notice.say(f"{intake.words}; Esc stops. From {intake.path}")
        else:
            self.notice.say(f"{intake.words} A tells what became of each.")
