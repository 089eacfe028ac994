"""Phrases: search as you type over what inspections said, the phrases that recur in it, and what a phrase says."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.exporting.bars import years_in_words, years_row
from reinspect.exporting.sheet import Sheet
from reinspect.exporting.sheets.phrases import sentences_found
from reinspect.model import Pin
from reinspect.phrases.query import Hit
from reinspect.phrases.recurring import Order
from tui.library import Library
from tui.narrowing import Narrowing
from tui.panes.pane import Pane
from tui.panes.phrase_rows import TOLD_HEADINGS, Entry, fitted, recurring_entries, recurring_headings, told_entries
from tui.phrases import Answer, Asked, Form, Places, Recurrent, Sentences, Told
from tui.selection import Selection
from tui.widgets.box import Box
from tui.widgets.cited import Cited, Line
from tui.widgets.grades import QUIET, STRONG, quiet
from tui.widgets.table import Table

if TYPE_CHECKING:
    from reinspect.exporting.objects import Object

Scope = Literal["authority", "cohort", "all"]
_PAUSE = 0.12
_PLACES_PAUSE = 0.06
_LOOKING = "Looking through the texts held ..."
_MATCHED = "bold underline $text-accent"


class PhrasesPane(Pane[Answer]):
    """A box; below it what was found or, while the box is empty, what recurs or what a phrase says."""

    TITLE = "Phrases"
    HELP: ClassVar[str] = """
## Phrases
Type words in any order, with any typing slip; "words in quotes" must stand as they are, -word leaves out.
While the box is empty, the phrases that recur are listed, and beside or below them the sentences with the one under the
cursor: Enter goes there, and Enter on a sentence opens its source. The bars are inspections a year, on one scale of
years; each row has its own height.

s tells what a phrase says: its use by year, by grade of the strand, by framework and by authority, each beside all
others. Log ratio 1 is twice the share of the others, -1 half of it; where the bound is 0, there is too little evidence
to call that a difference.

