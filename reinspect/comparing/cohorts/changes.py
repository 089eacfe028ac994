"""How a cohort moved: from which grade to which, between consecutive graded inspections of one authority.

Every graded inspection of the cohort is looked at once, with the graded inspection of the same authority before it
(which need not be of the cohort itself, so that `since:2023` tells of all moves made since 2023). What the crosswalk
does not allow is left out and counted with its reason; nothing is averaged, no step is a score.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from reinspect.comparing.cohorts.cohort import Cohort, is_full
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import STRANDS, Change, StrandChange, compare_judgements
from reinspect.comparing.timeline import framework_name
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Inspection

Why = Literal["no earlier inspection", "changed authority", "not judged", "not held", "not comparable"]
_ONE_SIDED = "One of the two inspections has no such judgement."
Pair = tuple[str, str]
"""Ids of the earlier and the later inspection."""


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """From one grade to another: the pairs of inspections that did so, and what that is called."""

    earlier: str
    later: str
    change: Change
    pairs: tuple[Pair, ...]


class StrandTransitions(msgspec.Struct, frozen=True, kw_only=True):
    """The moves from a strand to the strand it leads to, the best grades first.

    The two strands differ where the crosswalk leads on: from the joint grade of children in care and care leavers to
    one for each, or from an older framework. `caveats` says which caveat holds for how many pairs.
    """

    earlier: str
    later: str
    name: str
    moves: tuple[Transition, ...]
    caveats: dict[str, int]

    @property
    def number(self) -> int:
        """How many pairs of inspections it rests on."""
        return sum(len(move.pairs) for move in self.moves)

    def changed(self, change: Change) -> int:
        """How many pairs changed so."""
        return sum(len(move.pairs) for move in self.moves if move.change == change)


class UncomparedInspections(msgspec.Struct, frozen=True, kw_only=True):
    """Inspections (ids of the later ones) that tell of no move on a strand, and why: in one word and in full."""

    why: Why
    reason: str
    inspections: tuple[str, ...]


class StrandChanges(msgspec.Struct, frozen=True, kw_only=True):
    """One strand across the cohort. Flows and what is left out come together to `considered` inspections."""

    strand: str
    name: str
    flows: tuple[StrandTransitions, ...]
    left_out: tuple[UncomparedInspections, ...]

    @property
    def considered(self) -> int:
        """How many inspections were looked at for this strand."""
        return sum(flow.number for flow in self.flows) + sum(len(left.inspections) for left in self.left_out)


class GradeChanges(msgspec.Struct, frozen=True, kw_only=True):
    """How a cohort moved, strand by strand."""

    cohort: Cohort
    strands: tuple[StrandChanges, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Every caveat in use, in the order of their numbers."""
        keys = {key for strand in self.strands for flow in strand.flows for key in flow.caveats}
        return tuple(sorted(keys, key=lambda key: (len(key), key)))


def grade_changes(cohort: Cohort, inspections: Iterable[Inspection], authorities: Iterable[Authority]) -> GradeChanges:
    """The moves of a cohort's authorities. `inspections` and `authorities` are all that are known."""
    told, first = _looked_at(cohort, inspections, {authority.slug: authority for authority in authorities})
    strands = {each.strand for each in told} | {judged.strand for later, _ in first for judged in later.judgements}
    return GradeChanges(
        cohort=cohort,
        strands=tuple(
            StrandChanges(
                strand=strand,
                name=_name(strand),
                flows=_flows([each for each in told if each.strand == strand]),
                left_out=(*_firsts(strand, first), *_uncompared([each for each in told if each.strand == strand])),
            )
            for strand in sorted(strands, key=_place)
        ),
    )


def latest_transitions(
    strand: str, inspections: Iterable[Inspection], authorities: Iterable[Authority]
) -> dict[str, tuple[str, str]]:
    """The latest move of each authority (slug) on a strand, where one can be told: the earlier grade and the later."""
    known = tuple(authorities)
    everyone = Cohort(expression="all", words="all authorities", authorities=tuple(each.slug for each in known))
    told, _ = _looked_at(everyone, inspections, {authority.slug: authority for authority in known})
    moves = {}
    for each in sorted(told, key=lambda each: each.later.when):
        change = each.change
        if each.strand == strand and change.comparable and change.grade_a and change.grade_b:
            moves[each.later.authority] = (change.grade_a, change.grade_b)
    return moves


def _looked_at(
    cohort: Cohort, inspections: Iterable[Inspection], by_slug: Mapping[str, Authority]
) -> tuple[list[_Told], list[tuple[Inspection, Why]]]:
    """What became of each strand at each graded inspection of the cohort, and the inspections that nothing precedes."""
    told: list[_Told] = []
    first: list[tuple[Inspection, Why]] = []
    for own in _by_authority(cohort, inspections).values():
        for place, later in enumerate(own):
            if not (is_full(later) and cohort.holds(later)):
                continue
            earlier = next((each for each in reversed(own[:place]) if _may_precede(each, later)), None)
            if earlier:
                told.extend(_told(earlier, later))
            else:
                follows = by_slug.get(later.authority)
                first.append(
                    (later, "changed authority" if follows and follows.predecessors else "no earlier inspection")
                )
    return told, first


