"""A long answer is printed in parts that end where an item or a section ends."""

from __future__ import annotations

import pytest

from reinspect.errors import NotFoundError
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetItem, SheetSection
from tui.linear.pager import Pager, in_parts

SHEET = Sheet(
    title="Title",
    sections=(
        SheetSection(
            heading="Grades", blocks=tuple(Paragraph(text=f"Grade {number} is printed.") for number in range(4))
        ),
        SheetSection(
            heading="Found",
            blocks=(Listing(items=tuple(SheetItem(text=f"item {n}", marker=f"{n}.") for n in range(9))),),
        ),
        SheetSection(heading="Last", blocks=(Paragraph(text="The end."),)),
    ),
)


def test_parts_have_every_line_once_and_in_order() -> None:
    text = "Heading\n\n" + "\n\n".join(f"A thing {number}.\n  and more of it" for number in range(20)) + "\n"
    parts = in_parts(text, 7)
    assert [line for part in parts for line in part.splitlines() if line] == [
        line for line in text.splitlines() if line
    ]
    assert all(part.startswith("A thing") for part in parts[1:])


def test_a_list_is_parted_between_its_items_and_no_item_is_torn() -> None:
    parts = in_parts("\n".join(f"{number}. begun\n   ended" for number in range(1, 9)), 3)
    assert all(part.endswith("ended\n") for part in parts)
    assert len(parts) == 4


def test_a_heading_is_printed_with_the_lines_after_it() -> None:
    assert in_parts("One.\n\nTwo.\n\nHeading\n\nThree.\n\nFour.\n", 6)[1].startswith("Heading\n\nThree.")


def test_a_short_answer_is_printed_at_once() -> None:
    assert in_parts("One.\n\nTwo.\n", 30) == ("One.\n\nTwo.\n",)


def test_the_next_part_is_printed_and_any_other_by_number_or_heading(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Pager(5)
    telling.sheet(SHEET)
    assert capsys.readouterr().out.startswith("Title")
    assert telling.how_far.startswith("Part 1 of ")
    telling.more("")
    assert "Grade 2" in capsys.readouterr().out
    telling.more("found")
    assert "1. item 1" in capsys.readouterr().out
    telling.more("1")
    assert capsys.readouterr().out.startswith("Title")
    telling.more("last")
    assert "The end." in capsys.readouterr().out
    assert not telling.how_far
    with pytest.raises(NotFoundError, match="this was the last part"):
        telling.more("")
    with pytest.raises(NotFoundError, match="there is no part 99"):
        telling.more("99")
    with pytest.raises(NotFoundError, match="headings lists them"):
        telling.more("zebra")


def test_headings_are_listed_with_their_parts(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Pager(5)
    telling.sheet(SHEET)
    capsys.readouterr()
    telling.headings()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Grades: part 1"
    assert said[2].startswith("Last: part ")
    telling.page("A page.\n")
    with pytest.raises(NotFoundError, match="no headings"):
        telling.headings()


def test_a_pipe_gets_everything_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Pager()
    telling.sheet(SHEET)
    assert "The end." in capsys.readouterr().out
    assert not telling.goes_on
