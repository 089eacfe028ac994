"""Hits as they are shown: the matched words marked where they are printed, in their sentence, on their page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from reinspect.model import Passage
from reinspect.phrases.index.column_file import Column
from reinspect.phrases.query import Hit

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def hits_at(
    index: Index, sentences: Column, scores: Column, marked: Sequence[Sequence[int]], as_typed: Column
) -> Iterator[Hit]:
    """The hits in these sentences; `marked` are the places of each one's matched words, in order."""
    texts = index.texts
    places = np.fromiter(chain.from_iterable(marked), np.int64)
    starts = texts.token_start[places].astype(np.int64)
    spans = zip(starts.tolist(), (starts + texts.token_length[places]).tolist(), strict=True)
    numbers = texts.sentence_passage[sentences]
    documents = texts.passage_document[numbers]
    opening = texts.token_start[texts.sentence_start[sentences]]
    within, following = numbers - index.first_passage[documents], _following(index, sentences)
    columns = (documents, within, opening, following, scores, as_typed)
    rows = zip(marked, texts.passages(numbers), *(column.tolist() for column in columns), strict=True)
    for words, passage, document, number, first, after, score, typed in rows:
        printed = tuple(islice(spans, len(words)))
        start, end = printed[0][0], printed[-1][1]
        yield Hit(
            score=score,
            document=texts.documents[document],
            number=number,
            page=_page(passage, start) if passage.runs_on else passage.page,
            phrase=passage.text[start:end],
            spans=printed,
            context=(first, _sentence_end(passage.text, after)),
            passage=passage,
            word_for_word=typed,
        )


def _following(index: Index, sentences: Column) -> Column:
    """The character from which the sentence after each is read; 0 where that is in another passage or is none."""
    opening = index.texts.sentence_opening
    return np.where(sentences + 1 < len(opening), opening.take(sentences + 1, mode="clip"), 0)


def _sentence_end(text: str, following: int) -> int:
    """Where a sentence ends in its passage's text, closing quotes included."""
    # The next sentence is read from behind this one's full stop, or from the beginning of another passage.
    blank = text.find(" ", following) if following else -1
    return len(text) if blank < 0 else blank


def _page(passage: Passage, place: int) -> int:
    """The page on which a place in the passage's text is printed; joined lines are about as long as printed ones."""
    page, left = passage.page, place - (passage.end - passage.start)
    for following, start, end in passage.runs_on:
        if left < 0:
            break
        page, left = following, left - (end - start)
    return page
