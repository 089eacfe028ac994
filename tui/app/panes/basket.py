"""Basket: what a person pinned while reading, in their own order and with their notes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reinspect.basket import place_of
from reinspect.errors import NotFoundError
from reinspect.exporting.sheet import Sheet
from reinspect.model import Pin
from tui.app.dialogs.ask import AskDialog
from tui.app.pane import Pane
from tui.app.selection import Selection
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.library import Library

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject


class Pinned(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the basket, and how to make of it what is exported."""

    pins: tuple[Pin, ...]
    sheet: Callable[[], Sheet]


class BasketPane(Pane[Pinned]):
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
        self._pinned: Pinned | None = None

    def depends_on(self, _: Selection) -> Hashable:
        """Nothing: there is one basket."""
        return None

    def ask(self, library: Library, _: Selection) -> Pinned:
        """What is in it."""
        return Pinned(pins=library.pins(), sheet=library.basket_sheet)

    def show(self, answer: Pinned) -> None:
        """Show it, the cursor on the pin where it was, wherever that stands now."""
        lines = self.query_one(LineList)
        pin, place = self.current_pin(), lines.place or 0
        if pin is not None:
            with suppress(NotFoundError):
                place = place_of(answer.pins, pin) - 1
        self._pinned = answer
        self.query_one("#standing", Static).update(_told(answer.pins))
        lines.fill(list(_lines(answer.pins)), place)

    def take_focus(self) -> None:
        """The list."""
        self.screen.set_focus(self.query_one(LineList))

    def sheet(self) -> Sheet | None:
        """The basket as it is exported."""
        return self._pinned.sheet() if self._pinned and self._pinned.pins else None

    def objects(self, library: Library) -> Iterable[JsonObject]:
        """The pins."""
        from reinspect.exporting.records import pin_record

        return [pin_record(place, pin) for place, pin in enumerate(library.pins(), 1)]

    def current_pin(self) -> Pin | None:
        """The pin under the cursor."""
        place = self._place
        return self._pinned.pins[place - 1] if self._pinned and place else None

    def disabled_reason(self, action: str) -> str | None:  # noqa: ARG002
        """Nothing can be done to an empty basket."""
        if self._place is None:
            return "The basket is empty: p in any pane pins what is under the cursor."
        return None

    def action_note(self) -> None:
        """Ask for a note on the pin under the cursor."""
        place, pin = self._place, self.current_pin()
        if not self.can("note") or place is None or pin is None:
            return

        def write(note: str | None) -> None:
            if note is not None:
                self._do(lambda library: library.note(pin, note))

        about = "It stands below the pin and goes with it into every export. Empty takes it away."
        self.app.push_screen(AskDialog(f"Note on number {place}", about, pin.note, lambda _: ""), write)

    def action_move(self, by: int) -> None:
        """Move the pin under the cursor."""
        pin = self.current_pin()
        if self.can("move") and pin is not None:
            self._do(lambda library: library.shift_pin(pin, by))

    def action_remove(self) -> None:
        """Take the pin under the cursor out."""
        place, pin = self._place, self.current_pin()
        if self.can("remove") and pin is not None:
            self._do(lambda library: library.unpin(pin), f"Number {place} taken out; u brings it back.")

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the source of a pin."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    @property
    def _place(self) -> int | None:
        """The place in the basket that the cursor is on, from 1; None where the basket is empty."""
        at = self.query_one(LineList).place
        return at + 1 if self._pinned and self._pinned.pins and at is not None else None

    def _do(self, change: Callable[[Library], None], words: str = "") -> None:
        def told(library: Library) -> str:
            change(library)
            return words

        self.post_message(self.StoreEdit(told))


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
