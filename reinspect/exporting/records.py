"""Build the JSON objects that commands print: plain dicts, each filled through its type in `schemas`.

A field of the type that has the same name in the model is copied. Derived fields are passed by name:

    phrase_record(phrase)
    -> _fill(PhraseShape, phrase, of=phrase.group, ...)    `of` is derived, `variants` is copied
    -> {"schema": 2, "phrase": "drift and delay", "variants": ["drift or delay"], ..., "of": 12, ...}

Dates become ISO strings, tuples become lists. Objects that are printed alone carry `"schema": 2`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from reinspect.exporting import schemas
from reinspect.exporting.citation import source_name
from reinspect.exporting.schemas import SCHEMA, Shape
from reinspect.frameworks import band_of
from reinspect.model import (
    Authority,
    Conflict,
    Document,
    Evidence,
    Improvement,
    Inspection,
    Judgement,
    Outcome,
    Passage,
    Pin,
    Reading,
    SourceFacts,
    StoredDocument,
)

if TYPE_CHECKING:
    # Loaded by the commands that compare or search, not by a list of inspections.
    from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges, StrandTransitions
    from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades
    from reinspect.comparing.cohorts.moves import GradeMove
    from reinspect.comparing.comparison import Comparison
    from reinspect.comparing.followthrough.asked_again import AskedAgain
    from reinspect.comparing.followthrough.shown_passages import Mark, ShownPassage
    from reinspect.comparing.followthrough.steps import Step
    from reinspect.comparing.followthrough.threads import Thread
    from reinspect.comparing.followthrough.verdict_labels import VerdictLabel
    from reinspect.comparing.passages import PassagePair
    from reinspect.comparing.timeline import BandHistory, StrandRow, Timeline, TimelineCell, TimelineEvent
    from reinspect.exporting.sheets.briefing import Briefing
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.query import Hit
    from reinspect.phrases.types import RecurringPhrase
    from reinspect.phrases.usage import PhraseUsage

JsonObject = dict[str, Any]
_Shape = TypeVar("_Shape", bound=Shape)

# The fields of the first releases: from which chance a passage is a mention, and from which the matter may come up.
_LIKELY, _POSSIBLY = 0.5, 0.2
# The words for the marks that JSON has had from the beginning: a program that reads them must not break.
PUBLISHED_MARKS: dict[Mark, schemas.Mark] = {
    "good": "praise",
    "critical": "criticism",
    "mixed": "both",
    "neutral": "neutral",
    "listed": "listed",
}


# One file, one inspection


def reading_record(reading: Reading) -> JsonObject:
    """Return the facts found in one file as a JSON object; facts not found are null or empty."""
    document, facts = reading.document, reading.facts
    return _plain(
        _fill(
            schemas.ReadShape,
            facts,
            file=reading.file,
            sha256=document.sha256 or None,
            kind=document.kind,
            reason=reading.reason,
            reader=document.reader or None,
            passages=len(reading.passages),
            warnings=document.warnings,
            **_facts(facts),
        )
    )


def inspection_record(
    inspection: Inspection, authority: Authority | None = None, passages: int | None = None
) -> JsonObject:
    """Return one stored inspection as a JSON object.

    `passages` is the number of paragraphs and list items of its report, if the caller knows that number.
    """
    return _plain(_inspection(inspection, authority, passages))


# Comparing


def comparison_record(comparison: Comparison) -> JsonObject:
    """Return the comparison of two inspections as a JSON object."""
    sides: tuple[tuple[Literal["a", "b"], Inspection], ...] = (("a", comparison.a), ("b", comparison.b))
    return _plain(
        _fill(
            schemas.ComparisonShape,
            comparison,
            a=_inspection(comparison.a, comparison.authority_a),
            b=_inspection(comparison.b, comparison.authority_b),
            caveats=_caveat_texts(comparison.caveats),
            improvements=[
                _improvement(improvement, schemas.SidedImprovementShape, side=side, inspection=inspection.id)
                for side, inspection in sides
                for improvement in inspection.improvements
            ],
            passages=[_pair(pair) for pair in comparison.pairs],
        )
    )


def timeline_record(timeline: Timeline) -> JsonObject:
    """Return all inspections of one local authority, with their grades, as a JSON object."""
    authority = timeline.authority
    return _plain(
        _fill(
            schemas.TimelineShape,
            timeline,
            authority=_authority(authority, authority.slug),
            events=[_event(event) for event in timeline.events],
            frameworks=timeline.bands,
            strands=[_row(row) for row in timeline.rows],
            other_bands=[_band_history(history) for history in timeline.other_bands],
            predecessors=authority.predecessors,
            successors=authority.successors,
            changed=authority.changed,
            **dict.fromkeys(("cohort", "members", "standing"), UNSET),
        )
    )


def cohort_record(standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None) -> JsonObject:
    """Return the latest grades and grade changes of a group of authorities as a JSON object.

    If the group was compared with one inspection, `authority` is the owner of that inspection.
    """
    from reinspect.comparing.crosswalk import ordered_caveats

    inspection = standing.inspection
    return _plain(
        _fill(
            schemas.CohortComparisonShape,
            standing,
            a=_inspection(inspection, authority) if inspection else None,
            movement=[_strand_changes(strand) for strand in movement.strands],
            caveats=_caveat_texts(ordered_caveats((*standing.caveats, *movement.caveats))),
            **_cohort_grades(standing),
        )
    )


def cohort_grades_record(standing: CohortGrades) -> JsonObject:
    """Return a group's name, its members and their latest grades as a dict, without the "schema" field."""
    return _plain(_fill(schemas.CohortGradesShape, standing, **_cohort_grades(standing)))


