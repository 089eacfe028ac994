"""How the texts may write what was typed: its words joined or parted, an acronym or what that stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.search.similar_words import QueryWord
from reinspect.phrases.words import fold, lexicon, words

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# What is like a long form by so many points is one with a slip of the pen.
_LONG_FORM = 90
# Points that a hit has less for other letters than were typed: those of the word meant, or of other words altogether.
_SLIP, _OTHER_WORDS = 2, 12
_KEPT = 512


class Spelling(msgspec.Struct, frozen=True):
    """The words of a phrase as the texts may write them, and the `string` that a sentence with them is compared to.

    Where these are not the letters that were typed, `off` is the points a hit has less, and it is not word for word.
    """

    words: tuple[QueryWord, ...]
    string: str
    off: int = 0


def spellings(index: Index, typed: Sequence[str], prefix: bool) -> Iterator[Spelling]:
    """The words as typed, then the other ways to write them; with `prefix` the last word is still being typed."""
    sought = [_sought(text, begun=prefix and number == len(typed) - 1) for number, text in enumerate(typed)]
    string = " ".join(typed)
    if sought:
        yield Spelling(tuple(sought), string)
    for number, word in enumerate(sought):
        before, after = sought[:number], sought[number + 1 :]
        together = _joined(sought[number : number + 2])
        if together and _stands(index, together):
            yield Spelling((*before, together, *after[1:]), string)
        for parted in index.compounds.of(word):
            yield Spelling((*before, *parted.words, *after), string, off=0 if parted.as_typed else _SLIP)
    for start, end, meant in _in_other_words(tuple(typed)):
        # Half of what an acronym stands for is something else.
        others = (QueryWord(word, exact=True, wanted=_says_something(word)) for word in meant)
        string = " ".join([*typed[:start], *meant, *typed[end:]])
        yield Spelling((*sought[:start], *others, *sought[end:]), string, _OTHER_WORDS)


def _sought(text: str, begun: bool) -> QueryWord:
    """A word as typed. "NEET" is no slip for "need", and 2014 none for 2015."""
    exact = fold(text) in _acronyms() or any(letter.isdigit() for letter in text)
    return QueryWord(text, exact=exact, begun=begun, wanted=text in lexicon().denying)


def _says_something(word: str) -> bool:
    return word not in lexicon().stop or word in lexicon().denying


def _joined(two: Sequence[QueryWord]) -> QueryWord | None:
    """Two words written as one."""
    if len(two) < 2:
        return None
    return QueryWord(two[0].text + two[1].text, exact=True, begun=two[1].begun)


def _stands(index: Index, sought: QueryWord) -> bool:
    """Whether the texts hold a word that is sought exactly."""
    return index.holds(sought.text) or (sought.begun and len(index.similar_words.starting(sought.text)) > 0)


@lru_cache(maxsize=_KEPT)
def _in_other_words(typed: tuple[str, ...]) -> tuple[tuple[int, int, Sequence[str]], ...]:
    """From which word typed to which (half-open) stands an acronym, or what one stands for; and the other of them."""
    singular = [fold(word) for word in typed]
    written_out = (
        (number, number + 1, long) for number, word in enumerate(singular) for long in _acronyms().get(word, ())
    )
    return (*written_out, *_shortened(singular))


def _shortened(singular: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    lengths, longs, acronyms = _long_forms()
    runs = [(start, start + length) for length in sorted({*lengths}) for start in range(len(singular) - length + 1)]
    strings = [" ".join(singular[start:end]) for start, end in runs]
    alike = process.cdist(strings, longs, scorer=fuzz.ratio, score_cutoff=_LONG_FORM) if runs else np.zeros((0, 0))
    for run, long in zip(*(each.tolist() for each in alike.nonzero()), strict=True):
        start, end = runs[run]
        if end - start == lengths[long]:
            yield start, end, (acronyms[long],)


@cache
def _acronyms() -> dict[str, list[list[str]]]:
    """The words of each thing that an acronym stands for."""
    return {acronym: [words(long) for long in longs] for acronym, longs in lexicon().stands_for.items()}


@cache
def _long_forms() -> tuple[list[int], list[str], list[str]]:
    """Of each thing that an acronym stands for: of how many words it is, these in the singular, and the acronym."""
    known = [(len(long), " ".join(map(fold, long)), each) for each, longs in _acronyms().items() for long in longs]
    lengths, longs, acronyms = zip(*known, strict=True)
    return list(lengths), list(longs), list(acronyms)
