"""What every pane is: it says what it must know, is told what to show, and says what a person wants."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.message import Message
from textual.widget import Widget

from reinspect.model import Evidence, Pin
from tui.app.selection import Selection
from tui.app.widgets.line_list import LineList
from tui.library import Library

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet

Answer = TypeVar("Answer")


class Pane(Widget, Generic[Answer]):
    """A tab's content.

    The screen runs `ask` in a thread and hands the answer to `show`. A pane knows nothing of its neighbours and
    keeps no selection of its own, so that each can be tested apart and none can disagree with another.
    """

    TITLE: ClassVar[str]
    SHOWS_COHORT: ClassVar[bool] = False
    """Whether it shows the cohort that is selected."""

    @dataclass
    class Selected(Message):
        """Another authority, inspection or pair was chosen; fields left None stay as they are."""

        authority: str | None = None
        inspection: str | None = None
        a: str | None = None
        b: str | None = None
        cohort: str | None = None
        then: str | None = None

    @dataclass
    class QueryChanged(Message):
        """The pane must ask again; a further message within `pause` seconds takes this one's place."""

        pane: Pane[Any]
        pause: float = 0.0

    @dataclass
    class SideQuery(Message):
        """Something beside the answer is to be known: `ask` runs in a thread, and `show` is told what it came to.

        A further one within `pause` seconds takes this one's place.
        """

        pane: Pane[Any]
        ask: Callable[[Library], Any]
        show: Callable[[Any], None]
        pause: float = 0.0

    @dataclass
    class OpenSource(Message):
        """The source of a line is to be opened, at the place it is printed; None where no source is held.

        `found` are words to be found in it.
        """

        evidence: Evidence | None
        found: str = ""

    @dataclass
    class ChooseOther(Message):
        """Another authority is to be chosen; its latest graded inspection becomes side A of the pair."""

    @dataclass
    class StoreEdit(Message):
        """The store is to be changed: `change` runs in a thread and returns what to tell, if anything."""

        change: Callable[[Library], str]

    @dataclass
    class Notify(Message):
        """Something is to be told to the person."""

        words: str

    def depends_on(self, selection: Selection) -> Hashable:
        """The part of the selection that the answer depends on: while it is the same, nothing is asked again."""
        return selection.authority

    def ask(self, library: Library, selection: Selection) -> Answer:
        """What the pane must know; runs in a thread, so it touches no widget."""
        raise NotImplementedError

    def show(self, answer: Answer) -> None:
        """Show an answer."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Focus what the keys are for, at once; never a text field (design.md 8)."""
        raise NotImplementedError

    def start_search(self) -> bool:
        """Focus the pane's own text field; False where it has none."""
        return False

    def sheet(self) -> Sheet | None:
        """What the pane shows, as it is exported; None where there is nothing to export."""
        return None

    def objects(self, library: Library) -> Iterable[JsonObject]:
        """The same as JSON objects (design.md 7); runs in a thread."""
        raise NotImplementedError

    def current_pin(self) -> Pin | None:
        """What is under the cursor, to be copied or pinned; None where nothing is.

        Its citation is empty where the `evidence` says the place: the library puts that in words.
        """
        lines = next((cited for cited in self.query(LineList) if cited.has_focus), None)
        line = lines.under_cursor if lines else None
        if line is None:
            return self.row() if lines is None else None
        words = " ".join((line.quote or line.content.plain).split())
        if not words:
            return None
        return Pin(
            kind="quote" if line.evidence else "row",
            text=words,
            citation="" if line.evidence else self.source(),
            evidence=line.evidence,
        )

    def row(self) -> Pin | None:
        """The row or cell under the cursor of the pane's table."""
        return None

    def source(self) -> str:
        """What the pane shows, in words: the citation of a line that has no page of its own."""
        return self.TITLE

    def disabled_reason(self, action: str) -> str | None:  # noqa: ARG002
        """Why an action of the pane would do nothing now, in words and with what to do; None where it works."""
        return None

    def can(self, action: str) -> bool:
        """Whether an action works now; if not, a person is told why."""
        reason = self.disabled_reason(action)
        if reason is not None:
            self.post_message(self.Notify(reason))
        return reason is None
