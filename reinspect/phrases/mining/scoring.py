"""Score the n-grams (runs of words) that may be phrases. The score is a product of factors:

    phrase         "placement stability", 40 uses in 20 inspections
    spread         20 / sqrt(20 + 8)                                                   3.78
    C-value        log2(1 + 40 - 4); the longer phrases with it have 4 uses each       5.21
    content words  2 ** 0.9                                                            1.87
    generic share  1.15 - 0; neither word is generic                                   1.15
    variety        0.4 + 0.6 x 0.9; the words next to it vary nearly as much as can be 0.94
    cohesion       0.8 x 40 / (40 + 2); the two words attract each other strongly      0.76
    score          the product of these                                                30.3

An n-gram that nearly always has another noun next to it scores 0. The C-value follows Frantzi, Ananiadou and Mima
(2000). Criticism is a separate factor for the order "issues" (`Candidates.lift`).
"""

from __future__ import annotations

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.mining.flags import WordFlags
from reinspect.phrases.mining.ngrams import (
    LONGEST,
    Ngrams,
    NgramStarts,
    StartGroups,
    TokenStream,
    count_inspections,
    find_ngrams,
    hash_ngrams,
    recurring_ngrams,
)

# An n-gram with this share of its uses inside one longer n-gram is only a part of that one.
_PART_OF_LONGER = 0.85
# Uses with average criticism that are added to every n-gram, so that two critical uses alone prove nothing; and the
# same for the background, which is larger.
_PRIOR_USES, _PRIOR_USES_ELSEWHERE = 3.0, 10.0
# Up to about this many inspections the score grows in proportion to their number, then with the square root.
_FEW_INSPECTIONS = 8
# Uses by which the cohesion of rare n-grams is discounted: two words that met twice may have met by chance.
_CHANCE_USES = 2
# From this many uses on the background decides whether an n-gram is a whole phrase.
_ENOUGH_USES = 10
# A phrase begins, and ends, without another noun next to it in this share of its uses at least.
_FREE_EDGE = 0.1
_ASPECT_LIFT, _LENGTH_POWER = 1.6, 0.9


