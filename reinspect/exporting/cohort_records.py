"""A cohort as JSON: where it stands and how it moved, with the ids of the inspections behind every figure."""

from __future__ import annotations

from reinspect.comparing.cohorts.changes import GradeChanges, StrandTransitions
from reinspect.comparing.cohorts.cohort import Cohort
from reinspect.comparing.cohorts.grades import CohortGrades, PeerCounts
from reinspect.comparing.crosswalk import crosswalk
from reinspect.exporting.records import SCHEMA, JsonObject, inspection_record
from reinspect.model import Authority


def cohort_record(standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None) -> JsonObject:
    """One cohort, and the inspection of `authority` beside it if there is one (`compare A --cohort C --json`)."""
    texts = crosswalk().caveats
    keys = sorted({*standing.caveats, *movement.caveats}, key=lambda key: (len(key), key))
    return {
        "schema": SCHEMA,
        "a": inspection_record(standing.inspection, authority) if standing.inspection else None,
        **cohort_grades_record(standing),
        "movement": [
            {
                "strand": strand.strand,
                "name": strand.name,
                "considered": strand.considered,
                "flows": [_flow(flow) for flow in strand.flows],
                "left_out": [
                    {
                        "why": left.why,
                        "reason": left.reason,
                        "number": len(left.inspections),
                        "inspections": list(left.inspections),
                    }
                    for left in strand.left_out
                ],
            }
            for strand in movement.strands
        ],
        "caveats": {key: texts[key] for key in keys},
    }


def cohort_grades_record(standing: CohortGrades) -> JsonObject:
    """Where a cohort stands: the cohort, its members with the inspection each is counted with, and every strand."""
    return {
        "cohort": _cohort(standing.cohort),
        "members": [
            {"authority": member.authority.slug, "inspection": member.inspection.id if member.inspection else None}
            for member in standing.members
        ],
        "standing": [
            {
                "strand": strand.strand,
                "name": strand.name,
                "number": strand.number,
                "grades": [
                    {"grade": count.grade.key, "number": len(count.inspections), "inspections": list(count.inspections)}
                    for count in strand.counts
                ],
                "beside": _beside(strand.peers) if strand.peers else None,
                "left_out": [
                    {
                        "why": left.why,
                        "reason": left.reason,
                        "number": len(left.authorities),
                        "authorities": list(left.authorities),
                    }
                    for left in strand.left_out
                ],
            }
            for strand in standing.strands
        ],
    }


def _cohort(cohort: Cohort) -> JsonObject:
    return {
        "expression": cohort.expression,
        "words": cohort.words,
        "authorities": list(cohort.authorities),
        "frameworks": list(cohort.frameworks),
        "since": cohort.since,
        "until": cohort.until,
    }


def _beside(beside: PeerCounts) -> JsonObject:
    return {
        "grade": beside.judgement.grade,
        "higher": beside.higher,
        "same": beside.same,
        "lower": beside.lower,
        "not_comparable": beside.not_comparable,
        "caveats": beside.caveats,
    }


def _flow(flow: StrandTransitions) -> JsonObject:
    return {
        "strand_a": flow.earlier,
        "strand_b": flow.later,
        "name": flow.name,
        "number": flow.number,
        "moves": [
            {
                "grade_a": move.earlier,
                "grade_b": move.later,
                "change": move.change,
                "number": len(move.pairs),
                "pairs": [list(pair) for pair in move.pairs],
            }
            for move in flow.moves
        ],
        "caveats": flow.caveats,
    }
