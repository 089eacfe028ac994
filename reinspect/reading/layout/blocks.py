"""Group printed lines into blocks: headings, numbered paragraphs, bullets and prose.

    lines                                        blocks
    "Main findings"                              heading
    "1. Staff know the children and their"       numbered, number=1
    "homes."                                       (joins the line before, which does not end a sentence)
    "• Plans are clear."                         bullet, glyph="•"
    "Plans for health"                           heading: short, no full stop, directly before a new block
    "Each child has a nurse."                    prose

A block may go on over a page break. The caller recognises the headings of its framework. The other rules are the same
for all frameworks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from reinspect.reading.layout.lines import (
    ANY_LETTER,
    BULLET,
    MARK,
    NUMBER,
    SENTENCE_END,
    PrintedLine,
    had_room,
    join_lines,
)

Shape = Literal["heading", "numbered", "bullet", "prose"]

LETTERED = ("(a)", "(i)", "(A)", "(I)", "1.1")
"""The `glyph` of a block that opens with a letter, a Roman numeral or a number of two parts."""
_DEADLINE = re.compile(r"(?:Immediately|Within .{1,30}):")
"""A line that divides a list of actions by deadline; it opens a block even after an item without a full stop."""
_TABLE_HEAD = re.compile(
    r"(?:(?:ref(?:erence)?|no|number|item|#|areas?|for|of|improvements?|actions?|recommendations?|priority|what|needs?"
    r"|to|improve)\b[.:]?\s*){2,8}",
    re.IGNORECASE,
)
"""The first row of a table of items: "Ref", "Area for improvement"."""
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
NUMBER_GAP = 3
"""Greatest step from one paragraph number to the next, so that a lost number does not end the count."""
_ITEM_LINES = 60
"""Number of lines after the first mark of a list in which the second follows."""


class Block(msgspec.Struct, frozen=True):
    """Consecutive lines that belong together: a heading, a paragraph or a list item.

    `number` and `glyph` are the printed number and the kind of bullet or letter, and `mark` is either as printed. `key`
    identifies a heading that the caller knows.
    """

    shape: Shape
    lines: tuple[PrintedLine, ...]
    number: int | None = None
    key: object = None
    glyph: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """The text of the block on one line, without its printed number or bullet; a letter is kept."""
        joined = join_lines(line.text for line in self.lines)
        return joined if self.glyph in LETTERED else self._without_mark(joined)

    @property
    def unmarked_text(self) -> str:
        """The text of the block on one line, without its printed number, bullet or letter."""
        return self._without_mark(join_lines(line.text for line in self.lines))

    def _without_mark(self, joined: str) -> str:
        return joined.removeprefix(" ".join(self.mark.split())).strip()


HeadingFinder = Callable[[Sequence[PrintedLine], int], tuple[object, int] | None]
"""Given lines and an index, returns the key of the heading that begins there and its number of lines, or None."""


def group_blocks(lines: Sequence[PrintedLine], find_heading: HeadingFinder) -> list[Block]:
    """Group lines into blocks: headings, numbered paragraphs, bullets and prose, in print order.

    `find_heading` recognises the headings that the caller knows.
    """
    width = _usual_width(lines)
    blocks: list[_OpenBlock] = []
    last_number: int | None = None
    marks = _ListMarks(lines)
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
        marked = marks.read(i, blocks[-1] if blocks else None) if number is None else None
        if number is not None:
            last_number = number
            marks.restart()
            opening = NUMBER.match(line.text)
            blocks.append(_OpenBlock("numbered", [line], number=number, mark=opening[0] if opening else ""))
        elif marked is not None:
            blocks.append(marked)
        elif bullet:
            blocks.append(_OpenBlock("bullet", [line], glyph=bullet[0].strip(), mark=bullet[0]))
        elif after_heading and re.fullmatch(r"\d{1,2}", line.text):
            pass  # a footnote mark on a line of its own after a heading
        elif after_heading and _TABLE_HEAD.fullmatch(line.text):
            blocks.append(_OpenBlock("heading", [line]))
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
    mark: str = ""

    def close(self) -> Block:
        return Block(self.shape, tuple(self.lines), self.number, self.key, self.glyph, self.mark)


def _paragraph_number(text: str, last: int | None, after_heading: bool) -> int | None:
    """Return the number of the numbered paragraph that a line opens, or None if the line opens none.

    `last` is the number of the paragraph before.
    """
    opening = NUMBER.match(text)
    if opening is None:
        return None
    # The number is next in order, or a list starts again.
    number = int(opening[1])
    in_order = last is not None and last < number <= last + NUMBER_GAP
    return number if in_order or after_heading or number == 1 else None


class _ListMarks:
    """The marks of list items other than "1." and bullets, each kind counted on its own.

    A mark opens an item only in its order: "a)" comes first, "b)" after it. The first is taken for a mark only if the
    second follows, or if it stands directly below a heading: a sentence may begin with "A. Smith" or "2.1 children".
    """

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self._lines = lines
        self._last: dict[str, tuple[int, ...]] = {}

    def restart(self) -> None:
        """Let each kind of mark begin again, below a numbered paragraph."""
        self._last = {}

    def read(self, index: int, before: _OpenBlock | None) -> _OpenBlock | None:
        """Return the list item that the line with this index opens, or None if it opens none.

        A new list may begin only where the block `before` is a heading or has ended a sentence.
        """
        line = self._lines[index]
        after_heading = before is not None and before.shape == "heading"
        for kind, value in _readings_of_mark(line.text):
            last = self._last.get(kind)
            goes_on = last is not None and _follows(last, value)
            may_begin = before is None or after_heading or _allows_item(before)
            if not goes_on and not (may_begin and self._begins(index, kind, value, after_heading)):
                continue
            self._last[kind] = value
            opening = MARK.match(line.text)
            mark = opening[0] if opening else ""
            if kind[0] in _NUMBERED:
                return _OpenBlock("numbered", [line], number=value[0], mark=mark)
            return _OpenBlock("bullet", [line], glyph=_GLYPHS[kind[0]], mark=mark)
        return None

    def _begins(self, index: int, kind: str, value: tuple[int, ...], after_heading: bool) -> bool:
        """Return whether a mark is the first of a list."""
        if value[-1] != 1 and not (after_heading and kind[0] == "R"):
            return False
        if kind == _BARE and not after_heading:
            return False  # the next line of a paragraph may begin with a number
        alone = after_heading and (kind[0] == "R" or kind[-1] in ")]:}>")
        return alone or self._is_followed(index, kind, value)

    def _is_followed(self, index: int, kind: str, value: tuple[int, ...]) -> bool:
        """Return whether the next mark of the same kind opens a line below."""
        following = self._lines[index + 1 : index + 1 + _ITEM_LINES]
        return any((kind, (*value[:-1], value[-1] + 1)) in _readings_of_mark(line.text) for line in following)


_NUMBERED = "#R"
_BARE = "# "
_GLYPHS = {"a": "(a)", "A": "(A)", "i": "(i)", "I": "(I)", "1": "1.1"}


def _readings_of_mark(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the list marks that the start of a line may be, as (kind, value): "(c)" -> [("a()", (3,))].

    "(i)" is a Roman numeral or the letter after "(h)".
    """
    opening = MARK.match(text)
    if opening is None:
        return []
    if opening["dotted"]:
        return [("1.1", tuple(map(int, opening["dotted"].split("."))))]
    if opening["ring"]:
        return _readings_of_sign(opening["ring"])
    numbers = {
        f"R{opening['word']}": opening["number"],
        f"R{opening['named']}": opening["count"],
        f"R{opening['short']}": opening["counted"],
        "##": opening["hash"],
        _BARE: opening["bare"],
    }
    value = unicodedata.normalize("NFKC", opening["value"] or opening["letter"] or "")
    close = opening["close"] or opening["tight"] or opening["dash"] or "."
    form = f"{opening['open'] or ''}{close.strip()}"
    if value.isdecimal():
        numbers[f"#{form}"] = value
    return _letter_readings(value, form) or [(kind, (int(number),)) for kind, number in numbers.items() if number]


