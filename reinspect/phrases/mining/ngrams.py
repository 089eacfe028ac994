"""Find the n-grams (runs of 2 to 7 words) that recur, with numpy.

    token stream      drift and delay 0 drift and delay    words as numbers; no n-gram contains a 0
    start at place 0  0 drift and delay 0 0 0 0 0          the word before, the word itself, the seven words after it
    start at place 4  0 drift and delay 0 0 0 0 0
    length 2          "drift and" at places 0 and 4        it recurs, so it is extended by a word
    length 3          "drift and delay" at places 0 and 4  2 uses; no word follows, so there is no length 4

Only n-grams that recur are extended by a word, because a longer one cannot recur where the shorter one does not. The
sort key and the row of an n-gram are packed into one integer; numpy sorts these several times faster than it sorts rows
by separate keys.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column

# The most words of an n-gram.
LONGEST = 7
# Keys that fit into this many bits together with the row are packed into one integer.
_BITS = 63
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class TokenStream(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words of some inspections, as arrays with one entry per word, inspection by inspection.

    - `words`: the number of the word's singular; 0 is a barrier, which no n-gram contains.
    - `sentence`, `inspection`: the number of the sentence and of the inspection.
    - `place`: the position of the word in the token array of the index.
    - `critical`: how critical the sentence is, from 0 to 1.
    """

    words: Column
    sentence: Column
    inspection: Column
    place: Column
    critical: Column


class NgramStarts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words at which an n-gram may begin, inspection by inspection.

    - `words`: shape (9, starts): the word before, the word itself, and the seven words after it; 0 means no word in the
      same sentence.
    - `inspection`: the inspection number of each start.
    - `place`: the position of each start in the token array of the index.
    - `critical`: how critical the sentence of each start is, from 0 to 1.
    """

    words: Column
    inspection: Column
    place: Column
    critical: Column

    def __len__(self) -> int:
        return len(self.place)


def find_starts(stream: TokenStream) -> NgramStarts:
    """Return all possible starts of n-grams: words that are followed by another word in their sentence."""
    same_sentence = stream.sentence[1:] == stream.sentence[:-1]
    places = np.flatnonzero((stream.words[:-1] > 0) & (stream.words[1:] > 0) & same_sentence)
    words = np.zeros((LONGEST + 2, len(places)), np.uint32)
    near = np.zeros(len(stream.words), np.uint32)
    for row, offset in enumerate(range(-1, LONGEST + 1)):
        here = slice(max(-offset, 0), -offset if offset > 0 else None)
        there = slice(max(offset, 0), offset if offset < 0 else None)
        near[:] = 0
        np.multiply(stream.words[there], stream.sentence[there] == stream.sentence[here], out=near[here])
        words[row] = near[places]
    return NgramStarts(
        words=words,
        inspection=stream.inspection[places],
        place=stream.place[places],
        critical=stream.critical[places],
    )


class Ngrams(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All recurring n-grams of one length, sorted by their words.

    - `rows`, `starts`: n-gram g begins at the starts `rows[starts[g]:starts[g + 1]]` of an `NgramStarts`.
    - `spread`: how many inspections use each n-gram.
    - `head`: the number of each n-gram without its last word, among the recurring n-grams that are one word shorter.
    """

    length: int
    rows: Column
    starts: Column
    spread: Column
    head: Column

    @property
    def counts(self) -> Column:
        """The number of uses of each n-gram."""
        counts: Column = np.diff(self.starts)
        return counts

    def words(self, all_starts: NgramStarts) -> Column:
        """Return the word numbers of each n-gram, shape (n-grams, length)."""
        words: Column = all_starts.words[1 : self.length + 1, self.rows[self.starts[:-1]]].T
        return words


def recurring_ngrams(all_starts: NgramStarts, least: int) -> Iterator[Ngrams]:
    """Generate the n-grams that at least `least` inspections use: those of two words, then of three, and so on."""
    rows = np.arange(len(all_starts))
    owner = all_starts.words[1].astype(np.int64)
    for length in range(2, LONGEST + 1):
        word = all_starts.words[length, rows]
        rows, owner = rows[word > 0], owner[word > 0]
        groups = StartGroups.build(owner, word[word > 0], rows, all_starts.inspection)
        kept = groups.spread >= least
        if not kept.any():
            return
        counts = groups.counts[kept]
        rows = groups.rows[np.repeat(kept, groups.counts)]
        starts = np.concatenate([[0], np.cumsum(counts)])
        yield Ngrams(length=length, rows=rows, starts=starts, spread=groups.spread[kept], head=groups.owner[kept])
        owner = np.repeat(np.arange(len(counts)), counts)


