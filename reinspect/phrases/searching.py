"""Fuzzy phrase search: the rarest words of the phrase are looked up, and what stands around them is weighed.

The score of a window is the mean likeness of its words to those of the phrase, each weighed by its letters, less some
points for every place a word is away from where the phrase has it. What scores `ENOUGH` is a hit; the best hits are
weighed again together with the likeness of the whole strings. `benchmarks/phrase_search.py` measures it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz

from reinspect.model import Passage
from reinspect.phrases.columns import Column
from reinspect.phrases.query import Found, Hit, Query, Selection
from reinspect.phrases.similarity import Likeness, Sought
from reinspect.phrases.texts import PAD, ROLES

if TYPE_CHECKING:
    from reinspect.phrases.index import Index

# A hit has this many points of 100. A word that is only half alike counts for nothing (`_worth`).
ENOUGH = 65
# Points lost for each place a word stands away from its own, and how far away it may stand.
_ASTRAY, _FARTHEST = 4, 4
# Words looked at on either side, beyond the length of the phrase.
_SLACK = 2
_HEAD = 60
# Of a phrase's words the small ones may be missing; without "oversight", "management oversight" is not found.
_MISSED, _SMALL = 100, 3
_WINDOW_SHARE = 0.6
_HEAVIEST = 20
_FULL = 10_000
_NOWHERE = {-1}


class _Phrase(msgspec.Struct, frozen=True, eq=False):
    """The words of a phrase as they are sought: their likeness, their weight in letters, and their worth by weight."""

    likenesses: tuple[Likeness, ...]
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
    def reach(self) -> int:
        """How many places away from the anchor a word is looked for."""
        return len(self.weights) - 1 + _SLACK

    def steps(self, word: int, anchor: int) -> Column:
        """The places, counted from the anchor, where `word` is looked for."""
        own = word - anchor
        return np.arange(max(-self.reach, own - _FARTHEST), min(self.reach, own + _FARTHEST) + 1)

    def missed(self, word: int) -> int:
        """What it costs beside its worth that a word is not there at all; a small word is not missed."""
        return self.weights[word] * _MISSED // len(self.weights) if self.weights[word] > _SMALL else 0

    def cost(self, word: int, astray: Column) -> Column:
        """What it costs `word` to stand so many places away from its own."""
        points = np.abs(astray) * (_ASTRAY * self.weights[word] * 2 / len(self.weights))
        cost: Column = points.astype(np.int16)
        return cost


class _Anchor(msgspec.Struct, frozen=True, eq=False):
    """A word of a phrase that is looked up, as any of its `forms`, so that what stands around it can be weighed."""

    phrase: _Phrase
    word: int
    forms: Column


class _Best(msgspec.Struct, frozen=True, eq=False):
    """The best window of every sentence: its points (of 10,000, 0 is none), the anchor's place, which anchor it is."""

    points: Column
    place: Column
    anchor: Column


