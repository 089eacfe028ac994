"""Passages as columns of numbers: the words of every sentence, and where each sentence stands.

Every sentence is followed by `PAD` empty places, so that a window of words never reaches from one sentence into the
next. The last sentence's places serve the first one too: numpy counts negative positions from the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_args

import msgspec
import numpy as np

from reinspect.model import Passage, Role
from reinspect.phrases.index.column_file import Column
from reinspect.phrases.words import END, PASSAGE_END, WORD, Lexicon, canonical, fold

PAD = 6
ROLES: tuple[Role, ...] = get_args(Role)
# "(MARAC)", "(paragraphs 12 and 13)": more words than this between brackets are a part of the sentence.
_LONGEST_ASIDE = 6
_LONGEST_MARKED = 255
_APOSTROPHES = [ord(mark) for mark in "'\u2019\u02bc\u00b4`"]


class Texts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The passages of some documents.

    `tokens`: word numbers (0 is no word). `aside`: whether a token stands in brackets. `token_start`, `token_length`:
    the characters of the passage's text where it is printed. `sentence_start`: place of each sentence's first token,
    and one past the end. `sentence_opening`: the character of the passage's text from which
    the sentence is read. `sentence_passage`, `passage_document`, `passage_strand`, `passage_role`: numbers of passages,
    documents, `strands`, `ROLES`. `records`: every passage as MessagePack, each from one `record_start` to the next.
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
        """A passage by its number among all of them."""
        start, end = self.record_start.item(number), self.record_start.item(number + 1)
        return _PASSAGES.decode(self.records.data[start:end])

    def passages(self, numbers: Column) -> Iterator[Passage]:
        """Several passages by their numbers, in the order given."""
        starts, ends = self.record_start[numbers].tolist(), self.record_start[numbers + 1].tolist()
        records = self.records.data
        return (_PASSAGES.decode(records[start:end]) for start, end in zip(starts, ends, strict=True))


_PASSAGES = msgspec.msgpack.Decoder(Passage)
# Columns that hold a running number, and what they count: where texts are joined, the later ones count on.
_RUNNING = {
    "sentence_start": "tokens",
    "sentence_passage": "passage_role",
    "passage_document": "documents",
    "record_start": "records",
}


class Vocabulary:
    """The words met so far, numbered from 1, and the number of each one's singular."""

    def __init__(self, known: Sequence[str] = (), folded: Sequence[int] = ()) -> None:
        self.words = list(known) or [""]
        self.folded = list(folded) or [0]
        self.numbers = {word: number for number, word in enumerate(self.words)}

    def number(self, word: str) -> int:
        """The number of a canonical word, given to it now if it is new."""
        if word not in self.numbers:
            self.numbers[word] = len(self.words)
            self.words.append(word)
        return self.numbers[word]

    def fold_all(self, lists: Lexicon) -> None:
        """Give every new word its singular, which becomes a word of its own where it was not met."""
        while len(self.folded) < len(self.words):
            self.folded.append(self.number(fold(self.words[len(self.folded)], lists)))


