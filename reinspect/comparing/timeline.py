"""Lay out the inspections of one authority in time: a row for each strand, a column for each inspection or visit.

A cell has a grade, or a state that explains why there is none:

             2017 SIF   2018 visit       2022 ILACS
    help     good       ungraded visit   good
    lscb     good       ungraded visit   no such strand
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from reinspect.authorities import authorities
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import judged_strands
from reinspect.frameworks import Framework, band_of, frameworks, strand_name
from reinspect.frameworks.bands import SOCIAL_CARE, band_name, band_order
from reinspect.model import Authority, Inspection, Judgement
from reinspect.record import Gap

State = Literal["graded", "not judged", "not held", "no such strand", "ungraded visit"]


class TimelineCell(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of one strand at one inspection, or the reason (`state`) why there is none.

    `word`, `letter`, `shape` and `rung` (1 is the best) show the grade in several ways.
    """

    state: State
    judgement: Judgement | None = None
    word: str = ""
    letter: str = ""
    shape: str = ""
    rung: int | None = None


class TimelineEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection or visit in a timeline, with the numbers to show next to it.

    `improvements` and `priority_actions` are None if no text is stored. `coverage` is the number of press articles.
    `digest` is True if the only text is our own notes.
    """

    inspection: Inspection
    framework: str
    improvements: int | None
    priority_actions: int | None
    coverage: int
    digest: bool
    conflicts: int


class StrandRow(msgspec.Struct, frozen=True, kw_only=True):
    """One strand in a timeline, with a cell for each inspection.

    `history` is True if the row belongs to a framework that is never compared with others.
    """

    strand: str
    name: str
    cells: tuple[TimelineCell, ...]
    history: bool = False


class FrameworkBand(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbouring events under one framework: those from `first` to `last` (included) of `Timeline.events`."""

    framework: str
    name: str
    first: int
    last: int


class BandHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one other band, such as SEND, in time, oldest first, with a row for every strand that it graded.

    `name` is the name of the band, and `inspectors` are those who judge in it: ("Ofsted", "CQC").
    """

    band: str
    name: str
    inspectors: tuple[str, ...]
    events: tuple[TimelineEvent, ...]
    rows: tuple[StrandRow, ...] = ()

    @property
    def heading(self) -> str:
        """The heading of the block: "SEND: Ofsted and CQC"."""
        named = " and ".join(filter(None, [", ".join(self.inspectors[:-1]), *self.inspectors[-1:]]))
        return f"{self.name}: {named}" if named else self.name


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The inspections of one authority in time, oldest first, with a row for every strand that was graded.

    `events`, `rows` and `bands` are those of social care. `other_bands` has a block for each other band, such as SEND.
    `gaps` are sentences on what is known to be missing. `predecessors` are the names of the councils that the authority
    replaced, `successors` of those that replaced it.
    """

    authority: Authority
    events: tuple[TimelineEvent, ...]
    rows: tuple[StrandRow, ...]
    bands: tuple[FrameworkBand, ...]
    other_bands: tuple[BandHistory, ...] = ()
    gaps: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


def timeline(authority: Authority, inspections: Iterable[Inspection], gaps: Iterable[Gap] = ()) -> Timeline:
    """Build the timeline of one authority from all its inspections.

    `gaps` are the known gaps in the record; those of other authorities are ignored.
    """
    everything = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    ordered = [inspection for inspection in everything if band_of(inspection.framework) == SOCIAL_CARE]
    bands = []
    for key, band in groupby(enumerate(ordered), key=lambda numbered: numbered[1].framework):
        places = [place for place, _ in band]
        bands.append(FrameworkBand(framework=key, name=framework_name(key), first=places[0], last=places[-1]))
    return Timeline(
        authority=authority,
        events=tuple(_event(inspection) for inspection in ordered),
        # Children in care, care leavers, and both in one grade are three rows, one below the other and never merged.
        # Frameworks that are never compared (annual ratings, inspections before 2013) come last.
        rows=(*_compared_rows(ordered), *_history_rows(ordered)),
        bands=tuple(bands),
        other_bands=_other_bands(everything),
        gaps=tuple(gap.missing for gap in gaps if gap.authority == authority.slug),
        predecessors=tuple(map(authorities().name_of, authority.predecessors)),
        successors=tuple(map(authorities().name_of, authority.successors)),
    )


