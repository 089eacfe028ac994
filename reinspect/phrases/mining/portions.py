"""What is mined: the words of the chosen documents inspection by inspection, without furniture and templates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.index.texts import ROLES
from reinspect.phrases.mining.ngrams import TokenStream
from reinspect.phrases.mining.shards import Shards
from reinspect.phrases.types import TextOrigin
from reinspect.phrases.words import Lexicon, lexicon
from reinspect.phrases.words import words as words_of

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

_JOINTS = frozenset({"of", "in"})
_UNMINED = ("background", "heading")
_IMPROVEMENTS = ("improvement", "priority action")
# What a board of several bodies is told is not said of the authority (domain.md 1.1).
_OTHERS = ("lscb",)
# A sentence with a word of weakness counts half as much as a listed improvement.
_WEAKNESS = 0.5
_SHORTEST_TEMPLATE, _TEMPLATE_AUTHORITIES = 6, 5
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Flags(msgspec.Struct, frozen=True, eq=False):
    """What each word of the index may do in a phrase, as booleans by its number."""

    barrier: Column
    opens: Column
    closes: Column
    content: Column
    generic: Column
    weakness: Column
    aspect: Column
    joint: Column
    prefix: Column


@cache
def authority_names() -> frozenset[str]:
    """The words of authorities' names that are not plain words too: a phrase that holds one is about nobody else."""
    from reinspect.authorities import authorities

    names = (authority.name for authority in authorities().all())
    return frozenset(word for name in names for word in words_of(name)) - lexicon().plain_names - lexicon().stop


@cache
def _passing() -> frozenset[str]:
    """Words by which one use of a sentence of the publisher's differs from another: whom and when it is about."""
    from reinspect.authorities import authorities

    lists = lexicon()
    named = (word for authority in authorities().all() for word in words_of(authority.name))
    return lists.plain_names.union(named, lists.months, lists.linking)


def flags(index: Index, lists: Lexicon, names: Collection[str]) -> Flags:
    """The flags of every word, by the word lists; `names` stand in no phrase unless they are plain words too."""

    def among(*listed: Iterable[str]) -> Column:
        flagged = np.zeros(len(index.words), bool)
        flagged[[index.numbers[word] for word in set().union(*listed) if word in index.numbers]] = True
        return flagged

    # What is not all letters is a number, an apostrophe apart.
    odd = np.flatnonzero(index.letters[-1]).tolist()
    number = among([""], (word for word in map(index.words.__getitem__, odd) if not word.replace("'", "").isalpha()))
    stop = among(lists.stop)
    barrier = number | among(lists.months, lists.furniture, set(names) - lists.plain_names - lists.generic)
    barrier |= stop & ~among(lists.linking)
    adverbs = (word for word in index.words if word.endswith("ly") and word not in lists.no_adverbs)
    edge = ~(barrier | stop | among(lists.verbs, lists.evaluative, adverbs)) & (index.letters.sum(axis=0) > 1)
    return Flags(
        barrier=barrier,
        opens=edge & ~among(lists.closing),
        closes=edge & ~among(lists.prefixes),
        content=~(stop | among(lists.prefixes)),
        generic=among(lists.generic),
        weakness=among(lists.weakness),
        aspect=among(lists.aspects),
        joint=among(_JOINTS),
        prefix=among(lists.prefixes),
    )


def sentence_keys(index: Index, sentences: Column | None = None, known: Column | None = None) -> Column:
    """A key for each sentence (of all, by default), the same for the same words in any store.

    Numbers, months, names of authorities and small words do not count. 0 is the key of a sentence too short to
    be told from another. `known` are the keys of the words where they are at hand.
    """
    bounds = index.texts.sentence_start
    if sentences is None:
        sentences = np.arange(len(bounds) - 1)
    firsts = bounds[sentences].astype(np.int64)
    lengths = bounds[sentences + 1] - firsts
    keys = (_word_keys(index) if known is None else known)[index.texts.tokens[ranges(firsts, lengths)]]
    starts = np.cumsum(lengths) - lengths
    counted = np.cumsum(keys > 0)
    opening: Column = counted[starts] - (keys[starts] > 0)
    ordinal = (counted - np.repeat(opening, lengths)).astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = keys * (ordinal * _FACTOR | np.uint64(1))
        sums = np.add.reduceat(mixed, starts) if len(starts) else mixed
    words_in = np.add.reduceat(keys > 0, starts, dtype=np.int64) if len(starts) else starts
    return np.where(words_in >= _SHORTEST_TEMPLATE, sums, np.uint64(0))


def keyed(index: Index, at_once: int) -> Callable[[Column], Column]:
    """What gives the keys of sentences: from those of all, kept with the index, where it holds so few words."""
    if len(index.texts.tokens) <= at_once:
        return index.sentence_keys.__getitem__
    return partial(sentence_keys, index, known=_word_keys(index))


def _word_keys(index: Index) -> Column:
    """A key for each word of the index; 0 for one that does not count."""
    ignored = _passing()
    known = [0 if not word or word[0].isdigit() or word in ignored else _key(word) for word in index.words]
    return np.array(known, np.uint64)


