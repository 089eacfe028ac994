"""Compare what two inspections of one authority asked for: what comes back, what is new, what is not asked again.

A recommendation comes back if the later inspection lists one on the same subject (see `threads`), as an improvement or
as a priority action. A recommendation that is not asked again may still be open: silence does not mean that it was put
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.improvement_key import improvement_key
from reinspect.model import Improvement, Inspection

# A listed passage with at least this probability of being on the matter asks for the same again.
_SAME = 0.5


class ReturnedImprovement(msgspec.Struct, frozen=True, kw_only=True):
    """A recommendation of the earlier inspection, and the one of the later inspection that asks for the same."""

    before: Improvement
    again: Improvement


class OlderRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A recommendation of the later inspection that one before the earlier inspection asked for already."""

    improvement: Improvement
    inspection: Inspection


class AskedAgain(msgspec.Struct, frozen=True, kw_only=True):
    """The recommendations of two inspections, compared.

    `returned` are asked in both, `new` only in the later, `dropped` only in the earlier inspection. `older` says which
    of the `new` another inspection asked for already: they are not new, only not asked in the earlier of the two.
    """

    earlier: Inspection
    later: Inspection
    returned: tuple[ReturnedImprovement, ...]
    new: tuple[Improvement, ...]
    dropped: tuple[Improvement, ...]
    older: tuple[OlderRequest, ...] = ()

    def asked_before(self, improvement: Improvement) -> tuple[Inspection, ...]:
        """Return the inspections that asked for a new improvement already, the oldest first."""
        asking = {each.inspection.id: each.inspection for each in self.older if each.improvement == improvement}
        return tuple(sorted(asking.values(), key=lambda inspection: inspection.when))


def asked_again(threads: Sequence[Thread], earlier: Inspection, later: Inspection) -> AskedAgain:
    """Compare what two inspections asked for. `threads` are all recommendations to the authority, followed."""
    taken_up = tuple(_taken_up(threads, later))
    returned = tuple(
        ReturnedImprovement(before=thread.improvement, again=again)
        for thread, again in taken_up
        if thread.inspection.id == earlier.id
    )
    again = [pair.again for pair in returned]
    before = [pair.before for pair in returned]
    return AskedAgain(
        earlier=earlier,
        later=later,
        returned=returned,
        new=tuple(improvement for improvement in later.asked if improvement not in again),
        dropped=tuple(improvement for improvement in earlier.asked if improvement not in before),
        older=tuple(
            OlderRequest(improvement=improvement, inspection=thread.inspection)
            for thread, improvement in taken_up
            if thread.inspection.id != earlier.id and improvement not in again
        ),
    )


def _taken_up(threads: Sequence[Thread], later: Inspection) -> Iterator[tuple[Thread, Improvement]]:
    """Yield each earlier recommendation that an inspection lists again, with the item that does."""
    for thread in threads:
        for step in thread.steps:
            if step.inspection.id == later.id:
                shown = step.listed
                again = _listed_as(shown, later) if shown and shown.chance >= _SAME else None
                if again is not None:
                    yield thread, again


def _listed_as(shown: ShownPassage, inspection: Inspection) -> Improvement | None:
    """Return the recommendation that a passage is, by its place or else by its words."""
    passage = shown.passage
    for improvement in inspection.asked:
        evidence = improvement.evidence
        if evidence and evidence.page == passage.page and evidence.start < passage.end and passage.start < evidence.end:
            return improvement
    key = improvement_key(shown.quote)
    return next((each for each in inspection.asked if improvement_key(each.text) == key), None)
