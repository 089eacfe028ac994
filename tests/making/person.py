"""A person at the keyboard of the app, for tests that read as sentences: `await person.presses("q")`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tui.app.app import ReinspectApp
from tui.app.widgets.notice import Notice

_TICK = 0.005
_LONG = 3600.0
_render_update = Compositor.render_update
_parse_rules = Stylesheet._parse_rules
_parsed: dict[Hashable, list[RuleSet]] = {}


class Person:
    """A person who presses keys and reads the screen."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.app = pilot.app
        self._pilot = pilot

    async def presses(self, *keys: str) -> None:
        """Press each key, and wait until the work that it starts is done."""
        for key in keys:
            await self._pilot.press(key)
            await self.waits()

    async def presses_in_a_run(self, *keys: str) -> None:
        """Press keys without a pause, and then wait until all work is done."""
        await self._pilot.press(*keys)
        await self.waits()

    async def types(self, words: str) -> None:
        """Type words."""
        await self.presses_in_a_run(*("space" if letter == " " else letter for letter in words))

    async def clicks(self, widget: Widget, x: int, y: int) -> None:
        """Click a cell of a widget, and wait until the work that it starts is done."""
        await self._pilot.click(widget, offset=(x, y))
        await self.waits()

    async def resizes(self, width: int, height: int) -> None:
        """Resize the terminal, and wait until the screen is laid out again."""
        await self._pilot.resize_terminal(width, height)
        # Textual lays out a new size a little later, by a timer.
        while self._laid_out_width != width:
            await self._pilot.pause()
        await self.waits()

    @property
    def _laid_out_width(self) -> int:
        """The width that the screen in front is laid out for."""
        notices = self.app.screen.query(Notice)
        return (notices.first().parent if notices else self.app.screen).size.width  # type: ignore[union-attr]

    async def waits(self) -> None:
        """Wait until the app is idle, and draw its screen.

        Idle is three times in a row without a worker or a message, as each may start another.
        """
        idle = 0
        while idle < 3:
            idle = 0 if self._is_at_work else idle + 1
            await asyncio.sleep(_TICK if self._works_in_threads else 0)
            # Lay out and call what waits for the next refresh, as Textual does by a timer.
            self.app.screen._on_timer_update()
        self.app.screen._compositor.render_strips()

    @property
    def _is_at_work(self) -> bool:
        pumps = (self.app, *self.app.screen.walk_children(with_self=True))
        return self._works_in_threads or any(map(_has_work, pumps))

    @property
    def _works_in_threads(self) -> bool:
        return any(not worker.is_finished for worker in self.app.workers)

    @property
    def sees(self) -> str:
        """The screen as text."""
        return "\n".join(
            "".join(segment.text for segment in line) for line in self.app.screen._compositor.render_strips()
        )

    def sees_in_line(self, *words: str) -> bool:
        """Return True if one line of the screen has all these words."""
        return any(all(word in line for word in words) for line in self.sees.split("\n"))


@asynccontextmanager
async def person_at(app: ReinspectApp, width: int = 80, height: int = 24) -> AsyncIterator[Person]:
    """Run an app of this size until the block ends, with a person at it once its store is open.

    Textual waits up to a second after each key for an idle processor. That wait is patched out, as `waits` is exact.
    So is the app's collection of garbage after two idle seconds, which a busy machine would run in many tests. The
    screen is drawn whole after each wait, not bit by bit while the work goes on, and style sheets are parsed once in a
    test run.
    """
    with (
        patch("textual.app.wait_for_idle", _at_once),
        patch("tui.app.memory._IDLE_SECONDS", _LONG),
        patch.object(Compositor, "render_update", _draw_later),
        patch.object(Stylesheet, "_parse_rules", _parse_once),
    ):
        async with app.run_test(size=(width, height)) as pilot:
            person = Person(pilot)
            await person.waits()
            yield person


def _has_work(pump: MessagePump) -> bool:
    """Return whether a widget has a message left, or is in the middle of one: it does not wait for the next."""
    waits_for_a_message = any(not waiter.done() for waiter in pump._message_queue.ready_event._waiters)
    return pump.is_running and (pump.message_queue_size > 0 or not waits_for_a_message)


def told(app: ReinspectApp) -> str:
    """Return the text of the notice."""
    return str(app.screen.query_one(Notice).content)


def _draw_later(
    compositor: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    """Draw nothing yet, but for a whole picture: the person looks at the whole screen once the work is done."""
    if full:
        return _render_update(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()
    return None


def _parse_once(stylesheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
    """Return the rules of a style sheet, which are the same in each app of the same colours."""
    key = frozenset(stylesheet._variables.items()), arguments, tuple(named.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(stylesheet, *arguments, **named)
    return _parsed[key]


async def _at_once(*_: float) -> None:
    await asyncio.sleep(0)
