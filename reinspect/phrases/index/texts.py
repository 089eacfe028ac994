"""Store passages as arrays of numbers: the words of every sentence and where each word is printed.

    passage.text       "Drift and delay. Plans drift."
    words              1 drift, 2 and, 3 delay, 4 plans, 5 plan (the singular of 4)
    tokens             1 2 3 0 0 0 0 0 0 4 1 0 0 0 0 0 0
    sentence_start     0 9 17

Every sentence is followed by `PAD` empty positions (token 0), so that a run of words never reaches from one sentence
into the next. A run that begins before the first sentence falls on the last padding: numpy counts negative positions
from the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_args

import msgspec
import numpy as np

from reinspect.model import Passage, Role
from reinspect.phrases.index.column_file import Column, Pieces, StoredColumns
from reinspect.phrases.words import END, PASSAGE_END, WORD, Lexicon, canonical, fold

PAD = 6
ROLES: tuple[Role, ...] = get_args(Role)
# "(MARAC)", "(paragraphs 12 and 13)": more words than this between brackets belong to the sentence.
_LONGEST_ASIDE = 6
# Word lengths are stored in one byte.
_LONGEST_TOKEN = 255
_APOSTROPHES = [ord(mark) for mark in "'\u2019\u02bc\u00b4`"]


class Texts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The passages of some documents, as arrays of numbers.

    One entry per token (a word, or 0 for padding):

    - `tokens`: the number of the word.
    - `aside`: whether the word is inside brackets.
    - `token_start`, `token_length`: where the word is printed in the text of its passage, in characters.

    One entry per sentence:

    - `sentence_start`: the position of the first word in `tokens` (and, at the end, the number of tokens).
    - `sentence_passage`: the number of the passage.
    - `sentence_opening`: where the previous sentence ends in the text of the passage, in characters.

    One entry per passage:

    - `passage_document`, `passage_strand`, `passage_role`: positions in `documents`, `strands` and `ROLES`.
    - `record_start`: passage p is stored as MessagePack in `records[record_start[p]:record_start[p + 1]]`.
    """

    documents: tuple[str, ...]
    strands: tuple[str | None, ...]
    tokens: Column
    aside: Column
    token_start: Column
    token_length: Column
    sentence_start: Column
    sentence_passage: Column
    sentence_opening: Column
    passage_document: Column
    passage_strand: Column
    passage_role: Column
    record_start: Column
    records: Column

    def passage(self, number: int) -> Passage:
        """Return the passage with this number; passages are numbered over all documents."""
        start, end = self.record_start.item(number), self.record_start.item(number + 1)
        return _PASSAGES.decode(self.records.data[start:end])

    def documents_with_passages(self) -> Iterator[tuple[str, tuple[Passage, ...]]]:
        """Yield the sha256 of each document with its passages, in order."""
        firsts = np.searchsorted(self.passage_document, np.arange(len(self.documents) + 1))
        for document, first, last in zip(self.documents, firsts[:-1], firsts[1:], strict=True):
            yield document, tuple(self.passages(np.arange(first, last)))

    def passages(self, numbers: Column) -> Iterator[Passage]:
        """Return an iterator over the passages with these numbers, in the given order."""
        starts, ends = self.record_start[numbers].tolist(), self.record_start[numbers + 1].tolist()
        records = self.records.data
        return (_PASSAGES.decode(records[start:end]) for start, end in zip(starts, ends, strict=True))


_PASSAGES = msgspec.msgpack.Decoder(Passage)
# Columns that hold a running number, and the field they count. Joining texts adds the lengths of earlier parts to them.
_OFFSET_BY = {
    "sentence_start": "tokens",
    "sentence_passage": "passage_role",
    "passage_document": "documents",
    "record_start": "records",
}
# The same columns, and the field of a `Span` that they count.
_COUNTS = _OFFSET_BY | {"sentence_passage": "passages"}
# For each column, the field of a `Span` that its rows are.
_ROWS_ARE = {
    name: thing
    for thing, names in {
        "tokens": ("tokens", "aside", "token_start", "token_length"),
        "sentences": ("sentence_start", "sentence_passage", "sentence_opening"),
        "passages": ("passage_document", "passage_strand", "passage_role", "record_start"),
        "records": ("records",),
    }.items()
    for name in names
}
# Columns with one more row than things, whose last row is the end of the last thing.
_WITH_END = ("sentence_start", "record_start")


