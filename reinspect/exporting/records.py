"""The objects that commands print as JSON: plain dicts and lists in a fixed order (design.md 7).

Dates are ISO strings, or None where they are not known. Each object that stands alone carries `"schema": 1`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reinspect.model import (
    Authority,
    Conflict,
    Document,
    Improvement,
    Inspection,
    Judgement,
    Passage,
    Pin,
    PrintedAuthority,
    Reading,
    SourceFacts,
    Window,
)

if TYPE_CHECKING:
    # A list of the whole record need not pay for what only a comparison or a search uses.
    from reinspect.comparing.comparison import Comparison
    from reinspect.comparing.followthrough.threads import Step, Thread
    from reinspect.comparing.judgements import StrandChange
    from reinspect.comparing.passages import PassagePair
    from reinspect.comparing.timeline import StrandRow, Timeline, TimelineCell, TimelineEvent
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.query import Hit

SCHEMA = 1
JsonObject = dict[str, Any]


def reading_record(reading: Reading) -> JsonObject:
    """What a file itself says (`reinspect read --json`). Facts that it does not print are null or empty."""
    document = reading.document
    return {
        "schema": SCHEMA,
        "file": reading.file,
        "sha256": document.sha256 or None,
        "kind": document.kind,
        "reason": reading.reason,
        "reader": document.reader or None,
        "authority": _printed_authority(reading.facts.authority),
        **_facts(reading.facts),
        "passages": len(reading.passages),
        "warnings": list(document.warnings),
    }


def inspection_record(
    inspection: Inspection, authority: Authority | None = None, passages: int | None = None
) -> JsonObject:
    """One inspection from the store (`list`, `show`): the fields of `reading_record`, its documents and conflicts.

    `file`, `sha256`, `kind`, `reader` and `warnings` are those of its reading text, and `passages` how many that has,
    where the caller knows; null where no text is held.
    """
    text = next((d for d in inspection.documents if d.sha256 == inspection.primary_text), None)
    return {
        "schema": SCHEMA,
        "id": inspection.id,
        "file": text.source if text else None,
        "sha256": text.sha256 if text else None,
        "kind": text.kind if text else None,
        "reason": None,
        "reader": (text.reader or None) if text else None,
        "authority": authority_record(authority, inspection.authority),
        **_facts(inspection),
        "passages": passages,
        "warnings": list(text.warnings) if text else [],
        "documents": [_document(document) for document in inspection.documents],
        "conflicts": [_conflict(conflict) for conflict in inspection.conflicts],
        "report_url": inspection.report_url,
    }


def authority_record(authority: Authority | None, slug: str) -> JsonObject:
    """An authority by its slug, name and URN; `printed` is null, since no page is quoted here."""
    return {
        "printed": None,
        "slug": slug,
        "name": authority.name if authority else None,
        "urn": authority.urn if authority else None,
    }


def comparison_record(comparison: Comparison) -> JsonObject:
    """Two inspections side by side (`compare --json`).

    `improvements` and `passages` name the side they belong to; `caveats` holds the text of every caveat in use.
    """
    from reinspect.comparing.crosswalk import crosswalk

    a, b = comparison.a, comparison.b
    texts = crosswalk().caveats
    return {
        "schema": SCHEMA,
        "a": inspection_record(a, comparison.authority_a),
        "b": inspection_record(b, comparison.authority_b),
        "kinship": comparison.kinship,
        "judgements": [_strand_change(change) for change in comparison.judgements],
        "caveats": {key: texts[key] for key in comparison.caveats},
        "improvements": [
            {"side": side, "inspection": inspection.id, **_improvement(improvement)}
            for side, inspection in (("a", a), ("b", b))
            for improvement in inspection.improvements
        ],
        "passages": [_pair(pair) for pair in comparison.pairs],
    }


def timeline_record(timeline: Timeline) -> JsonObject:
    """One authority's history (`timeline --json`): its events, and for each strand a cell for each event."""
    return {
        "schema": SCHEMA,
        "authority": authority_record(timeline.authority, timeline.authority.slug),
        "events": [_event(event) for event in timeline.events],
        "frameworks": [
            {"framework": band.framework, "name": band.name, "first": band.first, "last": band.last}
            for band in timeline.bands
        ],
        "strands": [_row(row) for row in timeline.rows],
        "gaps": list(timeline.gaps),
        "predecessors": list(timeline.authority.predecessors),
        "successors": list(timeline.authority.successors),
        "changed": _iso(timeline.authority.changed),
    }


