"""Where the very words of a phrase stand, in any number: to be counted (`telling`), and to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.query import Hit, PassageUse
from reinspect.phrases.words import fold, words

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def uses(index: Index, phrases: Iterable[str]) -> tuple[PassageUse, ...]:
    """Every passage that holds one of `phrases` in the singular or plural, in the texts' order. See `Index.uses`."""
    places = np.unique(np.concatenate([np.zeros(0, np.int64), *(_places(index, words(phrase)) for phrase in phrases)]))
    counts = Counter(index.texts.sentence_passage[index.sentence_of[places]].tolist())
    found = []
    for number in sorted(counts):
        document = index.texts.passage_document.item(number)
        found.append(
            PassageUse(
                document=index.texts.documents[document],
                number=number - index.first_passage.item(document),
                strand=index.texts.strands[index.texts.passage_strand.item(number)],
                count=counts[number],
            )
        )
    return tuple(found)


def sentences(index: Index, phrases: Iterable[str], documents: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """The first sentences of `documents`, in the order given, that hold one of `phrases`; all score 100."""
    from reinspect.phrases.search.highlights import hits_at

    ranks = {document: rank for rank, document in enumerate(documents)}
    rank_of = np.array([ranks.get(document, -1) for document in index.texts.documents], np.int64)
    runs = [(len(words(phrase)), _places(index, words(phrase))) for phrase in phrases]
    marked: dict[int, set[int]] = {}
    for length, places in runs:
        for place, sentence in zip(places.tolist(), index.sentence_of[places].tolist(), strict=True):
            marked.setdefault(sentence, set()).update(range(place, place + length))
    ordered = [(rank_of[index.sentence_document[sentence]].item(), sentence) for sentence in marked]
    first = [sentence for rank, sentence in sorted(ordered) if rank >= 0][:limit]
    words_of = [sorted(marked[sentence]) for sentence in first]
    scores, as_typed = np.full(len(first), 100.0), np.ones(len(first), bool)
    return tuple(hits_at(index, np.array(first, np.int64), scores, words_of, as_typed))


def _places(index: Index, phrase: list[str]) -> Column:
    """Where a run of words begins, each of them in any number."""
    singulars = [index.numbers.get(fold(word), 0) for word in phrase]
    if not singulars or not all(singulars):
        return np.zeros(0, np.int64)
    forms = [np.flatnonzero(index.folded == singular) for singular in singulars]
    rarest = min(range(len(forms)), key=lambda word: int(index.frequencies[forms[word]].sum()))
    starts = index.places_of(forms[rarest]) - rarest
    starts = starts[(starts >= 0) & (starts + len(phrase) <= len(index.texts.tokens))]
    for step, singular in enumerate(singulars):
        starts = starts[index.folded[index.texts.tokens[starts + step]] == singular]
    return starts