class Vocabulary:
    """A growing list of words, numbered from 1. `folded` is the number of the singular of each word."""

    def __init__(self, known: Sequence[str] = (), folded: Sequence[int] = ()) -> None:
        self.words = list(known) or [""]
        self.folded = list(folded) or [0]
        self.numbers = {word: number for number, word in enumerate(self.words)}

    def number(self, word: str) -> int:
        """Return the number of a word; a new word gets the next number."""
        if word not in self.numbers:
            self.numbers[word] = len(self.words)
            self.words.append(word)
        return self.numbers[word]

    def fold_all(self, lists: Lexicon) -> None:
        """Find the singular of every new word. A singular that is new becomes a word of the vocabulary too."""
        while len(self.folded) < len(self.words):
            self.folded.append(self.number(fold(self.words[len(self.folded)], lists)))


class _PrintedNumbers(dict[str, int]):
    """A cache of the number of every printed word: "Children" and "children's" have the same number."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, printed: str) -> int:
        number = self[printed] = self._vocabulary.number(canonical(printed))
        return number


class Cutter:
    """A splitter of documents into numbered words and sentences. All documents share one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, strands: Sequence[str | None] = ()) -> None:
        self.vocabulary = vocabulary
        self.strands: dict[str | None, int] = {strand: number for number, strand in enumerate(strands)}
        self._numbers = _PrintedNumbers(vocabulary)

    def cut(self, document: str, passages: Sequence[Passage]) -> Texts:
        """Split a document into numbered words and sentences. The words of headings are left out."""
        indexed = [number for number, passage in enumerate(passages) if passage.role != "heading"]
        text = PASSAGE_END.join(passages[number].text.replace(PASSAGE_END, " ") for number in indexed)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        words, begins, ends = _words(text, codes)
        stops = _stops(text, codes)
        closings = np.flatnonzero(codes == ord(PASSAGE_END)) + 1
        sentence, passage = (np.searchsorted(marks, begins, side="right") for marks in (stops, closings))
        firsts = np.flatnonzero(np.diff(sentence, prepend=-1))
        places = np.arange(len(words)) + PAD * (np.cumsum(np.diff(sentence, prepend=-1) > 0) - 1)
        opening = np.concatenate([[0], closings])[passage]
        records = [msgspec.msgpack.encode(record) for record in passages]

        def spread(values: Column, dtype: type[np.generic]) -> Column:
            column = np.zeros(len(words) + PAD * len(firsts), dtype)
            column[places] = values
            return column

        return Texts(
            documents=(document,),
            strands=(),
            tokens=spread(np.fromiter(map(self._numbers.__getitem__, words), np.uint32, len(words)), np.uint32),
            aside=spread(_asides(codes, begins, stops), np.bool_),
            token_start=spread(begins - opening, np.uint32),
            token_length=spread(np.minimum(ends - begins, _LONGEST_TOKEN), np.uint8),
            sentence_start=np.append(places[firsts], len(words) + PAD * len(firsts)).astype(np.uint32),
            sentence_passage=np.array(indexed, np.uint32)[passage[firsts]],
            sentence_opening=(np.concatenate([[0], stops])[sentence] - opening)[firsts].astype(np.uint32),
            passage_document=np.zeros(len(passages), np.uint32),
            passage_strand=np.array([self._strand(record.strand) for record in passages], np.uint8),
            passage_role=np.array([ROLES.index(record.role) for record in passages], np.uint8),
            record_start=np.cumsum([0, *map(len, records)], dtype=np.uint64),
            records=np.frombuffer(b"".join(records), np.uint8),
        )

    def _strand(self, strand: str | None) -> int:
        return self.strands.setdefault(strand, len(self.strands))


def _stops(text: str, codes: Column) -> Column:
    """Return where each sentence or passage of a text ends; `codes` are the characters' codes."""
    # Four times as fast as to look for `END` in the whole text.
    marks = np.flatnonzero(_is_stop()[np.minimum(codes, len(_is_stop()) - 1)])
    return np.array([mark + 1 for mark in marks.tolist() if END.match(text, mark)], np.int64)


@cache
def _is_stop() -> Column:
    """Return a bool array: whether each ASCII character may end a sentence or a passage."""
    return np.array([chr(code) in f".!?{PASSAGE_END}" for code in range(0x80)])


