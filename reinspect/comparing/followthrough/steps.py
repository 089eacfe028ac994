"""The later texts that an improvement is followed through, and the step that each of them gives."""

from __future__ import annotations

import msgspec

from reinspect.comparing.followthrough.shown_passages import Mark, ShownPassage
from reinspect.model import Inspection, Passage, Review, Status, StepStatus

_FITTING: dict[StepStatus, tuple[Mark, ...]] = {
    "raised again": ("critical", "listed", "mixed"),
    "reported better": ("good", "mixed"),
}
"""The marks of a passage that speak for a status."""


class LaterText(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection with the passages of its report; none if no report is stored."""

    inspection: Inspection
    passages: tuple[Passage, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The passages of one later inspection on one improvement, and its status.

    - `status`: the firm status, else "undecided"; "mentioned" only if a person said so.
    - `likely`: the likeliest status, even where it is not firm.
    - `confidence`: the probability of the likeliest status, from 0 to 1.
    - `passages`: the three passages likeliest to be on the matter, the likeliest first; fewer in a text of fewer.
    - `review`: a person's decision on the status, or None.
    - `listed`: the item of a list of improvements that is likeliest to be on the matter, or None without a list.
    """

    inspection: Inspection
    status: StepStatus
    likely: Status
    confidence: float
    passages: tuple[ShownPassage, ...] = ()
    review: Review | None = None
    listed: ShownPassage | None = None

    @property
    def supporting(self) -> ShownPassage | None:
        """The passage to quote for the status: the likeliest whose mark fits it, else the likeliest of all, or None."""
        marks = _FITTING.get(self.status, ())
        return next((shown for shown in self.passages if shown.mark in marks), next(iter(self.passages), None))
