"""Remove the line numbers that a draft or a court paper prints in its margin.

    "14 The council has built a team."     "The council has built a team."
    "15"                                   ""
    "16 What needs to improve?"            "What needs to improve?"

Line numbers count every line of a page, blank ones included, so the number minus the place of its line is the same all
down the page. A list of short items has that too. But line numbers go on through blank lines and through sentences that
take more than one line, and the numbers of a list do not:

    "1 Improve the plan." "2 Ensure that staff stay."      a list: its numbers are kept
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

_AT_START = re.compile(r"(?<![ \t])[ \t]*(\d{1,4})(?:[ \t]+(?=\S)|[ \t]*$)")
_AT_END = re.compile(r"(?:^|(?<=\S)[ \t]+)(\d{1,4})[ \t]*$")
_FEWEST_LINES = 5
"""Number of numbered lines on a page that show line numbers; a later page that continues them may have fewer."""
_SHARE = 0.8
"""Least share of the lines of a page that are numbered."""
_STEP = 5
"""Some papers number each fifth line only."""
_FULL_STOP = re.compile(r"[.?!][’”)]*(?:\s|$)")
_CLOSED = re.compile(r"[.:;,?!][’”)]*(?: and)?$")
"""The end of a line after which a list may go on with its next item."""


def strip_line_numbers(pages: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the pages without line numbers, and the numbers (from 1) of the pages that had them."""
    stripped: list[str] = []
    numbered: list[int] = []
    last = 0
    for page_number, page in enumerate(pages, start=1):
        found = _strip_page(page, last)
        if found is None:
            stripped.append(page)
            continue
        text, last = found
        stripped.append(text)
        numbered.append(page_number)
    return stripped, numbered


def _strip_page(page: str, last: int) -> tuple[str, int] | None:
    """Return a page without its line numbers, and the last of them; None if the page has none.

    `last` is the last line number of the page before, or 0.
    """
    lines = page.split("\n")
    # Few lines begin or end with a digit, and no others can have a mark.
    possible = [
        (i, line)
        for i, line in enumerate(lines)
        if (printed := line.strip(" \t")) and (printed[0].isdecimal() or printed[-1].isdecimal())
    ]
    for pattern in (_AT_START, _AT_END):
        marks = {i: match for i, line in possible if (match := pattern.search(line)) and _is_edge(match, line)}
        kept = _line_numbers(marks, lines, last)
        if kept:
            text = [_without(lines[i], kept[i]) if i in kept else lines[i] for i in range(len(lines))]
            return "\n".join(text), max(int(match[1]) for match in kept.values())
    return None


def _is_edge(match: re.Match[str], line: str) -> bool:
    return match.start() == 0 or match.end() == len(line)


def _line_numbers(marks: dict[int, re.Match[str]], lines: Sequence[str], last: int) -> dict[int, re.Match[str]]:
    """Return the marks that are line numbers, by the index of their line; empty if the page has no line numbers."""
    if not marks or (len(marks) < _FEWEST_LINES and not last):
        return {}
    offsets = Counter(int(match[1]) - i for i, match in marks.items())
    offset, count = offsets.most_common(1)[0]
    kept = {i: match for i, match in marks.items() if int(match[1]) - i == offset}
    printed = [i for i, line in enumerate(lines) if line.strip()]
    continues = last > 0 and int(kept[min(kept)][1]) in (1, last + 1) and min(kept) == printed[0]
    if continues and count == len(printed):
        return kept
    if count >= max(_FEWEST_LINES, _SHARE * len(printed)) and (continues or _go_through_text(kept, lines)):
        return kept
    alone = {i: match for i, match in kept.items() if match[0].strip() == lines[i].strip()}
    if len(alone) >= _FEWEST_LINES and max(alone) - min(alone) == len(alone) - 1:
        return alone  # the numbers are drawn first, as a column of their own
    fifths = all(int(match[1]) % _STEP == 0 for match in kept.values())
    expected = (len(lines) + offset % _STEP) // _STEP
    return kept if fifths and count >= max(_FEWEST_LINES, _SHARE * expected) else {}


def _go_through_text(marks: Mapping[int, re.Match[str]], lines: Sequence[str]) -> bool:
    """Return whether the marks number a blank line, or lines of whole sentences, as the numbers of a list do not."""
    places = sorted(marks)
    texts = [_without(lines[i], marks[i]).strip() for i in places]
    if not all(texts):
        return True
    # In a list of parts of sentences, only the last may have a full stop.
    has_sentences = any(_FULL_STOP.search(text) for text in texts[:-1])
    numbered = pairwise(zip(places, texts, strict=True))
    return has_sentences and any(
        second == first + 1 and after[0].islower() and not _CLOSED.search(before)
        for (first, before), (second, after) in numbered
    )


def _without(line: str, match: re.Match[str]) -> str:
    return line[: match.start()] + line[match.end() :]
