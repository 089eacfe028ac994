"""Where a cohort stands on each strand, and an inspection beside it: counts of grades, never an average.

Each authority of a cohort counts once, with its latest graded inspection among the cohort's. A strand is counted as it
was graded: a joint grade of children in care and care leavers is a row of its own and counts in no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from reinspect.comparing.cohorts.cohort import Cohort, latest_graded
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import STRANDS, Relation, StrandChange, compare_judgements
from reinspect.comparing.timeline import framework_name, strand_cell
from reinspect.frameworks import Grade, frameworks
from reinspect.model import Authority, Inspection, Judgement

Why = Literal["no graded inspection", "no such strand", "not judged", "not held"]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """An authority of the cohort, and the inspection it counts with, or None where it had none that is held."""

    authority: Authority
    inspection: Inspection | None


class GradeCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many authorities have a grade, by the ids of the inspections that gave it."""

    grade: Grade
    inspections: tuple[str, ...]


class UncountedAuthorities(msgspec.Struct, frozen=True, kw_only=True):
    """Authorities (slugs) that are counted under no grade, and why: in one word and in full."""

    why: Why
    reason: str
    authorities: tuple[str, ...]


class PeerCounts(msgspec.Struct, frozen=True, kw_only=True):
    """One grade beside those of the cohort: how many authorities are higher, the same, lower.

    `apart` is how many may not be set beside it; `caveats` says which caveat holds for how many.
    """

    judgement: Judgement
    higher: int
    same: int
    lower: int
    apart: int
    caveats: dict[str, int]


class StrandGrades(msgspec.Struct, frozen=True, kw_only=True):
    """A strand across the cohort: a count for each grade of the scales in use, the best first, zeros included."""

    strand: str
    name: str
    counts: tuple[GradeCount, ...]
    left_out: tuple[UncountedAuthorities, ...]
    beside: PeerCounts | None = None

    @property
    def number(self) -> int:
        """How many authorities, and so inspections, the counts rest on."""
        return sum(len(count.inspections) for count in self.counts)


