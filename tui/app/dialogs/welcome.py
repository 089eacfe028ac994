"""The welcome of the first run: what this program is, three doors, and the legend."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.closing import Dialog
from tui.app.widgets.grades import QUIET, STRONG, wrapped_legend
from tui.app.widgets.items_line import ItemsLine

_ABOUT = (
    "Compares Ofsted's inspections of children's services across years and councils. "
    "Every grade, change and quote leads to the printed page."
)
_DOORS = {
    "authority": ("a", "Choose your council", "its grades are here already"),
    "add": ("A", "Add reports and letters", "PDF, Word, web pages or text"),
    "example": ("T", "See an example: Camden's grades", "from 2017 on; T shows it at any time"),
}


class WelcomeDialog(Dialog[str | None]):
    """A dialog that returns the chosen door ("authority", "add" or "example"), or None after Esc.

    Any other key closes it and then does what it does elsewhere, so that nobody who knows the app is held up.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="welcome.back"),
        Binding("a", "dismiss('authority')", "Choose your council", id="welcome.authority"),
        Binding("A", "dismiss('add')", "Add reports", id="welcome.add"),
        Binding("T", "dismiss('example')", "Camden's grades", id="welcome.example"),
        Binding("down,j", "move(1)", "Down", id="welcome.down"),
        Binding("up,k", "move(-1)", "Up", id="welcome.up"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the name, one sentence, the doors, the legend and the keys."""
        with Vertical(classes="dialog -low -welcome"):
            yield Static(Content.styled("reinspect", "bold $primary"), markup=False)
            yield Static(_ABOUT, id="about", markup=False)
            yield OptionList(
                *(
                    Option(
                        Content.assemble((f"{key}  ", "bold $primary"), (words, STRONG), (f"\n   {more}", QUIET)),
                        id=door,
                    )
                    for door, (key, words, more) in _DOORS.items()
                ),
                id="doors",
                markup=False,
            )
            yield Static(wrapped_legend(100), id="signs", markup=False)
            yield ItemsLine("Enter select", "↑↓ choose", "Esc back", "? explains every tab", classes="dialog-keys")

    def on_mount(self) -> None:
        """Put the cursor on the first door."""
        self.query_one(OptionList).highlighted = 0

    def on_resize(self) -> None:
        """Break the line of signs between two signs."""
        self.call_after_refresh(self._fill_signs)

    def _fill_signs(self) -> None:
        signs = self.query_one("#signs", Static)
        signs.update(wrapped_legend(signs.size.width))

    def action_move(self, by: int) -> None:
        """Move the cursor down (up, if negative)."""
        doors = self.query_one(OptionList)
        doors.highlighted = min(max((doors.highlighted or 0) + by, 0), doors.option_count - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog with the chosen door."""
        event.stop()
        self.dismiss(event.option.id)

    def on_key(self, event: Key) -> None:
        """Close the dialog on a key of the main screen, and press the key there."""
        if event.character and event.is_printable and event.key not in {*self.active_bindings, "space"}:
            event.stop()
            key = event.key
            self.dismiss(None)
            self.app.call_later(self.app.simulate_key, key)
