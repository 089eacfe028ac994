"""Phrases: search as you type over what inspections said, the phrases that recur in it, and what a phrase says."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, get_args

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input, Static

from reinspect.exporting.sheet import Sheet
from reinspect.model import Pin
from reinspect.phrases.types import Order
from tui.app.filters import Filters
from tui.app.pane import Pane
from tui.app.panes.phrase_lines import answer_lines, place_lines, tally, told
from tui.app.panes.phrase_rows import (
    TOLD_HEADINGS,
    PhraseRow,
    fitted,
    recurring_entries,
    recurring_headings,
    told_entries,
)
from tui.app.selection import Selection
from tui.app.widgets.grades import quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Table
from tui.library import Library
from tui.phrase_answers import (
    CitedSentences,
    FilterValues,
    PhraseAnswer,
    PhraseQuestion,
    RecurringAnswer,
    SentenceAnswer,
    SurfaceForm,
    UsageAnswer,
)

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject

_PAUSE = 0.12
_PLACES_PAUSE = 0.06
_LOOKING = "Looking through the texts held ..."


class PhrasesPane(Pane[PhraseAnswer]):
    """A box; below it what was found or, while the box is empty, what recurs or what a phrase says."""

    TITLE = "Phrases"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Phrases
Type words in any order, with any typing slip; "words in quotes" must stand as they are, -word leaves out.
While the box is empty, the phrases that recur are listed, and beside or below them the sentences with the one under the
cursor: Enter goes there, and Enter on a sentence opens its source. The bars are inspections a year, on one scale of
years; each row has its own height.

s tells what a phrase says: its use by year, by grade of the strand, by framework and by authority, each beside all
others. Log ratio 1 is twice the share of the others, -1 half of it; where the bound is 0, there is too little evidence
to call that a difference.

Where a cohort is set (f), it stands beside the authority: the sentences found are those of the authority, then the
cohort's, and what recurs is told with how many of the cohort's inspections say it too. w looks in the authority alone,
in the cohort alone, or in all. F chooses whose texts too, a region's among them, and narrows down to what is to
improve, a strand, a kind of text, a framework or some years; d in it clears that. o changes the order of what recurs:
what is criticised, what is written about most, what sets these texts apart.
"""
    BINDING_GROUP_TITLE = "Phrases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "says", "Says", tooltip="what a phrase says: by year, grade and authority", id="phrases.says"),
        Binding("v", "forms", "Forms", tooltip="the other forms of a phrase, below it", id="phrases.forms"),
        Binding("F", "narrow", "Narrow", tooltip="whose texts, which part of them, which years", id="phrases.narrow"),
        Binding("w", "widen", "Widen", tooltip="look in this authority, in the cohort, or in all", id="phrases.widen"),
        Binding("o", "order", "Order", tooltip="another order of what recurs", id="phrases.order"),
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            tooltip="from sentences to the table, from a search to what recurs",
            id="phrases.back",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._selection = Selection()
        self._order: Order = "issues"
        self._narrowing = Filters()
        self._says: tuple[str, ...] = ()
        self._answer: PhraseAnswer | None = None
        self._entries: Sequence[PhraseRow] = ()
        self._unfolded: int | None = None
        self._forms: Sequence[SurfaceForm] = ()

    def compose(self) -> ComposeResult:
        """The box, what was found in how many texts, and the table beside or above its sentences."""
        yield SearchBox(placeholder='/ searches: words, "exact words", -without', id="sought")
        yield Static("", id="found-where", markup=False)
        yield Static("", id="tally", markup=False)
        with Container(id="side-by-side"):
            yield Table(id="recurring")
            yield LineList(id="found")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._table.display = self.query_one("#tally").display = False
        self._sentences.fill([ListLine(quiet(_LOOKING))])

    @property
    def _table(self) -> Table:
        return self.query_one(Table)

    @property
    def _sentences(self) -> LineList:
        return self.query_one(LineList)

    # Asking and showing

    def depends_on(self, selection: Selection) -> Hashable:
        """Those of the authority and the cohort in whose texts it looks."""
        if selection.cohort != self._selection.cohort:
            self._narrowing = replace(self._narrowing, whose="beside" if selection.cohort else "authority")
        self._selection = selection
        return self._narrowing.looks_at(selection)

    def ask(self, library: Library, selection: Selection) -> PhraseAnswer:
        """What was found, what recurs, or what a phrase says."""
        authority, cohort = self._narrowing.looks_at(selection)
        return library.phrase_book.answer(
            PhraseQuestion(
                sought="" if self._says else self.query_one(Input).value.strip(),
                says=self._says,
                authority=authority,
                cohort=cohort,
                order=self._order,
                narrowing=self._narrowing,
            )
        )

    def show(self, answer: PhraseAnswer) -> None:
        """Show it."""
        another = self._answer is None or answer.asked != self._answer.asked
        self._answer = answer
        if another:
            self._unfolded, self._forms = None, ()
        # A widget hears only later that it lost the focus: whoever is typing now must not lose it again.
        had_focus = self.screen.focused in (self._table, self._sentences)
        listed = isinstance(answer, UsageAnswer) or (isinstance(answer, RecurringAnswer) and bool(answer.recurring))
        self._table.display = listed
        self._sentences.set_class(listed, "-beside")
        self.query_one("#found-where", Static).update(told(answer))
        self._tell_tally()
        if listed:
            if another:
                self._table.row = 0
            self._fill()
            # The table may have come into view just now, and has no width before it is laid out.
            self.call_after_refresh(self._fill)
            self._look_at_places()
        else:
            self._entries = ()
            self._sentences.fill(list(answer_lines(answer)))
        if had_focus:
            self.take_focus()

    def on_resize(self) -> None:
        """Other columns in another width."""
        self.call_after_refresh(self._fill)
        self.call_after_refresh(self._tell_tally)

    def _fill(self) -> None:
        """Set the rows in the columns that there is room for."""
        answer = self._answer
        if isinstance(answer, UsageAnswer):
            self._entries, headings = tuple(told_entries(answer)), TOLD_HEADINGS
        elif isinstance(answer, RecurringAnswer):
            self._entries = tuple(recurring_entries(answer, self._unfolded, self._forms))
            headings = recurring_headings(answer)
        else:
            return
        room = self._table.scrollable_content_region.width or self.size.width
        self._table.fill(*fitted(headings, self._entries, room))

    def _tell_tally(self) -> None:
        """In which years and of whom it was found."""
        line, answer = self.query_one("#tally", Static), self._answer
        line.display = isinstance(answer, SentenceAnswer) and bool(answer.found.hits)
        if isinstance(answer, SentenceAnswer):
            line.update(tally(answer, max(self.size.width - 2, 20)))

    def _look_at_places(self, pause: float = 0.0) -> None:
        """Find the sentences that the row under the cursor stands for."""
        entry = self._entry
        if entry is not None:
            show = partial(self._show_places, entry)
            self.post_message(self.SideQuery(self, lambda library: entry.places(library.phrase_book), show, pause))

    def _show_places(self, entry: PhraseRow, places: CitedSentences) -> None:
        if self._entry and entry.words == self._entry.words:
            self._sentences.fill(list(place_lines(places)))

    @property
    def _entry(self) -> PhraseRow | None:
        """The row under the cursor."""
        return self._entries[self._table.row] if self._table.row < len(self._entries) else None

    # Focus

    def take_focus(self) -> None:
        """The table or, where there is none, the sentences."""
        self.screen.set_focus(self._table if self._table.display else self._sentences)

    def start_search(self) -> bool:
        """The box."""
        self.screen.set_focus(self.query_one(Input))
        return True

    def action_back(self) -> None:
        """From the sentences to the table, from what a phrase says to where it was asked, from a search to the list."""
        if self._table.display and self.screen.focused is self._sentences:
            self.take_focus()
        elif self._says:
            self._ask_what_it_says(())
        else:
            self.query_one(SearchBox).clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Esc is the pane's own while there is somewhere to go back to in it."""
        if action != "back":
            return True
        in_sentences = self._table.display and self.screen.focused is self._sentences
        return bool(self._says or self.query_one(SearchBox).value) or in_sentences

    # What is taken

    def sheet(self) -> Sheet | None:
        """What is shown, as the commands print it."""
        return self._answer.sheet() if self._answer else None

    def objects(self, library: Library) -> Iterable[JsonObject]:
        """The sentences found, the phrases that recur, or what a phrase says."""
        return library.phrase_book.objects(self._answer) if self._answer else []

    def row(self) -> Pin | None:
        """The phrase or the group under the cursor."""
        entry = self._entry
        if entry is None:
            return None
        if isinstance(self._answer, UsageAnswer):
            phrase = " or ".join(self._answer.said.phrases)
            return Pin(kind="row", text=f"{phrase}: {entry.words}", citation=self.source())
        return Pin(kind="phrase", text=entry.words, citation=self.source())

    def source(self) -> str:
        """What was searched."""
        return self._answer.in_full if self._answer else self.TITLE

    # What a person wants

    def disabled_reason(self, action: str) -> str | None:
        """Each key needs something to work on."""
        answer = self._answer
        if action == "order" and not isinstance(answer, RecurringAnswer):
            return "The order is that of what recurs: empty the box, or press Esc, to see that."
        if action == "says" and not self._says and not self._phrase_under_cursor:
            return "There is no phrase under the cursor: choose one that recurs, or a sentence that was found."
        if action == "forms":
            phrase = self._entry.phrase if self._entry and isinstance(answer, RecurringAnswer) else None
            if phrase is None:
                return "Forms are those of a phrase that recurs: empty the box, or press Esc, to see these."
            if not phrase.variants:
                return (
                    f"\N{LEFT DOUBLE QUOTATION MARK}{phrase.phrase}\N{RIGHT DOUBLE QUOTATION MARK} has no other form."
                )
        return None

    def action_says(self) -> None:
        """Tell what the phrase under the cursor says; or go back from there."""
        if self.can("says"):
            self._ask_what_it_says(() if self._says else self._phrase_under_cursor)

    def _ask_what_it_says(self, phrases: tuple[str, ...]) -> None:
        self._says = phrases
        self.refresh_bindings()
        self.post_message(self.QueryChanged(self))

    @property
    def _phrase_under_cursor(self) -> tuple[str, ...]:
        """The phrase of the row, with its other forms; or the words that were found in the sentence."""
        if isinstance(self._answer, SentenceAnswer):
            line = self._sentences.under_cursor
            return (line.found.lower(),) if line and line.found else ()
        phrase = self._entry.phrase if self._entry else None
        return (phrase.phrase, *phrase.variants) if phrase else ()

    def action_forms(self) -> None:
        """Unfold the forms of the phrase under the cursor, or fold them."""
        entry, answer = self._entry, self._answer
        if not self.can("forms") or entry is None or entry.phrase is None or not isinstance(answer, RecurringAnswer):
            return
        place, phrase = answer.recurring.index(entry.phrase), entry.phrase
        if place == self._unfolded:
            self._show_forms(None, ())
            return
        forms, documents = (phrase.phrase, *phrase.variants), answer.documents
        show = partial(self._show_forms, place)
        self.post_message(self.SideQuery(self, lambda library: library.phrase_book.forms(forms, documents), show))

    def _show_forms(self, place: int | None, forms: Sequence[SurfaceForm]) -> None:
        """Unfold one phrase, with the cursor on it."""
        entry = self._entry
        phrase = entry.phrase if entry else None
        self._unfolded, self._forms = place, forms
        self._fill()
        rows = (row for row, each in enumerate(self._entries) if each.phrase is phrase)
        self._table.move_cursor(next(rows, 0))
        self._look_at_places()

    @property
    def _offered(self) -> dict[str, str]:
        """In whose texts it can look (`Narrowing.whose`), in words."""
        cohort = self._selection.cohort
        beside = {"beside": f"this one beside {cohort}"} if cohort else {}
        alone = {"cohort": f"{cohort} alone"} if cohort else {}
        return {**beside, "authority": "this authority", **alone, "all": "every authority"}

    def action_widen(self) -> None:
        """Look in this authority and the cohort beside it, in either alone, or in all."""
        offered = list(self._offered)
        now = self._narrowing.whose
        following = offered.index(now) + 1 if now in offered else 0
        self._narrowing = replace(self._narrowing, whose=offered[following % len(offered)])
        self._look_again()

    def action_order(self) -> None:
        """List what recurs by the next order."""
        if self.can("order"):
            orders = get_args(Order)
            self._order = orders[(orders.index(self._order) + 1) % len(orders)]
            self._look_again()

    def _look_again(self) -> None:
        """Ask anew, and say so: what recurs in a large store takes a second or two."""
        self.query_one("#found-where", Static).update(quiet(_LOOKING))
        self.post_message(self.QueryChanged(self))

    def action_narrow(self) -> None:
        """Choose which part of the texts to look at."""
        self.post_message(self.SideQuery(self, lambda library: library.phrase_book.spread(), self._ask_where))

    def _ask_where(self, spread: FilterValues) -> None:
        from tui.app.dialogs.filters import FiltersDialog

        def narrow(chosen: Filters | None) -> None:
            if chosen is not None and chosen != self._narrowing:
                self._narrowing = chosen
                self._look_again()

        self.app.push_screen(FiltersDialog(self._narrowing, self._offered, spread), narrow)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        self._says = ()
        self.post_message(self.QueryChanged(self, _PAUSE))

    def on_table_moved(self, event: Table.Moved) -> None:
        """Show the sentences of another row."""
        event.stop()
        self._look_at_places(_PLACES_PAUSE)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Go to the sentences of a row."""
        event.stop()
        self.screen.set_focus(self._sentences)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the source of a sentence; where none was found, say again what leads on."""
        event.stop()
        if event.line.evidence is None:
            self.post_message(self.Notify("There is no sentence here to open: see the lines above for what leads on."))
        else:
            self.post_message(self.OpenSource(event.line.evidence, event.line.found))
