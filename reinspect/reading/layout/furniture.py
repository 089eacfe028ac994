"""Page furniture: page numbers, running heads and feet, contents tables and footnotes, and lines without them.

Nothing here knows a regime. Rules: domain.md 3 "Page furniture to strip"; phrases.md P7.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reinspect.reading.layout.lines import BULLET, NUMBER, PAGE_LINES, SENTENCE_END, PrintedLine

_PAGE_NUMBER = re.compile(r"(?:page\s+|[-–|]\s*)?\d{1,3}(?:\s+of\s+\d{1,3}|\s*[-–|])?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(\d{1,2})(?:\s+[A-Z‘“'\"(].*)?")
_CONTENTS = ("contents", "contents page", "contents:")
_CONTENTS_ENTRY = re.compile(r"(?:.*\D\s*)?\d{1,3}")
_NOTE_LINES = 8
"""Lines of the longest note that other text stands below."""
_HEAD, _HEAD_WORDS = 120, 4
"""Characters of the longest, and words of the shortest, running head that is known by its repetition alone."""
_EDGE = 3
"""Lines at the head and at the foot of a page among which furniture is looked for (design.md 4)."""


def without_furniture(lines: Sequence[PrintedLine], kept: Callable[[str], bool], pages: int) -> list[PrintedLine]:
    """The lines less page numbers, running heads and feet, contents tables and footnotes.

    Running heads are what repeats, digits masked, among the first or last three lines of at least three pages and
    30 % of them (design.md 4), or of eight, as where a second report is bound in the same file. A line for which
    `kept` is true (a label, a heading, a grade) is never furniture. A text without pages has no such places: there
    all lines of four words and more that repeat so often are furniture, and so are lone numbers.
    """
    by_page: dict[int, list[PrintedLine]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    for page_lines in by_page.values():
        _drop_page_numbers(page_lines)
        if len(page_lines) > PAGE_LINES:
            page_lines[:] = _without_repeated(page_lines, kept)
    _drop_running_heads(by_page, kept, pages)
    footnotes = 0
    left = []
    for page_lines in by_page.values():
        body, footnotes = _without_footnotes(_without_contents(page_lines), footnotes, kept)
        left.extend(body)
    return left


def _drop_page_numbers(page_lines: list[PrintedLine]) -> None:
    for edge in (0, -1):
        if page_lines and _PAGE_NUMBER.fullmatch(page_lines[edge].text):
            del page_lines[edge]


def _without_repeated(lines: Sequence[PrintedLine], kept: Callable[[str], bool]) -> list[PrintedLine]:
    """The lines of a text without pages less lone page numbers and what its pages repeated."""
    heads = [line for line in lines if len(line.text) <= _HEAD and len(line.text.split()) >= _HEAD_WORDS]
    seen = Counter(_masked(line.text) for line in heads)
    gone = {line.start for line in heads if seen[_masked(line.text)] > _EDGE and not kept(line.text)}
    return [line for line in lines if line.start not in gone and not _PAGE_NUMBER.fullmatch(line.text)]


def _drop_running_heads(by_page: dict[int, list[PrintedLine]], kept: Callable[[str], bool], pages: int) -> None:
    threshold = max(3, min(8, 0.3 * pages))
    seen: Counter[tuple[bool, str]] = Counter()
    for page_lines in by_page.values():
        seen.update({(head, _masked(line.text)) for head, line in _edges(page_lines) if not kept(line.text)})
    running = {mask for mask, count in seen.items() if count >= threshold}
    for page_lines in by_page.values():
        _peel(page_lines, running, head=True)
        _peel(page_lines, running, head=False)
        _drop_page_numbers(page_lines)


def _edges(page_lines: Sequence[PrintedLine]) -> Iterator[tuple[bool, PrintedLine]]:
    yield from ((True, line) for line in page_lines[:_EDGE])
    yield from ((False, line) for line in page_lines[-_EDGE:])


def _peel(page_lines: list[PrintedLine], running: set[tuple[bool, str]], head: bool) -> None:
    places = range(min(_EDGE, len(page_lines))) if head else range(max(0, len(page_lines) - _EDGE), len(page_lines))
    gone = [place for place in places if (head, _masked(page_lines[place].text)) in running]
    for place in reversed(gone):
        del page_lines[place]


def _masked(text: str) -> str:
    """A running head without what changes from page to page; a longer line is none, nor is a paragraph's number."""
    if len(text) > _HEAD or NUMBER.fullmatch(text):
        return text
    months = r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    return re.sub(r"\d+", "#", re.sub(months, "month", re.sub(r"\s+", " ", text.lower())))


def _without_contents(page_lines: list[PrintedLine]) -> list[PrintedLine]:
    place = next((i for i, line in enumerate(page_lines) if line.text.lower() in _CONTENTS), None)
    if place is None:
        return page_lines
    last = place
    for i in range(place + 1, len(page_lines)):
        if i - last > 4:
            break
        if _CONTENTS_ENTRY.fullmatch(page_lines[i].text):
            last = i
    return page_lines[:place] + page_lines[last + 1 :]


def _without_footnotes(
    page_lines: Sequence[PrintedLine], before: int, kept: Callable[[str], bool]
) -> tuple[list[PrintedLine], int]:
    """A page's lines less the notes at its foot, and the number of the last note so far.

    A note opens with the next number in turn and no full stop; numbered paragraphs have a full stop. On a printed
    page all that follows in its lower part is note; in a text without pages the note ends at a blank line or heading.
    """
    printed_page = len(page_lines) <= PAGE_LINES
    upper = max(1, len(page_lines) // 3) if printed_page else 1
    left: list[PrintedLine] = []
    i = 0
    while i < len(page_lines):
        end = _note_at(page_lines, i, before + 1, kept, printed_page) if i >= upper else None
        if end is None:
            left.append(page_lines[i])
            i += 1
            continue
        marks = (_FOOTNOTE.fullmatch(line.text) for line in page_lines[i:end])
        before = max(int(mark[1]) for mark in marks if mark and int(mark[1]) <= before + 9)
        i = end
    return left, before


def _note_at(
    lines: Sequence[PrintedLine], start: int, number: int, kept: Callable[[str], bool], printed_page: bool
) -> int | None:
    """Where the note of a number ends that opens at a line; None where none opens."""
    opening = _FOOTNOTE.fullmatch(lines[start].text)
    if opening is None or int(opening[1]) != number:
        return None
    end = _note_end(lines, start, kept, printed_page)
    bare = opening[0] == opening[1]
    if bare and (start + 1 >= end or not re.match(r"[A-Z‘“'\"(]", lines[start + 1].text)):
        return None
    if end < len(lines) and (end - start > _NOTE_LINES or not SENTENCE_END.search(lines[end - 1].text)):
        return None
    return end


def _note_end(lines: Sequence[PrintedLine], start: int, kept: Callable[[str], bool], printed_page: bool) -> int:
    """Where a note ends: at the page's end, or before a list item or heading that stands below it."""
    for i in range(start + 1, len(lines)):
        if _opens_item(lines[i].text) or kept(lines[i].text):
            return i
        if not printed_page and (lines[i].apart or i == start + _NOTE_LINES):
            return i
    return len(lines)


def _opens_item(text: str) -> bool:
    return bool(BULLET.match(text) or NUMBER.match(text))
