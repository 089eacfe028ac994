"""What every pane is: it says what it must know, is told what to show, and says what a person wants."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.message import Message
from textual.widget import Widget

from reinspect.model import Evidence
from tui.library import Library
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.exporting.sheet import Sheet

Answer = TypeVar("Answer")


class Pane(Widget, Generic[Answer]):
    """A tab's content.

    The screen runs `ask` in a thread and hands the answer to `show`. A pane knows nothing of its neighbours and
    keeps no selection of its own, so that each can be tested apart and none can disagree with another.
    """

    TITLE: ClassVar[str]

    @dataclass
    class Selected(Message):
        """Another authority, inspection or pair was chosen; fields left None stay as they are."""

        authority: str | None = None
        inspection: str | None = None
        a: str | None = None
        b: str | None = None
        then: str | None = None

    @dataclass
    class Wondered(Message):
        """The pane must ask again; a further message within `pause` seconds takes this one's place."""

        pane: Pane[Any]
        pause: float = 0.0

    @dataclass
    class SourceWanted(Message):
        """The source of a line is to be opened, at the place it is printed; None where no source is held."""

        evidence: Evidence | None

    def concerns(self, selection: Selection) -> Hashable:
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
