"""The input and output of mining: plain data, no numpy."""

from __future__ import annotations

from typing import Literal

import msgspec

Order = Literal["issues", "themes", "distinctive"]


class TextOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """The origin of a document's text: its inspection, with the year and the authority (a slug) inspected."""

    inspection: str
    year: int | None = None
    authority: str = ""


class RecurringPhrase(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs across inspections, counted together with its variants.

    `phrase` is its commonest printed form in lower case, `variants` are the other forms.

    `inspections` of the `group` mined use it, `count` times in all. `by_inspection` counts its uses in each inspection,
    `by_year` the inspections of each year that use it. `issue_share` is the share of its uses that are criticised:
    listed for improvement, or in a sentence with a word of weakness.

    `elsewhere` of the `others`, the inspections of the background, use it too. `log_ratio` compares the two shares and
    `bound` is its cautious bound: 0 for too little evidence (`reinspect.phrases.mining.keyness`). `score` orders the
    list.
    """

    phrase: str
    variants: tuple[str, ...] = ()
    inspections: int
    group: int = 0
    authorities: int
    years: tuple[int, ...] = ()
    by_year: dict[int, int] = {}
    by_inspection: dict[str, int] = {}
    count: int
    issue_share: float = 0.0
    elsewhere: int = 0
    others: int = 0
    log_ratio: float = 0.0
    bound: float = 0.0
    score: float