def _words(text: str, codes: Column) -> tuple[list[str], Column, Column]:
    """Return the words of a text, and two arrays of where they start and end; `codes` are its characters."""
    # Five times as fast as `WORD`, which finds the same words.
    if np.any((codes >= len(_alphanumeric())) | ((codes >= 0x300) & (codes < 0x370))):
        found = np.array([match.span() for match in WORD.finditer(text)], np.int64).reshape(-1, 2)
        return WORD.findall(text), found[:, 0], found[:, 1]
    letters = np.zeros(len(codes) + 2, bool)
    letters[1:-1] = _alphanumeric()[codes]
    # An apostrophe between two letters belongs to the word.
    letters[1:-1] |= _apostrophes()[codes] & letters[:-2] & letters[2:]
    changes = np.flatnonzero(letters[1:] != letters[:-1])
    spaced = np.where(letters[1:-1], codes, np.uint32(ord(" "))).tobytes().decode("utf-32-le")
    return spaced.split(), changes[::2], changes[1::2]


@cache
def _alphanumeric() -> Column:
    """Return a bool array: whether each of the first 65,536 Unicode characters is a letter or a digit."""
    return np.array([chr(code).isalnum() for code in range(0x10000)])


@cache
def _apostrophes() -> Column:
    """Return a bool array: whether each of the first 65,536 Unicode characters is an apostrophe."""
    return np.isin(np.arange(len(_alphanumeric())), _APOSTROPHES)


def _asides(codes: Column, begins: Column, stops: Column) -> Column:
    """Return a bool array: whether each word is in brackets that hold only a few words.

    `begins` are the offsets of the words, `stops` those of the sentence ends.
    """
    opened, closed = np.flatnonzero(codes == ord("(")), np.flatnonzero(codes == ord(")"))
    following = np.searchsorted(closed, opened)
    matched = following < len(closed)
    opened, shut = opened[matched], closed[following[matched]]
    first, after = np.searchsorted(begins, opened), np.searchsorted(begins, shut)
    same_sentence = np.searchsorted(stops, opened) == np.searchsorted(stops, shut)
    brief = (after - first <= _LONGEST_ASIDE) & same_sentence
    depth_change = np.zeros(len(begins) + 1, np.int64)
    np.add.at(depth_change, first[brief], 1)
    np.add.at(depth_change, after[brief], -1)
    return np.cumsum(depth_change)[:-1] > 0


def join_texts(parts: Sequence[Texts], strands: Sequence[str | None], words: int) -> Texts:
    """Join several texts into one. `words` is the number of words in the vocabulary."""
    columns = {}
    for name in Texts.__struct_fields__[2:]:
        pieces = [getattr(part, name) for part in parts]
        if counted := _OFFSET_BY.get(name):
            offsets = np.cumsum([0] + [len(getattr(part, counted)) for part in parts[:-1]])
            pieces = [piece + offset for piece, offset in zip(pieces, offsets.astype(np.int64), strict=True)]
            if name in _WITH_END:
                pieces = [*(piece[:-1] for piece in pieces[:-1]), pieces[-1]]
        columns[name] = np.concatenate(pieces).astype(_column_type(name, words, parts[0]), copy=False)
    documents = tuple(document for part in parts for document in part.documents)
    return Texts(documents=documents, strands=tuple(strands), **columns)


def _column_type(name: str, words: int, part: Texts) -> np.dtype[np.generic]:
    if name == "tokens":
        return token_type(words)
    dtype: np.dtype[np.generic] = getattr(part, name).dtype
    return dtype


def token_type(words: int) -> np.dtype[np.generic]:
    """Return the type of a number of a word, in a vocabulary of `words` words."""
    return np.dtype(np.uint16 if words < 2**16 else np.uint32)


def behind(texts: Texts, more: Texts, name: str) -> Column:
    """Return what a column of `more` becomes behind the same column of `texts`: its running numbers go on."""
    column: Column = getattr(more, name)
    if counted := _OFFSET_BY.get(name):
        offset = len(getattr(texts, counted))
        # The end of the texts is there already.
        column = (column[1:] if name in _WITH_END else column) + offset
    return column


