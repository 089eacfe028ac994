"""Mentions: the sentences of a later text that speak of a subject, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reinspect.comparing.followthrough.subjects import (
    Met,
    Subject,
    abbreviations,
    likeness,
    mutual_likeness,
    strands_of,
    subject_of,
    telling,
    terms,
)
from reinspect.comparing.followthrough.tone import SentenceTone, combine_tones, goes_on, is_method, judge_tone
from reinspect.model import Evidence, Passage

Marks = tuple[tuple[int, int], ...]

_LISTS = ("improvement", "priority action")
_READ = ("summary", "finding")
# A sentence on other people than the improvement's says so much less of its subject.
_OF_OTHERS = 0.75
# How many sentences may go on about what one said before it counts as another matter.
_GOES_ON = 2
# The words that tie a sentence to a subject weigh at least this much in it.
_TIES = 0.06


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that speaks of a subject.

    `start` and `end` are its half-open span in `passage.text`, `quote` its words, `page` where it begins. `marks` are
    the spans in `quote` of what it shares with the improvement; `likeness` runs from 0 to 1. `evaluation` is that of
    the sentence and of those that go on from it.
    """

    passage: Passage
    start: int
    end: int
    likeness: float
    evaluation: SentenceTone
    marks: Marks = ()

    @property
    def quote(self) -> str:
        """The sentence."""
        return self.passage.text[self.start : self.end]

    @property
    def page(self) -> int:
        """The page on which it begins; joined lines are about as long as printed ones."""
        page, left = self.passage.page, self.start - (self.passage.end - self.passage.start)
        for following, start, end in self.passage.runs_on:
            if left < 0:
                break
            page, left = following, left - (end - start)
        return page

    @property
    def evidence(self) -> Evidence:
        """Where it is printed: the whole passage, or that much of it on the page where the sentence begins."""
        passage, page = self.passage, self.page
        start, end = {at: (first, last) for at, first, last in passage.runs_on}.get(page, (passage.start, passage.end))
        return Evidence(document=passage.document, page=page, start=start, end=end, paragraph=passage.paragraph)

    @property
    def shared(self) -> tuple[str, ...]:
        """What it shares with the improvement, as printed here."""
        return tuple(dict.fromkeys(self.quote[start:end] for start, end in self.marks))

    @property
    def is_listed(self) -> bool:
        """Whether it is itself an improvement or a priority action."""
        return self.passage.role in _LISTS


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a passage, or a listed item whole: its span, its terms, and its own subject where it is listed.

    `met` are the terms where they stand in its words, `terms` the same without their places.
    """

    passage: Passage
    start: int
    end: int
    met: tuple[Met, ...]
    terms: frozenset[str]
    subject: Subject | None

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]


class ReadText(msgspec.Struct, frozen=True):
    """A text cut into sentences, with the abbreviations that it introduces."""

    sentences: tuple[Sentence, ...]
    spelt_out: dict[str, str]


def cut_sentences(passages: Sequence[Passage]) -> ReadText:
    """The sentences of an inspection's text in which something is found or listed for the authority to improve."""
    spelt_out = abbreviations(passage.text for passage in passages)
    wanted = (passage for passage in passages if passage.role in _LISTS + _READ and passage.whose == "authority")
    return ReadText(tuple(_sentences(wanted, spelt_out)), spelt_out)


def mentions(subject: Subject, text: ReadText, floor: float) -> list[Mention]:
    """The sentences that speak of a subject with at least a likeness of `floor`, the likest first."""
    found = [
        Mention(
            passage=sentence.passage,
            start=sentence.start,
            end=sentence.end,
            likeness=like,
            evaluation=_evaluation(subject, text.sentences, place),
            marks=_marks(subject, sentence),
        )
        for place, sentence in enumerate(text.sentences)
        if (like := _likeness(subject, sentence, floor)) >= floor
    ]
    return sorted(found, key=lambda mention: -mention.likeness)


def _sentences(passages: Iterable[Passage], spelt_out: Mapping[str, str]) -> Iterator[Sentence]:
    for passage in passages:
        listed = passage.role in _LISTS
        for start, end in [(0, len(passage.text))] if listed else _spans(passage.text):
            words = passage.text[start:end]
            if listed or not is_method(words):
                met = tuple(terms(words, spelt_out))
                subject = subject_of(words, spelt_out) if listed else None
                yield Sentence(passage, start, end, met, frozenset(each.term for each in met), subject)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The half-open spans of the sentences of a text, without the blanks between them."""
    from reinspect.phrases.words import SENTENCE_END

    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            yield start, end
        start = end


def _likeness(subject: Subject, sentence: Sentence, floor: float) -> float:
    like = likeness(subject, sentence.terms)
    if like < floor:
        return like
    if sentence.subject is not None:
        like = mutual_likeness(subject, sentence.subject)
    return like if _tells_of_the_same(subject, sentence) else like * _OF_OTHERS


def _tells_of_the_same(subject: Subject, sentence: Sentence) -> bool:
    """Whether a sentence may tell of the people of a subject; one that names none tells of its strand's."""
    told_of = strands_of(sentence.terms, sentence.passage.strand)
    return not subject.strands or not told_of or bool(subject.strands & told_of)


def _evaluation(subject: Subject, sentences: Sequence[Sentence], place: int) -> SentenceTone:
    """What a sentence says of a subject, with those of the same passage that go on from it."""
    first = sentences[place]
    said = [judge_tone(first.text)]
    for sentence in sentences[place + 1 : place + 1 + _GOES_ON]:
        if sentence.passage is not first.passage or not _goes_on(subject, sentence):
            break
        said.append(judge_tone(sentence.text))
    return combine_tones(said)


def _goes_on(subject: Subject, sentence: Sentence) -> bool:
    """Whether a sentence goes on about a subject: by its opening words, and by naming no other."""
    return goes_on(sentence.text) and not telling(sentence.terms) - subject.terms.keys()


def _marks(subject: Subject, sentence: Sentence) -> Marks:
    """The spans of what ties a sentence to a subject; those that touch or overlap are one."""
    marks: list[tuple[int, int]] = []
    for met in sentence.met:
        if subject.terms.get(met.term, 0.0) < _TIES and met.term not in subject.near:
            continue
        if marks and met.start <= marks[-1][1] + 1:
            marks[-1] = marks[-1][0], max(marks[-1][1], met.end)
        else:
            marks.append((met.start, met.end))
    return tuple(marks)
