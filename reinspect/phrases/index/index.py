"""An index of every word of every passage and the positions at which the word occurs.

    index = Index.build([(sha256, passages)])
    index.numbers["drift"]                     # 17, the number of the word
    index.places(17)                           # its positions in index.texts.tokens: [4, 210, 388]
    index.sentence_of[210]                     # 12, the number of the sentence at that position
    index.sentence_document[12]                # 0, the number of its document in index.texts.documents

The index is plain data. Search (`reinspect.phrases.search`) and mining (`reinspect.phrases.mining`) are built on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

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
from reinspect.phrases.words import lexicon

DocumentPassages = Iterable[tuple[str, Sequence[Passage]]]
# Raise this whenever words are cut, folded or stored differently: saved indexes of another version are rebuilt.
VERSION = 2
# The columns of the index itself; those of its texts are the fields of `Texts`.
_COLUMNS = ("folded", "letters", "order", "pointers")


class Index:
    """An index of the words in some documents. It never changes: adding or removing documents returns a new index.

    Every word has a number. These fields are ordered by that number:

    - `words`: the word in lower case, without accents.
    - `folded`: the number of the word's singular.
    - `letters`: how often the letters a-z, and all other characters, occur in the word, shape (27, words).
    - `pointers`: word w stands at the positions `order[pointers[w]:pointers[w + 1]]` of `texts.tokens`.
    """

    def __init__(self, texts: Texts, words: Sequence[str], columns: dict[str, Column]) -> None:
        self.texts = texts
        self.words = tuple(words)
        self.folded = columns["folded"]
        self.letters = columns["letters"]
        self.order = columns["order"]
        self.pointers = columns["pointers"]

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
        occupied = np.flatnonzero(joined.tokens)
        tokens = joined.tokens[occupied]
        counts = np.bincount(tokens, minlength=len(vocabulary.words))
        columns: dict[str, Column] = {
            "folded": np.array(vocabulary.folded, joined.tokens.dtype),
            "letters": letter_counts(vocabulary.words),
            "order": occupied[np.argsort(tokens, kind="stable")].astype(np.uint32),
            "pointers": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        }
        return cls(joined, vocabulary.words, columns)

    def save(self, path: Path, stamp: str = "") -> None:
        """Write the index to a file, which is replaced in one step.

        `stamp` names the program version that made the passages; `load` refuses a file with another stamp.

        Raises:
            OSError: the file cannot be written.
        """
        facts = {"version": VERSION, "stamp": stamp, "documents": self.texts.documents, "strands": self.texts.strands}
        columns = {name: getattr(self.texts, name) for name in Texts.__struct_fields__[2:]}
        columns |= {name: getattr(self, name) for name in _COLUMNS}
        columns["words"] = np.frombuffer("\n".join(self.words).encode(), np.uint8)
        write_columns(path, facts, columns)

    @classmethod
    def load(cls, path: Path, stamp: str = "") -> Index:
        """Load a saved index, memory-mapped from its file.

        Raises:
            IndexUnusableError: the file is missing, damaged, or has another stamp or version. Build the index again.
        """
        facts, columns = read_columns(path)
        if (facts.get("version"), facts.get("stamp")) != (VERSION, stamp):
            raise IndexUnusableError(f"{path}: the index was made by another reader or version")
        try:
            words = str(columns.pop("words").tobytes(), "utf-8").split("\n")
            own = {name: columns.pop(name) for name in _COLUMNS}
            documents, strands = tuple(facts["documents"]), tuple(facts["strands"])
            return cls(Texts(documents=documents, strands=strands, **columns), words, own)
        except (KeyError, TypeError, ValueError) as fault:
            raise IndexUnusableError(f"{path}: the index lacks a part: {fault}") from fault

    @cached_property
    def documents(self) -> frozenset[str]:
        """The sha256 of every indexed document."""
        return frozenset(self.texts.documents)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A dict from each word to its number."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def frequencies(self) -> Column:
        """An int array: how often each word occurs in the texts."""
        return np.diff(self.pointers.astype(np.int64)).astype(np.int64)

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
        """Return whether a word (in lower case, without accents) occurs in the texts."""
        return self.count(self.numbers.get(word, 0)) > 0

    def count(self, word: int) -> int:
        """Return how often a word, given by its number, occurs in the texts."""
        return int(self.pointers[word + 1] - self.pointers[word])

    def places(self, word: int) -> Column:
        """Return all positions of a word in `texts.tokens`, in ascending order."""
        return self.order[self.pointers[word] : self.pointers[word + 1]]

    def places_of(self, words: Column) -> Column:
        """Return all positions of several words in `texts.tokens`, word by word."""
        starts, ends = self.pointers[words].tolist(), self.pointers[words + 1].tolist()
        parts = [self.order[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate([self.order[:0], *parts]).astype(np.int64)

    def strings(self, starts: Column, ends: Column) -> list[str]:
        """Return the words from each start to each end (exclusive) in `texts.tokens`, joined by blanks."""
        words = [self.words[token] for token in self.texts.tokens[ranges(starts, ends - starts)].tolist()]
        cuts = np.cumsum(ends - starts).tolist()
        return [" ".join(words[first:last]) for first, last in zip([0, *cuts], cuts, strict=False)]
