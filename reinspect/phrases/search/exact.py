"""Find a phrase word by word, without allowing typing errors.

`uses` counts the uses in each passage, `sentences` returns the sentences to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.query import Hit, PassageUse
from reinspect.phrases.search.highlights import hits_at
from reinspect.phrases.words import fold, words

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def uses(index: Index, phrases: Iterable[str]) -> tuple[PassageUse, ...]:
    """Return every passage that holds at least one of `phrases`, with the number of uses.

    Singular and plural forms of a word match each other.
    """
    starts = [_inflected_starts(index, words(phrase)) for phrase in phrases]
    places = np.unique(np.concatenate([np.zeros(0, np.int64), *starts]))
    counts = Counter(index.texts.sentence_passage[index.sentence_of[places]].tolist())
    return tuple(_passage_use(index, passage, counts[passage]) for passage in sorted(counts))


def _passage_use(index: Index, passage: int, count: int) -> PassageUse:
    document = index.texts.passage_document.item(passage)
    return PassageUse(
        document=index.texts.documents[document],
        number=passage - index.first_passage.item(document),
        strand=index.texts.strands[index.texts.passage_strand.item(passage)],
        count=count,
    )


def sentences(index: Index, phrases: Iterable[str], documents: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Return the first `limit` sentences that hold at least one of `phrases`, document by document.

    `documents` are the documents to search, in this order. Singular and plural forms of a word match each other. All
    hits have the score 100.
    """
    ranks = {document: rank for rank, document in enumerate(documents)}
    rank_of = np.array([ranks.get(document, -1) for document in index.texts.documents], np.int64)
    marked: dict[int, set[int]] = {}
    for phrase in map(words, phrases):
        starts = _inflected_starts(index, phrase)
        for start, sentence in zip(starts.tolist(), index.sentence_of[starts].tolist(), strict=True):
            marked.setdefault(sentence, set()).update(range(start, start + len(phrase)))
    ranked = sorted((rank_of[index.sentence_document[sentence]].item(), sentence) for sentence in marked)
    first = [sentence for rank, sentence in ranked if rank >= 0][:limit]
    places = [sorted(marked[sentence]) for sentence in first]
    scores, as_typed = np.full(len(first), 100.0), np.ones(len(first), bool)
    return tuple(hits_at(index, np.array(first, np.int64), scores, places, as_typed))


def exact_starts(index: Index, phrase: Sequence[str]) -> Column:
    """Return the positions in `index.texts.tokens` at which the words of `phrase` begin, exactly as given."""
    numbers = [index.numbers.get(word, 0) for word in phrase]
    if not all(numbers):
        return np.zeros(0, np.int64)
    rarest = min(range(len(numbers)), key=lambda word: index.count(numbers[word]))
    starts = index.places(numbers[rarest]).astype(np.int64) - rarest
    starts = _inside(index, starts, len(phrase))
    for step, number in enumerate(numbers):
        starts = starts[index.texts.tokens[starts + step] == number]
    return starts


def _inflected_starts(index: Index, phrase: Sequence[str]) -> Column:
    """Return the positions in `index.texts.tokens` at which `phrase` begins; each word may be singular or plural."""
    singulars = [index.numbers.get(fold(word), 0) for word in phrase]
    if not singulars or not all(singulars):
        return np.zeros(0, np.int64)
    forms = [np.flatnonzero(index.folded == singular) for singular in singulars]
    rarest = min(range(len(forms)), key=lambda word: int(index.frequencies[forms[word]].sum()))
    starts = _inside(index, index.places_of(forms[rarest]) - rarest, len(phrase))
    for step, singular in enumerate(singulars):
        starts = starts[index.folded[index.texts.tokens[starts + step]] == singular]
    return starts


def _inside(index: Index, starts: Column, length: int) -> Column:
    """Return those of the start positions from which `length` words do not reach beyond the texts."""
    return starts[(starts >= 0) & (starts + length <= len(index.texts.tokens))]
