"""Search texts that are divided into parts, each held elsewhere, with the answer that one index of all of them gives.

    texts        part 1: reports 1-400       part 2: reports 401-800       (on two workers)
    words        "drift" 210 times           "drift" 190 times
    shared       "drift" is word 17 in both parts, and occurs 400 times
    question     the spellings of "drift and dellay", worked out once from the shared words
    answers      30 sentences, the best 20   25 sentences, the best 20
    result       55 sentences, the best 20 of these 40

What a typed word means depends on all texts: which words there are, how common each is, which stand side by side. So
the parts share one list of words (`SharedWords`). A part says how many windows are in doubt, and is asked once more if
there are too many in all parts together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Concatenate, ParamSpec, Protocol, TypeVar

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.index import Index
from reinspect.phrases.index.stretches import Stretch
from reinspect.phrases.index.texts import Texts, Vocabulary, letter_counts, no_texts, token_type
from reinspect.phrases.query import Query, SearchResult, SearchScope, parse_query
from reinspect.phrases.search.compounds import Compounds
from reinspect.phrases.search.searcher import EXTRA, RankedHit, Searcher, whole_sentences
from reinspect.phrases.search.similar_words import SimilarWords
from reinspect.phrases.search.spelling import Spelling, spellings
from reinspect.phrases.search.windows import MOST_IN_DOUBT
from reinspect.phrases.words import lexicon

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


class SharedWords(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The words of all parts in the order of their numbers, the number of each word's singular, and its occurrences."""

    words: tuple[str, ...]
    folded: tuple[int, ...]
    counts: tuple[int, ...]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}


class PartQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A search as it is put to every part.

    `all_words`: no word of a short phrase may be missing. `too_common` are anchors of which no window in doubt is a
    match. `everywhere` looks beyond the scope. `limit` is the number of hits wanted of all parts; 0 asks for counts.
    """

    query: Query
    spellings: tuple[Spelling, ...]
    scope: SearchScope
    limit: int
    all_words: bool = True
    everywhere: bool = False
    too_common: frozenset[int] = frozenset()


class PartAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The matches in one part: their counts, the candidates for the best, and the windows in doubt of each anchor."""

    counted: SearchResult
    candidates: tuple[RankedHit, ...]
    in_doubt: tuple[int, ...]


class Parts(Protocol):
    """The parts of divided texts, wherever they are held, in the order of their documents."""

    def ask(
        self,
        work: Callable[Concatenate[Searcher, _Arguments], _Answer],
        /,
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> list[_Answer]:
        """Do a piece of work on every part, and return the answers in the order of the parts.

        Raises:
            ReinspectError: a part is lost for good; no part of an answer is returned.
        """


def words_of_part(part: Index) -> dict[str, int]:
    """Return how often each word occurs in a part, in the order in which the words first occur."""
    counts = part.frequencies.tolist()
    return {word: count for word, count in zip(part.words, counts, strict=True) if count}


def share_words(parts: Iterable[dict[str, int]], known: Sequence[str] = ()) -> SharedWords:
    """Return one list of words for all parts, given in their order.

    `known` are words in the order of their numbers in another index, which they keep.
    """
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part)
    vocabulary = Vocabulary(known)
    for word in counts:
        vocabulary.number(word)
    vocabulary.fold_all(lexicon())
    words = tuple(vocabulary.words)
    return SharedWords(words, tuple(vocabulary.folded), tuple(counts[word] for word in words))


def hold_part(part: Index, shared: SharedWords) -> Searcher:
    """Return a search over one part, with the words of all parts."""
    texts, numbers = part.texts, shared.numbers
    of_own = np.array([numbers[word] for word in part.words], token_type(len(shared.words)))
    tokens = of_own[texts.tokens]
    return Searcher(_index(shared, msgspec.structs.replace(texts, tokens=tokens), [Stretch.of(tokens, 0)]))


def _index(shared: SharedWords, texts: Texts, stretches: Sequence[Stretch]) -> Index:
    folded = np.array(shared.folded, token_type(len(shared.words)))
    commonness = np.array(shared.counts, np.int64)
    return Index(texts, shared.words, folded, letter_counts(shared.words), stretches, commonness=commonness)


