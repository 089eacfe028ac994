"""Find the ways in which an n-gram is printed, such as "managers' oversight" and "manager oversight"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# A quotation mark ("foster to adopt' placements") but not an apostrophe ("managers' oversight").
_QUOTE = re.compile(r"[\"\u2018\u201c\u201d]|(?<!\w)'|(?<![s\W])'(?!\w)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Places looked at for the forms of one n-gram or one word.
_SAMPLE = 24
# The most tokens in brackets between the words of an n-gram.
_MOST_IN_BRACKETS = 64


def count_surface_forms(index: Index, firsts: Column, length: int) -> Counter[str]:
    """Count the printed forms of an n-gram of `length` words, in a sample of its uses.

    `firsts` are the token positions at which the n-gram begins.
    """
    firsts = np.asarray(firsts[:: max(len(firsts) // _SAMPLE, 1)])
    pairs = zip(firsts.tolist(), _last_places(index, firsts, length).tolist(), strict=True)
    return Counter(_surface_form(index, first, last) for first, last in pairs)


def _last_places(index: Index, firsts: Column, length: int) -> Column:
    """Return the token position of the last word of each use of an n-gram; words in brackets are skipped."""
    reach = firsts[:, None] + np.arange(length + _MOST_IN_BRACKETS)
    near = np.minimum(reach, len(index.texts.tokens) - 1)
    counted = np.cumsum((index.texts.tokens[near] > 0) & ~index.texts.aside[near], axis=1)
    lasts: Column = firsts + np.argmax(counted == length, axis=1)
    return lasts


def _surface_form(index: Index, first: int, last: int) -> str:
    """Return the text from one token to another, in lower case (but not abbreviations) and without brackets."""
    texts = index.texts
    text = texts.passage(_passage(index, first)).text
    start, end = texts.token_start[[first, last]].tolist()
    printed = _BRACKETS.sub("", text[start : end + texts.token_length[last].item()])
    plain = _QUOTE.sub("", printed.replace("\u2019", "'").replace(";", ","))
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in plain.split())


def _passage(index: Index, place: int) -> int:
    starts = index.texts.sentence_start
    # The place gets the type of the column; otherwise numpy would convert the whole column.
    sentence = int(np.searchsorted(starts, starts.dtype.type(place), side="right")) - 1
    return int(index.texts.sentence_passage[sentence])


def is_name(index: Index, words: Sequence[int]) -> bool:
    """Return whether some words look like a person's name: each is always printed with a capital.

    The words are given by their numbers.
    """
    return all(_is_capitalised(index, word) for word in words)


def _is_capitalised(index: Index, word: int) -> bool:
    forms = np.flatnonzero(index.folded == word).tolist()
    places = [place for form in forms for place in index.places(form).tolist()]
    return all(_printed_word(index, place).istitle() for place in places[:: max(len(places) // _SAMPLE, 1)])


def _printed_word(index: Index, place: int) -> str:
    texts = index.texts
    passage = texts.passage(_passage(index, place))
    start = texts.token_start.item(place)
    return passage.text[start : start + texts.token_length.item(place)]
