"""Runs of words that may be phrases, and what they are worth: spread, C-value, cohesion, freedom, criticism."""

from __future__ import annotations

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column, ranges
from reinspect.phrases.mining.ngrams import (
    LONGEST,
    Groups,
    Ngrams,
    NgramStarts,
    TokenStream,
    keys_of,
    ngram_uses,
    recurring_ngrams,
    spread,
)
from reinspect.phrases.mining.portions import Flags

# A phrase is only a part of a longer one that has this share of its uses.
_CLOSED = 0.85
# Uses at the expected rate that every phrase is given, so that two critical uses are no proof.
CAUTION = 3.0
# Up to about so many inspections each one more counts in full; beyond, by the square root.
_FEW = 8
_CHANCE = 2
# The same for what is known from elsewhere, and the uses from which on a run is known there.
_CAUTION_ELSEWHERE, _KNOWN = 10.0, 10
# A phrase begins and ends by itself in this share of its uses.
_ALONE = 0.1
_ASPECT, _LENGTH_POWER = 1.6, 0.9


class Candidates(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Runs that may be phrases, one a row: `words` (padded with 0), how often they stand and in how many inspections.

    `worth` is what they are worth before any criticism, `criticism` the share of their uses that are criticised,
    `stress` more than 1 for an aspect ("the timeliness of ..."). Run c begins at the tokens
    `places[starts[c] : starts[c] + counts[c]]` of the index. Of all words mined the share `common` is criticised.
    """

    words: Column
    counts: Column
    spread: Column
    worth: Column
    criticism: Column
    stress: Column
    places: Column
    starts: Column
    common: float

    def occurrences(self, row: int) -> Column:
        """Where a run begins among the tokens of the index, inspection by inspection."""
        start = self.starts[row]
        return self.places[start : start + self.counts[row]]

    def lift(self, expected: Column | float = 1.0) -> Column:
        """How much more each run is criticised than all words are. `expected` is what is known of it from elsewhere."""
        prior = self.common * expected * CAUTION
        lift: Column = (self.criticism * self.counts + prior) / (self.counts + CAUTION) / self.common * self.stress
        return lift


class Seen(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What the windows of one shard tell: of runs that may be phrases (`columns`), and of all that recur how often.

    Run c stands at `counts[c]` of the `places`, which follow one another; `keys` are sorted, each with its uses.
    """

    columns: dict[str, Column]
    places: Column
    keys: Column
    uses: Column


def seen(windows: NgramStarts, flags: Flags, least: int) -> Seen:
    """What is told of the runs that begin in these windows, all of those with the same two first words among them."""
    parts: list[dict[str, Column]] = []
    places, keys, uses = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    shorter = np.zeros(0, np.int64)
    for grams in recurring_ngrams(windows, least):
        found, standing = _of_length(windows, grams, shorter, flags, least)
        parts.append(found)
        places.append(standing)
        keys.append(keys_of(grams.words(windows).T))
        uses.append(grams.counts)
        shorter = grams.counts
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    known = np.concatenate(keys)
    order = np.argsort(known)
    return Seen(columns=columns, places=np.concatenate(places), keys=known[order], uses=np.concatenate(uses)[order])


def weighed(columns: dict[str, Column], tails: Column, places: Column, totals: Column, common: float) -> Candidates:
    """The candidates that `seen` told of.

    `tails` is how often each stands without its first word, `totals` how often each word stands (at 0: how many words
    there are in all), `places` where all candidates stand.
    """
    if not columns:
        none = np.zeros(0, np.int64)
        empty = dict.fromkeys(("counts", "spread", "places", "starts"), none)
        weights = dict.fromkeys(("worth", "criticism", "stress"), np.zeros(0))
        return Candidates(words=np.zeros((0, LONGEST), np.int64), common=common, **empty, **weights)
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
        worth=(columns["weight"] * _cohesion(counts, (first, tails), (last, heads), int(totals[0])))[order],
        criticism=columns["criticism"][order],
        stress=columns["stress"][order],
        places=places,
        starts=starts[order],
        common=common,
    )


def _of_length(
    windows: NgramStarts, grams: Ngrams, shorter: Column, flags: Flags, least: int
) -> tuple[dict[str, Column], Column]:
    """What is told of the runs of one length, and where they stand. `shorter` counts the runs one word shorter."""
    words = grams.words(windows).astype(np.int64)
    content = flags.content[words]
    carrying = content.sum(axis=1)
    aspect = flags.aspect[words[:, 0]] & flags.joint[words[:, 1]]
    # "The timeliness of" something is as general as that thing is.
    general = (content & flags.generic[words])[:, 1:].sum(axis=1) + (flags.generic[words[:, 0]] & ~aspect)
    generic = general / np.maximum(carrying - aspect, 1)
    # Those that may be phrases by their words, then by what stands beside them.
    told = np.flatnonzero(flags.opens[words[:, 0]] & flags.closes[words[:, -1]] & (generic < 1))
    counts = grams.counts[told]
    owner = np.repeat(np.arange(len(told)), counts)
    rows = grams.rows[ranges(grams.starts[told], counts)]
    longer = least if grams.length < LONGEST else None
    before, after = (
        _beside(Groups.of(owner, windows.words[step, rows], rows, windows.inspection), counts, edge, longer, flags)
        for step, edge in ((0, flags.opens), (grams.length + 1, flags.closes))
    )
    part = np.maximum(before.most, after.most) / np.maximum(counts, 1)
    # "Proceedings stage" where "pre-" stands before it lacks the first part of a hyphenated word.
    cut = 2 * np.bincount(owner, flags.prefix[windows.words[0, rows]], len(told)) > counts
    kept = (part < _CLOSED) & ~cut
    nested = (before.total + after.total) / np.maximum(before.kinds + after.kinds, 1)
    criticised = np.bincount(owner, windows.critical[rows], len(told))
    found = told[kept]
    weight = (
        grams.spread[told]
        / np.sqrt(grams.spread[told] + _FEW)
        * np.log2(1 + np.maximum(counts - nested, 0))
        * carrying[told] ** _LENGTH_POWER
        * (1.15 - generic[told])
        * (0.4 + 0.6 * np.minimum(before.variety, after.variety))
        * ((before.alone >= _ALONE * counts) & (after.alone >= _ALONE * counts))
    )
    columns = {
        "words": np.pad(words[found], ((0, 0), (0, LONGEST - grams.length))),
        "counts": counts[kept],
        "spread": grams.spread[found],
        "heads": shorter[grams.head[found]] if len(shorter) else np.zeros(len(found), np.int64),
        "weight": weight[kept],
        "criticism": (criticised / np.maximum(counts, 1))[kept],
        "stress": np.where(aspect[found], _ASPECT, 1.0),
    }
    return columns, windows.place[rows[kept[owner]]]


