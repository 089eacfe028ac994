"""Drawing text line by line: wrapping and styling, shared by the widgets that paint their own lines.

A list item of 40 characters in a window of 30 cells continues below its own words, not below its number:

    wrap_text("1. the words that a person pinned", 26)
    -> TextRun(0, 26, 0)     "1. the words that a person"
    -> TextRun(27, 33, 3)    "   pinned"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

_INDENT_AND_BULLET = re.compile(r" *(?:(?:[-·>•◦▪◼–−]|\d{1,3}\.|\d{4} ) +)?")
_MIN_TEXT_WIDTH = 20
_ITEM_GAP = "  "
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A date, or a number of pages, that no line may end within; the longest has so many characters on one side of a space.
_TOGETHER = re.compile(rf"(?:\d )?\b(?:{_MONTHS}) \d{{4}}\b|\d (?:{_MONTHS})\b|\d pages?\b")
_LONGEST_PART = 16
# Whether a theme, by its name, uses the terminal's own colours.
_ANSI_THEMES: dict[str, bool] = {}
# Characters that may take more or less than one cell.
_UNEVEN = re.compile(r"[^\t\x20-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u22ff\ufffd]")


class TextRun(NamedTuple):
    """The part of a text (half-open) on one line, and the cells that the line is indented by."""

    start: int
    end: int
    indent: int = 0


def wrap_text(text: str, width: int, hanging: int | None = None) -> Iterator[TextRun]:
    """Break a text into lines of at most `width` cells.

    A line ends at a newline, or at the last space that fits, or where it is full; "p. 3" stays together. Spaces at the
    end of a line are left out. Continuation lines are indented by `hanging` cells or, if that is not given, as far as
    the words after the bullet or number, if there is room for that.
    """
    paragraph_start = 0
    for paragraph in text.split("\n"):
        start, end = paragraph_start, paragraph_start + len(paragraph.rstrip(" "))
        lead = _INDENT_AND_BULLET.match(paragraph)
        wanted = hanging if hanging is not None else lead.end() if lead else 0
        hanging_indent = wanted if wanted + _MIN_TEXT_WIDTH <= width else 0
        first_word, indent = start + hanging_indent, 0
        while not fits_width(text, start, end, width - indent):
            full = start + _count_fitting(text[start : start + width - indent], width - indent)
            space = _last_space(text, max(first_word, start) + 1, full + 1)
            cut = space if space > 0 else full
            yield TextRun(start, start + len(text[start:cut].rstrip(" ")), indent)
            start, indent = cut, hanging_indent
            while text[start] == " ":
                start += 1
        yield TextRun(start, end, indent)
        paragraph_start += len(paragraph) + 1


def wrap_content(content: Content, width: int, hanging: int | None = 0) -> Content:
    """Return a content broken into lines as `wrap_text` breaks them, for a widget that wraps by itself."""
    lines = [
        Content.assemble(" " * run.indent, content[run.start : run.end])
        for run in wrap_text(content.plain, width, hanging)
    ]
    return Content("\n").join(lines)


def in_lines(items: Sequence[Content], room: int, indent: int = 0) -> Content:
    """Return items with a gap between them, in lines of at most `room` cells; no item is broken.

    All lines but the first are indented.
    """
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(_ITEM_GAP) + item.cell_length <= room:
            lines[-1] = Content.assemble(lines[-1], _ITEM_GAP, item)
        else:
            lines.append(item)
    return Content(f"\n{' ' * indent}").join(lines)


def padded(content: Content, width: int) -> Content:
    """Return a content filled up with spaces to `width` cells; a longer one stays as it is."""
    return content.pad_right(max(width - content.cell_length, 0))


def _last_space(text: str, start: int, end: int) -> int:
    """Return where the last space is at which a line may end; -1 without a space.

    "p. 3 ↔ p. 12", "p. 3, para 12", "18 May 2026" and "46 %" stay on one line if there is another space.
    """
    last = space = text.rfind(" ", start, end)
    while space > 0 and _joins(text, space):
        space = text.rfind(" ", start, space)
    return space if space > 0 else last


def _joins(text: str, space: int) -> bool:
    """Return whether a space is before a number of a page or paragraph or a percent sign, or beside "↔".

    So it is with the space between a page and its paragraph, and with those of a date and of a number of pages.
    """
    after = text[space + 1 : space + 2]
    # Most spaces have no number beside them, and this runs for every line.
    if (after.isdigit() or text[space - 1 : space].isdigit()) and _is_within(text, space):
        return True
    return (
        after in ("%", "↔")
        or (text.startswith("para ", space + 1) and text.endswith(",", 0, space))
        or text[space - 1 : space] == "↔"
        or (after.isdigit() and text.endswith((" p.", "(p.", " para"), 0, space))
    )


def _is_within(text: str, space: int) -> bool:
    """Return whether a space is within a date or a number of pages."""
    near = _TOGETHER.finditer(text, max(space - _LONGEST_PART, 0), space + _LONGEST_PART)
    return any(found.start() < space < found.end() for found in near)


def fits_width(text: str, start: int, end: int, width: int) -> bool:
    """Return whether `text[start:end]` takes at most `width` cells; quick for a long text too."""
    return end - start <= width and cell_width(text[start:end]) <= width


def styled_segments(widget: Widget, content: Content, style: Style, *, under_cursor: bool = False) -> Iterator[Segment]:
    """Render a content in a style combined with its own styles.

    Under a cursor that would hide them its own colours are left out.
    """
    plain = under_cursor and hides_colours(widget)
    for text, own in content.render(style, end="", parse_style=widget.app.stylesheet.parse_style):
        yield Segment(text.replace("\t", " "), _combined(style, own.without_color if plain else own))


def hides_colours(widget: Widget) -> bool:
    """Return whether other colours are hard to read on the cursor: it is one of the terminal's own sixteen colours."""
    app = widget.app
    name = app.theme
    # Looking a theme up takes Textual longer than drawing a cell.
    if name not in _ANSI_THEMES:
        _ANSI_THEMES[name] = app.current_theme.ansi
    return _ANSI_THEMES[name]


def cursor_style(widget: Widget, component: str) -> Style:
    """Return the style of the cursor, from a component class such as "table--cursor".

    Without colour the cursor is "reverse", which Textual leaves out of visual styles, so it is added here.
    """
    reverse = Style(reverse=widget.get_component_styles(component).text_style.reverse)
    return widget.visual_style + widget.get_visual_style(component) + reverse


@lru_cache(maxsize=1024)
def _combined(style: Style, own: Style) -> RichStyle:
    return (style + own).rich_style


def _count_fitting(text: str, width: int) -> int:
    """Return the number of characters (at least one) that fit into `width` cells."""
    count = len(text)
    while count > 1 and cell_width(text[:count]) > width:
        count -= 1
    return count


def cell_width(text: str) -> int:
    """Return the number of cells that a text takes in a terminal.

    Measuring every character is slow, so it is done only for texts with unusual ones, such as Chinese.
    """
    return cell_len(text) if _UNEVEN.search(text) else len(text)