def thread_record(thread: Thread) -> JsonObject:
    """Return one recommendation and its status in each later inspection as a JSON object."""
    return _plain(
        _fill(
            schemas.ThreadShape,
            thread.improvement,
            inspection=thread.inspection.id,
            published=thread.inspection.published,
            role=thread.role,
            steps=[_step(step) for step in thread.steps],
        )
    )


def verdict_record(label: VerdictLabel) -> JsonObject:
    """Return a person's verdict on one step as a JSON object."""
    return _plain(_fill(schemas.VerdictShape, label))


def unattached_record(stored: StoredDocument, authority: Authority | None) -> JsonObject:
    """Return a document that belongs to no inspection as a JSON object."""
    document = stored.document
    return _plain(
        _fill(
            schemas.UnattachedShape,
            stored,
            document=document.sha256,
            title=document.title,
            kind=document.kind,
            file=source_name(document.source),
            authority=_authority(authority, authority.slug) if authority else None,
            reason=stored.reason or None,
        )
    )


# Phrases


def hit_record(
    hit: Hit, document: Document, inspection: Inspection | None = None, authority: Authority | None = None
) -> JsonObject:
    """Return one sentence found by a search as a JSON object. Without an inspection its fields are null."""
    slug = inspection.authority if inspection else authority.slug if authority else None
    return _plain(
        _fill(
            schemas.HitShape,
            hit,
            score=round(hit.score, 1),
            context=hit.sentence,
            authority=_authority(authority, slug) if slug else None,
            inspection=inspection.id if inspection else None,
            year=inspection.year if inspection else None,
            framework=inspection.framework if inspection else None,
            strand=hit.passage.strand,
            kind=document.kind,
            paragraph=hit.passage.paragraph,
        )
    )


def phrase_record(recurring: Recurring) -> JsonObject:
    """Return one recurring phrase, with its counts, as a JSON object."""
    return _plain(
        _fill(
            schemas.PhraseShape,
            recurring,
            years=sorted(set(recurring.years)),
            score=round(recurring.score, 3),
            by_year={str(year): number for year, number in sorted(recurring.by_year.items())},
            of=recurring.group,
        )
    )


def usage_record(usage: PhraseUsage) -> JsonObject:
    """Return where and when a phrase is used as a JSON object."""
    return _plain(
        _fill(
            schemas.UsageShape,
            usage,
            inspections=usage.uses,
            count=usage.times,
            in_graded_strands=usage.in_grades,
        )
    )


def contrast_records(found: tuple[Sequence[RecurringPhrase], Sequence[RecurringPhrase]]) -> Iterator[JsonObject]:
    """Yield a JSON object for each phrase: first those more common in group "a", then those in group "b"."""
    for group, phrases in zip(("a", "b"), found, strict=True):
        for phrase in phrases:
            yield _plain(_fill(schemas.ContrastShape, phrase, group=group, of=phrase.group))


