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


@dataclass(frozen=True)
class Line:
    """What a line says and where it is printed, if the words are held. A heading only divides."""

    content: Content
    evidence: Evidence | None = None
    heading: bool = False


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
        self.set_options(Option(line.content, disabled=line.heading) for line in lines)
        self.scroll_home(animate=False)
        self.highlighted = next((place for place, line in enumerate(lines) if not line.heading), None)

    @property
    def under_cursor(self) -> Line | None:
        """The line under the cursor, or None where there is none."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which line it was, in our own words."""
        event.stop()
        self.post_message(self.Chosen(self, self._shown[event.option_index]))
