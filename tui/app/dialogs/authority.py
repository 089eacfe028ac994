"""Choosing an authority by any part of its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reinspect.authorities import Authorities
from reinspect.model import Authority
from tui.app.widgets.grades import QUIET

_OFFERED = 20
_NEAREST, _NEAR = 3, 0.4


class AuthorityPicker(ModalScreen[str | None]):
    """Type to narrow, arrows to move, Enter to choose: answers with the authority's slug, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="picker.back"),
        Binding("down", "move(1)", "Down", show=False, id="picker.down"),
        Binding("up", "move(-1)", "Up", show=False, id="picker.up"),
        Binding("pagedown", "move(10)", "Page down", show=False, id="picker.page-down"),
        Binding("pageup", "move(-10)", "Page up", show=False, id="picker.page-up"),
    ]

    def __init__(self, authorities: Authorities, chosen: str | None) -> None:
        super().__init__()
        self._authorities = authorities
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """A box to type in over the list."""
        with Vertical(classes="dialog"):
            yield Static("Choose an authority", classes="dialog-title", markup=False)
            yield Input(placeholder="any part of its name", id="typed")
            yield Static("", id="unknown", markup=False)
            found = OptionList(id="likely", markup=False)
            found.can_focus = False
            yield found
            yield Static("Enter chooses  ↑↓ move  Esc leads back", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Start with everyone, at the one chosen before."""
        self._offer("")
        found = self.query_one(OptionList)
        if self._chosen is not None and self._chosen in {option.id for option in found.options}:
            found.highlighted = found.get_option_index(self._chosen)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._offer(event.value)

    def on_input_submitted(self) -> None:
        """Answer with the one under the cursor; with none there, keep asking."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the one that was clicked."""
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Move the cursor without leaving the box."""
        found = self.query_one(OptionList)
        if found.option_count:
            found.highlighted = min(max((found.highlighted or 0) + by, 0), found.option_count - 1)

    def _offer(self, typed: str) -> None:
        found = self.query_one(OptionList)
        likely = self._likely(typed)
        unknown = self.query_one("#unknown", Static)
        unknown.display = not likely
        if not likely:
            likely = self._nearest(typed)
            nearest = "; the nearest in its letters:" if likely else "; fewer letters may find one."
            unknown.update(f"No authority is called {typed.strip()}{nearest}")
        found.set_options(Option(_words(authority), id=authority.slug) for authority in likely)
        found.highlighted = 0 if likely else None

    def _likely(self, typed: str) -> list[Authority]:
        """Whom the letters may mean, the likeliest first; everyone by name while nothing is typed."""
        if not typed.strip():
            return sorted(self._authorities.all(), key=lambda authority: authority.name)
        return list(self._authorities.suggest(typed, limit=_OFFERED))

    def _nearest(self, typed: str) -> list[Authority]:
        """The few whose names have most letters in common with what was typed; none where that is hardly any."""
        by_name = {authority.name.casefold(): authority for authority in self._authorities.all()}
        near = get_close_matches(typed.strip().casefold(), by_name, n=_NEAREST, cutoff=_NEAR)
        return [by_name[name] for name in near]


def _words(authority: Authority) -> Content:
    return Content.assemble(authority.name, (f"  {authority.region}", QUIET))
