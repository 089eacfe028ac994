"""Remove the line numbers that a draft or a court paper prints in its margins.

    "14 The council has built a team."     "The council has built a team."
    "15"                                   ""
    "16 What needs to improve?"            "What needs to improve?"

Line numbers count every line of a page, blank ones included, so the number minus the place of its line is the same all
down the page. A list of short items has that too. But line numbers go on through blank lines and through sentences that
take more than one line, and the numbers of a list do not:

    "1 Improve the plan." "2 Ensure that staff stay."      a list: its numbers are kept

Some papers number each second, fifth or tenth line only, which no list does. If one page is sure, the other pages need
only count in the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

LINE_NUMBERS = "left out: line numbers in the margin"
"""The note about a page that had line numbers."""
_AT_START = re.compile(r"^[ \t]*(\d{1,4})[:|]?(?:[ \t]+(?=\S)|[ \t]*$)")
_AT_END = re.compile(r"(?:^|(?<=\S)[ \t]+)(\d{1,4})[ \t]*$")
_ALONE = re.compile(r"[ \t]*(\d{1,4})[ \t]*")
"""A number on a line of its own: that of a blank line, or one that is far from the line that it counts."""
_AT_AN_EDGE = re.compile(r"^[ \t]*\d{1,4}[:|]?(?![^\s:|])|\s\d{1,4}[ \t]*$", re.MULTILINE)
_ALONE_LINE = re.compile(rf"^{_ALONE.pattern}$", re.MULTILINE)
_NUMBER = re.compile(r"\d+")
_YEARS = range(1990, 2040)
"""Numbers that often end a line. A paper that has so many lines has numbered lines on its first pages too."""
_MOST_MARGINS = 2
"""Number of margins that may have line numbers: left and right."""
_EDGES = ((_AT_START, True), (_AT_END, True), (_AT_START, False), (_AT_END, False))
"""The two edges of a line, first with the numbers on lines of their own put on the lines that they count."""
_FEWEST_LINES = 5
"""Number of numbered lines on a page that show line numbers; a later page that continues them may have fewer."""
_FEWEST_OF_STEP = 3
"""The same where only each second, fifth or tenth line has a number."""
_FEWEST_MIXED = 2
"""Least number of lines that begin a sentence, and of those that go on with one, in numbered lines of running text."""
_SHARE = 0.8
"""Least share of the lines of a page that are numbered."""
_STEPS = (2, 5, 10)
"""Some papers number only each line of such a step."""
_FULL_STOP = re.compile(r"[.?!][’”)]*(?:\s|$)")
_CLOSED = re.compile(r"[.:;,?!][’”)]*(?: and)?$")
"""The end of a line after which a list may go on with its next item."""

_Marks = dict[int, re.Match[str]]
"""The numbers that may be line numbers, by the index of their line."""


def strip_line_numbers(pages: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the pages without line numbers, and the numbers (from 1) of the pages that had them."""
    stripped = list(pages)
    numbered: set[int] = set()
    for _margin in range(_MOST_MARGINS):
        if not any(map(_may_be_numbered, stripped)):
            break
        edges = [_strip_edge(stripped, pattern, joins) for pattern, joins in _EDGES]
        without, count = max(edges, key=lambda edge: edge[1])
        if not count:
            break
        for place, text in without.items():
            stripped[place] = text
            numbered.add(place + 1)
    return stripped, sorted(numbered)


def _may_be_numbered(page: str) -> bool:
    """Return whether two numbers at the edges of a page's lines may count its lines: a quick look."""
    numbers = {int(number) for number in _NUMBER.findall(" ".join(_AT_AN_EDGE.findall(page)))}.difference(_YEARS)
    return any(number + step in numbers for number in numbers for step in (1, *_STEPS))