w looks in this authority, in the cohort (f sets one), or in all; F narrows down to what is to improve, a strand, a kind
of text, a framework or some years. o changes the order of what recurs: what is criticised, what is written about most,
what sets these texts apart.
"""
    BINDING_GROUP_TITLE = "Phrases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "says", "Says", tooltip="what a phrase says: by year, grade and authority", id="phrases.says"),
        Binding("v", "forms", "Forms", tooltip="the other forms of a phrase, below it", id="phrases.forms"),
        Binding("F", "narrow", "Narrow", tooltip="improvements, strand, kind, framework, years", id="phrases.narrow"),
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
        self._scope: Scope = "authority"
        self._cohort: str | None = None
        self._order: Order = "issues"
        self._narrowing = Narrowing()
        self._says: tuple[str, ...] = ()
        self._answer: Answer | None = None
        self._entries: Sequence[Entry] = ()
        self._unfolded: int | None = None
        self._forms: Sequence[Form] = ()

    def compose(self) -> ComposeResult:
        """The box, what was found in how many texts, and the table beside or above its sentences."""
        yield Box(placeholder='/ searches: words, "exact words", -without', id="sought")
        yield Static("", id="found-where", markup=False)
        yield Static("", id="tally", markup=False)
        with Container(id="side-by-side"):
            yield Table(id="recurring")
            yield Cited(id="found")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._table.display = self.query_one("#tally").display = False
        self._sentences.fill([Line(quiet(_LOOKING))])

    @property
    def _table(self) -> Table:
        return self.query_one(Table)

    @property
    def _sentences(self) -> Cited:
        return self.query_one(Cited)

    # Asking and showing

    def concerns(self, selection: Selection) -> Hashable:
        """The authority or the cohort, unless all are searched."""
        if selection.cohort != self._cohort:
            self._cohort = selection.cohort
            self._scope = "cohort" if selection.cohort else "authority"
        return (self._scope, {"authority": selection.authority, "cohort": selection.cohort}.get(self._scope))

    def ask(self, library: Library, selection: Selection) -> Answer:
        """What was found, what recurs, or what a phrase says."""
        return library.phrase_book.answer(
            Asked(
                sought="" if self._says else self.query_one(Input).value.strip(),
                says=self._says,
                authority=selection.authority if self._scope == "authority" else None,
                cohort=selection.cohort if self._scope == "cohort" else None,
                order=self._order,
                narrowing=self._narrowing,
            )
        )

    def show(self, answer: Answer) -> None:
        """Show it."""
        another = self._answer is None or answer.asked != self._answer.asked
        self._answer = answer
        if another:
            self._unfolded, self._forms = None, ()
        # A widget hears only later that it lost the focus: whoever is typing now must not lose it again.
        had_focus = self.screen.focused in (self._table, self._sentences)
        listed = isinstance(answer, Told) or (isinstance(answer, Recurrent) and bool(answer.recurring))
        self._table.display = listed
        self._sentences.set_class(listed, "-beside")
        self.query_one("#found-where", Static).update(_told(answer))
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
            self._sentences.fill(list(_lines(answer)))
        if had_focus:
            self.take_focus()

    def on_resize(self) -> None:
        """Other columns in another width."""
        self.call_after_refresh(self._fill)
        self.call_after_refresh(self._tell_tally)

    def _fill(self) -> None:
        """Set the rows in the columns that there is room for."""
        answer = self._answer
        if isinstance(answer, Told):
            self._entries, headings = tuple(told_entries(answer)), TOLD_HEADINGS
        elif isinstance(answer, Recurrent):
            self._entries = tuple(recurring_entries(answer, self._unfolded, self._forms))
            headings = recurring_headings(answer)
        else:
            return
        room = self._table.scrollable_content_region.width or self.size.width
        self._table.fill(*fitted(headings, self._entries, room))

    def _tell_tally(self) -> None:
        """In which years and of whom it was found."""
        tally = self.query_one("#tally", Static)
        answer = self._answer
        tally.display = isinstance(answer, Sentences) and bool(answer.found.hits)
        if isinstance(answer, Sentences):
            tally.update(_tally(answer, max(self.size.width - 2, 20)))

    def _look_at_places(self, pause: float = 0.0) -> None:
        """Find the sentences that the row under the cursor stands for."""
        entry = self._entry
        if entry is not None:
            show = partial(self._show_places, entry)
            self.post_message(self.Aside(self, lambda library: entry.places(library.phrase_book), show, pause))

    def _show_places(self, entry: Entry, places: Places) -> None:
        if self._entry and entry.words == self._entry.words:
            self._sentences.fill(list(_places(places)))

    @property
    def _entry(self) -> Entry | None:
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
            self.query_one(Box).clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Esc is the pane's own while there is somewhere to go back to in it."""
        if action != "back":
            return True
        in_sentences = self._table.display and self.screen.focused is self._sentences
        return bool(self._says or self.query_one(Box).value) or in_sentences

    # What is taken

    def sheet(self) -> Sheet | None:
        """What is shown, as the commands print it."""
        return self._answer.sheet() if self._answer else None

    def objects(self, library: Library) -> Iterable[Object]:
        """The sentences found, the phrases that recur, or what a phrase says."""
        return library.phrase_book.objects(self._answer) if self._answer else []

    def row(self) -> Pin | None:
        """The phrase or the group under the cursor."""
        entry = self._entry
        if entry is None:
            return None
        if isinstance(self._answer, Told):
            phrase = " or ".join(self._answer.said.phrases)
            return Pin(kind="row", text=f"{phrase}: {entry.words}", citation=self.source())
        return Pin(kind="phrase", text=entry.words, citation=self.source())

    def source(self) -> str:
        """What was searched."""
        return self._answer.searched if self._answer else self.TITLE

    # What a person wants

    def why_not(self, action: str) -> str | None:
        """Each key needs something to work on."""
        answer = self._answer
        if action == "order" and not isinstance(answer, Recurrent):
            return "The order is that of what recurs: empty the box, or press Esc, to see that."
        if action == "says" and not self._says and not self._phrase_under_cursor:
            return "There is no phrase under the cursor: choose one that recurs, or a sentence that was found."
        if action == "forms":
            phrase = self._entry.phrase if self._entry and isinstance(answer, Recurrent) else None
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
        self.post_message(self.Wondered(self))

    @property
    def _phrase_under_cursor(self) -> tuple[str, ...]:
        """The phrase of the row, with its other forms; or the words that were found in the sentence."""
        if isinstance(self._answer, Sentences):
            at, hits = self._sentences.place, self._answer.found.hits
            return (hits[at].phrase.lower(),) if at is not None and at < len(hits) else ()
        phrase = self._entry.phrase if self._entry else None
        return (phrase.phrase, *phrase.variants) if phrase else ()

    def action_forms(self) -> None:
        """Unfold the forms of the phrase under the cursor, or fold them."""
        entry, answer = self._entry, self._answer
        if not self.can("forms") or entry is None or entry.phrase is None or not isinstance(answer, Recurrent):
            return
        place, phrase = answer.recurring.index(entry.phrase), entry.phrase
        if place == self._unfolded:
            self._show_forms(None, ())
            return
        forms, documents = (phrase.phrase, *phrase.variants), answer.documents
        show = partial(self._show_forms, place)
        self.post_message(self.Aside(self, lambda library: library.phrase_book.forms(forms, documents), show))

    def _show_forms(self, place: int | None, forms: Sequence[Form]) -> None:
        """Unfold one phrase, with the cursor on it."""
        entry = self._entry
        phrase = entry.phrase if entry else None
        self._unfolded, self._forms = place, forms
        self._fill()
        rows = (row for row, each in enumerate(self._entries) if each.phrase is phrase)
        self._table.move_cursor(next(rows, 0))
        self._look_at_places()

    def action_widen(self) -> None:
        """Search this authority, the cohort if there is one, or all."""
        scopes: list[Scope] = ["authority", "cohort", "all"] if self._cohort else ["authority", "all"]
        self._scope = scopes[(scopes.index(self._scope) + 1) % len(scopes)]
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
        self.post_message(self.Wondered(self))

    def action_narrow(self) -> None:
        """Choose which part of the texts to look at."""
        self.post_message(self.Aside(self, lambda library: library.phrase_book.spread(), self._ask_where))

    def _ask_where(self, spread: tuple[Sequence[int], Sequence[str]]) -> None:
        from tui.dialogs.narrowing import NarrowingDialog

        def narrow(chosen: Narrowing | None) -> None:
            if chosen is not None and chosen != self._narrowing:
                self._narrowing = chosen
                self._look_again()

        self.app.push_screen(NarrowingDialog(self._narrowing, *spread), narrow)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        self._says = ()
        self.post_message(self.Wondered(self, _PAUSE))

    def on_box_left(self, event: Box.Left) -> None:
        """Go on in the list."""
        event.stop()
        self.take_focus()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Show the sentences of another row."""
        event.stop()
        self._look_at_places(_PLACES_PAUSE)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Go to the sentences of a row."""
        event.stop()
        self.screen.set_focus(self._sentences)

    def on_cited_chosen(self, event: Cited.Chosen) -> None:
        """Open the source of a sentence."""
        event.stop()
        self.post_message(self.SourceWanted(event.line.evidence, event.line.found))


