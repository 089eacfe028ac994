"""Text for screen readers, and finding a line that a person names."""

from __future__ import annotations

from reinspect.exporting import render_sheet
from reinspect.exporting.numbered_lines import line_of, lines
from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.model import Evidence


def spoken_lines(*blocks: Block, head: tuple[str, ...] = ()) -> list[str]:
    sheet = Sheet(title="Title", head=head, sections=(SheetSection(heading="Heading", blocks=blocks),))
    return [line for line in render_sheet(sheet, "text", linear=True).splitlines() if line][1:]


def graded(*cells: SheetCell) -> SheetTable:
    return SheetTable(
        columns=("Strand", *(f"ILACS {2022 + place}" for place in range(len(cells)))), rows=((LEADERS, *cells),)
    )


LEADERS = SheetCell(text="Leaders")


def test_a_grade_is_spelt_out_with_the_number_of_its_source() -> None:
    table = graded(SheetCell(text="good", shape="●", citation="Camden, p. 3"))
    assert spoken_lines(table) == [
        "Heading",
        "Leaders",
        "ILACS 2022: good, source 1",
        "Sources",
        "Source 1: Camden, p. 3",
    ]


def test_the_dash_for_no_such_strand_is_dropped_and_explained() -> None:
    legend = Paragraph(text='"—": no such strand in that inspection.')
    spoken = spoken_lines(graded(SheetCell(text="—"), SheetCell(text="good")), legend)
    assert spoken[1:] == ["Leaders", "ILACS 2023: good", "Where nothing is said: no such strand in that inspection."]


def test_bars_are_left_out_but_their_numbers_stay() -> None:
    spoken = spoken_lines(graded(SheetCell(text="2022, 2025", shape="█··▄")), head=("By year: 2022 4, 2025 2 █··▄",))
    assert spoken == ["By year: 2022 4, 2025 2", "Heading", "Leaders", "ILACS 2022: 2022, 2025"]


def test_matched_words_have_no_asterisks() -> None:
    spoken = spoken_lines(
        Listing(items=(SheetItem(text="early help works", marks=((6, 10),)),)),
        graded(SheetCell(text="a", marks=((0, 1),))),
    )
    assert spoken[1] == "- early help works"
    assert "*" not in "".join(spoken)


def test_a_row_named_by_a_bare_number_gets_the_word_number() -> None:
    table = SheetTable(columns=("", "ILACS 2025"), rows=((SheetCell(text="3."), SheetCell(text="raised again")),))
    assert spoken_lines(table)[1:] == ["Number 3", "ILACS 2025: raised again"]


def test_a_row_lists_all_its_places_in_documents() -> None:
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


def test_short_forms_of_grades_and_strands_are_spelt_out() -> None:
    short = SheetTable(
        columns=("Id", "Ov", "to ▲R"),
        rows=((SheetCell(text="camden-2022"), SheetCell(text="◆O"), SheetCell(text="nj")),),
    )
    assert spoken_lines(short)[1:] == ["camden-2022", "overall: outstanding", "to requires improvement: not judged"]
    named = SheetTable(columns=("Strand", "●\N{NO-BREAK SPACE}good"), rows=((LEADERS, SheetCell(text="3")),))
    assert spoken_lines(named)[1:] == ["Leaders", "good: 3"]


def test_a_legend_of_signs_is_left_out() -> None:
    assert spoken_lines(Paragraph(text="◆O outstanding, ▲R requires improvement."), Paragraph(text="Said.")) == [
        "Heading",
        "Said.",
    ]


def test_a_line_is_found_by_its_own_number_not_by_numbers_in_other_lines() -> None:
    blocks = (Paragraph(text="2. Plans of 12 children drift."), Paragraph(text="3. In 2 of 12 visits."))
    sheet = Sheet(title="", sections=(SheetSection(heading="", blocks=blocks),))
    assert line_of(sheet, "2").pin.text == "2. Plans of 12 children drift."
