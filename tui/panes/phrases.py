"""Phrases: search as you type over what inspections said, and the phrases that recur in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.exporting.sheet import Sheet
from reinspect.model import Pin
from reinspect.phrases.query import Hit
from reinspect.phrases.recurring import Order
from tui.library import Library, Phrases
from tui.panes.pane import Pane
from tui.selection import Selection
from tui.widgets.box import Box
from tui.widgets.cited import Cited, Line
from tui.widgets.grades import QUIET, STRONG, quiet
from tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from reinspect.exporting.objects import Object

Scope = Literal["authority", "cohort", "all"]
_PAUSE = 0.12
_MATCHED = "bold underline $text-accent"


class PhrasesPane(Pane[Phrases]):
    """A box; below it what was found, or, while the box is empty, what recurs."""

    TITLE = "Phrases"
    HELP: ClassVar[str] = """
## Phrases
Type words in any order, with any typing slip; "words in quotes" must stand as they are, -word leaves out.
While the box is empty, the phrases that recur are listed; Enter on one searches for it.
Enter on a sentence opens its source. w looks in this authority, in the cohort (f sets one), or in all.
o changes the order of what recurs: what is criticised, what is written about most, what sets these texts apart.
"""
    BINDING_GROUP_TITLE = "Phrases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "widen", "Widen", tooltip="look in this authority, in the cohort, or in all", id="phrases.widen"),
        Binding("o", "order", "Order", tooltip="another order of what recurs", id="phrases.order"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._scope: Scope = "authority"
        self._cohort: str | None = None
        self._order: Order = "issues"
        self._answer: Phrases | None = None

    def compose(self) -> ComposeResult:
        """The box, what was found in how many texts, and the list or the table."""
        yield Box(placeholder='/ searches: words, "exact words", -without', id="sought")
        yield Static("", id="found-where", markup=False)
        yield Cited(id="found")
        yield Table(id="recurring")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.query_one(Table).display = False
        self.query_one(Cited).fill([Line(quiet("Looking through the texts held ..."))])

    def concerns(self, selection: Selection) -> Hashable:
        """The authority or the cohort, unless all are searched."""
        if selection.cohort != self._cohort:
            self._cohort = selection.cohort
            self._scope = "cohort" if selection.cohort else "authority"
        return (self._scope, {"authority": selection.authority, "cohort": selection.cohort}.get(self._scope))

    def ask(self, library: Library, selection: Selection) -> Phrases:
        """What was found, or what recurs."""
        authority = selection.authority if self._scope == "authority" else None
        cohort = selection.cohort if self._scope == "cohort" else None
        return library.phrases(self._sought, authority, self._order, cohort)

    def show(self, answer: Phrases) -> None:
        """Show it."""
        self._answer = answer
        recurring = not answer.sought and bool(answer.recurring)
        table, found = self.query_one(Table), self.query_one(Cited)
        had_focus = table.has_focus or found.has_focus
        table.display, found.display = recurring, not recurring
        self.query_one("#found-where", Static).update(_told(answer))
        if recurring:
            table.fill(_COLUMNS, [_row(place, answer) for place in range(len(answer.recurring))])
        else:
            found.fill(list(_lines(answer)))
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        """The list or the table."""
        table = self.query_one(Table)
        self.screen.set_focus(table if table.display else self.query_one(Cited))

    def start_search(self) -> bool:
        """The box."""
        self.screen.set_focus(self.query_one(Input))
        return True

    def sheet(self) -> Sheet | None:
        """What is shown, as the commands print it."""
        return sheet_of(self._answer) if self._answer else None

    def objects(self, library: Library) -> Iterable[Object]:
        """The sentences found, or the phrases that recur."""
        from reinspect.exporting.objects import phrase_object

        answer = self._answer
        if answer is None:
            return []
        return library.hit_objects(answer.found) if answer.sought else map(phrase_object, answer.recurring)

    def row(self) -> Pin | None:
        """The recurring phrase under the cursor."""
        answer, place = self._answer, self.query_one(Table).row
        if answer is None or place >= len(answer.recurring):
            return None
        phrase = answer.recurring[place]
        years = ", ".join(str(year) for year in sorted(set(phrase.years)))
        counted = f"{phrase.inspections} inspections, {phrase.count} times ({years})"
        return Pin(kind="phrase", text=f"{phrase.phrase}: {counted}", citation=answer.searched)

    def source(self) -> str:
        """What was searched."""
        return self._answer.searched if self._answer else self.TITLE

    def action_widen(self) -> None:
        """Search this authority, the cohort if there is one, or all."""
        scopes: list[Scope] = ["authority", "cohort", "all"] if self._cohort else ["authority", "all"]
        self._scope = scopes[(scopes.index(self._scope) + 1) % len(scopes)]
        self.post_message(self.Wondered(self))

    def action_order(self) -> None:
        """List what recurs by the next order."""
        orders = get_args(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.post_message(self.Wondered(self))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        self.post_message(self.Wondered(self, _PAUSE))

    def on_box_left(self, event: Box.Left) -> None:
        """Go on in the list."""
        event.stop()
        self.take_focus()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Search for a recurring phrase."""
        event.stop()
        if self._answer:
            self.query_one(Input).value = self._answer.recurring[event.table.row].phrase

    def on_cited_chosen(self, event: Cited.Chosen) -> None:
        """Open the source of a sentence."""
        event.stop()
        self.post_message(self.SourceWanted(event.line.evidence))

    @property
    def _sought(self) -> str:
        return self.query_one(Input).value.strip()


