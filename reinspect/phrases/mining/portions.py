"""Read the words of the documents to mine, in portions of a few inspections.

documents of inspections A and B   ->  one portion of about 2 million words (documents, inspection numbers)
"The drift of plans in May."       ->  0 drift of plan 0 0   words in the singular; no phrase contains a 0
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.index.texts import ROLES
from reinspect.phrases.mining.flags import WordFlags
from reinspect.phrases.mining.ngrams import TokenStream
from reinspect.phrases.types import TextOrigin

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

_UNMINED_ROLES = ("background", "heading")
_IMPROVEMENT_ROLES = ("improvement", "priority action")
# A safeguarding board has several member bodies, so its passages are not about the authority.
_UNMINED_STRANDS = ("lscb",)
# A sentence with a word of weakness counts half as much as a listed improvement.
_WEAKNESS = 0.5


class Portion(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A few of the inspections to mine, which are read together.

    - `documents`: the numbers of the documents in the index.
    - `inspection`: the inspection number of each document.
    - `words`: about how many words the documents have.
    """

    documents: Column
    inspection: Column
    words: int


def split_into_portions(
    index: Index, origins: Mapping[str, TextOrigin], most: int
) -> tuple[list[Portion], tuple[str, ...]]:
    """Split the documents into portions of about `most` words; also return the inspection ids by number.

    A portion has at least one whole inspection. Documents without an origin are left out.
    """
    inspections = tuple(sorted({origin.inspection for origin in origins.values()}))
    numbers = {inspection: number for number, inspection in enumerate(inspections)}
    found = [(number, origins.get(document)) for number, document in enumerate(index.texts.documents)]
    pairs = sorted((numbers[origin.inspection], number) for number, origin in found if origin)
    inspection, documents = np.array(pairs, np.int64).reshape(-1, 2).T
    sizes = np.diff(document_starts(index))[documents]
    cuts = [*_find_cuts(inspection, np.cumsum(sizes), most), len(documents)]
    return [
        Portion(documents=documents[start:end], inspection=inspection[start:end], words=int(sizes[start:end].sum()))
        for start, end in pairwise(cuts)
        if start < end
    ], inspections


def _find_cuts(inspection: Column, total: Column, most: int) -> list[int]:
    """Return the rows (documents) at which portions begin.

    `inspection` is the inspection number of each row, `total` the number of words up to and including the row.
    """
    cuts = [0]
    for start in np.flatnonzero(np.diff(inspection, prepend=-1)).tolist():
        last = np.searchsorted(inspection, inspection[start], side="right") - 1
        before = total[cuts[-1] - 1] if cuts[-1] else 0
        if start > cuts[-1] and total[last] - before > most:
            cuts.append(start)
    return cuts


def document_starts(index: Index) -> Column:
    """Return the position of the first token of each document and, at the end, the number of tokens."""
    return index.texts.sentence_start[_first_sentences(index)].astype(np.int64)


def _first_sentences(index: Index) -> Column:
    return np.searchsorted(index.texts.sentence_passage, index.first_passage)


def portion_sentences(index: Index, portion: Portion) -> tuple[Column, Column]:
    """Return two arrays: the sentence numbers of a portion, and the document of each sentence.

    A document is given by its position in `portion.documents`.
    """
    first = _first_sentences(index)
    counts = np.diff(first)[portion.documents]
    return ranges(first[portion.documents], counts), np.repeat(np.arange(len(counts)), counts)


def token_stream(
    index: Index, portion: Portion, flags: WordFlags, keys_of: Callable[[Column], Column], templates: Column
) -> TokenStream:
    """Return the words of a portion that are mined, each as the number of its singular.

    Background sections, headings and passages about a safeguarding board are left out, and sentences whose key is in
    `templates`. `keys_of` maps sentence numbers to keys.
    """
    texts = index.texts
    sentences, document = portion_sentences(index, portion)
    mined = np.flatnonzero(_is_mined(index, texts.sentence_passage[sentences]))
    sentences, document = sentences[mined], document[mined]
    own = np.flatnonzero(~np.isin(keys_of(sentences), templates))
    sentences, document = sentences[own], document[own]
    starts = texts.sentence_start[sentences].astype(np.int64)
    lengths = texts.sentence_start[sentences + 1].astype(np.int64) - starts
    places = ranges(starts, lengths)
    tokens = texts.tokens[places]
    owners = np.repeat(np.arange(len(sentences)), lengths)
    critical = _criticism(index, sentences, np.bincount(owners, flags.weakness[tokens], len(sentences)) > 0)
    kept = np.flatnonzero((tokens > 0) & ~texts.aside[places])
    singulars, owners = index.folded[tokens[kept]].astype(np.uint32), owners[kept]
    singulars[flags.barrier[singulars] | flags.barrier[tokens[kept]]] = 0
    return TokenStream(
        words=singulars,
        sentence=sentences[owners],
        inspection=portion.inspection[document][owners],
        place=places[kept],
        critical=critical[owners],
    )


def _is_mined(index: Index, passages: Column) -> Column:
    """Return a bool array: whether each passage is searched for recurring phrases."""
    texts = index.texts
    mined = ~np.isin(texts.passage_role[passages], [ROLES.index(role) for role in _UNMINED_ROLES])
    unmined = [number for number, strand in enumerate(texts.strands) if strand in _UNMINED_STRANDS]
    is_mined: Column = mined & ~np.isin(texts.passage_strand[passages], unmined)
    return is_mined


def _criticism(index: Index, sentences: Column, has_weakness: Column) -> Column:
    """Return how critical each sentence is: 1 for a listed improvement, 0.5 with a word of weakness, else 0."""
    role = index.texts.passage_role[index.texts.sentence_passage[sentences]]
    critical = np.where(has_weakness, _WEAKNESS, 0.0)
    critical[np.isin(role, [ROLES.index(listed) for listed in _IMPROVEMENT_ROLES])] = 1.0
    return critical
