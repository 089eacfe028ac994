"""Pages of safe text -> lines without page furniture -> blocks: headings, numbered paragraphs, bullets, prose.

Nothing here knows a regime. What a heading is, the caller says. Rules: domain.md 3 "Page furniture to strip";
phrases.md P7, P8, P10.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

Shape = Literal["heading", "numbered", "bullet", "prose"]

BULLETS = "•◼▪■●∎\uf06e\uf0a7\uf0be\uf0b7⎯−"
SUB_BULLETS = "◦○\uf02d"

_BULLET = re.compile(
    rf"([{BULLETS}{SUB_BULLETS}])\s*|([-*–]|[noq§Øü])\s+(?=\S)|([^\w\s'\"‘’“”()\[\]{{}}<>£$€#&@%/|\\.,;:!?…—©®™])(?:\s+|$)"
)
"""A list's mark: a known glyph, a dash, any other sign that stands alone, or the letter that a lost font leaves."""
_NUMBER = re.compile(r"(\d{1,3})\.(?:\s+|$|(?=[A-Z‘“]))")
"""The number of a paragraph; many reports print no space behind two figures ("10.Workers")."""
_PAGE_NUMBER = re.compile(r"(?:page\s+|[-–|]\s*)?\d{1,3}(?:\s+of\s+\d{1,3}|\s*[-–|])?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(\d{1,2})(?:\s+[A-Z‘“'\"(].*)?")
_LETTER = re.compile(r"[^\W\d_]")
_HYPHEN_END = re.compile(r"[^\W\d]-$")
_WORD_GOES_ON = re.compile(r"(?!(?:to|and|or)\b)\w")
_CONTENTS = ("contents", "contents page", "contents:")
_CONTENTS_ENTRY = re.compile(r"(?:.*\D\s*)?\d{1,3}")
SENTENCE_END = re.compile(r"[.?!:;][’”'\")\]]*\d{0,2}(?:\s*\([Rr]ecommendations?\)[.,]?)?$")
_PAGE_LINES = 100
"""Lines of the fullest printed page; a "page" of more is a text that was saved without its pages."""
_NOTE_LINES = 8
"""Lines of the longest note that other text stands below."""
_HEAD, _HEAD_WORDS = 120, 4
"""Characters of the longest, and words of the shortest, running head that is known by its repetition alone."""
_EDGE = 3
"""Lines at the head and at the foot of a page among which furniture is looked for (design.md 4)."""


class Line(msgspec.Struct, frozen=True):
    """One printed line: its page from 1, its half-open span in the page's text, and its words.

    `apart` says that white space stood before it in a text that has no printed lines of its own.
    """

    page: int
    start: int
    end: int
    text: str
    apart: bool = False


class Block(msgspec.Struct, frozen=True):
    """Lines that belong together.

    `number` is the printed one, `glyph` the printed bullet; `key` is what the caller knows a heading by.
    """

    shape: Shape
    lines: tuple[Line, ...]
    number: int | None = None
    key: object = None
    glyph: str = ""

    @property
    def text(self) -> str:
        """The words in one line, without the printed number or bullet."""
        return _bare(joined(line.text for line in self.lines), self.shape)


Recogniser = Callable[[Sequence[Line], int], tuple[object, int] | None]
"""Looks at the line of an index; returns what heading begins there and how many lines it takes, or None."""


def lines_of(pages: Sequence[str]) -> list[Line]:
    """Every line that is not blank, in order, with its place."""
    found = []
    for number, page in enumerate(pages, start=1):
        at, apart = 0, False
        for raw in page.split("\n"):
            text = raw.strip()
            if text:
                start = at + raw.index(text[0])
                found.append(Line(number, start, start + len(text), text, apart))
            apart = not text
            at += len(raw) + 1
    return found


def joined(texts: Iterable[str]) -> str:
    """Lines as one: a hyphen at a line's end is real and takes no space after it (domain.md 3)."""
    pieces: list[str] = []
    for text in texts:
        if pieces and not (_HYPHEN_END.match(pieces[-1][-2:]) and _WORD_GOES_ON.match(text)):
            pieces.append(" ")
        pieces.append(text)
    return " ".join("".join(pieces).split())