def briefing_record(briefing: Briefing) -> JsonObject:
    """Return the one page on an authority as a JSON object."""
    from reinspect.exporting.own_theme_shapes import own_themes_shape
    from reinspect.exporting.sheets.asked_again import raised_again
    from reinspect.exporting.sheets.briefing import briefing_caveats

    comparison, asked, group = briefing.comparison, briefing.asked, briefing.group
    return _plain(
        schemas.BriefingShape(
            schema=SCHEMA,
            authority=_authority(briefing.authority, briefing.authority.slug),
            a=comparison.a.id if comparison else None,
            b=briefing.latest.id if briefing.latest else None,
            judgements=[_fill(schemas.StrandChangeShape, change) for change in comparison.judgements]
            if comparison
            else [],
            caveats=dict(_caveat_texts(briefing_caveats(briefing))),
            asked=_asked(asked) if asked else None,
            raised_again=[_raised(thread, step) for thread, step in raised_again(briefing.threads)],
            cohort=_fill(schemas.CohortShape, group.cohort) if group else None,
            standing=[_strand_grades(strand) for strand in group.strands] if group else [],
            own_themes=own_themes_shape(briefing.own_themes) if briefing.own_themes else None,
            quotes=[_pin(place, pin) for place, pin in enumerate(briefing.quotes, 1)],
        )
    )


# The basket and the store


def pin_record(place: int, pin: Pin) -> JsonObject:
    """Return one entry of the basket as a JSON object; `place` is its position, from 1."""
    return _plain(_pin(place, pin))


# `Any` below is a type of the package `store`, which this package may not import.


def import_record(result: Any) -> JsonObject:
    """Return the outcome of adding one file as a JSON object. `result` is a `store.ImportResult`."""
    return _plain(_fill(schemas.ImportShape, result, sha256=result.sha256 or None))


def fetch_record(
    sought: str,
    url: str | None,
    outcome: schemas.FetchOutcome,
    inspection: str | None = None,
    reason: str | UnsetType | None = UNSET,
) -> JsonObject:
    """Return the outcome for a report that was not downloaded, as a JSON object.

    `sought` is the id of the inspection whose report was wanted.
    """
    return _plain(
        schemas.FetchShape(schema=SCHEMA, sought=sought, url=url, outcome=outcome, inspection=inspection, reason=reason)
    )


def download_record(sought: str, url: str, result: Any) -> JsonObject:
    """Return the outcome for a downloaded report as a JSON object.

    `sought` is the id of the inspection whose report was wanted. `result` is the `store.ImportResult` of the file.
    """
    return _plain(_fill(schemas.FetchShape, result, sought=sought, url=url, sha256=result.sha256 or None))


def fault_record(fault: Any) -> JsonObject:
    """Return one fault found in the store as a JSON object. `fault` is a `store.integrity.Fault`."""
    return _plain(_fill(schemas.FaultShape, fault))


# From the model to the types


def _fill(shape: type[_Shape], source: object, **derived: object) -> _Shape:
    """Create a `shape` from the `derived` fields, and copy all its other fields from attributes of `source`.

    Derived fields that are `UNSET` are left out.
    """
    values = {"schema": SCHEMA, **derived}
    fields = {name: values[name] if name in values else getattr(source, name) for name in shape.__struct_fields__}
    return msgspec.convert({k: v for k, v in fields.items() if v is not UNSET}, shape, from_attributes=True)


def _plain(shape: Shape) -> JsonObject:
    """Return the object as a dict of plain values."""
    record: JsonObject = msgspec.to_builtins(shape)
    return record


def _inspection(
    inspection: Inspection, authority: Authority | None, passages: int | None = None
) -> schemas.InspectionShape:
    text = next((d for d in inspection.documents if d.sha256 == inspection.primary_text), None)
    return _fill(
        schemas.InspectionShape,
        inspection,
        file=source_name(text.source) if text else None,
        sha256=text.sha256 if text else None,
        kind=text.kind if text else None,
        reason=None,
        reader=(text.reader or None) if text else None,
        authority=_authority(authority, inspection.authority),
        passages=passages,
        warnings=text.warnings if text else (),
        conflicts=[_conflict(conflict) for conflict in inspection.conflicts],
        **_facts(inspection),
    )


def _facts(facts: SourceFacts | Inspection) -> dict[str, object]:
    """Return the derived JSON fields of an inspection: dates, grades and recommendations."""
    windows = facts.windows
    return {
        "inspection_start": windows[0].start if windows else None,
        "inspection_end": windows[-1].end if windows else None,
        "windows": [[window.start, window.end] for window in windows],
        "dated": facts.partial_date,
        "band": band_of(facts.framework) if facts.framework else None,
        "outcome": _outcome(facts.outcome),
        "previous": [[window.start, window.end] for window in facts.previous],
        "judgements": [_judgement(judgement) for judgement in facts.judgements],
        "improvements": _improvements(facts.improvements),
        "lscb_improvements": _improvements(facts.lscb_improvements),
        "priority_actions": _improvements(facts.priority_actions),
    }


