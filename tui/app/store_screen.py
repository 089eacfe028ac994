"""What a person takes away from a screen: copied, pinned to the basket, or written to a file; and taking it back."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from reinspect.errors import ReinspectError
from reinspect.model import Pin
from tui.app.clipboard import MOST
from tui.app.open_store import OpenStore
from tui.app.widgets.notice import Notice

if TYPE_CHECKING:
    from tui.app.pane import Pane

_OPENING = 50


class StoreScreen(Screen[None]):
    """A screen from which things can be taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pin", "Pin", id="take.pin", tooltip="pin what is under the cursor to the basket"),
        Binding("y", "copy", "Copy", id="take.copy", tooltip="copy what is under the cursor, with its citation"),
        Binding("Y", "copy_pane", "Copy all", show=False, id="take.copy-pane", tooltip="copy all that the pane shows"),
        Binding("e", "export", "Export", id="take.export", tooltip="write what the pane shows to a file"),
        Binding("u", "undo", "Undo", show=False, id="take.undo", tooltip="take the last change to the store back"),
    ]

    opened: OpenStore
    width: int = 100
    """Columns of what is copied or exported as text."""
    kept_copy: Path | None = None
    """Where a copy is kept as well: nobody can know whether a terminal took it."""

    @property
    def notice(self) -> Notice:
        """Where it is said what was done."""
        return self.query_one(Notice)

    async def visit(self) -> Pane[Any]:
        """The pane in view."""
        raise NotImplementedError

    async def current_pin(self) -> Pin | None:
        """What is under the cursor; None where nothing is."""
        return (await self.visit()).current_pin()

    async def changed(self) -> None:
        """Show what the store holds now."""
        raise NotImplementedError

    def suggested_name(self, pane: Pane[Any]) -> str:
        """A name for a file of what the pane shows, without its ending."""
        return pane.TITLE.lower()

    async def action_pin(self) -> None:
        """Put what is under the cursor into the basket."""
        current_pin = await self.current_pin()
        if current_pin is None:
            self.notice.say("There is nothing under the cursor to pin.")
        else:
            self._pin(current_pin)

    @work(group="take", exit_on_error=False)
    async def _pin(self, current_pin: Pin) -> None:
        place, is_new = await asyncio.to_thread(self.opened.pin, current_pin)
        words = _opening(current_pin.text)
        if is_new:
            self.notice.say(f"Pinned as number {place} of the basket: {words}. u takes it back.")
        else:
            self.notice.say(f"Number {place} of the basket already: {words}.")
        await self.changed()

    async def action_copy(self) -> None:
        """Copy what is under the cursor."""
        current_pin = await self.current_pin()
        if current_pin is None:
            self.notice.say("There is nothing under the cursor to copy.")
        else:
            self._copy(current_pin)

    @work(exclusive=True, group="copy", exit_on_error=False)
    async def _copy(self, current_pin: Pin) -> None:
        pin = await asyncio.to_thread(self.opened.library.cite, current_pin)
        await self._offer(f"{pin.in_marks} ({pin.citation})", f"{_opening(pin.text)}, with its citation")

    async def action_copy_pane(self) -> None:
        """Copy all that the pane shows, as the text it is exported in."""
        from tui.streams import render_answer

        pane = await self.visit()
        answer = pane.answer()
        if answer is None:
            self.notice.say("There is nothing here to copy yet.")
            return
        data = await asyncio.to_thread(render_answer, answer, "text", width=self.width)
        await self._offer(data.decode(), pane.TITLE)

    async def _offer(self, text: str, what: str) -> None:
        """Put a text on the clipboard, keep it in a file too, and say both."""
        lines = len(text.rstrip("\n").split("\n"))
        file = self.kept_copy
        if file is not None:
            await asyncio.to_thread(_keep, file, text)
        fits = len(text.encode()) <= MOST
        if fits:
            self.app.copy_to_clipboard(text)
        told = f"{lines} line{'' if lines == 1 else 's'}: {what}"
        also = f" Also in {file}" if file else ""
        self.notice.say(f"Copied {told}.{also}" if fits else f"Too long for a terminal's clipboard, {told}.{also}")

    async def action_export(self) -> None:
        """Write what the pane shows to a file."""
        from tui.app.dialogs.export import ExportDialog

        pane = await self.visit()
        answer = pane.answer()
        if answer is None:
            self.notice.say("There is nothing here to export yet.")
            return

        def tell(path: Path | None) -> None:
            if path is not None:
                self.notice.say(f"{'Downloaded as' if self.app.is_web else 'Written to'} {path}")

        dialog = ExportDialog(answer, self.suggested_name(pane), self.width)
        self.app.push_screen(dialog, tell)

    @work(exclusive=True, group="undo", exit_on_error=False)
    async def action_undo(self) -> None:
        """Take back the last change to the store; but ask first where documents would go with it."""
        from tui.app.dialogs.choice import ChoiceDialog

        words, documents = await asyncio.to_thread(self.opened.next_undo)
        if not documents:
            self._undo(words)
            return

        def decided(answer: str | None) -> None:
            if answer == "undo":
                self._undo(words)
            else:
                self.notice.say(f"Kept: {words}. u asks about it again; earlier changes can be taken back after it.")

        many = f"{documents} documents go" if documents != 1 else "1 document goes"
        options = {"keep": Content("Keep it"), "undo": Content(f"Take it back: {many} back to how it was before")}
        self.app.push_screen(ChoiceDialog(f"Take back: {words}?", options), decided)

    @work(exclusive=True, group="undone", exit_on_error=False)
    async def _undo(self, expected: str) -> None:
        words = await asyncio.to_thread(self.opened.store.undo, expected)
        self.notice.say(f"{words[:1].upper()}{words[1:]}.")
        await self.changed()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one place for failures: say them in words, and keep the program going."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if not isinstance(error, ReinspectError):
            self.log(error)
        self.notice.trouble(str(error) or type(error).__name__)


def _opening(text: str) -> str:
    words = text if len(text) <= _OPENING else text[:_OPENING].rsplit(" ", 1)[0] + " ..."
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # What is read is nobody else's business.
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as kept:
        kept.write(text)
