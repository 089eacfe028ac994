"""Choosing which part of the texts to look at, by arrows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reinspect.answers.scope import strand_names
from reinspect.frameworks import frameworks
from tui.app.filters import Filters
from tui.app.widgets.grades import QUIET
from tui.app.widgets.table import Column, Table, TableLine

if TYPE_CHECKING:
    from reinspect.answers.scope import FilterValues

_KINDS = ("report", "letter", "digest", "coverage")


class _Choice(NamedTuple):
    """A field of a narrowing, what it is called, and its values with their words; the first is no limit."""

    field: str
    label: str
    values: Sequence[tuple[object, str]]


class FiltersDialog(ModalScreen[Filters | None]):
    """Asks where to look: answers with that, or with None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="narrowing.back"),
        Binding("enter", "take", "Take it", priority=True, id="narrowing.take"),
        Binding("right,l,space", "change(1)", "Next", priority=True, id="narrowing.next", tooltip="its next value"),
        Binding("left,h", "change(-1)", "Before", priority=True, id="narrowing.before", tooltip="the value before"),
        Binding("d,delete", "clear", "Clear", id="narrowing.clear", tooltip="look at all of these texts again"),
    ]

    def __init__(self, chosen: Filters, whose: Mapping[str, str], held: FilterValues) -> None:
        """`whose` are the authorities and cohorts to choose from (`Narrowing.whose`), in words."""
        super().__init__()
        self._chosen = chosen
        self._choices = _choices(whose, held)

    def compose(self) -> ComposeResult:
        """Every limit with its value, and what they come to in words."""
        with Vertical(classes="dialog -low"):
            yield Static("Narrow down", classes="dialog-title", markup=False)
            yield Table(id="limits")
            yield Static("", id="understood", markup=False)
            yield Static("Enter looks there  ←→ change  d clears  Esc back", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Show what is set."""
        self._show()
        self.query_one(Table).focus()

    def action_change(self, by: int) -> None:
        """The next value of the limit under the cursor, or the one before."""
        choice = self._choices[self.query_one(Table).row]
        values = [value for value, _ in choice.values]
        now = getattr(self._chosen, choice.field)
        at = values.index(now) if now in values else 0
        self._chosen = replace(self._chosen, **{choice.field: values[(at + by) % len(values)]})
        self._show()

    def action_clear(self) -> None:
        """No limit at all on the same texts."""
        self._chosen = Filters(whose=self._chosen.whose)
        self._show()

    def action_take(self) -> None:
        """Answer."""
        self.dismiss(self._chosen)

    def _show(self) -> None:
        rows = [TableLine(choice.field, [Content(choice.label), self._value(choice)]) for choice in self._choices]
        self.query_one(Table).fill((Column("limit", Content("")), Column("value", Content(""), 34)), rows)
        words = self._chosen.words or "all of these texts"
        self.query_one("#understood", Static).update(f"{words[:1].upper()}{words[1:]}")

    def _value(self, choice: _Choice) -> Content:
        value = getattr(self._chosen, choice.field)
        words = dict(choice.values).get(value, str(value))
        return Content.styled(f"‹ {words} ›", QUIET if value == choice.values[0][0] else "bold")


def _choices(whose: Mapping[str, str], held: FilterValues) -> tuple[_Choice, ...]:
    """What can be chosen: the years, frameworks and regions being those that are held."""
    known = frameworks()
    in_years = [(str(year), str(year)) for year in held.years]
    under = ((key, known[key].short) for key in held.frameworks if key in known)
    return (
        _Choice("whose", "Of whom", (*whose.items(), *((f"region:{region}", region) for region in held.regions))),
        _Choice("improvements", "What is to improve", ((False, "with all else"), (True, "only that"))),
        _Choice("strand", "Strand", ((None, "any"), *strand_names().items())),
        _Choice("kind", "Kind of text", ((None, "any"), *((kind, kind) for kind in _KINDS))),
        _Choice("framework", "Framework", ((None, "any"), *under)),
        _Choice("since", "Since", ((None, "the first"), *in_years)),
        _Choice("until", "Until", ((None, "the last"), *reversed(in_years))),
    )
