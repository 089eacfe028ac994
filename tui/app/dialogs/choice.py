"""The dialog for choosing one option from a short list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.closing import Dialog
from tui.app.widgets.items_line import ItemsLine

# A list of so many options needs no more room than they take.
_SHORT = 8


class ChoiceDialog(Dialog[str | None]):
    """A dialog that returns the key of the chosen option, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="choice.back"),
        Binding("down,j", "move(1)", "Down", id="choice.down"),
        Binding("up,k", "move(-1)", "Up", id="choice.up"),
    ]

    def __init__(self, title: str, options: Mapping[str, Content], chosen: str | None = None) -> None:
        """Offer `options` (key -> label), with the cursor on the `chosen` key or else on the first option."""
        super().__init__()
        self._heading = title
        self._labels = options
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Compose the title, the options and the keys."""
        with Vertical(classes="dialog -short" if len(self._labels) <= _SHORT else "dialog"):
            yield Static(self._heading, classes="dialog-title", markup=False)
            yield OptionList(*(Option(label, id=key) for key, label in self._labels.items()), markup=False)
            yield ItemsLine("Enter select", "↑↓ choose", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """Put the cursor on the option chosen before."""
        keys = list(self._labels)
        self.query_one(OptionList).highlighted = keys.index(self._chosen) if self._chosen in keys else 0

    def action_move(self, by: int) -> None:
        """Move the cursor down (up, if negative)."""
        options = self.query_one(OptionList)
        options.highlighted = min(max((options.highlighted or 0) + by, 0), options.option_count - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog with the chosen key."""
        event.stop()
        self.dismiss(event.option.id)
