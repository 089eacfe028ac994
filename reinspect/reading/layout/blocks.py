"""Lines -> blocks: headings, numbered paragraphs, bullets and prose, whole across pages.

Nothing here knows a regime. What a heading is, the caller says. Rules: phrases.md P8, P10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from reinspect.reading.layout.lines import BULLET, LETTER, NUMBER, SENTENCE_END, PrintedLine, join_lines

Shape = Literal["heading", "numbered", "bullet", "prose"]

_LETTER = re.compile(r"[^\W\d_]")
_TIME_LIMIT = re.compile(r"(?:Immediately|Within .{1,30}):")
"""What divides a list of actions by when they are due; it begins anew though the item before has no full stop."""
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
LETTERED = ("(a)", "(i)")
"""The glyphs of blocks that a letter or a small numeral opens."""


class Block(msgspec.Struct, frozen=True):
    """Lines that belong together.

    `number` is the printed one, `glyph` the printed bullet; `key` is what the caller knows a heading by.
    """

    shape: Shape
    lines: tuple[PrintedLine, ...]
    number: int | None = None
    key: object = None
    glyph: str = ""

    @property
    def text(self) -> str:
        """The words in one line, without the printed number or bullet; a letter ("(b)") stays."""
        return _bare(join_lines(line.text for line in self.lines), self.shape)


Recogniser = Callable[[Sequence[PrintedLine], int], tuple[object, int] | None]
"""Looks at the line of an index; returns what heading begins there and how many lines it takes, or None."""


def blocks_of(lines: Sequence[PrintedLine], heading: Recogniser) -> list[Block]:
    """Lines grouped into headings, numbered paragraphs, bullets and prose, whole across pages."""
    width = _width(lines)
    found: list[_Growing] = []
    last_number: int | None = None
    letters: dict[str, str] = {}
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
        bullet = BULLET.match(line.text)
        lettered = _lettered(line.text, letters) if not found or after_heading or _pauses(found[-1]) else ""
        if number is not None:
            last_number = number
            letters = {}
            found.append(_Growing("numbered", [line], number=number))
        elif lettered:
            found.append(_Growing("bullet", [line], glyph=lettered))
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
    lines: list[PrintedLine]
    number: int | None = None
    key: object = None
    glyph: str = ""

    def block(self) -> Block:
        return Block(self.shape, tuple(self.lines), self.number, self.key, self.glyph)


def _number_of(text: str, last: int | None, after_heading: bool) -> int | None:
    """The printed number that a line opens with, if it is the next in turn (or a list begins anew)."""
    opening = NUMBER.match(text)
    if opening is None:
        return None
    number = int(opening[1])
    in_turn = number == 1 or after_heading if last is None else last < number <= last + 3
    return number if in_turn or after_heading or number == 1 else None


def _lettered(text: str, letters: dict[str, str]) -> str:
    """The glyph of a line that opens with the next letter or small numeral in turn, which is noted; else nothing."""
    opening = LETTER.match(text)
    mark = opening[1] if opening else ""
    for glyph, first, after in (("(a)", "a", _next_letter), ("(i)", "i", _next_numeral)):
        if mark and (mark == first or mark == after(letters.get(glyph, ""))):
            letters[glyph] = mark
            return glyph
    return ""


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else ""


def _next_numeral(numeral: str) -> str:
    at = _NUMERALS.index(numeral) + 1 if numeral else len(_NUMERALS)
    return _NUMERALS[at] if at < len(_NUMERALS) else ""


def _pauses(block: _Growing) -> bool:
    """Whether a block so far ends where the items of a list may begin or go on."""
    text = block.lines[-1].text
    return block.glyph in LETTERED or bool(SENTENCE_END.search(text)) or text.endswith((",", " and", " or"))


def _breaks(block: _Growing, line: PrintedLine, width: float) -> bool:
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
    if line.text[0].isupper() and (before.text.endswith(":") or _TIME_LIMIT.fullmatch(line.text)):
        return True
    if line.apart and line.page == before.page:
        return ended or not (line.text[0].islower() or line.text[0].isdigit())
    if not ended:
        return len(before.text) < width * 0.5 and opens and len(block.lines) == 1 and block.shape == "prose"
    room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < width * 0.88
    return opens and room


def _width(lines: Sequence[PrintedLine]) -> float:
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


def _heads(lines: Sequence[PrintedLine]) -> bool:
    text = join_lines(line.text for line in lines)
    return (
        len(lines) <= 2
        and len(text) <= 90
        and text[:1].isupper()
        and len(text.split()) <= 12
        and not re.search(r"[.,;:!]$", text)
    )


def _bare(text: str, shape: Shape) -> str:
    if shape == "numbered":
        return NUMBER.sub("", text, count=1).strip()
    if shape == "bullet":
        return BULLET.sub("", text, count=1).strip()
    return text
