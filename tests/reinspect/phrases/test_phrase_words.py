"""Words: what is one word, what is the same word, and where it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.errors import ReinspectError
from reinspect.model import Passage
from reinspect.phrases.index.texts import Cutter, Vocabulary
from reinspect.phrases.words import WORD, fold, lexicon, words


def test_hyphens_part_words_and_possessives_do_not_count() -> None:
    assert words("The multi-agency team’s decision-making") == ["the", "multi", "agency", "team", "decision", "making"]


def test_accents_capitals_and_curly_apostrophes_do_not_matter() -> None:
    assert words("Zoë’s CAFÉ, O’Hara’s") == words("zoe cafe o'hara")


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("assessments", "assessment"), ("families", "family"), ("children", "child"), ("processes", "process"),
     ("analysis", "analysis"), ("cases", "case"), ("business", "business"), ("bus", "bus")],
)  # fmt: skip
def test_plurals_fold_and_nothing_else_does(plural: str, singular: str) -> None:
    assert fold(plural) == singular


def test_the_word_lists_may_be_replaced_and_a_broken_one_is_explained(tmp_path: Path) -> None:
    broken = tmp_path / "words.toml"
    broken.write_text("stop = 3")
    with pytest.raises(ReinspectError, match=r"words\.toml"):
        lexicon(broken)


def test_every_word_list_ships_and_no_word_both_opens_nothing_and_is_wanted() -> None:
    lists = lexicon()
    assert lists.linking <= lists.stop
    assert not lists.aspects & (lists.verbs | lists.stop | lists.evaluative)


@given(st.text(alphabet=st.one_of(st.sampled_from("ab'’ -.\u0301(é1_\U00010400\x1e"), st.characters()), max_size=60))
def test_words_are_marked_where_they_are_printed(text: str) -> None:
    passage = Passage(document="d", page=1, start=0, end=len(text), text=_encodable(text))
    cut = Cutter(Vocabulary()).cut("d", [passage])
    marked = [
        passage.text[start : start + length]
        for token, start, length in zip(cut.tokens, cut.token_start, cut.token_length, strict=True)
        if token
    ]
    assert marked == WORD.findall(passage.text.replace("\x1e", " "))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
