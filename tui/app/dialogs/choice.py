"""A question that is answered by choosing one of a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class ChoiceDialog(ModalScreen[str | None]):
    """Asks which: answers with its key, or with None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="choice.back"),
        Binding("down,j", "move(1)", "Down", id="choice.down"),
        Binding("up,k", "move(-1)", "Up", id="choice.up"),
    ]

    def __init__(self, title: str, options: Mapping[str, Content], chosen: str | None = None) -> None:
        super().__init__()
        self._asked = title
        self._options = options
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """What there is to choose from."""
        with Vertical(classes="dialog"):
            yield Static(self._asked, classes="dialog-title", markup=False)
            yield OptionList(*(Option(words, id=key) for key, words in self._options.items()), markup=False)
            yield Static("Enter chooses  ↑↓ move  Esc leads back", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Start at the likeliest."""
        keys = list(self._options)
        self.query_one(OptionList).highlighted = keys.index(self._chosen) if self._chosen in keys else 0

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        listed = self.query_one(OptionList)
        listed.highlighted = min(max((listed.highlighted or 0) + by, 0), listed.option_count - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.option.id)
