"""Find the sentences of a later report that mention the subject of an improvement, and judge their tone.

A listed item (an improvement or priority action) is one sentence as a whole. For the improvement "Return home
interviews" and a later passage of three sentences:

    "Staff are kind."                              similarity 0.0: not a mention
    "Return home interviews are now prompt."       similarity 1.0: a mention
    "However, they are not written down."          continues the one before, so the tone of the mention is "mixed"
    highlights of the mention: ((0, 22),)          "Return home interviews"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reinspect.comparing.followthrough.stems import TermMatch
from reinspect.comparing.followthrough.subjects import Subject, mutual_similarity, similarity, subject_of
from reinspect.comparing.followthrough.terms import find_abbreviations, find_terms
from reinspect.comparing.followthrough.tone import SentenceTone, combine_tones, is_continuation, is_method, judge_tone
from reinspect.comparing.followthrough.word_lists import specific_subjects, strands_of
from reinspect.model import Evidence, Passage

Highlights = tuple[tuple[int, int], ...]

_LISTED_ROLES = ("improvement", "priority action")
_FINDING_ROLES = ("summary", "finding")
# The similarity of a sentence about other people than the improvement's counts by this share.
_OTHER_PEOPLE = 0.75
# Sentences after a mention that may continue it.
_CONTINUATIONS = 2
# Smallest weight of a term that is highlighted.
_HIGHLIGHTED = 0.06


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a later report that mentions the subject of an improvement.

    `start` and `end` are character offsets in `passage.text`. `similarity` to the improvement runs from 0 to 1.
    `evaluation` is the tone of the sentence. `highlights` are the spans in `quote` of the words shared with the
    improvement.
    """

    passage: Passage
    start: int
    end: int
    similarity: float
    evaluation: SentenceTone
    highlights: Highlights = ()

    @property
    def quote(self) -> str:
        """The text of the sentence."""
        return self.passage.text[self.start : self.end]

    @property
    def page(self) -> int:
        """The number of the page on which the sentence begins."""
        # Found by the lengths of the parts of the passage on each page.
        page, left = self.passage.page, self.start - (self.passage.end - self.passage.start)
        for following, start, end in self.passage.runs_on:
            if left < 0:
                break
            page, left = following, left - (end - start)
        return page

    @property
    def evidence(self) -> Evidence:
        """The place of the passage around the sentence, on the page where the sentence begins."""
        passage, page = self.passage, self.page
        parts = {number: (first, last) for number, first, last in passage.runs_on}
        start, end = parts.get(page, (passage.start, passage.end))
        return Evidence(document=passage.document, page=page, start=start, end=end, paragraph=passage.paragraph)

    @property
    def shared(self) -> tuple[str, ...]:
        """The highlighted words, without duplicates."""
        return tuple(dict.fromkeys(self.quote[start:end] for start, end in self.highlights))

    @property
    def is_listed(self) -> bool:
        """True if the sentence is itself an improvement or a priority action."""
        return self.passage.role in _LISTED_ROLES


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


class SentenceList(msgspec.Struct, frozen=True):
    """The sentences of a text, and the meaning of each abbreviation: {"DO": "designated officer"}."""

    sentences: tuple[Sentence, ...]
    abbreviations: dict[str, str]


def cut_sentences(passages: Sequence[Passage]) -> SentenceList:
    """Split the findings and improvements of a text into sentences."""
    abbreviations = find_abbreviations(passage.text for passage in passages)
    roles = _LISTED_ROLES + _FINDING_ROLES
    # Passages about a safeguarding board are left out.
    relevant = (passage for passage in passages if passage.role in roles and passage.whose == "authority")
    return SentenceList(tuple(_sentences(relevant, abbreviations)), abbreviations)


def find_mentions(subject: Subject, text: SentenceList, threshold: float) -> list[Mention]:
    """Return the sentences whose similarity to a subject reaches the threshold, the most similar first."""
    mentions = [
        Mention(
            passage=sentence.passage,
            start=sentence.start,
            end=sentence.end,
            similarity=value,
            evaluation=_evaluate(subject, text.sentences, place),
            highlights=_highlights(subject, sentence),
        )
        for place, sentence in enumerate(text.sentences)
        if (value := _sentence_similarity(subject, sentence, threshold)) >= threshold
    ]
    return sorted(mentions, key=lambda mention: -mention.similarity)


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


def _sentence_similarity(subject: Subject, sentence: Sentence, threshold: float) -> float:
    """Return the similarity of a sentence to a subject, from 0 to 1."""
    value = similarity(subject, sentence.terms)
    # Below the threshold the similarity is not worked out any further.
    if value < threshold:
        return value
    if sentence.subject is not None:
        value = mutual_similarity(subject, sentence.subject)
    return value if _may_be_same_people(subject, sentence) else value * _OTHER_PEOPLE


def _may_be_same_people(subject: Subject, sentence: Sentence) -> bool:
    """Return False if a subject and a sentence are about different groups of people."""
    # A sentence that names no people is about those of its strand.
    strands = strands_of(sentence.terms, sentence.passage.strand)
    return not subject.strands or not strands or bool(subject.strands & strands)


def _evaluate(subject: Subject, sentences: Sequence[Sentence], place: int) -> SentenceTone:
    """Return the tone of a sentence and of those that continue it, combined."""
    first = sentences[place]
    tones = [judge_tone(first.text)]
    for sentence in sentences[place + 1 : place + 1 + _CONTINUATIONS]:
        if sentence.passage is not first.passage or not _continues(subject, sentence):
            break
        tones.append(judge_tone(sentence.text))
    return combine_tones(tones)


def _continues(subject: Subject, sentence: Sentence) -> bool:
    """Return True if a sentence continues the one before, on the same subject."""
    # It begins like a continuation, and names no other subject.
    return is_continuation(sentence.text) and not specific_subjects(sentence.terms) - subject.terms.keys()


def _highlights(subject: Subject, sentence: Sentence) -> Highlights:
    """Return the (start, end) of the words that a sentence shares with a subject, in characters."""
    spans: list[tuple[int, int]] = []
    for match in sentence.matches:
        if subject.terms.get(match.term, 0.0) < _HIGHLIGHTED and match.term not in subject.near:
            continue
        # Spans that touch or overlap are merged.
        if spans and match.start <= spans[-1][1] + 1:
            spans[-1] = spans[-1][0], max(spans[-1][1], match.end)
        else:
            spans.append((match.start, match.end))
    return tuple(spans)
