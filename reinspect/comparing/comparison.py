"""Compare two inspections: their judgements, and their passages in pairs. Improvements are in the inspections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reinspect.comparing.judgements import Kinship, StrandChange, compare_judgements, kinship
from reinspect.comparing.passages import PassagePair, pair_passages
from reinspect.model import Authority, Inspection, Passage


@lru_cache(maxsize=8)
def pair_passages_cached(passages_a: tuple[Passage, ...], passages_b: tuple[Passage, ...]) -> tuple[PassagePair, ...]:
    """Return `pair_passages` from a cache of the eight latest comparisons.

    A person steps back and forth between a few reports, and pairing takes half the time of a comparison. A benchmark
    that measures the whole work calls `pair_passages_cached.cache_clear()` before each run.
    """
    return pair_passages(passages_a, passages_b)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Inspection `a` compared with inspection `b`, in the order given.

    `kinship` is how their authorities are related. `pairs` is empty if the text of either side is not stored.
    """

    a: Inspection
    b: Inspection
    authority_a: Authority | None = None
    authority_b: Authority | None = None
    kinship: Kinship
    judgements: tuple[StrandChange, ...]
    pairs: tuple[PassagePair, ...] = ()

    @property
    def caveats(self) -> tuple[str, ...]:
        """The keys of all caveats of the judgements, each once, in the order of their numbers."""
        keys = {key for change in self.judgements for key in change.caveats}
        return tuple(sorted(keys, key=lambda key: (len(key), key)))


def compare(
    a: Inspection,
    b: Inspection,
    passages_a: Sequence[Passage] = (),
    passages_b: Sequence[Passage] = (),
    authorities: tuple[Authority, Authority] | None = None,
) -> Comparison:
    """Compare two inspections, with the passages of their primary texts.

    `authorities` are those of `a` and `b`; they are needed to recognise a council and its successor (K13) and to print
    names. Passages are paired only if both sides have some.
    """
    first, second = authorities or (None, None)
    return Comparison(
        a=a,
        b=b,
        authority_a=first,
        authority_b=second,
        kinship=kinship(a, b, authorities),
        judgements=compare_judgements(a, b, authorities),
        pairs=pair_passages_cached(tuple(passages_a), tuple(passages_b)) if passages_a and passages_b else (),
    )
