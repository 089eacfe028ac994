"""The known words are as good as a set of them, in less memory."""

from __future__ import annotations

import pytest

from reinspect.reading import vocabulary
from reinspect.reading.vocabulary import KnownWords, is_word

_LISTED = ("a", "in", "ink", "inkling", "inner-city", "over", "oversight", "oversights", "sight")


@pytest.fixture
def words() -> KnownWords:
    return KnownWords("\n".join(_LISTED) + "\n")


def test_every_listed_word_is_known(words: KnownWords) -> None:
    assert all(word in words for word in _LISTED)


@pytest.mark.parametrize("text", ["", "i", "inkl", "nk", "inklings", "sights", "over\nsight", "over\noversight", "\n"])
def test_a_part_of_a_word_and_several_words_are_not_known(words: KnownWords, text: str) -> None:
    assert text not in words


def test_the_order_of_the_list_does_not_matter() -> None:
    words = KnownWords("sight\noversight\nink\nover\ninkling\n")
    assert all(word in words for word in ("sight", "oversight", "ink", "over", "inkling"))


def test_taking_known_words_from_a_set_leaves_the_others(words: KnownWords) -> None:
    assert {"over", "sihgt", "ink", "Ink"} - words == {"sihgt", "Ink"}


def test_words_stay_known_when_those_found_earlier_are_forgotten(
    words: KnownWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_MOST_KEPT", 2)
    assert all(word in words for word in _LISTED * 2)
    assert "inklin" not in words


def test_a_text_with_the_hash_of_a_word_is_not_known(words: KnownWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_HASHES", 1)
    words = KnownWords("over\n")
    assert "over" in words
    assert "ovre" not in words


@pytest.mark.parametrize(
    ("text", "known"),
    [("Oversight", True), ("oversight's", True), ("inspected", True), ("sihgts", False), ("xqzing", False)],
)
def test_a_word_is_known_in_any_case_and_with_a_common_ending(text: str, known: bool) -> None:
    assert is_word(text) is known
