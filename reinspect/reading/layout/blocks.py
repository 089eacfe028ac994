"""Group printed lines into blocks: headings, numbered paragraphs, bullets and prose.

    lines                                        blocks
    "Main findings"                              heading
    "1. Staff know the children and their"       numbered, number=1
    "homes."                                       (joins the line before, which does not end a sentence)
    "• Plans are clear."                         bullet, glyph="•"
    "Plans for health"                           heading: short, no full stop, directly before a new block
    "Each child has a nurse."                    prose

A block may go on over a page break. The caller recognises the headings of its framework. The other rules are the same
for all frameworks (phrases.md P8, P10).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from reinspect.reading.layout.lines import BULLET, LETTER, NUMBER, SENTENCE_END, PrintedLine, join_lines

Shape = Literal["heading", "numbered", "bullet", "prose"]

LETTERED = ("(a)", "(i)")
"""The `glyph` of a block that opens with a letter or a small Roman numeral."""
_ANY_LETTER = re.compile(r"[^\W\d_]")
_DEADLINE = re.compile(r"(?:Immediately|Within .{1,30}):")
"""A line that divides a list of actions by deadline; it opens a block even after an item without a full stop."""
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBER_GAP = 3
"""Greatest step from one paragraph number to the next, so that a lost number does not end the count."""


class Block(msgspec.Struct, frozen=True):
    """Consecutive lines that belong together: a heading, a paragraph or a list item.

    `number` and `glyph` are the printed number and bullet. `key` identifies a heading that the caller knows.
    """

    shape: Shape
    lines: tuple[PrintedLine, ...]
    number: int | None = None
    key: object = None
    glyph: str = ""

    @property
    def text(self) -> str:
        """The text of the block on one line, without its printed number or bullet."""
        return _strip_mark(join_lines(line.text for line in self.lines), self.shape)


HeadingFinder = Callable[[Sequence[PrintedLine], int], tuple[object, int] | None]
"""Given lines and an index, returns the key of the heading that begins there and its number of lines, or None."""


def group_blocks(lines: Sequence[PrintedLine], find_heading: HeadingFinder) -> list[Block]:
    """Group lines into blocks: headings, numbered paragraphs, bullets and prose, in print order.

    `find_heading` recognises the headings that the caller knows.
    """
    width = _usual_width(lines)
    blocks: list[_OpenBlock] = []
    last_number: int | None = None
    last_letters: dict[str, str] = {}
    i = 0
    while i < len(lines):
        line = lines[i]
        heading = find_heading(lines, i)
        if heading is not None:
            key, count = heading
            blocks.append(_OpenBlock("heading", list(lines[i : i + count]), key=key))
            i += count
            continue
        after_heading = bool(blocks) and blocks[-1].shape == "heading"
        number = _paragraph_number(line.text, last_number, after_heading)
        bullet = BULLET.match(line.text)
        letter_allowed = not blocks or after_heading or _allows_item(blocks[-1])
        lettered = _letter_glyph(line.text, last_letters) if letter_allowed else ""
        if number is not None:
            last_number = number
            last_letters = {}
            blocks.append(_OpenBlock("numbered", [line], number=number))
        elif lettered:
            blocks.append(_OpenBlock("bullet", [line], glyph=lettered))
        elif bullet:
            blocks.append(_OpenBlock("bullet", [line], glyph=bullet[0].strip()))
        elif after_heading and re.fullmatch(r"\d{1,2}", line.text):
            pass  # a footnote mark on a line of its own after a heading
        elif not blocks or after_heading or _starts_paragraph(blocks[-1], line, width):
            blocks.append(_OpenBlock("prose", [line]))
        else:
            blocks[-1].lines.append(line)
        i += 1
    return _find_minor_headings([block.close() for block in blocks])


class _OpenBlock(msgspec.Struct):
    """A block (heading, paragraph or list item) to which lines can still be added."""

    shape: Shape
    lines: list[PrintedLine]
    number: int | None = None
    key: object = None
    glyph: str = ""

    def close(self) -> Block:
        return Block(self.shape, tuple(self.lines), self.number, self.key, self.glyph)


def _paragraph_number(text: str, last: int | None, after_heading: bool) -> int | None:
    """Return the number of the numbered paragraph that a line opens, or None if the line opens none.

    `last` is the number of the paragraph before.
    """
    opening = NUMBER.match(text)
    if opening is None:
        return None
    # The number is next in order, or a list starts again.
    number = int(opening[1])
    in_order = last is not None and last < number <= last + _NUMBER_GAP
    return number if in_order or after_heading or number == 1 else None


def _letter_glyph(text: str, last_letters: dict[str, str]) -> str:
    """Return the kind of letter that opens a list item, "(a)" or "(i)", or "" if none does.

    `last_letters` holds the last letter of each kind, and is updated.
    """
    opening = LETTER.match(text)
    letter = opening[1] if opening else ""
    for glyph, first, next_after in (("(a)", "a", _next_letter), ("(i)", "i", _next_numeral)):
        if letter and (letter == first or letter == next_after(last_letters.get(glyph, ""))):
            last_letters[glyph] = letter
            return glyph
    return ""


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else ""


def _next_numeral(numeral: str) -> str:
    index = _NUMERALS.index(numeral) + 1 if numeral else len(_NUMERALS)
    return _NUMERALS[index] if index < len(_NUMERALS) else ""


def _allows_item(block: _OpenBlock) -> bool:
    """Return whether a list item may begin after a block."""
    text = block.lines[-1].text
    return block.glyph in LETTERED or bool(SENTENCE_END.search(text)) or text.endswith((",", " and", " or"))


def _starts_paragraph(block: _OpenBlock, line: PrintedLine, width: float) -> bool:
    """Return whether a line starts a new paragraph after a block, instead of continuing the block.

    `width` is the usual length of a full line.
    """
    before = block.lines[-1]
    if not _ANY_LETTER.search(before.text) and block.shape in ("numbered", "bullet") and len(block.lines) == 1:
        return False  # a number or bullet on a line of its own: its words follow
    if line.text[0] == "(" and line.text[1:2].isalpha():
        return False  # words in brackets belong to the sentence before
    # A new paragraph begins if the line before ends a sentence and had room for the next word. A text without printed
    # layout is divided by its blank lines, unless a sentence continues over one.
    ends_sentence = bool(SENTENCE_END.search(before.text))
    not_lower = not line.text[0].islower()
    if line.text[0].isupper() and (before.text.endswith(":") or _DEADLINE.fullmatch(line.text)):
        return True
    if line.after_blank_line and line.page == before.page:
        return ends_sentence or not (line.text[0].islower() or line.text[0].isdigit())
    if not ends_sentence:
        return len(before.text) < width * 0.5 and not_lower and len(block.lines) == 1 and block.shape == "prose"
    had_room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < width * 0.88
    return not_lower and had_room


def _usual_width(lines: Sequence[PrintedLine]) -> float:
    """Return the length of a full line in characters: the 90th percentile of all lines."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _find_minor_headings(blocks: list[Block]) -> list[Block]:
    """Find headings that the caller does not know; return all blocks, with these headings as blocks of their own."""
    # Such a heading is in no framework file: it is short, has no full stop and is directly before a new block.
    result: list[Block] = []
    for i, block in enumerate(blocks):
        follows = blocks[i + 1].shape if i + 1 < len(blocks) else None
        if follows in ("numbered", "bullet", "prose") and block.shape in ("numbered", "bullet"):
            body, heading = _split_last_line(block)
            result.append(body)
            if heading is not None:
                result.append(heading)
        elif block.shape == "prose" and follows in ("numbered", "bullet", "prose") and _looks_like_heading(block.lines):
            result.append(msgspec.structs.replace(block, shape="heading"))
        else:
            result.append(block)
    return result


def _split_last_line(block: Block) -> tuple[Block, Block | None]:
    """Split the last line off a list item if the line is a heading; return the item, and the heading or None."""
    *body, last = block.lines
    if not body or not SENTENCE_END.search(body[-1].text) or not _looks_like_heading((last,)) or "%" in last.text:
        return block, None
    return msgspec.structs.replace(block, lines=tuple(body)), Block("heading", (last,))


def _looks_like_heading(lines: Sequence[PrintedLine]) -> bool:
    text = join_lines(line.text for line in lines)
    return (
        len(lines) <= 2
        and len(text) <= 90
        and text[:1].isupper()
        and len(text.split()) <= 12
        and not re.search(r"[.,;:!]$", text)
    )


def _strip_mark(text: str, shape: Shape) -> str:
    """Remove the printed number or bullet from the text of a block."""
    if shape == "numbered":
        return NUMBER.sub("", text, count=1).strip()
    if shape == "bullet":
        return BULLET.sub("", text, count=1).strip()
    return text
