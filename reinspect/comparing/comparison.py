"""Two inspections side by side: their judgements, what each was told to improve, and their passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reinspect.comparing.judgements import Kinship, StrandChange, compare_judgements, kinship
from reinspect.comparing.passages import PassagePair, pair_passages
from reinspect.model import Authority, Inspection, Passage

# A person steps to and fro between a few reports, and to pair the passages of two takes half of a comparison.
_paired = lru_cache(maxsize=8)(pair_passages)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Inspection `a` and inspection `b`, in the order they were asked for.

    `pairs` is empty where the words of either side are not held. The improvements of each side stand in `a` and `b`.
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
        """Every caveat of its judgements once, in the order of their numbers."""
        keys = {key for change in self.judgements for key in change.caveats}
        return tuple(sorted(keys, key=lambda key: (len(key), key)))


def compare(
    a: Inspection,
    b: Inspection,
    passages_a: Sequence[Passage] = (),
    passages_b: Sequence[Passage] = (),
    authorities: tuple[Authority, Authority] | None = None,
) -> Comparison:
    """Set two inspections side by side.

    `authorities` are those of `a` and `b`: with them a council and its successor are recognised (K13) and names can
    be printed. Passages are paired only when both sides give some.
    """
    first, second = authorities or (None, None)
    return Comparison(
        a=a,
        b=b,
        authority_a=first,
        authority_b=second,
        kinship=kinship(a, b, authorities),
        judgements=compare_judgements(a, b, authorities),
        pairs=_paired(tuple(passages_a), tuple(passages_b)) if passages_a and passages_b else (),
    )
