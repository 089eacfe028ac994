"""The panes of the main screen: each is loaded when it is first shown, and one of them is in view."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

from textual.containers import Container

from tui.app.pane import Pane

# Title of each pane, and its class. The modules are imported late: the app starts with one pane.
PANES = {
    "Timeline": "tui.app.panes.timeline.TimelinePane",
    "Compare": "tui.app.panes.compare.ComparePane",
    "Recommendations": "tui.app.panes.recommendations.RecommendationsPane",
    "Phrases": "tui.app.panes.phrases.PhrasesPane",
    "Authorities": "tui.app.panes.authorities.AuthoritiesPane",
    "Basket": "tui.app.panes.basket.BasketPane",
}
# Titles of former versions, which the last session may name.
_FORMER_TITLES = {"Follow-through": "Recommendations"}


class PaneStack(Container):
    """A container of panes, of which one is displayed."""

    def __init__(self, title: str) -> None:
        """Start with the pane of that title, or with the first pane if there is none of that title."""
        super().__init__(id="panes")
        title = _FORMER_TITLES.get(title, title)
        self.title_in_view = title if title in PANES else next(iter(PANES))
        self._loaded: dict[str, Pane[Any]] = {}
        self._loading = asyncio.Lock()

    @property
    def in_view(self) -> Pane[Any] | None:
        """The pane in view, or None before it is loaded."""
        return self._loaded.get(self.title_in_view)

    async def current(self) -> Pane[Any]:
        """Return the pane in view, loaded and, if nothing else has the focus, focused."""
        pane = await self.load(self.title_in_view)
        if self.screen.focused is None:
            pane.take_focus()
        return pane

    async def load(self, title: str) -> Pane[Any]:
        """Return the pane of that title; import and mount it the first time."""
        # A key press and the start of the app may both load the same pane.
        async with self._loading:
            if title not in self._loaded:
                module, _, class_name = PANES[title].rpartition(".")
                pane: Pane[Any] = getattr(await asyncio.to_thread(import_module, module), class_name)()
                pane.display = title == self.title_in_view
                await self.mount(pane)
                self._loaded[title] = pane
        return self._loaded[title]

    async def load_all(self) -> None:
        """Load the remaining panes, so that the first look at each is quick."""
        for title in PANES:
            await self.load(title)

    def bring_into_view(self, pane: Pane[Any]) -> None:
        """Display a loaded pane in place of the others and focus it."""
        self.title_in_view = pane.TITLE
        with self.app.batch_update():
            pane.display = True
            pane.take_focus()
            # Hide the others last: Textual moves the focus of a hidden widget to any other one.
            for other in self._loaded.values():
                other.display = other is pane
