"""Words: how a text is split, which forms are the same word, and where each word is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.errors import ReinspectError
from reinspect.model import Passage
from reinspect.phrases.index.texts import Cutter, Vocabulary
from reinspect.phrases.words import WORD, fold, lexicon, words


def test_hyphens_separate_words_and_possessive_endings_are_dropped() -> None:
    assert words("The multi-agency team’s decision-making") == ["the", "multi", "agency", "team", "decision", "making"]


def test_accents_capitals_and_curly_apostrophes_do_not_matter() -> None:
    assert words("Zoë’s CAFÉ, O’Hara’s") == words("zoe cafe o'hara")


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("assessments", "assessment"), ("families", "family"), ("children", "child"), ("processes", "process"),
     ("analysis", "analysis"), ("cases", "case"), ("business", "business"), ("bus", "bus")],
)  # fmt: skip
def test_only_plurals_are_folded(plural: str, singular: str) -> None:
    assert fold(plural) == singular


def test_a_broken_word_list_is_refused_with_the_name_of_its_file(tmp_path: Path) -> None:
    broken = tmp_path / "words.toml"
    broken.write_text("stop = 3")
    with pytest.raises(ReinspectError, match=r"words\.toml"):
        lexicon(broken)


def test_the_shipped_word_lists_do_not_contradict_each_other() -> None:
    lists = lexicon()
    assert lists.linking <= lists.stop
    assert not lists.aspects & (lists.verbs | lists.stop | lists.evaluative)


@given(st.text(alphabet=st.one_of(st.sampled_from("ab'’ -.\u0301(é1_\U00010400\x1e"), st.characters()), max_size=60))
def test_every_word_is_marked_where_it_is_printed(text: str) -> None:
    passage = Passage(document="d", page=1, start=0, end=len(text), text=_encodable(text))
    texts = Cutter(Vocabulary()).cut("d", [passage])
    marked = [
        passage.text[start : start + length]
        for token, start, length in zip(texts.tokens, texts.token_start, texts.token_length, strict=True)
        if token
    ]
    assert marked == WORD.findall(passage.text.replace("\x1e", " "))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
