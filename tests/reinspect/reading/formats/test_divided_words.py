"""Words that are divided at line ends are joined in a document that divides words, and no other hyphen is lost."""

from __future__ import annotations

import re

from reinspect.reading.formats.divided_words import join_divided_words

AT_END = re.compile(r"-\n")
AS_IT_IS = r"\g<0>"


def test_words_of_a_document_that_divides_words_are_joined() -> None:
    texts = ["a safeguard-\ning plan", "good over-\nsight"]
    assert join_divided_words(texts, AT_END, AS_IT_IS) == ["a safeguarding plan", "good oversight"]


def test_a_hyphen_stays_in_a_document_that_divides_no_words() -> None:
    texts = ["good over-\nsight", "multi-\nagency work"]
    assert join_divided_words(texts, AT_END, AS_IT_IS) == texts


def test_a_word_that_is_printed_with_its_hyphen_elsewhere_keeps_it() -> None:
    texts = ["a safeguard-\ning plan", "good over-\nsight", "their over-sight"]
    assert join_divided_words(texts, AT_END, "-") == ["a safeguarding plan", "good over-sight", "their over-sight"]


def test_a_hyphen_without_a_word_on_both_sides_stays() -> None:
    texts = ["a safeguard-\ning plan", "from 3-\n4 June -\nand later"]
    assert join_divided_words(texts, AT_END, AS_IT_IS) == ["a safeguarding plan", "from 3-\n4 June -\nand later"]