def _join_alone(page: str, *, after: bool) -> str:
    """Put each number on a line of its own after the line above it, or else before the line below."""
    if not _ALONE_LINE.search(page):
        return page
    lines = page.split("\n")
    alone = [bool(_ALONE.fullmatch(line)) for line in lines]
    joined: list[str] = []
    waiting = ""
    for i, line in enumerate(lines):
        is_single = alone[i] and not (i and alone[i - 1]) and not (i + 1 < len(lines) and alone[i + 1])
        if is_single and after and i and lines[i - 1].strip() and not _counts_on(lines[i - 1], line):
            joined[-1] += f" {line.strip()}"
        elif (
            is_single
            and not after
            and i + 1 < len(lines)
            and lines[i + 1].strip()
            and not _counts_on(line, lines[i + 1])
        ):
            waiting = f"{line.strip()} "
        else:
            joined.append(waiting + line)
            waiting = ""
    return "\n".join(joined)


def _counts_on(line: str, following: str) -> bool:
    """Return whether two lines have numbers that follow each other, so that each counts its own line."""
    first, second = (
        [int(match[1]) for pattern in (_AT_START, _AT_END) if (match := pattern.search(each))]
        for each in (line, following)
    )
    return any(number + 1 in second for number in first)


def _strip_edge(pages: Sequence[str], pattern: re.Pattern[str], joins: bool) -> tuple[dict[int, str], int]:
    """Return the pages that have line numbers at one edge of their lines, without these, and how many were found.

    The pages are by their index. With `joins`, numbers on lines of their own count the lines next to them.
    """
    if joins:
        if not any(_ALONE_LINE.search(page) for page in pages):
            return {}, 0
        pages = [_join_alone(page, after=pattern is _AT_END) for page in pages]
    split = [page.split("\n") for page in pages]
    marks = [_find_marks(lines, pattern) for lines in split]
    if not any(marks):
        return {}, 0
    for kept in (_each_line(split, marks), *(_each_step(split, marks, step) for step in _STEPS)):
        if any(kept):
            stripped = {
                place: "\n".join(_without(line, found[i]) if i in found else line for i, line in enumerate(lines))
                for place, (lines, found) in enumerate(zip(split, kept, strict=True))
                if found
            }
            return stripped, sum(map(len, kept))
    return {}, 0


def _find_marks(lines: Sequence[str], pattern: re.Pattern[str]) -> _Marks:
    """Return the numbers at one edge of the lines."""
    # Few lines begin or end with a digit, and no others can have a mark.
    marks: _Marks = {}
    edge = 0 if pattern is _AT_START else -1
    for i, line in enumerate(lines):
        printed = line.strip(" \t")
        if printed and printed[edge].isdecimal():
            match = pattern.search(line)
            if match:
                marks[i] = match
    return marks


def _each_line(pages: Sequence[Sequence[str]], marks: Sequence[_Marks]) -> list[_Marks]:
    """Return for each page the numbers that count each of its lines; nothing if no page is sure to be counted."""
    counted = [_in_order(found) for found in marks]
    kept: list[_Marks] = []
    last = 0
    for lines, found in zip(pages, counted, strict=True):
        numbers = _sure_numbers(found, lines, last)
        kept.append(numbers)
        last = int(found[max(found)][1]) if numbers else 0
    if not any(kept):
        return kept
    last = 0
    for place, (lines, found) in enumerate(zip(pages, counted, strict=True)):
        if not kept[place] and _goes_on(found, lines, last):
            kept[place] = found
        last = int(found[max(found)][1]) if kept[place] else 0
    return kept


def _in_order(marks: _Marks) -> _Marks:
    """Return the numbers whose difference from the index of their line is the usual one of the page."""
    if not marks:
        return {}
    offset = Counter(int(match[1]) - i for i, match in marks.items()).most_common(1)[0][0]
    return {i: match for i, match in marks.items() if int(match[1]) - i == offset}


