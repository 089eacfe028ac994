"""The Basket pane: the pinned quotations and rows, in the order a person gave them, with their notes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from reinspect.answers import Answer, Library
from reinspect.answers.basket import BasketAnswer
from reinspect.basket import place_of
from reinspect.errors import NotFoundError
from reinspect.model import Pin
from tui.app.dialogs.ask import AskDialog
from tui.app.pane import Pane
from tui.app.panes.pin_context import pin_in_context
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.selection import Selection

if TYPE_CHECKING:
    from store import Store

# From this width on, the paragraphs around the pin under the cursor are beside the list.
_WITH_CONTEXT = 160
_PAUSE = 0.05


class BasketPane(Pane[BasketAnswer]):
    """A list of pins; each has its citation and its note below it."""

    TITLE = "Basket"
    HELP: ClassVar[str] = """
## Basket
Everything you pinned with p in any pane, with its citation and your note. Enter opens its source.
i writes a note, J and K move a pin down and up, Del removes it, e exports all pins with their citations, u undoes the
last change. From 160 columns on, the paragraphs around a pin are shown. `reinspect basket` does the same on the command
line.
"""
    BINDING_GROUP_TITLE = "Basket"
    LEFT_OUT_OF_FOOTER = frozenset({"cohort", "choose_authority", "search", "pin"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "note", "Note", tooltip="write a note on the pin", id="basket.note"),
        Binding("J,shift+down", "move(1)", "Move", key_display="J K", tooltip="move the pin down", id="basket.lower"),
        Binding("K,shift+up", "move(-1)", "Move up", show=False, tooltip="move the pin up", id="basket.higher"),
        Binding("delete,backspace", "remove", "Remove", tooltip="remove the pin from the basket", id="basket.remove"),
    ]

    def compose(self) -> ComposeResult:
        """Compose a line for an empty basket, the list and, in a very wide window, the place of a pin in its text."""
        yield Static(quiet("Nothing is pinned yet."), id="summary", markup=False)
        with Container(classes="side-by-side"):
            yield LineList(id="pins")
            yield Static("", id="pin-in-context", markup=False)

    def on_mount(self) -> None:
        """Start without an answer."""
        self.query_one("#summary").display = False
        set_frame(self.query_one(LineList), self.TITLE)
        set_frame(self._place_of_pin, "In its place")
        self._place_of_pin.display = False
        self._basket: BasketAnswer | None = None

    def depends_on(self, _: Selection) -> Hashable:
        """Return None: the one basket does not depend on the selection."""
        return None

    def ask(self, library: Library, _: Selection) -> BasketAnswer:
        """Return the pins."""
        return library.basket()

    def show(self, view: BasketAnswer) -> None:
        """Show the pins, with the cursor on the same pin as before even if it has moved."""
        lines = self.query_one(LineList)
        pin, place = self.current_pin(), lines.place or 0
        if pin is not None:
            with suppress(NotFoundError):
                place = place_of(view.pins, pin) - 1
        self._basket = view
        self.query_one("#summary", Static).display = not view.pins
        lines.fill(list(_lines(view.pins)), place)
        set_frame(lines, f"Basket ({len(view.pins)})", "⏎ page  i note  J K move  del remove  e export")
        self._show_context()

    def on_resize(self) -> None:
        """Show the place of the pin if there is room for it."""
        self._show_context()

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Show the place of the pin under the cursor."""
        event.stop()
        self._show_context()

    @property
    def _place_of_pin(self) -> Static:
        return self.query_one("#pin-in-context", Static)

    def _show_context(self) -> None:
        """Show the paragraphs around the pin under the cursor in a very wide window."""
        pin = self.current_pin()
        self._place_of_pin.display = pin is not None and self.size.width >= _WITH_CONTEXT
        if pin is None or not self._place_of_pin.display:
            return

        def show(content: Content) -> None:
            if pin == self.current_pin():
                self._place_of_pin.update(content)

        def ask(library: Library) -> Content:
            return pin_in_context(library, pin)

        self.post_message(self.SideQuery(self, ask, show, _PAUSE))

    def take_focus(self) -> None:
        """Focus the list."""
        self.screen.set_focus(self.query_one(LineList))

    def answer(self) -> Answer | None:
        """Return the pins, or None if the basket is empty."""
        return self._basket if self._basket and self._basket.pins else None

    def current_pin(self) -> Pin | None:
        """Return the pin under the cursor."""
        place = self._place
        return self._basket.pins[place - 1] if self._basket and place else None

    def disabled_reason(self, action: str) -> str | None:  # noqa: ARG002
        """Return why nothing can be done to an empty basket."""
        if self._place is None:
            return "The basket is empty: p in any pane pins what is under the cursor."
        return None

    def action_note(self) -> None:
        """Ask for a note on the pin under the cursor."""
        place, pin = self._place, self.current_pin()
        if not self.check("note") or place is None or pin is None:
            return

        def write(note: str | None) -> None:
            if note is not None:
                self._edit_store(lambda store: store.basket.note(pin, note))

        about = "The note is shown below the pin and exported with it. An empty line removes the note."
        self.app.push_screen(AskDialog(f"Note on number {place}", about, pin.note, lambda _: ""), write)

    def action_move(self, by: int) -> None:
        """Move the pin under the cursor."""
        pin = self.current_pin()
        if self.check("move") and pin is not None:
            self._edit_store(lambda store: store.basket.shift(pin, by))

    def action_remove(self) -> None:
        """Remove the pin under the cursor."""
        place, pin = self._place, self.current_pin()
        if self.check("remove") and pin is not None:
            self._edit_store(lambda store: store.basket.remove(pin), f"Number {place} removed; u restores it.")

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the source of a pin."""
        event.stop()
        pin = self.current_pin()
        if pin is not None and pin.evidence is None and pin.inspection is None:
            self.post_message(self.Notify("This line sums up several texts, so it has no page of its own to open."))
        else:
            self.open_source(event.line)

    @property
    def _place(self) -> int | None:
        """Return the number of the pin under the cursor, from 1; None if the basket is empty."""
        index = self.query_one(LineList).place
        return index + 1 if self._basket and self._basket.pins and index is not None else None

    def _edit_store(self, change: Callable[[Store], object], message: str = "") -> None:
        def change_and_report(store: Store) -> str:
            change(store)
            return message

        self.post_message(self.StoreEdit(change_and_report))


def _lines(pins: tuple[Pin, ...]) -> Iterator[ListLine]:
    if not pins:
        yield ListLine(quiet("p in any pane pins what is under the cursor: a sentence, a grade, a row, a phrase."))
    for place, pin in enumerate(pins, 1):
        note = Content.assemble("\n   ", ("Note: ", STRONG), pin.note) if pin.note else Content("")
        yield ListLine(
            Content.assemble((f"{place}. ", STRONG), pin.in_marks, (f"\n   {pin.citation}", QUIET), note),
            pin.evidence,
            quote=pin.text if pin.kind == "quote" else "",
        )