def _key(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


class Portion(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Some of the inspections that are mined: the numbers of their documents, and that of each one's inspection.

    They hold about so many `words`.
    """

    documents: Column
    inspection: Column
    words: int


def portions(index: Index, occasions: Mapping[str, TextOrigin], most: int) -> tuple[list[Portion], tuple[str, ...]]:
    """The documents that have an occasion, inspection by inspection, and the inspections in that order.

    A portion holds about `most` words or, if that has more, one inspection.
    """
    inspections = tuple(sorted({occasion.inspection for occasion in occasions.values()}))
    numbers = {inspection: number for number, inspection in enumerate(inspections)}
    held = [(number, occasions.get(each)) for number, each in enumerate(index.texts.documents)]
    pairs = sorted((numbers[occasion.inspection], number) for number, occasion in held if occasion)
    inspection, documents = np.array(pairs, np.int64).reshape(-1, 2).T
    sizes = np.diff(document_starts(index))[documents]
    size = np.cumsum(sizes)
    cuts = [0]
    for start in np.flatnonzero(np.diff(inspection, prepend=-1)).tolist():
        following = np.searchsorted(inspection, inspection[start], side="right") - 1
        if start > cuts[-1] and size[following] - (size[cuts[-1] - 1] if cuts[-1] else 0) > most:
            cuts.append(start)
    return [
        Portion(documents=documents[start:end], inspection=inspection[start:end], words=int(sizes[start:end].sum()))
        for start, end in pairwise([*cuts, len(documents)])
        if start < end
    ], inspections


def document_starts(index: Index) -> Column:
    """The first token of each document, and one past the last document's last."""
    return index.texts.sentence_start[_first_sentences(index)].astype(np.int64)


def _first_sentences(index: Index) -> Column:
    return np.searchsorted(index.texts.sentence_passage, index.first_passage)


def _sentences(index: Index, portion: Portion) -> tuple[Column, Column]:
    """The sentences of some documents, and the place of each one's document among these."""
    first = _first_sentences(index)
    counts = np.diff(first)[portion.documents]
    return ranges(first[portion.documents], counts), np.repeat(np.arange(len(counts)), counts)


def shared_keys(
    index: Index,
    occasions: Mapping[str, TextOrigin],
    parts: Iterable[Portion],
    keys_of: Callable[[Column], Column],
    shards: Shards,
) -> Column:
    """The keys of sentences that stand in the documents of several authorities, sorted.

    A sentence repeated inside one authority is a finding, not a template. `keys_of` gives keys (`keyed`), `shards` hold
    what is not yet counted.
    """
    owners = {document: occasion.authority or occasion.inspection for document, occasion in occasions.items()}
    numbers = {owner: number for number, owner in enumerate(sorted(set(owners.values())))}
    owner = np.array([numbers.get(owners.get(each, ""), 0) for each in index.texts.documents], np.uint64)
    for portion in parts:
        sentences, which = _sentences(index, portion)
        keys = keys_of(sentences)
        told = np.stack([keys, owner[portion.documents][which]], axis=1)[keys > 0]
        shards.add(told, told[:, 0] % np.uint64(shards.count))
    shared = [_shared(told) for _, told in shards.drained(np.uint64, 2)]
    return np.sort(np.concatenate([np.zeros(0, np.uint64), *shared]))


def _shared(told: Column) -> Column:
    """Which of these keys (first column) several owners (second column) have."""
    told = told[np.lexsort((told[:, 1], told[:, 0]))]
    fresh = np.any(told[1:] != told[:-1], axis=1)
    keys = told[np.concatenate([[True], fresh])[: len(told)], 0]
    found, counts = np.unique(keys, return_counts=True)
    return found[counts >= _TEMPLATE_AUTHORITIES]


def running(
    index: Index, portion: Portion, words: Flags, keys_of: Callable[[Column], Column], templates: Column
) -> TokenStream:
    """All words of a portion that are mined; a barrier is word 0. Sentences with a key among `templates` are not."""
    texts = index.texts
    sentences, which = _sentences(index, portion)
    passages = texts.sentence_passage[sentences]
    role = texts.passage_role[passages]
    read = ~np.isin(role, [ROLES.index(each) for each in _UNMINED])
    others = [number for number, key in enumerate(texts.strands) if key in _OTHERS]
    read &= ~np.isin(texts.passage_strand[passages], others)
    sentences, which, role = sentences[read], which[read], role[read]
    mined = ~np.isin(keys_of(sentences), templates)
    sentences, which, role = sentences[mined], which[mined], role[mined]
    starts = texts.sentence_start[sentences].astype(np.int64)
    lengths = texts.sentence_start[sentences + 1].astype(np.int64) - starts
    places = ranges(starts, lengths)
    tokens = texts.tokens[places]
    owners = np.repeat(np.arange(len(sentences)), lengths)
    critical = np.where(np.bincount(owners, words.weakness[tokens], len(sentences)) > 0, _WEAKNESS, 0.0)
    critical[np.isin(role, [ROLES.index(each) for each in _IMPROVEMENTS])] = 1.0
    kept = np.flatnonzero((tokens > 0) & ~texts.aside[places])
    singulars, owners = index.folded[tokens[kept]].astype(np.uint32), owners[kept]
    singulars[words.barrier[singulars] | words.barrier[tokens[kept]]] = 0
    return TokenStream(
        words=singulars,
        sentence=sentences[owners],
        inspection=portion.inspection[which][owners],
        place=places[kept],
        critical=critical[owners],
    )
