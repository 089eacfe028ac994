"""The index: every word of every passage, where it stands, and what other words are like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reinspect.model import Passage
from reinspect.phrases.index.column_file import Column, IndexUnusableError, ranges, read_columns, write_columns
from reinspect.phrases.index.texts import (
    Cutter,
    Texts,
    Vocabulary,
    join_texts,
    letter_counts,
    no_texts,
    without_documents,
)
from reinspect.phrases.query import PassageUse, Query, SearchResult, SearchScope, parse_query
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.search.compounds import Compounds
    from reinspect.phrases.search.similar_words import SimilarWords

Pairs = Iterable[tuple[str, Sequence[Passage]]]
# Moves whenever words are cut, folded or laid out otherwise than before.
VERSION = 2


class Index:
    """Phrases of documents. It never changes: adding and removing documents give a new one.

    `words` are the canonical words by number, `folded` the number of each one's singular, `letters` how often each of
    a-z (and, last, any other character) stands in each word. `order` lists the places in `texts.tokens` word by word,
    those of word w from `pointers[w]` to `pointers[w + 1]`.
    """

    def __init__(self, texts: Texts, words: Sequence[str], derived: dict[str, Column] | None = None) -> None:
        derived = derived or {}
        self.texts = texts
        self.words = tuple(words)
        self.folded = derived["folded"]
        self.letters = derived["letters"]
        self.order = derived["order"]
        self.pointers = derived["pointers"]

    @classmethod
    def build(cls, pairs: Pairs) -> Index:
        """The index of `(sha256, passages)` pairs; a document that comes twice is taken as it came last."""
        return cls._grown(no_texts(), Vocabulary(), dict(pairs))

    def with_documents(self, pairs: Pairs) -> Index:
        """This index and more documents; one that it holds already is replaced."""
        added = dict(pairs)
        kept = self.without_documents(added) if not self.documents.isdisjoint(added) else self
        return self._grown(kept.texts, Vocabulary(self.words, self.folded.tolist()), added)

    def without_documents(self, documents: Iterable[str]) -> Index:
        """This index less some documents; those that it does not hold are no matter."""
        return self._grown(
            without_documents(self.texts, frozenset(documents)), Vocabulary(self.words, self.folded.tolist()), {}
        )

    @classmethod
    def _grown(cls, texts: Texts, vocabulary: Vocabulary, added: dict[str, Sequence[Passage]]) -> Index:
        cutter = Cutter(vocabulary, texts.strands)
        parts = [texts, *(cutter.cut(document, passages) for document, passages in added.items())]
        vocabulary.fold_all(lexicon())
        whole = join_texts(parts, tuple(cutter.strands), len(vocabulary.words))
        occupied = np.flatnonzero(whole.tokens)
        inside = whole.tokens[occupied]
        counts = np.bincount(inside, minlength=len(vocabulary.words))
        derived: dict[str, Column] = {
            "folded": np.array(vocabulary.folded, whole.tokens.dtype),
            "letters": letter_counts(vocabulary.words),
            "order": occupied[np.argsort(inside, kind="stable")].astype(np.uint32),
            "pointers": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        }
        return cls(whole, vocabulary.words, derived)

    def save(self, path: Path, stamp: str = "") -> None:
        """Write the index to one file. `stamp` is what it was read by: `load` refuses another. Raises OSError."""
        facts = {"version": VERSION, "stamp": stamp, "documents": self.texts.documents, "strands": self.texts.strands}
        columns = {name: getattr(self.texts, name) for name in Texts.__struct_fields__[2:]}
        columns |= {name: getattr(self, name) for name in ("folded", "letters", "order", "pointers")}
        columns["words"] = np.frombuffer("\n".join(self.words).encode(), np.uint8)
        write_columns(path, facts, columns)

    @classmethod
    def load(cls, path: Path, stamp: str = "") -> Index:
        """The saved index, mapped from its file. Raises IndexUnusableError: then build it again from the passages."""
        facts, columns = read_columns(path)
        if (facts.get("version"), facts.get("stamp")) != (VERSION, stamp):
            raise IndexUnusableError(f"{path}: the index was made by another reader or version")
        try:
            words = str(columns.pop("words").tobytes(), "utf-8").split("\n")
            derived = {name: columns.pop(name) for name in ("folded", "letters", "order", "pointers")}
            documents, strands = tuple(facts["documents"]), tuple(facts["strands"])
            return cls(Texts(documents=documents, strands=strands, **columns), words, derived)
        except (KeyError, TypeError, ValueError) as fault:
            raise IndexUnusableError(f"{path}: the index lacks a part: {fault}") from fault

    @cached_property
    def documents(self) -> frozenset[str]:
        """The sha256 of every document held."""
        return frozenset(self.texts.documents)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def frequencies(self) -> Column:
        """How often each word stands in the texts."""
        return np.diff(self.pointers.astype(np.int64)).astype(np.int64)

    @cached_property
    def sentence_of(self) -> Column:
        """The sentence that each token (and each empty place after it) belongs to."""
        starts = self.texts.sentence_start.astype(np.int64)
        return np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), starts[1:] - starts[:-1])

    @cached_property
    def sentence_document(self) -> Column:
        """The number of the document that each sentence belongs to."""
        return self.texts.passage_document[self.texts.sentence_passage]

    @cached_property
    def first_passage(self) -> Column:
        """The number of each document's first passage, and one past the last document's last."""
        return np.searchsorted(self.texts.passage_document, np.arange(len(self.texts.documents) + 1))

    @cached_property
    def sentence_keys(self) -> Column:
        """A key for each sentence, the same for the same words in any store; numbers do not count. 0: a short one."""
        from reinspect.phrases.mining.portions import sentence_keys

        return sentence_keys(self)

    @cached_property
    def similar_words(self) -> SimilarWords:
        """Which words are like a typed one; kept from one search to the next."""
        from reinspect.phrases.search.similar_words import SimilarWords

        return SimilarWords(self)

    @cached_property
    def compounds(self) -> Compounds:
        """Which words make up a typed one; kept from one search to the next."""
        from reinspect.phrases.search.compounds import Compounds

        return Compounds(self)

    def holds(self, word: str) -> bool:
        """Whether a canonical word stands in the texts."""
        return self.count(self.numbers.get(word, 0)) > 0

    def count(self, word: int) -> int:
        """How often a word stands in the texts."""
        return int(self.pointers[word + 1] - self.pointers[word])

    def places(self, word: int) -> Column:
        """Where a word stands: its places in `texts.tokens`, in order."""
        return self.order[self.pointers[word] : self.pointers[word + 1]]

    def places_of(self, words: Column) -> Column:
        """Where any of several words stands, word by word."""
        starts, ends = self.pointers[words].tolist(), self.pointers[words + 1].tolist()
        parts = [self.order[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate([self.order[:0], *parts]).astype(np.int64)

    def strings(self, starts: Column, ends: Column) -> list[str]:
        """The canonical words from each place in `texts.tokens` up to another, as one string."""
        inside = [self.words[token] for token in self.texts.tokens[ranges(starts, ends - starts)].tolist()]
        past = np.cumsum(ends - starts).tolist()
        return [" ".join(inside[first:last]) for first, last in zip([0, *past], past, strict=False)]

    def search(
        self, query: str | Query, within: SearchScope | None = None, limit: int = 50, prefix: bool = False
    ) -> SearchResult:
        """The sentences that hold a phrase, best first, with typos, gaps and another order of words allowed.

        `query` is what a person typed (`parse_query`) or a `Query`. `prefix` says that the last word is still being
        typed. `limit` bounds the hits that are returned, not those that are counted.
        """
        from reinspect.phrases.search.search import search

        asked = parse_query(query) if isinstance(query, str) else query
        return search(self, asked, within or SearchScope(), limit, prefix)

    def uses(self, phrases: Iterable[str]) -> tuple[PassageUse, ...]:
        """The passages that hold one of these phrases (a phrase and its variants, say) word for word, in any number.

        Nothing is guessed here: what a person counts by year, by grade or by authority is counted from this.
        """
        from reinspect.phrases.search.exact import uses

        return uses(self, phrases)
