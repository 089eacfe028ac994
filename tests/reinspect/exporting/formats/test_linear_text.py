"""What a person hears of a sheet."""

from __future__ import annotations

from reinspect.exporting import render_sheet
from reinspect.exporting.numbered_lines import line_of, lines
from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.model import Evidence


def heard(*blocks: Block, head: tuple[str, ...] = ()) -> list[str]:
    sheet = Sheet(title="Title", head=head, sections=(SheetSection(heading="Heading", blocks=blocks),))
    return [line for line in render_sheet(sheet, "text", linear=True).splitlines() if line][1:]


def graded(*cells: SheetCell) -> SheetTable:
    return SheetTable(
        columns=("Strand", *(f"ILACS {2022 + place}" for place in range(len(cells)))), rows=((LEADERS, *cells),)
    )


LEADERS = SheetCell(text="Leaders")


def test_a_grade_is_its_word_and_its_source_is_called_a_source() -> None:
    table = graded(SheetCell(text="good", shape="●", citation="Camden, p. 3"))
    assert heard(table) == ["Heading", "Leaders", "ILACS 2022: good, source 1", "Sources", "Source 1: Camden, p. 3"]


def test_nothing_is_said_where_an_inspection_has_no_such_strand_and_the_legend_says_so() -> None:
    legend = Paragraph(text='"—": no such strand in that inspection.')
    told = heard(graded(SheetCell(text="—"), SheetCell(text="good")), legend)
    assert told[1:] == ["Leaders", "ILACS 2023: good", "Where nothing is said: no such strand in that inspection."]


def test_bars_are_left_out_and_the_numbers_that_they_repeat_stay() -> None:
    told = heard(graded(SheetCell(text="2022, 2025", shape="█··▄")), head=("By year: 2022 4, 2025 2 █··▄",))
    assert told == ["By year: 2022 4, 2025 2", "Heading", "Leaders", "ILACS 2022: 2022, 2025"]


def test_words_that_were_found_are_not_put_between_asterisks() -> None:
    told = heard(
        Listing(items=(SheetItem(text="early help works", marks=((6, 10),)),)),
        graded(SheetCell(text="a", marks=((0, 1),))),
    )
    assert told[1] == "- early help works"
    assert "*" not in "".join(told)


def test_a_row_that_is_named_by_a_number_alone_is_called_a_number() -> None:
    table = SheetTable(columns=("", "ILACS 2025"), rows=((SheetCell(text="3."), SheetCell(text="raised again")),))
    assert heard(table)[1:] == ["Number 3", "ILACS 2025: raised again"]


def test_a_row_knows_every_page_that_it_rests_on() -> None:
    first, second = (Evidence(document="a", page=page, start=0, end=4) for page in (1, 2))
    sheet = Sheet(
        title="",
        sections=(
            SheetSection(
                heading="",
                blocks=(graded(SheetCell(text="good", evidence=first), SheetCell(text="", evidence=second)),),
            ),
        ),
    )
    (line,) = lines(sheet)
    assert line.places == (first, second)
    assert line.pin.evidence is None


def test_grades_by_letter_and_strands_by_two_letters_are_told_in_full() -> None:
    short = SheetTable(
        columns=("Id", "Ov", "to ▲R"),
        rows=((SheetCell(text="camden-2022"), SheetCell(text="◆O"), SheetCell(text="nj")),),
    )
    assert heard(short)[1:] == ["camden-2022", "overall: outstanding", "to requires improvement: not judged"]
    named = SheetTable(columns=("Strand", "●\N{NO-BREAK SPACE}good"), rows=((LEADERS, SheetCell(text="3")),))
    assert heard(named)[1:] == ["Leaders", "good: 3"]


def test_a_key_to_the_signs_of_grades_is_left_out_with_them() -> None:
    assert heard(Paragraph(text="◆O outstanding, ▲R requires improvement."), Paragraph(text="Said.")) == [
        "Heading",
        "Said.",
    ]


def test_a_line_that_begins_with_a_number_is_named_by_it_whatever_other_numbers_stand_in_lines() -> None:
    blocks = (Paragraph(text="2. Plans of 12 children drift."), Paragraph(text="3. In 2 of 12 visits."))
    sheet = Sheet(title="", sections=(SheetSection(heading="", blocks=blocks),))
    assert line_of(sheet, "2").pin.text == "2. Plans of 12 children drift."