def hit_record(
    hit: Hit, document: Document, inspection: Inspection | None = None, authority: Authority | None = None
) -> JsonObject:
    """One sentence that a search found (`search --json`); what is null where its document belongs to no inspection."""
    return {
        "schema": SCHEMA,
        "score": round(hit.score, 1),
        "phrase": hit.phrase,
        "word_for_word": hit.word_for_word,
        "context": hit.sentence,
        "authority": authority_record(authority, inspection.authority) if inspection else None,
        "inspection": inspection.id if inspection else None,
        "year": inspection.year if inspection else None,
        "framework": inspection.framework if inspection else None,
        "strand": hit.passage.strand,
        "document": hit.document,
        "kind": document.kind,
        "page": hit.page,
        "paragraph": hit.passage.paragraph,
    }


def phrase_record(recurring: Recurring) -> JsonObject:
    """One phrase that recurs (`phrases --json`)."""
    return {
        "schema": SCHEMA,
        "phrase": recurring.phrase,
        "variants": list(recurring.variants),
        "inspections": recurring.inspections,
        "years": sorted(set(recurring.years)),
        "count": recurring.count,
        "score": round(recurring.score, 3),
        "by_year": {str(year): number for year, number in sorted(recurring.by_year.items())},
        "of": recurring.group,
        "elsewhere": recurring.elsewhere,
        "others": recurring.others,
        "log_ratio": recurring.log_ratio,
        "bound": recurring.bound,
        "citation": recurring.citation,
    }


def pin_record(place: int, pin: Pin) -> JsonObject:
    """What is pinned at a place of the basket (`basket --json`)."""
    evidence = pin.evidence
    return {
        "schema": SCHEMA,
        "place": place,
        "kind": pin.kind,
        "text": pin.text,
        "citation": pin.citation,
        "note": pin.note,
        "inspection": pin.inspection,
        "document": evidence.document if evidence else None,
        "page": evidence.page if evidence else None,
        "paragraph": evidence.paragraph if evidence else None,
    }


def thread_record(thread: Thread) -> JsonObject:
    """One improvement and what became of it (`follow --json`).

    A step's document, page, paragraph and quote are those of the place that bears its status out best, or null;
    `mentions` has all that it cites. `word` says whether a person confirmed, corrected or rejected it, else null.
    """
    return {
        "schema": SCHEMA,
        "inspection": thread.inspection.id,
        "published": _iso(thread.inspection.published),
        "index": thread.improvement.index,
        "text": thread.improvement.text,
        "steps": [_step(step) for step in thread.steps],
    }


def _facts(facts: SourceFacts | Inspection) -> JsonObject:
    """The facts of an inspection, in one order for what a file says and for what the store has settled."""
    windows = facts.windows
    return {
        "framework": facts.framework,
        "graded": facts.graded,
        "inspection_start": _iso(windows[0].start) if windows else None,
        "inspection_end": _iso(windows[-1].end) if windows else None,
        "windows": [_window(window) for window in windows],
        "dated": facts.partial_date,
        "published": _iso(facts.published),
        "topics": list(facts.topics),
        "lead_inspector": facts.lead_inspector,
        "judgements": [_judgement(judgement) for judgement in facts.judgements],
        "improvements": _improvements(facts.improvements),
        "lscb_improvements": _improvements(facts.lscb_improvements),
        "priority_actions": _improvements(facts.priority_actions),
    }


def _printed_authority(authority: PrintedAuthority | None) -> JsonObject | None:
    if authority is None:
        return None
    return {"printed": authority.printed, "slug": authority.slug, "name": authority.name, "urn": authority.urn}


