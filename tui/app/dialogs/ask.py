"""A question that is answered with a line of typing, and what is wrong with the line while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reinspect.errors import ReinspectError

_PAUSE = 0.12


class AskDialog(ModalScreen[str | None]):
    """Asks for a line: answers with it once it is understood, or with None after Esc.

    `understand` says in words what a line means; it raises ReinspectError where that cannot be said. It runs in a
    thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", id="asking.back")]

    def __init__(self, title: str, about: str, value: str, understand: Callable[[str], str]) -> None:
        super().__init__()
        self._asked = title
        self._about = about
        self._value = value
        self._understand = understand

    def compose(self) -> ComposeResult:
        """The line, what it means, and what may stand there."""
        with Vertical(classes="dialog -low"):
            yield Static(self._asked, classes="dialog-title", markup=False)
            yield Input(self._value, id="line", select_on_focus=True)
            yield Static("", id="understood", markup=False)
            yield Static(self._about, markup=False)
            yield Static("Enter takes it  Esc leads back", classes="dialog-keys", markup=False)

    @work(exclusive=True, group="understand", exit_on_error=False)
    async def _consider(self, typed: str) -> None:
        await asyncio.sleep(_PAUSE)
        self._tell(await asyncio.to_thread(self._meaning, typed))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what it means so far."""
        self._consider(event.value.strip())

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with it, if it can be understood."""
        meaning = await asyncio.to_thread(self._meaning, event.value.strip())
        if meaning[1]:
            self._tell(meaning)
        else:
            self.dismiss(event.value.strip())

    def _meaning(self, typed: str) -> tuple[str, bool]:
        """What the line means, and whether that is a fault."""
        try:
            return self._understand(typed), False
        except ReinspectError as error:
            return str(error), True

    def _tell(self, meaning: tuple[str, bool]) -> None:
        words, fault = meaning
        told = self.query_one("#understood", Static)
        told.set_class(fault, "-trouble")
        told.update(f"Not taken: {words}" if fault else words)