_ORDERS = {
    "issues": "what is criticised first",
    "themes": "what is written about most first",
    "distinctive": "what sets them apart from all others first",
}


def _told(answer: Answer) -> Content:
    """How much was found, in how much, and what was left out."""
    narrowing = answer.asked.narrowing
    if isinstance(answer, Sentences):
        total, shown = answer.found.total, len(answer.found.hits)
        best = f", the best {shown} below" if total > shown else ""
        others = f", {answer.tally.told_of_others}" if answer.tally.others else ""
        where = f" in {len(answer.found.by_document)} of {answer.whose}{best}{others}"
        return Content.assemble((sentences_found(answer.found), STRONG), (where, QUIET), *_narrowed(narrowing.words))
    passages = narrowing.words_of_passages
    whole = f" ({passages}: in a search alone)" if passages else ""
    if isinstance(answer, Told):
        forms = answer.said.phrases
        further = f" and {len(forms) - 1} more form{'' if len(forms) == 2 else 's'}" if len(forms) > 1 else ""
        phrase = f"What \N{LEFT DOUBLE QUOTATION MARK}{forms[0]}\N{RIGHT DOUBLE QUOTATION MARK}{further} says"
        return Content.assemble((phrase, STRONG), (f" in {answer.whose}", QUIET), *_narrowed(narrowing.words + whole))
    order = f", {_ORDERS[answer.asked.order]}" if isinstance(answer, Recurrent) and answer.recurring else ""
    recurs = f"What recurs in {answer.whose}{order}"
    return Content.assemble((recurs, QUIET), *_narrowed(narrowing.words + whole))


