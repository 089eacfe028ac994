"""What is mined: the words of the chosen documents inspection by inspection, without furniture and templates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.phrases.columns import Column, ranges
from reinspect.phrases.grams import Running
from reinspect.phrases.recurring import Occasion
from reinspect.phrases.texts import ROLES
from reinspect.phrases.words import Lexicon, lexicon
from reinspect.phrases.words import words as words_of

if TYPE_CHECKING:
    from reinspect.phrases.index import Index

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


def sentence_keys(index: Index) -> Column:
    """A key for each sentence, the same for the same words in any store.

    Numbers, months, names of authorities and small words do not count. 0 is the key of a sentence too short to
    be told from another.
    """
    ignored = _passing()
    known = [0 if not word or word[0].isdigit() or word in ignored else _key(word) for word in index.words]
    keys = np.array(known, np.uint64)[index.texts.tokens]
    bounds = index.texts.sentence_start.astype(np.int64)
    starts, lengths = bounds[:-1], bounds[1:] - bounds[:-1]
    counted = np.cumsum(keys > 0)
    opening: Column = counted[starts] - (keys[starts] > 0)
    ordinal = (counted - np.repeat(opening, lengths)).astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = keys * (ordinal * _FACTOR | np.uint64(1))
        sums = np.add.reduceat(mixed, starts) if len(starts) else mixed
    words_in = np.add.reduceat(keys > 0, starts, dtype=np.int64) if len(starts) else starts
    return np.where(words_in >= _SHORTEST_TEMPLATE, sums, np.uint64(0))


def _key(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def templates(index: Index, occasions: Mapping[str, Occasion], known: Column) -> Column:
    """Which sentences are the publisher's: those of a `known` key, and those that several authorities share."""
    return np.isin(index.sentence_keys, np.concatenate([shared_keys(index, occasions), known]))


def shared_keys(index: Index, occasions: Mapping[str, Occasion]) -> Column:
    """The keys of sentences that stand in the documents of several authorities.

    A sentence repeated inside one authority is a finding, not a template.
    """
    owners = {document: occasion.authority or occasion.inspection for document, occasion in occasions.items()}
    numbers = {owner: number for number, owner in enumerate(sorted(set(owners.values())))}
    owner = np.array([numbers.get(owners.get(each, ""), -1) for each in index.texts.documents], np.int64)
    owner = owner[index.sentence_document]
    counted = np.flatnonzero((owner >= 0) & (index.sentence_keys > 0))
    keys, which = np.unique(index.sentence_keys[counted], return_inverse=True)
    pairs = np.unique(which.astype(np.int64) * len(numbers) + owner[counted])
    authorities = np.bincount(pairs // max(len(numbers), 1), minlength=len(keys))
    shared: Column = keys[authorities >= _TEMPLATE_AUTHORITIES]
    return shared


def running(
    index: Index, occasions: Mapping[str, Occasion], words: Flags, left_out: Column
) -> tuple[Running, tuple[str, ...]]:
    """All words that are mined, inspection by inspection, and the inspections in that order. A barrier is word 0."""
    inspections = tuple(sorted({occasion.inspection for occasion in occasions.values()}))
    numbers = {inspection: number for number, inspection in enumerate(inspections)}
    held = [occasions.get(document) for document in index.texts.documents]
    of_document = np.array([numbers[occasion.inspection] if occasion else -1 for occasion in held], np.int64)
    of_sentence = of_document[index.sentence_document]
    role = index.texts.passage_role[index.texts.sentence_passage]
    read = (of_sentence >= 0) & ~left_out & ~np.isin(role, [ROLES.index(each) for each in _UNMINED])
    strand = index.texts.passage_strand[index.texts.sentence_passage]
    read &= ~np.isin(strand, [number for number, key in enumerate(index.texts.strands) if key in _OTHERS])
    sentences = np.flatnonzero(read)
    sentences = sentences[np.argsort(of_sentence[sentences], kind="stable")]
    starts = index.texts.sentence_start.astype(np.int64)
    lengths = (starts[1:] - starts[:-1])[sentences]
    places = ranges(starts[sentences], lengths)
    tokens = index.texts.tokens[places]
    kept = (tokens > 0) & ~index.texts.aside[places]
    owners = np.repeat(sentences, lengths)[kept]
    singulars = index.folded[tokens[kept]].astype(np.int64)
    singulars[words.barrier[singulars] | words.barrier[tokens[kept]]] = 0
    gathered = Running(words=singulars, sentence=owners, inspection=of_sentence[owners], place=places[kept])
    return gathered, inspections


def criticism(index: Index, words: Flags) -> Column:
    """How critical each sentence is: 1 for a listed improvement, half for one with a word of weakness, else 0."""
    critical = np.zeros(len(index.sentence_document))
    weak = np.flatnonzero(words.weakness[: len(index.words)])
    critical[index.sentence_of[index.places_of(weak)]] = _WEAKNESS
    role = index.texts.passage_role[index.texts.sentence_passage]
    critical[np.isin(role, [ROLES.index(each) for each in _IMPROVEMENTS])] = 1.0
    return critical
