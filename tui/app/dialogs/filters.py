"""The dialog for the filters of a phrase search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reinspect.answers.scope import strand_names
from reinspect.frameworks import frameworks
from tui.app.closing import Dialog
from tui.app.filters import Filters
from tui.app.widgets.grades import QUIET
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.table import Table, TableColumn, TableLine

if TYPE_CHECKING:
    from reinspect.answers.scope import FilterValues

_KINDS = ("report", "letter", "digest", "coverage")


class _Choice(NamedTuple):
    """A field of `Filters`, its label, and its values with the text for each; the first value means no limit."""

    field: str
    label: str
    values: Sequence[tuple[object, str]]


class FiltersDialog(Dialog[Filters | None]):
    """A dialog that returns the chosen `Filters`, or None after Esc. Every row is a filter; arrows change its value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="narrowing.back"),
        Binding("enter", "take", "Apply", priority=True, id="narrowing.take"),
        Binding("right,l", "change(1)", "Next", priority=True, id="narrowing.next", tooltip="next value"),
        Binding("left,h", "change(-1)", "Previous", priority=True, id="narrowing.before", tooltip="previous value"),
        Binding(
            "delete,backspace",
            "clear",
            "Clear",
            id="narrowing.clear",
            tooltip="remove all filters but the choice of texts",
        ),
    ]

    def __init__(self, chosen: Filters, whose: Mapping[str, str], values: FilterValues) -> None:
        """Start with the `chosen` filters.

        `whose` lists the values of `Filters.whose` with the text for each; `values` are the years, frameworks and
        regions that occur in the store.
        """
        super().__init__()
        self._chosen = chosen
        self._choices = _choices(whose, values)

    def compose(self) -> ComposeResult:
        """Compose a table of filters, and below it all of them in words."""
        with Vertical(classes="dialog -low"):
            yield Static("Filters", classes="dialog-title", markup=False)
            yield Table(id="limits")
            yield Static("", id="understood", markup=False)
            yield ItemsLine("Enter apply", "←→ change", "Del clear", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the filters that are set."""
        self._show()
        self.query_one(Table).focus()

    def action_change(self, by: int) -> None:
        """Set the filter under the cursor to its next (1) or its previous (-1) value."""
        choice = self._choices[self.query_one(Table).row]
        values = [value for value, _ in choice.values]
        current = getattr(self._chosen, choice.field)
        index = values.index(current) if current in values else 0
        self._chosen = replace(self._chosen, **{choice.field: values[(index + by) % len(values)]})
        self._show()

    def action_clear(self) -> None:
        """Remove all filters but whose texts are searched."""
        self._chosen = Filters(whose=self._chosen.whose)
        self._show()

    def action_take(self) -> None:
        """Close the dialog with the filters."""
        self.dismiss(self._chosen)

    def _show(self) -> None:
        rows = [TableLine(choice.field, [Content(choice.label), self._value(choice)]) for choice in self._choices]
        self.query_one(Table).fill((TableColumn("limit", Content("")), TableColumn("value", Content(""), 34)), rows)
        summary = self._chosen.words or "no filters: all of these texts"
        self.query_one("#understood", Static).update(f"{summary[:1].upper()}{summary[1:]}")

    def _value(self, choice: _Choice) -> Content:
        value = getattr(self._chosen, choice.field)
        text = dict(choice.values).get(value, str(value))
        return Content.styled(f"‹ {text} ›", QUIET if value == choice.values[0][0] else "bold")


def _choices(whose: Mapping[str, str], available: FilterValues) -> tuple[_Choice, ...]:
    known = frameworks()
    years = [(str(year), str(year)) for year in available.years]
    regions = ((f"region:{region}", region) for region in available.regions)
    framework_names = ((key, known[key].short) for key in available.frameworks if key in known)
    return (
        _Choice("whose", "Whose texts", (*whose.items(), *regions)),
        _Choice("improvements", "Passages", ((False, "all"), (True, "only what needs to improve"))),
        _Choice("strand", "Strand", ((None, "any"), *strand_names().items())),
        _Choice("kind", "Kind of text", ((None, "any"), *((kind, kind) for kind in _KINDS))),
        _Choice("framework", "Framework", ((None, "any"), *framework_names)),
        _Choice("since", "From year", ((None, "any"), *years)),
        _Choice("until", "To year", ((None, "any"), *reversed(years))),
    )
