"""Find the sentences that contain the exact words of a phrase, and cite them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reinspect.answers.citations import cite

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.model import Inspection
    from reinspect.phrases.query import Hit

MOST_HITS = 100
"""Sentences that are returned for each document that is looked in, at most, all documents together."""

_MOST_CITED = 50


class CitedSentences(NamedTuple):
    """The first sentences of a list with their citations, and the `total` length of the list."""

    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    total: int


class SurfaceForm(NamedTuple):
    """One wording of a phrase, and its counts.

    `inspections` use this wording, `times` in all; `by_year` is the number of inspections of each year.
    """

    words: str
    inspections: int
    times: int
    by_year: Mapping[int, int]


def find_sentences(holdings: Holdings, phrases: Sequence[str], documents: Sequence[str]) -> tuple[Hit, ...]:
    """Return the sentences that contain one of the phrases, document by document. `documents` are sha256.

    At most a hundred times as many sentences as documents are returned.
    """
    from reinspect.phrases.search.exact import sentences

    return sentences(holdings.index(), phrases, documents, len(documents) * MOST_HITS)


def find_printed_form(holdings: Holdings, words: str, documents: Sequence[str]) -> tuple[Hit, ...]:
    """Return the sentences that contain exactly these words, ignoring case. `documents` are sha256."""
    return tuple(hit for hit in find_sentences(holdings, (words,), documents) if _count_in(words, hit))


def cite_sentences(holdings: Holdings, hits: Sequence[Hit]) -> CitedSentences:
    """Return the first 50 sentences with their citations."""
    first = tuple(hits[:_MOST_CITED])
    return CitedSentences(first, cite_hits(holdings, first), len(hits))


def cite_hits(holdings: Holdings, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the citation of each sentence."""
    return tuple(cite(holdings, holdings.document(hit.document), hit.evidence) for hit in hits)


def inspection_of(holdings: Holdings, sha256: str) -> Inspection:
    """Return the inspection that a document belongs to.

    Raises:
        NotFoundError: the document belongs to no inspection.
    """
    return holdings.inspection(holdings.document(sha256).inspection or "")


def count_forms(holdings: Holdings, phrases: Sequence[str], documents: Sequence[str]) -> tuple[SurfaceForm, ...]:
    """Count how often each wording of a phrase is printed. `documents` are sha256."""
    hits = find_sentences(holdings, phrases, documents)
    year_of = {sha256: inspection_of(holdings, sha256).year for sha256 in {hit.document for hit in hits}}
    return tuple(_count_form(phrase, hits, year_of) for phrase in phrases)


def _count_form(words: str, hits: Sequence[Hit], year_of: Mapping[str, int | None]) -> SurfaceForm:
    times = [(hit.document, count) for hit in hits if (count := _count_in(words, hit))]
    documents = {document for document, _ in times}
    by_year = Counter(year for document in documents if (year := year_of[document]) is not None)
    return SurfaceForm(words, len(documents), sum(count for _, count in times), dict(sorted(by_year.items())))


def _count_in(words: str, hit: Hit) -> int:
    """Count how often the words occur in a sentence, ignoring case."""
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    return len(re.findall(pattern, hit.sentence.replace("\u2019", "'"), re.IGNORECASE))
