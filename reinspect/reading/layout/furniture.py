"""Remove page furniture: page numbers, running headers and footers, contents tables and footnotes.

    page 4, lines               kept
    "Inspection of Camden 4"    no   a running header: the same line, digits masked, is on at least 3 pages
    "12. Staff know the"        yes
    "children well.2"           yes
    "2 The plan of March 2024"  no   a footnote: the next number in order, without a full stop; its mark is above
    "4"                         no   a page number

The rules are the same for all frameworks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from reinspect.reading.dates import MONTHS
from reinspect.reading.layout.lines import BULLET, NUMBER, PAGE_LINES, SENTENCE_END, PrintedLine

_PAGE_NUMBER = re.compile(r"(?:page\s+|[-–|]\s*)?\d{1,3}(?:\s+of\s+\d{1,3}|\s*[-–|])?", re.IGNORECASE)
_ENDS_WITH_PAGE = re.compile(r".{1,120}\bpage (\d{1,3}) of (\d{1,3})", re.IGNORECASE)
_FOOTNOTE = re.compile(
    rf"(\d{{1,2}})(?:\s+(?!(?i:{'|'.join(MONTHS)})\b)[A-Z‘“'\"(].*)?"  # "1 April 2019" is the rest of a date
)
_FOOTNOTE_MARK = re.compile(
    r"(?:[a-z)’”'\"]|[A-Z]{2}|(?<!\d)[.,;:?!])(\d{1,2})(?!\d|\s\d[A-Z])|^(\d{1,2})(?=\s[^A-Z]|\W?$)"
)
"""The mark of a footnote in the text: "well.2", "LSCP1", or a number alone at the start of a line; not "NW1 2AB"."""
_DIGIT = re.compile(r"\d")
_MONTH = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b")
_CONTENTS = ("contents", "contents page", "contents:")
_CONTENTS_ENTRY = re.compile(r"(?:.*\D\s*)?\d{1,3}")
_CONTENTS_GAP = 4
"""Greatest number of lines between two entries of a contents table."""
_FOOTNOTE_LINES = 8
"""Number of lines of the longest footnote that has other text below it."""
_HEADER_CHARACTERS = 120
"""Number of characters of the longest running header."""
_HEADER_WORDS = 4
"""Number of words of the shortest running header that is recognised by repetition alone."""
_EDGE = 3
"""Number of lines at the top and at the bottom of a page that may be furniture."""


def strip_furniture(lines: Sequence[PrintedLine], kept: Callable[[str], bool], pages: int) -> list[PrintedLine]:
    """Return the lines without page numbers, running headers and footers, contents tables and footnotes.

    A line for which `kept` returns true is never removed. `pages` is the number of pages of the document.
    """
    lines_by_page: dict[int, list[PrintedLine]] = {}
    for line in lines:
        lines_by_page.setdefault(line.page, []).append(line)
    for page_lines in lines_by_page.values():
        _drop_page_numbers(page_lines, pages)
        if len(page_lines) > PAGE_LINES:
            page_lines[:] = _strip_repeated(page_lines, kept)
    _drop_running_headers(lines_by_page, kept, pages)
    last_footnote = 0
    body: list[PrintedLine] = []
    for page_lines in lines_by_page.values():
        without_notes, last_footnote = _strip_footnotes(_strip_contents(page_lines), last_footnote, kept)
        body.extend(without_notes)
    return body


def _drop_page_numbers(page_lines: list[PrintedLine], pages: int) -> None:
    for edge in (0, -1):
        if page_lines and (_PAGE_NUMBER.fullmatch(page_lines[edge].text) or _numbers_page(page_lines[edge], pages)):
            del page_lines[edge]


def _numbers_page(line: PrintedLine, pages: int) -> bool:
    """Return whether a line ends with its page and the number of pages: "Letter to Kent, page 2 of 3"."""
    found = _ENDS_WITH_PAGE.fullmatch(line.text)
    return found is not None and (int(found[1]), int(found[2])) == (line.page, pages)


def _strip_repeated(lines: Sequence[PrintedLine], kept: Callable[[str], bool]) -> list[PrintedLine]:
    """Return the lines without page numbers and repeated headers, for a text without page breaks."""
    # Such a text has no page edges, so a header is found by repetition alone.
    candidates = [
        line for line in lines if len(line.text) <= _HEADER_CHARACTERS and len(line.text.split()) >= _HEADER_WORDS
    ]
    counts = Counter(_mask(line.text) for line in candidates)
    headers = {line.start for line in candidates if counts[_mask(line.text)] > _EDGE and not kept(line.text)}
    return [line for line in lines if line.start not in headers and not _PAGE_NUMBER.fullmatch(line.text)]


def _drop_running_headers(lines_by_page: dict[int, list[PrintedLine]], kept: Callable[[str], bool], pages: int) -> None:
    """Remove the headers and footers that repeat on many pages, in place."""
    # A running header is a line that repeats, digits masked, among the first or last lines of pages: of at least three
    # pages and 30 % of all, or of eight, for a second report bound into the same file.
    threshold = max(3, min(8, 0.3 * pages))
    counts: Counter[tuple[bool, str]] = Counter()
    for page_lines in lines_by_page.values():
        counts.update({(at_top, _mask(line.text)) for at_top, line in _edges(page_lines) if not kept(line.text)})
    running = {mask for mask, count in counts.items() if count >= threshold}
    for page_lines in lines_by_page.values():
        _drop_edge(page_lines, running, at_top=True)
        _drop_edge(page_lines, running, at_top=False)
        _drop_page_numbers(page_lines, pages)


def _edges(page_lines: Sequence[PrintedLine]) -> Iterator[tuple[bool, PrintedLine]]:
    """Yield (True, line) for the first lines of a page, and (False, line) for the last lines."""
    yield from ((True, line) for line in page_lines[:_EDGE])
    yield from ((False, line) for line in page_lines[-_EDGE:])


def _drop_edge(page_lines: list[PrintedLine], running: set[tuple[bool, str]], at_top: bool) -> None:
    count = len(page_lines)
    indexes = range(min(_EDGE, count)) if at_top else range(max(0, count - _EDGE), count)
    headers = [index for index in indexes if (at_top, _mask(page_lines[index].text)) in running]
    for index in reversed(headers):
        del page_lines[index]


@lru_cache(maxsize=1024)
def _mask(text: str) -> str:
    """Return a header with digits and months masked, so that the headers of all pages are equal.

    "Camden 4 March"  -> "camden # month"
    """
    if len(text) > _HEADER_CHARACTERS or NUMBER.fullmatch(text):
        return text  # too long for a header, or the number of a paragraph
    return re.sub(r"\d+", "#", _MONTH.sub("month", re.sub(r"\s+", " ", text.lower())))


def _strip_contents(page_lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page without its table of contents."""
    heading = next((i for i, line in enumerate(page_lines) if line.text.lower() in _CONTENTS), None)
    if heading is None:
        return page_lines
    last = heading
    for i in range(heading + 1, len(page_lines)):
        if i - last > _CONTENTS_GAP:
            break
        if _CONTENTS_ENTRY.fullmatch(page_lines[i].text):
            last = i
    return page_lines[:heading] + page_lines[last + 1 :]


