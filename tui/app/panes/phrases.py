"""The Phrases pane: search as you type, recurring phrases, and the usage of a phrase."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, get_args

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.events import Click
from textual.widgets import Input, Static

from reinspect.answers import Answer, Library
from reinspect.answers.contrast import ContrastAnswer
from reinspect.answers.phrase_usage import UsageAnswer
from reinspect.answers.recurring import RecurringAnswer
from reinspect.answers.scope import Scope
from reinspect.answers.search import SearchAnswer, compared_with
from reinspect.model import Pin
from reinspect.phrases.types import Order
from tui.app.filters import Filters
from tui.app.pane import Pane
from tui.app.panes.phrase_contrast import (
    ContrastQuestion,
    ask_contrast,
    contrast_chips,
    contrast_headings,
    contrast_headline,
    contrast_rows,
)
from tui.app.panes.phrase_table import PhraseRow, cited_lines, cited_title, fit_columns
from tui.app.panes.phrase_usage import USAGE_HEADINGS, usage_headline, usage_rows
from tui.app.panes.recurring_phrases import (
    nothing_recurs_lines,
    recurring_headings,
    recurring_headline,
    recurring_rows,
)
from tui.app.panes.scope_chips import WHOSE, ScopeChip, chips_line, scope_chips
from tui.app.panes.search_results import Tones, passage_in_full, search_headline, search_lines, tally_line
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.app.widgets.progress import moving_bar
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Table
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.scope import FilterValues
    from reinspect.answers.sentences import CitedSentences, SurfaceForm

_PAUSE = 0.12
_SENTENCES_PAUSE = 0.06
_TONES_PAUSE = 0.2
_MOST_HITS = 100
# Columns from which the whole passage stands beside the sentences found.
_WIDE_ENOUGH = 140
_MOST_RECURRING = 60
_SEARCHING = "Searching the stored texts ..."
# The bar of a question that takes longer than two of these moments moves once in each.
_WAIT_SECONDS, _LEAST_WAIT_STEPS = 0.25, 2
_SENTENCE_KEYS = "⏎ page  p pin  y copy"
_COUNT_OF_TEXTS = re.compile(r"^\d+ texts?")


PhraseAnswer = SearchAnswer | RecurringAnswer | UsageAnswer | ContrastAnswer


class PhraseQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A search for `query`; if it is empty, the usage of `used`; if that is empty too, the phrases that recur.

    With `contrast`, the phrases that differ between two groups in place of those that recur.
    """

    query: str
    used: tuple[str, ...]
    order: Order
    filters: Filters
    scope: Scope
    contrast: ContrastQuestion | None = None


