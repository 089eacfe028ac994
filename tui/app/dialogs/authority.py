"""The dialog for choosing an authority by any part of its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reinspect.authorities import Authorities
from reinspect.model import Authority
from tui.app.closing import Dialog
from tui.app.widgets.grades import QUIET
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_box import LineBox

# The cells around an option.
_PADDING, _LEAST_GAP = 2, 2
# The characters of a name that are taken.
_LONGEST_NAME = 100
# The most matches that are listed.
_MAX_MATCHES = 20
# If nothing matches: the number of similar names to list, and their minimum similarity (0 to 1).
_MAX_SIMILAR, _MIN_SIMILARITY = 3, 0.4


class AuthorityPicker(Dialog[str | None]):
    """A dialog that returns the slug of the chosen authority ("camden"), or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="picker.back"),
        Binding("down", "move(1)", "Down", show=False, id="picker.down"),
        Binding("up", "move(-1)", "Up", show=False, id="picker.up"),
        Binding("pagedown", "move(10)", "Page down", show=False, id="picker.page-down"),
        Binding("pageup", "move(-10)", "Page up", show=False, id="picker.page-up"),
    ]

    def __init__(self, authorities: Authorities, chosen: str | None) -> None:
        """Offer all authorities, with the cursor on the one whose slug is `chosen`."""
        super().__init__()
        self._authorities = authorities
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Compose a text field above the list of matches."""
        with Vertical(classes="dialog"):
            yield Static("Choose an authority", classes="dialog-title", markup=False)
            yield LineBox(placeholder="any part of its name", id="typed", most=_LONGEST_NAME)
            yield Static("", id="unknown", markup=False)
            matches = OptionList(id="likely", markup=False)
            matches.can_focus = False
            yield matches
            yield ItemsLine("Enter select", "↑↓ choose", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """List all authorities, with the cursor on the one chosen before."""
        # The width is known after the first layout.
        self.call_after_refresh(self._list_all)

    def _list_all(self) -> None:
        self._list_matches("")
        matches = self.query_one(OptionList)
        if self._chosen is not None and self._chosen in {option.id for option in matches.options}:
            matches.highlighted = matches.get_option_index(self._chosen)
            matches.scroll_to_highlight(top=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the authorities that match."""
        self._list_matches(event.value)

    def on_input_submitted(self) -> None:
        """Close the dialog with the authority under the cursor, if there is one."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog with the clicked authority."""
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Move the cursor in the list; the focus stays in the text field."""
        matches = self.query_one(OptionList)
        if matches.option_count:
            matches.highlighted = min(max((matches.highlighted or 0) + by, 0), matches.option_count - 1)

    def _list_matches(self, typed: str) -> None:
        """List the matching authorities or, if there are none, say so and list those with similar names."""
        listed = self._find_matches(typed)
        message = self.query_one("#unknown", Static)
        message.display = not listed
        if not listed:
            listed = self._find_similar(typed)
            advice = "The most similar names:" if listed else "Try fewer letters."
            message.update(f'No authority is called "{typed.strip()}". {advice}')
        matches = self.query_one(OptionList)
        room = matches.scrollable_content_region.width - _PADDING
        matches.set_options(Option(_label(authority, room), id=authority.slug) for authority in listed)
        matches.highlighted = 0 if listed else None

    def _find_matches(self, typed: str) -> list[Authority]:
        """Return the authorities that match, the best first; all by name while nothing is typed."""
        if not typed.strip():
            return sorted(self._authorities.all(), key=lambda authority: authority.name)
        return list(self._authorities.suggest(typed, limit=_MAX_MATCHES))

    def _find_similar(self, typed: str) -> list[Authority]:
        """Return the few authorities with the most similar names, if any is similar enough."""
        by_name = {authority.name.casefold(): authority for authority in self._authorities.all()}
        names = get_close_matches(typed.strip().casefold(), by_name, n=_MAX_SIMILAR, cutoff=_MIN_SIMILARITY)
        return [by_name[name] for name in names]


def _label(authority: Authority, room: int) -> Content:
    """Return the name, the year in which the authority ended if it did, and its region at the right edge if it fits."""
    end = f" (ended {authority.changed.year})" if authority.successors and authority.changed else ""
    name = f"{authority.name}{end}"
    gap = room - len(name) - len(authority.region)
    if gap < _LEAST_GAP:
        return Content(name)
    return Content.assemble(name, (f"{' ' * gap}{authority.region}", QUIET))