def none_given(row: StrandRow, events: Sequence[TimelineEvent], place: int) -> tuple[str, ...]:
    """Return the caveats on a cell without a grade whose strand an earlier inspection graded; () for another cell.

    So it is with the overall grade, which no inspection has since April 2026.
    """
    if row.history or row.cells[place].state != "no such strand":
        return ()
    framework = events[place].inspection.framework
    earlier = [
        event.inspection.framework
        for event, cell in zip(events[:place], row.cells[:place], strict=True)
        if cell.state == "graded"
    ]
    return next((keys for other in earlier if (keys := crosswalk().dropped(other, framework, row.strand))), ())


def _other_bands(ordered: list[Inspection]) -> tuple[BandHistory, ...]:
    """Return a block for each band of these inspections, except social care, in the order in which bands are shown."""
    by_band: dict[str, list[Inspection]] = {}
    for inspection in ordered:
        if (band := band_of(inspection.framework)) != SOCIAL_CARE:
            by_band.setdefault(band, []).append(inspection)
    return tuple(
        BandHistory(
            band=band,
            name=band_name(band),
            inspectors=_inspectors(own),
            events=tuple(_event(inspection) for inspection in own),
            rows=tuple(_compared_rows(own)),
        )
        for band, own in sorted(by_band.items(), key=lambda pair: band_order(pair[0]))
    )


def _inspectors(inspections: Iterable[Inspection]) -> tuple[str, ...]:
    """Return the names of the inspectorates of these inspections, each once."""
    known = (frameworks().get(inspection.framework) for inspection in inspections)
    names = (name for framework in known if framework for name in re.split(r",\s*|\s+and\s+", framework.inspector))
    return tuple(dict.fromkeys(names))


def framework_name(key: str) -> str:
    """Return the short name of a framework, or its key if the framework is unknown."""
    framework = frameworks().get(key)
    return framework.short if framework else key


def _event(inspection: Inspection) -> TimelineEvent:
    kinds = [document.kind for document in inspection.documents]
    listed = inspection.improvements or inspection.priority_actions
    has_text = bool(listed) or not {"report", "letter"}.isdisjoint(kinds)
    return TimelineEvent(
        inspection=inspection,
        framework=framework_name(inspection.framework),
        improvements=len(inspection.improvements) if has_text else None,
        priority_actions=len(inspection.priority_actions) if has_text else None,
        coverage=kinds.count("coverage"),
        digest="digest" in kinds and {"report", "letter"}.isdisjoint(kinds),
        conflicts=len(inspection.conflicts),
    )


def _compared_rows(ordered: list[Inspection]) -> list[StrandRow]:
    """Return the rows of the frameworks that are compared with one another."""
    separate = crosswalk().separate
    compared = [inspection for inspection in ordered if inspection.framework not in separate]
    return [
        StrandRow(
            strand=strand,
            name=strand_name(strand, *(inspection.framework for inspection in reversed(compared))),
            cells=tuple(strand_cell(i, strand, shown=i.framework not in separate) for i in ordered),
        )
        for strand in judged_strands(compared)
    ]


def _history_rows(ordered: list[Inspection]) -> list[StrandRow]:
    """Return the rows of the frameworks that are never compared, one framework after another."""
    rows = []
    for key in dict.fromkeys(i.framework for i in ordered if i.framework in crosswalk().separate):
        own = [inspection for inspection in ordered if inspection.framework == key]
        for strand in dict.fromkeys(judgement.strand for inspection in own for judgement in inspection.judgements):
            cells = tuple(strand_cell(inspection, strand, shown=inspection.framework == key) for inspection in ordered)
            name, framework = strand_name(strand, key), framework_name(key)
            name = name if name == framework else f"{name} ({framework})"
            rows.append(StrandRow(strand=strand, name=name, cells=cells, history=True))
    return rows


def strand_cell(inspection: Inspection, strand: str, *, shown: bool = True) -> TimelineCell:
    """Return the timeline cell of one strand at one inspection.

    `shown` is False if the row belongs to a framework that the inspection is never compared with.
    """
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
    """Return True if every inspection under the framework must judge the strand."""
    defined = framework.strand(strand) if framework else None
    return defined is not None and defined.required
