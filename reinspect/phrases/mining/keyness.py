"""Keyness: how much more often the inspections of one group use a phrase than those of another.

- `log_ratio` is the Log Ratio of Hardie (2014), "Log Ratio: an informal introduction" (Lancaster University): the
  binary logarithm of the ratio of two relative frequencies. 1 means twice as often, 2 four times. The frequencies here
  are shares of inspections, and half a use is added to each so that 0 uses have a ratio too.
- `conservative_bound` is the conservative Log Ratio (LRC) of Evert (2022), "Measuring Keyness", as in the R package
  corpora, `keyness(measure="LRC")`: the end of the confidence interval of that ratio that is nearer to 0, or 0 if the
  interval contains 0. All uses of both groups are taken as given. The exact binomial interval (Clopper and Pearson
  1934) of the first group's share of them is turned into the interval of the ratio. The 5 % error is divided by the
  number of phrases compared (Bonferroni).

    10 of 50 inspections use it here, 0 of 50 elsewhere, one phrase compared
    log ratio   log2(10.5 / 50.5) - log2(0.5 / 50.5)  =  4.39
    interval    the share of the 10 uses that are here is at least 0.025 ** (1 / 10) = 0.69
    bound       log2(0.69 / 0.31) + log2(50 / 50)     =  1.16

Five inspections nearly always have the bound 0: too little evidence.
"""

from __future__ import annotations

from math import lgamma

import numpy as np

from reinspect.phrases.index.column_file import Column

# Halvings of the interval 0 to 1 in the search for a bound.
_ROUNDS = 30
_ERROR = 0.05


def log_ratio(uses: Column, of: int, elsewhere: Column, others: int) -> Column:
    """Return log2 of the share `uses / of` divided by the share `elsewhere / others` (Hardie 2014).

    Half a use is added to all four numbers, so that 0 uses have a ratio too.
    """
    ratio: Column = np.log2((uses + 0.5) / (of + 0.5)) - np.log2((elsewhere + 0.5) / (others + 0.5))
    return ratio


def conservative_bound(uses: Column, of: int, elsewhere: Column, others: int, tests: int) -> Column:
    """Return the end nearer to 0 of the log ratio's 95 % interval, or 0 if the interval contains 0 (Evert 2022).

    `tests` is the number of phrases compared; the error of 5 % is divided by this number.
    """
    pairs, which = np.unique(np.stack([uses, elsewhere]), axis=1, return_inverse=True)
    tail = _ERROR / max(tests, 1) / 2
    more = pairs[0] * max(others, 1) > pairs[1] * max(of, 1)
    bounds = np.zeros(len(more))
    # The end nearer to 0 is the lower one if this group uses the phrase more, and the upper one otherwise.
    for chosen, upper in ((more, False), (~more, True)):
        own, total = pairs[0][chosen], pairs.sum(axis=0)[chosen]
        ratio = _ratio_of_shares(_clopper_pearson(own, total, tail, upper=upper), of, others)
        bounds[chosen] = np.minimum(ratio, 0) if upper else np.maximum(ratio, 0)
    return bounds[which.reshape(-1)]


def _ratio_of_shares(part: Column, of: int, others: int) -> Column:
    """Return the log ratio of two groups, from the part of all uses that the first group has.

    `of` and `others` are the numbers of inspections in the first and the second group.
    """
    with np.errstate(divide="ignore"):
        ratio: Column = np.log2(part) - np.log2(1 - part) + np.log2(max(others, 1) / max(of, 1))
    return ratio


def _clopper_pearson(uses: Column, total: Column, tail: float, upper: bool) -> Column:
    """Return one end of the exact binomial interval of `uses` out of `total`, found by bisection.

    `tail` is the error probability at this end.
    """
    low, high = np.zeros(len(uses)), np.ones(len(uses))
    longest = int(total.max(initial=0))
    log_factorials = np.array([lgamma(number + 1) for number in range(longest + 1)])
    terms = np.arange(longest + 1)[:, None]
    inside = terms <= total
    log_ways = log_factorials[total] - log_factorials[terms] - log_factorials[np.maximum(total - terms, 0)]
    log_ways = np.where(inside, log_ways, -np.inf)
    counted = (terms <= uses) if upper else (terms >= uses)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        log_chances = log_ways + terms * np.log(middle) + (total - terms) * np.log1p(-middle)
        chance = np.where(counted & inside, np.exp(log_chances), 0).sum(axis=0)
        further = chance > tail if upper else chance < tail
        low, high = np.where(further, middle, low), np.where(further, high, middle)
    part: Column = np.where(uses == (total if upper else 0), float(upper), (low + high) / 2)
    return part
