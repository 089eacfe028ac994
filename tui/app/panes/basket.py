"""Basket: what a person pinned while reading, in their own order and with their notes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reinspect.answers import Answer, Library
from reinspect.answers.basket import BasketAnswer
from reinspect.basket import place_of
from reinspect.errors import NotFoundError
from reinspect.model import Pin
from tui.app.dialogs.ask import AskDialog
from tui.app.pane import Pane
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.selection import Selection

if TYPE_CHECKING:
    from store import Store


class BasketPane(Pane[BasketAnswer]):
    """A list of pins; each has its citation and its note below it."""

    TITLE = "Basket"
    HELP: ClassVar[str] = """
## Basket
What you pinned with p in any pane, each with its citation and your note. Enter opens its source.
i writes a note, J and K move it down and up, d takes it out, e exports all with their citations, u takes back the last
change. `reinspect basket` does the same on the command line.
"""
    BINDING_GROUP_TITLE = "Basket"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "note", "Note", tooltip="write a note on it", id="basket.note"),
        Binding("J,shift+down", "move(1)", "Move down", tooltip="move it down", id="basket.lower"),
        Binding("K,shift+up", "move(-1)", "Move up", tooltip="move it up", id="basket.higher"),
        Binding("d,delete", "remove", "Take out", tooltip="take it out of the basket", id="basket.remove"),
    ]

    def compose(self) -> ComposeResult:
        """How many, and the list."""
        yield Static("", id="standing", markup=False)
        yield LineList(id="pins")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._basket: BasketAnswer | None = None

    def depends_on(self, _: Selection) -> Hashable:
        """Nothing: there is one basket."""
        return None

    def ask(self, library: Library, _: Selection) -> BasketAnswer:
        """Return the pins."""
        return library.basket()

    def show(self, view: BasketAnswer) -> None:
        """Show it, the cursor on the pin where it was, wherever that stands now."""
        lines = self.query_one(LineList)
        pin, place = self.current_pin(), lines.place or 0
        if pin is not None:
            with suppress(NotFoundError):
                place = place_of(view.pins, pin) - 1
        self._basket = view
        self.query_one("#standing", Static).update(_told(view.pins))
        lines.fill(list(_lines(view.pins)), place)

    def take_focus(self) -> None:
        """The list."""
        self.screen.set_focus(self.query_one(LineList))

    def answer(self) -> Answer | None:
        """The pins; None for an empty basket."""
        return self._basket if self._basket and self._basket.pins else None

    def current_pin(self) -> Pin | None:
        """The pin under the cursor."""
        place = self._place
        return self._basket.pins[place - 1] if self._basket and place else None

    def disabled_reason(self, action: str) -> str | None:  # noqa: ARG002
        """Nothing can be done to an empty basket."""
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
                self._do(lambda store: store.basket.note(pin, note))

        about = "It stands below the pin and goes with it into every export. Empty takes it away."
        self.app.push_screen(AskDialog(f"Note on number {place}", about, pin.note, lambda _: ""), write)

    def action_move(self, by: int) -> None:
        """Move the pin under the cursor."""
        pin = self.current_pin()
        if self.check("move") and pin is not None:
            self._do(lambda store: store.basket.shift(pin, by))

    def action_remove(self) -> None:
        """Take the pin under the cursor out."""
        place, pin = self._place, self.current_pin()
        if self.check("remove") and pin is not None:
            self._do(lambda store: store.basket.remove(pin), f"Number {place} removed; u restores it.")

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the source of a pin."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    @property
    def _place(self) -> int | None:
        """The place in the basket that the cursor is on, from 1; None where the basket is empty."""
        at = self.query_one(LineList).place
        return at + 1 if self._basket and self._basket.pins and at is not None else None

    def _do(self, change: Callable[[Store], object], words: str = "") -> None:
        def change_and_report(store: Store) -> str:
            change(store)
            return words

        self.post_message(self.StoreEdit(change_and_report))


def _told(pins: tuple[Pin, ...]) -> Content:
    if not pins:
        return quiet("Nothing is pinned yet.")
    return Content.assemble((f"{len(pins)} pinned", STRONG), ("; e exports them with their citations", QUIET))


def _lines(pins: tuple[Pin, ...]) -> Iterator[ListLine]:
    if not pins:
        yield ListLine(quiet("p in any pane pins what is under the cursor: a sentence, a grade, a row, a phrase."))
    for place, pin in enumerate(pins, 1):
        note = Content.assemble("\n   ", ("Note: ", STRONG), pin.note) if pin.note else Content("")
        yield ListLine(
            Content.assemble((f"{place}. ", STRONG), pin.in_marks, (f"\n   {pin.citation}", QUIET), note), pin.evidence
        )
