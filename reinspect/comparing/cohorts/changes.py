"""Count how the grades in a group of authorities (a cohort) changed from one inspection to the next.

Every graded inspection of the cohort is compared once with the graded inspection of the same authority before it. The
earlier one need not be in the cohort, so `since:2023` counts all changes since 2023. Pairs that the crosswalk does not
allow are left out and counted with the reason; nothing is averaged. If a cohort has Camden's inspections of 2022 and
2025 alone, the result is:

    overall   flow overall to overall        good > outstanding: 1 pair
    care      flow care_and_leavers to care  good > outstanding: 1 pair, with caveat K7
    both      left out: the inspection of 2022, "No earlier graded inspection is stored."
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from reinspect.comparing.cohorts.cohort import Cohort, is_full
from reinspect.comparing.crosswalk import crosswalk, ordered_caveats
from reinspect.comparing.judgements import STRANDS, Change, StrandChange, compare_judgements
from reinspect.comparing.timeline import framework_name
from reinspect.frameworks import band_of, frameworks, grade_order, strand_name
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Inspection

UncomparedReason = Literal["no earlier inspection", "changed authority", "not judged", "not held", "not comparable"]
_ONE_SIDED = "One of the two inspections has no such judgement."
Pair = tuple[str, str]
"""The ids of the earlier and the later inspection."""


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """A change from one grade to another, or to the same one, and the pairs of inspections that show it."""

    earlier: str
    later: str
    change: Change
    pairs: tuple[Pair, ...]


class StrandTransitions(msgspec.Struct, frozen=True, kw_only=True):
    """The grade changes on one strand from each inspection to the next, the best grades first.

    `earlier` and `later` are keys of the strand. They differ if a new framework replaced the strand, such as
    "care_and_leavers" by "care". `caveats` has the number of pairs that each caveat applies to.
    """

    earlier: str
    later: str
    name: str
    moves: tuple[Transition, ...]
    caveats: dict[str, int]

    @property
    def number(self) -> int:
        """The number of pairs of inspections that are counted."""
        return sum(len(move.pairs) for move in self.moves)

    def changed(self, change: Change) -> int:
        """Return the number of pairs of inspections that show this change."""
        return sum(len(move.pairs) for move in self.moves if move.change == change)


class UncomparedInspections(msgspec.Struct, frozen=True, kw_only=True):
    """Inspections that could not be compared with an earlier one.

    `why` is the kind of reason, `reason` a sentence to print, and `inspections` are ids.
    """

    why: UncomparedReason
    reason: str
    inspections: tuple[str, ...]


class StrandChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The grade changes of a cohort on one strand.

    `flows` are the changes that were counted, and `left_out` the inspections that could not be compared.
    """

    strand: str
    name: str
    flows: tuple[StrandTransitions, ...]
    left_out: tuple[UncomparedInspections, ...]

    @property
    def considered(self) -> int:
        """The number of inspections that were examined for this strand, including those left out."""
        return sum(flow.number for flow in self.flows) + sum(len(left.inspections) for left in self.left_out)


class GradeChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The grade changes of a cohort, strand by strand."""

    cohort: Cohort
    strands: tuple[StrandChanges, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """The keys of all caveats on these changes, without duplicates and sorted: ("K2", "K10")."""
        keys = {key for strand in self.strands for flow in strand.flows for key in flow.caveats}
        return ordered_caveats(keys)


def grade_changes(cohort: Cohort, inspections: Iterable[Inspection], authorities: Iterable[Authority]) -> GradeChanges:
    """Count how grades changed in a cohort from one inspection to the next.

    `inspections` and `authorities` are all that are known, not only those of the cohort.
    """
    pairs, first = _compare_pairs(cohort, inspections, {authority.slug: authority for authority in authorities})
    strands = {pair.strand for pair in pairs} | {judged.strand for later, _ in first for judged in later.judgements}
    return GradeChanges(
        cohort=cohort,
        strands=tuple(
            _strand_changes(strand, [pair for pair in pairs if pair.strand == strand], first)
            for strand in sorted(strands, key=_strand_order)
        ),
    )


class _StrandPair(NamedTuple):
    """Two consecutive inspections of an authority, compared on one strand."""

    strand: str
    earlier: Inspection
    later: Inspection
    change: StrandChange


def _compare_pairs(
    cohort: Cohort, inspections: Iterable[Inspection], by_slug: Mapping[str, Authority]
) -> tuple[list[_StrandPair], list[tuple[Inspection, UncomparedReason]]]:
    """Compare each graded inspection of a cohort with the one before it.

    Return the comparisons by strand, and the inspections without an earlier one, each with the reason.
    """
    pairs: list[_StrandPair] = []
    first: list[tuple[Inspection, UncomparedReason]] = []
    for own in _by_authority(cohort, inspections).values():
        for place, later in enumerate(own):
            if not (is_full(later) and cohort.holds(later)):
                continue
            earlier = next((other for other in reversed(own[:place]) if _may_precede(other, later)), None)
            if earlier:
                pairs.extend(_compare_pair(earlier, later))
            else:
                authority = by_slug.get(later.authority)
                is_new_council = authority is not None and bool(authority.predecessors)
                first.append((later, "changed authority" if is_new_council else "no earlier inspection"))
    return pairs, first


def _by_authority(cohort: Cohort, inspections: Iterable[Inspection]) -> dict[str, list[Inspection]]:
    """Return the graded inspections of a cohort's authorities by slug, oldest first."""
    graded: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in sorted(
        inspections, key=lambda inspection: (inspection.authority, inspection.when, inspection.id)
    ):
        if inspection.graded and inspection.authority in cohort.authorities:
            graded[inspection.authority].append(inspection)
    return graded


def _may_precede(earlier: Inspection, later: Inspection) -> bool:
    """Return True if an inspection may be compared with this earlier one of the same authority."""
    # A full inspection, or an older one that the crosswalk links to the framework of the later.
    return is_full(earlier) or (
        earlier.framework in crosswalk().separate and later.framework in crosswalk().cells.get(earlier.framework, {})
    )


def _compare_pair(earlier: Inspection, later: Inspection) -> list[_StrandPair]:
    """Compare two consecutive inspections on every strand."""
    # A row with a later strand replaces one with the earlier strand alone, so that each strand counts once.
    changes = sorted(compare_judgements(earlier, later), key=lambda change: change.strand_b is not None)
    by_strand = {change.strand_b or change.strand_a or "": change for change in changes}
    return [_StrandPair(strand, earlier, later, change) for strand, change in by_strand.items()]


def _strand_changes(
    strand: str, pairs: Sequence[_StrandPair], first: Sequence[tuple[Inspection, UncomparedReason]]
) -> StrandChanges:
    return StrandChanges(
        strand=strand,
        name=_strand_name(strand),
        flows=_flows(pairs),
        left_out=(*_without_earlier(strand, first), *_not_compared(pairs)),
    )


def _flows(pairs: Iterable[_StrandPair]) -> tuple[StrandTransitions, ...]:
    """Count the grade changes in comparable pairs of inspections, grouped by the earlier strand."""
    by_source: defaultdict[tuple[str, str], list[_StrandPair]] = defaultdict(list)
    for pair in pairs:
        if pair.change.comparable:
            by_source[pair.change.strand_a or "", _separate_framework(pair.earlier)].append(pair)
    ordered = sorted(by_source, key=lambda source: (source[1], _strand_order(source[0])))
    return tuple(_flow(by_source[source]) for source in ordered)


