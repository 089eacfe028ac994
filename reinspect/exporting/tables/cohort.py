"""The table of a group's grades and grade changes: a row for each count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from reinspect.comparing.cohorts.changes import GradeChanges
from reinspect.comparing.cohorts.grades import CohortGrades
from reinspect.exporting.tidy import Field, Fields, TidyTable, Value, tabulate, text, whole

Figure = tuple[str, str, str, str, str, str, int, int, str, str]


class ComparedFigure(NamedTuple):
    """A count of a group, and the group with the inspection that is compared with it."""

    group: CohortGrades
    figure: Figure


def grades_table(grades: CohortGrades) -> TidyTable:
    """Return the latest grades of a group; `figure` is "standing", "beside" or "not counted" (see `cohort_table`)."""
    return tabulate("group", "one count of a group", GROUP_COLUMNS, _grade_figures(grades))


def compared_grades_table(groups: Iterable[CohortGrades]) -> TidyTable:
    """Return the latest grades of groups, each with the inspection that is compared with its group."""
    figures = (ComparedFigure(group, figure) for group in groups for figure in _grade_figures(group))
    return tabulate("group", "one count of a group", _COMPARED_COLUMNS, figures)


def cohort_table(grades: CohortGrades, changes: GradeChanges) -> TidyTable:
    """Return all numbers of a group.

    `figure` is the kind of number:

    - "standing": authorities with that grade
    - "beside": authorities with a higher, the same or a lower grade than the inspection compared
    - "not counted": authorities without a grade
    - "moved": pairs of inspections, the earlier one first
    - "not compared": inspections without a comparable earlier one
    """
    figures = (*_grade_figures(grades), *_change_figures(changes))
    return tabulate("group", "one count of a group", GROUP_COLUMNS, figures)


GROUP_COLUMNS: Fields[Figure] = (
    text("figure", "standing, beside, not counted, moved or not compared", lambda row: row[0]),
    text("strand_a", "earlier strand", lambda row: row[1]),
    text("grade_a", "earlier grade, or the grade of the inspection compared", lambda row: row[2]),
    text("strand_b", "strand, or later strand", lambda row: row[3]),
    text("grade_b", "grade, later grade, or higher, same or lower", lambda row: row[4]),
    text("change", "change of grade", lambda row: row[5]),
    whole("number", "how many", lambda row: row[6]),
    whole("of", "out of how many", lambda row: row[7]),
    text("reason", "why they are not counted", lambda row: row[8]),
    text("behind", "ids of the inspections, or short names of the authorities, counted", lambda row: row[9]),
)


def _of_figure(value: Callable[[Figure], Value]) -> Callable[[ComparedFigure], Value]:
    return lambda row: value(row.figure)


_COMPARED_COLUMNS: Fields[ComparedFigure] = (
    text(
        "inspection",
        "id of the inspection compared with the group",
        lambda row: row.group.inspection.id if row.group.inspection else None,
    ),
    *(Field(column, _of_figure(value)) for column, value in GROUP_COLUMNS),
)


def _grade_figures(grades: CohortGrades) -> Iterator[Figure]:
    members = len(grades.members)
    for strand in grades.strands:
        key, of = strand.strand, strand.number
        for count in strand.counts:
            ids = "; ".join(count.inspections)
            yield ("standing", "", "", key, count.grade.key, "", len(count.inspections), of, "", ids)
        if peers := strand.peers:
            own, numbers = peers.judgement.grade or "", (peers.higher, peers.same, peers.lower)
            for relation, number in zip(("higher", "same", "lower"), numbers, strict=True):
                yield ("beside", "", own, key, relation, "", number, of, "", "")
        for left in strand.left_out:
            slugs = "; ".join(left.authorities)
            yield ("not counted", "", "", key, "", "", len(left.authorities), members, left.reason, slugs)


def _change_figures(changes: GradeChanges) -> Iterator[Figure]:
    for strand in changes.strands:
        for flow in strand.flows:
            for move in flow.moves:
                ids = "; ".join(" > ".join(pair) for pair in move.pairs)
                change = (flow.earlier, move.earlier or "", flow.later, move.later or "", move.change or "")
                yield ("moved", *change, len(move.pairs), flow.number, "", ids)
        for left in strand.left_out:
            ids = "; ".join(left.inspections)
            number = len(left.inspections)
            yield ("not compared", "", "", strand.strand, "", "", number, strand.considered, left.reason, ids)
