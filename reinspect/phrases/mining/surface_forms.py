"""How a phrase is printed: its commonest form, and the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# A quotation mark, but no apostrophe: "managers' oversight", "foster to adopt' placements".
_QUOTE = re.compile(r"[\"\u2018\u201c\u201d]|(?<!\w)'|(?<![s\W])'(?!\w)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# Places looked at for the forms of one run of words.
_LOOKED_AT = 24
# Tokens in brackets that may stand between the words of a run.
_LONGEST_BETWEEN = 64


def forms(index: Index, firsts: Column, length: int) -> Counter[str]:
    """The forms that runs of `length` words have from each of `firsts` (places of tokens), and how often each is."""
    firsts = np.asarray(firsts[:: max(len(firsts) // _LOOKED_AT, 1)])
    pairs = zip(firsts.tolist(), _lasts(index, firsts, length).tolist(), strict=True)
    return Counter(form(index, first, last) for first, last in pairs)


def _lasts(index: Index, firsts: Column, length: int) -> Column:
    """The tokens that end runs of words: asides between their words are no part of them."""
    reach = firsts[:, None] + np.arange(length + _LONGEST_BETWEEN)
    near = np.minimum(reach, len(index.texts.tokens) - 1)
    counted = np.cumsum((index.texts.tokens[near] > 0) & ~index.texts.aside[near], axis=1)
    lasts: Column = firsts + np.argmax(counted == length, axis=1)
    return lasts


def form(index: Index, first: int, last: int) -> str:
    """The words printed from one place to another, without asides and with small letters but for abbreviations."""
    texts = index.texts
    text = texts.passage(_passage(index, first)).text
    start, end = texts.token_start[[first, last]].tolist()
    whole = _QUOTE.sub(
        "", _ASIDE.sub("", text[start : end + texts.token_length[last].item()]).replace("\u2019", "'").replace(";", ",")
    )
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in whole.split())


def _passage(index: Index, place: int) -> int:
    starts = index.texts.sentence_start
    # Of the same type, or numpy would copy all of them to another.
    sentence = int(np.searchsorted(starts, starts.dtype.type(place), side="right")) - 1
    return int(index.texts.sentence_passage[sentence])


def is_name(index: Index, words: Sequence[int]) -> bool:
    """Whether each of these words, wherever it stands, is printed with a capital and small letters: a person's name."""
    return all(_capital(index, word) for word in words)


def _capital(index: Index, word: int) -> bool:
    places = [place for each in np.flatnonzero(index.folded == word).tolist() for place in index.places(each).tolist()]
    return all(_letters(index, place).istitle() for place in places[:: max(len(places) // _LOOKED_AT, 1)])


def _letters(index: Index, place: int) -> str:
    texts = index.texts
    passage = texts.passage(_passage(index, place))
    start = texts.token_start.item(place)
    return passage.text[start : start + texts.token_length.item(place)]