def _flow(pairs: Sequence[_StrandPair]) -> StrandTransitions:
    """Count the grade changes in pairs of inspections that all lead from one strand to one other strand."""
    ids: defaultdict[tuple[str, str, Change], list[Pair]] = defaultdict(list)
    for pair in pairs:
        change = pair.change
        assert change.grade_a and change.grade_b and change.change
        ids[change.grade_a, change.grade_b, change.change].append((pair.earlier.id, pair.later.id))
    moves = [Transition(earlier=a, later=b, change=change, pairs=tuple(same)) for (a, b, change), same in ids.items()]
    caveats = Counter(key for pair in pairs for key in pair.change.caveats)
    return StrandTransitions(
        earlier=pairs[0].change.strand_a or "",
        later=pairs[0].strand,
        name=_flow_name(pairs[0]),
        moves=tuple(sorted(moves, key=lambda move: (grade_order(move.earlier), grade_order(move.later)))),
        caveats={key: caveats[key] for key in ordered_caveats(caveats)},
    )


def _flow_name(pair: _StrandPair) -> str:
    """Return the heading for the changes from one strand to another.

    The name of the strand if it stayed the same ("Leaders"), otherwise the earlier and the later name
    ("Overall (LAC 2013) to Children in care").
    """
    strand, framework = pair.change.strand_a or "", _separate_framework(pair.earlier)
    later = _strand_name(pair.strand)
    if framework:
        defined = frameworks()[framework].strand(strand)
        return f"{defined.name if defined else strand} ({framework_name(framework)}) to {later}"
    return later if strand == pair.strand else f"{_strand_name(strand)} to {later}"


def _separate_framework(inspection: Inspection) -> str:
    """Return the framework of an inspection if it is in `Crosswalk.separate`, else an empty string."""
    return inspection.framework if inspection.framework in crosswalk().separate else ""


def _without_earlier(
    strand: str, first: Iterable[tuple[Inspection, UncomparedReason]]
) -> Iterable[UncomparedInspections]:
    """Return the inspections that judged a strand but have no earlier inspection, grouped by reason."""
    by_reason: defaultdict[UncomparedReason, list[str]] = defaultdict(list)
    for later, why in first:
        if later.judgement(strand):
            by_reason[why].append(later.id)
    sentences = {
        "no earlier inspection": "No earlier graded inspection is stored.",
        "changed authority": f"The first inspection of a new council. {crosswalk().caveats['K13']}",
    }
    return [
        UncomparedInspections(why=why, reason=sentences[why], inspections=tuple(ids)) for why, ids in by_reason.items()
    ]


def _not_compared(pairs: Iterable[_StrandPair]) -> Iterable[UncomparedInspections]:
    """Return the later inspection of each pair that is not comparable, grouped by reason."""
    by_reason: defaultdict[tuple[UncomparedReason, str], list[str]] = defaultdict(list)
    for pair in pairs:
        if not pair.change.comparable:
            by_reason[_reason_not_compared(pair)].append(pair.later.id)
    return [
        UncomparedInspections(why=why, reason=sentence, inspections=tuple(ids))
        for (why, sentence), ids in by_reason.items()
    ]


def _reason_not_compared(pair: _StrandPair) -> tuple[UncomparedReason, str]:
    """Return why a pair of inspections is not comparable: the kind of reason, and a sentence to print."""
    change = pair.change
    if not (change.strand_a and change.strand_b):
        same_framework = pair.earlier.framework == pair.later.framework
        return "not comparable", _ONE_SIDED if same_framework or not change.reason else change.reason
    if any(judgement and judgement.not_judged for judgement in (change.judgement_a, change.judgement_b)):
        return "not judged", crosswalk().caveats["K12"]
    return "not held", "A grade of one side is not in the store."


def _strand_order(strand: str) -> tuple[int, str]:
    return (STRANDS.index(strand) if strand in STRANDS else len(STRANDS), strand)


def _strand_name(strand: str) -> str:
    """Return the printed name of a strand, from the newest framework that has it."""
    return strand_name(strand, *(key for key in reversed(frameworks()) if band_of(key) == SOCIAL_CARE))
