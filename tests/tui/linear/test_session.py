"""Each typed line is answered in plain text: every question, every change, and the commands to type next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store import Store
from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023
from tui.linear.session import Session
from tui.selection import Selection
from tui.streams import SUFFIXES

Hears = Callable[..., str]


@pytest.fixture
def hears(store: Store, capsys: pytest.CaptureFixture[str]) -> Hears:
    """Everything that is said, on either stream, after these lines."""
    session = Session(store, Selection(authority="camden"))

    def typed(*lines: str) -> str:
        for line in lines:
            session.answer(line)
        printed, said = capsys.readouterr()
        return str(printed + said)

    return typed


@pytest.fixture
def prints(store: Store, capsys: pytest.CaptureFixture[str]) -> Hears:
    """Everything that goes to stdout after these lines."""
    session = Session(store, Selection(authority="camden"))

    def typed(*lines: str) -> str:
        for line in lines:
            session.answer(line)
        return str(capsys.readouterr().out)

    return typed


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("timeline", "Timeline: Camden"),
        ("show", "Camden, ILACS inspection 3-7 March 2025"),
        ("show camden:2017", "Camden, SIF inspection 11 September - 5 October 2017"),
        ("compare", "Camden: ILACS 2022 and ILACS 2025"),
        ("follow", "Follow-through: Camden"),
        ("brief", "Briefing: Camden"),
        ("phrases", "Recurring phrases"),
        ("says managers", "Use of a phrase: managers"),
        ("search steady", "Search: steady"),
        ("meaning supervision by leaders", "In other words: supervision by leaders"),
        ("authorities", "Authorities"),
        ("movers help=good>ri", "Movers: good to requires improvement or worse on help"),
        ("themes", "What inspections ask to improve: Camden"),
        ("themes pre-proceedings", "What inspections ask to improve: Camden"),
        ("times", "How long until a later text reports better: all authorities"),
        ("solved case-recording", "Who solved it: Case recording, nearest to Camden first"),
        ("basket", "Basket"),
    ],
)
def test_every_pane_is_printed_as_text_and_nothing_is_drawn(hears: Hears, typed: str, title: str) -> None:
    heard = hears(typed)
    assert heard.splitlines()[0] == title
    assert not set(heard) & set("─━═│┃|◆●○■□▲▼▸›→←█▁·—*")


def test_two_inspections_may_be_named_as_on_the_command_line(hears: Hears) -> None:
    assert hears("compare camden:2017 camden:2025").startswith("Camden: SIF 2017 and ILACS 2025")
    assert hears("compare camden:1999 camden:2025").startswith("Error: Camden had no graded inspection in 1999")


@pytest.mark.parametrize("typed", ["compare camden:2017", "compare camden:2017 camden:2022 camden:2025"])
def test_a_comparison_of_one_or_of_three_asks_for_two_or_none(hears: Hears, typed: str) -> None:
    assert hears(typed).startswith("Error: name two inspections, A and B, or none\n")


def test_a_comparison_without_two_graded_inspections_says_how_to_get_them(hears: Hears) -> None:
    hears("authority barnet")
    assert hears("compare").startswith("Error: a comparison needs two graded inspections; add imports a report\n")


@pytest.mark.parametrize(
    ("before", "typed", "words"),
    [
        ("search managers see the records of every child", "headings", "Found: part 1"),
        ("read 1", "find steady", "Page 2: Oversight by managers is steady."),
        ("timeline", "help", "basket: your pins"),
    ],
)
def test_an_answer_of_lines_goes_where_answers_go(prints: Hears, before: str, typed: str, words: str) -> None:
    prints("search managers see the records of every child", before)
    assert words in prints(typed)


def test_the_last_word_of_a_search_is_whole_as_on_the_command_line(hears: Hears) -> None:
    assert "1 sentence (none word for word)" in hears("search managers see the rec")


def test_themes_are_of_the_authority_and_who_solved_them_of_the_group(hears: Hears) -> None:
    assert hears("themes pre-proceedings").startswith("What inspections ask to improve: Camden")
    hears("group region:London")
    assert "authorities of London" in hears("themes pre-proceedings")
    assert "authorities of London" in hears("solved case-recording")


def test_cohort_is_still_understood_for_group(hears: Hears) -> None:
    assert hears("cohort region:London") == (
        "timeline, compare, brief, authorities, themes, phrases, says and search are now compared with authorities of "
        "London.\n"
    )
    assert hears("where cohort").endswith("in the texts of authorities of London.\n")


def test_a_cohort_is_compared_with_the_timeline_and_narrows_the_rest(hears: Hears) -> None:
    assert "are now compared with authorities of London." in hears("group region:London")
    assert "Group region:London" in hears("timeline")
    assert "Grade changes in the group" in hears("compare")
    heard = hears("authorities")
    assert "Barnet" in heard
    assert "Kent" not in heard
    assert "authorities of London" in hears("search steady")
    assert "No group is set." in hears("group")
    assert "Kent" in hears("authorities")


def test_a_cohort_that_cannot_be_meant_changes_nothing(hears: Hears) -> None:
    hears("group region:London")
    assert hears("group region:Lond").startswith("Error: ")
    assert "Group region:London" in hears("timeline")


def test_movers_are_found_by_a_move_with_limits(hears: Hears) -> None:
    assert hears("movers help=good>ri").startswith("Movers: good to requires improvement or worse on help")
    assert hears("movers moved:help=good>ri since:2024").splitlines()[0].endswith("on help, since 2024")
    assert "Error: " in hears("movers region:Lond")


def test_a_theme_is_needed_to_say_who_solved_it(hears: Hears) -> None:
    assert hears("solved").startswith("Error: name a theme; themes lists them")


def test_the_help_of_export_names_every_ending(hears: Hears) -> None:
    (line,) = [line for line in hears("help").splitlines() if line.startswith("export ")]
    assert all(ending in line for ending in SUFFIXES.values())


def test_an_ending_that_no_format_has_is_refused_without_options_of_the_command_line(
    hears: Hears, tmp_path: Path
) -> None:
    heard = hears("timeline", f"export {tmp_path / 'answer.pdf'}")
    assert "does not write .pdf files; use a name that ends in .txt, " in heard
    assert "--format" not in heard


def test_where_says_which_texts_are_searched(hears: Hears) -> None:
    looks_in = "Phrases, says and search look in the texts of "
    assert hears("where") == f"{looks_in}Camden.\n"
    assert hears("where all") == f"{looks_in}all authorities.\n"
    assert hears("where group").startswith("Error: name one of authority, beside, group, all")
    assert hears("where region:London") == f"{looks_in}authorities of London.\n"
    assert hears("where region:Lond").startswith("Error: ")
    assert hears("group region:London", "where").endswith(
        f"{looks_in}Camden, compared with those of authorities of London.\n"
    )


def test_a_sentence_that_was_found_is_pinned_by_its_number_noted_and_taken_back(hears: Hears, store: Store) -> None:
    hears("search oversight by managers is steady")
    assert hears("pin 1").startswith("Pinned as number 1 of the basket: “Oversight by managers is steady.”")
    assert hears("pin 1").startswith("Already number 1 of the basket: “Oversight by managers is steady.”")
    (pin,) = store.pins()
    assert pin.kind == "quote"
    assert pin.citation == "Camden, ILACS inspection 3-7 March 2025, p. 2, para 3"
    assert pin.inspection == "camden-2025-03-03-ilacs"
    hears("note 1 for the committee")
    assert "Note: for the committee" in hears("basket")
    hears("remove 1")
    assert "Nothing is pinned." in hears("basket")
    hears("undo")
    assert "for the committee" in hears("basket")


def test_a_row_is_pinned_by_some_of_its_words_with_every_source(hears: Hears, store: Store) -> None:
    hears("compare", "pin help improved")
    assert store.pins() == ()
    hears("pin help and protection")
    (pin,) = store.pins()
    assert pin.kind == "row"
    assert pin.text.startswith("Help and protection: ILACS 2022: good; ILACS 2025: requires improvement; Change: ")
    assert "25-29 April 2022" in pin.citation
    assert "3-7 March 2025" in pin.citation


def test_words_that_several_lines_have_are_asked_for_again(hears: Hears, store: Store) -> None:
    hears("timeline")
    heard = hears("pin 20")
    assert heard.startswith("Error: ")
    assert 'lines of "Timeline: Camden" match; add more words: ' in heard
    assert hears("pin zebra").startswith('Error: no line of "Timeline: Camden" contains "zebra"\n')
    assert hears("pin").startswith("Error: type a number or some words of the line\n")
    assert store.pins() == ()


def test_pins_are_put_in_another_order(hears: Hears, store: Store) -> None:
    hears("search oversight", "pin 1", "pin 2", "move 2 1")
    assert [pin.text for pin in store.pins()] == [
        "Oversight of records by managers is too loose.",
        "Oversight by managers is steady.",
    ]
    assert "type its number in the basket" in hears("move one two")


def test_the_page_of_a_line_is_read_and_then_the_next(hears: Hears) -> None:
    assert hears("page").startswith("Error: no document is open")
    hears("search managers see the records of every child")
    heard = hears("read 1")
    assert "Page 1 of 2" in heard
    assert "Grades below" in heard
    assert "Delay remains." in hears("page")
    assert hears("page").startswith("Error: there is no page 3; it has 2 pages. back leaves it\n")
    assert "Page 1 of 2" in hears("page 1")
    assert hears("page two").startswith("Error: name a page by its number")
    hears("authorities")
    assert "no page that prints this line is stored" in hears("read barnet")
    assert hears("page").startswith("Error: no document is open")


def test_a_grade_is_read_on_the_page_that_prints_it(hears: Hears) -> None:
    hears("show camden:2025")
    assert "Page 1 of 2" in hears("read help and protection")
    hears("timeline")
    assert "2 pages print this line; show an inspection" in hears("read help and protection")


def test_what_is_read_has_contents_and_is_searched(hears: Hears) -> None:
    assert hears("contents").startswith("Error: no document is open")
    hears("search managers see the records of every child", "read 1")
    assert "Page 2: Oversight by managers is steady." in hears("find STEADY oversight")
    assert hears("find zebra").startswith('Error: it has no passage with the words "zebra"')
    assert hears("find").startswith("Error: name the words to find")
    assert hears("contents").startswith(("Page 1: ", "Error: it has no known sections; page turns to the next page"))


def test_back_leaves_a_page_and_then_goes_to_the_answer_before(hears: Hears) -> None:
    hears("timeline", "group region:London", "search managers see the records of every child", "read 1", "page")
    assert hears("back").startswith("Search: managers see the records of every child")
    assert "Authorities" not in hears("pin 1")
    heard = hears("back")
    assert heard.startswith("Timeline: Camden")
    assert "Group region:London" not in heard
    assert hears("back").startswith("Error: this is the first answer\nHow to: back: the answer before.")


def test_back_brings_the_authority_back_too(hears: Hears) -> None:
    hears("timeline", "authority barnet")
    assert hears("back").startswith("Timeline: Camden")
    assert hears("where").endswith("the texts of Camden.\n")


def test_every_error_is_followed_by_how_to_type_it(hears: Hears) -> None:
    hears("timeline")
    for line in ("authority nowhere", "note x", "move 1 9", "remove", "export", "add", "search", "says", "where x"):
        said = hears(line).splitlines()
        assert said[-2].startswith("Error: "), line
        assert said[-1].startswith(f"How to: {line.split()[0]} "), line


@pytest.mark.parametrize("name", ["answer.txt", "answer.md", "answer.html", "answer.csv", "answer.json"])
def test_the_last_answer_is_exported_in_the_form_that_its_name_says(hears: Hears, tmp_path: Path, name: str) -> None:
    hears("compare")
    assert hears(f"export {tmp_path / name}").startswith("Written to ")
    written = (tmp_path / name).read_text("utf-8-sig")
    assert "camden-2022-04-25-ilacs" in written or "ILACS" in written


def test_a_file_is_replaced_only_when_it_is_asked_for_again(hears: Hears, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    hears("timeline")
    assert "The same again replaces it" in hears(f"export {kept}")
    assert kept.read_text() == "mine"
    hears(f"export {kept}")
    assert kept.read_text("utf-8").startswith("Timeline: Camden")
    assert hears("export").startswith("Error: ")
    assert hears(f"export {tmp_path}/none/here.txt").startswith(f"Error: there is no folder {tmp_path}/none; make it")
    assert hears(f"export {tmp_path}").startswith(f"Error: {tmp_path} is a folder; name a file in it\n")


def test_a_report_is_added(hears: Hears, tmp_path: Path) -> None:
    report = make_pdf(ilacs_2023(), tmp_path / "report.pdf")
    added = "report of Camden, ILACS inspection 4-8 March 2024 (a new inspection)"
    heard = hears(f"add {report}").splitlines()
    assert heard[:3] == ["Files read", "", "Documents: 1 added."]
    assert " ".join(heard[6:]).replace("   ", "") == f"1. report.pdf: added, {added}."
    assert "Page 1 of " in hears("read 1")
    assert "failed" in hears(f"add {tmp_path / 'none.pdf'}")
    assert hears("add").startswith("Error: ")


def test_what_is_not_understood_is_answered_with_what_may_be_typed(hears: Hears) -> None:
    assert hears("dance").startswith('"dance" is not a command.\nWhat next? timeline, show, compare, ')
    assert hears("").startswith("What next? ")
    assert hears("authority nowhere at all").startswith('Error: no authority is called "nowhere at all"')
    heard = hears("help").splitlines()
    assert "basket: your pins" in heard
    assert len(heard) > 15


def test_the_neighbours_of_one_authority_become_those_of_the_next(hears: Hears) -> None:
    hears("authority camden")
    hears("group neighbours:camden")
    assert "The group is now Barnet's statistical neighbours; it was Camden's" in hears("authority barnet")
    assert "Group neighbours:barnet" in hears("timeline")
