"""The reader: cursor and citation, marks, finding words, copying and pinning."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.strip import Strip

from reinspect.answers.open_document import OpenDocument, PageSpan
from reinspect.answers.page_blocks import find_blocks
from reinspect.model import Document, Improvement, Passage
from reinspect.phrases import Index, Searcher
from store import Store
from tests.making.events import ILACS_2022, reading
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.app.dialogs.glossary import GlossaryDialog
from tui.app.main_screen import MainScreen
from tui.app.reader_screen import ReaderScreen
from tui.app.widgets.page_view import PageView

LINES = [f"Line {number} tells of visits to children, and of what was seen there." for number in range(1, 40)]


@pytest.fixture
def long_store(store: Store) -> Store:
    """The store with another report of three sections on three pages, longer than a small window."""
    pages = tuple("\n".join(LINES[start : start + 13]) for start in (0, 13, 26))
    told = replace(ILACS_2022, improvements=(Improvement(index=1, text="visits to children"),))
    read = reading(pages, "barnet", told)
    headed = tuple(_in_section(passage) for passage in read.passages)
    place = headed[16].evidence
    asked = (Improvement(index=1, text="visits to children", evidence=place),)
    store.add([replace(read, passages=headed, facts=replace(read.facts, improvements=asked))])
    return store


def _in_section(passage: Passage) -> Passage:
    heading, strand = (("Summary", None), ("What was seen", "help"), ("Who leads", "leaders"))[passage.page - 1]
    return replace(passage, heading=heading, strand=strand)


async def reads_barnet(person: Person) -> None:
    """Open the report at the page that prints its grades."""
    await person.presses("a")
    await person.types("barnet")
    await person.presses("enter", "enter")
    assert person.sees_in_line("report: Barnet, ILACS inspection 25-29 April 2022", "page 1 of 3")


# The cursor and its citation


async def test_the_line_under_the_cursor_is_always_cited(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        assert person.sees_in_line("Barnet, ILACS inspection 25-29 April 2022, p. 1, para 1")
        await person.presses("j", "j")
        assert person.sees_in_line("Barnet, ILACS inspection 25-29 April 2022, p. 1, para 3")
        await person.presses("G")
        assert person.sees_in_line("Barnet, ILACS inspection 25-29 April 2022, p. 3, para")
        assert person.sees_in_line("page 3 of 3")
        assert person.sees_in_line("Who leads")


async def test_contents_lists_the_sections_and_leads_to_the_one_chosen(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("C")
        assert person.sees_in_line("p. 2", "Help and protection: What was seen")
        await person.presses("down", "enter")
        assert person.sees_in_line("p. 2, para 14")
        await person.presses("C")
        await person.presses("j", "enter")
        assert person.sees_in_line("page 3 of 3")


async def test_q_closes_the_reader_and_quits_on_the_main_screen_only(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter")
        assert isinstance(app.screen, ReaderScreen)
        await person.presses("q")
        assert isinstance(app.screen, MainScreen)
        assert app.return_code is None
        await person.presses("q")
        assert app.return_code == 0


async def test_ctrl_q_quits_from_the_reader_and_from_a_text_box(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "slash", "q", "ctrl+q")
        assert app.return_code == 0


async def test_n_goes_to_the_next_mark_from_the_contents_too(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app, 120, 30) as person:
        await reads_barnet(person)
        await person.presses("C")
        assert "n Next" in person.sees.split("\n")[-1]
        before = person.sees
        await person.presses("n")
        assert person.sees != before


async def test_a_document_without_headings_says_so(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "C")
        assert told(app) == "No headings were recognised in this document: / finds words."


async def test_the_cursor_keeps_its_place_when_the_window_changes(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("G")
        await person.resizes(60, 12)
        assert person.sees_in_line("page 3 of 3")
        assert person.sees_in_line("39 tells of visits to children"), "the line goes on below the one it begins in"
        await person.resizes(80, 24)
        assert person.sees_in_line("Barnet, ILACS inspection 25-29 April 2022, p. 3, para 39")
        await person.presses("y")
        assert LINES[38] in app.clipboard


# Marks


async def test_grades_and_improvements_are_shown_in_the_margin_and_described_below(
    app: ReinspectApp, long_store: Store
) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        assert person.sees_in_line("◆ O▌ Line 1 tells")
        assert person.sees_in_line("Leaders: outstanding")
        await person.presses("n")
        assert person.sees_in_line("→ 1", "Line 17 tells")
        assert person.sees_in_line("to improve, number 1")
        await person.presses("n")
        assert person.sees_in_line("Leaders: outstanding")


# Finding


async def test_matches_are_found_while_typing_and_n_steps_through_them(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("line 1")
        assert person.sees_in_line("1 of 11 found")
        await person.types("7")
        assert person.sees_in_line("1 of 1 found", "page 2 of 3")
        await person.presses("backspace", "enter", "n", "n")
        assert person.sees_in_line("3 of 11 found")
        await person.presses("N", "N", "N")
        assert person.sees_in_line("11 of 11 found")
        await person.presses("down")
        assert person.sees_in_line("none of 11 found")


async def test_a_step_past_the_last_match_goes_back_to_the_first_and_says_so(
    app: ReinspectApp, long_store: Store
) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("line 3")
        await person.presses("enter")
        assert not person.sees_in_line("Back to")
        await person.presses("N")
        assert person.sees_in_line("Back to the last match.")
        await person.presses("n")
        assert person.sees_in_line("Back to the first match.")
        await person.presses("n")
        assert not person.sees_in_line("Back to")


async def test_words_are_found_across_line_ends(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("SEEN there. line 4 ")
        assert person.sees_in_line("1 of 1 found")


async def test_a_search_without_a_match_says_so(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("zebra")
        assert told(app) == "This document prints neither these words nor similar ones."
        await person.presses("escape", "escape")
        assert isinstance(app.screen, MainScreen)


async def test_misspelt_words_find_similar_ones(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "slash")
        await person.types("oversigt by mangers")
        assert told(app) == "'oversigt by mangers' is not printed here; 1 similar place."
        assert person.sees_in_line("1 of 1 similar", "page 2 of 2")
        assert person.sees_in_line("p. 2, para 3")
        await person.presses("enter", "n")
        assert person.sees_in_line("Back to the first match.")
        assert person.sees_in_line("1 of 1 similar")


async def test_similar_words_are_not_shown_while_the_typed_ones_are_printed(
    app: ReinspectApp, long_store: Store
) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("vists")
        assert person.sees_in_line("of 39 similar")
        await person.presses("backspace", "backspace")
        assert person.sees_in_line("1 of 39 found")
        assert not person.sees_in_line("similar place")


async def test_words_of_another_document_are_not_similar(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("oversigt")
        assert told(app) == "This document prints neither these words nor similar ones."


async def test_the_opposite_of_a_word_is_not_similar(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("unseen there")
        assert told(app).startswith("This document prints neither")


def test_similar_words_are_marked_across_the_ends_of_lines_and_pages() -> None:
    pages = (
        "Visits came late.\nManagement over-\nsight is weak,",
        "and multi-\nagency work is good. Visits came late.",
    )
    own = Passage(document="a", page=1, start=18, end=49, text="Management oversight is weak,")
    over = replace(own, runs_on=((2, 0, 48),), text=f"{own.text} and multi-agency work is good. Visits came late.")
    document = Document(sha256="a", kind="report", title="", source="", pages=2)
    source = OpenDocument(document, over.evidence, pages, (over,))
    searcher = Searcher(Index.build([("a", [over])]))
    (agency,) = source.find_similar(searcher, "multiagency wrok")
    assert pages[agency.page - 1][agency.start : agency.end] == "multi-\nagency work"
    (visits,) = source.find_similar(searcher, "vists came late")
    assert visits.page == 2
    (oversight,) = source.find_similar(searcher, "managment oversigt")
    assert pages[0][oversight.start : oversight.end] == "Management over-\nsight"


def test_a_passage_that_is_printed_differently_from_its_text_is_marked_as_a_whole() -> None:
    pages = ("Visits came late.\nManagement over-\nsight is weak,",)
    own = Passage(document="a", page=1, start=18, end=49, text="Leadership is weak,")
    document = Document(sha256="a", kind="report", title="", source="", pages=1)
    source = OpenDocument(document, own.evidence, pages, (own,))
    (leadership,) = source.find_similar(Searcher(Index.build([("a", [own])])), "leadership")
    assert leadership == PageSpan(1, own.start, own.end)


# Copying and pinning


async def test_y_copies_the_passage_under_the_cursor_with_its_citation(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("j", "y")
        cited = "Barnet, ILACS inspection 25-29 April 2022, p. 1, para 2"
        assert app.clipboard == f"\N{LEFT DOUBLE QUOTATION MARK}{LINES[1]}\N{RIGHT DOUBLE QUOTATION MARK} ({cited})"
        assert told(app).startswith("Copied 1 line")


async def test_capital_y_copies_the_page(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("Y")
        assert app.clipboard.splitlines() == [
            *LINES[:13],
            "(Barnet, ILACS inspection 25-29 April 2022, p. 1)",
        ]


async def test_p_pins_the_passage_and_the_basket_shows_it(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "1")
        await reads_barnet(person)
        await person.presses("j", "p")
        assert told(app).startswith("Added to basket (1)")
        await person.presses("escape", "6")
        assert person.sees_in_line("1. ", "Line 2 tells of visits")
        assert person.sees_in_line("Barnet, ILACS inspection 25-29 April 2022, p. 1, para 2")


async def test_the_reader_says_how_to_export_a_passage(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "e")
        assert "pin it with p and export the basket" in told(app)


# Pages


class Alone(App[None]):
    def __init__(self, pages: Sequence[str], marked: Sequence[PageSpan] = ()) -> None:
        super().__init__()
        self.pages = PageView(pages, marked)

    def compose(self) -> ComposeResult:
        yield self.pages


async def test_a_document_is_wrapped_to_the_window_and_loses_no_word() -> None:
    words = [f"word{number}" for number in range(60)]
    alone = Alone((" ".join(words),))
    async with alone.run_test(size=(40, 30)):
        text = "".join(segment.text for y in range(30) for segment in alone.pages.render_line(y))
        assert [word for word in text.split() if word.startswith("word")] == words


async def test_a_very_long_line_is_laid_out_quickly() -> None:
    begun = time.process_time()
    async with Alone(("word " * 60_000,)).run_test(size=(40, 30)):
        assert time.process_time() - begun < 5, "0.1 s of it is the layout; it took half a minute to be laid out once"


async def test_only_lines_in_view_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Alone(["\n".join(LINES)] * 60, [PageSpan(30, 0, 10)])
    async with alone.run_test(size=(80, 24)) as pilot:
        drawn: list[int] = []
        render = alone.pages.render_line

        def counted(y: int) -> Strip:
            drawn.append(y)
            return render(y)

        monkeypatch.setattr(alone.pages, "render_line", counted)
        assert alone.pages.page == 30
        await pilot.press("end")
        await pilot.pause()
        assert alone.pages.page == 60
        assert 0 < len(drawn) <= 3 * 24


def test_a_passage_that_continues_on_the_next_page_is_found_there() -> None:
    read = reading(("\n".join(LINES[:2]), LINES[2]), "barnet", ILACS_2022)
    first, second, _ = read.passages
    over = replace(second, runs_on=((2, 0, 20),))
    source = OpenDocument(read.document, first.evidence, read.pages, (first, over))
    assert source.passage_at(1, first.start + 5, first.start + 9) == first
    assert source.passage_at(2, 3, 9) == over
    assert source.passage_at(2, 30, 40) is None


# The quoted sentence


@pytest.mark.parametrize(
    "keys",
    [
        ("3", "left", "enter"),
        ("3", "tab", "down", "enter"),
        ("slash", *"loose", "enter", "enter"),
        ("slash", *"loose", "enter", "p", "6", "enter"),
        ("2", "tab", "n", "n", "n", "down", "enter"),
    ],
    ids=["a recommendation", "a passage about it", "a search", "the basket", "compared passages"],
)
async def test_the_quoted_words_are_highlighted_from_every_pane(app: ReinspectApp, keys: tuple[str, ...]) -> None:
    async with person_at(app) as person:
        await person.presses(*keys)
        pages = app.screen.query_one(PageView)
        quoted = pages._first_quoted
        assert quoted is not None
        assert pages.cursor_span.page == quoted.page
        assert pages.cursor_span.start <= quoted.start < pages.cursor_span.end


async def test_a_quote_far_below_the_top_of_its_passage_is_a_third_from_the_top_of_the_window() -> None:
    page = "\n".join(LINES)
    start = page.index("Line 30")

    class Quoting(App[None]):
        def compose(self) -> ComposeResult:
            yield PageView([page] * 3, [PageSpan(2, 0, len(page))], quoted=[PageSpan(2, start, start + 20)])

    alone = Quoting()
    async with alone.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pages = alone.query_one(PageView)
        assert pages.cursor_span.start <= start < pages.cursor_span.end
        assert pages.line - round(pages.scroll_y) == 8


async def test_paragraphs_are_reflowed_with_their_numbers_in_the_margin_and_without_running_heads() -> None:
    pages = tuple(f"A head of ours {n}\n{n}. Managers see\nrecords early.\n" for n in (1, 2, 3))
    found = [
        Passage(
            document="a",
            page=number,
            start=page.index(f"{number}."),
            end=len(page) - 1,
            text="Managers see records early.",
            paragraph=number,
        )
        for number, page in enumerate(pages, 1)
    ]

    class Laid(App[None]):
        def compose(self) -> ComposeResult:
            yield PageView(pages, blocks=find_blocks(pages, found))

    alone = Laid()
    async with alone.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = ["".join(part.text for part in alone.query_one(PageView).render_line(y)) for y in range(6)]
    assert any(line.split() == ["1", "Managers", "see", "records", "early."] for line in lines)
    assert not any("A head of ours" in line for line in lines)


# Ticks next to the scroll bar


def ticks_of(person: Person, sign: str) -> list[int]:
    """Return the lines of the window of pages whose last cell before the scroll bar has this sign."""
    pages = person.app.screen.query_one(PageView)
    at, lines = pages.region.x + pages.scrollable_content_region.width - 1, person.sees.split("\n")
    return [y for y in range(pages.size.height) if lines[pages.region.y + y][at] == sign]


async def test_ticks_show_where_the_marks_and_the_matches_are(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        assert len(ticks_of(person, "▸")) > 1
        await person.presses("slash")
        await person.types("Line 20 tells")
        [tick] = ticks_of(person, "━")
        height = person.app.screen.query_one(PageView).size.height
        assert height // 3 < tick < 2 * height // 3, "line 20 of 39 is in the middle"


async def test_a_click_on_a_tick_goes_to_its_place(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app) as person:
        await reads_barnet(person)
        await person.presses("slash")
        await person.types("Line 33 tells")
        await person.presses("enter", "g")
        pages = person.app.screen.query_one(PageView)
        [tick] = ticks_of(person, "━")
        await person.clicks(pages, pages.scrollable_content_region.width - 1, tick)
        assert pages.match_number == 1


async def test_f2_explains_words_in_the_reader_too(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app, 120, 60) as person:
        await reads_barnet(person)
        await person.presses("f2")
        assert isinstance(person.app.screen, GlossaryDialog)


async def test_keys_that_do_nothing_in_the_reader_say_why_in_its_help(app: ReinspectApp, long_store: Store) -> None:
    async with person_at(app, 120, 60) as person:
        await reads_barnet(person)
        await person.presses("question_mark")
        assert person.sees_in_line("Y", "copy this page, with its citation")
        assert "(not now: the document" in person.sees
