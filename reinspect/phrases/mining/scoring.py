"""The score of n-grams that may be phrases: a product of factors. An example:

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
    """N-grams that may be phrases, one a row. `words` are padded with 0.

    `counts` are their uses, `spread` the number of inspections that use them. `score` is their score before any
    criticism. `criticism` is the share of uses in critical sentences; the average of all words is `average_criticism`.
    `aspect_lift` is more than 1 for an aspect ("the timeliness of ..."). Candidate c begins at the places
    `places[starts[c] : starts[c] + counts[c]]` of the index.
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
        """Return the places in the index at which a candidate begins, inspection by inspection."""
        start = self.starts[row]
        return self.places[start : start + self.counts[row]]

    def lift(self, expected: Column | float = 1.0) -> Column:
        """Return the criticism of each candidate relative to the average of all words, times its aspect lift.

        `expected` is its lift in the background, which counts as much as three uses.
        """
        prior = self.average_criticism * expected * _PRIOR_USES
        smoothed = (self.criticism * self.counts + prior) / (self.counts + _PRIOR_USES)
        lift: Column = smoothed / self.average_criticism * self.aspect_lift
        return lift


class ShardCounts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The counts of one shard: `columns` of its candidates, and the `uses` of all its recurring n-grams.

    The `places` of the candidates follow one another, `columns["counts"]` for each. `keys` are the sorted hashes of the
    n-grams.
    """

    columns: dict[str, Column]
    places: Column
    keys: Column
    uses: Column


def count_shard(all_starts: NgramStarts, flags: WordFlags, least: int) -> ShardCounts:
    """Return the counts of the n-grams at these starts, which must include all starts with the same first two words.

    Only n-grams that at least `least` inspections use are counted.
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
    """Return the candidates of all shards with their scores, in the order of length and words.

    `columns` and `places` come from `count_shard`. `tails` are the uses of each candidate without its first word,
    `totals` the uses of each word, with those of all words together at 0.
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
    """Return the columns and the places of the candidates among the n-grams of one length.

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
    nested = (before.total + after.total) / np.maximum(before.kinds + after.kinds, 1)
    criticised = np.bincount(owner, all_starts.critical[rows], len(possible))
    found = possible[kept]
    weight = (
        ngrams.spread[possible]
        / np.sqrt(ngrams.spread[possible] + _FEW_INSPECTIONS)
        * np.log2(1 + np.maximum(counts - nested, 0))
        * content_words[possible] ** _LENGTH_POWER
        * (1.15 - generic[possible])
        * (0.4 + 0.6 * np.minimum(before.variety, after.variety))
        * ((before.alone >= _FREE_EDGE * counts) & (after.alone >= _FREE_EDGE * counts))
    )
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


def _generic_share(words: Column, flags: WordFlags) -> tuple[Column, Column, Column]:
    """Return for each n-gram its number of content words, their generic share, and whether it begins with an aspect.

    An aspect is not counted: "timeliness of assessments" is as generic as "assessments".
    """
    content = flags.content[words]
    content_words = content.sum(axis=1)
    aspect = flags.aspect[words[:, 0]] & flags.aspect_link[words[:, 1]]
    generic = (content & flags.generic[words])[:, 1:].sum(axis=1) + (flags.generic[words[:, 0]] & ~aspect)
    return content_words, generic / np.maximum(content_words - aspect, 1), aspect


class _Neighbours(msgspec.Struct, frozen=True, eq=False):
    """The words next to n-grams, on one side.

    `most`, `total` and `kinds` are about the recurring n-grams that are longer by a word that may be an edge of a
    phrase: the uses of the commonest, of all, and their number. Other longer n-grams do not count. Otherwise "the
    timeliness of assessments" would replace "timeliness of assessments" and then be dropped itself for its first word.

    `alone` is the number of uses without a noun next to the n-gram; "quality of pathway" has none. `variety` is the
    entropy of the neighbouring words, divided by the greatest possible; a broken-off phrase has low variety.
    """

    most: Column
    total: Column
    kinds: Column
    alone: Column
    variety: Column


def _neighbours(groups: StartGroups, counts: Column, edge: Column, least: int | None, flags: WordFlags) -> _Neighbours:
    """Return the neighbours of n-grams with `counts` uses. `edge` tells which words may be an edge of a phrase.

    `least` is the number of inspections from which on an n-gram recurs; None if no longer n-grams are counted.
    """
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
    """Return the normalised pointwise mutual information of an edge word and the rest: the lower of both edges.

    `first` and `last` are pairs: the uses of that word among all `whole` words, and the uses of the rest of the n-gram.
    The result is 0.02 to 1; rare n-grams are discounted (Pantel and Lin 2002).
    """
    scale = np.maximum(-np.log(counts / whole), 1e-9)
    information = [np.log(counts * whole / (edge * rest.astype(np.float64))) / scale for edge, rest in (last, first)]
    cohesion: Column = np.clip(np.minimum(*information), 0.02, 1.0) * counts / (counts + _CHANCE_USES)
    return cohesion


class BackgroundCounts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The counts of n-grams in the background, the texts that the mined ones are compared with.

    `spread` are the inspections that use each n-gram, `counts` its uses, `criticised` those in critical sentences.
    `before` and `after` are the uses without a noun on that side. The background has `size` words, with the criticism
    `critical` in all.
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
        """The criticism of each n-gram relative to the average of all words; near 1 for a rare n-gram."""
        average = max(self.critical / max(self.size, 1), 1e-9)
        lift: Column = (self.criticised / average + _PRIOR_USES_ELSEWHERE) / (self.counts + _PRIOR_USES_ELSEWHERE)
        return lift

    @property
    def whole(self) -> Column:
        """True for each n-gram that is a whole phrase, not only a part of longer ones, and for rare ones."""
        alone: Column = np.minimum(self.before, self.after) >= _FREE_EDGE * self.counts
        return alone | (self.counts < _ENOUGH_USES)

    def __add__(self, other: BackgroundCounts) -> BackgroundCounts:
        """Return the counts of both texts together; they must not share an inspection."""
        return BackgroundCounts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


def count_in_background(stream: TokenStream, ngrams: Column, flags: WordFlags) -> BackgroundCounts:
    """Return the counts of `ngrams` (rows of words padded with 0) in a background text."""
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