class Span(msgspec.Struct, frozen=True):
    """Documents that follow each other: the first and the last (exclusive) of their documents, passages and so on."""

    documents: tuple[int, int]
    passages: tuple[int, int]
    sentences: tuple[int, int]
    tokens: tuple[int, int]
    records: tuple[int, int]

    def rows(self, name: str) -> tuple[int, int]:
        """Return the first and the last row (exclusive) of a column of `Texts`, the end of running numbers included."""
        first, last = getattr(self, _ROWS_ARE[name])
        return first, last + (name in _WITH_END)

    def offset(self, name: str) -> int | None:
        """Return the least number in a column of running numbers, None for another column."""
        counted = _COUNTS.get(name)
        return int(getattr(self, counted)[0]) if counted else None

    def counted(self, name: str) -> int:
        """Return how many things a column of running numbers counts, 0 for another column."""
        first, last = getattr(self, _COUNTS[name]) if name in _COUNTS else (0, 0)
        return int(last - first)


def spans_without(texts: Texts, dropped: frozenset[str]) -> tuple[list[Span], list[Span]]:
    """Return the spans of the documents that are not in `dropped`, and of those that are."""
    kept = np.array([document not in dropped for document in texts.documents], bool)
    return _spans(texts, kept), _spans(texts, ~kept)


def _spans(texts: Texts, meant: Column) -> list[Span]:
    edges = np.flatnonzero(np.diff(meant, prepend=False, append=False)).tolist()
    return [_span(texts, first, last) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _span(texts: Texts, first: int, last: int) -> Span:
    passages = _pair(np.searchsorted(texts.passage_document, [first, last]))
    sentences = _pair(np.searchsorted(texts.sentence_passage, passages))
    return Span(
        documents=(first, last),
        passages=passages,
        sentences=sentences,
        tokens=_pair(texts.sentence_start[list(sentences)]),
        records=_pair(texts.record_start[list(passages)]),
    )


def _pair(numbers: Column) -> tuple[int, int]:
    return int(numbers[0]), int(numbers[1])


def without_documents(texts: Texts, dropped: frozenset[str]) -> Texts:
    """Return the texts without the documents `dropped`."""
    parts = [_part(texts, span) for span in spans_without(texts, dropped)[0]]
    words = int(texts.tokens.max(initial=0)) + 1
    return join_texts(parts or [no_texts()], texts.strands, words)


def _part(texts: Texts, span: Span) -> Texts:
    """Return the texts of some documents that follow each other."""
    columns = {}
    for name in Texts.__struct_fields__[2:]:
        column = getattr(texts, name)[slice(*span.rows(name))]
        columns[name] = column if (offset := span.offset(name)) is None else column - column.dtype.type(offset)
    return Texts(documents=texts.documents[slice(*span.documents)], strands=texts.strands, **columns)


def stored_part(texts: Texts, stored: StoredColumns, name: str, spans: Sequence[Span]) -> Pieces:
    """Return a column of the documents in `spans` alone, which is read from the stored texts while it is written."""
    dtype = getattr(texts, name).dtype

    def arrays() -> Iterator[Column]:
        counted = 0
        for span in spans:
            first, last = span.rows(name)
            offset = span.offset(name)
            # The end of one span is the beginning of the next.
            for piece in stored.pieces(name, first, last - (name in _WITH_END)):
                yield piece if offset is None else piece + dtype.type(counted) - dtype.type(offset)
            counted += span.counted(name)
        if name in _WITH_END:
            yield np.array([counted], dtype)

    return Pieces(dtype, arrays())


def no_texts() -> Texts:
    """Return texts without any document."""
    empty = Cutter(Vocabulary()).cut("", ())
    return msgspec.structs.replace(empty, documents=())


def letter_counts(words: Sequence[str]) -> Column:
    """Count the letters a-z, and all other characters together, in each word.

    Return a uint8 array of the shape (27, words).
    """
    lengths = np.array([len(word) for word in words], np.int64)
    codes = np.frombuffer("".join(words).encode("latin-1", "replace"), np.uint8).astype(np.int64) - ord("a")
    codes[(codes < 0) | (codes > 25)] = 26
    owners = np.repeat(np.arange(len(words)), lengths)
    counts = np.bincount(codes * len(words) + owners, minlength=27 * len(words))
    return np.minimum(counts, 255).astype(np.uint8).reshape(27, len(words))
