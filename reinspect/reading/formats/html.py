"""Read HTML files: extract the text that a browser would show.

    <h1>Findings</h1><ul><li>Good</ul>     "Findings", an empty line, "• Good"
    <tr><td>Leaders<td>Good</tr>           "Leaders", a tab, "Good"
    multi<b>-</b>agency                    "multi-agency"

An empty line separates paragraphs, headings, lists and tables. A list item or a table row is one line.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from reinspect.reading.formats import text

_NOT_SHOWN = (
    {"script", "style", "template", "noscript", "title", "nav"}  # not shown by a browser, or not as text
    | {"svg", "iframe", "object", "select", "button", "textarea"}
)
_PARAGRAPHS = (
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "address", "hr"}
    | {"table", "caption", "dl", "ol", "ul", "figure", "figcaption", "fieldset", "form"}
    | {"body", "main", "header", "footer", "section", "article", "aside", "details", "summary"}
)
_LINES = {"br", "dd", "div", "dt", "legend", "li", "tr"}
_CELLS = {"td", "th"}
_AROUND = (_PARAGRAPHS | _LINES | _CELLS | {"html", "head"}) - {"p", "br", "hr"}
"""Elements whose end tag also ends a hidden element in them that has no end tag of its own."""
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_LINE, _PARAGRAPH = "\n", "\n\n"


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the pages of an HTML file (always one page), and a warning if a part without an end hides text."""
    extractor = _extract(text.decode(data))
    hidden = extractor.hidden_by
    warnings = [f"text may be missing: the page ends within <{hidden}>, which is left out"] if hidden else []
    return ["".join(extractor.pieces)], warnings


def visible_text(html: str) -> str:
    """Return the text that a browser would show for this HTML, without navigation."""
    return "".join(_extract(html).pieces)


def _extract(html: str) -> _TextExtractor:
    extractor = _TextExtractor()
    extractor.feed(html)
    extractor.close()
    return extractor


class _TextExtractor(HTMLParser):
    """An HTML parser that collects the visible text in `pieces`.

    `hidden_by` is the name of the hidden element that is open, or None. `_gap` is the white space to write before the
    next words.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._gap = ""
        self._marker = ""  # the bullet or number to write before the first word of its item
        self._row_started = False
        self._cell_is_empty = False  # a block at the start of a cell must not end the row
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self.hidden_by: str | None = None
        self._around: Counter[str] = Counter()  # open elements that are shown, by name
        self._hidden: Counter[str] = Counter()  # open elements within the hidden one, itself included
        self._preformatted = 0  # number of open <pre> elements

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002
        """Pass over a marked section ("<![if IE]>") up to its ">", as a browser does; html.parser fails on some."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def parse_html_declaration(self, i: int) -> int:
        """Pass over a declaration or a malformed comment up to its ">", as a browser does."""
        if self.rawdata[i : i + 4] == "<!--":
            return self.parse_comment(i)
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden_by or tag in _NOT_SHOWN:
            self.hidden_by = self.hidden_by or tag
            self._hidden[tag] += 1
            return
        self._around[tag] += 1
        if tag in _CELLS:
            self._gap = "\t" if self._row_started else self._gap
            self._cell_is_empty = True
        elif tag == "li":
            self._start_item(dict(attrs).get("value"))
        elif tag in _PARAGRAPHS:
            if tag in {"ol", "ul"}:
                self._lists.append(_parse_number(dict(attrs).get("start"), 1) if tag == "ol" else None)
            self._preformatted += tag == "pre"
            self._break(_LINE if len(self._lists) > 1 else _PARAGRAPH)
            self._row_started &= tag != "table"
        elif tag in _LINES:
            self._break(_LINE)
            self._row_started &= tag != "tr"

    def handle_endtag(self, tag: str) -> None:
        if self.hidden_by and not self._leaves_hidden(tag):
            return
        self._around[tag] -= self._around[tag] > 0
        if tag == "tr":
            self._gap, self._cell_is_empty = _LINE, False
        elif tag in _PARAGRAPHS:
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
            self._preformatted = max(0, self._preformatted - (tag == "pre"))
            self._break(_LINE if self._lists else _PARAGRAPH)
        elif tag in _LINES:
            self._break(_LINE)
            self._marker = "" if tag == "li" else self._marker

    def handle_data(self, data: str) -> None:
        if self.hidden_by:
            return
        if self._preformatted:
            self._write(data)
            return
        words = _SPACE.sub(" ", data)
        if words.startswith(" ") and not self._gap:
            self._gap = " "
        if text_shown := words.strip(" "):
            self._write(text_shown)
            self._gap = " " if words.endswith(" ") else ""

    def _write(self, words: str) -> None:
        """Append words to the text, after the pending white space and list marker."""
        gap = self._gap if self.pieces else self._gap.strip()
        self.pieces += (gap, self._marker, words)
        self._gap, self._marker = "", ""
        self._row_started, self._cell_is_empty = True, False

    def _break(self, gap: str) -> None:
        """Set the white space to write before the next words, unless a larger gap is already set."""
        # A block at the start of a table cell makes no gap.
        if not self._cell_is_empty and len(gap) >= len(self._gap.strip(" \t")):
            self._gap = gap

    def _start_item(self, value: str | None) -> None:
        self._break(_LINE)
        number = _parse_number(value, self._lists[-1]) if self._lists and self._lists[-1] is not None else None
        if number is None:
            self._marker = "◦ " if len(self._lists) > 1 else "• "
        else:
            self._marker = f"{number}. "
            self._lists[-1] = number + 1

    def _leaves_hidden(self, tag: str) -> bool:
        """Show text again if an end tag ends the hidden element, or an element that contains it.

        Returns True if the tag ends an element that contains the hidden one.
        """
        if self._hidden[tag]:
            self._hidden[tag] -= 1
            ends_around = False
        else:
            ends_around = tag in _AROUND and self._around[tag] > 0
        if ends_around or not self._hidden[self.hidden_by or ""]:
            self.hidden_by = None
            self._hidden.clear()
        return ends_around


def _parse_number(value: str | None, default: int) -> int:
    """Parse the number in an HTML attribute; return the default if it is not a number of at most six digits."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default
