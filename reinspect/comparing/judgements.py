"""Compare the grades of two inspections, strand by strand, and give the reason where they cannot be compared.

The table of comparable strands is in `reinspect.comparing.crosswalk`. For Camden:

    strand in 2017 (SIF)   strand in 2022 (ILACS)     change           caveats
    overall: good          overall: outstanding       improved         K1
    help: good             help: good                 same grade       K2
    care: good             care_and_leavers: outst.   improved         K3
    adoption: outstanding  -                          not comparable   (with the reason)

A rung is the place of a grade on its scale, 1 for the best. "Adequate" and "requires improvement" are both on rung 3,
but of different scales, and "requires improvement" is the harder test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from reinspect.comparing.crosswalk import StrandLink, crosswalk
from reinspect.frameworks import Grade, band_of, frameworks, strand_name
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Inspection, Judgement

Change = Literal["improved", "declined", "same grade", "same rung, harder test", "not comparable"]
"""The change from an earlier grade to a later one."""

Relation = Literal["a is higher", "b is higher", "same grade", "same rung, different test", "not comparable"]
"""The relation of two grades, regardless of which is earlier."""

Kinship = Literal["same authority", "changed authority", "two authorities"]
"""The relation of two authorities. "changed authority" means a council and its successor."""

# In the order in which strands are shown.
STRANDS = ("overall", "leaders", "help", "care", "care_and_leavers", "leavers", "adoption", "lscb")


def judged_strands(inspections: Sequence[Inspection]) -> list[str]:
    """Return the strands that inspections of one band judged: in the usual order for social care, else as in the files.

    Strands that no loaded file has come last.
    """
    judged = {judgement.strand for inspection in inspections for judgement in inspection.judgements}
    is_social_care = any(band_of(inspection.framework) == SOCIAL_CARE for inspection in inspections)
    usual = STRANDS if is_social_care else ()
    used = (frameworks().get(key) for key in dict.fromkeys(inspection.framework for inspection in inspections))
    in_files = (strand.key for framework in used if framework for strand in framework.strands)
    return [strand for strand in dict.fromkeys((*usual, *in_files, *sorted(judged))) if strand in judged]


class StrandChange(msgspec.Struct, frozen=True, kw_only=True):
    """The grades of two inspections, `a` and `b`, on one strand, compared.

    - `strand_a`, `strand_b`: keys of the strand; None on a side that has no such strand.
    - `change`: the change from the earlier inspection to the later one. It is None between two authorities.
    - `relation`: the side with the higher grade.
    - `wording`: the change, or else the relation, as text to print.
    - `caveats`: keys of texts to print after the wording, such as "K1" (`Crosswalk.caveats`).
    - `reason`: why the grades are not comparable.
    """

    strand_a: str | None
    strand_b: str | None
    name: str
    judgement_a: Judgement | None
    judgement_b: Judgement | None
    change: Change | None
    relation: Relation
    wording: str
    caveats: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def grade_a(self) -> str | None:
        """The grade of inspection `a`, or None."""
        return self.judgement_a.grade if self.judgement_a else None

    @property
    def grade_b(self) -> str | None:
        """The grade of inspection `b`, or None."""
        return self.judgement_b.grade if self.judgement_b else None

    @property
    def comparable(self) -> bool:
        """True if the two grades may be compared."""
        return self.relation != "not comparable"


def kinship(a: Inspection, b: Inspection, authorities: tuple[Authority, Authority] | None = None) -> Kinship:
    """Return how the authorities of two inspections are related.

    `authorities` are those of `a` and `b`; without them a council and its successor count as unrelated.
    """
    if a.authority == b.authority:
        return "same authority"
    if authorities is not None:
        first, second = authorities
        if second.slug in (*first.predecessors, *first.successors) or first.slug in (
            *second.predecessors,
            *second.successors,
        ):
            return "changed authority"
    return "two authorities"


def later_side(a: Inspection, b: Inspection) -> Literal["a", "b"]:
    """Return which inspection is later, "a" or "b"; "b" if the dates are equal or one is unknown."""
    return "a" if a.when and b.when and a.when > b.when else "b"


def compare_judgements(
    a: Inspection, b: Inspection, authorities: tuple[Authority, Authority] | None = None
) -> tuple[StrandChange, ...]:
    """Compare the grades of two inspections, strand by strand.

    A change runs from the earlier inspection to the later one, even if `a` is the later. `authorities` are those of `a`
    and `b`; without them a council and its successor count as unrelated. Two inspections of different bands, such as
    social care and SEND, have nothing to compare.
    """
    if band_of(a.framework) != band_of(b.framework):
        return ()
    strands_a = tuple(judgement.strand for judgement in a.judgements)
    strands_b = tuple(judgement.strand for judgement in b.judgements)
    links = crosswalk().links(a.framework, b.framework, strands_a, strands_b)
    related = kinship(a, b, authorities)
    changes = [_compare_strand(a, b, link, related) for link in links]
    # The strands of other bands stay in the order of their framework file.
    return tuple(sorted(changes, key=_sort_key) if band_of(a.framework) == SOCIAL_CARE else changes)


def _compare_strand(a: Inspection, b: Inspection, link: StrandLink, related: Kinship) -> StrandChange:
    """Compare the grades of two inspections on one linked strand."""
    judgement_a = a.judgement(link.a) if link.a else None
    judgement_b = b.judgement(link.b) if link.b else None
    reason = _reason_not_comparable(a, b, link)
    grade_a, grade_b = _grade_on_scale(a, judgement_a), _grade_on_scale(b, judgement_b)
    caveats = link.caveats
    is_not_judged = any(judgement and judgement.not_judged for judgement in (judgement_a, judgement_b))
    # The caveat is on adoption and care leavers.
    if is_not_judged and band_of(a.framework) == SOCIAL_CARE:
        caveats = (*caveats, "K12")
    outcome: tuple[Change | None, Relation, str] = ("not comparable", "not comparable", "not comparable")
    if not reason and grade_a and grade_b:
        outcome = _compare_grades(a, b, grade_a, grade_b, related)
        # K13 is the caveat on a council and its successor.
        caveats = (*caveats, "K13") if related == "changed authority" else caveats
    change, relation, wording = outcome
    return StrandChange(
        strand_a=link.a if judgement_a or not _may_lack(a, link.a) else None,
        strand_b=link.b if judgement_b or not _may_lack(b, link.b) else None,
        name=_name(a, b, link),
        judgement_a=judgement_a,
        judgement_b=judgement_b,
        change=change,
        relation=relation,
        wording=wording,
        caveats=caveats,
        reason=reason,
    )


def _reason_not_comparable(a: Inspection, b: Inspection, link: StrandLink) -> str | None:
    """Return why two linked strands cannot be compared, or None if they can."""
    ungraded = next((side for side in (a, b) if not side.graded), None)
    if ungraded:
        return f"{short_name(ungraded)}: not graded."
    if link.reason:
        return link.reason
    missing = ((side, _missing_grade(side, strand)) for side, strand in ((a, link.a), (b, link.b)))
    return next((f"{short_name(side)}: {words}." for side, words in missing if words), None)


def _missing_grade(inspection: Inspection, strand: str | None) -> str | None:
    """Return why an inspection has no usable grade on a strand, or None if it has one."""
    judgement = inspection.judgement(strand) if strand else None
    if judgement is None:
        return "no such judgement" if _may_lack(inspection, strand) else "grade not held"
    if judgement.grade is None:
        return "not judged" if judgement.not_judged else "grade not held"
    return None if _grade_on_scale(inspection, judgement) else f'the grade "{judgement.grade}" is not on its scale'


def _compare_grades(
    a: Inspection, b: Inspection, grade_a: Grade, grade_b: Grade, related: Kinship
) -> tuple[Change | None, Relation, str]:
    """Return the change, the relation and the wording for two comparable grades."""
    if related == "two authorities":
        relation = _relation(grade_a, grade_b)
        return None, relation, relation
    first, last = (grade_b, grade_a) if later_side(a, b) == "a" else (grade_a, grade_b)
    change = _grade_change(first, last)
    return change, _relation(grade_a, grade_b), _change_wording(change, first, last, new_scale=_scale(a) != _scale(b))


def _grade_change(first: Grade, last: Grade) -> Change:
    if first.rung == last.rung:
        return "same grade" if first.key == last.key else "same rung, harder test"
    return "improved" if last.rung < first.rung else "declined"


def _relation(grade_a: Grade, grade_b: Grade) -> Relation:
    if grade_a.rung == grade_b.rung:
        return "same grade" if grade_a.key == grade_b.key else "same rung, different test"
    return "a is higher" if grade_a.rung < grade_b.rung else "b is higher"


def _change_wording(change: Change, first: Grade, last: Grade, *, new_scale: bool) -> str:
    """Return the words to print for a change of grade."""
    if change == "same rung, harder test":
        return "same rung, new name, harder test"
    # Between two scales "declined" would claim too much.
    if not new_scale or change == "same grade":
        return change
    if change == "improved":
        return "improved (across a change of scale)"
    if last.key == "requires improvement":
        return "lower grade, after the bar was raised"
    return "lower" if first.key == "adequate" else "declined (across a change of scale)"


def _grade_on_scale(inspection: Inspection, judgement: Judgement | None) -> Grade | None:
    """Return the grade of a judgement from the framework's scale of grades, or None if it is not there."""
    framework = frameworks().get(inspection.framework)
    return framework.grade(judgement.grade) if framework and judgement else None