def _window(window: Window) -> list[str]:
    return [window.start.isoformat(), window.end.isoformat()]


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _judgement(judgement: Judgement) -> JsonObject:
    return {
        "strand": judgement.strand,
        "grade": judgement.grade,
        "not_judged": judgement.not_judged,
        "printed": judgement.printed,
        "label": judgement.label,
        "page": judgement.evidence.page if judgement.evidence else None,
    }


def _improvements(improvements: Sequence[Improvement]) -> list[JsonObject]:
    return [_improvement(improvement) for improvement in improvements]


def _improvement(improvement: Improvement) -> JsonObject:
    evidence = improvement.evidence
    return {
        "index": improvement.index,
        "number": improvement.number,
        "whose": improvement.whose,
        "text": improvement.text,
        "tags": list(improvement.tags),
        "page": evidence.page if evidence else None,
        "paragraph": evidence.paragraph if evidence else None,
    }


def _document(document: Document) -> JsonObject:
    return {"sha256": document.sha256, "kind": document.kind, "title": document.title}


def _conflict(conflict: Conflict) -> JsonObject:
    return {
        "field": conflict.field,
        "claims": [
            {"origin": claim.origin.kind, "source": claim.origin.source or None, "value": claim.value}
            for claim in conflict.claims
        ],
    }


def _strand_change(change: StrandChange) -> JsonObject:
    return {
        "strand_a": change.strand_a,
        "strand_b": change.strand_b,
        "grade_a": change.grade_a,
        "grade_b": change.grade_b,
        "change": change.change,
        "caveats": list(change.caveats),
        "relation": change.relation,
        "wording": change.wording,
        "reason": change.reason,
    }


def _pair(pair: PassagePair) -> JsonObject:
    return {
        "strand": pair.strand,
        "likeness": round(pair.similarity, 3),
        "a": _passage(pair.a, pair.marks_a),
        "b": _passage(pair.b, pair.marks_b),
    }


def _passage(passage: Passage | None, marks: tuple[tuple[int, int], ...]) -> JsonObject | None:
    if passage is None:
        return None
    return {
        "document": passage.document,
        "page": passage.page,
        "paragraph": passage.paragraph,
        "strand": passage.strand,
        "text": passage.text,
        "marks": [list(mark) for mark in marks],
    }


def _event(event: TimelineEvent) -> JsonObject:
    inspection = event.inspection
    return {
        "inspection": inspection.id,
        "framework": inspection.framework,
        "graded": inspection.graded,
        "inspection_start": _iso(inspection.start),
        "inspection_end": _iso(inspection.end),
        "dated": inspection.partial_date,
        "published": _iso(inspection.published),
        "topics": list(inspection.topics),
        "improvements": event.improvements,
        "priority_actions": event.priority_actions,
        "coverage": event.coverage,
        "digest": event.digest,
        "conflicts": event.conflicts,
    }


def _row(row: StrandRow) -> JsonObject:
    cells = [_timeline_cell(cell) for cell in row.cells]
    return {"strand": row.strand, "name": row.name, "history": row.history, "cells": cells}


def _timeline_cell(cell: TimelineCell) -> JsonObject:
    return {
        "state": cell.state,
        "grade": cell.judgement.grade if cell.judgement else None,
        "not_judged": cell.judgement.not_judged if cell.judgement else None,
    }


def _step(step: Step) -> JsonObject:
    places = [
        {
            "document": mention.passage.document,
            "page": mention.page,
            "paragraph": mention.passage.paragraph,
            "quote": mention.quote,
            "marks": [list(mark) for mark in mention.highlights],
            "tone": "listed" if mention.is_listed else mention.evaluation.tone,
            "likeness": round(mention.similarity, 2),
        }
        for mention in step.mentions
    ]
    best = places[0] if places else {}
    return {
        "inspection": step.inspection.id,
        "published": _iso(step.inspection.published),
        "status": step.status,
        "band": step.band,
        "confidence": step.confidence,
        **{field: best.get(field) for field in ("document", "page", "paragraph", "quote")},
        "word": step.review,
        "mentions": places,
    }