class Candidates(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """N-grams that may be phrases, as arrays with one entry per n-gram.

    - `words`: the word numbers, shape (n-grams, 7), padded with 0.
    - `counts`: the number of uses; `spread`: the number of inspections that use the n-gram.
    - `score`: the score without any criticism.
    - `criticism`: how critical the sentences with the n-gram are, from 0 to 1. `average_criticism` is the average of
      all words.
    - `aspect_lift`: more than 1 for an n-gram that begins like "timeliness of".
    - `places`, `starts`: n-gram c begins at the token positions `places[starts[c] : starts[c] + counts[c]]`.
    """

    words: Column
    counts: Column
    spread: Column
    score: Column
    criticism: Column
    aspect_lift: Column
    places: Column
    starts: Column
    average_criticism: float

    def occurrences(self, row: int) -> Column:
        """Return the token positions at which the n-gram in this row begins."""
        start = self.starts[row]
        return self.places[start : start + self.counts[row]]

    def lift(self, expected: Column | float = 1.0) -> Column:
        """Return how critical the sentences with each n-gram are, relative to all words: 1 is average.

        Rare n-grams are moved towards `expected`, their value in other texts.
        """
        prior = self.average_criticism * expected * _PRIOR_USES
        smoothed = (self.criticism * self.counts + prior) / (self.counts + _PRIOR_USES)
        lift: Column = smoothed / self.average_criticism * self.aspect_lift
        return lift


class ShardCounts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The counts of all n-grams in one shard (a part of the n-grams of the texts).

    - `columns`: arrays about the n-grams that may be phrases, by name; `columns["counts"]` are the uses of each.
    - `places`: the token positions of all these uses, n-gram by n-gram.
    - `keys`: the sorted hashes of all recurring n-grams; `uses`: the number of uses of each.
    """

    columns: dict[str, Column]
    places: Column
    keys: Column
    uses: Column


def count_shard(all_starts: NgramStarts, flags: WordFlags, least: int) -> ShardCounts:
    """Count the n-grams that begin at `all_starts` and that at least `least` inspections use.

    `all_starts` must include all starts with the same first two words.
    """
    parts: list[dict[str, Column]] = []
    places, keys, uses = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    shorter = np.zeros(0, np.int64)
    for ngrams in recurring_ngrams(all_starts, least):
        columns, candidate_places = _candidates_of_length(all_starts, ngrams, shorter, flags, least)
        parts.append(columns)
        places.append(candidate_places)
        keys.append(hash_ngrams(ngrams.words(all_starts).T))
        uses.append(ngrams.counts)
        shorter = ngrams.counts
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    all_keys = np.concatenate(keys)
    order = np.argsort(all_keys)
    return ShardCounts(
        columns=joined, places=np.concatenate(places), keys=all_keys[order], uses=np.concatenate(uses)[order]
    )


def score_candidates(
    columns: dict[str, Column], tails: Column, places: Column, totals: Column, average_criticism: float
) -> Candidates:
    """Return the counted n-grams with their scores, sorted by length and words.

    `columns` and `places` come from `count_shard`. `tails` are the uses of each n-gram without its first word, `totals`
    the uses of each word (at 0, of all words together).
    """
    if not columns:
        none = np.zeros(0, np.int64)
        empty = dict.fromkeys(("counts", "spread", "places", "starts"), none)
        weights = dict.fromkeys(("score", "criticism", "aspect_lift"), np.zeros(0))
        no_words = np.zeros((0, LONGEST), np.int64)
        return Candidates(words=no_words, average_criticism=average_criticism, **empty, **weights)
    counts, words = columns["counts"], columns["words"]
    length = np.count_nonzero(words, axis=1)
    first, last = totals[words[:, 0]], totals[words[np.arange(len(words)), length - 1]]
    pair = length == 2
    heads, tails = np.where(pair, first, columns["heads"]), np.where(pair, last, tails)
    order = np.lexsort((*words.T[::-1], length))
    starts = np.cumsum(counts) - counts
    return Candidates(
        words=words[order],
        counts=counts[order],
        spread=columns["spread"][order],
        score=(columns["weight"] * _cohesion(counts, (first, tails), (last, heads), int(totals[0])))[order],
        criticism=columns["criticism"][order],
        aspect_lift=columns["aspect_lift"][order],
        places=places,
        starts=starts[order],
        average_criticism=average_criticism,
    )


def _candidates_of_length(
    all_starts: NgramStarts, ngrams: Ngrams, shorter: Column, flags: WordFlags, least: int
) -> tuple[dict[str, Column], Column]:
    """Return arrays about the n-grams of one length that may be phrases, and all their token positions.

    `shorter` are the uses of the n-grams that are one word shorter.
    """
    words = ngrams.words(all_starts).astype(np.int64)
    content_words, generic, aspect = _generic_share(words, flags)
    possible = np.flatnonzero(flags.opens[words[:, 0]] & flags.closes[words[:, -1]] & (generic < 1))
    counts = ngrams.counts[possible]
    owner = np.repeat(np.arange(len(possible)), counts)
    rows = ngrams.rows[ranges(ngrams.starts[possible], counts)]
    longer = least if ngrams.length < LONGEST else None
    before, after = (
        _neighbours(
            StartGroups.build(owner, all_starts.words[row, rows], rows, all_starts.inspection),
            counts,
            edge,
            longer,
            flags,
        )
        for row, edge in ((0, flags.opens), (ngrams.length + 1, flags.closes))
    )
    share_of_longer = np.maximum(before.most, after.most) / np.maximum(counts, 1)
    # "Proceedings stage" after "pre-" lacks the first part of a hyphenated word.
    broken = 2 * np.bincount(owner, flags.prefix[all_starts.words[0, rows]], len(possible)) > counts
    kept = (share_of_longer < _PART_OF_LONGER) & ~broken
    criticised = np.bincount(owner, all_starts.critical[rows], len(possible))
    found = possible[kept]
    weight = _weights(ngrams.spread[possible], counts, (content_words[possible], generic[possible]), (before, after))
    columns = {
        "words": np.pad(words[found], ((0, 0), (0, LONGEST - ngrams.length))),
        "counts": counts[kept],
        "spread": ngrams.spread[found],
        "heads": shorter[ngrams.head[found]] if len(shorter) else np.zeros(len(found), np.int64),
        "weight": weight[kept],
        "criticism": (criticised / np.maximum(counts, 1))[kept],
        "aspect_lift": np.where(aspect[found], _ASPECT_LIFT, 1.0),
    }
    return columns, all_starts.place[rows[kept[owner]]]


def _weights(
    spread: Column, counts: Column, words: tuple[Column, Column], neighbours: tuple[_Neighbours, _Neighbours]
) -> Column:
    """Return the product of all factors but the cohesion (see the top), for each n-gram.

    `words` are the number of content words and the share of generic ones, `neighbours` the words before and after.
    """
    (content_words, generic), (before, after) = words, neighbours
    nested = (before.total + after.total) / np.maximum(before.kinds + after.kinds, 1)
    by_spread = spread / np.sqrt(spread + _FEW_INSPECTIONS)
    c_value = np.log2(1 + np.maximum(counts - nested, 0))
    variety = 0.4 + 0.6 * np.minimum(before.variety, after.variety)
    is_whole = (before.alone >= _FREE_EDGE * counts) & (after.alone >= _FREE_EDGE * counts)
    weights: Column = by_spread * c_value * content_words**_LENGTH_POWER * (1.15 - generic) * variety * is_whole
    return weights


def _generic_share(words: Column, flags: WordFlags) -> tuple[Column, Column, Column]:
    """Return three arrays with one entry per n-gram.

    - The number of words that carry meaning.
    - The share of these words that are generic, which means too common in this field ("child", "plan").
    - Whether the n-gram begins like "timeliness of".
    """
    content = flags.content[words]
    content_words = content.sum(axis=1)
    # "Timeliness of" is not counted: "timeliness of assessments" is as generic as "assessments".
    aspect = flags.aspect[words[:, 0]] & flags.aspect_link[words[:, 1]]
    generic = (content & flags.generic[words])[:, 1:].sum(axis=1) + (flags.generic[words[:, 0]] & ~aspect)
    return content_words, generic / np.maximum(content_words - aspect, 1), aspect


class _Neighbours(msgspec.Struct, frozen=True, eq=False):
    """Numbers about the words directly before (or directly after) each n-gram.

    - `most`, `total`, `kinds`: about the recurring n-grams that are longer by this word: the uses of the commonest, the
      uses of all, and how many there are.
    - `alone`: the number of uses without a noun there.
    - `variety`: how much the words vary, as an entropy from 0 to 1; a broken-off phrase has low variety.
    """

    most: Column
    total: Column
    kinds: Column
    alone: Column
    variety: Column


def _neighbours(groups: StartGroups, counts: Column, edge: Column, least: int | None, flags: WordFlags) -> _Neighbours:
    """Count the words directly before (or directly after) n-grams that have `counts` uses.

    `edge` tells which words may begin (or end) a phrase. N-grams that are one word longer count if at least `least`
    inspections use them; None means that they do not count.
    """
    # Only a word that may be an edge of a phrase makes a longer n-gram. Otherwise "the timeliness of assessments" would
    # replace "timeliness of assessments" and then be dropped itself for its first word.
    longer = edge[groups.word] & (groups.spread >= least if least is not None else False)
    most = np.zeros(len(counts), np.int64)
    np.maximum.at(most, groups.owner[longer], groups.counts[longer])
    noun = flags.closes[groups.word]
    content = (groups.word > 0) & flags.content[groups.word]
    repetition = np.bincount(
        groups.owner[content], groups.counts[content] * np.log2(groups.counts[content]), minlength=len(counts)
    )
    return _Neighbours(
        most=most,
        total=np.bincount(groups.owner[longer], groups.counts[longer], minlength=len(counts)),
        kinds=np.bincount(groups.owner[longer], minlength=len(counts)),
        alone=counts - np.bincount(groups.owner[noun], groups.counts[noun], minlength=len(counts)),
        variety=1 - repetition / np.maximum(counts * np.log2(np.maximum(counts, 2)), 1),
    )


def _cohesion(counts: Column, first: tuple[Column, Column], last: tuple[Column, Column], whole: int) -> Column:
    """Return how strongly the first and last word of each n-gram attract the rest, from 0 to 1.

    This is the normalised pointwise mutual information, discounted for rare n-grams (Pantel and Lin 2002). `first` and
    `last` are pairs: the uses of that word among all `whole` words, and the uses of the rest of the n-gram.
    """
    scale = np.maximum(-np.log(counts / whole), 1e-9)
    information = [np.log(counts * whole / (edge * rest.astype(np.float64))) / scale for edge, rest in (last, first)]
    cohesion: Column = np.clip(np.minimum(*information), 0.02, 1.0) * counts / (counts + _CHANCE_USES)
    return cohesion


class BackgroundCounts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Counts of n-grams in the background, the texts that mined phrases are compared with.

    - `spread`: how many inspections use each n-gram.
    - `counts`: the uses of each n-gram; `criticised`: the uses in critical sentences.
    - `before`, `after`: the uses without a noun directly before or after the n-gram.
    - `size`: the number of words of the texts; `critical`: the sum of the criticism of these words.
    """

    spread: Column
    counts: Column
    criticised: Column
    before: Column
    after: Column
    critical: float
    size: int

    @property
    def lift(self) -> Column:
        """The relative criticism in the sentences with each n-gram: 1 is the average of all words."""
        average = max(self.critical / max(self.size, 1), 1e-9)
        lift: Column = (self.criticised / average + _PRIOR_USES_ELSEWHERE) / (self.counts + _PRIOR_USES_ELSEWHERE)
        return lift

    @property
    def whole(self) -> Column:
        """A bool array: False for an n-gram that is only a part of longer phrases."""
        alone: Column = np.minimum(self.before, self.after) >= _FREE_EDGE * self.counts
        return alone | (self.counts < _ENOUGH_USES)

    def __add__(self, other: BackgroundCounts) -> BackgroundCounts:
        """Add the counts of other texts, which must have no inspection in common with these."""
        return BackgroundCounts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


def count_in_background(stream: TokenStream, ngrams: Column, flags: WordFlags) -> BackgroundCounts:
    """Count the uses of `ngrams` (rows of word numbers, padded with 0) in a background text."""
    found, places = find_ngrams(stream, ngrams)
    alone = []
    for offset in (-1, np.count_nonzero(ngrams, axis=1)[found]):
        near = np.clip(places + offset, 0, len(stream.words) - 1)
        noun = flags.closes[stream.words[near]] & (stream.sentence[near] == stream.sentence[places])
        alone.append(np.bincount(found, ~noun, len(ngrams)))
    return BackgroundCounts(
        spread=count_inspections(stream, found, places, len(ngrams)),
        counts=np.bincount(found, minlength=len(ngrams)),
        criticised=np.bincount(found, stream.critical[places], len(ngrams)),
        before=alone[0],
        after=alone[1],
        critical=float(stream.critical.sum(dtype=np.float64)),
        size=len(stream.words),
    )