def search(index: Index, query: Query, within: Selection, limit: int, prefix: bool) -> Found:
    """The sentences that hold the phrase of `query`, best first. See `Index.search`."""
    sentences = len(index.sentence_document)
    if not (query.words or query.exact) or not sentences:
        return Found()
    runs = [(len(run), _run(index, run)) for run in query.exact]
    allowed = _allowed(index, within, (*query.without, *within.without), [starts for _, starts in runs])
    anchors = [
        anchor for words in _spellings(index, query.words, prefix) for anchor in _anchors(index, _phrase(index, words))
    ]
    best = _Best(np.zeros(sentences, np.int32), np.zeros(sentences, np.uint32), np.zeros(sentences, np.uint16))
    for number, anchor in enumerate(anchors):
        _weigh(index, anchor, number, allowed, best)
    if not query.words and allowed is not None:
        best.points[allowed] = _FULL
    found = np.flatnonzero(best.points)
    head = _head(index, within, found, best.points[found], max(_HEAD, limit + _HEAD // 2))
    windows = _windows(index, anchors, best, head)
    scores = _scores(index, " ".join(query.words), windows)
    first = np.lexsort((head, _rank(index, within, head), -scores))[: max(limit, 0)]
    hits = tuple(hits_at(index, head[first], scores[first], [windows[row] for row in first.tolist()], runs))
    counts = np.bincount(index.sentence_document[found], minlength=len(index.texts.documents))
    by_document = {index.texts.documents[number]: int(counts[number]) for number in np.flatnonzero(counts)}
    return Found(total=len(found), hits=hits, by_document=by_document)


def _spellings(index: Index, typed: tuple[str, ...], prefix: bool) -> Iterator[list[Sought]]:
    """The words as typed, then with two of them joined or one of them parted, where the texts write them so."""
    words = [Sought(text, begun=prefix and number == len(typed) - 1) for number, text in enumerate(typed)]
    if words:
        yield words
    for number, word in enumerate(words):
        if word.begun:
            continue
        together = "".join(typed[number : number + 2])
        if number + 1 < len(words) and index.count(index.numbers.get(together, 0)):
            yield [*words[:number], Sought(together, exact=True), *words[number + 2 :]]
        if parted := _parted(index, word.text) or _parted(index, index.likenesses.nearest(word)):
            yield [*words[:number], *(Sought(part, exact=True) for part in parted), *words[number + 1 :]]


def _parted(index: Index, word: str) -> tuple[str, str] | None:
    """The two words that stand side by side in the texts and make `word` together."""
    for cut in range(2, len(word) - 1):
        left, right = index.numbers.get(word[:cut], 0), index.numbers.get(word[cut:], 0)
        if left and right and np.any(index.texts.tokens[index.places(left) + 1] == right):
            return word[:cut], word[cut:]
    return None


def _phrase(index: Index, words: Sequence[Sought]) -> _Phrase:
    likenesses = tuple(index.likenesses.likeness(word) for word in words)
    weights = tuple(min(len(word.text), _HEAVIEST) for word in words)
    worths = tuple(like.worth * np.int16(weight) for like, weight in zip(likenesses, weights, strict=True))
    return _Phrase(likenesses, weights, worths)


def _anchors(index: Index, phrase: _Phrase) -> list[_Anchor]:
    """The words to look up: the fewest places such that no window without any of them has enough points."""
    words = range(len(phrase.weights))
    useful = [_useful(phrase, word) for word in words]
    costs = [int(index.frequencies[forms].sum()) for forms in useful]
    chosen: list[int] = []
    left = phrase.full
    for word in sorted(words, key=lambda word: costs[word] / phrase.weights[word]):
        if left < phrase.need:
            break
        chosen.append(word)
        left -= phrase.weights[word] * 100
    for word in sorted(chosen, key=lambda word: -costs[word]):
        if left + phrase.weights[word] * 100 < phrase.need:
            left += phrase.weights[word] * 100
            chosen.remove(word)
    return [_Anchor(phrase, word, useful[word]) for word in chosen if costs[word]]


def _useful(phrase: _Phrase, word: int) -> Column:
    """The words of the index that can stand for `word` in a hit, if all the others are perfect."""
    least = phrase.need - (phrase.full - phrase.weights[word] * 100)
    forms = phrase.likenesses[word].words
    useful: Column = forms[phrase.worths[word][forms] >= least]
    return useful


def _weigh(index: Index, anchor: _Anchor, number: int, allowed: Column | None, best: _Best) -> None:
    """Score the window around every place of an anchor, and keep it where it is its sentence's best so far."""
    phrase = anchor.phrase
    at = index.places_of(anchor.forms)
    if allowed is not None:
        at = at[allowed[index.sentence_of[at]]]
    score = phrase.worths[anchor.word][index.texts.tokens[at]].astype(np.int32)
    left = phrase.full - phrase.weights[anchor.word] * 100
    near = _tokens_near(index, phrase.reach, at)
    for word in sorted(range(len(phrase.weights)), key=lambda word: -phrase.weights[word]):
        if word == anchor.word:
            continue
        most = _worths_near(anchor, word, near).max(axis=0)
        score += np.where(most > 0, most, -phrase.missed(word))
        left -= phrase.weights[word] * 100
        hopeful = np.flatnonzero(score >= phrase.need - left)
        if 2 * len(hopeful) < len(score) or not left:
            at, score, near = at[hopeful], score[hopeful], near[:, hopeful]
    points = (score * np.int64(_FULL) // phrase.full).astype(np.int32)
    sentences = index.sentence_of[at]
    before = best.points[sentences]
    np.maximum.at(best.points, sentences, points)
    ahead = (points == best.points[sentences]) & (points > before)
    # Written backwards, so that the first of equal windows is the one that stays.
    best.place[sentences[ahead][::-1]] = at[ahead][::-1]
    best.anchor[sentences[ahead]] = number


def _tokens_near(index: Index, reach: int, at: Column) -> Column:
    """The tokens from `reach` before to `reach` after each place: (steps, places). Other sentences give none."""
    there = np.arange(-reach, reach + 1)[:, None] + at
    near = index.texts.tokens.take(there, mode="wrap").astype(np.intp)
    if reach > PAD:
        near[index.sentence_of.take(there, mode="wrap") != index.sentence_of[at]] = 0
    near[reach] = 0
    return near


def _worths_near(anchor: _Anchor, word: int, near: Column) -> Column:
    """What `word` is worth at each of its steps around each anchor, less the cost of being astray: (steps, places)."""
    phrase = anchor.phrase
    steps = phrase.steps(word, anchor.word)
    worths = phrase.worths[word].take(near[steps[0] + phrase.reach : steps[-1] + phrase.reach + 1], mode="clip")
    worths -= phrase.cost(word, steps - (word - anchor.word))[:, None]
    return np.maximum(worths, 0, out=worths)


def _allowed(index: Index, within: Selection, unwanted: Sequence[str], wanted: Sequence[Column]) -> Column | None:
    """Which sentences may be found, None where all may: inside the selection, no unwanted word, each wanted place."""
    if not (unwanted or wanted) and within.documents is within.strands is within.roles is None:
        return None
    texts = index.texts
    allowed = np.ones(len(texts.sentence_passage), bool)
    for chosen, names, numbers in (
        (within.documents, texts.documents, texts.passage_document),
        (within.strands, texts.strands, texts.passage_strand),
        (within.roles, ROLES, texts.passage_role),
    ):
        if chosen is not None:
            allowed &= np.array([name in chosen for name in names], bool)[numbers][texts.sentence_passage]
    for word in unwanted:
        for form in _forms(index, word):
            allowed[index.sentence_of[index.places(form)]] = False
    for places in wanted:
        holding = np.zeros(len(allowed), bool)
        holding[index.sentence_of[places]] = True
        allowed &= holding
    return allowed


def _forms(index: Index, word: str) -> Column:
    """The singular and the plural of a word, where the texts have them."""
    number = index.numbers.get(word)
    if number is None:
        return np.zeros(0, np.int64)
    return np.flatnonzero(index.folded == index.folded[number])


def _run(index: Index, run: Sequence[str]) -> Column:
    """The places where a run of words begins, word for word."""
    numbers = [index.numbers.get(word, 0) for word in run]
    if not all(numbers):
        return np.zeros(0, np.int64)
    rarest = min(range(len(numbers)), key=lambda word: index.count(numbers[word]))
    starts = index.places(numbers[rarest]).astype(np.int64) - rarest
    starts = starts[(starts >= 0) & (starts + len(run) <= len(index.texts.tokens))]
    for step, number in enumerate(numbers):
        starts = starts[index.texts.tokens[starts + step] == number]
    return starts


def _rank(index: Index, within: Selection, sentences: Column) -> Column:
    """Which of two sentences with equal scores comes first: that of the document named first."""
    if not within.first:
        return np.zeros(len(sentences), np.int64)
    ranks = {document: rank for rank, document in enumerate(within.first)}
    by_document = np.array([ranks.get(document, len(ranks)) for document in index.texts.documents], np.int64)
    return by_document[index.sentence_document[sentences]]


def _head(index: Index, within: Selection, found: Column, points: Column, size: int) -> Column:
    """The sentences with most points, in the order of the texts."""
    if len(found) <= size:
        return found
    least = np.partition(points, -size)[-size]
    above, level = found[points > least], found[points == least]
    level = level[np.argsort(_rank(index, within, level), kind="stable")]
    return np.sort(np.concatenate([above, level[: size - len(above)]]))


class Window(msgspec.Struct, frozen=True):
    """The places of the matched words, in order, and their likeness less what they lose for being astray, 0 to 100."""

    places: tuple[int, ...] = ()
    likeness: float = 100.0


def _windows(index: Index, anchors: Sequence[_Anchor], best: _Best, head: Column) -> list[Window]:
    """The best window of each sentence of the head."""
    windows = [Window()] * len(head)
    for number in np.unique(best.anchor[head]).tolist() if anchors else ():
        rows = np.flatnonzero(best.anchor[head] == number)
        for row, window in zip(
            rows.tolist(), _around(index, anchors[number], best.place[head[rows]].astype(np.int64)), strict=True
        ):
            windows[row] = window
    return windows


def _around(index: Index, anchor: _Anchor, at: Column) -> Iterator[Window]:
    """The window around each place of an anchor: for every word of the phrase the place that is worth most."""
    phrase = anchor.phrase
    near = _tokens_near(index, phrase.reach, at)
    places = np.full((len(phrase.weights), len(at)), -1)
    places[anchor.word] = at
    likeness = phrase.likenesses[anchor.word].points[index.texts.tokens[at]] * float(phrase.weights[anchor.word])
    for word in set(range(len(phrase.weights))) - {anchor.word}:
        worths, steps = _worths_near(anchor, word, near), phrase.steps(word, anchor.word)
        choice = worths.argmax(axis=0)
        there = at + steps[choice]
        alike = phrase.likenesses[word].points[index.texts.tokens[there]] * float(phrase.weights[word])
        matched = worths.max(axis=0) > 0
        likeness += np.where(matched, alike - phrase.cost(word, steps - (word - anchor.word))[choice], 0)
        places[word, matched] = there[matched]
    places.sort(axis=0)
    # Nearly always every word has a place of its own.
    plain = ((places[0] >= 0) & (np.diff(places, axis=0) > 0).all(axis=0)).tolist()
    points = (likeness * (100 / phrase.full)).tolist()
    for matches, distinct, score in zip(places.T.tolist(), plain, points, strict=True):
        yield Window(tuple(matches if distinct else sorted(set(matches) - _NOWHERE)), score)


def _scores(index: Index, typed: str, windows: Sequence[Window]) -> Column:
    """The final score of each window, one decimal: its words' likeness, and that of the two strings as a whole."""
    wholes: dict[bytes, float] = {}
    scores = np.empty(len(windows))
    for row, window in enumerate(windows):
        inside = index.texts.tokens[window.places[0] : window.places[-1] + 1] if window.places else index.order[:0]
        key = inside.tobytes()
        if key not in wholes:
            string = " ".join([index.words[token] for token in inside.tolist()])
            wholes[key] = fuzz.ratio(typed, string) if window.places else 100.0
        scores[row] = _WINDOW_SHARE * window.likeness + (1 - _WINDOW_SHARE) * wholes[key]
    return np.round(scores, 1)


def hits_at(
    index: Index, sentences: Column, scores: Column, windows: Sequence[Window], runs: Sequence[tuple[int, Column]]
) -> Iterator[Hit]:
    """The hits in these sentences, with their words marked where they are printed."""
    texts = index.texts
    firsts = texts.sentence_start[sentences]
    marked = [_marked(first, window, runs) for first, window in zip(firsts.tolist(), windows, strict=True)]
    places = np.fromiter(chain.from_iterable(marked), np.int64)
    starts = texts.token_start[places].astype(np.int64)
    spans = zip(starts.tolist(), (starts + texts.token_length[places]).tolist(), strict=True)
    numbers = texts.sentence_passage[sentences]
    documents = texts.passage_document[numbers]
    columns = (texts.token_start[firsts], numbers, documents, numbers - index.first_passage[documents], scores)
    rows = zip(sentences.tolist(), marked, *(column.tolist() for column in columns), strict=True)
    for sentence, words, opening, number, document, place, score in rows:
        passage = texts.passage(number)
        printed = tuple(islice(spans, len(words)))
        start, end = printed[0][0], printed[-1][1]
        yield Hit(
            score=score,
            document=texts.documents[document],
            number=place,
            page=_page(passage, start) if passage.runs_on else passage.page,
            phrase=passage.text[start:end],
            spans=printed,
            context=(opening, _sentence_end(index, sentence, passage.text)),
            passage=passage,
        )


def _marked(first: int, window: Window, runs: Sequence[tuple[int, Column]]) -> list[int]:
    """The places to mark in a sentence that begins at `first`: those of the window and those of each exact run."""
    marked = set(window.places)
    for length, starts in runs:
        start = starts[np.searchsorted(starts, first)].item()
        marked.update(range(start, start + length))
    return sorted(marked)


def _sentence_end(index: Index, sentence: int, text: str) -> int:
    """Where a sentence ends in its passage's text, closing quotes included."""
    texts = index.texts
    if sentence + 1 == len(texts.sentence_passage):
        return len(text)
    # The next sentence is read from behind this one's full stop, or from the beginning of another passage.
    blank = text.find(" ", following) if (following := texts.sentence_opening.item(sentence + 1)) else -1
    return len(text) if blank < 0 else blank


def _page(passage: Passage, place: int) -> int:
    """The page on which a place in the passage's text is printed; joined lines are about as long as printed ones."""
    page, left = passage.page, place - (passage.end - passage.start)
    for following, start, end in passage.runs_on:
        if left < 0:
            break
        page, left = following, left - (end - start)
    return page
