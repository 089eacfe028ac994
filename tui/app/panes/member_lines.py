"""Lines on the authorities of a group by name: the grade of each on one strand, the best first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.exporting.citation import citation
from reinspect.model import Inspection
from tui.app.panes.inspection_lines import month_of
from tui.app.widgets.drawing import padded
from tui.app.widgets.grades import QUIET, STRONG, grade_letter, quiet
from tui.app.widgets.line_list import ListLine

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades

# A longer list says less than the strip of shapes does.
_MOST = 40
_GRADE_WIDTH = 5


def member_lines(grades: CohortGrades | None, strand: str | None) -> Iterator[ListLine]:
    """Return a line for each authority with its grade on a strand; overall, if the group has no grade on that one."""
    if grades is None or len(grades.members) > _MOST:
        return
    by_strand = {counted.strand: counted for counted in grades.strands if counted.number}
    counted = by_strand.get(strand or "") or by_strand.get("overall")
    if counted is None:
        return
    yield ListLine(Content.styled(f"{counted.name}, by name", STRONG), heading=True)
    names = {member.authority.slug: member.authority.name for member in grades.members}
    inspections = {member.inspection.id: member.inspection for member in grades.members if member.inspection}
    for inspection in _best_first(counted, inspections):
        yield _graded_line(inspection, names[inspection.authority], counted.strand)
    for left in counted.left_out:
        yield from (
            ListLine(Content.assemble(quiet("  ·   "), names.get(slug, slug), (f"  {left.reason}", QUIET)))
            for slug in left.authorities
        )


def _best_first(counted: StrandGrades, inspections: dict[str, Inspection]) -> Iterator[Inspection]:
    for count in counted.counts:
        of_grade = [inspections[key] for key in count.inspections if key in inspections]
        yield from sorted(of_grade, key=lambda inspection: inspection.authority)


def _graded_line(inspection: Inspection, name: str, strand: str) -> ListLine:
    judgement = inspection.judgement(strand)
    grade = grade_letter(inspection.framework, judgement.grade if judgement else None)
    words = Content.assemble("  ", padded(grade, _GRADE_WIDTH), name, (f"  {month_of(inspection)}", QUIET))
    evidence = judgement.evidence if judgement else None
    return ListLine(words, evidence, citation=citation(inspection, name, evidence))
