"""Split a later text into the sentences that may speak of an improvement.

A listed item (an improvement or priority action) is one sentence as a whole. Sentences on what the inspectors did,
headings, background and findings on a safeguarding board are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reinspect.comparing.followthrough.stems import TermMatch
from reinspect.comparing.followthrough.subjects import Subject, subject_of
from reinspect.comparing.followthrough.terms import find_abbreviations, find_terms
from reinspect.comparing.followthrough.tone import is_method
from reinspect.model import Passage

_LISTED_ROLES = ("improvement", "priority action")
_FINDING_ROLES = ("summary", "finding")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a passage, or a whole item of a list of improvements, with the terms that it contains.

    `start` and `end` are character offsets in the text of the passage. `terms` are subjects and word stems, and
    `matches` the same terms with their positions. `subject` is None if the sentence is not an item of a list.
    """

    passage: Passage
    start: int
    end: int
    matches: tuple[TermMatch, ...]
    terms: frozenset[str]
    subject: Subject | None

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return self.passage.text[self.start : self.end]

    @property
    def is_listed(self) -> bool:
        """True if the sentence is an item of a list of improvements or priority actions."""
        return self.subject is not None

    @property
    def page(self) -> int:
        """The number of the page on which the sentence begins."""
        return self.passage.page_at(self.start)


class SentenceList(msgspec.Struct, frozen=True):
    """The sentences of a text, and the meaning of each abbreviation: {"DO": "designated officer"}."""

    sentences: tuple[Sentence, ...]
    abbreviations: dict[str, str]


def cut_sentences(passages: Sequence[Passage]) -> SentenceList:
    """Split the findings and improvements of a text into sentences."""
    abbreviations = find_abbreviations(passage.text for passage in passages)
    roles = _LISTED_ROLES + _FINDING_ROLES
    relevant = (passage for passage in passages if passage.role in roles and passage.whose == "authority")
    return SentenceList(tuple(_sentences(relevant, abbreviations)), abbreviations)


def _sentences(passages: Iterable[Passage], abbreviations: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the sentences of passages, except those on what the inspectors did."""
    for passage in passages:
        is_listed = passage.role in _LISTED_ROLES
        for start, end in [(0, len(passage.text))] if is_listed else _sentence_spans(passage.text):
            words = passage.text[start:end]
            if is_listed or not is_method(words):
                matches = tuple(find_terms(words, abbreviations))
                subject = subject_of(words, abbreviations) if is_listed else None
                yield Sentence(passage, start, end, matches, frozenset(match.term for match in matches), subject)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of a text, in characters."""
    from reinspect.phrases.words import SENTENCE_END

    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            yield start, end
        start = end