class StartGroups(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Possible starts of n-grams in groups: equal n-gram (the "owner"), equal word next to this n-gram.

    The arrays are sorted by n-gram, then word; all but `rows` have one entry per group:

    - `owner`: the number of the n-gram; `word`: the number of the word.
    - `counts`: how many starts the group has; `spread`: in how many inspections.
    - `rows`: the starts themselves, group by group.
    """

    owner: Column
    word: Column
    counts: Column
    spread: Column
    rows: Column

    @classmethod
    def build(cls, owner: Column, word: Column, rows: Column, inspection: Column) -> StartGroups:
        """Group n-gram starts by their n-gram (`owner`) and the word next to the n-gram.

        `rows` are the starts to group, `owner` and `word` have one entry per row. `inspection` is the inspection number
        of every possible start.
        """
        bits = max(len(inspection).bit_length(), 1)
        size = int(word.max(initial=0)) + 1
        keys = owner * size + word
        if int(keys.max(initial=0)).bit_length() + bits <= _BITS:
            packed = np.sort(keys << bits | rows)
            keys, rows = packed >> bits, packed & ((1 << bits) - 1)
        else:
            order = np.lexsort((rows, keys))
            keys, rows = keys[order], rows[order]
        begins = np.diff(keys, prepend=-1) != 0
        # Rows are in the order of inspections, so each change of inspection in a group is another inspection.
        inspections = inspection[rows]
        changes = begins | (inspections != np.roll(inspections, 1))
        starts = np.flatnonzero(begins)
        spread = np.add.reduceat(changes, starts, dtype=np.int64) if len(starts) else starts
        return cls(
            owner=keys[starts] // size,
            word=keys[starts] % size,
            counts=np.diff(starts, append=len(rows)),
            spread=spread,
            rows=rows,
        )


def find_ngrams(stream: TokenStream, ngrams: Column) -> tuple[Column, Column]:
    """Find every use of some n-grams; return the row in `ngrams` and the position in the stream of each use.

    `ngrams` has one row of word numbers per n-gram, padded with 0.
    """
    rows_found, places_found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    lengths = (ngrams > 0).sum(axis=1)
    size = max(int(stream.words.max(initial=0)), int(ngrams.max(initial=0))) + 1
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        known = np.zeros((length, size), bool)
        known[np.arange(length)[:, None], ngrams[rows, :length].T] = True
        places = np.flatnonzero(known[0][stream.words[: max(len(stream.words) - length + 1, 0)]])
        for step in range(1, length):
            places = places[known[step][stream.words[places + step]]]
        places = places[stream.sentence[places] == stream.sentence[places + length - 1]]
        wanted = hash_ngrams(ngrams[rows, :length].T)
        order = np.argsort(wanted)
        hashes = hash_ngrams(stream.words[places + np.arange(length)[:, None]])
        at = order[np.minimum(np.searchsorted(wanted[order], hashes), len(rows) - 1)]
        same = wanted[at] == hashes
        rows_found.append(rows[at[same]])
        places_found.append(places[same])
    return np.concatenate(rows_found), np.concatenate(places_found)


def count_inspections(stream: TokenStream, owners: Column, places: Column, count: int) -> Column:
    """Return in how many inspections each phrase is used, for phrases numbered 0 to `count` - 1.

    `places` are the positions of all uses in the stream, `owners` the phrase number of each use.
    """
    inspections = int(stream.inspection.max(initial=0)) + 1
    pairs = np.unique(owners * inspections + stream.inspection[places])
    return np.bincount(pairs // inspections, minlength=count)


def hash_ngrams(words: Column) -> Column:
    """Return a 64-bit hash of each n-gram; `words` has one column of word numbers per n-gram."""
    # Different n-grams practically never share a hash.
    hashes = np.zeros(words.shape[1], np.uint64)
    with np.errstate(over="ignore"):
        for row in words:
            hashes = (hashes ^ row.astype(np.uint64)) * _FACTOR
            hashes ^= hashes >> np.uint64(29)
    return hashes
