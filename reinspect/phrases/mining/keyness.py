"""How much more one group uses a phrase than another: log ratio of document frequencies, and its conservative bound.

The bound is that of Evert ("Measuring Keyness", 2022; R package corpora, keyness(measure="LRC")): given that a + b
inspections use the phrase, the exact (Clopper-Pearson) interval of the part that are of the first group, turned into a
log ratio; the end of it nearer to 0 is reported, and 0 where the interval holds 0. With five inspections that is almost
always 0: too little evidence.
"""

from __future__ import annotations

from math import lgamma

import numpy as np

from reinspect.phrases.index.column_file import Column

_ROUNDS = 30
_LEVEL = 0.05


def log_ratio(uses: Column, of: int, elsewhere: Column, others: int) -> Column:
    """Binary logarithm of the ratio of the two shares, half a use added to each so that nothing is divided by 0."""
    ratio: Column = np.log2((uses + 0.5) / (of + 0.5)) - np.log2((elsewhere + 0.5) / (others + 0.5))
    return ratio


def conservative(uses: Column, of: int, elsewhere: Column, others: int, tests: int) -> Column:
    """The end of the log ratio's 95 % interval that is nearer to 0, corrected for `tests` phrases (Bonferroni)."""
    pairs, which = np.unique(np.stack([uses, elsewhere]), axis=1, return_inverse=True)
    tail = _LEVEL / max(tests, 1) / 2
    more = pairs[0] * max(others, 1) > pairs[1] * max(of, 1)
    bounds = np.zeros(len(more))
    # Only one end of an interval can be the nearer to 0: the lower where they use it more, else the upper.
    for chosen, upper in ((more, False), (~more, True)):
        here, all_uses = pairs[0][chosen], pairs.sum(axis=0)[chosen]
        odds = _odds(_part(here, all_uses, tail, upper=upper), of, others)
        bounds[chosen] = np.minimum(odds, 0) if upper else np.maximum(odds, 0)
    return bounds[which.reshape(-1)]


def _odds(part: Column, of: int, others: int) -> Column:
    with np.errstate(divide="ignore"):
        odds: Column = np.log2(part) - np.log2(1 - part) + np.log2(max(others, 1) / max(of, 1))
    return odds


def _part(uses: Column, total: Column, tail: float, upper: bool) -> Column:
    """The part p at which so few (upper) or so many (lower) uses of the total would have a chance of `tail`."""
    low, high = np.zeros(len(uses)), np.ones(len(uses))
    longest = int(total.max(initial=0))
    logs = np.array([lgamma(number + 1) for number in range(longest + 1)])
    terms = np.arange(longest + 1)[:, None]
    inside = terms <= total
    ways = np.where(inside, logs[total] - logs[terms] - logs[np.maximum(total - terms, 0)], -np.inf)
    counted = (terms <= uses) if upper else (terms >= uses)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        chances = ways + terms * np.log(middle) + (total - terms) * np.log1p(-middle)
        chance = np.where(counted & inside, np.exp(chances), 0).sum(axis=0)
        further = chance > tail if upper else chance < tail
        low, high = np.where(further, middle, low), np.where(further, high, middle)
    part: Column = np.where(uses == (total if upper else 0), float(upper), (low + high) / 2)
    return part
