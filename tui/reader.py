"""The reader: a document opened at the place a line comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from reinspect.model import Evidence, Passage
from tui.library import Source
from tui.widgets.keys_line import KeysLine
from tui.widgets.pages import Pages, Span


class Reader(Screen[None]):
    """Shows a source with the place wanted marked; `/` finds words in it, n and N step; Esc leads back."""

    HELP = "## Reader\nThe document a line comes from. The passage is marked with ▌ in the margin."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="reader.back"),
        Binding("slash", "find", "Find", key_display="/", id="reader.find"),
        Binding("n", "step(1)", "Next", id="reader.next"),
        Binding("N", "step(-1)", "Previous", id="reader.previous"),
        Binding("question_mark", "keys", "Keys", key_display="?", id="reader.keys"),
        Binding("q", "app.quit", "Quit", id="reader.quit"),
    ]

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._marked = _spans(source.passages, source.evidence)

    def compose(self) -> ComposeResult:
        """Citation above, pages below, and a box for finding that is hidden until asked for."""
        yield Static(Content.assemble((self._source.citation, "bold"), f"  {self._source.title}"), id="citation")
        yield Pages(self._source.pages, self._marked)
        yield Input(placeholder="find in this document", id="find")
        yield Static("", id="told", markup=False)
        yield KeysLine()

    def on_mount(self) -> None:
        """Read first, search when asked."""
        self.query_one("#find").display = False
        self.query_one(Pages).focus()

    def action_find(self) -> None:
        """Show the box and type in it."""
        box = self.query_one("#find", Input)
        box.display = True
        box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Mark what is found while it is typed."""
        count = self.query_one(Pages).find(event.value)
        self._tell(f"{count} found" if event.value.strip() else "")

    def on_input_submitted(self) -> None:
        """Go to the first place found."""
        self.query_one(Pages).focus()
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Go to the next or previous place."""
        pages = self.query_one(Pages)
        place = pages.step(by)
        self._tell("Nothing to step through: / finds words." if place is None else f"place {place}, page {pages.page}")

    def action_back(self) -> None:
        """From the box to the pages; from the pages to where the reader was opened."""
        box = self.query_one("#find", Input)
        if box.has_focus:
            box.display = False
            self.query_one(Pages).focus()
        else:
            self.dismiss()

    def action_keys(self) -> None:
        """Show what the reader is for, and its keys."""
        from tui.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog(self.HELP or "", self.active_bindings.values()))

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(words)


def _spans(passages: Sequence[Passage], evidence: Evidence) -> tuple[Span, ...]:
    """The place itself, and where its passage runs on over the page."""
    own = Span(evidence.page, evidence.start, evidence.end)
    for passage in passages:
        if passage.page == evidence.page and passage.start <= evidence.start < passage.end:
            rest = [Span(*run) for run in passage.runs_on] if evidence.end >= passage.end else []
            return (own, *rest)
    return (own,)
