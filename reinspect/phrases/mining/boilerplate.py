"""Find boilerplate: the publisher's own sentences, which recur in the reports of several authorities.

These sentences are not mined. They are compared by a key, which ignores numbers, months, small words and names:

    sentence          "The inspection of Camden took place on 4 May 2022 and was carried out by inspectors."
    words that count  inspection took place was carried inspectors: six, the least for a key
    word keys         a hash of each word, times a factor for its position among these, 1 to 6
    sentence key      the sum of the six word keys, modulo 2 ** 64
    same key          "The inspection of Kent took place on 9 June 2023 and was carried out by inspectors."
    boilerplate       if the reports of five authorities have a sentence with this key

A sentence that is repeated within one authority is a finding. Keys are the same in every store, so the keys of known
boilerplate are shipped (`reference_counts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import blake2b
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from reinspect.authorities import authorities
from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.mining.portions import Portion, portion_sentences
from reinspect.phrases.mining.shards import Shards
from reinspect.phrases.types import TextOrigin
from reinspect.phrases.words import lexicon
from reinspect.phrases.words import words as words_of

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

_FEWEST_WORDS, _FEWEST_AUTHORITIES = 6, 5
# Sentences whose words are looked up at a time, so that memory stays small.
_SENTENCES_AT_A_TIME = 50_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# The keys of all sentences of each index. Two threads may compute them at once; they get equal keys.
_CACHE: WeakKeyDictionary[Index, Column] = WeakKeyDictionary()


def all_sentence_keys(index: Index) -> Column:
    """Return the key (a hash of the main words) of every sentence of an index. The result is cached."""
    keys = _CACHE.get(index)
    if keys is None:
        word_keys, sentences = _word_keys(index), len(index.texts.sentence_passage)
        parts = [
            _sentence_keys(index, np.arange(first, min(first + _SENTENCES_AT_A_TIME, sentences)), word_keys)
            for first in range(0, sentences, _SENTENCES_AT_A_TIME)
        ]
        keys = _CACHE[index] = np.concatenate([np.zeros(0, np.uint64), *parts])
    return keys


def sentence_key_lookup(index: Index, at_once: int) -> Callable[[Column], Column]:
    """Return a function from sentence numbers to sentence keys (hashes of the main words).

    The keys of an index of at most `at_once` sentences are kept in memory; those of a larger one are computed on
    demand.
    """
    if len(index.texts.sentence_passage) <= at_once:
        return all_sentence_keys(index).__getitem__
    return partial(_sentence_keys, index, word_keys=_word_keys(index))


def _sentence_keys(index: Index, sentences: Column, word_keys: Column) -> Column:
    """Return the keys (hashes of the main words) of some sentences; 0 for a sentence that is too short."""
    bounds = index.texts.sentence_start
    firsts = bounds[sentences].astype(np.int64)
    lengths = bounds[sentences + 1] - firsts
    keys = word_keys[index.texts.tokens[ranges(firsts, lengths)]]
    starts = np.cumsum(lengths) - lengths
    counted = np.cumsum(keys > 0)
    before: Column = counted[starts] - (keys[starts] > 0)
    position = (counted - np.repeat(before, lengths)).astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = keys * (position * _FACTOR | np.uint64(1))
        sums = np.add.reduceat(mixed, starts) if len(starts) else mixed
    words = np.add.reduceat(keys > 0, starts, dtype=np.int64) if len(starts) else starts
    return np.where(words >= _FEWEST_WORDS, sums, np.uint64(0))


def _word_keys(index: Index) -> Column:
    """Return a hash of each word of the index, equal in every store; 0 for a word that is ignored."""
    ignored = _ignored_words()
    keys = [0 if not word or word[0].isdigit() or word in ignored else _hash(word) for word in index.words]
    return np.array(keys, np.uint64)


@cache
def _ignored_words() -> frozenset[str]:
    """Return the words that sentence keys ignore: names of authorities, months and linking words."""
    lists = lexicon()
    names = (word for authority in authorities().all() for word in words_of(authority.name))
    return lists.plain_names.union(names, lists.months, lists.linking)


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def find_shared_keys(
    index: Index,
    origins: Mapping[str, TextOrigin],
    parts: Iterable[Portion],
    keys_of: Callable[[Column], Column],
    shards: Shards,
) -> Column:
    """Return the sorted keys of the sentences that recur in the reports of at least five authorities.

    `keys_of` maps sentence numbers to keys. `shards` store the keys until all are counted.
    """
    owners = {document: origin.authority or origin.inspection for document, origin in origins.items()}
    numbers = {owner: number for number, owner in enumerate(sorted(set(owners.values())))}
    owner = np.array([numbers.get(owners.get(document, ""), 0) for document in index.texts.documents], np.uint64)
    for portion in parts:
        sentences, document = portion_sentences(index, portion)
        keys = keys_of(sentences)
        rows = np.stack([keys, owner[portion.documents][document]], axis=1)[keys > 0]
        shards.add(rows, rows[:, 0] % np.uint64(shards.count))
    shared = [_shared_by_several(rows) for _, rows in shards.drain(np.uint64, 2)]
    return np.sort(np.concatenate([np.zeros(0, np.uint64), *shared]))


def _shared_by_several(rows: Column) -> Column:
    """Return the keys (first column) that occur with five or more different owners (second column)."""
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    changed = np.any(rows[1:] != rows[:-1], axis=1)
    keys = rows[np.concatenate([[True], changed])[: len(rows)], 0]
    unique, counts = np.unique(keys, return_counts=True)
    return unique[counts >= _FEWEST_AUTHORITIES]
