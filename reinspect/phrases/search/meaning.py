"""Find the sentences that are most alike in meaning to any text, in whatever words: "retention" finds "turnover".

The vectors of words (`phrases.vectors`) give a sentence the direction in which its rarer words point together.
The cosine of that direction with that of the text asked for is the likeness. Likeness in meaning is a hint to read, and
never a match of words: these sentences are shown apart and never counted with those that a search finds.

    asked       "staff retention"
    likeness    0.56   "Too many social workers leave, and turnover in the workforce is high."
                below 0.3, so not shown   "Adopters are prepared very well."

All sentences are compared at once. No vector is kept for a sentence: the cosine is the sum of one number for each of
its words, divided by an estimate of the length of its vector, so that a search takes a few hundredths of a second. The
likeliest sentences are then looked at word by word: how near is the nearest of their words to each word asked for? The
likeness is the mean of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.index.index import Index
from reinspect.phrases.index.texts import ROLES
from reinspect.phrases.query import Hit, SearchScope
from reinspect.phrases.search.highlights import hits_at
from reinspect.phrases.search.scope import allowed_sentences
from reinspect.phrases.vectors import word_vectors
from reinspect.phrases.words import lexicon

# The mean cosine of two words of one sentence, by which the length of a sum of vectors is estimated.
_TOGETHER = 0.12
# A sentence has at least this many known words, so that a heading is not found.
_FEWEST_WORDS = 4
# The sentences that are looked at word by word. Reports repeat sentences, so there are more than are shown.
_LOOKED_AT = 1500
# Words of a found sentence this near to a word asked for are marked.
_MARKED = 0.5
# A sentence that is less alike is not shown.
_LEAST = 0.3


class MeaningSearch:
    """Searches one index by meaning. What does not depend on the text asked for is worked out once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._vectors = word_vectors()

    def search(self, text: str, scope: SearchScope | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Return the sentences most alike in meaning, the most alike first; none if no word of the text is known."""
        asked = sorted(set(self._vectors.find_words(text)))
        if not asked or not len(self.index.sentence_document) or limit <= 0:
            return ()
        directions = self._directions(asked, scope or SearchScope())
        looked_at = _highest(directions, max(_LOOKED_AT, limit))
        looked_at = looked_at[directions[looked_at] > 0]
        likeness = (directions[looked_at] + self._word_by_word(asked, looked_at)) / 2
        order = np.argsort(-likeness, kind="stable")
        order = self._without_copies(looked_at, order[likeness[order] >= _LEAST])[:limit]
        sentences, scores = looked_at[order], np.round(100 * likeness[order].astype(float), 1)
        marked = self._marked(asked, sentences)
        return tuple(hits_at(self.index, sentences, scores, marked, np.zeros(len(sentences), bool)))

    @cached_property
    def _rows(self) -> Column:
        """The row of the vector of each word of the index; that of no word if it has none, or is a small word."""
        places, no_word, lists = self._vectors.places, self._vectors.no_word, lexicon()
        folded = self.index.folded.tolist()
        return np.array(
            [
                no_word if word in lists.stop else places.get(self.index.words[folded[number]], no_word)
                for number, word in enumerate(self.index.words)
            ],
            np.intp,
        )

    @cached_property
    def _sentence_lengths(self) -> Column:
        """The estimated length of the vector of each sentence; infinite for one of few known words."""
        rarities = self._vectors.rarities[self._rows].astype(np.float32)
        each = rarities[self.index.texts.tokens]
        total, squares, known = self._sums(each), self._sums(each * each), self._sums((each > 0).astype(np.float32))
        lengths = np.sqrt((1 - _TOGETHER) * squares + _TOGETHER * total * total)
        lengths[known < _FEWEST_WORDS] = np.inf
        return lengths

    def _sums(self, of_tokens: Column) -> Column:
        """Return the sum over the tokens of each sentence."""
        starts = self.index.texts.sentence_start[:-1].astype(np.int64)
        return np.add.reduceat(of_tokens, starts) if len(starts) else np.zeros(0, np.float32)

    def _directions(self, asked: Sequence[int], scope: SearchScope) -> Column:
        """Return the cosine of every sentence with the words asked for: 0 for a short one, -1 outside the scope."""
        direction = self._vectors.sum_up([asked])[0]
        of_rows = (self._vectors.vectors @ direction) * self._vectors.rarities
        likeness = self._sums(of_rows[self._rows][self.index.texts.tokens]) / self._sentence_lengths
        allowed = allowed_sentences(self.index, scope, scope.without, [])
        roles = np.array([role not in {"heading", "background"} for role in ROLES])
        shown = roles[self.index.texts.passage_role][self.index.texts.sentence_passage]
        return np.where(shown if allowed is None else shown & allowed, np.minimum(likeness, 1.0), -1.0)

    def _word_by_word(self, asked: Sequence[int], sentences: Column) -> Column:
        """Return the mean cosine of each word asked for with the nearest word of each sentence, weighted by rarity."""
        if not len(sentences):
            return np.zeros(0, np.float32)
        starts = self.index.texts.sentence_start.astype(np.int64)
        first, lengths = starts[sentences], (starts[1:] - starts[:-1])[sentences]
        rows = self._rows[self.index.texts.tokens[ranges(first, lengths)]]
        cosines = self._vectors.vectors[list(asked)] @ self._vectors.vectors.T
        nearest = np.maximum.reduceat(cosines[:, rows], np.cumsum([0, *lengths[:-1].tolist()]), axis=1)
        rarities = self._vectors.rarities[list(asked)]
        means: Column = rarities @ np.maximum(nearest, 0) / rarities.sum()
        return means

    def _without_copies(self, sentences: Column, order: Column) -> Column:
        """Return the places in `sentences`, in this order, without those that have the words of one before."""
        starts = self.index.texts.sentence_start
        seen: dict[bytes, int] = {}
        for place in order.tolist():
            sentence = int(sentences[place])
            seen.setdefault(self.index.texts.tokens[starts[sentence] : starts[sentence + 1]].tobytes(), place)
        return np.array(list(seen.values()), np.int64)

    def _marked(self, asked: Sequence[int], sentences: Column) -> list[list[int]]:
        """Return the positions of the words of each sentence that are near to a word asked for, at least one."""
        starts, tokens = self.index.texts.sentence_start, self.index.texts.tokens
        marked = []
        for sentence in sentences.tolist():
            start, end = int(starts[sentence]), int(starts[sentence + 1])
            cosines = self._vectors.vectors[self._rows[tokens[start:end]]] @ self._vectors.vectors[list(asked)].T
            nearest = cosines.max(axis=1)
            places = np.flatnonzero(nearest >= min(_MARKED, float(nearest.max())))
            marked.append([start + place for place in places.tolist() if tokens[start + place]] or [start])
        return marked


def _highest(values: Column, number: int) -> Column:
    """Return the places of the highest values, the highest first, in the order of the texts where they are equal."""
    number = min(number, len(values))
    chosen = np.sort(np.argpartition(-values, number - 1)[:number]) if number else np.zeros(0, np.int64)
    return chosen[np.argsort(-values[chosen], kind="stable")]
