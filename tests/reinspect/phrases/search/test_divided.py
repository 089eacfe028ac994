"""Divided texts give the same hits and counts as one index of all of them, however they are divided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

from reinspect.model import Passage
from reinspect.phrases.index.index import Index
from reinspect.phrases.query import SearchScope
from reinspect.phrases.search import divided
from reinspect.phrases.search.divided import DividedSearcher, hold_part, share_words, words_of_part
from reinspect.phrases.search.searcher import Searcher
from tests.making.passages import passages, sha_of

_Answer = TypeVar("_Answer")
Documents = Sequence[tuple[str, Sequence[Passage]]]

QUERIES = (
    "harbour plans",
    "harbor plan",
    "plans of the harbour",
    "wellbeing",
    "harbourplans",
    "tool kit",
    "not recorded",
    "IRO visits",
    '"the harbour" plans',
    '"harbour plans"',
    "plans -audit",
    "mooring lights and bells",
    "nowhere printed",
    "boats",
    "harb",
    "!?",
)


class PartsHere:
    """The parts of divided texts, all in this process."""

    def __init__(self, held: Sequence[Searcher]) -> None:
        self.held = held
        self.asked = 0

    def ask(self, work: Callable[..., _Answer], /, *arguments: object, **named: object) -> list[_Answer]:
        self.asked += 1
        return [work(part, *arguments, **named) for part in self.held]


def document(name: str, first: str, *others: str) -> tuple[str, Sequence[Passage]]:
    return sha_of(name), [*passages(name, first, role="improvement"), *passages(name, *others)]


DOCUMENTS: Documents = [
    document("a", "Harbour plans are late.", "The plans of the harbour are audited.", "Well being is good."),
    document("b", "Harbours have plans.", "Being well is rare.", "Bells and mooring lights are new."),
    document("c", "Visits are not recorded.", "Visits are recorded.", "A tool kit is used, and a toolkit."),
    document("d", "Independent reviewing officers visit.", "The harbor plan is new.", "Moored boats are safe."),
    document("e", "The harbour.", "Plans without an audit of the harbour.", "An audit of plans. Plans drift."),
]


def divide(documents: Documents, ends: Sequence[int], known: Sequence[str] = ()) -> DividedSearcher:
    cut = [Index.build(documents[start:end]) for start, end in zip([0, *ends], [*ends, len(documents)], strict=True)]
    shared = share_words(map(words_of_part, cut), known)
    return DividedSearcher(PartsHere([hold_part(part, shared) for part in cut]), shared)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("ends", [(), (1,), (2, 3), (1, 2, 3, 4)], ids=str)
def test_divided_texts_give_the_hits_and_counts_of_one_index(query: str, ends: Sequence[int]) -> None:
    alone, together = Searcher(Index.build(DOCUMENTS)), divide(DOCUMENTS, ends)
    for scope in (
        None,
        SearchScope(documents=frozenset({sha_of("a"), sha_of("d")})),
        SearchScope(roles=frozenset({"improvement"})),
        SearchScope(first=(sha_of("e"), sha_of("c"))),
    ):
        for limit in (0, 2, 50):
            for prefix in (False, True):
                assert together.search(query, scope, limit, prefix) == alone.search(query, scope, limit, prefix)


def test_words_side_by_side_in_one_part_split_a_typed_word_in_all() -> None:
    """Only the first document writes "well being"; the word typed as one is found in the other parts too."""
    together = divide(DOCUMENTS, (1, 2, 3, 4))
    assert together.search("wellbeing").total == Searcher(Index.build(DOCUMENTS)).search("wellbeing").total > 0


def test_too_many_windows_in_doubt_in_all_parts_are_no_matches_in_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two parts with two windows in doubt each are four in all, which is one too many here."""
    for module in ("windows", "divided"):
        monkeypatch.setattr(f"reinspect.phrases.search.{module}.MOST_IN_DOUBT", 3)
    sentence = "Planning of harbour light."
    documents = [document(letter, sentence, sentence) for letter in "ab"]
    for query in ("harbour lights planned", "planing harbor ligth", "plan harbour lit"):
        alone = Searcher(Index.build(documents))
        assert divide(documents, (1,)).search(query) == alone.search(query)


def test_parts_with_many_in_doubt_are_asked_once_more() -> None:
    counts = [divided.PartAnswer(counted=Searcher(Index.build([])).search("x"), candidates=(), in_doubt=(300, 2))] * 2

    class Told(PartsHere):
        def ask(self, work: Callable[..., _Answer], /, *arguments: object, **named: object) -> list[_Answer]:
            asked.append(arguments)
            return list(counts)  # type: ignore[arg-type]

    asked: list[tuple[object, ...]] = []
    searcher = DividedSearcher(Told([]), share_words([{"boats": 1}]))
    searcher.search("boats")
    questions = [question for (question, *_) in asked if isinstance(question, divided.PartQuestion)]
    assert questions[0].too_common == frozenset()
    assert questions[1].too_common == {0}


def test_the_words_keep_the_numbers_of_an_index_that_had_them() -> None:
    """The last document was added first, so its words have the lowest numbers."""
    index = Index.build([DOCUMENTS[-1]]).with_documents(DOCUMENTS[:-1])
    parts = [Index.build(DOCUMENTS[:2]), Index.build(DOCUMENTS[2:])]
    shared = share_words(map(words_of_part, parts), known=index.words)
    assert shared.words == index.words
    assert shared.folded == tuple(index.folded.tolist())
    assert shared.counts == tuple(index.frequencies.tolist())


def test_a_part_without_documents_changes_nothing() -> None:
    assert divide(DOCUMENTS, (0, 5)).search("harbour plans") == Searcher(Index.build(DOCUMENTS)).search("harbour plans")