def _strip_footnotes(
    page_lines: Sequence[PrintedLine], last_footnote: int, kept: Callable[[str], bool]
) -> tuple[list[PrintedLine], int]:
    """Remove the footnotes of a page; return the other lines and the number of the last footnote.

    `last_footnote` is the number of the last footnote on the pages before.
    """
    # A footnote opens with the next number in order and no full stop; a numbered paragraph has a full stop. On a
    # printed page all the text after a footnote, in the lower part of the page, belongs to footnotes. In a text without
    # page breaks a footnote ends at a blank line or a heading.
    printed_page = len(page_lines) <= PAGE_LINES
    upper_part = max(1, len(page_lines) // 3) if printed_page else 1
    marks = _find_footnote_marks(page_lines)
    listed = _find_listed_numbers(page_lines, marks, kept)
    body: list[PrintedLine] = []
    i = 0
    while i < len(page_lines):
        number = last_footnote + 1
        may_begin = i >= upper_part and i not in listed and (marks.get(number, i) < i or page_lines[i].after_blank_line)
        end = _footnote_at(page_lines, i, number, kept, printed_page) if may_begin else None
        if end is None:
            body.append(page_lines[i])
            i += 1
            continue
        openings = (_FOOTNOTE.fullmatch(line.text) for line in page_lines[i:end])
        numbers = (int(opening[1]) for opening in openings if opening)
        last_footnote = max(number for number in numbers if number <= last_footnote + 9)
        i = end
    return body, last_footnote


def _find_footnote_marks(lines: Sequence[PrintedLine]) -> dict[int, int]:
    """Return the index of the first line that has the mark of a footnote, by the number of the footnote."""
    marks: dict[int, int] = {}
    for i, line in enumerate(lines):
        if not _DIGIT.search(line.text):
            continue
        for mark in _FOOTNOTE_MARK.finditer(line.text):
            marks.setdefault(int(mark[1] or mark[2]), i)
    return marks


def _find_listed_numbers(
    lines: Sequence[PrintedLine], marks: Mapping[int, int], kept: Callable[[str], bool]
) -> set[int]:
    """Return the indexes of the lines that open the items of a list numbered without full stops, below a heading.

    "What needs to improve?", "1 The speed of plans", "2 The notes of managers"  -> {1, 2}
    """
    listed: set[int] = set()
    items: list[int] = []
    for i, line in enumerate(lines):
        opening = _FOOTNOTE.fullmatch(line.text)
        if opening is None and not items:
            continue  # this line neither opens an item nor ends a list
        below_heading = i > 0 and kept(lines[i - 1].text)
        if below_heading or kept(line.text):
            items = []
        if opening is None or opening[0] == opening[1] or int(opening[1]) != len(items) + 1:
            continue
        # The mark of note 1 may be on the heading itself, so the second item decides.
        if below_heading or (items and marks.get(len(items) + 1, i) >= i):
            items.append(i)
            listed.update(items if len(items) > 1 else ())
    return listed


def _footnote_at(
    lines: Sequence[PrintedLine], start: int, number: int, kept: Callable[[str], bool], printed_page: bool
) -> int | None:
    """Return the index of the line after footnote `number`, or None if that footnote does not begin at line `start`."""
    opening = _FOOTNOTE.fullmatch(lines[start].text)
    if opening is None or int(opening[1]) != number:
        return None
    end = _footnote_end(lines, start, kept, printed_page)
    only_number = opening[0] == opening[1]
    if only_number and (start + 1 >= end or not re.match(r"[A-Z‘“'\"(]", lines[start + 1].text)):
        return None
    if end < len(lines) and (end - start > _FOOTNOTE_LINES or not SENTENCE_END.search(lines[end - 1].text)):
        return None
    return end


def _footnote_end(lines: Sequence[PrintedLine], start: int, kept: Callable[[str], bool], printed_page: bool) -> int:
    """Return the index of the first line after the footnote that begins at line `start`."""
    for i in range(start + 1, len(lines)):
        if _opens_item(lines[i].text) or kept(lines[i].text):
            return i
        if not printed_page and (lines[i].after_blank_line or i == start + _FOOTNOTE_LINES):
            return i
    return len(lines)


def _opens_item(text: str) -> bool:
    return bool(BULLET.match(text) or NUMBER.match(text))
