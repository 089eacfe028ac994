"""A cohort set beside an inspection, told in lines: where it stands, and how it moved; counts, never an average."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from textual.content import Content

from reinspect.model import Inspection
from tui.app.widgets.grades import QUIET, STRONG, graded
from tui.app.widgets.line_list import ListLine
from tui.library import Library

# The first paint waits for this module, and seldom for a cohort.
if TYPE_CHECKING:
    from reinspect.comparing.cohorts import grades as stood
    from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges
    from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades
    from reinspect.comparing.judgements import Change

_CHANGES: dict[Change, str] = {
    "improved": "improved",
    "same grade": "the same",
    "same rung, harder test": "same rung, harder test",
    "declined": "declined",
}


class CohortView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a cohort stands and how it moved, or why the one that a person wrote cannot be set beside anything."""

    standing: CohortGrades | None = None
    movement: GradeChanges | None = None
    fault: str = ""


def cohort_view(
    library: Library, cohort: str | None, own: Inspection | None, *, moved: bool = False
) -> CohortView | None:
    """The cohort beside an inspection, and how it moved if that is wanted; None where no cohort is set."""
    from reinspect.comparing.cohorts.cohort import CohortError

    if cohort is None:
        return None
    try:
        stands = library.standing(cohort, own)
    except CohortError as error:
        return CohortView(fault=str(error))
    return CohortView(standing=stands, movement=library.movement(stands.cohort) if moved else None)


def cohort_lines(cohort: CohortView | None, own: str) -> Iterator[ListLine]:
    """How many of the cohort have which grade, a line a strand; `own` says whose grade is set beside these."""
    if cohort and cohort.fault:
        yield ListLine(Content.styled(f"No cohort beside it: {cohort.fault}", STRONG))
        yield ListLine(Content.styled("f writes another, or none.", QUIET))
    if cohort is None or cohort.standing is None:
        return
    count = len(cohort.standing.members)
    heading = f"Beside {cohort.standing.cohort.words} ({count} {'authority' if count == 1 else 'authorities'})"
    yield ListLine(Content.styled(heading, STRONG), heading=True)
    yield from _of_when(cohort.standing, own)
    told = [strand for strand in cohort.standing.strands if strand.number]
    if not told:
        yield ListLine(Content.styled("  No graded inspection of it is held. f sets another cohort.", QUIET))
    for strand in told:
        yield ListLine(_strand(strand, own))


def change_lines(cohort: CohortView | None) -> Iterator[ListLine]:
    """How many of the cohort's inspections were better than the one before, a line a strand."""
    strands = [strand for strand in cohort.movement.strands if strand.flows] if cohort and cohort.movement else []
    if strands:
        yield ListLine(Content.styled("How these moved, from each inspection to the next", STRONG), heading=True)
    for strand in strands:
        yield ListLine(Content(f"  {strand.name}: {_moved(strand)}"))


def _of_when(standing: CohortGrades, own: str) -> Iterator[ListLine]:
    """Which inspections the grades are of: those of the cohort need not be of the time of the one beside them."""
    years = sorted({each.inspection.year for each in standing.members if each.inspection and each.inspection.year})
    if years:
        span = " to ".join(map(str, dict.fromkeys((years[0], years[-1]))))
        ours = f"; {own} is that of {standing.inspection.year}" if standing.inspection else ""
        yield ListLine(Content.styled(f"  Each with its latest graded inspection, {span}{ours}", QUIET))


def _strand(strand: StrandGrades, own: str) -> Content:
    given = [count for count in strand.counts if count.inspections]
    counts = [
        graded(count.grade.key, count.grade.shape, count.grade.rung, short=True) + f" {len(count.inspections)}"
        for count in given
    ]
    compared = Content.styled(f"; {_compared(strand.peers, own)}", QUIET) if strand.peers else Content("")
    return Content.assemble(f"  {strand.name}: ", Content(", ").join(counts), compared)


def _compared(found: stood.PeerCounts, own: str) -> str:
    apart = f", {found.not_comparable} not comparable" if found.not_comparable else ""
    grade = found.judgement.grade or "not judged"
    return f"{own} {grade}: {found.higher} higher, {found.same} the same, {found.lower} lower{apart}"


def _moved(strand: StrandChanges) -> str:
    numbers = {words: sum(flow.changed(change) for flow in strand.flows) for change, words in _CHANGES.items()}
    return ", ".join(f"{number} {words}" for words, number in numbers.items() if number)