def sheet_of(answer: Phrases) -> Sheet:
    """What was found, or what recurs, as the commands print it."""
    from reinspect.exporting.sheets.phrases import phrases_sheet, search_sheet

    if answer.sought:
        return search_sheet(answer.sought, answer.found, answer.citations, answer.searched)
    return phrases_sheet(answer.recurring, answer.searched, answer.order)


_COLUMNS = (
    Column("phrase", Content("Phrase that recurs"), 40),
    Column("inspections", Content("Inspections")),
    Column("count", Content("Times")),
    Column("years", Content("Years")),
)
_ORDERS = {
    "issues": "what is criticised first",
    "themes": "what is written about most first",
    "distinctive": "what sets them apart from all others first",
}


def _row(place: int, answer: Phrases) -> Row:
    phrase = answer.recurring[place]
    first, *others = sorted(set(phrase.years)) or [0]
    return Row(
        str(place),
        [
            Content(phrase.phrase),
            Content(str(phrase.inspections)),
            Content(str(phrase.count)),
            quiet(" ".join([str(first or ""), *(f"{year % 100:02}" for year in others)])),
        ],
    )


def _told(answer: Phrases) -> Content:
    """How much was found, in how much, and how to look elsewhere."""
    whose = "" if answer.authority or answer.among else " of every authority"
    if not answer.sought:
        order = f", {_ORDERS[answer.order]}" if answer.recurring else ""
        return Content.styled(f"What recurs in {answer.searched}{whose}{order}", QUIET)
    total, texts = answer.found.total, len(answer.found.by_document)
    best = f", the best {len(answer.found.hits)} below" if total > len(answer.found.hits) else ""
    return Content.assemble(
        (f"{total} sentence{'s' if total != 1 else ''}", STRONG),
        (f" in {texts} of {answer.searched}{whose}{best}", QUIET),
    )


def _lines(answer: Phrases) -> Iterator[Line]:
    if not answer.texts:
        yield Line(Content.styled("No text is held to search.", STRONG))
        yield Line(quiet("Add reports: press A, or `reinspect add FILE`. w looks in every authority."))
    elif not answer.sought:
        yield Line(quiet("Nothing recurs in the texts held. Press / and type to search them; w looks everywhere."))
    elif not answer.found.hits:
        yield Line(Content.styled("Nothing was found.", STRONG))
        yield Line(quiet("Try fewer words, or w to look in every authority."))
    for hit, citation in zip(answer.found.hits, answer.citations, strict=True):
        yield Line(_sentence(hit, citation), hit.passage.evidence, quote=hit.sentence)


def _sentence(hit: Hit, citation: str) -> Content:
    """A sentence with its matched words marked, and its citation below."""
    words = Content(hit.passage.text)
    for matched in hit.spans:
        words = words.stylize(_MATCHED, *matched)
    return Content.assemble(words[slice(*hit.context)], "\n", (f"  {citation}", QUIET))
