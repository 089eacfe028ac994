"""The search by meaning: other words for the same thing, in the scope asked for, each sentence once."""

from __future__ import annotations

import numpy
import pytest

from reinspect.phrases.index.index import Index
from reinspect.phrases.query import SearchScope
from reinspect.phrases.search.meaning import MeaningSearch
from tests.making.inspections import passage

SENTENCES = (
    "Care leavers in custody are visited by their personal advisers each month.",
    "Adopters are prepared well for the children who will join their families.",
    "Too many social workers leave, and turnover in the workforce is high.",
    "Return home interviews are late when children go missing from care.",
)


def searched(*texts: str) -> MeaningSearch:
    return MeaningSearch(Index.build([(f"{number:064x}", [passage(text)]) for number, text in enumerate(texts)]))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("young people in prison", SENTENCES[0]),
        ("staff retention", SENTENCES[2]),
        ("debriefs after absconding or being missing", SENTENCES[3]),
    ],
)
def test_other_words_for_the_same_thing_are_found_first(asked: str, found: str) -> None:
    assert searched(*SENTENCES).search(asked)[0].sentence == found


def test_no_sentence_counts_as_word_for_word_and_likeness_falls() -> None:
    hits = searched(*SENTENCES).search("children missing from home")
    assert hits
    assert not any(hit.word_for_word for hit in hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_a_sentence_that_is_printed_twice_is_shown_once() -> None:
    hits = searched(SENTENCES[0], SENTENCES[0], SENTENCES[1]).search("custody", limit=5)
    assert [hit.sentence for hit in hits].count(SENTENCES[0]) == 1


def test_the_scope_limits_what_is_found() -> None:
    first = SearchScope(documents=frozenset({f"{0:064x}"}))
    hits = searched(SENTENCES[0], SENTENCES[0] + " More is said.").search("custody", first)
    assert {hit.document for hit in hits} == {f"{0:064x}"}


def test_the_nearest_words_are_marked() -> None:
    hit = searched(*SENTENCES).search("staff retention")[0]
    assert "turnover" in [hit.passage.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize("asked", ["", "of the", "zzqx", "\ufffd", "..."])
def test_a_text_without_a_known_word_finds_nothing(asked: str) -> None:
    assert searched(*SENTENCES).search(asked) == ()


def test_an_empty_index_and_a_limit_of_none_find_nothing() -> None:
    assert MeaningSearch(Index.build([])).search("custody") == ()
    assert searched(*SENTENCES).search("custody", limit=0) == ()


def test_a_page_of_text_is_searched_like_a_sentence() -> None:
    assert searched(*SENTENCES).search(" ".join(SENTENCES) * 20)


def test_a_heading_of_a_few_words_is_not_found() -> None:
    assert searched("Custody.", SENTENCES[1]).search("custody") == ()


def test_the_estimated_lengths_are_near_the_true_ones() -> None:
    meaning = searched(*SENTENCES)
    vectors = meaning._vectors
    for estimated, sentence in zip(meaning._sentence_lengths.tolist(), SENTENCES, strict=True):
        rows = vectors.find_words(sentence)
        true = numpy.linalg.norm(vectors.rarities[rows] @ vectors.vectors[rows])
        assert estimated == pytest.approx(true, rel=0.5)