def _by_authority(cohort: Cohort, inspections: Iterable[Inspection]) -> dict[str, list[Inspection]]:
    """All graded inspections of the cohort's authorities, the oldest first."""
    graded: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in sorted(inspections, key=lambda each: (each.authority, each.when, each.id)):
        if inspection.graded and inspection.authority in cohort.authorities:
            graded[inspection.authority].append(inspection)
    return graded


def _may_precede(earlier: Inspection, later: Inspection) -> bool:
    """Whether a move may be told from it: a full inspection, or an older one that the crosswalk leads on from."""
    return is_full(earlier) or (
        earlier.framework in crosswalk().apart and later.framework in crosswalk().cells.get(earlier.framework, {})
    )


class _Told(NamedTuple):
    """What became of one strand from one inspection to the next; `strand` is the later one, where there is one."""

    strand: str
    earlier: Inspection
    later: Inspection
    change: StrandChange


def _told(earlier: Inspection, later: Inspection) -> list[_Told]:
    """Every strand of a pair, once: a strand of the earlier alone gives way to the later's own of that name."""
    changes = sorted(compare_judgements(earlier, later), key=lambda change: change.strand_b is not None)
    by_strand = {change.strand_b or change.strand_a or "": change for change in changes}
    return [_Told(strand, earlier, later, change) for strand, change in by_strand.items()]


def _flows(told: Iterable[_Told]) -> tuple[StrandTransitions, ...]:
    by_source: defaultdict[tuple[str, str], list[_Told]] = defaultdict(list)
    for each in told:
        if each.change.comparable:
            by_source[each.change.strand_a or "", _apart(each.earlier)].append(each)
    return tuple(_flow(by_source[source]) for source in sorted(by_source, key=lambda each: (each[1], _place(each[0]))))


def _flow(told: Sequence[_Told]) -> StrandTransitions:
    """The moves of pairs that all lead from one strand to another."""
    pairs: defaultdict[tuple[str, str, Change], list[Pair]] = defaultdict(list)
    for each in told:
        change = each.change
        assert change.grade_a and change.grade_b and change.change
        pairs[change.grade_a, change.grade_b, change.change].append((each.earlier.id, each.later.id))
    moves = [Transition(earlier=a, later=b, change=change, pairs=tuple(each)) for (a, b, change), each in pairs.items()]
    caveats = Counter(key for each in told for key in each.change.caveats)
    return StrandTransitions(
        earlier=told[0].change.strand_a or "",
        later=told[0].strand,
        name=_flow_name(told[0]),
        moves=tuple(sorted(moves, key=lambda move: (_rung(move.earlier), _rung(move.later)))),
        caveats=dict(sorted(caveats.items(), key=lambda each: (len(each[0]), each[0]))),
    )


def _flow_name(told: _Told) -> str:
    earlier, apart = told.change.strand_a or "", _apart(told.earlier)
    if apart:
        own = frameworks()[apart].strand(earlier)
        return f"{own.name if own else earlier} ({framework_name(apart)}) to {_name(told.strand)}"
    return _name(told.strand) if earlier == told.strand else f"{_name(earlier)} to {_name(told.strand)}"


def _apart(inspection: Inspection) -> str:
    """The framework, where it is one of those that stand apart."""
    return inspection.framework if inspection.framework in crosswalk().apart else ""


def _firsts(strand: str, first: Iterable[tuple[Inspection, Why]]) -> Iterable[UncomparedInspections]:
    """Inspections that nothing comes before."""
    found: defaultdict[Why, list[str]] = defaultdict(list)
    for later, why in first:
        if later.judgement(strand):
            found[why].append(later.id)
    reasons = {
        "no earlier inspection": "No earlier graded inspection is held.",
        "changed authority": f"The first inspection of a new council. {crosswalk().caveats['K13']}",
    }
    return [UncomparedInspections(why=why, reason=reasons[why], inspections=tuple(ids)) for why, ids in found.items()]


def _uncompared(told: Iterable[_Told]) -> Iterable[UncomparedInspections]:
    """Pairs that may not be compared on a strand."""
    found: defaultdict[tuple[Why, str], list[str]] = defaultdict(list)
    for each in told:
        if not each.change.comparable:
            found[_why(each)].append(each.later.id)
    return [
        UncomparedInspections(why=why, reason=reason, inspections=tuple(ids)) for (why, reason), ids in found.items()
    ]


def _why(told: _Told) -> tuple[Why, str]:
    """Why a change is not told, in words that hold for all such pairs."""
    change = told.change
    if not (change.strand_a and change.strand_b):
        alike = told.earlier.framework == told.later.framework
        return "not comparable", _ONE_SIDED if alike or not change.reason else change.reason
    if any(judgement and judgement.not_judged for judgement in (change.judgement_a, change.judgement_b)):
        return "not judged", crosswalk().caveats["K12"]
    return "not held", "A grade of one side is not held."


def _rung(grade: str) -> tuple[int, str]:
    """Where a grade stands, whatever the scale; the best first."""
    rungs = (step.rung for framework in frameworks().values() for step in framework.grades if step.key == grade)
    return next(rungs, 9), grade


def _place(strand: str) -> tuple[int, str]:
    return (STRANDS.index(strand) if strand in STRANDS else len(STRANDS), strand)


def _name(strand: str) -> str:
    """The strand's name in the newest framework that has it."""
    names = [found.name for framework in frameworks().values() if (found := framework.strand(strand))]
    return names[-1] if names else strand.replace("_", " ").capitalize()