def _authority(authority: Authority | None, slug: str) -> schemas.AuthorityShape:
    name, urn = (authority.name, authority.urn) if authority else (None, None)
    return schemas.AuthorityShape(printed=None, slug=slug, name=name, urn=urn)


def _judgement(judgement: Judgement) -> schemas.JudgementShape:
    page = judgement.evidence.page if judgement.evidence else None
    return _fill(schemas.JudgementShape, judgement, page=page)


def _improvements(improvements: Iterable[Improvement]) -> list[schemas.ImprovementShape]:
    return [_improvement(improvement, schemas.ImprovementShape) for improvement in improvements]


def move_record(authority: Authority, move: GradeMove) -> JsonObject:
    """Return a move of an authority from one grade to another as a JSON object."""
    steps = [
        schemas.MoveStepShape(
            inspection=step.inspection.id, when=step.inspection.when, strand=step.strand, grade=step.grade
        )
        for step in move.steps
    ]
    return _plain(
        schemas.MoveShape(
            schema=SCHEMA,
            authority=_authority(authority, authority.slug),
            strand=move.strand,
            months=move.months,
            since=move.since.inspection.when,
            via=list(move.via),
            caveats=list(move.caveats),
            steps=steps,
        )
    )


def _improvement(improvement: Improvement, shape: type[_Shape], **derived: object) -> _Shape:
    return _fill(shape, improvement, **_page(improvement.evidence), **derived)


def _page(evidence: Evidence | None) -> dict[str, int | None]:
    """Return a dict with the page and paragraph of the evidence, both None without evidence."""
    return {"page": evidence.page, "paragraph": evidence.paragraph} if evidence else {"page": None, "paragraph": None}


def _conflict(conflict: Conflict) -> schemas.ConflictShape:
    claims = [
        schemas.ClaimShape(origin=claim.origin.kind, source=claim.origin.source or None, value=claim.value)
        for claim in conflict.claims
    ]
    return schemas.ConflictShape(field=conflict.field, claims=claims)


def _caveat_texts(keys: Iterable[str]) -> Mapping[str, str]:
    from reinspect.comparing.crosswalk import crosswalk

    texts = crosswalk().caveats
    return {key: texts[key] for key in keys}


def _pair(pair: PassagePair) -> schemas.PassagePairShape:
    return schemas.PassagePairShape(
        strand=pair.strand,
        likeness=round(pair.similarity, 3),
        a=_passage(pair.a, pair.marks_a),
        b=_passage(pair.b, pair.marks_b),
    )


def _passage(passage: Passage | None, marks: Sequence[tuple[int, int]]) -> schemas.PassageShape | None:
    return _fill(schemas.PassageShape, passage, marks=marks) if passage else None


def _event(event: TimelineEvent) -> schemas.EventShape:
    inspection = event.inspection
    return _fill(
        schemas.EventShape,
        inspection,
        inspection=inspection.id,
        inspection_start=inspection.start,
        inspection_end=inspection.end,
        dated=inspection.partial_date,
        improvements=event.improvements,
        priority_actions=event.priority_actions,
        coverage=event.coverage,
        digest=event.digest,
        conflicts=event.conflicts,
    )


def _band_history(history: BandHistory) -> schemas.BandHistoryShape:
    return _fill(
        schemas.BandHistoryShape,
        history,
        events=[_event(event) for event in history.events],
        outcomes=[_outcome(event.inspection.outcome) for event in history.events],
        strands=[_row(row) for row in history.rows],
    )


def _outcome(outcome: Outcome | None) -> schemas.OutcomeShape | None:
    page = outcome.evidence.page if outcome and outcome.evidence else None
    return _fill(schemas.OutcomeShape, outcome, page=page) if outcome else None


def _row(row: StrandRow) -> schemas.StrandRowShape:
    return _fill(schemas.StrandRowShape, row, cells=[_cell(cell) for cell in row.cells])


def _cell(cell: TimelineCell) -> schemas.CellShape:
    judgement = cell.judgement
    return schemas.CellShape(
        state=cell.state,
        grade=judgement.grade if judgement else None,
        not_judged=judgement.not_judged if judgement else None,
    )