def _scale(inspection: Inspection) -> tuple[str, ...]:
    framework = frameworks().get(inspection.framework)
    return tuple(grade.key for grade in framework.grades) if framework else ()


def short_name(inspection: Inspection) -> str:
    """Return the short name of an inspection, such as "SIF 2017"."""
    framework = frameworks().get(inspection.framework)
    bare = re.sub(r"\s+\d{4}.*$", "", framework.short if framework else inspection.framework)
    return f"{bare} {inspection.year}" if inspection.year else bare


def _may_lack(inspection: Inspection, strand: str | None) -> bool:
    """Return True if the inspection did not have to judge this strand."""
    framework = frameworks().get(inspection.framework)
    defined = framework.strand(strand) if framework and strand else None
    # The framework lacks the strand, or does not require it: only some SIF inspections reviewed the safeguarding board.
    # So the absence of the strand is not a gap in the data.
    return defined is None or not defined.required


def _name(a: Inspection, b: Inspection, link: StrandLink) -> str:
    """Return the printed name of a linked strand."""
    # The name in the later framework, or in the earlier one if the later lacks the strand.
    sides = [(a, link.a), (b, link.b)] if later_side(a, b) == "b" else [(b, link.b), (a, link.a)]
    return next(strand_name(key, inspection.framework) for inspection, key in reversed(sides) if key is not None)


def _sort_key(change: StrandChange) -> tuple[int, int]:
    """Return a sort key: the strand of `a`, then the strand of `b`, in their usual order."""
    strands = [strand for strand in (change.strand_a, change.strand_b) if strand]
    places = [STRANDS.index(strand) if strand in STRANDS else len(STRANDS) for strand in strands]
    return (places[0], places[-1]) if places else (len(STRANDS), len(STRANDS))