class _Numbers(dict[str, int]):
    """Printed words to the numbers of their canonical forms, which are found out when a word is first met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, printed: str) -> int:
        number = self[printed] = self._vocabulary.number(canonical(printed))
        return number


class Cutter:
    """Cuts documents into `Texts` against one growing vocabulary."""

    def __init__(self, vocabulary: Vocabulary, strands: Sequence[str | None] = ()) -> None:
        self.vocabulary = vocabulary
        self.strands: dict[str | None, int] = {strand: number for number, strand in enumerate(strands)}
        self._numbers = _Numbers(vocabulary)

    def cut(self, document: str, passages: Sequence[Passage]) -> Texts:
        """The words of one document. Headings keep their number and give no words."""
        read = [number for number, passage in enumerate(passages) if passage.role != "heading"]
        text = PASSAGE_END.join(passages[number].text.replace(PASSAGE_END, " ") for number in read)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        begins, ends = _printed(text, codes)
        words = [text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        stops = np.array([match.end() for match in END.finditer(text)], np.int64)
        closings = np.flatnonzero(codes == ord(PASSAGE_END)) + 1
        sentence, passage = (np.searchsorted(marks, begins, side="right") for marks in (stops, closings))
        firsts = np.flatnonzero(np.diff(sentence, prepend=-1))
        places = np.arange(len(words)) + PAD * (np.cumsum(np.diff(sentence, prepend=-1) > 0) - 1)
        opening = np.concatenate([[0], closings])[passage]
        records = [msgspec.msgpack.encode(each) for each in passages]

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
            token_length=spread(np.minimum(ends - begins, _LONGEST_MARKED), np.uint8),
            sentence_start=np.append(places[firsts], len(words) + PAD * len(firsts)).astype(np.uint32),
            sentence_passage=np.array(read, np.uint32)[passage[firsts]],
            sentence_opening=(np.concatenate([[0], stops])[sentence] - opening)[firsts].astype(np.uint32),
            passage_document=np.zeros(len(passages), np.uint32),
            passage_strand=np.array([self._strand(each.strand) for each in passages], np.uint8),
            passage_role=np.array([ROLES.index(each.role) for each in passages], np.uint8),
            record_start=np.cumsum([0, *map(len, records)], dtype=np.uint64),
            records=np.frombuffer(b"".join(records), np.uint8),
        )

    def _strand(self, strand: str | None) -> int:
        return self.strands.setdefault(strand, len(self.strands))


def _printed(text: str, codes: Column) -> tuple[Column, Column]:
    """Where each word of a text begins and ends: what `WORD` finds, in a fifth of its time."""
    if np.any((codes >= len(_alphanumeric())) | ((codes >= 0x300) & (codes < 0x370))):
        found = np.array([match.span() for match in WORD.finditer(text)], np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]
    letters = np.zeros(len(codes) + 2, bool)
    letters[1:-1] = _alphanumeric()[codes]
    # An apostrophe between two letters belongs to the word.
    letters[1:-1] |= np.isin(codes, _APOSTROPHES) & letters[:-2] & letters[2:]
    changes = np.flatnonzero(letters[1:] != letters[:-1])
    return changes[::2], changes[1::2]


@cache
def _alphanumeric() -> Column:
    """Whether each character of the basic plane is a letter or a digit."""
    return np.array([chr(code).isalnum() for code in range(0x10000)])


def _asides(codes: Column, begins: Column, stops: Column) -> Column:
    """Which words stand between two brackets that close after few words and in the same sentence."""
    opened, closed = np.flatnonzero(codes == ord("(")), np.flatnonzero(codes == ord(")"))
    following = np.searchsorted(closed, opened)
    opened, shut = opened[following < len(closed)], closed[following[following < len(closed)]]
    first, past = np.searchsorted(begins, opened), np.searchsorted(begins, shut)
    brief = (past - first <= _LONGEST_ASIDE) & (np.searchsorted(stops, opened) == np.searchsorted(stops, shut))
    change = np.zeros(len(begins) + 1, np.int64)
    np.add.at(change, first[brief], 1)
    np.add.at(change, past[brief], -1)
    return np.cumsum(change)[:-1] > 0


def join_texts(parts: Sequence[Texts], strands: Sequence[str | None], words: int) -> Texts:
    """Several texts as one; `words` is the size of the vocabulary, by which the tokens' type is chosen."""
    columns = {}
    for name in Texts.__struct_fields__[2:]:
        pieces = [getattr(part, name) for part in parts]
        if counted := _RUNNING.get(name):
            offsets = np.cumsum([0] + [len(getattr(part, counted)) for part in parts[:-1]])
            pieces = [piece + offset for piece, offset in zip(pieces, offsets.astype(np.int64), strict=True)]
            if name.endswith("_start"):
                pieces = [*(piece[:-1] for piece in pieces[:-1]), pieces[-1]]
        columns[name] = np.concatenate(pieces).astype(_type(name, words, parts[0]), copy=False)
    documents = tuple(document for part in parts for document in part.documents)
    return Texts(documents=documents, strands=tuple(strands), **columns)


def _type(name: str, words: int, part: Texts) -> np.dtype[np.generic]:
    if name == "tokens":
        return np.dtype(np.uint16 if words < 2**16 else np.uint32)
    kept: np.dtype[np.generic] = getattr(part, name).dtype
    return kept


def without_documents(texts: Texts, dropped: frozenset[str]) -> Texts:
    """The same texts less some documents."""
    parts = [_alone(texts, number) for number, document in enumerate(texts.documents) if document not in dropped]
    words = int(texts.tokens.max(initial=0)) + 1
    return join_texts(parts or [no_texts()], texts.strands, words)


def _alone(texts: Texts, document: int) -> Texts:
    """One document out of several."""
    passages = slice(*np.searchsorted(texts.passage_document, [document, document + 1]))
    sentences = slice(*np.searchsorted(texts.sentence_passage, [passages.start, passages.stop]))
    starts = texts.sentence_start[sentences.start : sentences.stop + 1].astype(np.int64)
    records = texts.record_start[passages.start : passages.stop + 1].astype(np.int64)
    return Texts(
        documents=(texts.documents[document],),
        strands=texts.strands,
        tokens=texts.tokens[starts[0] : starts[-1]],
        aside=texts.aside[starts[0] : starts[-1]],
        token_start=texts.token_start[starts[0] : starts[-1]],
        token_length=texts.token_length[starts[0] : starts[-1]],
        sentence_start=(starts - starts[0]).astype(np.uint32),
        sentence_passage=texts.sentence_passage[sentences] - np.uint32(passages.start),
        sentence_opening=texts.sentence_opening[sentences],
        passage_document=np.zeros(passages.stop - passages.start, np.uint32),
        passage_strand=texts.passage_strand[passages],
        passage_role=texts.passage_role[passages],
        record_start=(records - records[0]).astype(np.uint64),
        records=texts.records[records[0] : records[-1]],
    )


def no_texts() -> Texts:
    """No document at all."""
    empty = Cutter(Vocabulary()).cut("", ())
    return msgspec.structs.replace(empty, documents=())


def letter_counts(words: Sequence[str]) -> Column:
    """How often each of a-z, and any other character, stands in each word: (27, words) as uint8."""
    lengths = np.array([len(word) for word in words], np.int64)
    codes = np.frombuffer("".join(words).encode("latin-1", "replace"), np.uint8).astype(np.int64) - ord("a")
    codes[(codes < 0) | (codes > 25)] = 26
    owners = np.repeat(np.arange(len(words)), lengths)
    counts = np.bincount(codes * len(words) + owners, minlength=27 * len(words))
    return np.minimum(counts, 255).astype(np.uint8).reshape(27, len(words))
