"""Runs of words that may be phrases, and what they are worth: spread, C-value, cohesion, freedom, criticism."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from reinspect.phrases.columns import Column, ranges
from reinspect.phrases.grams import LONGEST, Grams, Running, uses
from reinspect.phrases.ground import Flags

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
    `stress` more than 1 for an aspect ("the timeliness of ..."). Run c begins at `places[starts[c]:starts[c + 1]]` of
    the running words, of which the share `common` is criticised.
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
        """Where a run begins in the running words."""
        return self.places[self.starts[row] : self.starts[row + 1]]

    def lift(self, expected: Column | float = 1.0) -> Column:
        """How much more each run is criticised than all words are. `expected` is what is known of it from elsewhere."""
        prior = self.common * expected * CAUTION
        lift: Column = (self.criticism * self.counts + prior) / (self.counts + CAUTION) / self.common * self.stress
        return lift


def weighed(running: Running, levels: Sequence[Grams], flags: Flags, critical: Column) -> Candidates:
    """The runs of two words and more that may be phrases. `critical` is how critical each sentence is."""
    parts = [_of_length(running, levels, number, flags, critical) for number in range(1, len(levels))]
    if not parts:
        parts = [_nothing()]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    starts = np.concatenate([[0], np.cumsum(columns["counts"])])
    common = max(float(critical[running.sentence].mean()) if len(running.sentence) else 0.0, 1e-9)
    return Candidates(starts=starts, common=common, **columns)


def _nothing() -> dict[str, Column]:
    whole = dict.fromkeys(("counts", "spread", "places"), np.zeros(0, np.int64))
    return (
        {"words": np.zeros((0, LONGEST), np.int64)}
        | whole
        | dict.fromkeys(("worth", "criticism", "stress"), np.zeros(0))
    )


def _of_length(
    running: Running, levels: Sequence[Grams], number: int, flags: Flags, critical: Column
) -> dict[str, Column]:
    grams = levels[number]
    words = running.words[grams.firsts[:, None] + np.arange(grams.length)]
    part, nested = _nesting(running, levels, number, flags)
    content = flags.content[words]
    carrying = content.sum(axis=1)
    aspect = flags.aspect[words[:, 0]] & flags.joint[words[:, 1]]
    # "The timeliness of" something is as general as that thing is.
    general = (content & flags.generic[words])[:, 1:].sum(axis=1) + (flags.generic[words[:, 0]] & ~aspect)
    generic = general / np.maximum(carrying - aspect, 1)
    whole = flags.opens[words[:, 0]] & flags.closes[words[:, -1]] & ~_cut_short(running, grams, flags)
    chosen = np.flatnonzero(whole & (part < _CLOSED) & (generic < 1))
    counts = grams.counts[chosen]
    owner = np.repeat(np.arange(len(chosen)), counts)
    places = grams.places[ranges(grams.starts[chosen], counts)]
    criticised = np.bincount(owner, critical[running.sentence[places]], len(chosen))
    beside = [_beside(running, places, step, flags) for step in (-1, grams.length)]
    worth = (
        grams.spread[chosen]
        / np.sqrt(grams.spread[chosen] + _FEW)
        * np.log2(1 + np.maximum(counts - nested[chosen], 0))
        * carrying[chosen] ** _LENGTH_POWER
        * (1.15 - generic[chosen])
        * _cohesion(running, levels, number)[chosen]
        * _freedom(beside, owner, counts)
        * np.minimum.reduce([_standing(words, owner, counts, flags) for words in beside])
    )
    return {
        "words": np.pad(words[chosen], ((0, 0), (0, LONGEST - grams.length))),
        "counts": counts,
        "spread": grams.spread[chosen],
        "worth": worth,
        "criticism": criticised / np.maximum(counts, 1),
        "stress": np.where(aspect[chosen], _ASPECT, 1.0),
        "places": places,
    }


def repute(running: Running, runs: Column, flags: Flags, critical: Column) -> tuple[Column, Column]:
    """What other texts say of `runs` (rows of words padded with 0): the lift of each, and whether it stands by itself.

    A run that they hardly know has a lift of 1 and is taken as whole.
    """
    found, places = uses(running, runs)
    counts = np.bincount(found, minlength=len(runs))
    common = max(float(critical[running.sentence].mean()) if len(running.sentence) else 0.0, 1e-9)
    criticised = np.bincount(found, critical[running.sentence[places]], len(runs))
    lengths = np.count_nonzero(runs, axis=1)
    whole = np.ones(len(runs), bool)
    for steps in (-1, lengths[found]):
        alone = np.bincount(found, ~flags.closes[_beside(running, places, steps, flags)], len(runs))
        whole &= (counts < _KNOWN) | (alone >= _ALONE * counts)
    return (criticised / common + _CAUTION_ELSEWHERE) / (counts + _CAUTION_ELSEWHERE), whole


def _cut_short(running: Running, grams: Grams, flags: Flags) -> Column:
    """Which runs lack the first part of a hyphenated word: "proceedings stage" where "pre-" stands before it."""
    before = np.maximum(grams.places - 1, 0)
    parted = flags.prefix[running.words[before]] & (running.sentence[before] == running.sentence[grams.places])
    counts = np.bincount(grams.owners(), parted, len(grams.spread))
    cut: Column = 2 * counts > grams.counts
    return cut


def _nesting(running: Running, levels: Sequence[Grams], number: int, flags: Flags) -> tuple[Column, Column]:
    """For each run: the share of its uses in its commonest longer run by a content word; the mean uses of those runs.

    Only extensions by a content word count: else "the timeliness of assessments" would put out "timeliness of
    assessments" and then go out itself for its edge. The second figure is what C-value takes off (Frantzi 2000).
    """
    grams = levels[number]
    most, total, kinds = (np.zeros(len(grams.spread)) for _ in range(3))
    if number + 1 < len(levels):
        longer = levels[number + 1]
        first, last = running.words[longer.firsts], running.words[longer.firsts + grams.length]
        for shorter, valid in ((longer.head, flags.closes[last]), (longer.tail, flags.opens[first])):
            owners, counts = shorter[valid], longer.counts[valid]
            np.maximum.at(most, owners, counts)
            np.add.at(total, owners, counts)
            np.add.at(kinds, owners, 1)
    return most / grams.counts, total / np.maximum(kinds, 1)


def _cohesion(running: Running, levels: Sequence[Grams], number: int) -> Column:
    """How firmly the first word holds to the rest, and the last (normalised pointwise mutual information, the less)."""
    grams, shorter, single = levels[number], levels[number - 1], levels[0]
    whole = len(running.words)
    first = single.counts[single.at[grams.firsts]]
    last = single.counts[single.at[grams.firsts + grams.length - 1]]
    scale = -np.log(grams.counts / whole)
    held = [
        np.log(grams.counts * whole / (edge * rest.astype(np.float64))) / np.maximum(scale, 1e-9)
        for edge, rest in ((last, shorter.counts[grams.head]), (first, shorter.counts[grams.tail]))
    ]
    # Two words that met twice may have met by chance (Pantel and Lin 2002 discount so).
    cohesion: Column = np.clip(np.minimum(*held), 0.02, 1.0) * grams.counts / (grams.counts + _CHANCE)
    return cohesion


def _freedom(beside: Sequence[Column], owner: Column, counts: Column) -> Column:
    """How freely other words change around a run, 0.4 to 1: a run that is broken off is bound at one edge."""
    freedom: Column = 0.4 + 0.6 * np.minimum(*(_variety(words, owner, counts) for words in beside))
    return freedom


def _standing(words: Column, owner: Column, counts: Column, flags: Flags) -> Column:
    """1 for a run that stands by itself, 0 for one beside which nearly always a noun goes on: "quality of pathway"."""
    alone = np.bincount(owner, ~flags.closes[words], len(counts))
    return (alone >= _ALONE * counts).astype(float)


def _beside(running: Running, places: Column, step: int | Column, flags: Flags) -> Column:
    """The content word that stands `step` away from each place, 0 where none does in the same sentence."""
    near = np.clip(places + step, 0, len(running.words) - 1)
    words = running.words[near]
    return np.where((running.sentence[near] == running.sentence[places]) & flags.content[words], words, 0)


def _variety(words: Column, owner: Column, counts: Column) -> Column:
    """The entropy of the words beside each run, over the greatest possible; where there is none (0), all are free."""
    top = int(words.max(initial=0)) + 1
    value = np.where(words > 0, words, top + np.arange(len(words)))
    packed = np.sort(owner * (top + len(words)) + value)
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    sizes = np.diff(starts, append=len(packed))
    bound = np.bincount(packed[starts] // (top + len(words)), sizes * np.log2(sizes), len(counts))
    variety: Column = 1 - bound / np.maximum(counts * np.log2(np.maximum(counts, 2)), 1)
    return variety
