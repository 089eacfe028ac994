"""The likeness of improvements and sentences, the ranking, and the tone that was learned."""

from __future__ import annotations

import numpy
import pytest

from reinspect.comparing.followthrough.asked import prepare
from reinspect.comparing.followthrough.later_arrays import SentenceArrays
from reinspect.comparing.followthrough.likeness import measure, similarities
from reinspect.comparing.followthrough.qualities import find_qualities
from reinspect.comparing.followthrough.ranking import rank_sentences, ranking_weights
from reinspect.comparing.followthrough.sentences import cut_sentences
from reinspect.comparing.followthrough.shown_passages import choose_sentences
from reinspect.comparing.followthrough.subjects import similarity, subject_of
from reinspect.comparing.followthrough.tone_model import find_grams, judge_polarity, tone_weights
from reinspect.phrases.vectors import word_vectors
from tests.making.inspections import passage

SENTENCES = (
    "Visits to children are prompt and regular.",
    "Plans are rarely written down.",
    "The town hall has a new roof.",
    "Return home interviews are late.",
    "Young people in custody are seen by their advisers.",
    "Children who go missing are found soon.",
)


def arrays(*texts: str) -> SentenceArrays:
    cut = cut_sentences([passage(text) for text in texts])
    return SentenceArrays.of(cut.sentences, word_vectors())


def likeliest(improvement: str, *texts: str) -> str:
    asked = [prepare(improvement, {}, word_vectors())]
    chances = rank_sentences(asked, arrays(*texts), word_vectors(), ranking_weights()).chances
    return texts[int(chances[0].argmax())]


def test_words_that_are_used_alike_have_vectors_that_point_alike() -> None:
    vectors = word_vectors()

    def cosine(a: str, b: str) -> float:
        return float(vectors.vectors[vectors.places[a]] @ vectors.vectors[vectors.places[b]])

    assert cosine("prompt", "timely") > 0.5 > cosine("prompt", "adoption")


def test_a_text_without_known_words_has_a_vector_of_zeros() -> None:
    vectors = word_vectors()
    assert vectors.find_words("zzqx of the") == []
    assert not vectors.sum_up([[], vectors.find_words("advocacy")])[0].any()


@pytest.mark.parametrize("improvement", ["The timeliness of return home interviews.", "Health assessments.", "", "zz"])
def test_the_similarity_of_many_is_that_of_each_pair(improvement: str) -> None:
    subjects = [subject_of(improvement), subject_of("Children who go missing, so that plans are written down.")]
    terms = [sentence.terms for sentence in cut_sentences([passage(text) for text in SENTENCES]).sentences]
    expected = [[similarity(subject, found) for found in terms] for subject in subjects]
    assert similarities(subjects, terms) == pytest.approx(numpy.array(expected), abs=1e-6)


def test_every_measure_has_a_row_for_each_improvement_and_a_column_for_each_sentence() -> None:
    asked = [prepare(text, {}, word_vectors()) for text in ("Advocacy.", "", "Plans, so that children are safe.")]
    measures = measure(asked, arrays(*SENTENCES), word_vectors())
    assert {values.shape for values in measures.values()} == {(3, len(SENTENCES))}
    assert all(numpy.isfinite(values).all() for values in measures.values())
    assert set(measures) == set(ranking_weights().measures)


@pytest.mark.parametrize(
    ("improvement", "sentence"),
    [
        ("The timeliness of return home interviews.", "Return home interviews are late."),
        ("The recording of plans.", "Plans are rarely written down."),
        ("How often children are visited.", "Visits to children are prompt and regular."),
        ("Support for young people in prison.", "Young people in custody are seen by their advisers."),
    ],
)
def test_the_sentence_on_the_matter_is_the_likeliest(improvement: str, sentence: str) -> None:
    assert likeliest(improvement, *SENTENCES) == sentence


def test_one_topic_can_be_spoken_of_with_another_quality() -> None:
    assert "timeliness" in find_qualities("Visits are prompt.")
    assert "timeliness" not in find_qualities("Visits are friendly.")
    assert "recording" in find_qualities("Children\u2019s views are recorded.")


def test_praise_and_criticism_are_distinguished() -> None:
    text = cut_sentences(
        [
            passage("Visits are timely and of a high standard."),
            passage("Plans are poor and too late."),
            passage("The team moved to the town hall."),
        ]
    )
    polarity = judge_polarity(text.sentences, tone_weights())
    assert polarity.praise[0] > 0.5 > polarity.praise[1]
    assert polarity.criticism[1] > 0.5 > polarity.criticism[0]


def test_the_grams_of_a_text_are_its_words_and_neighbouring_pairs_with_numbers_as_0() -> None:
    assert find_grams("Two of 30 plans, two.") == ["two", "of", "0", "plans", "two of", "of 0", "0 plans", "plans two"]


@pytest.mark.parametrize(
    ("chances", "pages", "chosen"),
    [
        ([0.1, 0.9, 0.5], [1, 1, 1], [1, 2, 0]),
        ([0.9, 0.8, 0.7, 0.6], [1, 1, 2, 3], [0, 2, 3]),
        ([0.9, 0.8, 0.7, 0.01], [1, 1, 1, 2], [0, 1, 2]),
        ([0.5, 0.5], [1, 2], [0, 1]),
        ([0.5], [1], [0]),
    ],
)
def test_passages_come_from_several_pages_where_these_are_nearly_as_likely(
    chances: list[float], pages: list[int], chosen: list[int]
) -> None:
    assert choose_sentences(numpy.array(chances), pages) == chosen
