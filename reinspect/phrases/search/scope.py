"""Decide which sentences a search may return, by its scope, its excluded words and its quoted words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import ROLES
from reinspect.phrases.query import SearchScope

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def allowed_sentences(
    index: Index, scope: SearchScope, unwanted: Sequence[str], required: Sequence[Column]
) -> Column | None:
    """Return a bool array: whether a search may return each sentence. None means all sentences.

    An allowed sentence is in the scope, holds no `unwanted` word (singular or plural), and contains a token position
    from every array in `required`.
    """
    if not (unwanted or required) and scope.documents is scope.strands is scope.roles is None:
        return None
    texts = index.texts
    allowed = np.ones(len(texts.sentence_passage), bool)
    for chosen, names, numbers in (
        (scope.documents, texts.documents, texts.passage_document),
        (scope.strands, texts.strands, texts.passage_strand),
        (scope.roles, ROLES, texts.passage_role),
    ):
        if chosen is not None:
            allowed &= np.array([name in chosen for name in names], bool)[numbers][texts.sentence_passage]
    for word in unwanted:
        for form in _singular_and_plural(index, word):
            allowed[index.sentence_of[index.places(form)]] = False
    for places in required:
        holding = np.zeros(len(allowed), bool)
        holding[index.sentence_of[places]] = True
        allowed &= holding
    return allowed


def _singular_and_plural(index: Index, word: str) -> Column:
    """Return the numbers of the singular and plural forms of a word in the index; none for an unknown word."""
    number = index.numbers.get(word)
    if number is None:
        return np.zeros(0, np.int64)
    return np.flatnonzero(index.folded == index.folded[number])
