"""Splitting pages into lines: which lines come after a blank line, in texts of any spacing."""

from __future__ import annotations

import pytest

from reinspect.reading.layout.lines import split_lines

WRAPPED = "The lamps on the quay are lit at six, and the boats that lie there"
PARAGRAPH = f"{WRAPPED} are counted by the warden of the day, who writes them into a book that anybody may read."


def after_blank(*pages: str) -> list[bool]:
    return [line.after_blank_line for line in split_lines(pages)]


def test_a_blank_line_between_paragraphs_counts() -> None:
    assert after_blank("One.\nTwo.\n\nThree.") == [False, False, True]


def test_blank_lines_below_every_wrapped_line_say_nothing_but_a_second_one_does() -> None:
    page = "\n\n".join([WRAPPED] * 40)
    assert not any(after_blank(page))
    assert after_blank(f"{page}\n\n\nA second paragraph.").count(True) == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("\n\n".join([WRAPPED] * 20), id="a short text"),
        pytest.param("\n\n".join([PARAGRAPH] * 40), id="paragraphs that are not wrapped"),
        pytest.param("\n\n".join([f"{WRAPPED}\n{WRAPPED}"] * 40), id="paragraphs of two lines"),
    ],
)
def test_otherwise_each_blank_line_counts(page: str) -> None:
    assert after_blank(page).count(True) == page.count("\n\n")


def test_a_line_keeps_its_place_on_its_page() -> None:
    page = "\n\n".join(["  Boats leak. "] * 40)
    assert {page[line.start : line.end] for line in split_lines([page])} == {"Boats leak."}
