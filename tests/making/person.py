"""Somebody at the keyboard of the app, for tests that read as sentences."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

from textual.pilot import Pilot

from tui.app.app import ReinspectApp
from tui.app.widgets.notice import Notice

_TICK = 0.005


class Person:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.app = pilot.app
        self._pilot = pilot

    async def presses(self, *keys: str) -> None:
        """Each key, and whatever work it starts, to its end."""
        for key in keys:
            await self._pilot.press(key)
            await self.waits()

    async def presses_in_a_run(self, *keys: str) -> None:
        """The keys one right behind the other, and then whatever work they start together."""
        await self._pilot.press(*keys)
        await self.waits()

    async def types(self, words: str) -> None:
        await self.presses_in_a_run(*("space" if letter == " " else letter for letter in words))

    async def resizes(self, width: int, height: int) -> None:
        await self._pilot.resize_terminal(width, height)
        # Textual lays a new size out a little later, by a timer.
        while self.app.screen.query_one(Notice).parent.size.width != width:  # type: ignore[union-attr]
            await self._pilot.pause()
        await self.waits()

    async def waits(self) -> None:
        """Until nothing is under way: no work and no message, three times over, for each may begin another."""
        quiet = 0
        while quiet < 3:
            quiet = 0 if self._is_at_work else quiet + 1
            await self._pilot.pause(_TICK if quiet == 0 else 0)

    @property
    def _is_at_work(self) -> bool:
        pumps = (self.app, *self.app.screen.walk_children(with_self=True))
        return any(not work.is_finished for work in self.app.workers) or any(each.message_queue_size for each in pumps)

    @property
    def sees(self) -> str:
        """The screen as text."""
        return "\n".join(
            "".join(segment.text for segment in line) for line in self.app.screen._compositor.render_strips()
        )

    def sees_in_line(self, *words: str) -> bool:
        """Whether all these words stand in one line."""
        return any(all(word in line for word in words) for line in self.sees.split("\n"))


@asynccontextmanager
async def person_at(app: ReinspectApp, width: int = 80, height: int = 24) -> AsyncIterator[Person]:
    """Somebody at an app of this size that has opened its store.

    Textual waits after each key until the processor is idle, for up to a second; `waits` knows when all is done.
    """
    with patch("textual.app.wait_for_idle", _at_once):
        async with app.run_test(size=(width, height)) as pilot:
            person = Person(pilot)
            await person.waits()
            yield person


def told(app: ReinspectApp) -> str:
    """What the notice says."""
    return str(app.screen.query_one(Notice).content)


async def _at_once(*_: float) -> None:
    await asyncio.sleep(0)
