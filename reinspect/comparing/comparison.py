"""Compare two inspections: their grades strand by strand, and their passages in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reinspect.comparing.crosswalk import ordered_caveats
from reinspect.comparing.judgements import Kinship, StrandChange, compare_judgements, kinship
from reinspect.comparing.passages import PassagePair, pair_passages
from reinspect.frameworks import band_of
from reinspect.model import Authority, Inspection, Passage


# A person steps back and forth between a few reports, and pairing takes half the time of a comparison. A benchmark that
# measures the whole work calls `pair_passages_cached.cache_clear()` before each run.
@lru_cache(maxsize=8)
def pair_passages_cached(passages_a: tuple[Passage, ...], passages_b: tuple[Passage, ...]) -> tuple[PassagePair, ...]:
    """Return the pairs of passages of two reports, from a cache of the eight latest calls."""
    return pair_passages(passages_a, passages_b)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two inspections, `a` and `b`, compared by their grades and by their passages.

    `kinship` is how their authorities are related. `judgements` has an entry for each strand. `pairs` are the pairs of
    passages, empty across bands, or if the text of either report is not stored.
    """

    a: Inspection
    b: Inspection
    authority_a: Authority | None = None
    authority_b: Authority | None = None
    kinship: Kinship
    judgements: tuple[StrandChange, ...]
    pairs: tuple[PassagePair, ...] = ()

    @property
    def across_bands(self) -> bool:
        """True if the two inspections judge different things, such as social care and SEND: no grades are compared."""
        return band_of(self.a.framework) != band_of(self.b.framework)

    @property
    def caveats(self) -> tuple[str, ...]:
        """The keys of all caveats on these grades, without duplicates and sorted: ("K2", "K10")."""
        keys = {key for change in self.judgements for key in change.caveats}
        return ordered_caveats(keys)


def compare(
    a: Inspection,
    b: Inspection,
    passages_a: Sequence[Passage] = (),
    passages_b: Sequence[Passage] = (),
    authorities: tuple[Authority, Authority] | None = None,
) -> Comparison:
    """Compare two inspections by their grades, and by their passages if both have some.

    `authorities` are those of `a` and `b`; without them a council and its successor count as unrelated.
    """
    first, second = authorities or (None, None)
    same_band = band_of(a.framework) == band_of(b.framework)
    return Comparison(
        a=a,
        b=b,
        authority_a=first,
        authority_b=second,
        kinship=kinship(a, b, authorities),
        judgements=compare_judgements(a, b, authorities),
        pairs=pair_passages_cached(tuple(passages_a), tuple(passages_b))
        if same_band and passages_a and passages_b
        else (),
    )
