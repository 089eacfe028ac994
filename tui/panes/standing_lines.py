"""Where a cohort stands, told in lines: counts of grades, and the authority's own beside them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from reinspect.comparing.standing import Beside, Standing, StrandStanding
from tui.widgets.cited import Line
from tui.widgets.grades import QUIET, STRONG, graded


def standing_lines(standing: Standing) -> Iterator[Line]:
    """A line a strand; never an average."""
    count = len(standing.members)
    heading = f"Beside {standing.cohort.words} ({count} {'authority' if count == 1 else 'authorities'})"
    yield Line(Content.styled(heading, STRONG), heading=True)
    for strand in standing.strands:
        if strand.number:
            yield Line(_strand(strand))


def _strand(strand: StrandStanding) -> Content:
    given = [count for count in strand.counts if count.inspections]
    counts = [
        graded(count.grade.key, count.grade.shape, count.grade.rung, short=True) + f" {len(count.inspections)}"
        for count in given
    ]
    beside = Content.styled(f"; {_beside(strand.beside)}", QUIET) if strand.beside else Content("")
    return Content.assemble(f"  {strand.name}: ", Content(", ").join(counts), beside)


def _beside(beside: Beside) -> str:
    apart = f", {beside.apart} not comparable" if beside.apart else ""
    own = beside.judgement.grade or "not judged"
    return f"ours {own}: {beside.higher} higher, {beside.same} the same, {beside.lower} lower{apart}"
