"""Phrases in the app: what recurs with the sentences beside it, what a phrase says, and where one looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from reinspect.exporting import render_sheet
from reinspect.model import Reading, SourceFacts
from reinspect.phrases.types import Order
from reinspect.record import Record
from store import Store
from tests.making.events import BARNET, ILACS_2022, ILACS_2025, SIF, VISIT, reading
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.app.filters import Filters
from tui.app.panes.phrase_lines import told as told_of
from tui.app.panes.phrase_rows import recurring_entries, recurring_headings
from tui.app.panes.phrases import PhrasesPane
from tui.app.reader_screen import ReaderScreen
from tui.phrase_answers import PhraseAnswer, PhraseQuestion, RecurringAnswer, SentenceAnswer, UsageAnswer
from tui.phrases import PhraseBook

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
    told = reading((page,), slug, facts, kind=kind)
    listed = [replace(each, role="improvement") if each.text == lines[0] else each for each in told.passages]
    return replace(told, passages=tuple(listed))


@pytest.fixture
def book(store: Store) -> PhraseBook:
    return PhraseBook(store)


def exported(answer: PhraseAnswer) -> str:
    return render_sheet(answer.sheet(), "text", width=100)


def lines_of(person: Person, first: str) -> list[str]:
    """The rows of the table from the one that begins so."""
    rows = [line.strip() for line in person.sees.split("\n")]
    at = next(number for number, row in enumerate(rows) if row.startswith(first))
    return rows[at:]


# What recurs


async def test_what_recurs_stands_with_its_years_and_the_sentences_that_hold_it(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4")
        assert person.sees_in_line("What recurs in 4 texts of Camden, of 2017 to 2025, what is criticised first")
        assert person.sees_in_line("managerial oversight", "4 of 4", "██···█··█")
        assert person.sees_in_line("4 sentences")
        assert person.sees_in_line("Managerial oversight is now strong in most teams.")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 1, para 2")


async def test_another_row_shows_its_own_sentences(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "G")
        assert not person.sees_in_line("Managerial oversight is now strong in most teams.")


async def test_enter_goes_to_the_sentences_and_from_there_to_the_source_at_the_words(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "enter", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("▌ Managerial oversight is now strong in most teams.")
        assert person.sees_in_line("1 of 1 found", "page 1 of 1")
        await person.presses("escape", "escape")
        assert app.screen.focused is app.screen.query_one("#recurring")


async def test_v_unfolds_the_printed_forms_each_with_its_own_count(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "v")
        assert person.sees_in_line("  management oversight", "2 ", "█····█···")
        assert person.sees_in_line("  managerial oversight", "2 ", "·█······█")
        await person.presses("j", "j")
        assert person.sees_in_line("2 sentences")
        assert not person.sees_in_line("Managerial oversight is now strong in most teams.")
        await person.presses("v")
        assert not person.sees_in_line("  managerial oversight")


async def test_columns_give_way_by_importance_and_the_sentences_move_beside_the_table(app: ReinspectApp) -> None:
    async with person_at(app, 48, 24) as person:
        await person.presses("4")
        assert person.sees_in_line("managerial oversight", "4 of 4", "██···█··█")
        assert not person.sees_in_line("Inspections", "Times", "Forms")
        await person.resizes(120, 40)
        assert person.sees_in_line("Inspections", "Times", "Forms", "│", "4 sentences")


async def test_distinctive_phrases_have_their_measures_and_base_rate(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "o", "o")
        assert person.sees_in_line("what sets them apart from all others first")
        assert person.sees_in_line("Elsewhere", "Log", "Bound")


# What a phrase says


async def test_s_tells_who_uses_a_phrase_when_and_of_what_grade(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "s")
        assert person.sees_in_line("What “managerial oversight” and 1 more form says", "in 4 texts of Camden")
        assert person.sees_in_line("All read, 4 times", "████████", "4 of 4", "100 %")
        assert person.sees_in_line("All other authorities", "0 of 1", "0 %")
        assert person.sees_in_line("Statistical neighbour", "0 of 1", "+1.6 (0)")
        assert person.sees_in_line("By grade of strand", "strands")
        assert person.sees_in_line("Requires improvement", "2 of 2", "100 %")


async def test_a_row_of_it_shows_the_sentences_of_that_group_alone(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "s")
        rows = lines_of(person, "All read")
        down = next(number for number, row in enumerate(rows) if row.startswith("2022"))
        await person.presses(*["j"] * down)
        assert person.sees_in_line("2022", "1 of 1", "│ ")
        assert person.sees_in_line("│ 1 sentence")
        assert "ILACS inspection 25-29 April 2022" in person.sees
        assert "focused visit 15-16 May 2018" not in person.sees
        await person.presses("y")
        assert app.clipboard.startswith(
            "managerial oversight or management oversight: 2022: 1 of 1 inspections (100 %)"
        )


async def test_escape_leads_back_to_what_recurs(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "s", "enter", "escape", "escape")
        assert person.sees_in_line("What recurs in 4 texts of Camden")


async def test_escape_leads_from_a_search_to_what_recurs(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("oversight")
        await person.presses("enter")
        assert person.sees_in_line("sentence", "texts of Camden")
        await person.presses("escape")
        assert person.sees_in_line("What recurs in")


async def test_what_the_words_of_a_sentence_found_say(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("supervison notes")
        await person.presses("enter", "s")
        assert person.sees_in_line("What “supervision notes” says in 4 texts of Camden")
        await person.presses("escape")
        assert person.sees_in_line("4 sentences", "in 4 of 4 texts of Camden")


# What was found


async def test_counts_by_year_and_by_authority_stand_above_what_was_found(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "w", "slash")
        await person.types("supervision notes")
        assert person.sees_in_line("5 sentences", "in 5 of 5 texts of every authority")
        assert person.sees_in_line("By year: 2017-2019, 2022, 2025, 1 inspection each")
        assert person.sees_in_line("Of 2 authorities: Camden 4 in 4, Barnet 1 in 1")


def test_an_export_is_what_is_shown(book: PhraseBook) -> None:
    narrowed = PhraseQuestion(
        sought="oversight", authority="camden", narrowing=Filters(improvements=True, since="2022")
    )
    found = book.answer(narrowed)
    assert isinstance(found, SentenceAnswer)
    assert "Searched: 2 texts of Camden since 2022, of 2022 to 2025, only what needs to improve." in exported(found)
    assert "Inspections by year: 2022 1, 2025 1" in exported(found)
    said = book.answer(PhraseQuestion(says=("supervision notes",), authority="camden"))
    assert isinstance(said, UsageAnswer)
    assert "What a phrase says: supervision notes" in exported(said)
    assert [each["inspections"] for each in book.objects(said)] == [4]
    recurs = book.answer(PhraseQuestion(authority="camden"))
    assert isinstance(recurs, RecurringAnswer)
    assert "managerial oversight" in exported(recurs)


# Where one looks


async def test_narrowing_down_is_done_by_arrows_and_stays_in_sight(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("supervision notes")
        await person.presses("enter", "F", "down", "right")
        assert person.sees_in_line("Passages", "‹ only what needs to improve ›")
        assert person.sees_in_line("Only what needs to improve")
        await person.presses("enter")
        assert person.sees_in_line("Nothing was found.")
        assert person.sees_in_line("F: only what needs to improve")
        assert person.sees_in_line("Narrowed to: only what needs to improve. F, then d and Enter, clears that.")
        await person.presses("enter")
        assert told(app).startswith("There is no sentence here to open")
        await person.presses("F", "d", "j", "j", "j", "l", "l")
        assert person.sees_in_line("In letters")
        await person.presses("enter")
        assert person.sees_in_line("1 sentence", "in 1 of 1 text of Camden", "F: in letters")


async def test_what_recurs_is_narrowed_by_framework_and_years(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "F", "j", "j", "j", "j", "j", "l", "l", "l", "l", "enter")
        assert person.sees_in_line("What recurs in 2 texts of Camden since 2022")
        assert person.sees_in_line("F: since 2022")


async def test_a_region_is_chosen_in_the_same_place(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "F", "l", "l")
        assert person.sees_in_line("Whose texts", "‹ London ›")
        await person.presses("enter")
        assert person.sees_in_line("What recurs in 5 texts (authorities of London)")
        await person.presses("w")
        assert person.sees_in_line("What recurs in 4 texts of Camden")


# The cohort beside one's own


async def sets_beside(person: Person, cohort: str) -> None:
    await person.presses("f")
    await person.types(cohort)
    await person.presses("enter", "4")


async def test_with_a_cohort_what_recurs_is_ones_own_and_each_phrase_is_counted_beside_it(app: ReinspectApp) -> None:
    async with person_at(app, 100, 24) as person:
        await sets_beside(person, "barnet")
        assert person.sees_in_line("Camden", "compared with barnet")
        assert person.sees_in_line("What recurs in 4 texts of Camden, of 2017 to 2025, beside 1 text (Barnet), of 2019")
        assert person.sees_in_line("Phrase that recurs", "Inspections", "Beside")
        assert person.sees_in_line("management oversight", "4 of 4", "0 of 1")
        assert person.sees_in_line("supervision notes", "4 of 4", "1 of 1")


async def test_a_search_finds_ones_own_sentences_first_and_then_the_cohorts(app: ReinspectApp) -> None:
    async with person_at(app, 100, 40) as person:
        await sets_beside(person, "barnet")
        await person.presses("slash")
        await person.types("supervision notes")
        assert person.sees_in_line("5 sentences", "in 4 of 4 texts of Camden", "beside 1 of 1 text (Barnet)")
        assert person.sees.index("Of Camden: 4 sentences") < person.sees.index("Of the cohort beside it: 1 sentence")
        assert person.sees.index("Supervision notes are kept well") < person.sees.index("Supervision notes are short")


async def test_w_leaves_the_cohort_out_then_ones_own_and_then_nobody(app: ReinspectApp) -> None:
    async with person_at(app, 100, 24) as person:
        await sets_beside(person, "barnet")
        await person.presses("w")
        assert person.sees_in_line("What recurs in 4 texts of Camden, of 2017 to 2025, what is criticised first")
        await person.presses("w")
        assert person.sees_in_line("What recurs in 1 text (Barnet)")
        assert person.sees_in_line("One text is held here, and what recurs stands in two at least.")
        await person.presses("w")
        assert person.sees_in_line("What recurs in 5 texts of every authority")


async def test_what_a_phrase_says_sets_the_cohort_beside_it_first(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await sets_beside(person, "barnet")
        await person.presses("s")
        rows = lines_of(person, "All read")
        assert rows[1].startswith("Barnet")
        assert rows[2].startswith("Statistical neighbours")


@pytest.mark.parametrize("order", ["issues", "distinctive"])
def test_a_cohort_of_which_no_text_is_held_is_counted_nowhere(book: PhraseBook, order: Order) -> None:
    answer = book.answer(PhraseQuestion(authority="camden", cohort="barnet since:2050", order=order))
    assert isinstance(answer, RecurringAnswer)
    assert "beside 0 texts" in told_of(answer).plain
    assert "Beside" not in [heading.label for heading in recurring_headings(answer)]
    assert not any("beside" in entry.words for entry in recurring_entries(answer, None, ()))


def test_what_is_exported_names_the_cohort_and_counts_it(book: PhraseBook) -> None:
    asked = PhraseQuestion(authority="camden", cohort="barnet")
    assert "beside 1 text (Barnet), of 2019" in exported(book.answer(asked))
    assert "Elsewhere" in exported(book.answer(asked))
    assert "Barnet, ILACS inspection" in exported(book.answer(replace(asked, sought="supervision notes")))


def test_a_narrowing_says_itself_in_words() -> None:
    assert Filters().words == ""
    everything = Filters(improvements=True, strand="help", kind="coverage", framework="sif", since="2014", until="2016")
    assert everything.words == (
        "only what needs to improve, on help and protection, in coverage, under SIF, since 2014, until 2016"
    )


# Keys that can do nothing


async def test_keys_of_the_pane_say_why_they_do_nothing(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        await person.types("zebra")
        await person.presses("enter", "s")
        assert told(app).startswith("There is no phrase under the cursor")
        await person.presses("o")
        assert told(app).startswith("The order is that of what recurs")
        await person.presses("v")
        assert told(app).startswith("Forms are those of a phrase that recurs")


# The focus


async def test_an_answer_that_comes_while_the_focus_moves_does_not_take_it_back(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("4")
        pane = app.screen.query_one(PhrasesPane)
        table, box = app.screen.query_one("#recurring"), app.screen.query_one("#sought", Input)
        assert app.screen.focused is table
        assert pane._answer is not None
        app.screen.set_focus(box)
        assert table.has_focus, "the table has not heard yet that it lost the focus"
        pane.show(pane._answer)
        assert app.screen.focused is box