class PhraseView(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its answer."""

    question: PhraseQuestion
    answer: PhraseAnswer
    chips: tuple[ScopeChip, ...] = ()

    @property
    def whose(self) -> str:
        """The searched texts in words, even if these are all texts: "54 texts of every authority"."""
        scope, description = self.question.scope, self.answer.description
        is_limited = bool(scope.authorities or scope.cohort)
        return description if is_limited else _COUNT_OF_TEXTS.sub(r"\g<0> of every authority", description)


class PhrasesPane(Pane[PhraseView]):
    """A search box, and below it the sentences found or, while it is empty, recurring phrases or a phrase's usage."""

    TITLE = "Phrases"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Phrases
Type words in any order; typing mistakes are allowed. "words in quotes" must occur exactly, -word excludes a word.
While the box is empty, recurring phrases are listed, with the sentences that use the phrase under the cursor: Enter
goes to the sentences, and Enter on a sentence opens its source. The bars count inspections by year. All rows have the
same years; the height of the bars is relative to the highest in the row.

s shows the usage of a phrase: by year, grade of the strand, framework and authority, each compared with all others.
"2.0×" means twice as often as the others, and one to three dots (●) say how sure that is. With ○○○ there is too little
evidence, so nothing is called different. + shows or hides the other forms of a phrase. In a search each sentence has
its tone: critical, mixed, good or neutral.

In Authorities, d compares the phrases of movers before and after their move, or those of a group with all others. w
chooses which texts are compared, Esc leads back. What has too little evidence is greyed.

If a group is set (f), the authority is compared with it: sentences of the authority come first, then those of the
group, and recurring phrases are counted in both. w chooses which texts are looked at: those of the authority, of the
group, or all. F filters by authority, group or region, improvements, strand, kind of text, framework and years; Del in
that dialog removes the filters. o changes the order of recurring phrases: most criticised, most written about, or most
distinctive.
"""
    BINDING_GROUP_TITLE = "Phrases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "says", "Usage", tooltip="the usage of a phrase by year, grade and authority", id="phrases.says"),
        Binding(
            "plus,equals_sign",
            "forms",
            "Forms",
            key_display="+",
            tooltip="show or hide the other forms of a phrase below it",
            id="phrases.forms",
        ),
        Binding(
            "F", "narrow", "Filter", tooltip="filter by authority, strand, kind of text and years", id="phrases.narrow"
        ),
        Binding(
            "w",
            "widen",
            "Texts",
            tooltip="choose which texts are looked at: this authority's, the group's or all",
            id="phrases.widen",
        ),
        Binding("o", "order", "Order", tooltip="change the order of recurring phrases", id="phrases.order"),
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            tooltip="back to the table, or to the recurring phrases",
            id="phrases.back",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._selection = Selection()
        self._order: Order = "issues"
        self._filters = Filters()
        self._used: tuple[str, ...] = ()
        self._typing = False
        """Whether the last word of the box may be incomplete."""
        self._contrast: ContrastQuestion | None = None
        self._wait_steps = 0
        self._index_work = ""
        """The work on the index, in words, while a question has to wait for it; else empty."""
        self._tones = Tones()
        self._chips: tuple[Hashable, tuple[ScopeChip, ...]] = (None, ())
        self._view: PhraseView | None = None
        self._rows: Sequence[PhraseRow] = ()
        self._expanded: int | None = None
        self._forms: Sequence[SurfaceForm] = ()

    def compose(self) -> ComposeResult:
        """Compose the search box, the line above the answer, and the table with its sentences."""
        yield SearchBox(placeholder='/ searches: words, "exact words", -without', id="query")
        yield Static("", id="chips", markup=False)
        yield Static("", id="found-where", markup=False)
        yield Static("", id="tally", markup=False)
        with Container(classes="side-by-side"):
            yield Table(id="recurring")
            yield LineList(id="found")
            yield Static("", id="in-context", markup=False)

    def on_mount(self) -> None:
        """Show that the texts are being searched."""
        self._table.display = self.query_one("#tally").display = False
        set_frame(self._table, "Recurring phrases")
        set_frame(self._sentences, "Sentences")
        set_frame(self.query_one("#in-context"), "The whole passage")
        self._show_context()
        self._sentences.fill([ListLine(quiet(_SEARCHING))])
        self._wait_timer = self.set_interval(_WAIT_SECONDS, self._show_waiting, pause=True)

    def on_show(self) -> None:
        """Show that the first answer is being waited for."""
        if self._view is None:
            self._wait()

    @property
    def _table(self) -> Table:
        return self.query_one(Table)

    @property
    def _sentences(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _answer(self) -> PhraseAnswer | None:
        return self._view.answer if self._view else None

    # Asking and showing

    def selection_changed(self, selection: Selection) -> None:
        """Search the authority compared with the group once a group is selected, and the authority alone without."""
        if selection.cohort != self._selection.cohort:
            self._filters = replace(self._filters, whose="beside" if selection.cohort else "authority")
        self._selection = selection

    def depends_on(self, selection: Selection) -> Hashable:
        """Return the scope: the texts that the question is asked of."""
        return self._filters.scope(selection), self._contrast

    def ask(self, library: Library, selection: Selection) -> PhraseView:
        """Search for the typed words; with none typed, count the uses of the chosen phrase.

        With neither, find the phrases that recur.
        """
        question = PhraseQuestion(
            query="" if self._used or self._contrast else self.query_one(Input).value.strip(),
            used=self._used,
            order=self._order,
            filters=self._filters,
            scope=self._filters.scope(selection),
            contrast=None if self._used else self._contrast,
        )
        answer: PhraseAnswer
        if question.query:
            answer = library.search(question.query, question.scope, _MOST_HITS, typing=self._typing)
        elif question.used:
            answer = library.usage(*question.used, scope=question.scope.of_whole_texts)
        elif question.contrast:
            return PhraseView(question=question, answer=ask_contrast(library, question.contrast))
        else:
            answer = library.recurring(question.scope.of_whole_texts, order=question.order, limit=_MOST_RECURRING)
        return PhraseView(question=question, answer=answer, chips=self._scope_chips(library, selection, question))

    def _scope_chips(self, library: Library, selection: Selection, question: PhraseQuestion) -> tuple[ScopeChip, ...]:
        """Return the chips, counted again only if the store, the selection or what is counted has changed."""
        count_only = not question.query
        filters = replace(question.filters, whose="")
        counted_for = (library.holdings.revision, selection.authority, selection.cohort, filters, count_only)
        if self._chips[0] != counted_for:
            self._chips = (counted_for, scope_chips(library, selection, filters, count_only=count_only))
        return self._chips[1]

    def show(self, view: PhraseView) -> None:
        """Show the answer: rows with the sentences of one row, or sentences alone."""
        self._end_wait()
        is_new = self._view is None or view.question != self._view.question
        self.query_one("#found-where", Static).update(_headline(view))
        if isinstance(view.answer, SearchAnswer) and view == self._view:
            return
        self._view = view
        if is_new:
            self._expanded, self._forms = None, ()
        # Textual reports a lost focus late. A person who is typing now must keep the focus.
        had_focus = self.screen.focused in (self._table, self._sentences)
        answer = view.answer
        has_rows = _has_rows(answer)
        self._table.display = has_rows
        self._sentences.set_class(has_rows, "-beside")
        self._show_chips()
        self._name_panels(answer)
        self._show_tally()
        if has_rows:
            self._fill()
            if is_new:
                has_heading = bool(self._rows) and self._rows[0].is_heading
                self._table.move_cursor(1 if has_heading else 0)
            # The table may have come into view just now, and has no width before it is laid out.
            self.call_after_refresh(self._fill)
            self._find_sentences()
        else:
            self._rows = ()
            self._sentences.fill(list(_lines(view, self._tones)))
            self._judge_tones(answer)
        self._show_context()
        self.refresh_bindings()
        if had_focus:
            self.take_focus()

    # Waiting

    def _wait(self) -> None:
        """Show a moving bar until the answer comes, if that takes longer than a moment."""
        self._wait_steps = 0
        self._wait_timer.resume()

    def say_index_work(self, words: str) -> None:
        """Say in the bar how far the making of the index is; empty words once it is made."""
        self._index_work = words

    def _show_waiting(self) -> None:
        """Dim the former answer, and move the bar on."""
        self._wait_steps += 1
        if self._wait_steps < _LEAST_WAIT_STEPS:
            return
        self.add_class("-waiting")
        words = self._index_work or _SEARCHING.removesuffix(" ...")
        self.query_one("#found-where", Static).update(quiet(f"{words}  {moving_bar(self._wait_steps)}"))

    def _end_wait(self) -> None:
        self._wait_timer.pause()
        self.remove_class("-waiting")

    def question_failed(self) -> None:
        """Stop the bar; the screen says what went wrong."""
        self._end_wait()
        self.query_one("#found-where", Static).update("")

    def show_contrast(self, question: ContrastQuestion) -> None:
        """Show the phrases that differ between two groups, the next time that the pane is asked for."""
        self._contrast, self._used = question, ()
        self.query_one("#found-where", Static).update(quiet(_SEARCHING))
        self._wait()

    def _judge_tones(self, answer: PhraseAnswer) -> None:
        """Judge the tones of the sentences found once the typing pauses, and add them."""
        if isinstance(answer, SearchAnswer) and not self._tones.knows(answer.found.hits):
            hits = answer.found.hits
            self.post_message(self.SideQuery(self, lambda _: self._tones.judge(hits), self._show_tones, _TONES_PAUSE))

    def _show_tones(self, _: None) -> None:
        if self._view is not None and isinstance(self._answer, SearchAnswer):
            place, had_focus = self._sentences.place or 0, self._sentences.has_focus
            self._sentences.fill(list(_lines(self._view, self._tones)), place)
            self._show_tally()
            if had_focus:
                self.take_focus()

    def _name_panels(self, answer: PhraseAnswer) -> None:
        """Write the counts and the keys into the frames."""
        if isinstance(answer, RecurringAnswer):
            set_frame(self._table, f"Recurring phrases ({len(answer.recurring)})", "s usage  o order  ⏎ sentences")
        elif isinstance(answer, UsageAnswer):
            set_frame(self._table, "Usage", "s back  ⏎ sentences")
        elif isinstance(answer, ContrastAnswer):
            set_frame(self._table, "Phrases that differ", "s usage  w texts  ⏎ sentences  Esc back")
        count = f"Sentences ({answer.found.total:,})" if isinstance(answer, SearchAnswer) else "Sentences"
        set_frame(self._sentences, count, _SENTENCE_KEYS)

    def _show_chips(self) -> None:
        """Say whose texts are looked at."""
        if self._view is not None:
            question = self._view.question
            chips = (
                contrast_chips(question.contrast)
                if question.contrast
                else chips_line(self._view.chips, question.filters.whose, self.size.width - 2)
            )
            self.query_one("#chips", Static).update(chips)

    def on_resize(self) -> None:
        """Fit the chips, the columns and the tally into the new width."""
        self._show_chips()
        self.call_after_refresh(self._fill)
        self.call_after_refresh(self._show_tally)
        self._show_context()

    def on_line_list_moved(self) -> None:
        """Show the passage of the sentence under the cursor."""
        self._show_context()

    def _show_context(self) -> None:
        """Show the passage of the found sentence under the cursor, in a window that is wide enough for both."""
        passage = self.query_one("#in-context", Static)
        line = self._sentences.under_cursor
        is_wide = self.size.width >= _WIDE_ENOUGH
        shown = (
            passage_in_full(self._answer, line) if is_wide and line and isinstance(self._answer, SearchAnswer) else None
        )
        passage.display = shown is not None
        if shown is not None:
            passage.update(shown)

    def _fill(self) -> None:
        """Set the rows in the columns that fit."""
        answer = self._answer
        if isinstance(answer, UsageAnswer):
            self._rows, headings = tuple(usage_rows(answer)), USAGE_HEADINGS
        elif isinstance(answer, RecurringAnswer):
            self._rows = tuple(recurring_rows(answer, self._expanded, self._forms))
            headings = recurring_headings(answer)
        elif isinstance(answer, ContrastAnswer) and self._view and self._view.question.contrast:
            question = self._view.question.contrast
            self._rows, headings = tuple(contrast_rows(question, answer)), contrast_headings(question)
        else:
            return
        room = self._table.scrollable_content_region.width or self.size.width
        self._table.fill(*fit_columns(headings, self._rows, room))

    def _show_tally(self) -> None:
        line, answer = self.query_one("#tally", Static), self._answer
        line.display = isinstance(answer, SearchAnswer) and bool(answer.found.hits)
        if isinstance(answer, SearchAnswer):
            line.update(tally_line(answer, max(self.size.width - 2, 20), self._tones))

    def _find_sentences(self, pause: float = 0.0) -> None:
        """Find the sentences of the row under the cursor."""
        row = self._row
        if row is not None:
            self.post_message(self.SideQuery(self, row.sentences, partial(self._show_sentences, row), pause))

    def _show_sentences(self, row: PhraseRow, sentences: CitedSentences) -> None:
        if self._row and row.words == self._row.words:
            self._sentences.fill(list(cited_lines(sentences)))
            set_frame(self._sentences, cited_title(sentences), _SENTENCE_KEYS)

    @property
    def _row(self) -> PhraseRow | None:
        """The row under the cursor."""
        return self._rows[self._table.row] if self._table.row < len(self._rows) else None

    # Focus

    def take_focus(self) -> None:
        """Focus the table or, if there is none, the sentences."""
        self.screen.set_focus(self._table if self._table.display else self._sentences)

    def start_search(self) -> bool:
        """Focus the box."""
        self.screen.set_focus(self.query_one(Input))
        return True

    def action_back(self) -> None:
        """Go back: from the sentences to the table, from a usage or a search to the recurring phrases."""
        if self._table.display and self.screen.focused is self._sentences:
            self.take_focus()
        elif self._used:
            self._show_usage_of(())
        elif self._contrast:
            self._contrast = None
            self.refresh_bindings()
            self.post_message(self.Selected(then="Authorities"))
        else:
            self.query_one(SearchBox).clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Return True for Esc while there is something to go back to in the pane."""
        if action != "back":
            return True
        in_sentences = self._table.display and self.screen.focused is self._sentences
        return bool(self._used or self._contrast or self.query_one(SearchBox).value) or in_sentences

    # Copying, pinning, exporting

    def answer(self) -> Answer | None:
        """Return the answer that is shown."""
        return self._answer

    def row(self) -> Pin | None:
        """Return the phrase or the group under the cursor."""
        row = self._row
        if row is None:
            return None
        if isinstance(self._answer, UsageAnswer):
            phrase = " or ".join(self._answer.usage.phrases)
            return Pin(kind="row", text=f"{phrase}: {row.words}", citation=self.source())
        if isinstance(self._answer, ContrastAnswer) and row.is_heading:
            return None
        return Pin(kind="phrase", text=row.words, citation=self.source())

    def source(self) -> str:
        """Return the searched texts in words."""
        answer = self._answer
        if isinstance(answer, ContrastAnswer):
            return f"A: {answer.group_a}; B: {answer.group_b}; {answer.description}"
        return compared_with(answer.description, answer.peers_description) if answer else self.TITLE

    # Keys

    def belongs_in_footer(self, action: str) -> bool:
        """Return False for the order and the forms of recurring phrases where others are shown, or no phrases."""
        if action == "narrow":
            return self._contrast is None
        is_of_recurring = action in ("order", "forms")
        return not is_of_recurring or self._answer is None or isinstance(self._answer, RecurringAnswer)

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no phrase, or no other form, for a key to work on."""
        answer = self._answer
        if action == "order" and not isinstance(answer, RecurringAnswer):
            return "Only recurring phrases have an order: empty the box, or press Esc, to see them."
        if action == "narrow" and self._contrast is not None:
            return "Filters work in a search and on recurring phrases: Esc leads back."
        if action == "says" and not self._used and not self._phrase_under_cursor:
            return "No phrase is under the cursor: choose a recurring phrase, or a sentence that was found."
        if action == "forms":
            phrase = self._row.phrase if self._row and isinstance(answer, RecurringAnswer) else None
            if phrase is None:
                return "Only recurring phrases have other forms: empty the box, or press Esc, to see them."
            if not phrase.variants:
                return (
                    f"\N{LEFT DOUBLE QUOTATION MARK}{phrase.phrase}\N{RIGHT DOUBLE QUOTATION MARK} has no other form."
                )
        return None

    def action_says(self) -> None:
        """Show the usage of the phrase under the cursor, or go back from it."""
        if self.check("says"):
            self._show_usage_of(() if self._used else self._phrase_under_cursor)

    def _show_usage_of(self, phrases: tuple[str, ...]) -> None:
        self._used = phrases
        self._wait()
        self.refresh_bindings()
        self.post_message(self.QueryChanged(self))

    @property
    def _phrase_under_cursor(self) -> tuple[str, ...]:
        """Return the phrase of the row with its other forms, or the words found in the sentence."""
        if isinstance(self._answer, SearchAnswer):
            line = self._sentences.under_cursor
            return (line.found.lower(),) if line and line.found else ()
        phrase = self._row.phrase if self._row else None
        return (phrase.phrase, *phrase.variants) if phrase else ()

    def action_forms(self) -> None:
        """Show or hide the other forms of the phrase under the cursor."""
        row, answer = self._row, self._answer
        if not self.check("forms") or row is None or row.phrase is None or not isinstance(answer, RecurringAnswer):
            return
        number, phrase = answer.recurring.index(row.phrase), row.phrase
        if number == self._expanded:
            self._show_forms(None, ())
            return
        forms, documents = (phrase.phrase, *phrase.variants), answer.documents
        show = partial(self._show_forms, number)
        self.post_message(self.SideQuery(self, lambda library: library.forms(forms, documents), show))

    def _show_forms(self, number: int | None, forms: Sequence[SurfaceForm]) -> None:
        """Show the forms of phrase `number` (None: of no phrase) and keep the cursor on its row."""
        phrase = self._row.phrase if self._row else None
        self._expanded, self._forms = number, forms
        self._fill()
        rows = (index for index, row in enumerate(self._rows) if row.phrase is phrase)
        self._table.move_cursor(next(rows, 0))
        self._find_sentences()

    @property
    def _whose_choices(self) -> dict[str, str]:
        """The values of `Filters.whose` that can be chosen now, in words."""
        cohort = self._selection.cohort
        compared = {"beside": f"this one compared with {cohort}"} if cohort else {}
        alone = {"cohort": f"{cohort} alone"} if cohort else {}
        return {**compared, "authority": "this authority", **alone, "all": "every authority"}

    def action_widen(self) -> None:
        """Search the next group of texts: the authority compared with the cohort, either alone, or all."""
        if self._contrast is not None:
            self._contrast = self._contrast.next_kind()
            self._ask_again()
            return
        choices = list(self._whose_choices)
        current = self._filters.whose
        following = choices.index(current) + 1 if current in choices else 0
        self._filters = replace(self._filters, whose=choices[following % len(choices)])
        self._ask_again()

    def on_click(self, event: Click) -> None:
        """Look at the texts of the chip that was clicked."""
        whose = event.style.meta.get(WHOSE)
        if whose in self._whose_choices:
            self._filters = replace(self._filters, whose=whose)
            self._ask_again()

    def action_order(self) -> None:
        """List recurring phrases in the next order."""
        if self.check("order"):
            orders = get_args(Order)
            self._order = orders[(orders.index(self._order) + 1) % len(orders)]
            self._ask_again()

    def _ask_again(self) -> None:
        """Ask again and show that: finding recurring phrases in a large store takes a second or two."""
        self.query_one("#found-where", Static).update(quiet(_SEARCHING))
        self._wait()
        self.post_message(self.QueryChanged(self))

    def action_narrow(self) -> None:
        """Choose filters."""
        if not self.check("narrow"):
            return
        self.post_message(self.SideQuery(self, lambda library: library.filter_values(), self._open_filters))

    def _open_filters(self, values: FilterValues) -> None:
        from tui.app.dialogs.filters import FiltersDialog

        def apply(chosen: Filters | None) -> None:
            if chosen is not None and chosen != self._filters:
                self._filters = chosen
                self._ask_again()

        self.app.push_screen(FiltersDialog(self._filters, self._whose_choices, values), apply)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        self._used, self._contrast, self._typing = (), None, True
        if not event.value:
            # The counts of the last search are not those of what comes.
            self.query_one("#found-where", Static).update(quiet(_SEARCHING))
        self._wait()
        self.post_message(self.QueryChanged(self, _PAUSE))

    def on_search_box_left(self, event: SearchBox.Left) -> None:
        """Search for the words as they stand: the last one is complete."""
        event.stop()
        if self._typing:
            self._typing = False
            self.post_message(self.QueryChanged(self))

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the sentences of another row."""
        event.stop()
        self._find_sentences(_SENTENCES_PAUSE)

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Go to the sentences of a row."""
        event.stop()
        self.screen.set_focus(self._sentences)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the source of a sentence."""
        event.stop()
        if event.line.evidence is None:
            self.post_message(self.Notify("There is no sentence here to open; the lines above say what to do."))
        else:
            self.open_source(event.line)


def _has_rows(answer: PhraseAnswer) -> bool:
    """Return whether an answer is shown as a table, with the sentences of one row."""
    if isinstance(answer, ContrastAnswer):
        return any(answer.phrases)
    return isinstance(answer, UsageAnswer) or (isinstance(answer, RecurringAnswer) and bool(answer.recurring))


def _headline(view: PhraseView) -> Content:
    """Return the line above the answer: how much was found, in which texts, with which filters."""
    filters, answer = view.question.filters, view.answer
    parts: list[tuple[str, str]] = []
    if isinstance(answer, SearchAnswer):
        parts.extend(search_headline(answer, view.whose))
        words = filters.words
    else:
        words = filters.words
        if filters.words_of_passages:
            words += f" ({filters.words_of_passages}: only in a search)"
        if isinstance(answer, UsageAnswer):
            parts.extend(usage_headline(answer, view.whose))
        elif isinstance(answer, ContrastAnswer):
            contrast = view.question.contrast
            parts.append((contrast_headline(contrast, answer) if contrast else answer.description, QUIET))
        else:
            parts.append((recurring_headline(answer, view.whose), QUIET))
    return Content.assemble(*parts, *([(f"  F: {words}", STRONG)] if words else []))


def _lines(view: PhraseView, tones: Tones) -> Iterator[ListLine]:
    """Return the sentences or, if there are none, the reason and the keys that help."""
    answer = view.answer
    if isinstance(answer, ContrastAnswer):
        some = "No phrase is used twice as much on one side as on the other."
        none = "No text of one side is stored, so nothing can be compared."
        yield ListLine(Content.styled(some if all(answer.documents) else none, STRONG))
        yield ListLine(quiet("A adds more reports from files. w compares other texts, Esc leads back."))
        return
    if isinstance(answer, SearchAnswer):
        yield from search_lines(answer, tones)
        if answer.found.hits:
            return
    elif isinstance(answer, RecurringAnswer):
        yield from nothing_recurs_lines(answer)
    if words := view.question.filters.words:
        yield ListLine(quiet(f"Filters: {words}. F, then Del and Enter, removes them."))
    if view.question.scope.authorities or view.question.scope.cohort:
        yield ListLine(quiet("w searches more texts, up to every authority; F chooses a region."))
    if not answer.documents:
        yield ListLine(
            quiet("A adds reports from files, D downloads those with a known address. a chooses another authority.")
        )
