"""Wrapped lines stand under their words."""

import pytest
from textual.content import Content
from textual.css.styles import RulesMap
from textual.style import Style
from textual.visual import RenderOptions

from tui.widgets.hanging import Hanging


def _ignored(_: str) -> Style:
    return Style()


def _lines(text: str, width: int) -> list[str]:
    options = RenderOptions(_ignored, RulesMap())
    return [strip.text.rstrip() for strip in Hanging(Content(text)).render_strips(width, None, Style(), options)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("  - keep the records of children in care up to date", "    "),
        ("  12. keep the records of children in care up to date", "      "),
        ("  Lead words that go on for longer than the line does", "  "),
        ("No indent here but many words that have to be wrapped", ""),
    ],
)
def test_a_wrapped_line_is_as_deep_as_the_words_of_the_first(text: str, second: str) -> None:
    lines = _lines(text, 30)
    assert len(lines) > 1
    assert all(line.startswith(second) and line[len(second)] != " " for line in lines[1:])


def test_no_word_is_lost_and_no_line_is_too_wide() -> None:
    text = "  - keep the records of children in care up to date and read them with the children"
    for width in range(5, 90):
        lines = _lines(text, width)
        assert max(map(len, lines)) <= width
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_height_told_is_the_height_drawn() -> None:
    text = "  3. keep the records of children in care up to date and read them with the children"
    for width in range(5, 90):
        assert Hanging(Content(text)).get_height(RulesMap(), width) == len(_lines(text, width))
