"""Lines on a cohort compared with an inspection: counts of its grades and of how they changed, never an average."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content

from tui.app.widgets.grades import QUIET, STRONG, graded
from tui.app.widgets.line_list import ListLine

# Imported late: the first pane on screen needs this module but rarely a cohort.
if TYPE_CHECKING:
    from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges
    from reinspect.comparing.cohorts.grades import CohortGrades, PeerCounts, StrandGrades
    from reinspect.comparing.judgements import Change

Answered = TypeVar("Answered")

_CHANGES: dict[Change, str] = {
    "improved": "improved",
    "same grade": "the same",
    "same rung, harder test": "same rung, harder test",
    "declined": "declined",
}


def ask_with_cohort(ask: Callable[[str | None], Answered], cohort: str | None) -> tuple[Answered, str]:
    """Ask a question with a cohort or, if that cannot be understood, without it; also return the error, or ""."""
    from reinspect.comparing.cohorts.cohort import CohortError

    try:
        return ask(cohort), ""
    except CohortError as error:
        return ask(None), str(error)


def cohort_error_lines(error: str) -> Iterator[ListLine]:
    """Return the reason why the cohort cannot be used, and the key that chooses another."""
    if error:
        yield ListLine(Content.styled(f"The group cannot be used: {error}", STRONG))
        yield ListLine(Content.styled("f chooses another group, or none.", QUIET))


def cohort_lines(grades: CohortGrades | None, own: str) -> Iterator[ListLine]:
    """Return a line for each strand that counts the cohort's grades.

    `own` names the inspection compared with them: "this one" or "B".
    """
    if grades is None:
        return
    count = len(grades.members)
    heading = f"Compared with {grades.cohort.words} ({count} {'authority' if count == 1 else 'authorities'})"
    yield ListLine(Content.styled(heading, STRONG), heading=True)
    yield from _years_line(grades, own)
    strands = [strand for strand in grades.strands if strand.number]
    if not strands:
        yield ListLine(Content.styled("  No graded inspection of these is stored. f chooses another group.", QUIET))
    for strand in strands:
        yield ListLine(_strand(strand, own))


def change_lines(changes: GradeChanges | None) -> Iterator[ListLine]:
    """Return a line for each strand that counts how the cohort's grades changed between inspections."""
    strands = [strand for strand in changes.strands if strand.flows] if changes else []
    if strands:
        yield ListLine(
            Content.styled("Changes in the group's grades from each inspection to the next", STRONG), heading=True
        )
    for strand in strands:
        yield ListLine(Content(f"  {strand.name}: {_changes(strand)}"))


def _years_line(grades: CohortGrades, own: str) -> Iterator[ListLine]:
    """Return the years of the grades: the cohort's may be older or newer than the inspection compared with them."""
    years = sorted(
        {member.inspection.year for member in grades.members if member.inspection and member.inspection.year}
    )
    if years:
        span = " to ".join(map(str, dict.fromkeys((years[0], years[-1]))))
        compared = f"; {own} is from {grades.inspection.year}" if grades.inspection else ""
        yield ListLine(Content.styled(f"  Latest graded inspection of each, {span}{compared}", QUIET))


def _strand(strand: StrandGrades, own: str) -> Content:
    counts = [
        graded(count.grade.key, count.grade.shape, count.grade.rung, short=True) + f" {len(count.inspections)}"
        for count in strand.counts
        if count.inspections
    ]
    compared = Content.styled(f"; {_compared(strand.peers, own)}", QUIET) if strand.peers else Content("")
    return Content.assemble(f"  {strand.name}: ", Content(", ").join(counts), compared)


def _compared(peers: PeerCounts, own: str) -> str:
    not_comparable = f", {peers.not_comparable} not comparable" if peers.not_comparable else ""
    grade = peers.judgement.grade or "not judged"
    return f"{own} {grade}: {peers.higher} higher, {peers.same} the same, {peers.lower} lower{not_comparable}"


def _changes(strand: StrandChanges) -> str:
    numbers = {words: sum(flow.changed(change) for flow in strand.flows) for change, words in _CHANGES.items()}
    return ", ".join(f"{number} {words}" for words, number in numbers.items() if number)
