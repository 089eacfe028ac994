"""Base screen: download the missing reports of the selected authority while the screen stays usable."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding, BindingType

from reinspect.answers.names import authority_with_slug
from tui.app.import_screen import ImportScreen
from tui.app.widgets.progress import progress_bar
from tui.fetch_report import FetchProgress, fetch_with_report, plan_for, reason_not_to_fetch
from tui.import_report import ImportProgress

if TYPE_CHECKING:
    from store.fetching.plan import FetchPlan
    from tui.selection import Selection


class FetchScreen(ImportScreen):
    """A screen of one selection, whose missing reports can be downloaded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D", "download", "Download", id="browse.download", tooltip="download the missing reports, if possible"),
    ]

    _selection: Selection

    def __init__(self) -> None:
        super().__init__()
        self._stop_download = threading.Event()
        # Why the missing reports of the selected authority cannot be downloaded; None if they can.
        self.download_refusal: str | None = None

    def action_download(self) -> None:
        """Download the missing reports of the selected authority, or say why that cannot be done."""
        authority = self._selection.authority
        if authority is None or not self.opened.is_open:
            self.notice.say("Choose an authority first (a).")
        elif self._progress is not None and self._progress.running:
            self.notice.say("Another import is still running; Esc stops it.")
        else:
            self._download(authority)

    def stop_import(self) -> None:
        """End a running import or download after the file that is being read or downloaded."""
        super().stop_import()
        self._stop_download.set()

    @work(exclusive=True, group="download", exit_on_error=False)
    async def _download(self, slug: str) -> None:
        name = authority_with_slug(slug).name
        plan = await asyncio.to_thread(self._plan, slug)
        refusal = reason_not_to_fetch(plan, name)
        if refusal is not None:
            self.notice.say(refusal)
            return
        self._stop_download.clear()
        started = ImportProgress(source=name, files=len(plan.downloads), downloaded=0)
        self._keep_progress(started)

        def report(progress: FetchProgress) -> None:
            self.app.call_from_thread(self._show_download, name, progress)

        try:
            done = await asyncio.to_thread(
                fetch_with_report, self.opened.store, plan.downloads, report, self._stop_download
            )
        except BaseException:
            self._keep_progress(replace(started, running=False, ended="It failed before any report was added."))
            raise
        self._keep_progress(replace(started, results=done.results, running=False, ended=done.summary))
        self.notice.say(f"{done.summary} {'Press A to see each. ' if done.results else ''}".strip())
        await self.refresh_from_store()

    def _plan(self, slug: str) -> FetchPlan:
        return plan_for(self.opened.store.inspections(slug))

    def _show_download(self, name: str, progress: FetchProgress) -> None:
        if self._progress is not None:
            self._keep_progress(replace(self._progress, downloaded=progress.done))
        if progress.is_reading:
            self.notice.say(f"Reading the reports of {name} that arrived ...")
            return
        stopping = self._stop_download.is_set()
        end = "stopping after this report" if stopping else "Esc stops"
        self.notice.say(f"Downloading reports of {name}: {progress_bar(progress.done, progress.wanted)}; {end}.")