class _Beside(msgspec.Struct, frozen=True, eq=False):
    """What stands on one side of some runs.

    Of the runs made longer by a content word that recur: the uses of the commonest, of all, and how many such runs
    there are. Only these count: else "the timeliness of assessments" would put out "timeliness of assessments" and then
    go out itself for its edge. `alone` is in how many uses no noun goes on ("quality of pathway" has none). `variety`
    is the entropy of the words beside a run, over the greatest possible: one that is broken off is bound at one edge.
    """

    most: Column
    total: Column
    kinds: Column
    alone: Column
    variety: Column


def _beside(groups: Groups, counts: Column, edge: Column, least: int | None, flags: Flags) -> _Beside:
    """What stands beside runs that stand `counts` times: words of which those that may be an `edge` make them longer.

    With no `least` no longer run recurs.
    """
    longer = edge[groups.word] & (groups.spread >= least if least is not None else False)
    most = np.zeros(len(counts), np.int64)
    np.maximum.at(most, groups.owner[longer], groups.counts[longer])
    noun = flags.closes[groups.word]
    bound = (groups.word > 0) & flags.content[groups.word]
    entropy = np.bincount(
        groups.owner[bound], groups.counts[bound] * np.log2(groups.counts[bound]), minlength=len(counts)
    )
    return _Beside(
        most=most,
        total=np.bincount(groups.owner[longer], groups.counts[longer], minlength=len(counts)),
        kinds=np.bincount(groups.owner[longer], minlength=len(counts)),
        alone=counts - np.bincount(groups.owner[noun], groups.counts[noun], minlength=len(counts)),
        variety=1 - entropy / np.maximum(counts * np.log2(np.maximum(counts, 2)), 1),
    )


def _cohesion(counts: Column, first: tuple[Column, Column], last: tuple[Column, Column], whole: int) -> Column:
    """How firmly the first word holds to the rest, and the last (normalised pointwise mutual information, the less).

    `first` and `last` are how often that word stands among the `whole` of words, and how often the rest of the run.
    """
    scale = np.maximum(-np.log(counts / whole), 1e-9)
    held = [np.log(counts * whole / (edge * rest.astype(np.float64))) / scale for edge, rest in (last, first)]
    # Two words that met twice may have met by chance (Pantel and Lin 2002 discount so).
    cohesion: Column = np.clip(np.minimum(*held), 0.02, 1.0) * counts / (counts + _CHANCE)
    return cohesion


class Repute(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What other texts tell of runs: in how many inspections, how often they stand, criticised, and by themselves.

    `before` and `after` count the uses where no noun goes on; `critical` of the `size` words there are criticised.
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
        """How much more each run is criticised than all words are; near 1 for one that is hardly known."""
        common = max(self.critical / max(self.size, 1), 1e-9)
        lift: Column = (self.criticised / common + _CAUTION_ELSEWHERE) / (self.counts + _CAUTION_ELSEWHERE)
        return lift

    @property
    def whole(self) -> Column:
        """Which runs stand by themselves; one that is hardly known is taken to."""
        alone: Column = np.minimum(self.before, self.after) >= _ALONE * self.counts
        return alone | (self.counts < _KNOWN)

    def __add__(self, other: Repute) -> Repute:
        """The same of both texts, which have no inspection in common."""
        return Repute(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


def repute(running: TokenStream, runs: Column, flags: Flags) -> Repute:
    """What these texts tell of `runs` (rows of words padded with 0)."""
    found, places = ngram_uses(running, runs)
    alone = []
    for step in (-1, np.count_nonzero(runs, axis=1)[found]):
        near = np.clip(places + step, 0, len(running.words) - 1)
        noun = flags.closes[running.words[near]] & (running.sentence[near] == running.sentence[places])
        alone.append(np.bincount(found, ~noun, len(runs)))
    return Repute(
        spread=spread(running, found, places, len(runs)),
        counts=np.bincount(found, minlength=len(runs)),
        criticised=np.bincount(found, running.critical[places], len(runs)),
        before=alone[0],
        after=alone[1],
        critical=float(running.critical.sum(dtype=np.float64)),
        size=len(running.words),
    )