def answer_part(part: Searcher, question: PartQuestion) -> PartAnswer:
    """Search one part."""
    query, limit = question.query, question.limit
    runs = part.quoted_runs(query)
    allowed = None if question.everywhere else part.allowed(query, question.scope, runs)
    if question.spellings:
        all_words, too_common = question.all_words, question.too_common
        windows = part.match(question.spellings, allowed, all_words=all_words, too_common=too_common)
    else:
        windows = whole_sentences(allowed)
    return PartAnswer(
        counted=part.count(windows),
        candidates=part.candidates(windows, question.scope, runs, limit) if limit > 0 else (),
        in_doubt=windows.in_doubt,
    )


def _neighbours(part: Searcher, word: str, step: int) -> list[int]:
    """Return the numbers of the words that stand next to a word in one part."""
    numbers: list[int] = np.unique(part.index.neighbours(word, step)).tolist()
    return numbers


class _WordsOfParts(Index):
    """An index of the words alone: the texts are in the parts, which are asked for what stands beside a word."""

    def __init__(self, shared: SharedWords, parts: Parts) -> None:
        words = _index(shared, no_texts(), ())
        super().__init__(words.texts, words.words, words.folded, words.letters, (), commonness=words.commonness)
        self._parts = parts

    def neighbours(self, word: str, step: int) -> Column:
        """Return the different numbers of the words that are `step` positions after `word` in any part."""
        return np.unique(np.array([*chain(*self._parts.ask(_neighbours, word, step))], self.folded.dtype))


class DividedSearcher:
    """A search over divided texts. Its answers are those of a `Searcher` over one index of all texts in their order."""

    def __init__(self, parts: Parts, shared: SharedWords) -> None:
        self._parts = parts
        self._words = _WordsOfParts(shared, parts)
        self._similar_words = SimilarWords(self._words)
        self._compounds = Compounds(self._words, self._similar_words)

    def search(
        self, query: str | Query, scope: SearchScope | None = None, limit: int = 50, prefix: bool = False
    ) -> SearchResult:
        """Find the sentences that hold a phrase, best first, as `Searcher.search` does.

        Raises:
            ReinspectError: a part is lost for good; no part of an answer is returned.
        """
        parsed = parse_query(query) if isinstance(query, str) else query
        if not (parsed.words or parsed.exact):
            return SearchResult()
        found = tuple(spellings(self._words, self._similar_words, self._compounds, parsed.words, prefix))
        question = PartQuestion(query=parsed, spellings=found, scope=scope or SearchScope(), limit=limit)
        answers = self._ask(question)
        if found and not _matches(answers) and not self._matches_everywhere(question):
            answers = self._ask(msgspec.structs.replace(question, all_words=False))
        return _join(answers, limit)

    def _matches_everywhere(self, question: PartQuestion) -> bool:
        return _matches(self._ask(msgspec.structs.replace(question, everywhere=True, limit=0)))

    def _ask(self, question: PartQuestion) -> list[PartAnswer]:
        """Ask every part; ask again if too many windows are in doubt in all parts, though not in each."""
        answers = self._parts.ask(answer_part, question)
        in_doubt = [sum(counts) for counts in zip(*(answer.in_doubt for answer in answers), strict=True)]
        too_common = frozenset(anchor for anchor, count in enumerate(in_doubt) if count > MOST_IN_DOUBT)
        if not too_common:
            return answers
        return self._parts.ask(answer_part, msgspec.structs.replace(question, too_common=too_common))


def _matches(answers: Iterable[PartAnswer]) -> bool:
    return any(answer.counted.total for answer in answers)


def _join(answers: Sequence[PartAnswer], limit: int) -> SearchResult:
    """Add up the counts of the parts, and choose the best hits as one search over all texts would."""
    counted = [answer.counted for answer in answers]
    candidates = [candidate for answer in answers for candidate in answer.candidates]
    # Python's sort keeps the order of the sentences among equals.
    chosen = sorted(candidates, key=lambda candidate: (-candidate.points, candidate.rank))[: limit + EXTRA]
    places = {id(candidate): place for place, candidate in enumerate(candidates)}
    best = sorted(chosen, key=lambda candidate: (*_final_order(candidate), places[id(candidate)]))[: max(limit, 0)]
    return SearchResult(
        total=sum(each.total for each in counted),
        word_for_word=sum(each.word_for_word for each in counted),
        hits=tuple(candidate.hit for candidate in best),
        by_document={document: count for each in counted for document, count in each.by_document.items()},
    )


def _final_order(candidate: RankedHit) -> tuple[bool, float, int]:
    return not candidate.hit.word_for_word, -candidate.hit.score, candidate.rank
