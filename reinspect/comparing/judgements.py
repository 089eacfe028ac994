"""What became of each grade between two inspections, strand by strand, and what may not be said.

The rules stand in domain.md 2; the table itself in `reinspect.comparing.crosswalk`.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from reinspect.comparing.crosswalk import StrandLink, crosswalk
from reinspect.frameworks import Grade, frameworks
from reinspect.model import Authority, Inspection, Judgement

Change = Literal["improved", "declined", "same grade", "same rung, harder test", "not comparable"]
Relation = Literal["a is higher", "b is higher", "same grade", "same rung, different test", "not comparable"]
Kinship = Literal["same authority", "changed authority", "two authorities"]

STRANDS = ("overall", "leaders", "help", "care", "care_and_leavers", "leavers", "adoption", "lscb")


class StrandChange(msgspec.Struct, frozen=True, kw_only=True):
    """One strand of inspection `a` beside its counterpart in `b`; an unpaired strand has None on its other side.

    `change` tells from the earlier inspection to the later, whichever of the two is `a`; it is None between two
    authorities, where nothing changed: there `relation` says which is higher. `wording` is the change (or relation)
    in the words to print, `reason` why it is not comparable, `caveats` the keys of texts to print with it
    (`reinspect.comparing.crosswalk`).
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
        """Canonical grade of `a`, or None where it has none."""
        return self.judgement_a.grade if self.judgement_a else None

    @property
    def grade_b(self) -> str | None:
        """Canonical grade of `b`, or None where it has none."""
        return self.judgement_b.grade if self.judgement_b else None

    @property
    def comparable(self) -> bool:
        """Whether the two grades may be set beside each other at all."""
        return self.relation != "not comparable"


def kinship(a: Inspection, b: Inspection, authorities: tuple[Authority, Authority] | None = None) -> Kinship:
    """Whether two inspections are of one authority, of a council and its successor, or of two authorities.

    `authorities` are those of `a` and `b`; without them a succession cannot be known.
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


def later(a: Inspection, b: Inspection) -> Literal["a", "b"]:
    """Which of the two is the later event; `b` where their dates do not tell."""
    return "a" if a.when and b.when and a.when > b.when else "b"


def compare_judgements(
    a: Inspection, b: Inspection, authorities: tuple[Authority, Authority] | None = None
) -> tuple[StrandChange, ...]:
    """Every strand of two inspections through the crosswalk, in the order of `STRANDS`.

    The sides stay as given; each change is told from the earlier to the later, so that swapping the sides swaps the
    columns and not the story. Give the `authorities` of `a` and `b` where they may be predecessor and successor:
    their changes carry K13.
    """
    strands_a = tuple(judgement.strand for judgement in a.judgements)
    strands_b = tuple(judgement.strand for judgement in b.judgements)
    links = crosswalk().links(a.framework, b.framework, strands_a, strands_b)
    between = kinship(a, b, authorities)
    changes = [_change(a, b, link, between) for link in links]
    return tuple(sorted(changes, key=_place))


def _change(a: Inspection, b: Inspection, link: StrandLink, between: Kinship) -> StrandChange:
    """One link of the crosswalk filled with the grades of both sides."""
    judgement_a = a.judgement(link.a) if link.a else None
    judgement_b = b.judgement(link.b) if link.b else None
    reason = _why_not(a, b, link)
    grade_a, grade_b = _step(a, judgement_a), _step(b, judgement_b)
    caveats = link.caveats
    if any(judgement and judgement.not_judged for judgement in (judgement_a, judgement_b)):
        caveats = (*caveats, "K12")
    told: tuple[Change | None, Relation, str] = ("not comparable", "not comparable", "not comparable")
    if not reason and grade_a and grade_b:
        told = _between_grades(a, b, grade_a, grade_b, between)
        caveats = (*caveats, "K13") if between == "changed authority" else caveats
    change, relation, wording = told
    return StrandChange(
        strand_a=link.a if judgement_a or not _lacks(a, link.a) else None,
        strand_b=link.b if judgement_b or not _lacks(b, link.b) else None,
        name=_name(a, b, link),
        judgement_a=judgement_a,
        judgement_b=judgement_b,
        change=change,
        relation=relation,
        wording=wording,
        caveats=caveats,
        reason=reason,
    )


def _why_not(a: Inspection, b: Inspection, link: StrandLink) -> str | None:
    """Why a link cannot be compared, or None where both sides hold a grade for it."""
    ungraded = next((side for side in (a, b) if not side.graded), None)
    if ungraded:
        return f"{short_name(ungraded)}: not graded."
    if link.reason:
        return link.reason
    missing = ((side, _missing(side, strand)) for side, strand in ((a, link.a), (b, link.b)))
    return next((f"{short_name(side)}: {words}." for side, words in missing if words), None)


def _missing(inspection: Inspection, strand: str | None) -> str | None:
    """In words, what stands in place of a grade; None where there is a grade on the framework's scale."""
    judgement = inspection.judgement(strand) if strand else None
    if judgement is None:
        return "no such judgement" if _lacks(inspection, strand) else "grade not held"
    if judgement.grade is None:
        return "not judged" if judgement.not_judged else "grade not held"
    return None if _step(inspection, judgement) else f'the grade "{judgement.grade}" is not on its scale'


