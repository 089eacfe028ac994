"""Base screen: the briefing, one page on the selected authority, to preview and write to a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from reinspect.errors import ReinspectError
from tui.app.store_screen import StoreScreen

if TYPE_CHECKING:
    from reinspect.answers.briefing import BriefingAnswer
    from tui.selection import Selection


class BriefingScreen(StoreScreen):
    """A screen of one selection, whose authority can be briefed on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "briefing", "Briefing", show=False, id="take.briefing", tooltip="one page on this authority"),
    ]

    _selection: Selection

    @work(exclusive=True, group="briefing", exit_on_error=False)
    async def action_briefing(self) -> None:
        """Compute the briefing, then open the dialog that shows it and writes it to a file."""
        authority = self._selection.authority
        if authority is None or not self.opened.is_open:
            self.notice.say("Choose an authority first (a).")
            return
        self.notice.say("Writing the briefing ...")
        try:
            answer = await asyncio.to_thread(self._brief, authority)
        except ReinspectError as error:
            self.notice.say(f"No briefing: {error}")
            return
        self.notice.clear()
        self.open_export(answer, f"{authority}-briefing")

    def _brief(self, authority: str) -> BriefingAnswer:
        return self.opened.library.brief(authority, self._selection.cohort)
