"""What the widgets that draw their own lines share: where words are broken, and how they take on a style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

_LEAD = re.compile(r" *(?:(?:[-·>•◦▪◼–−]|\d{1,3}\.) +)?")
_NARROWEST = 20
# What may take another room than one cell a character.
_UNEVEN = re.compile(r"[^\t\x20-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u22ff\ufffd]")


class TextRun(NamedTuple):
    """A part of a text (half-open) that stands on one line, and how many cells it is set in."""

    start: int
    end: int
    indent: int = 0


def wrapped(text: str, width: int) -> Iterator[TextRun]:
    """The lines of a text when none may be wider than `width` cells.

    A line ends at a newline, else at the last space that fits, else where it is full; the spaces at its end are left
    out. It goes on below its own words, not below its bullet or its indent, if there is room for that.
    """
    begun = 0
    for printed in text.split("\n"):
        start, end = begun, begun + len(printed.rstrip(" "))
        lead = _LEAD.match(printed)
        hang = lead.end() if lead and lead.end() + _NARROWEST <= width else 0
        words, indent = start + hang, 0
        while not fits(text, start, end, width - indent):
            full = start + _fitting(text[start : start + width - indent], width - indent)
            space = text.rfind(" ", max(words, start) + 1, full + 1)
            cut = space if space > 0 else full
            yield TextRun(start, cut, indent)
            start, indent = cut, hang
            while text[start] == " ":
                start += 1
        yield TextRun(start, end, indent)
        begun += len(printed) + 1


def fits(text: str, start: int, end: int, width: int) -> bool:
    """Whether a stretch of a text is no wider than that: told at once of a long one."""
    return end - start <= width and cells(text[start:end]) <= width


def segments(widget: Widget, content: Content, style: Style, *, under_cursor: bool = False) -> Iterator[Segment]:
    """The words of a content in a style, with their own on top of it; a cursor's colours alone are always legible."""
    for words, own in content.render(style, end="", parse_style=widget.app.stylesheet.parse_style):
        yield Segment(words.replace("\t", " "), _on_top(style, own.without_color if under_cursor else own))


def cursor_style(widget: Widget, component: str) -> Style:
    """A style for what is under a cursor, from a component class.

    Textual leaves "reverse", which is the cursor where there is no colour, out of a visual style.
    """
    turned = Style(reverse=widget.get_component_styles(component).text_style.reverse)
    return widget.visual_style + widget.get_visual_style(component) + turned


@lru_cache(maxsize=1024)
def _on_top(style: Style, own: Style) -> RichStyle:
    return (style + own).rich_style


def _fitting(words: str, width: int) -> int:
    """How many characters, one at least, fit in so many cells."""
    count = len(words)
    while count > 1 and cells(words[:count]) > width:
        count -= 1
    return count


def cells(words: str) -> int:
    """How many cells words take in a terminal. To ask that of every letter is slow, and hardly any takes two."""
    return cell_len(words) if _UNEVEN.search(words) else len(words)