def _cohort_grades(grades: CohortGrades) -> dict[str, object]:
    """Return the JSON fields "cohort", "members" and "standing" of a group's latest grades."""
    members = [
        schemas.MemberShape(
            authority=member.authority.slug, inspection=member.inspection.id if member.inspection else None
        )
        for member in grades.members
    ]
    return {
        "cohort": grades.cohort,
        "members": members,
        "standing": [_strand_grades(strand) for strand in grades.strands],
    }


def _strand_grades(strand: StrandGrades) -> schemas.StrandGradesShape:
    peers = strand.peers
    return _fill(
        schemas.StrandGradesShape,
        strand,
        grades=[
            _fill(schemas.GradeCountShape, count, grade=count.grade.key, number=len(count.inspections))
            for count in strand.counts
        ],
        beside=_fill(schemas.PeerCountsShape, peers, grade=peers.judgement.grade, not_comparable=peers.not_comparable)
        if peers
        else None,
        left_out=[
            _fill(schemas.UncountedAuthoritiesShape, left, number=len(left.authorities)) for left in strand.left_out
        ],
    )


def _strand_changes(strand: StrandChanges) -> schemas.StrandChangesShape:
    return _fill(
        schemas.StrandChangesShape,
        strand,
        flows=[_transitions(flow) for flow in strand.flows],
        left_out=[
            _fill(schemas.UncomparedInspectionsShape, left, number=len(left.inspections)) for left in strand.left_out
        ],
    )


def _transitions(flow: StrandTransitions) -> schemas.StrandTransitionsShape:
    moves = [
        _fill(schemas.TransitionShape, move, grade_a=move.earlier, grade_b=move.later, number=len(move.pairs))
        for move in flow.moves
    ]
    return _fill(schemas.StrandTransitionsShape, flow, strand_a=flow.earlier, strand_b=flow.later, moves=moves)


def _step(step: Step) -> schemas.StepShape:
    passages = [_shown(passage) for passage in step.passages]
    first = passages[0] if passages else None
    return _fill(
        schemas.StepShape,
        step,
        inspection=step.inspection.id,
        published=step.inspection.published,
        document=first.document if first else None,
        page=first.page if first else None,
        paragraph=first.paragraph if first else None,
        quote=first.quote if first else None,
        band=_band(step),
        word=step.review,
        passages=passages,
        mentions=[_mention(passage) for passage in step.passages if passage.chance >= _LIKELY],
    )


def _asked(asked: AskedAgain) -> schemas.AskedShape:
    def item(inspection: Inspection, improvement: Improvement) -> schemas.AskedItemShape:
        return _improvement(improvement, schemas.AskedItemShape, role=inspection.role_of(improvement))

    return schemas.AskedShape(
        returned=[
            schemas.ReturnedShape(before=item(asked.earlier, pair.before), again=item(asked.later, pair.again))
            for pair in asked.returned
        ],
        new=[item(asked.later, improvement) for improvement in asked.new],
        dropped=[item(asked.earlier, improvement) for improvement in asked.dropped],
    )


def _raised(thread: Thread, step: Step) -> schemas.RaisedShape:
    from reinspect.exporting.quoted_passage import supporting_passage

    passage = supporting_passage(step)
    return schemas.RaisedShape(
        inspection=thread.inspection.id,
        index=thread.improvement.index,
        role=thread.role,
        text=thread.improvement.text,
        later=step.inspection.id,
        quote=passage.quote if passage else None,
        document=passage.evidence.document if passage else None,
        **_page(passage.evidence if passage else None),
    )


def _pin(place: int, pin: Pin) -> schemas.PinShape:
    document = pin.evidence.document if pin.evidence else None
    return _fill(schemas.PinShape, pin, place=place, document=document, **_page(pin.evidence))


def _band(step: Step) -> schemas.Band | None:
    """Return how surely the matter comes up, from the chance of the likeliest passage."""
    chance = max((passage.chance for passage in step.passages), default=0.0)
    if step.status == "not mentioned" or chance < _POSSIBLY:
        return None
    return "recurs" if chance >= _LIKELY else "possibly"


def _shown(passage: ShownPassage) -> schemas.ShownPassageShape:
    return _fill(
        schemas.ShownPassageShape,
        passage,
        document=passage.passage.document,
        paragraph=passage.passage.paragraph,
        marks=passage.highlights,
        mark=PUBLISHED_MARKS[passage.mark],
    )


def _mention(passage: ShownPassage) -> schemas.MentionShape:
    return _fill(
        schemas.MentionShape,
        passage,
        document=passage.passage.document,
        paragraph=passage.passage.paragraph,
        marks=passage.highlights,
        tone=passage.mark,
        likeness=passage.chance,
    )
