"""Run the questions of panes: in threads, debounced, and again only after a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Any

from textual.screen import Screen
from textual.worker import Worker

from tui.app.pane import Pane
from tui.app.store_handle import StoreHandle
from tui.selection import Selection


class PaneQueries:
    """Runs `ask` of each pane in a thread and hands the answer to its `show`.

    A new question of a pane cancels its previous one. A question that fails is reported to the screen as a failed
    worker.
    """

    def __init__(self, screen: Screen[None], opened: StoreHandle) -> None:
        self._screen = screen
        self._opened = opened
        self._asked_for: dict[str, Hashable] = {}

    def refresh(self, pane: Pane[Any], selection: Selection) -> None:
        """Ask for a pane, unless it shows the answer for this selection already."""
        pane.selection_changed(selection)
        key = pane.depends_on(selection)
        if pane.TITLE not in self._asked_for or self._asked_for[pane.TITLE] != key:
            self._asked_for[pane.TITLE] = key
            self.ask(pane, selection)

    def ask(self, pane: Pane[Any], selection: Selection, pause: float = 0.0) -> None:
        """Ask for a pane after `pause` seconds, whatever it shows now."""

        def ask() -> Any:
            try:
                return pane.ask(self._opened.library, selection)
            except BaseException:
                self._screen.app.call_from_thread(pane.question_failed)
                raise

        self._run(pane.TITLE, pause, ask, pane.show)

    def ask_aside(self, query: Pane.SideQuery) -> None:
        """Run a second question of a pane, which does not cancel its main one."""
        self._run(
            f"{query.pane.TITLE}, {query.subject}", query.pause, lambda: query.ask(self._opened.library), query.show
        )

    def forget(self, title: str) -> None:
        """Ask for the pane of that title again the next time it is shown."""
        self._asked_for.pop(title, None)

    def forget_all(self) -> None:
        """Ask for every pane again the next time it is shown."""
        self._asked_for.clear()

    def _run(self, group: str, pause: float, ask: Callable[[], Any], show: Callable[[Any], None]) -> None:
        async def answer() -> None:
            if pause:
                await asyncio.sleep(pause)
            show(await asyncio.to_thread(ask))
            # Keys that do nothing now are greyed in the last line.
            self._screen.refresh_bindings()

        _: Worker[None] = self._screen.run_worker(answer, group=group, exclusive=True, exit_on_error=False)
