"""Count the grades in a group of authorities (a cohort), and compare one inspection with them.

Nothing is averaged. Each authority of a cohort counts once, with its latest graded inspection in the cohort. A strand
is counted as it was graded: a joint grade of children in care and care leavers has a row of its own and counts in no
other row.

    leaders   outstanding 1   good 1   requires improvement 0   inadequate 1    3 authorities
    overall   outstanding 1   good 1   requires improvement 0   inadequate 0    2; the third had no overall grade
    Camden's "outstanding" for leaders, compared with the other two:   0 higher, 0 the same, 2 lower
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from reinspect.comparing.cohorts.cohort import Cohort, latest_graded
from reinspect.comparing.crosswalk import crosswalk, ordered_caveats
from reinspect.comparing.judgements import STRANDS, Relation, StrandChange, compare_judgements
from reinspect.comparing.timeline import framework_name, strand_cell
from reinspect.frameworks import Grade, frameworks, strand_name
from reinspect.model import Authority, Inspection, Judgement

UncountedReason = Literal["no graded inspection", "no such strand", "not judged", "not held"]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """An authority of a cohort, and its latest graded inspection, or None if it has none."""

    authority: Authority
    inspection: Inspection | None


class GradeCount(msgspec.Struct, frozen=True, kw_only=True):
    """A grade, and the ids of the inspections that gave it, one for each authority."""

    grade: Grade
    inspections: tuple[str, ...]


class UncountedAuthorities(msgspec.Struct, frozen=True, kw_only=True):
    """Authorities that are left out of the count of grades on a strand, all for one reason.

    `why` names the reason for programs ("not judged"), `reason` is the sentence to print, and `authorities` are slugs.
    """

    why: UncountedReason
    reason: str
    authorities: tuple[str, ...]


class PeerCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of one inspection, compared with the grades of a cohort.

    `higher`, `same`, `lower` and `not_comparable` are numbers of authorities. `caveats` has the number of authorities
    that each caveat applies to.
    """

    judgement: Judgement
    higher: int
    same: int
    lower: int
    not_comparable: int
    caveats: dict[str, int]


class StrandGrades(msgspec.Struct, frozen=True, kw_only=True):
    """The number of authorities of a cohort with each grade on one strand.

    `counts` has every possible grade, the best first, even if no authority has it. `left_out` are the authorities
    without a grade. `peers` compares the grade of one inspection with the others.
    """

    strand: str
    name: str
    counts: tuple[GradeCount, ...]
    left_out: tuple[UncountedAuthorities, ...]
    peers: PeerCounts | None = None

    @property
    def number(self) -> int:
        """The number of authorities that have a grade."""
        return sum(len(count.inspections) for count in self.counts)


