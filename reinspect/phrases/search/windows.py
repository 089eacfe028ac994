"""Find the windows (stretches of words) that match a phrase, with typing errors, gaps and another word order.

The rarest words of the phrase (its anchors) are looked up in the index. Every other word is then searched for around
each anchor, and the window is scored. An example:

    phrase     "management oversight", weights 10 and 9 (letters): full score 100 x 19 = 1,900, a hit needs 65 %
    sentence   "Oversight by team managers is weak."
    anchor     managers, for management: score 60 (the same stem) x weight 10 = 600
    oversight  score 100 x weight 9 = 900; the phrase is turned around (1) and two words stand between (2), so 3 away
    penalty    3 places x 36 = 108
    window     600 + 900 - 108 = 1,392, or 73.2 %: a hit with 7,326 of 10,000 points

A window below 65 % is still a hit if RapidFuzz finds the letters of the phrase there. In a short phrase no word may be
missing, stop words apart; if that finds nothing in all texts, the search allows it (`all_words=False`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import PAD
from reinspect.phrases.search.similar_words import LONGEST_EXACT, Similarity, SimilarWords, letter_bits
from reinspect.phrases.search.spelling import Spelling
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# A hit needs this percentage of the phrase's full score.
_HIT = 65
# From the first percentage on a window is in doubt: it is a hit if RapidFuzz's partial_ratio reaches the second number.
_DOUBTFUL, _SAME_LETTERS = 63, 85
# A window is not a hit if words with more than this share of the phrase's letters are missing.
_MOST_MISSING = 0.25
# With more windows in doubt than this, the doubtful word is a common one ("children" of "children's views").
MOST_IN_DOUBT = 500
# Points of a window that holds the phrase as typed.
FULL = 10_000
# Marking the sentences of a rare word costs about as much as looking at two places.
_MARKING_COST = 2
# Points deducted for each place a word is away from its own place in the phrase, and the farthest it may be away.
_DISPLACEMENT, _FARTHEST = 4, 4
# Words looked at on either side, in addition to the length of the phrase.
_SLACK = 2
# Points deducted for a missing word. "Of" and "the" may be missing; without "oversight" the phrase is not found.
_MISSING = 100
# A phrase of up to this many words, stop words not counted, is short.
_ALL_WORDS = 3
_GREATEST_WEIGHT = 20
# The place of a word that a window does not have.
NOWHERE = -1
_NONE = np.zeros(0, np.int64)


class QueryPhrase(msgspec.Struct, frozen=True, eq=False):
    """A phrase to find, in one spelling, with the numbers needed to score matches.

    `words` and the fields after it have one entry per word of the phrase:

    - `similarities`: the similarity of the word to every word of the index.
    - `weights`: the number of letters, at most 20.
    - `word_scores`: an array of similarity score times weight, for every word of the index.

    With `all_words` no word may be missing from a match, stop words apart.
    """

    spelling: Spelling
    words: tuple[str, ...]
    similarities: tuple[Similarity, ...]
    weights: tuple[int, ...]
    word_scores: tuple[Column, ...]
    all_words: bool = False

    @property
    def full(self) -> int:
        """The score of a perfect match."""
        return sum(self.weights) * 100

    @property
    def hit(self) -> int:
        """The least score of a match."""
        return self.full * _HIT // 100

    @property
    def doubtful(self) -> int:
        """The least score of a doubtful match, which is compared letter by letter."""
        return self.full * _DOUBTFUL // 100

    def needs_one_of(self, chosen: Sequence[int]) -> bool:
        """Return whether every match must hold at least one of the words `chosen` (or a similar word).

        `chosen` are positions in `words`.
        """
        left = self.full - 100 * sum(self.weights[word] for word in chosen)
        if left < self.doubtful or any(self.spelling.words[word].required for word in chosen):
            return True
        letters = sum(len(self.words[word]) for word in chosen)
        other_letters = letters > _MOST_MISSING * (sum(map(len, self.words)) + len(self.words) - 1)
        return other_letters and left - sum(map(self.missing_penalty, chosen)) < self.hit

    @property
    def reach(self) -> int:
        """The number of words before and after a found word that are searched for the rest of the phrase."""
        return len(self.weights) - 1 + _SLACK

    def offsets(self, word: int, anchor: int) -> Column:
        """Return the distances from the word `anchor`, once found in a text, at which `word` is searched for.

        `word` and `anchor` are positions in the phrase.
        """
        return self._displacements(word, anchor).offsets

    def _displacements(self, word: int, anchor: int) -> _Displacements:
        # A denying word is not turned.
        words = self.spelling.words
        return _displacements(self.reach, word - anchor, turns=not (words[word].required or words[anchor].required))

    def displacement_penalties(self, word: int, anchor: int) -> Column:
        """Return the penalty for a displaced word, at each distance in `offsets(word, anchor)`."""
        places = self._displacements(word, anchor).places
        penalties: Column = (places * (_DISPLACEMENT * self.weights[word] * 2 / len(self.weights))).astype(np.int16)
        return penalties

    def missing_penalty(self, word: int) -> int:
        """Return the extra penalty for a match that lacks a word, given by its position in `words`."""
        if self.spelling.words[word].required:
            return self.full
        if self.words[word] in lexicon().stop:
            return 0
        if self.all_words:
            return self.full
        return self.weights[word] * _MISSING // len(self.weights)


class _Displacements(NamedTuple):
    """The distances from a found word at which another word is searched for.

    `places` is how many places the other word is away from its own place there.
    """

    offsets: Column
    places: Column


@lru_cache(maxsize=256)
def _displacements(reach: int, own: int, *, turns: bool) -> _Displacements:
    """Return the distances within `reach` of a found word, for a word whose own place is `own` words from it.

    A phrase that `turns` may be turned around ("oversight by managers"), which counts as one place away.
    """
    offsets = np.arange(-reach, reach + 1)
    places = np.abs(offsets - own)
    if turns:
        places = np.minimum(places, np.abs(offsets + own) + 1)
    inside = (offsets != 0) & (places <= _FARTHEST)
    return _Displacements(offsets[inside], places[inside])


class Anchor(msgspec.Struct, frozen=True, eq=False):
    """A word of a phrase that is looked up in the index to find matches.

    - `word`: the position of the word in the phrase.
    - `forms`: the numbers of the index words that may stand for the word.
    """

    phrase: QueryPhrase
    word: int
    forms: Column

    @property
    def others(self) -> list[int]:
        """The positions of the other words of the phrase, the longest word first."""
        weights = self.phrase.weights
        return sorted((word for word in range(len(weights)) if word != self.word), key=lambda word: -weights[word])


class Windows(msgspec.Struct, frozen=True, eq=False):
    """The best match of a phrase in each sentence that has a match.

    The arrays have one entry per match and are ordered by sentence:

    - `sentence`: the sentence number.
    - `points`: how good the match is, from 0 to 10,000.
    - `anchor`: which of `anchors` (the words looked up in the index) led to the match.
    - `place`: the token position of that word.

    `in_doubt` is the number of windows that were in doubt for each anchor.
    """

    anchors: tuple[Anchor, ...]
    sentence: Column
    points: Column
    place: Column
    anchor: Column
    in_doubt: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.sentence)

    def only(self, rows: Column) -> Windows:
        """Return the matches with these row numbers."""
        return Windows(
            self.anchors, self.sentence[rows], self.points[rows], self.place[rows], self.anchor[rows], self.in_doubt
        )


def build_phrase(similar_words: SimilarWords, spelling: Spelling, all_words: bool = True) -> QueryPhrase:
    """Prepare a spelling of a phrase for scoring. In a short phrase no word may be missing if `all_words`."""
    words = spelling.words
    short = sum(word.text not in lexicon().stop for word in words) <= _ALL_WORDS
    similarities = tuple(similar_words.similarity(word) for word in words)
    weights = tuple(min(len(word.text), _GREATEST_WEIGHT) for word in words)
    word_scores = tuple(
        similarity.score * np.int16(weight) for similarity, weight in zip(similarities, weights, strict=True)
    )
    texts = tuple(word.text for word in words)
    return QueryPhrase(spelling, texts, similarities, weights, word_scores, all_words=all_words and short)


class _ScoredWindows(NamedTuple):
    """The matches around one anchor: the token positions of its word, the points, and how many windows were in doubt.

    The points are from 0 to 10,000.
    """

    place: Column
    points: Column
    in_doubt: int


def best_windows(
    index: Index,
    similar_words: SimilarWords,
    phrases: Sequence[QueryPhrase],
    allowed: Column | None,
    too_common: Collection[int] = (),
) -> Windows:
    """Return the best match in every sentence that matches at least one of `phrases`.

    `allowed` is a bool array of the sentences that may match; None allows all. `too_common` are the numbers of the
    anchors of which no window in doubt is a match: too many are, in all parts of divided texts.
    """
    anchors = [anchor for phrase in phrases for anchor in _choose_anchors(index, phrase)]
    scored = [
        _score_windows(index, similar_words, anchor, allowed, 0 if number in too_common else MOST_IN_DOUBT)
        for number, anchor in enumerate(anchors)
    ]
    place = np.concatenate([_NONE, *(each.place for each in scored)])
    points = np.concatenate([_NONE, *(each.points for each in scored)])
    number = np.repeat(np.arange(len(anchors)), [len(each.place) for each in scored])
    sentence = index.sentence_of[place]
    # One number for each window (sentence, lost points, row), so that one sort puts each sentence's best window first;
    # of equal ones, that of the first phrase.
    keys = np.sort((sentence.astype(np.int64) << 40) | ((FULL - points) << 26) | np.arange(len(place)))
    firsts = keys[np.flatnonzero(np.diff(keys >> 40, prepend=-1))]
    in_doubt = tuple(each.in_doubt for each in scored)
    return Windows(tuple(anchors), sentence, points, place, number, in_doubt).only(firsts & (1 << 26) - 1)


def _choose_anchors(index: Index, phrase: QueryPhrase) -> list[Anchor]:
    """Choose the words of a phrase to look up: rare words, of which every match must have at least one."""
    words = range(len(phrase.weights))
    forms = [_useful_forms(phrase, word) for word in words]
    costs = [int(index.commonness[numbers].sum()) for numbers in forms]
    chosen: list[int] = []
    for word in sorted(words, key=lambda word: costs[word] / phrase.weights[word]):
        if phrase.needs_one_of(chosen):
            break
        chosen.append(word)
    for word in sorted(chosen, key=lambda word: -costs[word]):
        fewer = [other for other in chosen if other != word]
        if phrase.needs_one_of(fewer):
            chosen = fewer
    return [Anchor(phrase, word, forms[word]) for word in chosen if costs[word]]


def _useful_forms(phrase: QueryPhrase, word: int) -> Column:
    """Return the numbers of the index words that are similar enough to `word` for a match."""
    least = phrase.doubtful - (phrase.full - phrase.weights[word] * 100)
    matches = phrase.similarities[word].matches
    useful: Column = matches[phrase.word_scores[word][matches] >= least]
    return useful


def _score_windows(
    index: Index, similar_words: SimilarWords, anchor: Anchor, allowed: Column | None, most_in_doubt: int
) -> _ScoredWindows:
    """Score the text around every occurrence of one word of a phrase. Windows in doubt match if there are few."""
    phrase = anchor.phrase
    at = index.places_of(anchor.forms)
    score = np.repeat(phrase.word_scores[anchor.word][anchor.forms].astype(np.int32), index.frequencies[anchor.forms])
    if allowed is not None:
        inside = allowed[index.sentence_of[at]]
        at, score = at[inside], score[inside]
    penalty = np.zeros(len(at), np.int32)
    left = phrase.full - phrase.weights[anchor.word] * 100
    for word in anchor.others:
        best = _best_score_near(index, anchor, word, at)
        missing = (best == 0) * phrase.missing_penalty(word)
        # A word of two letters, such as "CP", leaves no letters to compare in doubt: its penalty counts at once.
        score += best if len(phrase.words[word]) > LONGEST_EXACT else best - missing
        penalty += missing if len(phrase.words[word]) > LONGEST_EXACT else 0
        left -= phrase.weights[word] * 100
        promising = np.flatnonzero(score >= phrase.doubtful - left)
        at, score, penalty = at[promising], score[promising], penalty[promising]
    score -= penalty
    hits = score >= phrase.hit
    # A window without a required word has a negative score.
    doubtful = np.flatnonzero(~hits & (score >= 0))
    likely = doubtful[_may_have_same_letters(index, similar_words, anchor, at[doubtful])]
    if 0 < len(likely) <= most_in_doubt:
        hits[likely] = _has_same_letters(index, anchor, at[likely])
    at, score = at[hits], np.maximum(score[hits], 0)
    # A match after "non-" loses a point, so that it does not count as word for word.
    most_points = FULL * (100 - phrase.spelling.deduction) // 100
    points = score * np.int64(most_points) // phrase.full - _follows_non(index, anchor, at)
    return _ScoredWindows(at, points, len(likely))


def _follows_non(index: Index, anchor: Anchor, at: Column) -> Column:
    """Return a bool array: whether the word "non" stands directly before each match."""
    before = index.texts.tokens.take(at - anchor.word - 1, mode="wrap")
    follows: Column = before == index.numbers.get("non", -1)
    return follows


def _may_have_same_letters(index: Index, similar_words: SimilarWords, anchor: Anchor, at: Column) -> Column:
    """Return the rows of the doubtful matches that may have the letters of the phrase: a quick test."""
    typed = " ".join(anchor.phrase.words)
    lost = _missing_letters(index, similar_words, anchor, at)
    likely = np.flatnonzero(100 * lost <= (100 - _SAME_LETTERS) * len(typed))
    return likely[~_has_opposite(index, anchor, at[likely])] if len(likely) else likely


def _has_same_letters(index: Index, anchor: Anchor, at: Column) -> Column:
    """Return a bool array: whether each doubtful match has the letters of the phrase (RapidFuzz's `partial_ratio`)."""
    typed = " ".join(anchor.phrase.words)
    strings = _strings_around(index, anchor, at)
    scores = process.cdist([typed], strings, scorer=fuzz.partial_ratio, score_cutoff=_SAME_LETTERS)[0]
    # partial_ratio looks for the shorter string in the longer one, which must not be the typed one.
    same: Column = (scores > 0) & [len(string) >= len(typed) for string in strings]
    return same


def _strings_around(index: Index, anchor: Anchor, at: Column) -> list[str]:
    """Return the text around each token position in `at`, cut at the ends of the sentence."""
    reach = anchor.phrase.reach
    sentences = index.sentence_of[at]
    starts = np.maximum(at - reach, index.texts.sentence_start[sentences])
    ends = np.minimum(at + reach + 1, index.texts.sentence_start[sentences + 1] - PAD)
    return index.strings(starts, ends)


def _has_opposite(index: Index, anchor: Anchor, at: Column) -> Column:
    """Return a bool array: whether an opposite ("inadequate" for "adequate") is near each token position in `at`."""
    opposites = np.concatenate([similarity.opposites for similarity in anchor.phrase.similarities])
    around = at[:, None] + np.arange(-anchor.phrase.reach, anchor.phrase.reach + 1)
    found: Column = np.any(np.isin(index.texts.tokens.take(around, mode="wrap"), opposites), axis=1)
    return found


def _missing_letters(index: Index, similar_words: SimilarWords, anchor: Anchor, at: Column) -> Column:
    """Return an int array: how many letters of the phrase each match lacks, at least."""
    letters, phrase = similar_words.letters, anchor.phrase
    missing = np.zeros(len(at), np.int64)
    for word, text in enumerate(phrase.words):
        own = word - anchor.word
        near = np.zeros(len(at), np.uint64)
        for offset in {own - 1, own, own + 1} - {0} if own else {0}:
            near |= letters[index.texts.tokens.take(at + offset, mode="wrap")]
        missing += phrase.weights[word] - np.bitwise_count(near & letter_bits(text))
    return missing


def _best_score_near(index: Index, anchor: Anchor, word: int, at: Column) -> Column:
    """Return an int array: the best score of `word` near each token position in `at`."""
    phrase = anchor.phrase
    matches = phrase.similarities[word].matches
    best = np.zeros(len(at), np.int16)
    rows: Column | slice = slice(None)
    # If `word` is the rarer word, only positions near its occurrences are scored.
    if int(index.frequencies[matches].sum()) < len(at) * len(phrase.offsets(word, anchor.word)) // _MARKING_COST:
        rows = np.flatnonzero(_may_be_near(index.places_of(matches), phrase.reach, at))
    best[rows] = np.maximum(_scores_near(index, anchor, word, at[rows]).max(axis=0), 0)
    return best


def _may_be_near(places: Column, reach: int, at: Column) -> Column:
    """Return a bool array: whether any of `places` may be within `reach` of each position in `at`.

    This is a quick test: a position slightly out of reach may pass too.
    """
    bits = (2 * reach).bit_length()
    last = max(at.max(initial=0), places.max(initial=0)) + reach >> bits
    # Blocks of positions are compared.
    near = np.zeros(last + 1, bool)
    near[np.maximum(places - reach, 0) >> bits] = True
    near[places + reach >> bits] = True
    candidates: Column = near[at >> bits]
    return candidates


def _scores_near(index: Index, anchor: Anchor, word: int, at: Column) -> Column:
    """Return the score of `word` at each offset from each token position in `at`, shape (offsets, positions)."""
    phrase = anchor.phrase
    places = at[:, None] + phrase.offsets(word, anchor.word)
    # Places before the first are counted from the end, which is padding.
    scores: Column = phrase.word_scores[word].take(index.texts.tokens.take(places, mode="wrap").T, mode="wrap")
    scores -= phrase.displacement_penalties(word, anchor.word)[:, None]
    if phrase.reach > PAD:
        scores[index.sentence_of.take(places.T, mode="wrap") != index.sentence_of[at]] = 0
    return scores


def matched_places(index: Index, windows: Windows) -> tuple[Column, Column]:
    """Return two arrays: the token position of each word in each match, and the similarity of each match.

    The positions have the shape (words, matches); a missing word has the position `NOWHERE`. The similarity is 0 to
    100.
    """
    longest = max((len(anchor.phrase.weights) for anchor in windows.anchors), default=1)
    places = np.full((longest, len(windows)), NOWHERE)
    similarity = np.full(len(windows), 100.0)
    for number, anchor in enumerate(windows.anchors):
        rows = np.flatnonzero(windows.anchor == number)
        if len(rows):
            words = len(anchor.phrase.weights)
            places[:words, rows], similarity[rows] = _best_places(index, anchor, windows.place[rows])
    return places, similarity


def _best_places(index: Index, anchor: Anchor, at: Column) -> tuple[Column, Column]:
    """Return the best token position of each word in each match, and the similarity (0 to 100) of each match.

    The positions have the shape (words, matches); a missing word has the position `NOWHERE`.
    """
    phrase, tokens = anchor.phrase, index.texts.tokens
    places = np.empty((len(phrase.weights), len(at)), np.int64)
    places[anchor.word] = at
    similarity = phrase.similarities[anchor.word].points[tokens[at]] * float(phrase.weights[anchor.word])
    for word in anchor.others:
        scores = _scores_near(index, anchor, word, at)
        choice = scores.argmax(axis=0)
        near = at + phrase.offsets(word, anchor.word)[choice]
        matched = scores.max(axis=0) > 0
        points = phrase.similarities[word].points[tokens[near]] * float(phrase.weights[word])
        similarity += np.where(matched, points - phrase.displacement_penalties(word, anchor.word)[choice], 0)
        places[word] = np.where(matched, near, NOWHERE)
    return places, similarity * (100 / phrase.full)