def _between_grades(
    a: Inspection, b: Inspection, grade_a: Grade, grade_b: Grade, between: Kinship
) -> tuple[Change | None, Relation, str]:
    """The change, the relation and the wording for two grades that may be compared (domain.md 2)."""
    if between == "two authorities":
        relation = _relation(grade_a, grade_b)
        return None, relation, relation
    first, last = (grade_b, grade_a) if later(a, b) == "a" else (grade_a, grade_b)
    change = _told(first, last)
    return change, _relation(grade_a, grade_b), _worded(change, first, last, new_scale=_scale(a) != _scale(b))


def _told(first: Grade, last: Grade) -> Change:
    if first.rung == last.rung:
        return "same grade" if first.key == last.key else "same rung, harder test"
    return "improved" if last.rung < first.rung else "declined"


def _relation(grade_a: Grade, grade_b: Grade) -> Relation:
    if grade_a.rung == grade_b.rung:
        return "same grade" if grade_a.key == grade_b.key else "same rung, different test"
    return "a is higher" if grade_a.rung < grade_b.rung else "b is higher"


def _worded(change: Change, first: Grade, last: Grade, *, new_scale: bool) -> str:
    """A change in the words to print. Between scales the plain words would claim too much (domain.md 2)."""
    if change == "same rung, harder test":
        return "same rung, new name, harder test"
    if not new_scale or change == "same grade":
        return change
    if change == "improved":
        return "improved (across a change of scale)"
    if last.key == "requires improvement":
        return "lower grade, after the bar was raised"
    return "lower" if first.key == "adequate" else "declined (across a change of scale)"


def _step(inspection: Inspection, judgement: Judgement | None) -> Grade | None:
    """A judgement's place on its framework's scale, or None where it has no grade there."""
    framework = frameworks().get(inspection.framework)
    return framework.grade(judgement.grade) if framework and judgement else None


def _scale(inspection: Inspection) -> tuple[str, ...]:
    framework = frameworks().get(inspection.framework)
    return tuple(grade.key for grade in framework.grades) if framework else ()


def short_name(inspection: Inspection) -> str:
    """Framework and year: "SIF 2017", "ILACS 2022"."""
    framework = frameworks().get(inspection.framework)
    bare = re.sub(r"\s+\d{4}.*$", "", framework.short if framework else inspection.framework)
    return f"{bare} {inspection.year}" if inspection.year else bare


def _lacks(inspection: Inspection, strand: str | None) -> bool:
    """Whether an inspection has no such strand at all, so that a missing grade is no gap in what is held.

    A board was reviewed in some inspections of the SIF and not in others: its framework file says so.
    """
    framework = frameworks().get(inspection.framework)
    found = framework.strand(strand) if framework and strand else None
    return found is None or not found.required


def _name(a: Inspection, b: Inspection, link: StrandLink) -> str:
    """The strand's name as the later framework calls it; both names where two strands stand under one joint grade."""
    sides = [(a, link.a), (b, link.b)] if later(a, b) == "b" else [(b, link.b), (a, link.a)]
    names = []
    for inspection, strand in reversed(sides):
        framework = frameworks().get(inspection.framework)
        found = framework.strand(strand) if framework and strand else None
        if strand is not None:
            names.append(found.name if found else strand.replace("_", " "))
    return names[0]


def _place(change: StrandChange) -> tuple[int, int]:
    """Where a row stands: by its strand on the left, then on the right; unknown strands last."""
    places = [STRANDS.index(s) if s in STRANDS else len(STRANDS) for s in (change.strand_a, change.strand_b) if s]
    return (places[0], places[-1]) if places else (len(STRANDS), len(STRANDS))
