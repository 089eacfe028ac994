from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reinspect.exporting.formats.text import render_text, text_width, wrap
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable

WORDS = some.lists(some.text("abcdefgh-\u00e9\u6587", min_size=1, max_size=12), max_size=14).map(" ".join)


def sheet_of(*blocks: Paragraph | Listing | SheetTable) -> Sheet:
    return Sheet(title="Title", sections=(SheetSection(heading="Heading", blocks=blocks),))


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("Strand", "Grade"), narrow: str = "stack") -> SheetTable:
    return SheetTable(
        columns=columns,
        rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows),
        narrow=narrow,  # type: ignore[arg-type]
    )


def body(sheet: Sheet, width: int = 60, *, linear: bool = False) -> list[str]:
    lines = render_text(sheet, width, linear=linear).splitlines()
    return lines[lines.index("Heading") + (2 if linear else 3) :]


@given(WORDS, some.integers(min_value=10, max_value=80))
def test_wrapping_keeps_words_whole_and_in_order(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line) <= width or " " not in line for line in lines)


@settings(deadline=None)
@given(some.lists(some.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), some.integers(60, 200))
@pytest.mark.parametrize("narrow", ["stack", "split"])
def test_a_table_keeps_words_whole_and_stays_within_its_width(
    narrow: str, rows: list[tuple[str, ...]], width: int
) -> None:
    sheet = sheet_of(table(*rows, columns=("One", "Two", "Three"), narrow=narrow))
    printed = render_text(sheet, width)
    assert all(text_width(line) <= width for line in printed.splitlines())
    kept = printed.split()
    assert all(word in kept for row in rows for cell in row for word in cell.split() if row[0])


def test_a_table_that_fits_has_columns_under_ruled_headings() -> None:
    assert body(sheet_of(table(("Leaders", "good"), ("Help", "outstanding")))) == [
        "Strand   Grade",
        "\u2500" * 7 + "  " + "\u2500" * 11,
        "Leaders  good",
        "Help     outstanding",
    ]


def test_rows_that_wrap_have_blank_lines_around_them() -> None:
    long = "several words that together are wider than the room that is left for this column"
    lines = body(sheet_of(table(("a", "b"), ("c", "d"), ("e", long), ("f", "g"))))
    assert [place for place, line in enumerate(lines) if not line] == [4, 7]


def test_a_wide_table_is_stacked_row_by_row() -> None:
    words = "unbreakable" * 3
    assert body(sheet_of(table(("Leaders", words, words), columns=("Strand", "Before", "After")))) == [
        "Leaders",
        f"  Before: {words}",
        f"  After: {words}",
    ]


def test_a_wide_timeline_is_split_and_repeats_the_row_names() -> None:
    columns = ("Strand", *(f"Inspection-{year}-{year}" for year in range(2017, 2022)))
    lines = body(sheet_of(table(("Leaders", *(["good"] * 5)), columns=columns, narrow="split")))
    assert [line.split()[0] for line in lines if line][::3] == ["Strand", "Strand", "Strand"]
    assert sum(line.count("good") for line in lines) == 5


def test_linear_text_has_one_cell_a_line_and_no_rules() -> None:
    sheet = sheet_of(table(("Leaders", "good"), ("Help", "")), Listing(items=(SheetItem(text="first"),)))
    printed = render_text(sheet, 60, linear=True)
    assert printed == "Title\n\nHeading\n\nLeaders\nGrade: good\n\nHelp\n\n- first\n"


def test_a_citation_shared_by_a_column_is_printed_once_in_its_heading() -> None:
    cited = SheetTable(
        columns=("Strand", "2017", "2022"),
        rows=(
            (SheetCell(text="Help"), SheetCell(text="good", citation="p. 1"), SheetCell(text="good", citation="p. 2")),
            (SheetCell(text="Care"), SheetCell(text="good", citation="p. 1"), SheetCell(text="good", citation="p. 3")),
        ),
    )
    lines = render_text(sheet_of(cited), 60).splitlines()
    assert "Strand  2017 [1]  2022" in lines
    assert "Help    good      good [2]" in lines
    assert lines[-3:] == ["[1] p. 1", "[2] p. 2", "[3] p. 3"]


def test_paragraphs_and_items_end_with_their_citation() -> None:
    lines = body(
        sheet_of(Paragraph(text="Said.", citation="p. 4"), Listing(items=(SheetItem(marker="1.", text="Do."),)))
    )
    assert lines == ["Said. (p. 4)", "", "1. Do."]


def test_marked_words_are_between_asterisks() -> None:
    assert body(sheet_of(Paragraph(text="early help works", marks=((6, 10),))))[0] == "early *help* works"


@pytest.mark.parametrize(("asked", "given_"), [(10, 30), (40, 40), (100, 100), (1000, 200)])
def test_the_width_is_limited_to_30_to_200(asked: int, given_: int) -> None:
    printed = render_text(sheet_of(Paragraph(text="word " * 100)), asked)
    assert max(map(len, printed.splitlines())) in range(given_ - 5, given_ + 1)