def _narrowed(words: str) -> Iterator[tuple[str, str]]:
    """What a person narrowed down to, always to be seen."""
    if words:
        yield f"  F: {words}", STRONG


def _tally(answer: Sentences, room: int) -> Content:
    """Inspections by year and sentences by authority, as far as a line holds each; an export has them all."""
    years, of = answer.tally.by_year, answer.tally.by_authority
    told = [_by_year(years, room)] if years else []
    ranked = sorted(of.items(), key=lambda each: (-each[1][0], each[0]))
    if len(ranked) > 1:
        told.append(_by_authority([f"{name} {count} in {held}" for name, (count, held) in ranked], room))
    return quiet("\n".join(told))


def _by_year(years: dict[int, int], room: int) -> str:
    """A bar a year; every year's inspections beside it if there is room, else the highest number."""
    first, last, most = min(years), max(years), max(years.values())
    if most == 1:
        return f"By year: {years_in_words(years)}, 1 inspection each"
    bars = f"By year {first} {years_row(years)} {last}" if first < last else "By year"
    each = f"{bars}: {', '.join(f'{year} {count}' for year, count in sorted(years.items()))}"
    if len(each) <= room:
        return each
    return f"{bars}, at most {most} inspections ({years_in_words(year for year in years if years[year] == most)})"


def _by_authority(ranked: Sequence[str], room: int) -> str:
    """As many as fit, those with most first."""
    told = f"Of {len(ranked)} authorities: {ranked[0]}"
    for place, each in enumerate(ranked[1:], 1):
        left = f", and {len(ranked) - place} more"
        if len(f"{told}, {each}{left}") > room:
            return f"{told}{left}"
        told = f"{told}, {each}"
    return told


def _lines(answer: Answer) -> Iterator[Line]:
    if not answer.documents:
        yield Line(Content.styled("No text is held to search.", STRONG))
        narrowed = "F narrows less; " if answer.asked.narrowing.words else ""
        yield Line(quiet(f"{narrowed}w looks in every authority. Add reports: press A, or `reinspect add FILE`."))
    elif isinstance(answer, Sentences):
        if not answer.found.hits:
            yield Line(Content.styled("Nothing was found.", STRONG))
            yield Line(quiet("Try fewer words, or w to look in every authority."))
        yield from map(_sentence, answer.found.hits, answer.citations)
    elif answer.asked.order == "distinctive":
        yield Line(
            quiet("No phrase is used twice as much here as elsewhere. o gives another order; w looks elsewhere.")
        )
    else:
        yield Line(quiet("Nothing recurs in the texts held. Press / and type to search them; w looks everywhere."))


def _places(places: Places) -> Iterator[Line]:
    """The sentences of a row, under how many there are."""
    shown = f", the first {len(places.hits)} below" if places.total > len(places.hits) else ""
    counted = f"{places.total} sentence{'' if places.total == 1 else 's'}{shown}"
    yield Line(Content.styled(counted, QUIET), heading=True)
    yield from map(_sentence, places.hits, places.citations)


def _sentence(hit: Hit, citation: str) -> Line:
    """A sentence with its matched words marked, and its citation below."""
    words = Content(hit.passage.text)
    for matched in hit.spans:
        words = words.stylize(_MATCHED, *matched)
    shown = Content.assemble(words[slice(*hit.context)], "\n", (f"  {citation}", QUIET))
    return Line(shown, hit.passage.evidence, quote=hit.sentence, found=hit.phrase)
