"""The passages of a later text that are shown for an improvement: always the three likeliest to be on the matter.

A reader is not asked to trust a status: the three passages stand below it, each marked as good, critical, mixed,
neutral or listed. They come from different pages where the pages have anything near as likely, so that a text that
speaks of the matter twice is shown twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reinspect.comparing.followthrough.sentences import Sentence
from reinspect.comparing.followthrough.subjects import Subject
from reinspect.model import Evidence, Passage

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

Mark = Literal["good", "critical", "mixed", "neutral", "listed"]
Highlights = tuple[tuple[int, int], ...]

SHOWN = 3
"""Number of passages that are shown."""

# A sentence on a page that is shown already is passed over for one elsewhere that is at least this share as likely.
_ELSEWHERE = 0.1
# Smallest weight of a term that is highlighted.
_HIGHLIGHTED = 0.06


class ShownPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a later text that is shown for an improvement.

    `start` and `end` are character offsets in `passage.text`. `chance` is the probability that it is on the matter
    asked, from 0 to 1. `highlights` are the spans in `quote` of the words shared with the improvement.
    """

    passage: Passage
    start: int
    end: int
    page: int
    chance: float
    mark: Mark
    highlights: Highlights = ()

    @property
    def quote(self) -> str:
        """The text of the sentence."""
        return self.passage.text[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        """The place of the passage around the sentence, on the page where the sentence begins."""
        return self.passage.evidence_on(self.page)

    @property
    def shared(self) -> tuple[str, ...]:
        """The highlighted words, without duplicates."""
        return tuple(dict.fromkeys(self.quote[start:end] for start, end in self.highlights))


def choose_sentences(chances: Array, pages: Sequence[int]) -> list[int]:
    """Return the places of the sentences to show, the likeliest first."""
    import numpy

    order = numpy.argsort(-chances, kind="stable").tolist()
    chosen = order[:1]
    while len(chosen) < min(SHOWN, len(order)):
        left = [place for place in order if place not in chosen]
        shown = {pages[place] for place in chosen}
        elsewhere = next((place for place in left if pages[place] not in shown), left[0])
        chosen.append(elsewhere if chances[elsewhere] >= _ELSEWHERE * chances[left[0]] else left[0])
    return sorted(chosen, key=order.index)


def show_passage(sentence: Sentence, subject: Subject, chance: float, praise: float, criticism: float) -> ShownPassage:
    """Return a sentence to show, from the probabilities that it is on the matter, praises and criticises."""
    return ShownPassage(
        passage=sentence.passage,
        start=sentence.start,
        end=sentence.end,
        page=sentence.page,
        chance=round(chance, 3),
        mark="listed" if sentence.is_listed else _mark(praise, criticism),
        highlights=_highlights(subject, sentence),
    )


def _mark(praise: float, criticism: float) -> Mark:
    if praise >= 0.5:
        return "mixed" if criticism >= 0.5 else "good"
    return "critical" if criticism >= 0.5 else "neutral"


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
