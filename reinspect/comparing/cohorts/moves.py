"""Find the authorities that ever moved from one grade to another, with the dates, the time taken and the way.

A move begins at the last inspection with the first grade and ends at the first later one that reaches the other grade,
or goes beyond it: "inadequate > good" ends at good or outstanding. Grades between the two are the way of the move.

    inadequate 2014, inadequate 2016, requires improvement 2018, good 2023
    one move, 2016 to 2023, by way of requires improvement (2018); inadequate since 2014

An overall grade that was not given is passed over, never made up, and so is a grade that may not be compared with the
first one. "good > good" are those that stayed good at their latest inspection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile

import msgspec

from reinspect.comparing.cohorts.cohort import is_full
from reinspect.comparing.crosswalk import ordered_caveats
from reinspect.comparing.judgements import StrandChange, compare_judgements
from reinspect.frameworks import frameworks, rung_of, worst_rung
from reinspect.model import Inspection


class MoveStep(msgspec.Struct, frozen=True, kw_only=True):
    """One grade on the way: the inspection that gave it, and the grade with its rung, 1 for the best.

    `strand` is the strand that was graded: for care leavers in 2022, the one of children in care and care leavers.
    """

    inspection: Inspection
    strand: str
    grade: str
    rung: int


class GradeMove(msgspec.Struct, frozen=True, kw_only=True):
    """A move of one authority on one strand: its steps in order, the first grade and the one reached included.

    `since` is the first of the inspections in a row that gave the first grade, up to the first step.
    """

    authority: str
    strand: str
    steps: tuple[MoveStep, ...]
    since: MoveStep

    @property
    def start(self) -> MoveStep:
        """The last inspection with the first grade."""
        return self.steps[0]

    @property
    def end(self) -> MoveStep:
        """The inspection that reached the other grade."""
        return self.steps[-1]

    @property
    def via(self) -> tuple[str, ...]:
        """The grades between, without repetitions: ("requires improvement",); empty for a direct move."""
        return tuple(dict.fromkeys(step.grade for step in self.steps[1:-1]))

    @property
    def caveats(self) -> tuple[str, ...]:
        """The keys of the caveats on comparing the first grade with the others, such as "K1"."""
        later = (self.since, *self.steps[1:]) if self.since != self.start else self.steps[1:]
        changes = (_compared(self.start, step) for step in later)
        return ordered_caveats(caveat for change in changes if change for caveat in change.caveats)

    @property
    def months(self) -> int:
        """The months from the month of the first inspection to that of the last: April 2017 to May 2019 is 25."""
        start, end = self.start.inspection.day or date.min, self.end.inspection.day or date.min
        return max((end.year - start.year) * 12 + end.month - start.month, 0)


def grade_moves(strand: str, earlier: str, later: str, inspections: Iterable[Inspection]) -> tuple[GradeMove, ...]:
    """Return every move on a strand of social care from one grade to another or beyond it, by authority and date.

    Inspections without any date are left out.
    """
    by_authority: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in inspections:
        if is_full(inspection) and inspection.when:
            by_authority[inspection.authority].append(inspection)
    moves = []
    for slug in sorted(by_authority):
        own = sorted(by_authority[slug], key=lambda inspection: (inspection.when, inspection.id))
        moves += [
            GradeMove(authority=slug, strand=strand, steps=tuple(steps), since=since)
            for steps, since in _moves(list(_steps(strand, own)), earlier, later)
        ]
    return tuple(moves)


def describe_target(earlier: str, later: str) -> str:
    """Return the grades that end a move in words: "good or better"; for no change, the grade itself."""
    first, last = rung_of(earlier), rung_of(later)
    if first is None or last is None or first == last or last in (1, worst_rung()):
        return later
    return f"{later} or {'better' if last < first else 'worse'}"


def _steps(strand: str, own: Sequence[Inspection]) -> Iterator[MoveStep]:
    """Yield the grades of one authority on a strand, oldest first.

    Where a framework judged the strand under another name, the grade that the crosswalk compares with it counts.
    """
    latest = next((each for each in reversed(own) if each.judgement(strand)), None)
    for inspection in own:
        judgement = inspection.judgement(strand)
        if judgement is None and latest is not None and latest is not inspection:
            linked = (change for change in compare_judgements(inspection, latest) if change.strand_b == strand)
            judgement = next((change.judgement_a for change in linked if change.comparable), None)
        framework = frameworks().get(inspection.framework)
        known = framework.grade(judgement.grade) if framework and judgement and judgement.grade else None
        if judgement and judgement.grade and known:
            yield MoveStep(inspection=inspection, strand=judgement.strand, grade=judgement.grade, rung=known.rung)


def _compared(one: MoveStep, other: MoveStep) -> StrandChange | None:
    """Return the comparison of the grades of two steps, or None if they may not be compared."""
    changes = compare_judgements(one.inspection, other.inspection)
    same = (change for change in changes if (change.strand_a, change.strand_b) == (one.strand, other.strand))
    return next((change for change in same if change.comparable), None)


def _moves(steps: Sequence[MoveStep], earlier: str, later: str) -> Iterator[tuple[list[MoveStep], MoveStep]]:
    """Yield the steps of each move, and the first step in a row with the grade that it begins with."""
    first, last = rung_of(earlier), rung_of(later)
    if first is None or last is None:
        return
    if earlier == later:
        # Who stayed once and moved on later did not stay.
        if len(steps) > 1 and {step.grade for step in steps[-2:]} == {earlier} and _compared(*steps[-2:]):
            yield [*steps[-2:]], _first_in_a_row(steps[:-1])
        return
    path: list[MoveStep] = []
    for step in steps:
        may_follow = bool(path) and _compared(path[0], step) is not None
        if may_follow and _is_reached(step, first, last, later):
            yield [*path, step], _first_in_a_row(steps[: steps.index(path[0]) + 1])
            path = [step] if step.grade == earlier else []
        elif step.grade == earlier:
            path = [step]
        elif may_follow:
            path.append(step)


def _first_in_a_row(steps: Sequence[MoveStep]) -> MoveStep:
    """Return the first of the last steps that have the grade of the last one, and may be compared with it."""
    last = steps[-1]
    *_, first = takewhile(
        lambda step: step == last or (step.grade == last.grade and _compared(step, last) is not None), reversed(steps)
    )
    return first


def _is_reached(step: MoveStep, first: int, last: int, later: str) -> bool:
    """Return whether a step ends a move from rung `first` to rung `last`: it is there, or beyond it."""
    if first == last:
        return step.grade == later
    return step.rung <= last if last < first else step.rung >= last