def _readings_of_sign(sign: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the readings of one sign that holds a number or a letter: "③" -> [("#ring", (3,))], "ⓒ" -> c."""
    plain = unicodedata.normalize("NFKC", sign[0]).strip("().")
    if plain.isdecimal():
        return [("#ring", (int(plain),))]
    number = unicodedata.numeric(sign[0], 0)
    return [("#ring", (int(number),))] if number else _letter_readings(plain, "ring")


def _letter_readings(value: str | None, form: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the letter and the Roman numeral that a printed mark may be, each with its form, such as "()"."""
    readings: list[tuple[str, tuple[int, ...]]] = []
    if value and len(value) == 1 and value.isalpha():
        first = "a" if value.islower() else "A"
        readings.append((first + form, (ord(value) - ord(first) + 1,)))
    if value and value.lower() in _NUMERALS and value in (value.lower(), value.upper()):
        readings.append((("i" if value.islower() else "I") + form, (_NUMERALS.index(value.lower()) + 1,)))
    return readings


def _follows(last: tuple[int, ...], value: tuple[int, ...]) -> bool:
    """Return whether a mark is the next after another of its kind: "1.2" or "2.1" after "1.1"."""
    if len(last) != len(value):
        return False
    next_in_part = last[:-1] == value[:-1] and last[-1] + 1 == value[-1]
    opens_part = len(value) > 1 and last[:-1] < value[:-1] and value[-1] == 1
    return next_in_part or opens_part


def _allows_item(block: _OpenBlock) -> bool:
    """Return whether a list item may begin after a block."""
    text = block.lines[-1].text
    return block.glyph in LETTERED or bool(SENTENCE_END.search(text)) or text.endswith((",", " and", " or"))


def _starts_paragraph(block: _OpenBlock, line: PrintedLine, width: float) -> bool:
    """Return whether a line starts a new paragraph after a block, instead of continuing the block.

    `width` is the usual length of a full line.
    """
    before = block.lines[-1]
    if len(block.lines) == 1 and block.shape in ("numbered", "bullet") and not ANY_LETTER.search(before.text):
        return False  # a number or bullet on a line of its own: its words follow
    if line.text[0] == "(" and line.text[1:2].isalpha():
        return False  # words in brackets belong to the sentence before
    # A new paragraph begins if the line before ends a sentence and had room for the next word. A text without printed
    # layout is divided by its blank lines, unless a sentence continues over one.
    ends_sentence = bool(SENTENCE_END.search(before.text))
    not_lower = not line.text[0].islower()
    if line.text[0].isupper() and (before.text.endswith(":") or _DEADLINE.fullmatch(line.text)):
        return True
    has_room = had_room(before, line, width)
    if line.after_blank_line and line.page == before.page:
        return ends_sentence or (has_room and not (line.text[0].islower() or line.text[0].isdigit()))
    if not ends_sentence:
        return len(before.text) < width * 0.5 and not_lower and len(block.lines) == 1 and block.shape == "prose"
    return not_lower and has_room


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
    if not ANY_LETTER.search(body[-1].text):
        return block, None  # the number of the item on a line of its own
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
