"""Build search hits: find the sentence, the page and the characters of the matched words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.query import Hit

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def hits_at(
    index: Index, sentences: Column, scores: Column, marked: Sequence[Sequence[int]], as_typed: Column
) -> Iterator[Hit]:
    """Generate a search hit for each sentence number in `sentences`.

    The other arguments have one entry per sentence: `scores`; `marked`, the positions of the matched words in
    `index.texts.tokens`, in order; and `as_typed`, whether the matched words are exactly the typed ones.
    """
    texts = index.texts
    places = np.fromiter(chain.from_iterable(marked), np.int64)
    starts = texts.token_start[places].astype(np.int64)
    all_spans = zip(starts.tolist(), (starts + texts.token_length[places]).tolist(), strict=True)
    numbers = texts.sentence_passage[sentences]
    documents = texts.passage_document[numbers]
    opening = texts.token_start[texts.sentence_start[sentences]]
    own_numbers, following = numbers - index.first_passage[documents], _following_opening(index, sentences)
    columns = (documents, own_numbers, opening, following, scores, as_typed)
    rows = zip(marked, texts.passages(numbers), *(column.tolist() for column in columns), strict=True)
    for words, passage, document, number, first, after, score, typed in rows:
        spans = tuple(islice(all_spans, len(words)))
        start, end = spans[0][0], spans[-1][1]
        yield Hit(
            score=score,
            document=texts.documents[document],
            number=number,
            page=passage.page_at(start),
            phrase=passage.text[start:end],
            spans=spans,
            context=(first, _sentence_end(passage.text, after)),
            passage=passage,
            word_for_word=typed,
        )


def _following_opening(index: Index, sentences: Column) -> Column:
    """Return for each sentence the offset in the passage at which the next sentence begins; 0 if there is none."""
    opening = index.texts.sentence_opening
    return np.where(sentences + 1 < len(opening), opening.take(sentences + 1, mode="clip"), 0)


def _sentence_end(text: str, following: int) -> int:
    """Return the offset at which a sentence ends in `text`, closing quotation marks included.

    `following` is the offset just after the sentence's full stop; 0 means that the sentence is the last in `text`.
    """
    blank = text.find(" ", following) if following else -1
    return len(text) if blank < 0 else blank