def without_furniture(lines: Sequence[Line], kept: Callable[[str], bool], pages: int) -> list[Line]:
    """The lines less page numbers, running heads and feet, contents tables and footnotes.

    Running heads are what repeats, digits masked, among the first or last three lines of at least three pages and
    30 % of them (design.md 4), or of eight, as where a second report is bound in the same file. A line for which
    `kept` is true (a label, a heading, a grade) is never furniture. A text without pages has no such places: there
    all lines of four words and more that repeat so often are furniture, and so are lone numbers.
    """
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    for page_lines in by_page.values():
        _drop_page_numbers(page_lines)
        if len(page_lines) > _PAGE_LINES:
            page_lines[:] = _without_repeated(page_lines, kept)
    _drop_running_heads(by_page, kept, pages)
    footnotes = 0
    left = []
    for page_lines in by_page.values():
        body, footnotes = _without_footnotes(_without_contents(page_lines), footnotes, kept)
        left.extend(body)
    return left


def _drop_page_numbers(page_lines: list[Line]) -> None:
    for edge in (0, -1):
        if page_lines and _PAGE_NUMBER.fullmatch(page_lines[edge].text):
            del page_lines[edge]


def _without_repeated(lines: Sequence[Line], kept: Callable[[str], bool]) -> list[Line]:
    """The lines of a text without pages less lone page numbers and what its pages repeated."""
    heads = [line for line in lines if len(line.text) <= _HEAD and len(line.text.split()) >= _HEAD_WORDS]
    seen = Counter(_masked(line.text) for line in heads)
    gone = {line.start for line in heads if seen[_masked(line.text)] > _EDGE and not kept(line.text)}
    return [line for line in lines if line.start not in gone and not _PAGE_NUMBER.fullmatch(line.text)]


def _drop_running_heads(by_page: dict[int, list[Line]], kept: Callable[[str], bool], pages: int) -> None:
    threshold = max(3, min(8, 0.3 * pages))
    seen: Counter[tuple[bool, str]] = Counter()
    for page_lines in by_page.values():
        seen.update({(head, _masked(line.text)) for head, line in _edges(page_lines) if not kept(line.text)})
    running = {mask for mask, count in seen.items() if count >= threshold}
    for page_lines in by_page.values():
        _peel(page_lines, running, head=True)
        _peel(page_lines, running, head=False)
        _drop_page_numbers(page_lines)


def _edges(page_lines: Sequence[Line]) -> Iterator[tuple[bool, Line]]:
    yield from ((True, line) for line in page_lines[:_EDGE])
    yield from ((False, line) for line in page_lines[-_EDGE:])


def _peel(page_lines: list[Line], running: set[tuple[bool, str]], head: bool) -> None:
    places = range(min(_EDGE, len(page_lines))) if head else range(max(0, len(page_lines) - _EDGE), len(page_lines))
    gone = [place for place in places if (head, _masked(page_lines[place].text)) in running]
    for place in reversed(gone):
        del page_lines[place]


def _masked(text: str) -> str:
    """A running head without what changes from page to page; a longer line is none, nor is a paragraph's number."""
    if len(text) > _HEAD or _NUMBER.fullmatch(text):
        return text
    months = r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    return re.sub(r"\d+", "#", re.sub(months, "month", re.sub(r"\s+", " ", text.lower())))


def _without_contents(page_lines: list[Line]) -> list[Line]:
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