class CohortGrades(msgspec.Struct, frozen=True, kw_only=True):
    """The grades in a group of authorities, each counted once, by its latest graded inspection.

    `inspection`, if any, is compared with the others. Its own authority is not counted.
    """

    cohort: Cohort
    inspection: Inspection | None
    members: tuple[Member, ...]
    strands: tuple[StrandGrades, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """The keys of all caveats on these comparisons, without duplicates and sorted: ("K2", "K10")."""
        keys = {key for strand in self.strands if strand.peers for key in strand.peers.caveats}
        return ordered_caveats(keys)


def grade_cohort(
    cohort: Cohort,
    inspections: Iterable[Inspection],
    authorities: Iterable[Authority],
    inspection: Inspection | None = None,
) -> CohortGrades:
    """Count the grades of a cohort, and compare `inspection` with them.

    `inspections` and `authorities` are all that are known, not only those of the cohort.
    """
    if inspection:
        cohort = cohort.without(inspection.authority)
    by_slug = {authority.slug: authority for authority in authorities}
    latest = latest_graded(filter(cohort.holds, inspections))
    # A council that no longer exists is a member only if the cohort has an inspection of it.
    members = tuple(
        Member(authority=by_slug[slug], inspection=latest.get(slug))
        for slug in cohort.authorities
        if slug in by_slug and (slug in latest or not by_slug[slug].successors)
    )
    judged = [other for other in (*latest.values(), inspection) if other]
    compared = {slug: compare_judgements(inspection, other) for slug, other in latest.items()} if inspection else {}
    return CohortGrades(
        cohort=cohort,
        inspection=inspection,
        members=members,
        strands=tuple(_count_strand(strand, members, inspection, compared) for strand in _strands(judged)),
    )


def _strands(inspections: Iterable[Inspection]) -> list[str]:
    """Return all strands that the inspections judged, in their usual order."""
    judged = {judgement.strand for inspection in inspections for judgement in inspection.judgements}
    return [strand for strand in STRANDS if strand in judged] + sorted(judged - set(STRANDS))


def _count_strand(
    strand: str, members: Sequence[Member], own: Inspection | None, compared: Mapping[str, tuple[StrandChange, ...]]
) -> StrandGrades:
    """Count the grades of a cohort on one strand.

    `compared` has, by slug, the comparison of `own` with the inspection of each member.
    """
    inspections = [member.inspection for member in members if member.inspection]
    graded = [inspection for inspection in inspections if strand_cell(inspection, strand).state == "graded"]
    return StrandGrades(
        strand=strand,
        name=_strand_name(strand, [*inspections, *([own] if own else [])]),
        counts=_counts(strand, graded),
        left_out=_left_out(strand, members),
        peers=_compare_with_peers(strand, own, [compared[peer.authority] for peer in graded]) if own else None,
    )


def _counts(strand: str, graded: Sequence[Inspection]) -> tuple[GradeCount, ...]:
    """Return how many inspections gave each grade of a strand, the best grade first, zeros included."""
    grades = {grade.key: grade for inspection in graded for grade in frameworks()[inspection.framework].grades}
    return tuple(
        GradeCount(
            grade=grade,
            inspections=tuple(inspection.id for inspection in graded if _grade_of(inspection, strand) == grade.key),
        )
        for grade in sorted(grades.values(), key=lambda grade: (grade.rung, grade.key))
    )


def _grade_of(inspection: Inspection, strand: str) -> str | None:
    judgement = inspection.judgement(strand)
    return judgement.grade if judgement else None


def _left_out(strand: str, members: Iterable[Member]) -> tuple[UncountedAuthorities, ...]:
    by_reason: dict[tuple[UncountedReason, str], list[str]] = {}
    for member in members:
        reason = _reason_not_counted(strand, member.inspection)
        if reason:
            by_reason.setdefault(reason, []).append(member.authority.slug)
    return tuple(
        UncountedAuthorities(why=why, reason=sentence, authorities=tuple(slugs))
        for (why, sentence), slugs in by_reason.items()
    )


def _reason_not_counted(strand: str, inspection: Inspection | None) -> tuple[UncountedReason, str] | None:
    """Return why an authority has no grade on a strand (kind of reason, sentence), or None if it has one."""
    if inspection is None:
        return "no graded inspection", "No graded inspection is stored."
    match strand_cell(inspection, strand).state:
        case "not judged":
            return "not judged", crosswalk().caveats["K12"]
        case "not held":
            return "not held", "The grade is not in the store."
        case "no such strand":
            return "no such strand", _reason_no_strand(strand, inspection.framework)
    return None


def _reason_no_strand(strand: str, framework: str) -> str:
    """Return a sentence that says why a framework has no such strand."""
    cells = (newer[framework].get(strand) for newer in crosswalk().cells.values() if framework in newer)
    reason = next((cell.never for cell in cells if cell and cell.never), None)
    return reason or f"{framework_name(framework)} has no such judgement."


def _compare_with_peers(
    strand: str, own: Inspection, compared: Iterable[tuple[StrandChange, ...]]
) -> PeerCounts | None:
    """Compare the grade of `own` on a strand with those of other authorities; None if `own` has no grade."""
    judgement = own.judgement(strand)
    if judgement is None or strand_cell(own, strand).state != "graded":
        return None
    relations: Counter[Relation] = Counter()
    caveats: Counter[str] = Counter()
    for changes in compared:
        same = next((change for change in changes if change.strand_a == change.strand_b == strand), None)
        relations[same.relation if same else "not comparable"] += 1
        caveats.update(same.caveats if same else ())
    return PeerCounts(
        judgement=judgement,
        higher=relations["b is higher"],
        same=relations["same grade"] + relations["same rung, different test"],
        lower=relations["a is higher"],
        not_comparable=relations["not comparable"],
        caveats={key: caveats[key] for key in ordered_caveats(caveats)},
    )


def _strand_name(strand: str, inspections: Iterable[Inspection]) -> str:
    """Return the printed name of a strand, from the newest framework of these inspections that has it."""
    used = {inspection.framework for inspection in inspections}
    return strand_name(strand, *(key for key in reversed(frameworks()) if key in used))
