"""An index of every word of every passage and the positions at which the word occurs.

    index = Index.build([(sha256, passages)])
    index.numbers["drift"]                     # 17, the number of the word
    index.places(17)                           # its positions in index.texts.tokens: [4, 210, 388]
    index.sentence_of[210]                     # 12, the number of the sentence at that position
    index.sentence_document[12]                # 0, the number of its document in index.texts.documents

The index is plain data. Search (`reinspect.phrases.search`) and mining (`reinspect.phrases.mining`) are built on it.
A saved index grows at its end: more documents cost the writing of their own words (`Index.append_to`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from reinspect.model import Passage
from reinspect.phrases.index.column_file import (
    Column,
    IndexUnusableError,
    Pieces,
    StoredColumns,
    lengthen_columns,
    ranges,
    read_columns,
    write_columns,
)
from reinspect.phrases.index.stretches import Gaps, Stretch, StretchPart, merge_stretches
from reinspect.phrases.index.texts import (
    Cutter,
    Texts,
    Vocabulary,
    behind,
    join_texts,
    letter_counts,
    no_texts,
    spans_without,
    stored_part,
    without_documents,
)
from reinspect.phrases.words import lexicon

DocumentPassages = Iterable[tuple[str, Sequence[Passage]]]
# Raise this whenever words are cut, folded or stored differently: saved indexes of another version are rebuilt.
VERSION = 4
# A stretch of the texts is joined with what is added behind it, if it is not more than this many times longer. So there
# are few stretches, and a word is seldom sorted again.
_JOINED_BELOW = 2
_TEXT_COLUMNS = Texts.__struct_fields__[2:]


class Index:
    """An index of the words in some documents. It never changes: adding or removing documents returns a new index.

    Every word has a number. These fields are ordered by that number:

    - `words`: the word in lower case, without accents.
    - `folded`: the number of the word's singular.
    - `letters`: how often the letters a-z, and all other characters, occur in the word, shape (27, words).

    `stretches` has the positions of the words, in one stretch of the texts after the other. An index of one part of
    divided texts has the words of all parts, and `commonness` says how often each word occurs in all of them.
    """

    def __init__(
        self,
        texts: Texts,
        words: Sequence[str],
        folded: Column,
        letters: Column,
        stretches: Sequence[Stretch],
        *,
        commonness: Column | None = None,
    ) -> None:
        self.texts = texts
        self.words = tuple(words)
        self.folded = folded
        self.letters = letters
        self.stretches = tuple(stretches)
        self._commonness = commonness

    @classmethod
    def build(cls, pairs: DocumentPassages) -> Index:
        """Build an index from `(sha256, passages)` pairs. If a sha256 is repeated, the last pair counts."""
        return cls._extend(no_texts(), Vocabulary(), dict(pairs))

    def with_documents(self, pairs: DocumentPassages) -> Index:
        """Return a new index with more documents. A document that is already indexed is replaced."""
        added = dict(pairs)
        base = self.without_documents(added) if not self.documents.isdisjoint(added) else self
        return self._extend(base.texts, Vocabulary(self.words, self.folded.tolist()), added)

    def without_documents(self, documents: Iterable[str]) -> Index:
        """Return a new index without some documents. Unknown documents are ignored."""
        return self._extend(
            without_documents(self.texts, frozenset(documents)), Vocabulary(self.words, self.folded.tolist()), {}
        )

    @classmethod
    def _extend(cls, texts: Texts, vocabulary: Vocabulary, added: dict[str, Sequence[Passage]]) -> Index:
        """Return an index of `texts` and the `added` documents."""
        cutter = Cutter(vocabulary, texts.strands)
        parts = [texts, *(cutter.cut(document, passages) for document, passages in added.items())]
        vocabulary.fold_all(lexicon())
        joined = join_texts(parts, tuple(cutter.strands), len(vocabulary.words))
        folded = np.array(vocabulary.folded, joined.tokens.dtype)
        return cls(joined, vocabulary.words, folded, letter_counts(vocabulary.words), [Stretch.of(joined.tokens, 0)])

    def save(self, folder: Path, stamp: str = "") -> None:
        """Write the index to a folder, in place of an index that is there.

        `stamp` names the program version that made the passages; `load` refuses an index with another stamp.

        Raises:
            OSError: a file cannot be written; the index that was there is unchanged.
        """
        columns = {name: getattr(self.texts, name) for name in _TEXT_COLUMNS}
        columns |= {"folded": self.folded, "letters": self.letters.T, "words": _as_lines(self.words)}
        for stretch in self.stretches:
            columns |= _stretch_columns(stretch)
        starts = [stretch.start for stretch in self.stretches]
        write_columns(folder, _facts(self.texts.documents, self.texts.strands, starts, stamp), columns)

    def append_to(self, folder: Path, pairs: DocumentPassages, stamp: str = "") -> None:
        """Write more documents behind this index, which was loaded from the folder. None may be indexed already.

        What is saved already is not written again, so this takes as long as the added documents need. Load the index
        again to use it.

        Raises:
            IndexUnusableError: the saved index is missing or damaged.
            OSError: a file cannot be written; the saved index is unchanged.
        """
        added = dict(pairs)
        vocabulary = Vocabulary(self.words, self.folded.tolist())
        cutter = Cutter(vocabulary, self.texts.strands)
        parts = [cutter.cut(document, passages) for document, passages in added.items()]
        vocabulary.fold_all(lexicon())
        more = join_texts([no_texts(), *parts], tuple(cutter.strands), len(vocabulary.words))
        additions = {name: behind(self.texts, more, name) for name in _TEXT_COLUMNS}
        words = vocabulary.words[len(self.words) :]
        additions["folded"] = np.array(vocabulary.folded[len(self.words) :], more.tokens.dtype)
        additions |= {"letters": letter_counts(words).T, "words": _as_lines(words)}
        stored = StoredColumns(folder)
        others: dict[str, Column | Pieces | None] = {}
        if more.tokens.dtype != self.texts.tokens.dtype:
            for name, rows in (("tokens", len(self.texts.tokens)), ("folded", len(self.folded))):
                others[name] = Pieces(more.tokens.dtype, chain(stored.pieces(name, 0, rows), [additions.pop(name)]))
        kept, joined = self._split_stretches(len(more.tokens))
        first = joined[0].start if joined else len(self.texts.tokens)
        last = Stretch.of(more.tokens, len(self.texts.tokens))
        others |= {name: None for stretch in joined for name in _stretch_columns(stretch)}
        none_lost = np.zeros(len(vocabulary.words), np.int64)
        merged = [_stored_stretch(stored, stretch, none_lost) for stretch in joined]
        others |= _merged_columns(first, [*merged, StretchPart.of(last, none_lost, last.rows)], Gaps())
        starts = [*(stretch.start for stretch in kept), first]
        facts = _facts((*self.texts.documents, *more.documents), more.strands, starts, stamp)
        lengthen_columns(folder, facts, additions, others)

    def remove_from(self, folder: Path, documents: Iterable[str], stamp: str = "") -> None:
        """Write this index, which was loaded from the folder, there without some documents; unknown ones are ignored.

        It is read and written little by little, so this needs hardly any memory. Load the index again to use it.

        Raises:
            IndexUnusableError: the saved index is missing or damaged.
            OSError: a file cannot be written; the saved index is unchanged.
        """
        stored = StoredColumns(folder)
        kept, dropped = spans_without(self.texts, frozenset(documents))
        others: dict[str, Column | Pieces | None]
        others = {name: stored_part(self.texts, stored, name, kept) for name in _TEXT_COLUMNS}
        others |= {name: None for stretch in self.stretches for name in _stretch_columns(stretch)}
        gaps = Gaps([span.tokens for span in dropped])
        ends = [*(stretch.start for stretch in self.stretches[1:]), len(self.texts.tokens)]
        parts = [
            _stored_stretch(stored, stretch, _count_words(stored, gaps.within(stretch.start, end), len(self.words)))
            for stretch, end in zip(self.stretches, ends, strict=True)
        ]
        others |= _merged_columns(0, parts, gaps)
        names = tuple(name for span in kept for name in self.texts.documents[slice(*span.documents)])
        lengthen_columns(folder, _facts(names, self.texts.strands, [0], stamp), {}, others)

    def _split_stretches(self, added: int) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        """Return the stretches that stay, and those to join with `added` more tokens."""
        kept, end = len(self.stretches), len(self.texts.tokens)
        while kept and end - self.stretches[kept - 1].start <= _JOINED_BELOW * added:
            kept -= 1
            added += end - self.stretches[kept].start
            end = self.stretches[kept].start
        return self.stretches[:kept], self.stretches[kept:]

    @classmethod
    def load(cls, folder: Path, stamp: str = "") -> Index:
        """Load a saved index, memory-mapped from its files.

        Raises:
            IndexUnusableError: the index is missing, damaged, or has another stamp or version. Build it again.
        """
        facts, columns = read_columns(folder)
        if (facts.get("version"), facts.get("stamp")) != (VERSION, stamp):
            raise IndexUnusableError(f"{folder}: the phrase index was made by another reader or version")
        try:
            words = str(columns.pop("words").tobytes(), "utf-8").split("\n")[:-1]
            folded, letters = columns.pop("folded"), columns.pop("letters").T
            stretches = [_read_stretch(columns, start) for start in facts["stretches"]]
            texts = Texts(documents=tuple(facts["documents"]), strands=tuple(facts["strands"]), **columns)
            return cls(texts, words, folded, letters, stretches)
        except (KeyError, TypeError, ValueError) as fault:
            raise IndexUnusableError(f"{folder}: the phrase index lacks a part: {fault}") from fault

    @cached_property
    def documents(self) -> frozenset[str]:
        """The sha256 of every indexed document."""
        return frozenset(self.texts.documents)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A dict from each word to its number."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _pointers(self) -> tuple[Column, ...]:
        """The place at which each word begins in the `order` of each stretch."""
        return tuple(stretch.pointers(len(self.words)) for stretch in self.stretches)

    @cached_property
    def frequencies(self) -> Column:
        """An int array: how often each word occurs in the texts."""
        return sum((np.diff(pointers) for pointers in self._pointers), np.zeros(len(self.words), np.int64))

    @property
    def commonness(self) -> Column:
        """An int array: how often each word occurs in the texts or, if they are one part of several, in all parts."""
        return self.frequencies if self._commonness is None else self._commonness

    @cached_property
    def sentence_of(self) -> Column:
        """An int array: the sentence number of each token."""
        starts = self.texts.sentence_start.astype(np.int64)
        return np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), starts[1:] - starts[:-1])

    @cached_property
    def sentence_document(self) -> Column:
        """An int array: the document number of each sentence."""
        return self.texts.passage_document[self.texts.sentence_passage]

    @cached_property
    def first_passage(self) -> Column:
        """An int array: the number of the first passage of each document and, at the end, the number of passages."""
        return np.searchsorted(self.texts.passage_document, np.arange(len(self.texts.documents) + 1))

    def holds(self, word: str) -> bool:
        """Return whether a word (in lower case, without accents) occurs in the texts (of all parts)."""
        return self.count(self.numbers.get(word, 0)) > 0

    def count(self, word: int) -> int:
        """Return how often a word, given by its number, occurs in the texts (of all parts, if they are divided)."""
        return int(self.commonness[word])

    def neighbours(self, word: str, step: int) -> Column:
        """Return the number of the word that is `step` positions after `word`, for each occurrence of `word`.

        A negative step is before the word. The numbers may be repeated.
        """
        places = self.places(self.numbers[word]).astype(np.int64)
        return self.texts.tokens.take(places + step, mode="wrap")

    def places(self, word: int) -> Column:
        """Return all positions of a word in `texts.tokens`, in ascending order."""
        parts = self._runs(word)
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, np.uint32), *parts])

    def places_of(self, words: Column) -> Column:
        """Return all positions of several words in `texts.tokens`, word by word."""
        parts = [run for word in words.tolist() for run in self._runs(word)]
        return np.concatenate([np.zeros(0, np.uint32), *parts]).astype(np.int64)

    def _runs(self, word: int) -> list[Column]:
        """Return the positions of a word in each stretch that has it."""
        bounds = [(pointers.item(word), pointers.item(word + 1)) for pointers in self._pointers]
        return [
            stretch.order[first:last]
            for stretch, (first, last) in zip(self.stretches, bounds, strict=True)
            if first < last
        ]

    def strings(self, starts: Column, ends: Column) -> list[str]:
        """Return the words from each start to each end (exclusive) in `texts.tokens`, joined by blanks."""
        words = [self.words[token] for token in self.texts.tokens[ranges(starts, ends - starts)].tolist()]
        cuts = np.cumsum(ends - starts).tolist()
        return [" ".join(words[first:last]) for first, last in zip([0, *cuts], cuts, strict=False)]


def _facts(documents: Sequence[str], strands: Sequence[str | None], starts: list[int], stamp: str) -> dict[str, Any]:
    return {"version": VERSION, "stamp": stamp, "documents": documents, "strands": strands, "stretches": starts}


def _stretch_columns(stretch: Stretch) -> dict[str, Column]:
    parts = {"words": stretch.words, "counts": stretch.counts, "order": stretch.order}
    return {f"{name}-{stretch.start}": column for name, column in parts.items()}


def _stored_stretch(stored: StoredColumns, stretch: Stretch, lost: Column) -> StretchPart:
    """Return a stretch whose positions are read from its file; `lost` is how many of each word are in gaps."""
    return StretchPart.of(stretch, lost, partial(stored.rows, f"order-{stretch.start}"))


def _count_words(stored: StoredColumns, spans: Iterable[tuple[int, int]], size: int) -> Column:
    """Return how often each word of a vocabulary of this size occurs in some spans of the stored tokens."""
    counts = np.zeros(size, np.int64)
    for first, last in spans:
        for tokens in stored.pieces("tokens", first, last):
            np.add.at(counts, tokens, 1)
    counts[0] = 0
    return counts


def _merged_columns(start: int, parts: Sequence[StretchPart], gaps: Gaps) -> dict[str, Column | Pieces]:
    words, counts, order = merge_stretches(parts, gaps)
    return {f"words-{start}": words, f"counts-{start}": counts, f"order-{start}": order}


def _read_stretch(columns: dict[str, Column], start: int) -> Stretch:
    """Take the columns of a stretch out of all columns.

    Raises:
        KeyError: one is missing.
    """
    words, counts, order = (columns.pop(f"{name}-{start}") for name in ("words", "counts", "order"))
    return Stretch(start, words, counts, order)


def _as_lines(words: Sequence[str]) -> Column:
    """Return words as bytes, each with a line end."""
    return np.frombuffer("".join(f"{word}\n" for word in words).encode(), np.uint8)
