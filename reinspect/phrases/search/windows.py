"""The windows of words in which a phrase stands: its rarest words are looked up, and what is around them is weighed.

The score of a window is the mean likeness of its words to those of the phrase, each weighed by its letters, less some
points for every place a word is away from where the phrase has it. What scores `ENOUGH` is a hit; what scores a little
less, or lacks a word, is one where RapidFuzz finds the letters of the phrase there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import PAD
from reinspect.phrases.search.similar_words import SHORTEST, Similarity, bits_of
from reinspect.phrases.search.spelling import Spelling
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# A hit has this many points of 100. A word that is only half alike counts for nothing (`Likeness.worth`).
ENOUGH = 65
# From this many points on RapidFuzz's partial_ratio decides what the words leave in doubt.
DOUBTFUL, SPELT = 63, 85
# Not where words with more than this share of the phrase's letters are lacking.
_MOST_LOST = 0.25
# So many windows in doubt are those of a word too common to say anything ("children" of "children's views").
_MOST_IN_DOUBT = 500
FULL = 10_000
# To mark the sentence of a place costs so much more than to look at a place.
_DEARER = 2
# Points lost for each place a word stands away from its own, and how far away it may stand.
_ASTRAY, _FARTHEST = 4, 4
# Words looked at on either side, beyond the length of the phrase.
_SLACK = 2
# Of a phrase's words "of" and "the" may be missing; without "oversight", "management oversight" is not found.
_MISSED = 100
_HEAVIEST = 20
NOWHERE = -1
_NONE = np.zeros(0, np.int64)


class Phrase(msgspec.Struct, frozen=True, eq=False):
    """The words of a phrase as they are sought: their likeness, their weight in letters, and their worth by weight."""

    spelling: Spelling
    words: tuple[str, ...]
    similar_words: tuple[Similarity, ...]
    weights: tuple[int, ...]
    worths: tuple[Column, ...]

    @property
    def full(self) -> int:
        """The score of the phrase itself."""
        return sum(self.weights) * 100

    @property
    def need(self) -> int:
        """The score of a hit."""
        return self.full * ENOUGH // 100

    @property
    def doubtful(self) -> int:
        """The score from which the letters decide what the words leave in doubt."""
        return self.full * DOUBTFUL // 100

    def lost_without(self, chosen: Sequence[int]) -> bool:
        """Whether no window can be a hit that has none of these words, nor anything like them."""
        left = self.full - 100 * sum(self.weights[word] for word in chosen)
        if left < self.doubtful or any(self.spelling.words[word].wanted for word in chosen):
            return True
        letters = sum(len(self.words[word]) for word in chosen)
        unlike = letters > _MOST_LOST * (sum(map(len, self.words)) + len(self.words) - 1)
        return unlike and left - sum(map(self.missed, chosen)) < self.need

    @property
    def reach(self) -> int:
        """How many places away from the anchor a word is looked for."""
        return len(self.weights) - 1 + _SLACK

    def steps(self, word: int, anchor: int) -> Column:
        """The places, counted from the anchor, where `word` is looked for."""
        own = word - anchor
        steps = np.arange(max(-self.reach, own - _FARTHEST), min(self.reach, own + _FARTHEST) + 1)
        elsewhere: Column = steps[steps != 0]
        return elsewhere

    def costs(self, word: int, anchor: int) -> Column:
        """What it costs `word` to stand at each of its steps from the anchor: nothing where the phrase has it."""
        astray = np.abs(self.steps(word, anchor) - (word - anchor))
        costs: Column = (astray * (_ASTRAY * self.weights[word] * 2 / len(self.weights))).astype(np.int16)
        return costs

    def missed(self, word: int) -> int:
        """What it costs beside its worth that a word is not there at all; a stop word is not missed."""
        if self.spelling.words[word].wanted:
            return self.full
        return 0 if self.words[word] in lexicon().stop else self.weights[word] * _MISSED // len(self.weights)


class Anchor(msgspec.Struct, frozen=True, eq=False):
    """A word of a phrase that is looked up, as any of its `forms`, so that what stands around it can be weighed."""

    phrase: Phrase
    word: int
    forms: Column

    @property
    def others(self) -> list[int]:
        """The other words of the phrase, those that weigh most first."""
        weights = self.phrase.weights
        return sorted((word for word in range(len(weights)) if word != self.word), key=lambda word: -weights[word])


class Windows(msgspec.Struct, frozen=True, eq=False):
    """The best window of every sentence that has one, in the order of the texts.

    `points` are of 10,000; `place` is where the anchor stands, and `anchor` which of the `anchors` it is.
    """

    anchors: tuple[Anchor, ...]
    sentence: Column
    points: Column
    place: Column
    anchor: Column

    def __len__(self) -> int:
        return len(self.sentence)

    def only(self, rows: Column) -> Windows:
        """Some of them."""
        return Windows(self.anchors, self.sentence[rows], self.points[rows], self.place[rows], self.anchor[rows])


def phrase_of(index: Index, spelling: Spelling) -> Phrase:
    """The phrase of the words that are spelt so."""
    words = spelling.words
    similar_words = tuple(index.similar_words.likeness(word) for word in words)
    weights = tuple(min(len(word.text), _HEAVIEST) for word in words)
    worths = tuple(like.worth * np.int16(weight) for like, weight in zip(similar_words, weights, strict=True))
    return Phrase(spelling, tuple(word.text for word in words), similar_words, weights, worths)


def _anchors(index: Index, phrase: Phrase) -> list[Anchor]:
    """The words to look up: the fewest places such that no window without any of them has enough points."""
    words = range(len(phrase.weights))
    forms = [_useful(phrase, word) for word in words]
    costs = [int(index.frequencies[each].sum()) for each in forms]
    chosen: list[int] = []
    for word in sorted(words, key=lambda word: costs[word] / phrase.weights[word]):
        if phrase.lost_without(chosen):
            break
        chosen.append(word)
    for word in sorted(chosen, key=lambda word: -costs[word]):
        fewer = [each for each in chosen if each != word]
        if phrase.lost_without(fewer):
            chosen = fewer
    return [Anchor(phrase, word, forms[word]) for word in chosen if costs[word]]


def _useful(phrase: Phrase, word: int) -> Column:
    """The words of the index that can stand for `word` in a hit, if all the others are perfect."""
    least = phrase.doubtful - (phrase.full - phrase.weights[word] * 100)
    forms = phrase.similar_words[word].words
    useful: Column = forms[phrase.worths[word][forms] >= least]
    return useful


def best_windows(index: Index, phrases: Sequence[Phrase], allowed: Column | None) -> Windows:
    """The best window of every sentence that holds one with enough points; of equal ones the first that was met."""
    anchors = [anchor for phrase in phrases for anchor in _anchors(index, phrase)]
    weighed = [_weighed(index, anchor, allowed) for anchor in anchors]
    place, points = (np.concatenate([_NONE, *(part[column] for part in weighed)]) for column in (0, 1))
    number = np.repeat(np.arange(len(anchors)), [len(part[0]) for part in weighed])
    sentence = index.sentence_of[place]
    # One number for each window, so that one sort puts every sentence's best window first among its own.
    keys = np.sort((sentence.astype(np.int64) << 40) | ((FULL - points) << 26) | np.arange(len(place)))
    firsts = keys[np.flatnonzero(np.diff(keys >> 40, prepend=-1))]
    return Windows(tuple(anchors), sentence, points, place, number).only(firsts & (1 << 26) - 1)


def _weighed(index: Index, anchor: Anchor, allowed: Column | None) -> tuple[Column, Column]:
    """The places of an anchor around which a window has enough points, and these points."""
    phrase = anchor.phrase
    at = index.places_of(anchor.forms)
    score = np.repeat(phrase.worths[anchor.word][anchor.forms].astype(np.int32), index.frequencies[anchor.forms])
    if allowed is not None:
        inside = allowed[index.sentence_of[at]]
        at, score = at[inside], score[inside]
    missed = np.zeros(len(at), np.int32)
    left = phrase.full - phrase.weights[anchor.word] * 100
    for word in anchor.others:
        most = _most_near(index, anchor, word, at)
        lacking = (most == 0) * phrase.missed(word)
        # Of "CP" no letters are left to decide by.
        score += most if len(phrase.words[word]) > SHORTEST else most - lacking
        missed += lacking if len(phrase.words[word]) > SHORTEST else 0
        left -= phrase.weights[word] * 100
        hopeful = np.flatnonzero(score >= phrase.doubtful - left)
        at, score, missed = at[hopeful], score[hopeful], missed[hopeful]
    score -= missed
    hits = score >= phrase.need
    # Less than nothing has what lacks a word that is wanted.
    doubtful = np.flatnonzero(~hits & (score >= 0))
    hits[doubtful] = _spelt_alike(index, anchor, at[doubtful])
    at, score = at[hits], np.maximum(score[hits], 0)
    most_points = FULL * (100 - phrase.spelling.off) // 100
    return at, score * np.int64(most_points) // phrase.full - _behind_non(index, anchor, at)


def _behind_non(index: Index, anchor: Anchor, at: Column) -> Column:
    """A point less where "non-" stands before the phrase, which then is not there word for word."""
    before = index.texts.tokens.take(at - anchor.word - 1, mode="wrap")
    behind: Column = before == index.numbers.get("non", -1)
    return behind


def _spelt_alike(index: Index, anchor: Anchor, at: Column) -> Column:
    """Whether the letters around each place are those of the phrase as RapidFuzz compares strings."""
    alike = np.zeros(len(at), bool)
    typed = " ".join(anchor.phrase.words)
    likely = np.flatnonzero(100 * _letters_lost(index, anchor, at) <= (100 - SPELT) * len(typed))
    if len(likely):
        likely = likely[~_opposed(index, anchor, at[likely])]
    if 0 < len(likely) <= _MOST_IN_DOUBT:
        at, reach = at[likely], anchor.phrase.reach
        sentences = index.sentence_of[at]
        starts = np.maximum(at - reach, index.texts.sentence_start[sentences])
        ends = np.minimum(at + reach + 1, index.texts.sentence_start[sentences + 1] - PAD)
        strings = index.strings(starts, ends)
        scores = process.cdist([typed], strings, scorer=fuzz.partial_ratio, score_cutoff=SPELT)[0]
        # partial_ratio looks for the shorter in the longer, whichever was sought.
        alike[likely] = (scores > 0) & [len(string) >= len(typed) for string in strings]
    return alike


def _opposed(index: Index, anchor: Anchor, at: Column) -> Column:
    """Whether near each place stands the opposite of a word of the phrase: its letters are nearly the same."""
    opposites = np.concatenate([likeness.opposites for likeness in anchor.phrase.similar_words])
    around = at[:, None] + np.arange(-anchor.phrase.reach, anchor.phrase.reach + 1)
    opposed: Column = np.any(np.isin(index.texts.tokens.take(around, mode="wrap"), opposites), axis=1)
    return opposed


def _letters_lost(index: Index, anchor: Anchor, at: Column) -> Column:
    """How many letters of the phrase at least are not around each place: those that nothing near its word has."""
    letters, phrase = index.similar_words.letters, anchor.phrase
    lost = np.zeros(len(at), np.int64)
    for word, text in enumerate(phrase.words):
        own = word - anchor.word
        near = np.zeros(len(at), np.uint64)
        for step in {own - 1, own, own + 1} - {0} if own else {0}:
            near |= letters[index.texts.tokens.take(at + step, mode="wrap")]
        lost += phrase.weights[word] - np.bitwise_count(near & bits_of(text))
    return lost


def _most_near(index: Index, anchor: Anchor, word: int, at: Column) -> Column:
    """What `word` is worth at best near each anchor; where it is the rarer one, only its sentences are looked at."""
    phrase = anchor.phrase
    forms = phrase.similar_words[word].words
    most = np.zeros(len(at), np.int16)
    rows: Column | slice = slice(None)
    if int(index.frequencies[forms].sum()) < len(at) * len(phrase.steps(word, anchor.word)) // _DEARER:
        rows = np.flatnonzero(_within_reach(index.places_of(forms), phrase.reach, at))
    most[rows] = np.maximum(_worths_near(index, anchor, word, at[rows]).max(axis=0), 0)
    return most


def _within_reach(places: Column, reach: int, at: Column) -> Column:
    """Which places of `at` may be within reach of one of `places`: they lie in the same stretch of the texts."""
    bits = (2 * reach).bit_length()
    last = max(at.max(initial=0), places.max(initial=0)) + reach >> bits
    near = np.zeros(last + 1, bool)
    near[np.maximum(places - reach, 0) >> bits] = True
    near[places + reach >> bits] = True
    held: Column = near[at >> bits]
    return held


def _worths_near(index: Index, anchor: Anchor, word: int, at: Column) -> Column:
    """What `word` is worth at each of its steps from each anchor, less the cost of being astray: (steps, anchors)."""
    phrase = anchor.phrase
    steps = phrase.steps(word, anchor.word)
    there = at[:, None] + steps
    # Places before the first are counted from the end, where nothing stands.
    worths: Column = phrase.worths[word].take(index.texts.tokens.take(there, mode="wrap").T, mode="wrap")
    there = there.T
    worths -= phrase.costs(word, anchor.word)[:, None]
    if phrase.reach > PAD:
        worths[index.sentence_of.take(there, mode="wrap") != index.sentence_of[at]] = 0
    return worths


def matched_places(index: Index, windows: Windows) -> tuple[Column, Column]:
    """Where the words of each window stand, `NOWHERE` for none: (words, windows). And their likeness, 0 to 100."""
    longest = max((len(anchor.phrase.weights) for anchor in windows.anchors), default=1)
    places = np.full((longest, len(windows)), NOWHERE)
    likeness = np.full(len(windows), 100.0)
    for number, anchor in enumerate(windows.anchors):
        rows = np.flatnonzero(windows.anchor == number)
        if len(rows):
            places[: len(anchor.phrase.weights), rows], likeness[rows] = _around(index, anchor, windows.place[rows])
    return places, likeness


def _around(index: Index, anchor: Anchor, at: Column) -> tuple[Column, Column]:
    """For every word of a phrase the place where it is worth most: (words, anchors); and the likeness of them all."""
    phrase, tokens = anchor.phrase, index.texts.tokens
    places = np.empty((len(phrase.weights), len(at)), np.int64)
    places[anchor.word] = at
    likeness = phrase.similar_words[anchor.word].points[tokens[at]] * float(phrase.weights[anchor.word])
    for word in anchor.others:
        worths = _worths_near(index, anchor, word, at)
        choice = worths.argmax(axis=0)
        there = at + phrase.steps(word, anchor.word)[choice]
        matched = worths.max(axis=0) > 0
        alike = phrase.similar_words[word].points[tokens[there]] * float(phrase.weights[word])
        likeness += np.where(matched, alike - phrase.costs(word, anchor.word)[choice], 0)
        places[word] = np.where(matched, there, NOWHERE)
    return places, likeness * (100 / phrase.full)
