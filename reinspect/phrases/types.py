"""What is mined: plain data, no numpy."""

from __future__ import annotations

from typing import Literal

import msgspec

Order = Literal["issues", "themes", "distinctive"]


class TextOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection whose words a document holds, its year, and whose it is."""

    inspection: str
    year: int | None = None
    authority: str = ""


class RecurringPhrase(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs across inspections, its variants counted with it.

    `phrase` is its commonest printed form in lower case, `variants` the others. `inspections` of the `group` mined use
    it (`by_inspection` how often each does), `count` how often it stands in all, `by_year` how many inspections of each
    year use it. `issue_share` is the part of its uses that are criticised: listed for improvement, or in a sentence
    with a word of weakness. `elsewhere` of `others` inspections of the background use it too; `log_ratio` is the binary
    logarithm of the ratio of the two shares and `bound` the end of its confidence interval that is nearer to 0 (0 where
    the interval holds 0: too little evidence; Hardie 2014, Evert 2022). `score` orders the list.
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
