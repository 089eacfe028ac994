"""The input and output of mining (finding recurring phrases), as plain data without numpy."""

from __future__ import annotations

from typing import Literal

import msgspec

Order = Literal["issues", "themes", "distinctive"]


class TextOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection that a document reports on, its year, and the slug of the inspected local authority."""

    inspection: str
    year: int | None = None
    authority: str = ""


class RecurringPhrase(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs across inspections, counted together with its variants.

    - `phrase`: the commonest printed form, in lower case; `variants`: the other printed forms.
    - `inspections`: how many inspections use the phrase, out of the `group` inspections that were searched.
    - `authorities`: how many local authorities these inspections are of.
    - `years`: the years of these inspections; `by_year`: how many there are in each year.
    - `count`: all uses; `by_inspection`: the uses in each inspection, by its id.
    - `issue_share`: how critical the sentences with the phrase are on average, from 0 to 1.
    - `elsewhere`: how many inspections of a comparison group use the phrase, out of `others` in that group.
    - `log_ratio`: log2 of the share of inspections here divided by the share in the comparison group.
    - `bound`: a cautious estimate of `log_ratio`; 0 means too little evidence.
    - `score`: the number by which a list of phrases is sorted.
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


class UsageShare(msgspec.Struct, frozen=True, kw_only=True):
    """The share of one group (such as a year or an authority) that uses a phrase, compared with all others.

    The numbers count inspections or, if the group is a grade, inspected areas (strands) with that grade.

    - `name`: the name of the group.
    - `uses`: how many in the group use the phrase, out of `of`.
    - `elsewhere`: how many outside the group use the phrase, out of `others`.
    - `log_ratio`: log2 of the share in the group divided by the share outside.
    - `bound`: a cautious estimate of `log_ratio`; 0 means too little evidence.
    """

    name: str
    uses: int
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float