class CohortGrades(msgspec.Struct, frozen=True, kw_only=True):
    """A cohort by the latest graded inspection of each authority; `inspection` is the one set beside it, if any.

    An authority that is set beside the cohort is never counted in it.
    """

    cohort: Cohort
    inspection: Inspection | None
    members: tuple[Member, ...]
    strands: tuple[StrandGrades, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Every caveat in use, in the order of their numbers."""
        keys = {key for strand in self.strands if strand.beside for key in strand.beside.caveats}
        return tuple(sorted(keys, key=lambda key: (len(key), key)))


def grade_cohort(
    cohort: Cohort,
    inspections: Iterable[Inspection],
    authorities: Iterable[Authority],
    inspection: Inspection | None = None,
) -> CohortGrades:
    """Where the cohort stands, and `inspection` beside it.

    `inspections` and `authorities` are all that are known; the cohort takes its own. A council that no longer exists
    stands nowhere: it is no member unless an inspection of it is held.
    """
    if inspection:
        cohort = cohort.without(inspection.authority)
    by_slug = {authority.slug: authority for authority in authorities}
    latest = latest_graded(filter(cohort.holds, inspections))
    members = tuple(
        Member(authority=by_slug[slug], inspection=latest.get(slug))
        for slug in cohort.authorities
        if slug in by_slug and (slug in latest or not by_slug[slug].successors)
    )
    judged = [each for each in (*latest.values(), inspection) if each]
    compared = {slug: compare_judgements(inspection, each) for slug, each in latest.items()} if inspection else {}
    return CohortGrades(
        cohort=cohort,
        inspection=inspection,
        members=members,
        strands=tuple(_strand(strand, members, inspection, compared) for strand in _strands(judged)),
    )


def _strands(inspections: Iterable[Inspection]) -> list[str]:
    """The strands that any of them judged, in the order of `STRANDS`."""
    held = {judgement.strand for inspection in inspections for judgement in inspection.judgements}
    return [strand for strand in STRANDS if strand in held] + sorted(held - set(STRANDS))


def _strand(
    strand: str, members: Sequence[Member], own: Inspection | None, compared: Mapping[str, tuple[StrandChange, ...]]
) -> StrandGrades:
    """One strand across the members; `compared` has each of them, by its slug, beside `own`."""
    held = [each.inspection for each in members if each.inspection]
    graded = [each for each in held if strand_cell(each, strand).state == "graded"]
    return StrandGrades(
        strand=strand,
        name=_name(strand, [*held, *([own] if own else [])]),
        counts=_counts(strand, graded),
        left_out=_left_out(strand, members),
        beside=_beside(strand, own, [compared[each.authority] for each in graded]) if own else None,
    )


def _counts(strand: str, graded: Sequence[Inspection]) -> tuple[GradeCount, ...]:
    """A count for every step of the scales that the inspections use."""
    steps = {step.key: step for each in graded for step in frameworks()[each.framework].grades}
    return tuple(
        GradeCount(
            grade=step,
            inspections=tuple(each.id for each in graded if _graded(each, strand) == step.key),
        )
        for step in sorted(steps.values(), key=lambda step: (step.rung, step.key))
    )


def _graded(inspection: Inspection, strand: str) -> str | None:
    judgement = inspection.judgement(strand)
    return judgement.grade if judgement else None


def _left_out(strand: str, members: Iterable[Member]) -> tuple[UncountedAuthorities, ...]:
    found: dict[tuple[Why, str], list[str]] = {}
    for member in members:
        told = _why_not(strand, member.inspection)
        if told:
            found.setdefault(told, []).append(member.authority.slug)
    return tuple(
        UncountedAuthorities(why=why, reason=words, authorities=tuple(slugs)) for (why, words), slugs in found.items()
    )


def _why_not(strand: str, inspection: Inspection | None) -> tuple[Why, str] | None:
    """Why an authority counts under no grade; None where it does."""
    if inspection is None:
        return "no graded inspection", "No graded inspection is held."
    match strand_cell(inspection, strand).state:
        case "not judged":
            return "not judged", crosswalk().caveats["K12"]
        case "not held":
            return "not held", "The grade is not held."
        case "no such strand":
            return "no such strand", _never(strand, inspection.framework)
    return None


def _never(strand: str, framework: str) -> str:
    """Why a framework has no such strand, in the words of the crosswalk where it has any."""
    cells = (newer[framework].get(strand) for newer in crosswalk().cells.values() if framework in newer)
    said = next((cell.never for cell in cells if cell and cell.never), None)
    return said or f"{framework_name(framework)} has no such judgement."


def _beside(strand: str, own: Inspection, others: Iterable[tuple[StrandChange, ...]]) -> PeerCounts | None:
    """The grade of `own` on a strand beside those of others on the same strand, as they were compared."""
    judgement = own.judgement(strand)
    if judgement is None or strand_cell(own, strand).state != "graded":
        return None
    told: Counter[Relation] = Counter()
    caveats: Counter[str] = Counter()
    for changes in others:
        same = next((each for each in changes if each.strand_a == each.strand_b == strand), None)
        told[same.relation if same else "not comparable"] += 1
        caveats.update(same.caveats if same else ())
    return PeerCounts(
        judgement=judgement,
        higher=told["b is higher"],
        same=told["same grade"] + told["same rung, different test"],
        lower=told["a is higher"],
        apart=told["not comparable"],
        caveats=dict(sorted(caveats.items(), key=lambda each: (len(each[0]), each[0]))),
    )


def _name(strand: str, inspections: Iterable[Inspection]) -> str:
    """The strand's name in the newest framework that has it."""
    held = {inspection.framework for inspection in inspections}
    named = [found.name for key, each in frameworks().items() if key in held and (found := each.strand(strand))]
    return named[-1] if named else strand.replace("_", " ").capitalize()
