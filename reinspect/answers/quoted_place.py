"""Find where the words of a quote are printed, so that a reader can highlight exactly these words.

A quote has its lines joined and its hyphenated words put together, and may go on on the next page. So letters and
digits alone are compared:

    pages  "...they man-\\nage well. Visits are" , "7\\nlate."     quote "Visits are late."
    found  "Visits are" on page 1, "late." on page 2
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reinspect.model import Evidence

# The least letters of a quote that are looked for when it is cut by the end of a page.
_LEAST = 12
# Letters of footnotes and running lines that may stand between the two parts of a quote, on each of the two pages.
_BETWEEN = 600


class QuotedSpan(NamedTuple):
    """A range of characters on a page that prints a part of a quote."""

    page: int
    start: int
    end: int


class _Letters(NamedTuple):
    """The letters and digits of a text in lower case, and the offset of each in the text."""

    text: str
    offsets: tuple[int, ...]


def find_quote(pages: Sequence[str], evidence: Evidence, words: str) -> tuple[QuotedSpan, ...]:
    """Return where the words are printed, nearest to the evidence; empty if they are not printed there.

    The page of the evidence and the next page are looked at, and the page before for the beginning of a quote.
    """
    wanted = _letters(words).text
    if not wanted or not 1 <= evidence.page <= len(pages):
        return ()
    page = evidence.page
    for number in (page, page + 1):
        if number <= len(pages):
            letters = _letters(pages[number - 1])
            places = list(_occurrences(letters.text, wanted))
            if places:
                start = evidence.start if number == page else 0
                best = min(places, key=lambda place: abs(letters.offsets[place] - start))
                return (_span(number, letters, best, len(wanted)),)
    firsts = [first for first in (page, page - 1) if 1 <= first < len(pages)]
    return next(filter(None, (_across_pages(pages, first, wanted) for first in firsts)), ())


def _across_pages(pages: Sequence[str], page: int, wanted: str) -> tuple[QuotedSpan, ...]:
    """Return the end of one page and the beginning of the next that print the two parts of a quote."""
    first, second = _letters(pages[page - 1]), _letters(pages[page])
    length = _longest_prefix(first.text, wanted)
    if length < min(_LEAST, len(wanted)):
        return ()
    begins, rest = first.text.rindex(wanted[:length]), wanted[length:]
    found, left = _span(page, first, begins, length), len(first.text) - begins - length
    continued = _at_head(page + 1, pages[page], second, rest) if rest and left <= _BETWEEN else ()
    # Without their rest, first words that do not end the page are those of another sentence.
    return (found, *continued) if continued or not rest or not left else ()


def _at_head(page: int, text: str, letters: _Letters, rest: str) -> tuple[QuotedSpan, ...]:
    """Return where the rest of a quote stands at the head of a page, as whole words; empty if it does not."""
    for place in _occurrences(letters.text[: _BETWEEN + len(rest)], rest):
        start, end = letters.offsets[place], letters.offsets[place + len(rest) - 1] + 1
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            return (QuotedSpan(page, start, end),)
    return ()


def _longest_prefix(text: str, wanted: str) -> int:
    """Return how many letters of a quote, from its first on, are in a text."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    return low


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def _letters(text: str) -> _Letters:
    kept = [(lower, offset) for offset, letter in enumerate(text) if letter.isalnum() for lower in letter.lower()]
    return _Letters("".join(letter for letter, _ in kept), tuple(offset for _, offset in kept))


def _span(page: int, letters: _Letters, place: int, length: int) -> QuotedSpan:
    return QuotedSpan(page, letters.offsets[place], letters.offsets[place + length - 1] + 1)
