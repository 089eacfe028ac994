"""The base class of all panes: a pane asks for its view in a thread, shows it, and posts messages to the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.message import Message
from textual.widget import Widget

from reinspect.answers import Library
from reinspect.model import Evidence, Pin
from tui.app.widgets.line_list import LineList, ListLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers import Answer
    from store import Store

View = TypeVar("View")


class Pane(Widget, Generic[View]):
    """The content of a tab.

    The screen runs `ask` in a thread and passes the result to `show`. A pane does not know the other panes and has no
    selection of its own, so each can be tested alone and none can disagree with another.
    """

    TITLE: ClassVar[str]
    SHOWS_COHORT: ClassVar[bool] = False
    """True if the pane shows the selected cohort."""
    LEFT_OUT_OF_FOOTER: ClassVar[frozenset[str]] = frozenset()
    """Actions of the main screen that are of little use in the pane, so that the last line has room for others."""

    @dataclass
    class Selected(Message):
        """Select another authority, inspection, pair or cohort; fields that are None do not change.

        `then` is the title of the pane to show next.
        """

        authority: str | None = None
        inspection: str | None = None
        a: str | None = None
        b: str | None = None
        cohort: str | None = None
        then: str | None = None

    @dataclass
    class QueryChanged(Message):
        """Run the pane's question again (debounced by `pause` seconds)."""

        pane: Pane[Any]
        pause: float = 0.0

    @dataclass
    class SideQuery(Message):
        """A smaller question of the pane: `ask` runs in a thread, `show` gets the result (debounced by `pause`).

        A new one cancels the previous one on the same `subject`.
        """

        pane: Pane[Any]
        ask: Callable[[Library], Any]
        show: Callable[[Any], None]
        pause: float = 0.0
        subject: str = "aside"

    @dataclass
    class ContrastAsked(Message):
        """Show the phrases that differ between a group and another, or before and after the move of its members.

        `group` is an expression; `movers` are slugs if only some of those that moved count.
        """

        group: str
        movers: tuple[str, ...] = ()

    @dataclass
    class OpenSource(Message):
        """A pane asks the main screen to open the page where a line is printed.

        `evidence` is that page, or None if it is not stored; `found` are words to mark wherever the document prints
        them, and `quote` is the sentence to highlight at the place itself.
        """

        evidence: Evidence | None
        found: str = ""
        quote: str = ""

    @dataclass
    class ChooseOther(Message):
        """Ask for another authority; its latest graded inspection becomes side A of the comparison."""

    @dataclass
    class StoreEdit(Message):
        """Change the store: `change` runs in a thread and returns a message, or ""."""

        change: Callable[[Store], str]

    @dataclass
    class Notify(Message):
        """Show a message."""

        words: str

    def selection_changed(self, selection: Selection) -> None:
        """Take note of the present selection, for a pane whose own settings depend on it."""

    def depends_on(self, selection: Selection) -> Hashable:
        """Return the part of the selection that the view depends on; the question runs again only if it changes."""
        return selection.authority

    def ask(self, library: Library, selection: Selection) -> View:
        """Return the view of the pane for a selection.

        It runs in a thread: it may read what is typed into the pane, and must not change anything that is shown.
        """
        raise NotImplementedError

    def show(self, view: View) -> None:
        """Show a view."""
        raise NotImplementedError

    def say_index_work(self, words: str) -> None:
        """Take note of how far the making of the phrase index is, for a pane that waits for it."""

    def question_failed(self) -> None:
        """Stop showing that an answer is waited for: the question failed, and the screen says why."""

    def take_focus(self) -> None:
        """Focus the widget that the keys work on, never a text field."""
        raise NotImplementedError

    def start_search(self) -> bool:
        """Focus the pane's own text field; return False if it has none."""
        return False

    def answer(self) -> Answer | None:
        """Return what the pane shows, to be copied or exported; None if there is nothing yet."""
        return None

    def filter_name(self) -> str:
        """Return the filter that limits the answer, for the name of a file: "raised-again"; "" without one."""
        return ""

    def current_pin(self) -> Pin | None:
        """Return what is under the cursor, to copy or pin, or None.

        The citation is empty if there is evidence; it is then written when the pin is used.
        """
        lines = next((widget for widget in self.query(LineList) if widget.has_focus), None)
        line = lines.under_cursor if lines else None
        if line is None:
            return self.row() if lines is None else None
        words = " ".join((line.quote or line.content.plain).split())
        if not words:
            return None
        return Pin(
            kind="quote" if line.evidence and line.quote else "row",
            text=words,
            citation="" if line.evidence else line.citation or self.source(),
            evidence=line.evidence,
        )

    def open_source(self, line: ListLine) -> None:
        """Open the page that prints a line, with the quoted words highlighted."""
        self.post_message(self.OpenSource(line.evidence, line.found, line.quote))

    def row(self) -> Pin | None:
        """Return the row or cell under the cursor of the pane's table."""
        return None

    def source(self) -> str:
        """Return the citation of a line that has no page of its own."""
        return self.TITLE

    def belongs_in_footer(self, action: str) -> bool:  # noqa: ARG002
        """Return False for a key that the last line leaves out, since what is shown now never needs it."""
        return True

    def disabled_reason(self, action: str) -> str | None:  # noqa: ARG002
        """Return why an action would do nothing now, and what to do instead; None if it works."""
        return None

    def check(self, action: str) -> bool:
        """Return True if an action works now; otherwise show why not."""
        reason = self.disabled_reason(action)
        if reason is not None:
            self.post_message(self.Notify(reason))
        return reason is None
