"""The app as a person uses it: press keys, read the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, OptionList

from reinspect.answers import Library
from reinspect.answers.search import SearchAnswer
from reinspect.errors import StoreCorruptError
from reinspect.model import Pin
from reinspect.record import Record
from store import Store
from tests.making.events import SIF, reading
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp, run
from tui.app.main_screen import MainScreen
from tui.app.reader_screen import ReaderScreen
from tui.app.widgets.notice import Notice
from tui.streams import SUFFIXES, FileFormat

# Timeline


async def test_the_app_opens_on_the_authority_with_most_documents(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        assert person.sees_in_line("Camden", "London", "record as of")
        assert person.sees_in_line("2017", "2018", "2022", "2025")


async def test_the_latest_graded_inspection_is_described_below_the_table(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        assert "ILACS inspection 3-7 March 2025, published 15 April 2025" in person.sees
        assert person.sees_in_line("Help and protection: ▲ Requires improvement", "p. 1")
        assert person.sees_in_line("delay for children in pre-proceedings", "(Principle 1)", "p. 2, para 4")


async def test_left_goes_to_the_previous_event_which_may_be_a_visit(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("left", "h")
        assert "Focused visit 15-16 May 2018" in person.sees
        assert "Looked at: front door" in person.sees


async def test_a_grade_without_a_text_says_what_to_do_next(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        await person.presses("left", "left", "left")
        assert person.sees_in_line("No text is stored for this inspection")
        assert person.sees_in_line("A adds")


async def test_grades_are_joined_by_a_line_along_the_years_and_the_last_change_is_said(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert person.sees_in_line("2017", "'20", "2022", "'24", "2025", "since last")
        assert person.sees_in_line("Leaders", "● G ──", "┊──", "◆ O ──", "◆ O", "→ same")
        assert person.sees_in_line("Children in care", "↗ 1 above joint")
        assert person.sees_in_line("Care leavers", "→ same as joint")


async def test_what_was_asked_is_compared_with_the_inspection_before(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert person.sees_in_line("2022 → 2025: what was asked")
        assert person.sees_in_line("Asked to improve: 1 in 2022, 1 in 2025")
        assert person.sees_in_line("+ Not asked in 2022 (1)")
        assert person.sees_in_line("Not asked again (1), which does not mean solved")
        assert person.sees_in_line("2022  the oversight of records")


async def test_plus_shows_the_strands_of_older_inspections_and_hides_them_again(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert person.sees_in_line("+ 1 older strand")
        assert not person.sees_in_line("Adoption")
        await person.presses("plus")
        assert person.sees_in_line("Adoption", "◆ O")
        await person.presses("plus")
        assert not person.sees_in_line("Adoption")


async def test_enter_on_a_grade_opens_the_page_that_prints_it_and_escape_leads_back(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 1")
        assert person.sees_in_line("▌ Grades below")
        await person.presses("escape")
        assert "2 Compare" in person.sees


async def test_enter_on_a_visit_opens_its_letter_or_says_that_a_visit_gives_no_grades(
    app: ReinspectApp, store: Store
) -> None:
    async with person_at(app) as person:
        main = app.screen
        assert isinstance(main, MainScreen)
        await person.presses("left", "left", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("Camden, focused visit 15-16 May 2018, p. 1")
        await person.presses("escape")
        visit = next(each for each in store.inspections("camden") if each.framework == "focused-visit")
        assert visit.primary_text is not None
        store.remove(visit.primary_text)
        await main.refresh_from_store()
        await person.waits()
        await person.presses("enter")
        assert told(app) == "A visit gives no grades. Its letter has not been added yet: A adds it."


async def test_enter_on_what_is_to_improve_opens_the_page_that_lists_it(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("G", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 2")


async def test_c_compares_with_the_graded_inspection_before(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("left", "c")
        assert person.sees_in_line("A SIF inspection 11 September - 5 October 2017")
        assert person.sees_in_line("B ILACS inspection 25-29 April 2022")


# Compare


async def test_compare_begins_with_the_latest_two_graded_inspections(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2")
        assert person.sees_in_line("A ILACS inspection 25-29 April 2022")
        assert person.sees_in_line("B ILACS inspection 3-7 March 2025")
        assert person.sees_in_line("Overall", "◆ O", "● G", "↘ 1 down")
        assert person.sees_in_line("Leaders", "→ same")


async def test_every_caveat_in_the_table_is_explained_in_full(app: ReinspectApp) -> None:
    async with person_at(app, 100, 40) as person:
        await person.presses("2")
        assert person.sees_in_line("Care leavers", "K7")
        assert person.sees_in_line("K7", "Until December 2022 children in care and care leavers shared one grade.")


async def test_a_swapped_pair_says_in_which_direction_changes_are_described(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2")
        assert not person.sees_in_line("changes go from")
        await person.presses("x")
        assert person.sees_in_line("A is the later inspection: changes go from B to A.")


async def test_an_inspection_is_never_compared_with_itself(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "right_square_bracket")
        assert str(app.screen.query_one(Notice).content) == "The newer one is B already; x swaps them."
        await person.presses("right_curly_bracket")
        assert str(app.screen.query_one(Notice).content) == "No newer graded inspection is stored for B."
        await person.presses("x", "right_curly_bracket")
        assert str(app.screen.query_one(Notice).content) == "The newer one is A already; x swaps them."
        await person.presses("left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert str(app.screen.query_one(Notice).content) == "No older graded inspection is stored for A."


async def test_brackets_step_a_side_and_x_swaps_them(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "left_square_bracket")
        assert person.sees_in_line("A SIF inspection")
        await person.presses("x")
        assert person.sees_in_line("B SIF inspection")


async def test_with_one_inspection_the_pane_says_what_a_comparison_needs(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter", "2")
        assert person.sees_in_line("A comparison needs two graded inspections; only one")
        assert person.sees_in_line("A adds")


async def test_the_filter_keeps_the_passages_of_one_strand_in_a_small_window_too(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        await person.presses("2")
        assert person.sees_in_line("was asked to improve")
        await person.presses("down", "down", "F")
        assert person.sees_in_line("Passages on Help and protection")
        assert not person.sees_in_line("was asked to improve")
        await person.presses("F")
        assert person.sees_in_line("was asked to improve")


# Phrases


async def test_slash_searches_as_you_type_with_typos(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("slash")
        await person.types("oversigt")
        assert person.sees_in_line("2 sentences", "in 2 of 3 texts of Camden")
        assert person.sees_in_line("Oversight by managers is steady.")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 2, para 3")


async def test_keys_typed_quickly_start_one_search(app: ReinspectApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with person_at(app) as person:
        await person.presses("4", "slash")
        asked: list[str] = []
        search = Library.search

        def counted(library: Library, query: str, *rest: Any, **options: Any) -> SearchAnswer:
            asked.append(query)
            return search(library, query, *rest, **options)

        monkeypatch.setattr(Library, "search", counted)
        app.screen.query_one("#query", Input).insert("d", 0)
        for letter in "elay":
            app.screen.query_one("#query", Input).insert(letter, 9)
        await person.waits()
        assert asked == ["delay"]


async def test_enter_on_a_sentence_opens_its_source_at_the_passage(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("slash")
        await person.types("steady")
        await person.presses("enter", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("▌ Oversight by managers is steady.")


async def test_a_search_that_finds_nothing_says_how_to_look_elsewhere(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("slash")
        await person.types("zebra crossing")
        assert "Nothing was found." in person.sees
        assert person.sees_in_line("w searches more texts, up to every authority")


# Authorities


async def test_authorities_are_one_row_each_and_enter_leads_to_the_timeline(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("5")
        assert person.sees_in_line("Camden", "● G", "◆ O", "▲ R", "GOG", "Mar 2025")
        await person.presses("slash")
        await person.types("barnet")
        await person.presses("enter", "enter")
        assert person.sees_in_line("Barnet", "London")
        assert "ILACS inspection 13-17 May 2019" in person.sees


async def test_a_joint_grade_has_its_own_column(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("5", "slash")
        await person.types("barnet")
        assert person.sees_in_line("Over Lead Help Care Leav C+L")
        assert person.sees_in_line("Barnet             ● G  ● G  ● G  –    –    ● G  G")


# Keys and focus


async def test_switching_panes_never_moves_the_focus_into_a_text_field(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        for key in "4", "5", "3", "6", "4", "1", "2":
            await person.presses(key)
            assert not isinstance(app.screen.focused, Input)


async def test_escape_leads_out_of_a_text_field_so_that_keys_work_again(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("slash", "q", "escape", "1")
        assert "ILACS inspection 3-7 March 2025" in person.sees


async def test_the_picker_finds_an_authority_by_part_of_its_name(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("hul")
        likely = app.screen.query_one(OptionList)
        assert likely.highlighted_option is not None
        assert likely.highlighted_option.id == "kingston-upon-hull"


async def test_an_authority_without_inspections_says_what_to_do_next(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("hull")
        await person.presses("enter")
        assert person.sees_in_line("No inspection of Kingston upon Hull is stored.")
        assert person.sees_in_line("A adds its reports from files")


async def test_a_question_mark_lists_the_keys_of_the_pane(app: ReinspectApp) -> None:
    async with person_at(app, 80, 60) as person:
        await person.presses("2", "question_mark")
        assert person.sees_in_line("  [ ", "choose an older inspection for A")
        assert person.sees_in_line("  } ", "choose a newer inspection for B")
        assert person.sees_in_line("choose an authority")
        await person.presses("escape")
        assert person.sees_in_line("A 2022")


async def test_the_help_says_what_one_looks_at_then_lists_the_keys_of_the_pane_and_those_everywhere(
    app: ReinspectApp,
) -> None:
    async with person_at(app, 80, 80) as person:
        await person.presses("question_mark")
        _, _, dialog = person.sees.partition("Help: Timeline")
        wanted = ("What am I looking at?", "a row for each strand", "Everywhere", "pin what", "Moving around", "k  up")
        places = [dialog.index(words) for words in wanted]
        assert places == sorted(places)


async def test_textuals_own_keys_have_our_descriptions(app: ReinspectApp) -> None:
    async with person_at(app, 80, 90) as person:
        await person.presses("question_mark")
        assert person.sees_in_line("tab", "to the next part of the screen")
        assert person.sees_in_line("^q", "quit, from anywhere")
        listed = [active.binding for active in app.screen_stack[0].active_bindings.values()]
        theirs = [each.tooltip or each.description for each in listed if not each.id and not each.system]
        assert theirs
        assert [words for words in theirs if words in person.sees] == []


async def test_the_reader_has_its_own_keys_first_too(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("enter", "question_mark")
        assert person.sees_in_line("Help: Reader")
        assert person.sees_in_line("The document that a line comes from.")
        await person.presses("pagedown")
        assert person.sees_in_line("/", "find words in the document")


async def test_the_last_line_never_shows_half_a_key(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        for width in 120, 80, 60, 40:
            await person.resizes(width, 24)
            last = person.sees.split("\n")[-1]
            assert last.rstrip().endswith("? Help  q Quit")
            assert len(last) == width


async def test_keys_used_by_terminals_are_not_bound(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        for pane in "1", "2", "3", "4", "5", "6":
            await person.presses(pane)
            assert not {f"ctrl+{letter}" for letter in "abhjkl"} & set(app.screen.active_bindings)


async def test_every_binding_has_an_id(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        for pane in "1", "2", "3", "4", "5", "6":
            await person.presses(pane)
            ours = [
                active.binding
                for active in app.screen.active_bindings.values()
                if type(active.node).__module__.startswith("tui.")
            ]
            assert ours
            inherited = {"ctrl+q", "ctrl+c", "super+c", "tab", "shift+tab", "ctrl+p"}
            assert [binding.key for binding in ours if not binding.id and binding.key not in inherited] == []


# Export


async def test_the_preview_of_an_export_is_as_wide_as_its_room(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("2", "e", "pagedown")
        assert person.sees_in_line("Leaders", "same grade")


async def test_export_writes_what_the_pane_shows_and_says_where(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("2", "e", "enter")
        written = tmp_path / "camden-compare.txt"
        assert "declined" in written.read_text(encoding="utf-8")
        assert str(app.screen.query_one(Notice).content) == f"Written to {written}"


@pytest.mark.parametrize(("form", "suffix"), SUFFIXES.items())
async def test_every_format_can_be_chosen_in_the_export_dialog(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: FileFormat, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 30) as person:
        await person.presses("e", *["down"] * list(SUFFIXES).index(form), "enter")
        assert (tmp_path / f"camden-timeline{suffix}").stat().st_size > 0


@pytest.mark.parametrize(("name", "written"), [("council v1.5", "council v1.5.md"), ("board.txt", "board.md")])
async def test_another_format_changes_the_ending_and_no_other_part_of_the_name(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, written: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 30) as person:
        await person.presses("e")
        await person.types(name)
        await person.presses("down", "enter")
    assert [file.name for file in tmp_path.glob("*.md")] == [written]


async def test_a_name_with_a_number_after_a_dot_is_given_the_ending_of_the_format(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 30) as person:
        await person.presses("e")
        await person.types("council v1.5")
        await person.presses("enter")
    assert (tmp_path / "council v1.5.txt").exists()


async def test_export_asks_before_it_replaces_a_file(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "camden-timeline.txt").write_text("mine")
    async with person_at(app) as person:
        await person.presses("e", "enter")
        assert "This file exists." in person.sees
        assert (tmp_path / "camden-timeline.txt").read_text() == "mine"
        await person.presses("enter")
        assert (tmp_path / "camden-timeline.txt").read_text(encoding="utf-8") != "mine"


async def test_an_export_that_cannot_be_written_says_why(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("e")
        app.screen.query_one("#path", Input).value = str(tmp_path / "nowhere" / "x.txt")
        await person.presses("enter")
        assert "Cannot write this file: No such file or directory." in person.sees


# Errors


async def test_a_damaged_store_is_reported_and_the_app_goes_on() -> None:
    def broken() -> Store:
        raise StoreCorruptError("catalogue.json: damaged; `reinspect check` tells more")

    app = ReinspectApp(broken)
    async with person_at(app) as person:
        assert person.sees_in_line("Error: catalogue.json: damaged; `reinspect check` tells more")
        await person.presses("2", "e", "a", "escape")
        assert "There is nothing here to export yet." in person.sees


async def test_markup_in_a_report_is_shown_as_it_is_printed(app: ReinspectApp, store: Store) -> None:
    hostile = "See [/b] [Annex A] [@click=bell]x[/]"
    store.add([reading((hostile,), "camden", SIF)])
    async with person_at(app) as person:
        await person.presses("slash")
        await person.types("annex")
        assert hostile in person.sees
        await person.presses("enter", "enter")
        assert hostile in person.sees


async def test_the_store_is_not_looked_at_while_a_dialog_is_in_front(app: ReinspectApp) -> None:
    """Textual draws both screens anew whenever the one behind has something to do."""
    async with person_at(app) as person:
        main = app.screen
        assert isinstance(main, MainScreen)
        assert main._poll_timer._active.is_set()
        await person.presses("question_mark")
        assert not main._poll_timer._active.is_set()
        await person.presses("escape")
        assert main._poll_timer._active.is_set()


async def test_what_another_process_adds_is_shown(app: ReinspectApp, store: Store, record: Record) -> None:
    async with person_at(app, 80, 40) as person:
        Store.open(store.folder, record=record).add([reading(("Only here",), "camden", SIF)])
        assert isinstance(app.screen, MainScreen)
        await app.screen._poll_store().wait()
        await person.waits()
        await person.presses("left", "left", "left")
        assert person.sees_in_line("report: A report of ours")


# Terminals


def test_without_a_terminal_the_app_does_not_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path) == 2
    assert "`reinspect timeline AUTHORITY`" in capsys.readouterr().err


async def test_without_colour_no_cell_is_coloured(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReinspectApp(lambda: store)
    async with person_at(app) as person:
        await person.presses("2")
        coloured = {
            segment.style.color.name
            for line in app.screen._compositor.render_strips()
            for segment in line.apply_filter(app.get_line_filters()[-1], app.screen.background_colors[1])
            if segment.style and segment.style.color and segment.style.color.name != "default"
        }
        assert coloured == set()
        reversed_words = "".join(
            segment.text
            for line in app.screen._compositor.render_strips()
            for segment in line
            if segment.style and segment.style.reverse
        )
        assert "Overall" in reversed_words  # the cursor
        assert person.sees_in_line("Overall", "◆ O", "● G", "↘ 1 down")


async def test_an_empty_no_color_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert not ReinspectApp(lambda: store).no_color


async def test_the_export_names_the_folder_until_it_has_something_to_say(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "papers").mkdir()
    monkeypatch.chdir(tmp_path / "papers")
    async with person_at(app, 100, 40) as person:
        await person.presses("e")
        assert person.sees_in_line("in the folder ~/papers")
        await person.presses("delete", "enter")
        assert person.sees_in_line("Type a file name.")
        assert not person.sees_in_line("in the folder")


async def test_a_pin_of_several_texts_says_that_it_has_no_page(app: ReinspectApp, store: Store) -> None:
    store.basket.add(Pin(kind="phrase", text="lanterns: 3 inspections", citation="3 texts"))
    async with person_at(app) as person:
        await person.presses("6", "enter")
        assert person.sees_in_line("This line sums up several texts")
