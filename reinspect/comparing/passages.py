"""Passages of one subject across two reports that are not edits of one another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reinspect.model import Passage


class PassagePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two passages of one subject, or one alone with None on its other side.

    `likeness` runs from 0 to 1. `marks_a` and `marks_b` are half-open spans in the text of each where the words of
    the two differ; both are empty where the two are too unlike to be set word against word.
    """

    strand: str | None
    a: Passage | None
    b: Passage | None
    likeness: float = 0.0
    marks_a: tuple[tuple[int, int], ...] = ()
    marks_b: tuple[tuple[int, int], ...] = ()


def pair_passages(
    framework_a: str, framework_b: str, passages_a: Sequence[Passage], passages_b: Sequence[Passage]
) -> tuple[PassagePair, ...]:
    """Pairs."""
    return ()
