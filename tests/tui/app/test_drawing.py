"""Wrapping text: no line is too wide, no word is lost, and list items are indented."""

import pytest
from rich.cells import cell_len
from textual.content import Content

from tui.app.widgets.drawing import wrap_content, wrap_text

TEXT = "  - keep the records of children in care up to date and read them with the children"


def _lines(text: str, width: int) -> list[str]:
    return [" " * indent + text[start:end] for start, end, indent in wrap_text(text, width)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("  - keep the records of children in care up to date", "    "),
        ("  12. keep the records of children in care up to date", "      "),
        ("  Lead words that go on for longer than the line does", "  "),
        ("No indent here but many words that have to be wrapped", ""),
    ],
)
def test_continuation_lines_are_indented_like_the_words_of_the_first(text: str, second: str) -> None:
    lines = _lines(text, 30)
    assert len(lines) > 1
    assert all(line.startswith(second) and line[len(second)] != " " for line in lines[1:])


@pytest.mark.parametrize("text", [TEXT, TEXT.replace(" ", ""), TEXT.replace("children", "孩子们"), f"{TEXT}\n   p. 3"])
@pytest.mark.parametrize("width", [5, 17, 30, 41, 90])
def test_no_word_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = _lines(text, width)
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_line_is_as_full_as_it_can_be() -> None:
    assert _lines("one two three", 7) == ["one two", "three"]


def test_spaces_at_the_end_of_a_line_add_neither_a_line_nor_an_indent() -> None:
    assert _lines("one two  three ", 7) == ["one two", "three"]
    assert _lines("one two ", 7) == ["one two"]


def test_each_paragraph_has_its_own_indent() -> None:
    assert _lines("1. the words that a person pinned\n   their source", 26) == [
        "1. the words that a person",
        "   pinned",
        "   their source",
    ]


def test_no_line_ends_within_a_page_a_paragraph_or_a_percentage() -> None:
    assert _lines("Plans drift.  p. 11, para 54", 25) == ["Plans drift.", "p. 11, para 54"]
    assert _lines("Plans drift.  p. 11", 17) == ["Plans drift.", "p. 11"]
    assert _lines("asked in 143 (46 %) of all", 17) == ["asked in 143", "(46 %) of all"]
    assert _lines("It was published 18 May 2026 at last", 26) == ["It was published", "18 May 2026 at last"]
    assert _lines("report: a report  12 pages, used", 22) == ["report: a report", "12 pages, used"]
    assert _lines("in May they were 2026 times late", 18) == ["in May they were", "2026 times late"]
    assert _lines("para 12", 5) == ["para", "12"]


def test_no_line_ends_within_a_pair_of_pages() -> None:
    assert _lines("Leaders: workforce  p. 11 ↔ p. 9", 27) == ["Leaders: workforce", "p. 11 ↔ p. 9"]


def test_continuation_lines_have_the_indent_that_is_asked_for() -> None:
    runs = wrap_text("p.  2 The words of a heading that is long", 28, 6)
    assert [(start, indent) for start, _, indent in runs] == [(0, 0), (29, 6)]


def test_a_styled_text_keeps_its_styles_when_it_is_broken_into_lines() -> None:
    text = Content.assemble(("67  ", "bold"), "Ever moved to good or better")
    broken = wrap_content(text, 26, 4)
    assert broken.plain == "67  Ever moved to good or\n    better"
    assert broken.spans[0].style == "bold"
