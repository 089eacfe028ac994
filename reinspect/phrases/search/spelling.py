"""Generate the spellings of a typed phrase, which are the ways in which the texts may write it.

Words are joined ("tool kit", "toolkit") or split ("wellbeing", "well being"), and an acronym is exchanged for its long
form ("IRO", "independent reviewing officer").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.search.compounds import Compounds
from reinspect.phrases.search.similar_words import QueryWord, SimilarWords
from reinspect.phrases.words import fold, lexicon, words

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# From this ratio on typed words are a long form with a typing error.
_LONG_FORM = 90
# Points deducted from a hit with a compound that corrects a typing error, and from one with an exchanged acronym.
_CORRECTED, _EXCHANGED = 2, 12
# A number may be missing only in a phrase of more words than this: a longer one is likely pasted from elsewhere.
_SHORT = 6
_CACHE_SIZE = 512


class Spelling(msgspec.Struct, frozen=True):
    """One way to write a typed phrase, such as "well being" for "wellbeing".

    - `words`: the words to look up.
    - `string`: the text that a matching sentence is compared with.
    - `deduction`: points (of 100) taken off the score of a match; 0 if only the spaces differ from the typed phrase.
    """

    words: tuple[QueryWord, ...]
    string: str
    deduction: int = 0


def spellings(
    index: Index, similar_words: SimilarWords, compounds: Compounds, typed: Sequence[str], prefix: bool
) -> Iterator[Spelling]:
    """Generate the ways to write a typed phrase, first as typed: "tool kit", then "toolkit".

    `prefix=True` means that the last word is not typed to the end yet.
    """
    is_short, last = len(typed) <= _SHORT, len(typed) - 1
    query = [_query_word(text, prefix and number == last, is_short) for number, text in enumerate(typed)]
    string = " ".join(typed)
    if query:
        yield Spelling(tuple(query), string)
    for number, word in enumerate(query):
        before, after = query[:number], query[number + 1 :]
        joined = _join(query[number : number + 2])
        if joined and _occurs(index, similar_words, joined):
            yield Spelling((*before, joined, *after[1:]), string)
        for compound in compounds.of(word):
            deduction = 0 if compound.as_typed else _CORRECTED
            yield Spelling((*before, *compound.words, *after), string, deduction)
    for start, end, other_form in _exchanged_acronyms(tuple(typed)):
        # A part of a long form means something else, so its words are required.
        exchanged = (QueryWord(word, exact=True, required=_carries_meaning(word)) for word in other_form)
        string = " ".join([*typed[:start], *other_form, *typed[end:]])
        yield Spelling((*query[:start], *exchanged, *query[end:]), string, _EXCHANGED)


def _query_word(text: str, prefix: bool, is_short: bool) -> QueryWord:
    """Return a typed word as a word to search for; acronyms and numbers must match exactly."""
    # "NEET" is not a typing error for "need", nor 2014 for 2015. A sentence without 2014 says nothing of that year.
    has_digit = any(map(str.isdigit, text))
    required = text in lexicon().denying or (has_digit and is_short)
    return QueryWord(text, exact=has_digit or fold(text) in _acronyms(), prefix=prefix, required=required)


def _carries_meaning(word: str) -> bool:
    return word not in lexicon().stop or word in lexicon().denying


def _join(two: Sequence[QueryWord]) -> QueryWord | None:
    """Join two words into one: "tool", "kit" -> "toolkit". Return None for a single word."""
    if len(two) < 2:
        return None
    return QueryWord(two[0].text + two[1].text, exact=True, prefix=two[1].prefix)


def _occurs(index: Index, similar_words: SimilarWords, word: QueryWord) -> bool:
    """Return whether the texts hold a word or, if the word is not typed to the end, any continuation of it."""
    return index.holds(word.text) or (word.prefix and len(similar_words.starting(word.text)) > 0)


@lru_cache(maxsize=_CACHE_SIZE)
def _exchanged_acronyms(typed: tuple[str, ...]) -> tuple[tuple[int, int, Sequence[str]], ...]:
    """Find acronyms to write out, and written-out names to shorten, as (start, end, words to put there instead).

    `("iro", "visits")` -> `(0, 1, ["independent", "reviewing", "officer"])`
    """
    singular = [fold(word) for word in typed]
    written_out = (
        (number, number + 1, long) for number, word in enumerate(singular) for long in _acronyms().get(word, ())
    )
    return (*written_out, *_shortened(singular))


def _shortened(singular: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Find the long forms of acronyms among words in the singular, as (start, end, (acronym,)).

    Small typing errors are allowed.
    """
    lengths, longs, acronyms = _long_forms()
    runs = [(start, start + length) for length in sorted({*lengths}) for start in range(len(singular) - length + 1)]
    strings = [" ".join(singular[start:end]) for start, end in runs]
    ratios = process.cdist(strings, longs, scorer=fuzz.ratio, score_cutoff=_LONG_FORM) if runs else np.zeros((0, 0))
    for run, long in zip(*(axis.tolist() for axis in ratios.nonzero()), strict=True):
        start, end = runs[run]
        # "Section 17" is another duty than "section 47", not a typing error for it.
        if end - start == lengths[long] and _digits(strings[run]) == _digits(longs[long]):
            yield start, end, (acronyms[long],)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@cache
def _acronyms() -> dict[str, list[list[str]]]:
    """Return the long forms of each acronym, split into words: `{"cic": [["children", "in", "care"]]}`."""
    return {acronym: [words(long) for long in longs] for acronym, longs in lexicon().stands_for.items()}


@cache
def _long_forms() -> tuple[list[int], list[str], list[str]]:
    """Return three parallel lists: number of words, written-out name in the singular, acronym."""
    known = [
        (len(long), " ".join(map(fold, long)), acronym) for acronym, longs in _acronyms().items() for long in longs
    ]
    lengths, longs, acronyms = zip(*known, strict=True)
    return list(lengths), list(longs), list(acronyms)
