"""HTML: the words that a browser would show, block by block.

A paragraph, heading, list or table is set apart by an empty line; a list item or a table row is one line; the cells
of a row are divided by a tab. Tags inside a line divide nothing: `multi<b>-</b>agency` is one word.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from reinspect.reading.formats import text

_NOT_SHOWN = (
    {"script", "style", "template", "noscript", "title", "nav"}  # what a browser does not show, or not as text
    | {"svg", "iframe", "object", "select", "button", "textarea"}
)
_PARAGRAPHS = (
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "address", "hr"}
    | {"table", "caption", "dl", "ol", "ul", "figure", "figcaption", "fieldset", "form"}
    | {"body", "main", "header", "footer", "section", "article", "aside", "details", "summary"}
)
_LINES = {"br", "dd", "div", "dt", "legend", "li", "tr"}
_CELLS = {"td", "th"}
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_LINE, _PARAGRAPH = "\n", "\n\n"


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """The one page of an HTML file; no warnings."""
    return [shown_text(text.decode(data))], []


def shown_text(html: str) -> str:
    """The words that this HTML shows, without scripts, styles and navigation."""
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.written)


class _Page(HTMLParser):
    """What is written so far, and the gap that the next word will bring with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._gap = ""
        self._marker = ""  # bullet or number that waits for the first word of its item
        self._row_begun = False
        self._cell_opens = False  # a block at the edge of a cell must not part it from its row
        self._lists: list[int | None] = []  # next number of each open list, None where it has bullets
        self._hidden_by: str | None = None
        self._hidden_depth = 0
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden_by or tag in _NOT_SHOWN:
            self._hide(tag)
        elif tag in _CELLS:
            self._gap = "\t" if self._row_begun else self._gap
            self._cell_opens = True
        elif tag == "li":
            self._begin_item(dict(attrs).get("value"))
        elif tag in _PARAGRAPHS:
            if tag in {"ol", "ul"}:
                self._lists.append(_number(dict(attrs).get("start"), 1) if tag == "ol" else None)
            self._preformatted += tag == "pre"
            self._break(_LINE if len(self._lists) > 1 else _PARAGRAPH)
            self._row_begun &= tag != "table"
        elif tag in _LINES:
            self._break(_LINE)
            self._row_begun &= tag != "tr"

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_by:
            self._show(tag)
        elif tag == "tr":
            self._gap, self._cell_opens = _LINE, False
        elif tag in _PARAGRAPHS:
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
            self._preformatted = max(0, self._preformatted - (tag == "pre"))
            self._break(_LINE if self._lists else _PARAGRAPH)
        elif tag in _LINES:
            self._break(_LINE)
            self._marker = "" if tag == "li" else self._marker

    def handle_data(self, data: str) -> None:
        if self._hidden_by:
            return
        if self._preformatted:
            self._write(data)
            return
        words = _SPACE.sub(" ", data)
        if words.startswith(" ") and not self._gap:
            self._gap = " "
        if shown := words.strip(" "):
            self._write(shown)
            self._gap = " " if words.endswith(" ") else ""

    def _write(self, shown: str) -> None:
        gap = self._gap if self.written else self._gap.strip()
        self.written += (gap, self._marker, shown)
        self._gap, self._marker = "", ""
        self._row_begun, self._cell_opens = True, False

    def _break(self, gap: str) -> None:
        if not self._cell_opens and len(gap) >= len(self._gap.strip(" \t")):
            self._gap = gap

    def _begin_item(self, value: str | None) -> None:
        self._break(_LINE)
        number = _number(value, self._lists[-1] or 1) if self._lists and self._lists[-1] is not None else None
        if number is None:
            self._marker = "◦ " if len(self._lists) > 1 else "• "
        else:
            self._marker = f"{number}. "
            self._lists[-1] = number + 1

    def _hide(self, tag: str) -> None:
        self._hidden_by = self._hidden_by or tag
        self._hidden_depth += tag == self._hidden_by

    def _show(self, tag: str) -> None:
        self._hidden_depth -= tag == self._hidden_by
        if self._hidden_depth == 0:
            self._hidden_by = None


def _number(printed: str | None, otherwise: int) -> int:
    """A number as an attribute gives it, where it gives one of a sane size."""
    return int(printed) if printed and printed.isascii() and printed.isdigit() and len(printed) < 7 else otherwise