def _without_footnotes(page_lines: Sequence[Line], before: int, kept: Callable[[str], bool]) -> tuple[list[Line], int]:
    """A page's lines less the notes at its foot, and the number of the last note so far.

    A note opens with the next number in turn and no full stop; numbered paragraphs have a full stop. On a printed
    page all that follows in its lower part is note; in a text without pages the note ends at a blank line or heading.
    """
    printed_page = len(page_lines) <= _PAGE_LINES
    upper = max(1, len(page_lines) // 3) if printed_page else 1
    left: list[Line] = []
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
    lines: Sequence[Line], start: int, number: int, kept: Callable[[str], bool], printed_page: bool
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


def _note_end(lines: Sequence[Line], start: int, kept: Callable[[str], bool], printed_page: bool) -> int:
    """Where a note ends: at the page's end, or before a list item or heading that stands below it."""
    for i in range(start + 1, len(lines)):
        if _opens_item(lines[i].text) or kept(lines[i].text):
            return i
        if not printed_page and (lines[i].apart or i == start + _NOTE_LINES):
            return i
    return len(lines)


def _opens_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def blocks_of(lines: Sequence[Line], heading: Recogniser) -> list[Block]:
    """Lines grouped into headings, numbered paragraphs, bullets and prose, whole across pages."""
    width = _width(lines)
    found: list[_Growing] = []
    last_number: int | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        known = heading(lines, i)
        if known is not None:
            key, count = known
            found.append(_Growing("heading", list(lines[i : i + count]), key=key))
            i += count
            continue
        after_heading = bool(found) and found[-1].shape == "heading"
        number = _number_of(line.text, last_number, after_heading)
        bullet = _BULLET.match(line.text)
        if number is not None:
            last_number = number
            found.append(_Growing("numbered", [line], number=number))
        elif bullet:
            found.append(_Growing("bullet", [line], glyph=bullet[0].strip()))
        elif after_heading and re.fullmatch(r"\d{1,2}", line.text):
            pass  # a footnote mark that stands alone behind its heading
        elif not found or after_heading or _breaks(found[-1], line, width):
            found.append(_Growing("prose", [line]))
        else:
            found[-1].lines.append(line)
        i += 1
    return _minor_headings([one.block() for one in found])


class _Growing(msgspec.Struct):
    """A block whose lines are still being gathered."""

    shape: Shape
    lines: list[Line]
    number: int | None = None
    key: object = None
    glyph: str = ""

    def block(self) -> Block:
        return Block(self.shape, tuple(self.lines), self.number, self.key, self.glyph)


def _number_of(text: str, last: int | None, after_heading: bool) -> int | None:
    """The printed number that a line opens with, if it is the next in turn (or a list begins anew)."""
    opening = _NUMBER.match(text)
    if opening is None:
        return None
    number = int(opening[1])
    in_turn = number == 1 or after_heading if last is None else last < number <= last + 3
    return number if in_turn or after_heading or number == 1 else None


def _breaks(block: _Growing, line: Line, width: float) -> bool:
    """Whether a line begins a new paragraph after a block.

    It does where the line before ended a sentence and had room for the next word. Over a page's end only the
    sentence counts; a text without printed lines is broken by its blank lines unless a sentence runs on.
    """
    before = block.lines[-1]
    if not _LETTER.search(before.text) and block.shape in ("numbered", "bullet") and len(block.lines) == 1:
        return False  # a number or a bullet that stands alone is its words' own
    if line.text[0] == "(" and line.text[1:2].isalpha():
        return False  # what stands in brackets belongs to what was said
    ended = bool(SENTENCE_END.search(before.text))
    opens = not line.text[0].islower()
    if before.text.endswith(":") and line.text[0].isupper():
        return True
    if line.apart and line.page == before.page:
        return ended or not (line.text[0].islower() or line.text[0].isdigit())
    if not ended:
        return len(before.text) < width * 0.5 and opens and len(block.lines) == 1 and block.shape == "prose"
    room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < width * 0.88
    return opens and room


def _width(lines: Sequence[Line]) -> float:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _minor_headings(blocks: list[Block]) -> list[Block]:
    """Split off and name the headings that no framework lists: short, no full stop, right before a new block."""
    found: list[Block] = []
    for i, block in enumerate(blocks):
        follows = blocks[i + 1].shape if i + 1 < len(blocks) else None
        if follows in ("numbered", "bullet", "prose") and block.shape in ("numbered", "bullet"):
            body, tail = _split_tail(block)
            found.append(body)
            if tail is not None:
                found.append(tail)
        elif block.shape == "prose" and follows in ("numbered", "bullet", "prose") and _heads(block.lines):
            found.append(msgspec.structs.replace(block, shape="heading"))
        else:
            found.append(block)
    return found


def _split_tail(block: Block) -> tuple[Block, Block | None]:
    """A list item whose last line is a heading of what comes next, taken apart."""
    *body, last = block.lines
    if not body or not SENTENCE_END.search(body[-1].text) or not _heads((last,)) or "%" in last.text:
        return block, None
    return msgspec.structs.replace(block, lines=tuple(body)), Block("heading", (last,))


def _heads(lines: Sequence[Line]) -> bool:
    text = joined(line.text for line in lines)
    return (
        len(lines) <= 2
        and len(text) <= 90
        and text[:1].isupper()
        and len(text.split()) <= 12
        and not re.search(r"[.,;:!]$", text)
    )


def _bare(text: str, shape: Shape) -> str:
    if shape == "numbered":
        return _NUMBER.sub("", text, count=1).strip()
    if shape == "bullet":
        return _BULLET.sub("", text, count=1).strip()
    return text
