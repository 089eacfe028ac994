"""An authority's history: strands down, inspections and visits across in the order of time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

import msgspec

from reinspect.authorities import authorities
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import STRANDS
from reinspect.frameworks import Framework, frameworks
from reinspect.model import Authority, Inspection, Judgement
from reinspect.record import Gap

State = Literal["graded", "not judged", "not held", "no such strand", "ungraded visit"]


class TimelineCell(msgspec.Struct, frozen=True, kw_only=True):
    """One strand at one event. `word`, `letter`, `shape` and `rung` (1 is best) are set where it is graded."""

    state: State
    judgement: Judgement | None = None
    word: str = ""
    letter: str = ""
    shape: str = ""
    rung: int | None = None


class TimelineEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection or visit. `improvements` and `priority_actions` are None where no text of it is held."""

    inspection: Inspection
    framework: str
    improvements: int | None
    priority_actions: int | None
    coverage: int
    digest: bool
    conflicts: int


class StrandRow(msgspec.Struct, frozen=True, kw_only=True):
    """One strand across all events, a cell for each. `history`: of a framework that is shown and never compared."""

    strand: str
    name: str
    cells: tuple[TimelineCell, ...]
    history: bool = False


class FrameworkBand(msgspec.Struct, frozen=True, kw_only=True):
    """A run of neighbouring events under one framework: `first` to `last` are places in `Timeline.events`, included."""

    framework: str
    name: str
    first: int
    last: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one authority, the oldest first, and a row for every strand that any of them graded.

    `gaps` says in words what is known to be missing. `predecessors` and `successors` are the councils, by name, whose
    area this one took over or that took over its own: their inspections are theirs and stand in their own timelines.
    """

    authority: Authority
    events: tuple[TimelineEvent, ...]
    rows: tuple[StrandRow, ...]
    bands: tuple[FrameworkBand, ...]
    gaps: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


def timeline(authority: Authority, inspections: Iterable[Inspection], gaps: Iterable[Gap] = ()) -> Timeline:
    """The history of an authority from its inspections, which may come in any order.

    Of the `gaps`, those of this authority are told.
    Children in care, care leavers, and both in one grade are three rows, one below the other and never merged.
    Frameworks that stand apart (the annual ratings, the inspections before 2013) have rows of their own at the foot.
    """
    ordered = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    bands = []
    for key, run in groupby(enumerate(ordered), key=lambda place: place[1].framework):
        places = [place for place, _ in run]
        bands.append(FrameworkBand(framework=key, name=framework_name(key), first=places[0], last=places[-1]))
    return Timeline(
        authority=authority,
        events=tuple(_event(inspection) for inspection in ordered),
        rows=(*_compared_rows(ordered), *_history_rows(ordered)),
        bands=tuple(bands),
        gaps=tuple(gap.missing for gap in gaps if gap.authority == authority.slug),
        predecessors=tuple(map(_named, authority.predecessors)),
        successors=tuple(map(_named, authority.successors)),
    )


def _named(slug: str) -> str:
    """The name of a council of the record; the slug of any other."""
    found = authorities().by_slug(slug)
    return found.name if found else slug


def framework_name(key: str) -> str:
    """A framework's short name, or its key where no file describes it."""
    framework = frameworks().get(key)
    return framework.short if framework else key


def _event(inspection: Inspection) -> TimelineEvent:
    kinds = [document.kind for document in inspection.documents]
    listed = inspection.improvements or inspection.priority_actions
    told = bool(listed) or not {"report", "letter"}.isdisjoint(kinds)
    return TimelineEvent(
        inspection=inspection,
        framework=framework_name(inspection.framework),
        improvements=len(inspection.improvements) if told else None,
        priority_actions=len(inspection.priority_actions) if told else None,
        coverage=kinds.count("coverage"),
        digest="digest" in kinds and {"report", "letter"}.isdisjoint(kinds),
        conflicts=len(inspection.conflicts),
    )


def _compared_rows(ordered: list[Inspection]) -> list[StrandRow]:
    """Rows of the strands that the crosswalk leads from framework to framework."""
    apart = crosswalk().apart
    graded = [inspection for inspection in ordered if inspection.framework not in apart]
    held = {judgement.strand for inspection in graded for judgement in inspection.judgements}
    known = [strand for strand in STRANDS if strand in held] + sorted(held - set(STRANDS))
    return [
        StrandRow(
            strand=strand,
            name=_name(strand, reversed(graded)),
            cells=tuple(strand_cell(i, strand, shown=i.framework not in apart) for i in ordered),
        )
        for strand in known
    ]


def _history_rows(ordered: list[Inspection]) -> list[StrandRow]:
    """Rows of the frameworks that stand apart, each framework's own."""
    rows = []
    for key in dict.fromkeys(i.framework for i in ordered if i.framework in crosswalk().apart):
        own = [inspection for inspection in ordered if inspection.framework == key]
        for strand in dict.fromkeys(judgement.strand for inspection in own for judgement in inspection.judgements):
            cells = tuple(strand_cell(inspection, strand, shown=inspection.framework == key) for inspection in ordered)
            name, framework = _name(strand, own), framework_name(key)
            name = name if name == framework else f"{name} ({framework})"
            rows.append(StrandRow(strand=strand, name=name, cells=cells, history=True))
    return rows


def strand_cell(inspection: Inspection, strand: str, *, shown: bool = True) -> TimelineCell:
    """What one event says of one strand; `shown` is False for a row of another kind of framework."""
    if not inspection.graded:
        return TimelineCell(state="ungraded visit")
    judgement = inspection.judgement(strand) if shown else None
    framework = frameworks().get(inspection.framework)
    if judgement is None:
        return TimelineCell(state="not held" if shown and _expected(framework, strand) else "no such strand")
    if judgement.grade is None:
        return TimelineCell(state="not judged" if judgement.not_judged else "not held", judgement=judgement)
    step = framework.grade(judgement.grade) if framework else None
    return TimelineCell(
        state="graded",
        judgement=judgement,
        word=judgement.grade,
        letter=step.letter if step else judgement.grade[:1].upper(),
        shape=step.shape if step else "",
        rung=step.rung if step else None,
    )


def _expected(framework: Framework | None, strand: str) -> bool:
    """Whether a graded inspection must have judged the strand, so that its absence is a gap in what is held."""
    found = framework.strand(strand) if framework else None
    return found is not None and found.required


def _name(strand: str, inspections: Iterable[Inspection]) -> str:
    """The strand's name in the first of the inspections that knows it."""
    for inspection in inspections:
        framework = frameworks().get(inspection.framework)
        found = framework.strand(strand) if framework else None
        if found:
            return found.name
    return strand.replace("_", " ").capitalize()
