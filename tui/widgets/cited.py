"""Lines that can be read one by one, each with the place it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reinspect.model import Evidence
from tui.widgets.hanging import Hanging


@dataclass(frozen=True)
class Line:
    """What a line says and where it is printed, if the words are held. A heading only divides.

    `quote` is what is copied or pinned of it, where that is not the whole line.
    """

    content: Content
    evidence: Evidence | None = None
    heading: bool = False
    quote: str = ""


class Cited(OptionList, inherit_bindings=False):
    """A list of lines; Enter opens the source of the one under the cursor.

    Lines without a source can be walked over too, so that everything on the screen can be read by keyboard alone.
    """

    BINDING_GROUP_TITLE = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", show=False, id="lines.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="lines.down"),
        Binding("pageup", "page_up", "Page up", show=False, id="lines.page-up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="lines.page-down"),
        Binding("home,g", "first", "First", show=False, id="lines.first"),
        Binding("end,G", "last", "Last", show=False, id="lines.last"),
        Binding("n", "part(1)", "Next part", show=False, id="lines.next-part"),
        Binding("N", "part(-1)", "Part before", show=False, id="lines.part-before"),
        Binding("enter", "select", "Open", show=True, id="lines.open"),
    ]

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line."""

        cited: Cited
        line: Line

        @property
        def control(self) -> Cited:
            """The list that it was pressed in."""
            return self.cited

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (Textual's own word)
        super().__init__(id=id, markup=False)
        self._shown: Sequence[Line] = ()

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these lines in place of any others, from the top."""
        self._shown = lines
        self.set_options(Option(Hanging(line.content), disabled=line.heading) for line in lines)
        self.scroll_home(animate=False)
        self.highlighted = next((place for place, line in enumerate(lines) if not line.heading), None)

    @property
    def under_cursor(self) -> Line | None:
        """The line under the cursor, or None where there is none."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def action_part(self, by: int) -> None:
        """Go to the first line of the next part, or of this or the one before."""
        starts = [0, *(place + 1 for place, line in enumerate(self._shown) if line.heading)]
        here = self.highlighted or 0
        later = [start for start in starts if start > here]
        earlier = [start for start in starts if start < here]
        there = (later[:1] if by > 0 else earlier[-1:]) or [here]
        if self._shown:
            self.highlighted = min(there[0], len(self._shown) - 1)
            self.scroll_to_highlight(top=True)
            # Its heading stands one line above.
            self.scroll_relative(y=-1, animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which line it was, in our own words."""
        event.stop()
        self.post_message(self.Chosen(self, self._shown[event.option_index]))