def _sure_numbers(found: _Marks, lines: Sequence[str], last: int) -> _Marks:
    """Return the numbers that are line numbers for sure; `last` is the last line number of the page before, or 0."""
    if not found or (len(found) < _FEWEST_LINES and not last):
        return {}
    printed = [i for i, line in enumerate(lines) if line.strip()]
    continues = last > 0 and int(found[min(found)][1]) in (1, last + 1) and min(found) == printed[0]
    if continues and len(found) == len(printed):
        return found
    if len(found) >= max(_FEWEST_LINES, _SHARE * len(printed)) and (continues or _go_through_text(found, lines)):
        return found
    alone = {i: match for i, match in found.items() if match[0].strip() == lines[i].strip()}
    if len(alone) >= _FEWEST_LINES and max(alone) - min(alone) == len(alone) - 1:
        return alone  # the numbers are drawn first, as a column of their own
    return {}


def _goes_on(found: _Marks, lines: Sequence[str], last: int) -> bool:
    """Return whether nearly all lines of a page are counted, from 1 or from the last number of the page before."""
    printed = [i for i, line in enumerate(lines) if line.strip()]
    if not found or min(found) != printed[0] or int(found[printed[0]][1]) not in (1, last + 1):
        return False
    return len(found) >= _SHARE * len(printed)


def _each_step(pages: Sequence[Sequence[str]], marks: Sequence[_Marks], step: int) -> list[_Marks]:
    """Return for each page the numbers that count each fifth line (or of another step); nothing if no page is sure."""
    chains = [_chain(found, step) for found in marks]
    begin = [chain for chain in chains if chain and min(chain) < step and int(chain[min(chain)][1]) == step]
    is_sure = any(
        len(chain) >= max(_FEWEST_OF_STEP, _SHARE * (len(lines) // step)) or _stands_alone(chain, lines)
        for chain, lines in zip(chains, pages, strict=True)
    )
    # Where each tenth line has a number, a page has few of them.
    is_sure = is_sure or (sum(map(len, begin)) >= _FEWEST_OF_STEP and max(map(len, begin)) > 1)
    return chains if is_sure else [{} for _ in pages]


def _chain(marks: _Marks, step: int) -> _Marks:
    """Return the numbers that count on in a step, each at most so many lines below the one before."""
    longest: _Marks = {}
    chain: _Marks = {}
    for i, match in marks.items():
        number = int(match[1])
        if number % step:
            if chain and 0 < number - int(chain[max(chain)][1]) < step:
                chain = {}  # the numbers of a list are not left out one by one
            continue
        if chain and number == int(chain[max(chain)][1]) + step and i - max(chain) <= step:
            chain[i] = match
        else:
            chain = {i: match}
        longest = chain if len(chain) > len(longest) else longest
    return longest


def _stands_alone(chain: _Marks, lines: Sequence[str]) -> bool:
    """Return whether the numbers are drawn first or last, as a column of their own."""
    alone = all(match[0].strip() == lines[i].strip() for i, match in chain.items())
    return alone and len(chain) >= _FEWEST_OF_STEP and max(chain) - min(chain) == len(chain) - 1


def _go_through_text(marks: Mapping[int, re.Match[str]], lines: Sequence[str]) -> bool:
    """Return whether the marks number a blank line, or lines of whole sentences, as the numbers of a list do not."""
    places = sorted(marks)
    texts = [_without(lines[i], marks[i]).strip() for i in places]
    if not all(texts):
        return True
    numbered = pairwise(zip(places, texts, strict=True))
    going_on = sum(
        second == first + 1 and after[0].islower() and not _CLOSED.search(before)
        for (first, before), (second, after) in numbered
    )
    # In a list of parts of sentences, only the last may have a full stop, and all of them begin alike.
    has_sentences = any(_FULL_STOP.search(text) for text in texts[:-1])
    begin = sum(text[0].isupper() for text in texts)
    return going_on > 0 and (has_sentences or (min(going_on, begin) >= _FEWEST_MIXED))


def _without(line: str, match: re.Match[str]) -> str:
    return line[: match.start()] + line[match.end() :]
