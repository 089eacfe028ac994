"""The dialog for exporting what a pane shows to a file; it replaces a file only after asking."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from reinspect.answers import Answer
from reinspect.reading.sanitise import safe_line
from tui.app.closing import Dialog, is_in_front
from tui.app.widgets.drawing import wrap_content
from tui.app.widgets.grades import quiet
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_box import LONGEST_PATH, LineBox
from tui.streams import (
    BINARY_FORMATS,
    FORMAT_OF_SUFFIX,
    SUFFIXES,
    FileFormat,
    ending_refusal,
    render_answer,
    write_file,
)

_PREVIEW_LINES, _PREVIEWED_OF_LINE = 60, 2000
_NAMES: dict[FileFormat, str] = {
    "text": "text",
    "md": "Markdown",
    "html": "web page",
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
    "jsonl": "JSON Lines",
}


class ExportDialog(Dialog[Path | None]):
    """A dialog that writes a file and returns its path, or None after Esc.

    The suggested name is selected, so that typing replaces it. The format and the suffix of the path follow each other;
    a name without a suffix is given the one of the format.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="export.back"),
        Binding("down", "form(1)", "Next format", id="export.next-format"),
        Binding("up", "form(-1)", "Previous format", id="export.format-before"),
        Binding("pagedown", "scroll(1)", "Scroll down", id="export.page-down"),
        Binding("pageup", "scroll(-1)", "Scroll up", id="export.page-up"),
    ]

    def __init__(self, answer: Answer, name: str, width: int = 100) -> None:
        """Export an answer; suggest `name` for the file, and wrap plain text to `width` columns."""
        super().__init__()
        self._answer = answer
        self._suggested = name
        self._width = width
        self._form: FileFormat = "text"
        self._data = b""
        self._may_replace: Path | None = None
        self._asked_at = 0.0

    def compose(self) -> ComposeResult:
        """Compose the formats, the path, a message and a preview."""
        with Vertical(classes="dialog -wide"):
            yield Static("Export", classes="dialog-title", markup=False)
            yield ItemsLine(id="formats")
            yield LineBox(f"{self._suggested}.txt", id="path", most=LONGEST_PATH)
            yield Static("", id="folder", markup=False)
            yield Static("", id="message", markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static("", id="previewed", markup=False)
            yield ItemsLine("Enter save", "↑↓ format", "PgUp PgDn preview", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the folder."""
        self._show_message("")

    def on_resize(self) -> None:
        """Show a preview that fits, once its room is known."""
        self.call_after_refresh(self._preview)

    def action_form(self, by: int) -> None:
        """Choose the next (1) or the previous (-1) format."""
        forms = list(_NAMES)
        self._form = forms[(forms.index(self._form) + by) % len(forms)]
        box = self.query_one("#path", Input)
        if Path(box.value).name:
            was_suggested = len(box.selected_text) == len(box.value)
            box.value = _with_ending(box.value, self._form)
            if was_suggested:
                box.select_all()
        self._preview()

    def action_scroll(self, by: int) -> None:
        """Scroll the preview by a page."""
        preview = self.query_one("#preview")
        preview.scroll_relative(y=by * max(1, preview.size.height - 1), animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Clear the message, and follow a new suffix with its format."""
        self._may_replace = None
        self._show_message("")
        form = FORMAT_OF_SUFFIX.get(Path(event.value.strip()).suffix.lower(), self._form)
        if form != self._form:
            self._form = form
            self._preview()

    @work(exclusive=True, group="preview", exit_on_error=False)
    async def _preview(self) -> None:
        """Show the first lines of the file."""
        self._data = b""
        self.query_one("#formats", ItemsLine).set_items(self._format_names())
        preview = self.query_one("#previewed", Static)
        room = preview.size.width
        if self._form in {"text", "html"} or self._form in BINARY_FORMATS:
            # The source of a web page says little, and Word and Excel files have no lines: show the words, as wide as
            # the room, so that no row of a table runs on into the next. The file itself is made when it is saved.
            shown = await asyncio.to_thread(render_answer, self._answer, "text", width=min(room, self._width))
        else:
            self._data = shown = await asyncio.to_thread(self._render_file, self._form)
        lines = shown.decode("utf-8-sig").splitlines()
        if self._form == "html":
            lines = ["The web page shows this, with colours and charts:", "", *lines]
        more = [f"... {len(lines) - _PREVIEW_LINES} more lines"] if len(lines) > _PREVIEW_LINES else []
        fitted = [_fit(line, self._form, room) for line in lines[:_PREVIEW_LINES]]
        preview.update("\n".join([*fitted, *more]))

    def _render_file(self, form: FileFormat) -> bytes:
        return render_answer(self._answer, form, width=self._width)

    def _format_names(self) -> Iterator[Content]:
        for form, name in _NAMES.items():
            yield Content.styled(f"[{name}]", "bold") if form == self._form else Content(f" {name} ")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file; or say what is missing, or ask whether an existing file may be replaced."""
        if not is_in_front(self):
            return
        path = Path(os.path.expanduser(event.value.strip()))  # noqa: PTH111  (expanduser of Path raises for an unknown ~name)
        data = self._data or await asyncio.to_thread(self._render_file, self._form)
        is_named = path.name not in {"", ".."}
        # The ".5" of "council v1.5" belongs to the name.
        if is_named and not path.suffix[1:2].isalpha():
            path = path.with_name(_with_ending(path.name, self._form))
        if not is_named:
            self._show_message("Type a file name.")
        elif refusal := ending_refusal(path):
            self._show_message(refusal)
        elif self.app.is_web:
            self._deliver(path.name or self._suggested, data)
        elif os.path.lexists(path) and (path != self._may_replace or event.time < self._asked_at):
            # An Enter that was pressed before the question was shown does not answer it.
            self._may_replace, self._asked_at = path, Message().time
            self._show_message("This file exists. Press Enter again to replace it, or change the name.")
        else:
            self._write(path, data)

    def _deliver(self, name: str, data: bytes) -> None:
        """Offer the file as a download: in a browser, the disk of this machine may not be the person's own."""
        self.app.deliver_binary(BytesIO(data), save_filename=name)
        self.dismiss(Path(name))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_file(path, data, replace=path == self._may_replace)
        except OSError as error:
            self._show_message(f"Cannot write this file: {error.strerror or error}. Choose another path.")
        else:
            self.dismiss(path.resolve())

    def _show_message(self, message: str) -> None:
        """Show a message or, if there is none, the folder that a name without one is saved in."""
        box = self.query_one("#message", Static)
        box.update(message)
        box.display = bool(message)
        folder = self.query_one("#folder", Static)
        folder.update(quiet(f" in the folder {_here()}"))
        folder.display = not (message or self.app.is_web)


def _fit(line: str, form: FileFormat, room: int) -> str:
    """Return a line of a file in lines of at most `room` cells.

    A row of a table is cut, as a broken one is hard to read. Of a line of JSON, which has all data, the start is shown.
    """
    if form == "csv" or (form == "md" and line.startswith("|")):
        return Content(line).truncate(room, ellipsis=True).plain
    start = f"{line[:_PREVIEWED_OF_LINE]} ..." if len(line) > _PREVIEWED_OF_LINE else line
    return wrap_content(Content(start), room, None).plain


def _here() -> str:
    """Return the present folder, with ~ for the home folder."""
    try:
        here = Path.cwd()
        home = Path.home()
    except (OSError, RuntimeError):
        return "where the program was started"
    return safe_line(f"~/{here.relative_to(home)}" if home in here.parents else str(here))


def _with_ending(name: str, form: FileFormat) -> str:
    """Return a name with the ending of a format, in place of that of another format."""
    ending = Path(name).suffix
    stem = name.removesuffix(ending) if ending.lower() in FORMAT_OF_SUFFIX else name
    return stem + SUFFIXES[form]
