"""The Phrases pane: recurring phrases with their sentences, the usage of a phrase, searches and filters."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Static

from reinspect.answers import Answer, Library
from reinspect.answers.scope import Scope
from reinspect.answers.search import SearchAnswer
from reinspect.exporting import render_sheet
from reinspect.model import Passage, Reading, SourceFacts
from reinspect.phrases.query import Hit, SearchResult
from reinspect.phrases.types import Order
from reinspect.record import Record
from store import Store
from tests.making.events import BARNET, ILACS_2022, ILACS_2025, SIF, VISIT, reading
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.app.filters import Filters
from tui.app.panes.phrase_table import sentence_line
from tui.app.panes.phrases import PhrasesPane
from tui.app.panes.recurring_phrases import recurring_headings, recurring_headline, recurring_rows
from tui.app.panes.scope_chips import ScopeChip, chips_line
from tui.app.panes.search_results import passage_in_full
from tui.app.reader_screen import ReaderScreen

WEAK = (
    "Management oversight is weak and plans are left to drift.",
    "Supervision notes are kept late in some teams.",
    "Social workers see children often and know them well.",
)
STRONG = (
    "Managerial oversight is now strong in most teams.",
    "Supervision notes are kept well and read by all.",
    "Children take part in family meetings.",
)
ELSEWHERE = ("Family meetings are held early.", "Supervision notes are short but plain.", "Managers listen to staff.")


@pytest.fixture
def store(tmp_path: Path, record: Record) -> Store:
    """Four texts of Camden and one of Barnet, in which some phrases recur; the first line of each is to improve."""
    store = Store.open(tmp_path / "store", record=record)
    texts = (
        ("camden", ILACS_2025, STRONG, "report"),
        ("camden", ILACS_2022, WEAK, "report"),
        ("camden", SIF, WEAK, "report"),
        ("camden", VISIT, STRONG[:2], "letter"),
        ("barnet", BARNET, ELSEWHERE, "report"),
    )
    store.add([_text(slug, facts, lines, kind) for slug, facts, lines, kind in texts])
    return store


def _text(slug: str, facts: SourceFacts, lines: tuple[str, ...], kind: str) -> Reading:
    page = "\n".join(("Grades below", *lines, f"Printed in {facts.windows[0].start.year}."))
    text = reading((page,), slug, facts, kind=kind)
    passages = [
        replace(passage, role="improvement") if passage.text == lines[0] else passage for passage in text.passages
    ]
    return replace(text, passages=tuple(passages))


CAMDEN = Scope(authorities=("camden",))


@pytest.fixture
def library(store: Store) -> Library:
    return Library(store)


def exported(answer: Answer) -> str:
    return render_sheet(answer.sheet(), "text", width=100)


def lines_of(person: Person, first: str) -> list[str]:
    """Return the rows of the table from the first one that starts with these words."""
    rows = [line.strip("│ ") for line in person.sees.split("\n")]
    at = next(number for number, row in enumerate(rows) if row.startswith(first))
    return rows[at:]


# Recurring phrases


async def test_a_recurring_phrase_is_listed_with_its_years_and_sentences(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4")
        assert person.sees_in_line("4 texts of Camden, of 2017 to 2025, most criticised first")
        assert person.sees_in_line("managerial oversight", "4 of 4", "▆▆···▆··▆")
        assert person.sees_in_line("Sentences (4)")
        assert person.sees_in_line("Managerial oversight is now strong in most teams.")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 1, para 2")


async def test_moving_to_another_row_shows_its_sentences(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "G")
        assert not person.sees_in_line("Managerial oversight is now strong in most teams.")


async def test_enter_goes_to_the_sentences_and_then_to_the_words_in_the_source(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "enter", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("▌ Managerial oversight is now strong in most teams.")
        assert person.sees_in_line("1 of 1 found", "page 1 of 1")
        await person.presses("escape", "escape")
        assert app.screen.focused is app.screen.query_one("#recurring")


async def test_v_lists_the_printed_forms_with_their_counts(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "plus")
        assert person.sees_in_line("  management oversight", "2 ", "▆····▆···")
        assert person.sees_in_line("  managerial oversight", "2 ", "·▆······▆")
        await person.presses("j", "j")
        assert person.sees_in_line("Sentences (2)")
        assert not person.sees_in_line("Managerial oversight is now strong in most teams.")
        await person.presses("equals_sign")
        assert not person.sees_in_line("    managerial oversight")


async def test_a_wide_window_shows_all_columns_and_the_sentences_next_to_the_table(app: ReinspectApp) -> None:
    async with person_at(app, 48, 24) as person:
        await person.presses("4")
        assert person.sees_in_line("managerial oversight", "4 of 4", "▆▆···▆··▆")
        assert not person.sees_in_line("Inspections", "Times", "Forms")
        await person.resizes(120, 40)
        assert person.sees_in_line("Inspections", "Times", "Forms", "│")
        assert person.sees_in_line("Recurring phrases (", "Sentences (4)")


async def test_distinctive_phrases_have_their_measures_and_base_rate(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "o", "o")
        assert person.sees_in_line("most distinctive first")
        assert person.sees_in_line("Elsewhere", "Times", "How")


# The usage of a phrase


async def test_s_shows_the_usage_by_group_year_and_grade(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "s")
        assert person.sees_in_line("Usage of “managerial oversight” and 1 more form", "in 4 texts of Camden")
        assert person.sees_in_line("All texts, 4 times", "━━━━━━", "4 of 4", "100 %")
        assert person.sees_in_line("All other authorities", "0 of 1", "0 %")
        assert person.sees_in_line("Statistical neighbours", "0 of 1", "–", "○○○")
        assert person.sees_in_line("By grade of strand", "strands")
        assert person.sees_in_line("Requires improvement", "2 of 2", "100 %")


async def test_a_row_of_the_usage_shows_the_sentences_of_that_row_only(app: ReinspectApp) -> None:
    async with person_at(app, 200, 40) as person:
        await person.presses("4", "s")
        rows = lines_of(person, "All texts")
        down = next(number for number, row in enumerate(rows) if row.startswith("2022"))
        await person.presses(*["j"] * down)
        assert person.sees_in_line("2022", "1 of 1", "││")
        assert person.sees_in_line("Sentences (1)")
        assert "ILACS inspection 25-29 April 2022" in person.sees
        assert "focused visit 15-16 May 2018" not in person.sees
        await person.presses("y")
        assert app.clipboard.startswith(
            "managerial oversight or management oversight: 2022: 1 of 1 inspections (100 %)"
        )


async def test_escape_goes_from_a_usage_to_the_recurring_phrases(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "s", "enter", "escape", "escape")
        assert person.sees_in_line("4 texts of Camden")


async def test_escape_goes_from_a_search_to_the_recurring_phrases(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("oversight")
        await person.presses("enter")
        assert person.sees_in_line("sentence", "texts of Camden")
        await person.presses("escape")
        assert person.sees_in_line("Recurring phrases (")


async def test_s_shows_the_usage_of_the_words_found(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("supervison notes")
        await person.presses("enter", "s")
        assert person.sees_in_line("Usage of “supervision notes” in 4 texts of Camden")
        await person.presses("escape")
        assert person.sees_in_line("4 sentences", "in 4 of 4 texts of Camden")


# Searches


async def test_counts_by_year_and_authority_are_shown_above_the_sentences(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "w", "slash")
        await person.types("supervision notes")
        assert person.sees_in_line("5 sentences", "in 5 of 5 texts of every authority")
        assert person.sees_in_line("By year: 2017-2019, 2022, 2025, 1 inspection each")
        assert person.sees_in_line("By authority (2): Camden 4 in 4, Barnet 1 in 1")


def test_the_answers_shown_can_be_exported(library: Library) -> None:
    found = library.search("oversight", Scope(authorities=("camden",), improvements=True, since="2022"))
    assert "Searched: 2 texts of Camden since 2022, of 2022 to 2025, only what is to improve." in exported(found)
    assert "Inspections by year: 2022 1, 2025 1" in exported(found)
    usage = library.usage("supervision notes", scope=CAMDEN)
    assert "supervision notes" in exported(usage)
    assert [record["inspections"] for record in usage.records()] == [4]
    assert "managerial oversight" in exported(library.recurring(CAMDEN))


# Filters


async def test_filters_are_chosen_with_the_arrow_keys_and_stay_in_view(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("supervision notes")
        await person.presses("enter", "F", "down", "right")
        assert person.sees_in_line("Passages", "‹ only what needs to improve ›")
        assert person.sees_in_line("Only what is to improve")
        await person.presses("enter")
        assert person.sees_in_line("Nothing was found.")
        assert person.sees_in_line("F: only what is to improve")
        assert person.sees_in_line("Filters: only what is to improve. F, then Del and Enter, removes them.")
        await person.presses("enter")
        assert told(app).startswith("There is no sentence here to open")
        await person.presses("F", "delete", "j", "j", "j", "l", "l")
        assert person.sees_in_line("In letters")
        await person.presses("enter")
        assert person.sees_in_line("1 sentence", "in 1 of 1 text of Camden", "F: in letters")


async def test_recurring_phrases_are_filtered_by_year(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("4", "F", "j", "j", "j", "j", "j", "l", "l", "l", "l", "enter")
        assert person.sees_in_line("2 texts of Camden since 2022")
        assert person.sees_in_line("F: since 2022")


async def test_a_region_is_chosen_in_the_same_dialog(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "F", "l", "l")
        assert person.sees_in_line("Whose texts", "‹ London ›")
        await person.presses("enter")
        assert person.sees_in_line("5 texts of", "authorities (authorities of London)")
        await person.presses("w")
        assert person.sees_in_line("4 texts of Camden")


# The authority compared with a group


async def compares_with(person: Person, cohort: str) -> None:
    await person.presses("f")
    await person.types(cohort)
    await person.presses("enter", "4")


async def test_with_a_group_each_recurring_phrase_is_counted_in_both(app: ReinspectApp) -> None:
    async with person_at(app, 100, 24) as person:
        await compares_with(person, "barnet")
        assert person.sees_in_line("Camden", "with Barnet (1)")
        assert person.sees_in_line("4 texts of Camden, of 2017 to 2025, compared with 1 text (Barnet), of 2019")
        assert person.sees_in_line("Phrase", "Inspections", "Group")
        assert person.sees_in_line("management oversight", "4 of 4", "0 of 1")
        assert person.sees_in_line("supervision notes", "4 of 4", "1 of 1")


async def test_a_search_shows_sentences_of_the_authority_before_those_of_the_group(app: ReinspectApp) -> None:
    async with person_at(app, 100, 40) as person:
        await compares_with(person, "barnet")
        await person.presses("slash")
        await person.types("supervision notes")
        assert person.sees_in_line("5 sentences", "in 4 of 4 texts of Camden", "compared with 1 of 1 text (Barnet)")
        assert person.sees.index("4 sentences in 4 texts of Camden") < person.sees.index(
            "1 sentence in 1 text (Barnet)"
        )
        assert person.sees.index("Supervision notes are kept well") < person.sees.index("Supervision notes are short")


async def test_w_searches_the_authority_then_the_group_then_all_texts(app: ReinspectApp) -> None:
    async with person_at(app, 100, 24) as person:
        await compares_with(person, "barnet")
        await person.presses("w")
        assert person.sees_in_line("4 texts of Camden, of 2017 to 2025, most criticised first")
        await person.presses("w")
        assert person.sees_in_line("1 text (Barnet)")
        assert person.sees_in_line("Only one text is stored here; a phrase recurs in two or more.")
        await person.presses("w")
        assert person.sees_in_line("5 texts of every authority")


async def test_the_usage_of_a_phrase_lists_the_group_first(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await compares_with(person, "barnet")
        await person.presses("s")
        rows = lines_of(person, "All texts")
        assert rows[1].startswith("Barnet")
        assert rows[2].startswith("Statistical")


@pytest.mark.parametrize("order", ["issues", "distinctive"])
def test_a_group_without_a_stored_text_is_not_counted(library: Library, order: Order) -> None:
    answer = library.recurring(Scope(authorities=("camden",), peers="barnet since:2050"), order=order)
    assert "compared with 0 texts" in recurring_headline(answer, "5 texts")
    assert "Group" not in [heading.label for heading in recurring_headings(answer)]
    assert not any("group" in row.words for row in recurring_rows(answer, None, ()))


def test_an_export_names_the_group_and_counts_it(library: Library) -> None:
    scope = Scope(authorities=("camden",), peers="barnet")
    assert "compared with 1 text (Barnet), of 2019" in exported(library.recurring(scope))
    assert "Elsewhere" in exported(library.recurring(scope))
    assert "Barnet, ILACS inspection" in exported(library.search("supervision notes", scope))


def test_filters_are_described_in_words() -> None:
    assert Filters().words == ""
    all_filters = Filters(
        improvements=True, strand="help", kind="coverage", framework="sif", since="2014", until="2016"
    )
    assert all_filters.words == (
        "only what is to improve, on help and protection, in coverage, under SIF, since 2014, until 2016"
    )


# Several words that find nothing together


def test_words_that_find_nothing_together_are_counted_alone(library: Library) -> None:
    found = library.search('supervision lanterns "family meetings"', Scope(authorities=("barnet",)))
    assert found.alone == (("supervision", 1), ("lanterns", 0), ("family meetings", 1))
    words = "Alone: “supervision” in 1 sentence, “lanterns” in none, “family meetings” in 1 sentence."
    assert words in exported(found).replace("\n", " ")


@pytest.mark.parametrize("query", ["supervision", "supervision notes", "lanterns zebras", "the supervision", ""])
def test_words_are_not_counted_alone_where_that_says_nothing_new(library: Library, query: str) -> None:
    found = library.search(query, Scope(authorities=("barnet",)))
    assert found.alone == ()
    assert "Alone" not in exported(found)


async def test_a_search_that_finds_nothing_says_which_word_is_rare(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("oversight lanterns")
        await person.presses("enter")
        assert person.sees_in_line("Nothing was found.")
        assert person.sees_in_line("Alone: “oversight” in 4 sentences, “lanterns” in none.")


# Keys that do nothing


async def test_a_key_that_does_nothing_says_why(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("zebra")
        await person.presses("enter", "s")
        assert told(app).startswith("No phrase is under the cursor")
        await person.presses("o")
        assert told(app).startswith("Only recurring phrases have an order")
        await person.presses("plus")
        assert told(app).startswith("Only recurring phrases have other forms")


# The focus


async def test_an_answer_does_not_take_the_focus_from_the_search_box(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4")
        pane = app.screen.query_one(PhrasesPane)
        table, box = app.screen.query_one("#recurring"), app.screen.query_one("#query", Input)
        assert app.screen.focused is table
        assert pane._view is not None
        app.screen.set_focus(box)
        assert table.has_focus, "Textual has not yet told the table that it lost the focus"
        pane.show(pane._view)
        assert app.screen.focused is box


async def test_a_question_that_takes_long_shows_a_moving_bar(
    app: ReinspectApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4")
        pane = app.screen.query_one(PhrasesPane)
        pane._wait()
        pane._wait_timer.pause()  # the steps are made here
        for _ in range(2):
            pane._show_waiting()
        await person.waits()
        assert person.sees_in_line("Searching the stored texts  ▱", "▰▰")
        pane.say_index_work("Making the index ready: 90 of 316 texts")
        pane._show_waiting()
        await person.waits()
        assert person.sees_in_line("Making the index ready: 90 of 316 texts  ▱", "▰▰")
        await person.presses("o")
        assert "▰" not in person.sees
        assert not pane.has_class("-waiting")


async def test_a_wide_window_shows_the_whole_passage_of_the_sentence_under_the_cursor(app: ReinspectApp) -> None:
    async with person_at(app, 150, 40) as person:
        await person.presses("slash", *"supervision notes", "enter")
        assert person.sees_in_line("Sentences (", "The whole passage")
        shown = app.screen.query_one("#in-context", Static)
        first = str(shown.visual)
        assert "Supervision notes are kept" in first
        await person.presses("down")
        assert str(shown.visual) != first
        assert "Camden, " in str(shown.visual)
        await person.presses("escape")
        assert "The whole passage" not in person.sees


async def test_a_usual_window_has_no_room_for_the_whole_passage(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("slash", *"supervision notes", "enter")
        assert "The whole passage" not in person.sees


async def test_the_last_word_is_complete_once_the_box_is_left(app: ReinspectApp, library: Library) -> None:
    """While a person types "no", it may become "notes"; after Enter the count is that of the command."""
    words = "supervision no"
    typing, complete = (library.search(words, CAMDEN, typing=typing).found.total for typing in (True, False))
    assert typing > complete
    async with person_at(app) as person:
        await person.presses("slash", *(letter if letter != " " else "space" for letter in words))
        shown = app.screen.query_one(PhrasesPane).answer()
        assert isinstance(shown, SearchAnswer)
        assert shown.found.total == typing
        await person.presses("enter")
        shown = app.screen.query_one(PhrasesPane).answer()
        assert isinstance(shown, SearchAnswer)
        assert shown.found.total == complete


def test_of_two_sentences_of_a_passage_the_one_under_the_cursor_is_in_bold(library: Library) -> None:
    hits = [
        Hit(
            score=100.0,
            document="a" * 64,
            number=0,
            page=1,
            phrase="notes",
            spans=((start, start + 5),),
            context=(first, end),
            passage=Passage(
                document="a" * 64, page=1, start=0, end=32, text="Late notes. Notes are kept well.", role="finding"
            ),
        )
        for first, end, start in ((0, 11, 5), (12, 32, 12))
    ]
    answer = library.search("zebra crossing")
    shown = replace(answer, found=SearchResult(hits=tuple(hits)), citations=("one", "two"))
    line = sentence_line(hits[1], "two")
    content = passage_in_full(shown, line)
    assert content is not None
    bold = [span for span in content.spans if "bold" in str(span.style)]
    assert content.plain[bold[0].start : bold[0].end] == "Notes are kept well."
    assert passage_in_full(answer, line) is None


async def test_words_that_come_back_before_the_search_leave_no_line_that_is_waiting(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("slash", *"kept")
        box = app.screen.query_one("#query", Input)
        box.value = ""
        box.value = "kept"
        await person.presses("enter")
        assert "Searching the stored texts" not in person.sees


@pytest.mark.parametrize(
    ("room", "why"),
    [
        (90, "  4 of 5: one for each inspection of social care"),
        (70, "  4 of 5: one for each inspection"),
        (40, "  4 of 5"),
        (30, ""),
    ],
)
def test_the_chips_say_in_one_line_why_fewer_texts_are_counted_than_there_are(room: int, why: str) -> None:
    words = ("4 of 5: one for each inspection of social care", "4 of 5: one for each inspection", "4 of 5")
    chips = (ScopeChip("authority", "Camden", 6), ScopeChip("all", "all", 4, words))
    assert chips_line(chips, "all", room).plain == f" Camden 6  [all 4]  w texts{why}"
    assert chips_line(chips, "authority", room).plain == "[Camden 6]  all 4   w texts"


async def test_a_click_on_a_chip_looks_at_its_texts(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4")
        chips = app.screen.query_one("#chips")
        (line,) = [line for line in person.sees.split("\n") if "[Camden" in line]
        assert "[all" not in line
        await person.clicks(chips, line.index(" all ") + 1, 0)
        assert person.sees_in_line("[all")
        await person.clicks(chips, line.index("Camden"), 0)
        assert person.sees_in_line("[Camden")
