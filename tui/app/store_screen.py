"""Base screen: copy, pin, export, undo."""

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
from tui.app.clipboard import MAX_COPY_BYTES
from tui.app.store_handle import StoreHandle
from tui.app.widgets.notice import Notice

if TYPE_CHECKING:
    from reinspect.answers import Answer
    from tui.app.pane import Pane
    from tui.streams import FileFormat

_EXCERPT_LENGTH = 50
_COPY_FORMS: dict[FileFormat, str] = {
    "text": "text",
    "md": "Markdown, with tables",
    "html": "HTML, a web page",
}


class StoreScreen(Screen[None]):
    """A screen with a notice line, whose content can be copied, pinned to the basket and exported."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pin", "Pin", id="take.pin", tooltip="pin what is under the cursor to the basket"),
        Binding("y", "copy", "Copy", id="take.copy", tooltip="copy what is under the cursor, with its citation"),
        Binding(
            "Y",
            "copy_pane",
            "Copy all",
            show=False,
            id="take.copy-pane",
            tooltip="copy all of this tab, as text, Markdown or HTML",
        ),
        Binding("e", "export", "Export", id="take.export", tooltip="export this tab to a file"),
        Binding("u", "undo", "Undo", show=False, id="take.undo", tooltip="undo the last change to the store"),
    ]

    opened: StoreHandle
    width: int = 100
    """Columns of text that is copied or exported."""
    copy_file: Path | None = None
    """A file that every copy is written to as well, since a terminal does not report whether it accepted the text."""

    def action_glossary(self) -> None:
        """Show the glossary."""
        from tui.app.dialogs.glossary import GlossaryDialog

        self.app.push_screen(GlossaryDialog())

    @property
    def notice(self) -> Notice:
        """The line for messages."""
        return self.query_one(Notice)

    async def current_pane(self) -> Pane[Any]:
        """Return the pane in view."""
        raise NotImplementedError

    async def current_pin(self) -> Pin | None:
        """Return what is under the cursor, or None if nothing is."""
        return (await self.current_pane()).current_pin()

    async def refresh_from_store(self) -> None:
        """Show what the store contains now."""
        raise NotImplementedError

    def suggested_file_name(self, pane: Pane[Any]) -> str:
        """Return a file name for an export of the pane, without a suffix: "basket"."""
        return "-".join(filter(None, [pane.TITLE.lower(), pane.filter_name()]))

    # Pin

    async def action_pin(self) -> None:
        """Pin what is under the cursor to the basket."""
        pin = await self.current_pin()
        if pin is None:
            self.notice.say("There is nothing under the cursor to pin.")
        else:
            self._pin(pin)

    @work(group="take", exit_on_error=False)
    async def _pin(self, pin: Pin) -> None:
        number, is_new = await asyncio.to_thread(self.opened.pin, pin)
        excerpt = _quoted_excerpt(pin.text)
        if is_new:
            self.notice.say(f"Added to basket ({number}): {excerpt}. u undoes it.")
        else:
            self.notice.say(f"Already number {number} in the basket: {excerpt}.")
        await self.refresh_from_store()

    # Copy

    async def action_copy(self) -> None:
        """Copy what is under the cursor, with its citation."""
        pin = await self.current_pin()
        if pin is None:
            self.notice.say("There is nothing under the cursor to copy.")
        else:
            self._copy(pin)

    @work(exclusive=True, group="copy", exit_on_error=False)
    async def _copy(self, pin: Pin) -> None:
        cited = await asyncio.to_thread(self.opened.library.cite, pin)
        await self._copy_text(
            f"{cited.in_marks} ({cited.citation})", f"{_quoted_excerpt(cited.text)}, with its citation"
        )

    async def action_copy_pane(self) -> None:
        """Ask for a format, and copy all that the pane shows in it."""
        from tui.app.dialogs.choice import ChoiceDialog

        pane = await self.current_pane()
        answer = pane.answer()
        if answer is None:
            self.notice.say("There is nothing here to copy yet.")
            return

        async def copy(form: str | None) -> None:
            if form is not None:
                self._copy_answer(answer, form, pane.TITLE)

        options: dict[str, Content] = {name: Content(words) for name, words in _COPY_FORMS.items()}
        self.app.push_screen(ChoiceDialog(f"Copy {pane.TITLE} as", options), copy)

    @work(exclusive=True, group="copy", exit_on_error=False)
    async def _copy_answer(self, answer: Answer, form: str, title: str) -> None:
        from tui.streams import render_answer

        chosen: FileFormat = next(known for known in _COPY_FORMS if known == form)
        data = await asyncio.to_thread(render_answer, answer, chosen, width=self.width)
        name = title if chosen == "text" else f"{title}, as {_COPY_FORMS[chosen].partition(',')[0]}"
        await self._copy_text(data.decode(), name)

    async def _copy_text(self, text: str, name: str) -> None:
        """Put a text on the clipboard and into the copy file; `name` describes it in the notice."""
        if self.copy_file is not None:
            await asyncio.to_thread(_write_private_file, self.copy_file, text)
        fits = len(text.encode()) <= MAX_COPY_BYTES
        if fits:
            self.app.copy_to_clipboard(text)
        count = len(text.rstrip("\n").split("\n"))
        copied = f"{count} line{'' if count == 1 else 's'}: {name}"
        also = f" Also in {self.copy_file}" if self.copy_file else ""
        self.notice.say(f"Copied {copied}.{also}" if fits else f"Too long for a terminal's clipboard, {copied}.{also}")

    # Export

    async def action_export(self) -> None:
        """Open the dialog that writes what the pane shows to a file."""
        pane = await self.current_pane()
        answer = pane.answer()
        if answer is None:
            self.notice.say("There is nothing here to export yet.")
            return

        self.open_export(answer, answer.file_name or self.suggested_file_name(pane))

    def open_export(self, answer: Answer, name: str) -> None:
        """Open the dialog that writes an answer to a file; `name` is suggested, without an ending."""
        from tui.app.dialogs.export import ExportDialog

        def report(path: Path | None) -> None:
            if path is not None:
                self.notice.say(f"{'Downloaded as' if self.app.is_web else 'Written to'} {path}")

        self.app.push_screen(ExportDialog(answer, name, self.width), report)

    # Undo

    @work(exclusive=True, group="undo", exit_on_error=False)
    async def action_undo(self) -> None:
        """Undo the last change to the store; ask first if that removes documents."""
        from tui.app.dialogs.choice import ChoiceDialog

        change, documents = await asyncio.to_thread(self.opened.next_undo)
        if not documents:
            self._undo(change)
            return

        def decide(answer: str | None) -> None:
            if answer == "undo":
                self._undo(change)
            else:
                self.notice.say(f"Not undone: {change}. Press u again to undo it; earlier changes can be undone after.")

        affected = "1 document" if documents == 1 else f"{documents} documents"
        options = {"keep": Content("Keep it"), "undo": Content(f"Undo it (affects {affected})")}
        self.app.push_screen(ChoiceDialog(f"Undo: {change}?", options), decide)

    @work(exclusive=True, group="undone", exit_on_error=False)
    async def _undo(self, expected: str) -> None:
        message = await asyncio.to_thread(self.opened.store.undo, expected)
        self.notice.say(f"{message[:1].upper()}{message[1:]}.")
        await self.refresh_from_store()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show the error of a failed worker in the notice; the app goes on."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if not isinstance(error, ReinspectError):
            self.log(error)
        self.notice.say_error(str(error) or type(error).__name__)


def _quoted_excerpt(text: str) -> str:
    excerpt = text if len(text) <= _EXCERPT_LENGTH else text[:_EXCERPT_LENGTH].rsplit(" ", 1)[0] + " ..."
    return f"\N{LEFT DOUBLE QUOTATION MARK}{excerpt}\N{RIGHT DOUBLE QUOTATION MARK}"


def _write_private_file(file: Path, text: str) -> None:
    """Write a file that only its owner can read: it quotes reports."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
